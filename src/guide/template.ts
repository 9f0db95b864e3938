/**
 * Conditional lines of the texts in assets/:
 *
 *     %when TLS is files certbot%
 *     %when EDITION not public%
 *     %when SMTP_USER set%      %when SMTP_USER unset%
 *     %end%
 *
 * each alone on its line, blanks before it allowed, one inside another allowed. They are decided before any value
 * is put in: a value never is a condition.
 *
 * A part of a line may stand there once for each row of a list, with something between:
 *
 *     PAIRS=%each PAIRS ,%%PAIRS.key%=%PAIRS.secret%%end%
 */
import { holds, type Lookup } from './conditions.ts';
import type { Cond, Id } from './types.ts';

const rows = /%each ([A-Z][A-Z0-9_]*) ([^%\n]*)%(.*?)%end%/g;

/** The parts of a text that stand there for each row of a list. */
export function rowsIn(text: string): { readonly list: Id; readonly row: string }[] {
  return Array.from(text.matchAll(rows), ([, list = '', , row = '']) => ({ list, row }));
}

/** The text with each of these parts replaced: `expand` gives the row's text once for each row. */
export function expandRows(text: string, expand: (list: Id, row: string) => readonly string[]): string {
  return text.replace(rows, (_, list: Id, between: string, row: string) => expand(list, row).join(between));
}

interface Open {
  readonly line: number;
  readonly keeps: boolean;
}

/** The text without its conditional lines and without what they drop. `file` is named in errors. */
export function applyConditions(text: string, lookup: Lookup, file = 'template'): string {
  const open: Open[] = [];
  let kept = '';
  for (const [index, line] of linesOf(text).entries()) {
    const at = `${file} line ${index + 1}`;
    const word = /^\s*%(when|end)\b/.exec(line)?.[1];
    if (word === 'when') open.push({ line: index + 1, keeps: holds(readWhen(line.trim(), at), lookup) });
    else if (word === 'end') closeOne(open, line.trim(), at);
    else if (open.every((one) => one.keeps)) kept += line;
  }
  const left = open.at(-1);
  if (left) throw new Error(`${file} line ${left.line}: %when …% without its %end%`);
  return kept;
}

/** Each with its own line end, so that what is kept is kept byte for byte. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function closeOne(open: Open[], line: string, at: string): void {
  if (line !== '%end%') throw new Error(`${at}: nothing but %end% may stand on that line`);
  if (!open.pop()) throw new Error(`${at}: %end% without its %when …%`);
}

function readWhen(line: string, at: string): Cond {
  const words = /^%when ([^%]*)%$/.exec(line)?.[1]?.trim().split(/ +/) ?? [];
  const [name = '', verb, ...values] = words;
  if (!/^([A-Z][A-Z0-9_]*(\.[a-z][a-z0-9_]*)?|[a-z][a-zA-Z0-9-]*(\.[a-zA-Z0-9-]+)*)$/.test(name))
    throw new Error(`${at}: ${usage}`);
  if ((verb === 'set' || verb === 'unset') && values.length === 0) {
    const unset: Cond = { answer: name, is: [''] };
    return verb === 'set' ? { not: unset } : unset;
  }
  if ((verb !== 'is' && verb !== 'not') || values.length === 0) throw new Error(`${at}: ${usage}`);
  const is: Cond = { answer: name, is: values };
  return verb === 'is' ? is : { not: is };
}

const usage = 'write %when NAME is A B%, %when NAME not A B%, %when NAME set% or %when NAME unset%';
