/** Where one stands in a checklist. */
import type { TodoItem } from '../src/run/protocol.ts';
import { type Stop, type StopLine, stopsOf } from './checklist-lines.ts';
import { clamp } from './parts/scroll.ts';

/** A stop, and how many lines of it are scrolled away: a value may be longer than a screen. */
export interface Cursor extends Stop {
  readonly skipped: number;
}

export function firstOpen(items: readonly TodoItem[]): Cursor {
  const open = items.findIndex(({ done }) => !done);
  return { item: Math.max(0, open), field: -1, skipped: 0 };
}

/** The stop that is there now: items and fields come and go. */
export function standing(cursor: Cursor, items: readonly TodoItem[]): Stop {
  const item = clamp(cursor.item, items.length);
  return { item, field: Math.min(cursor.field, (items[item]?.fields.length ?? 0) - 1) };
}

/** First and last line of what one stands on. */
export function extentOf(lines: readonly StopLine[], here: Stop): [number, number] {
  const isHere = ({ stop }: StopLine) => stop.item === here.item && stop.field === here.field;
  return [Math.max(0, lines.findIndex(isHere)), Math.max(0, lines.findLastIndex(isHere))];
}

/** Up or down: through what is taller than the screen (of `most` lines to skip) first, then to the next stop. */
export function moved(cursor: Cursor, by: number, most: number, items: readonly TodoItem[]): Cursor {
  const skipped = cursor.skipped + by;
  if (skipped >= 0 && skipped <= most) return { ...cursor, skipped };
  const stops = stopsOf(items, cursor.item);
  const at = stops.findIndex(({ item, field }) => item === cursor.item && field === cursor.field);
  const next = stops[clamp(at + by, stops.length)];
  return next ? { ...next, skipped: 0 } : cursor;
}
