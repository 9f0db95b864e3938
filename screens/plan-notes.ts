/** What is said of a plan as a whole, over its steps. */
import type { Plan } from '../src/run/protocol.ts';
import { blank, type Line, line } from './parts/line.ts';
import type { Ui } from './parts/ui.ts';
import { wrap } from './parts/width.ts';

export function noteLines({ notes = [] }: Plan, ui: Ui): Line[] {
  if (notes.length === 0) return [];
  const rows = notes.flatMap((note) => wrap(ui.say(note), ui.columns - 4));
  return [...rows.map((row) => line(` ${row}`, 'waits')), blank];
}
