/** The names that texts hold: `%NAME%`, and `%LIST.column%` inside what is done for each row of a list. */
import type { Id } from './types.ts';

const placeholder = /%([A-Z][A-Z0-9_]*(?:\.[a-z][a-z0-9_]*)?)%/g;

/** Every name in a text, in order, as often as it stands there. */
export function namesIn(text: string): string[] {
  return Array.from(text.matchAll(placeholder), (match) => match[1] ?? '');
}

/** The text with each `%NAME%` under another name. */
export function renameIn(text: string, rename: (name: string) => string): string {
  return text.replace(placeholder, (_, name: string) => `%${rename(name)}%`);
}

/** One cell of a list under a name of its own: `USERS.alice.password`. */
export function cellName(list: Id, key: string, column: string): string {
  return `${list}.${key}.${column}`;
}

/** The key of the row that a cell's name is of: `alice` for `USERS.alice.password`. */
export function keyIn(list: Id, name: string): string {
  return name.slice(list.length + 1, name.lastIndexOf('.'));
}

/** The question that a name belongs to: `USERS` for `USERS.alice.password` and for `USERS`. */
export function questionIdOf(name: string): Id {
  return name.split('.', 1)[0] ?? name;
}
