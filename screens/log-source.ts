/** The output of a step, read where it is wanted: lines by their place in bytes, never the whole. */
import type { Desk, LogSource } from '../src/run/protocol.ts';

/** One line: its first byte, and that of the next one. */
export interface LogLine {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A longer line (a progress bar of a megabyte) is shown in pieces of so many bytes. */
const longest = 8192;
/** Bytes that a search reads at once. */
const block = 262_144;

/** The log of a step, its head and its two turning tails as one; nothing where there is no file. */
export function openStepLog(desk: Pick<Desk, 'log'>, path: string): LogSource | undefined {
  const parts = [path, `${path}.tail.1`, `${path}.tail`].flatMap((one) => desk.log(one) ?? []);
  return parts.length === 0 ? undefined : joined(parts);
}

function joined(parts: readonly LogSource[]): LogSource {
  return {
    size: () => parts.reduce((sum, part) => sum + part.size(), 0),
    read: (from, length) => {
      let [start, room, text] = [from, length, ''];
      for (const part of parts) {
        const here = Math.min(room, part.size() - start);
        if (here > 0) text += part.read(start, here);
        room -= Math.max(0, here);
        start = Math.max(0, start - part.size());
      }
      return text;
    },
  };
}

/** What a client has heard itself, where there is no log to read. */
export function textSource(text: string): LogSource {
  const bytes = Buffer.from(text);
  return {
    size: () => bytes.length,
    read: (from, length) => bytes.subarray(from, from + length).toString(),
  };
}

/** The line that begins at `from`. */
export function lineAt(log: LogSource, from: number): LogLine | undefined {
  const text = log.read(from, longest);
  if (text === '') return undefined;
  const end = text.indexOf('\n');
  if (end >= 0) {
    const body = text.slice(0, end);
    return { from, to: from + Buffer.byteLength(body) + 1, text: body };
  }
  // A piece of a very long line ends with a whole character.
  const body = from + longest < log.size() ? text.replace(/\ufffd+$/, '') : text;
  return { from, to: from + (Buffer.byteLength(body) || longest), text: body };
}

/** The line that ends where another begins. */
export function lineBefore(log: LogSource, to: number): LogLine | undefined {
  if (to <= 0) return undefined;
  const start = Math.max(0, to - longest);
  const text = log.read(start, to - start);
  const body = text.replace(/\n$/, '');
  const newline = body.lastIndexOf('\n');
  const line = newline < 0 && start > 0 ? body.replace(/^\ufffd+/, '') : body.slice(newline + 1);
  const from = to - Buffer.byteLength(line) - (text.length - body.length);
  return { from: Math.max(0, Math.min(from, to - 1)), to, text: line };
}

/** Where the first line from `from` on begins that holds the words. */
export function findBelow(log: LogSource, what: string, from: number): number | undefined {
  for (let at = from; ; ) {
    const text = log.read(at, block);
    const hit = text.search(pattern(what));
    if (hit >= 0) return at + Buffer.byteLength(text.slice(0, lineStart(text, hit)));
    if (at + block >= log.size()) return undefined;
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    at += Buffer.byteLength(whole) || block;
  }
}

/** Where the last line before `to` begins that holds the words. */
export function findAbove(log: LogSource, what: string, to: number): number | undefined {
  for (let end = to; end > 0; ) {
    const start = Math.max(0, end - block);
    const text = log.read(start, end - start);
    const whole = start === 0 ? text : text.slice(text.indexOf('\n') + 1);
    const hit = [...whole.matchAll(pattern(what))].at(-1)?.index;
    if (hit !== undefined) return end - Buffer.byteLength(whole.slice(lineStart(whole, hit)));
    end = whole === text ? start : end - (Buffer.byteLength(whole) || end - start);
  }
  return undefined;
}

function pattern(what: string): RegExp {
  return new RegExp(what.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'giu');
}

/** Where the line of a hit begins; far into a very long one, the hit itself. */
function lineStart(text: string, hit: number): number {
  const start = hit === 0 ? 0 : text.lastIndexOf('\n', hit - 1) + 1;
  return hit - start > longest ? hit : start;
}
