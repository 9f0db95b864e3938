import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Guide, Range, Step } from '../../src/guide/types.ts';
import { allGuides } from './all.ts';

const cut = '…';
const longest = 120;

const guides = (await allGuides()).filter(({ source }) => source.lines > 0);
const stepsOf = (guide: Guide) => guide.chapters.flatMap(({ steps }) => steps);
const quotes = guides.flatMap((guide) =>
  stepsOf(guide).flatMap((step) => (step.says === undefined ? [] : [{ guide, step, says: step.says }])),
);

/** The index has a hash for each line of the source, and no text. */
const hashOf = (line: string) => createHash('sha256').update(line.trim()).digest('hex').slice(0, 12);

function isOneOf({ source }: Guide, ranges: readonly Range[], says: string): boolean {
  const lines = ranges.flatMap(([from, to]) => source.hashes.slice(from - 1, to));
  return lines.includes(hashOf(says));
}

const isExcerpt = (says: string) => says.startsWith(cut) || says.endsWith(cut);

describe('the guide’s own words', () => {
  it('stand beside every step of Pretix', () => {
    const pretix = guides.find(({ id }) => id === 'pretix');
    const without = (pretix ? stepsOf(pretix) : [{ id: 'no guide' } as Step]).filter(({ says }) => !says);
    expect(without.map(({ id }) => id)).toEqual([]);
  });

  it('are one of the lines that the step names, to the letter, or are marked where they are cut', () => {
    const wrong = quotes.filter(
      ({ guide, step, says }) => !isExcerpt(says) && !isOneOf(guide, step.source, says),
    );
    expect(wrong.map(({ guide, step, says }) => `${guide.id} ${step.id}: ${says}`)).toEqual([]);
  });

  it('are not marked as cut where they are a whole line', () => {
    const wrong = quotes.filter(
      ({ guide, step, says }) =>
        isExcerpt(says) && isOneOf(guide, step.source, says.replace(/^…/, '').replace(/…$/, '')),
    );
    expect(wrong.map(({ step }) => step.id)).toEqual([]);
  });

  it('are no more than is needed to recognise the place', () => {
    expect(quotes.filter(({ says }) => says.length > longest).map(({ step }) => step.id)).toEqual([]);
  });
});
