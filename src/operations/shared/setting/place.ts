/** Where a setting is in a text that others wrote, or would go. Pure; bytes as characters, so that none is changed. */

export interface Wanted {
  /** As the operation says it; empty where it says none. */
  readonly section: string;
  readonly name: string;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What is replaced by the value, and what stands around it then. */
export interface Place extends Span {
  /** It is set; or only an example of it is there, commented out; or nothing. */
  readonly state: 'set' | 'example' | 'absent';
  readonly before: string;
  readonly after: string;
  /** Of one that is set: what goes when the setting goes. */
  readonly statement?: Span;
}

/** What a syntax knows of its settings. */
export interface Format {
  /** It can have settings of that name. */
  has(wanted: Wanted): boolean;
  /** Throws `Unclear` where any answer would be a guess. */
  locate(text: string, wanted: Wanted): Place;
  /** The string that is written so; nothing for what is no plain string. */
  read(raw: string): string | undefined;
  /** It is one value, and closes all that it opens. */
  isValue(raw: string): boolean;
}

export type Reason =
  | 'unreadable'
  | 'twice'
  | 'no-section'
  | 'section-twice'
  /** In a condition, a function or another form that is not one plain line. */
  | 'hidden';

/** A place that only a person can tell. */
export class Unclear extends Error {
  readonly reason: Reason;
  readonly lines: readonly number[];
  constructor(reason: Reason, text: string, ...places: readonly number[]) {
    super(reason);
    this.name = 'Unclear';
    this.reason = reason;
    this.lines = places.map((at) => lineNumber(text, at));
  }
}

const lineNumber = (text: string, at: number): number => text.slice(0, at).split(/\r\n|\r|\n/).length;

const byteOrderMark = '\xef\xbb\xbf';

/** Where the text begins, behind a mark that some editors put there. */
export const beginning = (text: string): number =>
  text.startsWith(byteOrderMark) ? byteOrderMark.length : 0;

export const startOfLine = (text: string, at: number): number =>
  at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;

/** Before the end of the line, whichever it has. */
export function endOfLine(text: string, at: number): number {
  const end = startOfNext(text, at);
  return end - (/\r?\n$/.exec(text.slice(Math.max(at, end - 2), end))?.[0].length ?? 0);
}

export function startOfNext(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** Nothing but blanks stands before it in its line. */
export const isFirstInLine = (text: string, at: number): boolean =>
  /^(\xef\xbb\xbf)?[ \t]*$/.test(text.slice(startOfLine(text, at), at));

export const indentOf = (text: string, at: number): string =>
  /^[ \t]*/.exec(text.slice(startOfLine(text, at), at))?.[0] ?? '';

/** How the lines around a place end. */
function lineEndAt(text: string, at: number): string {
  const end = at > 0 ? text.lastIndexOf('\n', at - 1) : -1;
  const near = end < 0 ? text.indexOf('\n') : end;
  return near > 0 && text.charAt(near - 1) === '\r' ? '\r\n' : '\n';
}

/** A line of its own, at the start of a line or at the end of the text: a last line without an end gets a next one. */
export function ownLine(text: string, at: number, before: string, after = ''): Place {
  const end = lineEndAt(text, at);
  const isOpen = at === text.length && at > beginning(text) && !text.endsWith('\n');
  const place = { state: 'absent', from: at, to: at } as const;
  if (isOpen) return { ...place, before: `${end}${before}`, after };
  return { ...place, before, after: `${after}${end}` };
}

/** An example in a comment gives its place to the line itself. */
export const inPlaceOf = ({ from, to }: Span, before: string, after = ''): Place => ({
  state: 'example',
  from,
  to,
  before,
  after,
});

export const setAt = ({ from, to }: Span, statement: Span, before = ''): Place => ({
  state: 'set',
  from,
  to,
  before,
  after: '',
  statement,
});

export const valueAt = (text: string, { from, to }: Span): string => text.slice(from, to);

export const placed = (text: string, { from, to, before, after }: Place, value: string): string =>
  `${text.slice(0, from)}${before}${value}${after}${text.slice(to)}`;

/** A text as it stands in a file, and back. */
export const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');
export const textOf = (bytes: string): string => Buffer.from(bytes, 'latin1').toString();

/** For a pattern. */
export const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
