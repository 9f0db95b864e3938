/** Which lines of a source a guide accounts for. */
import type { Guide, Range, SourceIndex } from './types.ts';

export interface Coverage {
  readonly guide: string;
  readonly lines: number;
  readonly uncovered: readonly number[];
}

/** Lines that no step, erratum or note covers; blank ones need none. */
export function coverage(guide: Guide): Coverage {
  const { lines, blank } = guide.source;
  const covered = new Set(blank);
  for (const range of rangesOf(guide)) {
    for (const line of linesOf(range, guide.source)) covered.add(line);
  }
  const all = Array.from({ length: lines }, (_, index) => index + 1);
  return { guide: guide.id, lines, uncovered: all.filter((line) => !covered.has(line)) };
}

function rangesOf({ chapters, errata, notes }: Guide): Range[] {
  return [
    ...chapters.flatMap((chapter) => chapter.steps.flatMap((step) => step.source)),
    ...errata.flatMap((erratum) => erratum.source),
    ...notes.map((note) => note.lines),
  ];
}

/** A range covers nothing beyond the next heading: it stays within one. */
function linesOf([from, to]: Range, { headings }: SourceIndex): number[] {
  const next = headings.find((heading) => heading > from) ?? Number.POSITIVE_INFINITY;
  const last = Math.min(to, next - 1);
  return Array.from({ length: Math.max(0, last - from + 1) }, (_, index) => from + index);
}

/** What is wrong with a range; nothing if it is in the source and within one heading. */
export function rangeProblem([from, to]: Range, { lines, headings }: SourceIndex): string | undefined {
  if (from < 1 || to > lines || from > to) return `lines ${from}–${to} are not lines of the source`;
  const crossed = headings.find((heading) => heading > from && heading <= to);
  return crossed === undefined ? undefined : `lines ${from}–${to} cross the heading at ${crossed}`;
}
