import { describe, expect, it } from 'vitest';
import { checkGuide } from '../../src/guide/check.ts';
import { coverage } from '../../src/guide/coverage.ts';
import { allGuides, assets } from './all.ts';

const guides = await allGuides();

describe.each(guides.map((guide) => ({ id: guide.id, guide })))('the guide $id', ({ guide }) => {
  it('has no problem that its author should mend', () => {
    expect(checkGuide(guide, assets)).toEqual([]);
  });

  it('accounts for every line of its source', () => {
    expect(coverage(guide).uncovered).toEqual([]);
  });

  it('says everything in both languages', () => {
    expect(emptyTexts(guide)).toEqual([]);
  });
});

/** Places of `{fr, en}` pairs with an empty half. */
function emptyTexts(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'fr' in value && 'en' in value && (!value.fr || !value.en) ? [at] : [];
  return [...own, ...Object.entries(value).flatMap(([key, one]) => emptyTexts(one, `${at}.${key}`))];
}
