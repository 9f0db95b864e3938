/** Each syntax with what it knows of its settings, and a text with one of them changed or put back. Pure. */
import type { Setting } from '../../../guide/kinds.ts';
import { env } from './env.ts';
import { hocon } from './hocon.ts';
import { javascript } from './javascript.ts';
import { lua } from './lua.ts';
import {
  type Format,
  type Place,
  placed,
  type Span,
  startOfLine,
  startOfNext,
  Unclear,
  valueAt,
  type Wanted,
} from './place.ts';
import { properties } from './properties.ts';

export { type Place, placed, Unclear, valueAt, type Wanted } from './place.ts';

export const formats: Readonly<Record<Setting['syntax'], Format>> = {
  env,
  hocon,
  javascript,
  lua,
  properties,
};

/** The text with that value, looked at afterwards: whatever stands around it, the value is what is read. */
export function withValue(format: Format, text: string, place: Place, wanted: Wanted, value: string): string {
  const changed = placed(text, place, value);
  const now = format.locate(changed, wanted);
  if (now.state !== 'set' || valueAt(changed, now) !== value) throw new Unclear('hidden', text, place.from);
  return changed;
}

/** The setting as it was in `former`, in a text in which others have changed something else since. */
export function takenBack(format: Format, text: string, former: string, wanted: Wanted): string {
  const was = format.locate(former, wanted);
  const now = format.locate(text, wanted);
  if (now.state !== 'set') {
    return was.state === 'set' ? withValue(format, text, now, wanted, valueAt(former, was)) : text;
  }
  const lines = linesBack(text, now, former, was);
  if (lines !== undefined) return lines;
  if (was.state === 'set') return withValue(format, text, now, wanted, valueAt(former, was));
  const { statement = now } = now;
  if (was.state === 'example') return replaced(text, statement, valueAt(former, was));
  return withoutStatement(text, statement);
}

/** If they are still as they were left, the lines that were changed are put back as a whole, to the byte. */
function linesBack(text: string, now: Place, former: string, was: Place): string | undefined {
  const value = valueAt(text, now);
  const isWhole = was.after.endsWith('\n');
  const head = former.slice(startOfLine(former, was.from), was.from) + was.before;
  const tail = isWhole ? '' : former.slice(was.to, startOfNext(former, was.to));
  const left = `${head}${value}${was.after}${tail}`;
  const from = now.from - head.length;
  if (from < 0 || !text.startsWith(left, from) || startOfLine(text, from) !== from) return undefined;
  const back = former.slice(startOfLine(former, was.from), was.to) + tail;
  return replaced(text, { from, to: from + left.length }, back);
}

const replaced = (text: string, { from, to }: Span, by: string): string =>
  text.slice(0, from) + by + text.slice(to);

/** With its line, if nothing else is in it; a last line without an end takes the end of the one before along. */
function withoutStatement(text: string, { from, to }: Span): string {
  const start = startOfLine(text, from);
  const next = startOfNext(text, to);
  const isAlone = (text.slice(start, from) + text.slice(to, next)).trim() === '';
  if (!isAlone) return replaced(text, { from, to: to + (text.charAt(to) === ' ' ? 1 : 0) }, '');
  if (text.slice(to, next).endsWith('\n')) return replaced(text, { from: start, to: next }, '');
  return replaced(text, { from: start, to: next }, '').replace(/\r?\n$/, '');
}
