/** Text measured in terminal cells, not in characters. */
import { printed } from '../../src/run/protocol.ts';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const narrow = /^[ -~\u00a0-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u259f]*$/;
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const invisible = /^[\p{Mark}\p{Cf}\p{Cc}]+$/u;

/** Characters as a person counts them, each with its number of cells. */
export function cellsOf(text: string): { readonly text: string; readonly cells: number }[] {
  return [...graphemes.segment(text)].map(({ segment }) => ({
    text: segment,
    cells: graphemeCells(segment),
  }));
}

function graphemeCells(grapheme: string): number {
  if (narrow.test(grapheme)) return grapheme.length;
  if (invisible.test(grapheme)) return 0;
  return wide.test(grapheme) ? 2 : 1;
}

/** Cells that the text takes on one line. */
export function width(text: string): number {
  if (narrow.test(text)) return text.length;
  return cellsOf(text).reduce((sum, { cells }) => sum + cells, 0);
}

/** The text without what would move the cursor or change colours: a program's output, made harmless. */
export function clean(text: string): string {
  return printed(text).replaceAll('\n', '');
}

/** The first cells of the text. */
export function take(text: string, cells: number): string {
  if (narrow.test(text)) return text.slice(0, Math.max(0, cells));
  let room = cells;
  let taken = '';
  for (const one of cellsOf(text)) {
    if (one.cells > room) break;
    taken += one.text;
    room -= one.cells;
  }
  return taken;
}

/** The text within so many cells, with a mark where it was cut. */
export function cut(text: string, cells: number, mark = '…'): string {
  if (width(text) <= cells) return text;
  return `${take(text, cells - width(mark))}${cells >= width(mark) ? mark : ''}`;
}

/** The text cut or filled with spaces to exactly so many cells. */
export function pad(text: string, cells: number, mark = '…'): string {
  const fitted = cut(text, cells, mark);
  return fitted + ' '.repeat(Math.max(0, cells - width(fitted)));
}

/** Lines of at most so many cells; breaks at spaces, and inside words that are longer than a line. */
export function wrap(text: string, cells: number): string[] {
  const room = Math.max(1, cells);
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, room));
}

function wrapParagraph(paragraph: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (width(joined) <= room) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = chop(word, room);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return [...lines, line];
}

function slices(text: string, cells: number): { readonly text: string; readonly cells: number }[] {
  return Array.from({ length: Math.ceil(text.length / cells) }, (_, index) => {
    const slice = text.slice(index * cells, (index + 1) * cells);
    return { text: slice, cells: slice.length };
  });
}

/** Pieces of at most so many cells; joined again they give the text, to the letter. */
export function chop(text: string, cells: number): string[] {
  const pieces = [''];
  let room = cells;
  for (const one of narrow.test(text) ? slices(text, Math.max(1, cells)) : cellsOf(text)) {
    if (one.cells > room && pieces.at(-1) !== '') {
      pieces.push('');
      room = cells;
    }
    pieces[pieces.length - 1] += one.text;
    room -= one.cells;
  }
  return pieces;
}
