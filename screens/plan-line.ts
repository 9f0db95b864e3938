/** A line of the plan's tree: where it stands, what it is a part of, what it says. */
import { type Line, line, type Tone } from './parts/line.ts';
import type { Ui } from './parts/ui.ts';
import { wrap } from './parts/width.ts';

export type Speech = Pick<Ui, 'lang' | 'words' | 'signs' | 'ascii' | 'say' | 'columns'>;

/** The nodes around something, from its chapter down to the one that unfolds or folds when the cursor is there. */
export type Path = readonly string[];

export interface Place {
  readonly id: string;
  readonly path: Path;
}

export interface TreeLine {
  /** Two where the guide's words stand beside what will be done. */
  readonly ids: readonly string[];
  readonly path: Path;
  readonly isHead: boolean;
  /** On the first line of a part: the whole of it, as one searches for it. */
  readonly text: string;
  readonly line: Line;
}

export interface Shown {
  readonly unfolded: { has(node: string): boolean };
  readonly onlyChanges: boolean;
}

/** The lines of one part of the plan (a title, a command, a line of a difference). */
export function partLines(
  path: Path,
  name: string,
  text: string,
  lines: readonly Line[],
  isHead = false,
): TreeLine[] {
  const part = `${path.at(-1) ?? ''} ${name}`;
  return lines.map((one, index) => ({
    ids: [`${part} ${index}`],
    path,
    isHead: isHead && index === 0,
    text: index === 0 ? text : '',
    line: one,
  }));
}

export function placeOf({ ids, path }: TreeLine): Place {
  return { id: ids[0] ?? '', path };
}

/** The same place in a tree that was folded or measured anew; else the head of the nearest node that is seen. */
export function indexOfPlace(lines: readonly TreeLine[], { id, path }: Place): number {
  const same = lines.findIndex(({ ids }) => ids.includes(id));
  if (same >= 0) return same;
  const node = path.findLast((one) => lines.some(({ isHead, path: own }) => isHead && own.at(-1) === one));
  return Math.max(
    0,
    lines.findIndex(({ isHead, path: own }) => isHead && own.at(-1) === node),
  );
}

/** Cells for the plan: the cursor and a margin take four. */
export const roomOf = ({ columns }: Pick<Ui, 'columns'>) => columns - 4;

export function indented(text: string, indent: number, tone: Tone, speech: Speech): Line[] {
  return wrap(text, roomOf(speech) - indent).map((one) => line(' '.repeat(indent) + one, tone));
}
