/** Settings in a HOCON text, by their dotted path: `jicofo.authentication.enabled`, however the text nests it. Pure. */
import { hocon as encode } from '../../encode/code.ts';
import {
  type Container,
  type Field,
  hoconObjects,
  hoconPath,
  hoconString,
  hoconValue,
} from './hocon-fields.ts';
import {
  bytesOf,
  endOfLine,
  type Format,
  indentOf,
  inPlaceOf,
  isFirstInLine,
  ownLine,
  type Place,
  setAt,
  startOfLine,
  textOf,
  Unclear,
  type Wanted,
} from './place.ts';

export const hocon: Format = {
  has: ({ section, name }) => section === '' && hoconPath(name) !== undefined,

  locate(text, { name }: Wanted) {
    const path = hoconPath(name) ?? [];
    const objects = hoconObjects(text);
    const fields = objects.flatMap((one) => one.fields);
    const found = fields.filter((one) => one.path && isSame(one.path, path));
    for (const one of fields) refuseOther(text, one, path);
    const [first, second] = found;
    if (first && second) throw new Unclear('twice', text, ...found.map(({ from }) => from));
    const place = first
      ? setAt(first.value, { from: first.from, to: first.end })
      : newPlace(text, objects, path);
    refuseIncluded(text, place, objects, path);
    return place;
  },

  read(raw) {
    const long = /^"""(.*)"""$/s.exec(raw)?.[1];
    if (long !== undefined) return textOf(long);
    if (raw.startsWith('"')) return hoconString(textOf(raw));
    return /^[^$"{}[\]:=,+#`^?!@*&\\\s]+([ \t][^$"{}[\]:=,+#`^?!@*&\\\s]+)*$/.test(raw)
      ? textOf(raw)
      : undefined;
  },

  isValue(raw) {
    const { to, isObject } = hoconValue(raw, 0);
    return to === raw.length && !isObject;
  },
};

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name, index) => name === other[index]);

const begins = (path: readonly string[], beginning: readonly string[]): boolean =>
  isSame(path.slice(0, beginning.length), beginning);

/** Another file that comes in later may set it too. */
function refuseIncluded(
  text: string,
  place: Place,
  objects: readonly Container[],
  path: readonly string[],
): void {
  const above = objects.filter((one) => one.path && begins(path, one.path));
  const later = above.flatMap(({ includes }) => includes).find((at) => at > place.from);
  if (later !== undefined) throw new Unclear('hidden', text, later);
}

/** What would be above it is no plain object, or it is one itself, or a list that grows. */
function refuseOther(text: string, { path, from, isObject, adds }: Field, wanted: readonly string[]): void {
  if (!path) return;
  const isAbove = path.length < wanted.length && begins(wanted, path) && !isObject;
  const isBelow = path.length > wanted.length && begins(path, wanted);
  const isItself = isSame(path, wanted) && (isObject || adds);
  if (isAbove || isBelow || isItself) throw new Unclear('hidden', text, from);
}

function newPlace(text: string, objects: readonly Container[], path: readonly string[]): Place {
  const container = nearest(objects, path);
  if (!container) throw new Unclear('unreadable', text, 0);
  const left = path.slice(container.path?.length);
  return exampleIn(text, container, left) ?? lastIn(text, container, left);
}

/** The object that is nearest to it; of several that are merged, the last. */
function nearest(objects: readonly Container[], path: readonly string[]): Container | undefined {
  const above = objects.filter((one) => one.path && one.path.length < path.length && begins(path, one.path));
  const most = Math.max(...above.map((one) => one.path?.length ?? 0));
  return above.findLast((one) => one.path?.length === most);
}

const keyText = (path: readonly string[]): string =>
  bytesOf(path.map((name) => (/^(?!include$)[\w-]+$/.test(name) ? name : encode(name))).join('.'));

function exampleIn(text: string, container: Container, left: readonly string[]): Place | undefined {
  if (left.length > 1) return undefined;
  const [first, second] = container.comments.filter(
    (one) => isFirstInLine(text, one.from) && isExample(text.slice(one.from, one.to), left[0] ?? ''),
  );
  if (!first || second) return undefined;
  return inPlaceOf({ from: first.from, to: endOfLine(text, first.from) }, `${keyText(left)} = `);
}

function isExample(comment: string, name: string): boolean {
  const [, key = '', raw = ''] =
    /^(?:#|\/\/)+[ \t]*([^\s=:{}]+|"[^"]*")[ \t]*[=:][ \t]*(.+)$/.exec(comment) ?? [];
  try {
    if (raw === '' || !isSame(hoconPath(textOf(key)) ?? [], [name])) return false;
    const { to, isObject } = hoconValue(raw, 0);
    return !isObject && /^[ \t]*,?[ \t]*((#|\/\/).*)?$/.test(raw.slice(to));
  } catch (error) {
    if (error instanceof Unclear) return false;
    throw error;
  }
}

/** Behind all others: of what is written twice, the last counts. */
function lastIn(text: string, { from, to, hasBraces, fields }: Container, left: readonly string[]): Place {
  const key = `${keyText(left)} = `;
  const sibling = fields.findLast((one) => isFirstInLine(text, one.from));
  if (!hasBraces) return ownLine(text, to, key);
  if (isFirstInLine(text, to) && startOfLine(text, to) >= from) {
    const indent = sibling ? indentOf(text, sibling.from) : `${indentOf(text, to)}  `;
    return ownLine(text, startOfLine(text, to), `${indent}${key}`);
  }
  const last = fields.at(-1);
  const at = last?.end ?? from;
  const isFree = text.slice(at, to).trim() === '';
  if (!isFree) throw new Unclear('hidden', text, to);
  const comma = last && last.end === last.to ? ',' : '';
  return { state: 'absent', from: at, to: at, before: `${comma} ${key}`, after: at === to ? ' ' : '' };
}
