/** Both catalogues hold the same, and their values reach both languages. */
import { describe, expect, test } from 'vitest';
import type { Lang } from '../../src/guide/types.ts';
import { catalogue, cataloguesOf, guideTexts, keysOf, ownTexts } from './sentences.ts';

test('both catalogues have the same keys', () => {
  expect(keysOf(cataloguesOf('fr'))).toEqual(keysOf(cataloguesOf('en')));
});

/** Values it was called with, and those that a cause takes from what was said: `{path}`. */
const marks = (text: string): string[] => [...new Set(text.match(/⟦[^⟧]*⟧|\{\w+\}/g) ?? [])].sort();
const names = (text: string): string[] => [...new Set(text.match(/%[A-Za-z][\w.]*%/g) ?? [])].sort();

describe('what one language tells, the other tells too', () => {
  test('in the catalogues', () => {
    const told = (lang: Lang) => catalogue(lang).map(({ at, text }) => [at, marks(text)]);
    expect(told('fr')).toEqual(told('en'));
    expect(told('en').filter(([, found]) => found?.length).length).toBeGreaterThan(100);
  });

  test('in plans and journals', async () => {
    const different = (await ownTexts()).filter(({ text }) => `${marks(text.fr)}` !== `${marks(text.en)}`);
    expect(different).toEqual([]);
  });

  test('in the guides: the same answers are named', async () => {
    const different = (await guideTexts()).filter(({ text }) => `${names(text.fr)}` !== `${names(text.en)}`);
    expect(different).toEqual([]);
  });
});

test('nothing is empty in one language only', async () => {
  const half = [...(await ownTexts()), ...(await guideTexts())].filter(
    ({ text }) => (text.fr.trim() === '') !== (text.en.trim() === ''),
  );
  expect(half).toEqual([]);
});
