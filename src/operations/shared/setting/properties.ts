/** Lines of a Java properties file, as java.util.Properties reads them. Pure. */
import { properties as encode } from '../../encode/ini.ts';
import {
  beginning,
  endOfLine,
  type Format,
  inPlaceOf,
  literally,
  ownLine,
  type Place,
  type Span,
  setAt,
  startOfNext,
  Unclear,
  type Wanted,
} from './place.ts';

interface Line extends Span {
  readonly key: string;
  readonly value: Span;
  readonly hasSeparator: boolean;
}

export const properties: Format = {
  has: ({ section, name }) => section === '' && name !== '',

  locate(text, { name }: Wanted) {
    const { lines, comments } = linesOf(text);
    const [first, second] = lines.filter(({ key }) => key === name);
    if (first && second) throw new Unclear('twice', text, ...[first, second].map(({ from }) => from));
    if (first) return setAt(first.value, first, first.hasSeparator ? '' : '=');
    const pattern = new RegExp(`^[ \\t\\f]*[#!]+[ \\t]*${literally(name)}[ \\t]*[=:]`);
    const examples = comments.filter((one) => pattern.test(text.slice(one.from, one.to)));
    return examplePlace(text, examples, `${keyText(name)}=`) ?? lastLine(text, lines, `${keyText(name)}=`);
  },

  read: (raw) => unescaped(raw),

  isValue: (raw) => !/[\r\n]/.test(raw) && !endsInside(raw),
};

/** The example gives its place to the line; of several, all stay, and the line goes below the last. */
export function examplePlace(text: string, examples: readonly Span[], before: string): Place | undefined {
  const last = examples.at(-1);
  if (!last) return undefined;
  if (examples.length === 1) return inPlaceOf({ from: last.from, to: endOfLine(text, last.from) }, before);
  return ownLine(text, startOfNext(text, last.from), before);
}

/** A last line that goes on in the next one would take ours in. */
function lastLine(text: string, lines: readonly Line[], before: string): Place {
  const last = lines.at(-1);
  if (last && /^[\r\n]*$/.test(text.slice(last.to)) && endsInside(text.slice(last.from, last.to)))
    throw new Unclear('unreadable', text, last.from);
  return ownLine(text, text.length, before);
}

/** Blanks are escaped in a name wherever they stand, not in front only. */
const keyText = (name: string): string => encode(name).replaceAll(/(?<!\\) /g, '\\ ');

function linesOf(text: string): { readonly lines: Line[]; readonly comments: Span[] } {
  const lines: Line[] = [];
  const comments: Span[] = [];
  for (let at = beginning(text); at < text.length; ) {
    const end = naturalEnd(text, at);
    const first = /[^ \t\f]/.exec(text.slice(at, end))?.[0];
    if (first === '#' || first === '!') comments.push({ from: at, to: end });
    const isLine = first !== undefined && first !== '#' && first !== '!';
    const to = isLine ? logicalEnd(text, at) : end;
    if (isLine) lines.push(lineAt(text, at, to));
    at = nextLine(text, to);
  }
  return { lines, comments };
}

/** Before `\n`, `\r` or both. */
function naturalEnd(text: string, at: number): number {
  const pattern = /[\r\n]/g;
  pattern.lastIndex = at;
  return pattern.exec(text)?.index ?? text.length;
}

const nextLine = (text: string, end: number): number => end + (text.startsWith('\r\n', end) ? 2 : 1);

/** A backslash at the end takes the next line in. */
function logicalEnd(text: string, from: number): number {
  let at = from;
  for (;;) {
    const end = naturalEnd(text, at);
    if (!endsInside(text.slice(at, end)) || end >= text.length) return end;
    at = nextLine(text, end);
    if (at >= text.length) return end;
  }
}

const endsInside = (line: string): boolean => (/\\*$/.exec(line)?.[0].length ?? 0) % 2 === 1;

function lineAt(text: string, start: number, to: number): Line {
  const from = start + (/^[ \t\f]*/.exec(text.slice(start, to))?.[0].length ?? 0);
  const line = text.slice(from, to);
  const key = /^[^\\=: \t\f]*(?:\\(?:\r\n?[ \t\f]*|\n[ \t\f]*|[^\r\n])[^\\=: \t\f]*)*/.exec(line)?.[0] ?? '';
  const rest = /^(?:[ \t\f]|\\(?:\r\n?|\n)[ \t\f]*)*([=:]?)(?:[ \t\f]|\\(?:\r\n?|\n)[ \t\f]*)*/.exec(
    line.slice(key.length),
  );
  const separator = rest?.[0].length ?? 0;
  const value = from + key.length + separator;
  return { from, to, key: unescaped(key), value: { from: value, to }, hasSeparator: separator > 0 };
}

const named: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

/** What is written so: bytes above ASCII are Latin-1 there. */
function unescaped(raw: string): string {
  return raw.replace(
    /\\(?:u([\da-fA-F]{4})|(\r\n?|\n)[ \t\f]*|(.?))/gs,
    (_, hex?: string, end?: string, other = '') => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      return end === undefined ? (named[other] ?? other) : '';
    },
  );
}
