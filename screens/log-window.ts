/** Which part of a log is seen: places in it, and the rows of a terminal from there on. */
import type { LogSource } from '../src/run/protocol.ts';
import { type LogLine, lineAt, lineBefore } from './log-source.ts';
import { chop, clean } from './parts/width.ts';

/** A row: the first byte of its line, and which piece of the wrapped line it is. */
export interface Place {
  readonly from: number;
  readonly row: number;
}

export interface LogRow extends Place {
  readonly text: string;
}

export const logStart: Place = { from: 0, row: 0 };

/** A carriage return starts its line again, as on a terminal: of a progress bar the last state is seen. */
function piecesOf({ text }: LogLine, cells: number): string[] {
  return chop(clean(text.slice(text.lastIndexOf('\r', text.length - 2) + 1)), cells);
}

/** The rows from a place on; fewer than asked for only at the end. */
export function rowsFrom(log: LogSource, place: Place, height: number, cells: number): LogRow[] {
  const rows: LogRow[] = [];
  let skipped = place.row;
  for (let line = lineAt(log, place.from); line && rows.length < height; line = lineAt(log, line.to)) {
    const { from } = line;
    const pieces = piecesOf(line, cells).map((text, row): LogRow => ({ from, row, text }));
    rows.push(...pieces.slice(skipped));
    skipped = 0;
  }
  return rows.slice(0, height);
}

/** The rows that end the log. */
export function lastRows(log: LogSource, height: number, cells: number): LogRow[] {
  let rows: LogRow[] = [];
  let line = lineBefore(log, log.size());
  for (; line && rows.length < height; line = lineBefore(log, line.from)) {
    const { from } = line;
    rows = [...piecesOf(line, cells).map((text, row): LogRow => ({ from, row, text })), ...rows];
  }
  return rows.slice(-height);
}

/** A place so many rows higher. */
export function higher(log: LogSource, place: Place, by: number, cells: number): Place {
  if (place.row >= by) return { ...place, row: place.row - by };
  let left = by - place.row;
  let line = lineBefore(log, place.from);
  for (; line; line = lineBefore(log, line.from)) {
    const count = piecesOf(line, cells).length;
    if (count >= left) return { from: line.from, row: count - left };
    left -= count;
  }
  return logStart;
}

/** Whether a place comes after another. */
export function isAfter(one: Place, other: Place): boolean {
  return one.from > other.from || (one.from === other.from && one.row > other.row);
}
