/** A line of a screen as data: pieces of text with a meaning; the meaning gets its colour when drawn. */
import { toAscii } from '../../src/i18n/ascii.ts';
import { clean, cut, width } from './width.ts';

/** What a piece means. `past` is what is over, or help; `accent` is for the cursor only. */
export type Tone = 'plain' | 'done' | 'waits' | 'failed' | 'accent' | 'past';

export interface Span {
  readonly text: string;
  readonly tone?: Tone;
  readonly bold?: boolean;
  /** An exact value: never rewritten for a plain terminal. */
  readonly exact?: boolean;
}

export type Line = readonly Span[];

/** The terminal's own colours, which its theme makes readable; `past` is faint, as bright black is often unseen. */
export const colours: Readonly<Record<Tone, string | undefined>> = {
  plain: undefined,
  done: 'green',
  waits: 'yellow',
  failed: 'red',
  accent: 'cyan',
  past: undefined,
};

export const blank: Line = [];

export function span(text: string, tone: Tone = 'plain', bold = false): Span {
  return { text: clean(text), tone, bold };
}

/** A line of one piece. */
export function line(text: string, tone: Tone = 'plain', bold = false): Line {
  return [span(text, tone, bold)];
}

export function lineWidth(spans: Line): number {
  return spans.reduce((sum, { text }) => sum + width(text), 0);
}

/** `left` and `right` at both ends of a line; the left one is cut when there is not room for both. */
export function spread(left: Line, right: Line, cells: number, mark: string): Line {
  const room = Math.max(0, cells - lineWidth(right) - (lineWidth(right) > 0 ? 2 : 0));
  const kept = within(left, room, mark);
  const gap = Math.max(0, cells - lineWidth(kept) - lineWidth(right));
  return [...kept, span(' '.repeat(gap)), ...right];
}

/** The line within so many cells. */
export function within(spans: Line, cells: number, mark: string): Line {
  if (lineWidth(spans) <= cells) return spans;
  const kept: Span[] = [];
  let room = cells;
  for (const one of spans) {
    const needed = width(one.text);
    if (needed > room) return [...kept, { ...one, text: cut(`${one.text}${' '.repeat(cells)}`, room, mark) }];
    kept.push(one);
    room -= needed;
  }
  return kept;
}

/** The line for a terminal without typography. */
export function plainLine(spans: Line): Line {
  return spans.map((one) => (one.exact ? one : { ...one, text: toAscii(one.text) }));
}
