/** A window on the output of the current step that holds its place while new lines come. */
import type { View } from '../src/run/protocol.ts';
import { type Line, line } from './parts/line.ts';

/** The lines that are kept, without the empty one that a last line end leaves. */
function keptLines(view: View): readonly string[] {
  return view.lines.at(-1) === '' ? view.lines.slice(0, -1) : view.lines;
}

/** How many lines the step has said so far. */
export function lineCount(view: View): number {
  return view.dropped + keptLines(view).length;
}

/** The end of the window nearest to the one wanted: a full window of lines that are still kept. */
export function anchored(view: View, end: number, height: number): number {
  return Math.min(lineCount(view), Math.max(end, view.dropped + height));
}

/** How many lines come after the window. */
export function below(view: View, end: number): number {
  return Math.max(0, lineCount(view) - end);
}

/** The lines of the window that ends before line `end`. */
export function outputLines(view: View, end: number, height: number): Line[] {
  const last = end - view.dropped;
  return keptLines(view)
    .slice(Math.max(0, last - height), Math.max(0, last))
    .map((one) => line(`   ${one}`, 'past'));
}
