import { describe, expect, test } from 'vitest';
import { checkGuide } from '../../src/guide/check.ts';
import type { KnownCause } from '../../src/guide/types.ts';
import { tiny, tinyAssets } from './tiny.ts';

const whole: KnownCause = {
  id: 'disk-full',
  match: String.raw`full: (?<disk>\w+)`,
  say: { fr: 'Plein : {disk}', en: 'Full: {disk}' },
  do: { fr: 'Faites de la place.', en: 'Make room.' },
};

const problemsOf = (...causes: readonly KnownCause[]): string[] =>
  checkGuide({ ...tiny, causes }, tinyAssets);

describe('checkGuide', () => {
  test('finds nothing to say of a whole cause', () => {
    expect(problemsOf(whole)).toEqual([]);
  });

  test.each<[string, KnownCause[]]>([
    ['disk-full is there twice', [whole, whole]],
    ['Disk_Full is not kebab-case', [{ ...whole, id: 'Disk_Full' }]],
    ['disk-full: no step nowhere', [{ ...whole, steps: ['nowhere'] }]],
    ['disk-full: its pattern is not a regular expression', [{ ...whole, match: '(' }]],
    ['disk-full: a sentence is empty', [{ ...whole, do: { fr: 'Faites de la place.', en: '' } }]],
    ['disk-full: no group disk', [{ ...whole, match: 'full' }]],
  ])('says of a cause: %s', (problem, causes) => {
    expect(problemsOf(...causes)).toContain(problem);
  });
});
