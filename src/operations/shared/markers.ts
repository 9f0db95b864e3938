/** Our lines in a file of others, between two comment lines. Pure. */

export interface Markers {
  readonly begin: string;
  readonly end: string;
}

export const markersOf = (comment: string, name: string): Markers => ({
  begin: `${comment} BEGIN setup-wizard ${name}`,
  end: `${comment} END setup-wizard ${name}`,
});

export interface Found {
  readonly before: string;
  /** With its markers and its last newline. */
  readonly block: string;
  readonly after: string;
}

/** The parts of a text; nothing if it has no block of that name. Throws if only one marker is left. */
export function findBlock(text: string, { begin, end }: Markers): Found | undefined {
  const from = lineStart(text, begin, 0);
  const last = lineStart(text, end, Math.max(from, 0));
  if (from < 0 && last < 0) return undefined;
  if (from < 0 || last < 0) throw new Error(from < 0 ? begin : end);
  const to = Math.min(last + end.length + 1, text.length);
  return { before: text.slice(0, from), block: text.slice(from, to), after: text.slice(to) };
}

function lineStart(text: string, line: string, from: number): number {
  return `\n${text}\n`.indexOf(`\n${line}\n`, from);
}

/** Puts a block in the place of the former one of that name, or at the end or the start. */
export function placeBlock(text: string, block: string, markers: Markers, at: 'end' | 'start'): string {
  const found = findBlock(text, markers);
  if (found) return found.before + block + found.after;
  if (at === 'start') return block + text;
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${block}`;
}

/**
 * Takes a block out. `addedNewline`: the text before it had no last newline when the block came; it goes again if
 * nothing follows.
 */
export function takeOutBlock(text: string, markers: Markers, addedNewline: boolean): string {
  const found = findBlock(text, markers);
  if (!found) return text;
  const before = addedNewline && found.after === '' ? found.before.replace(/\n$/, '') : found.before;
  return before + found.after;
}
