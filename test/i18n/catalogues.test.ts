/** Both catalogues hold the same, their values reach both languages, and nothing in them is left over. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** Names that the program speaks: of fields, of variables taken from them, in quotes. */
function namesInProgram(): Set<string> {
  const root = join(import.meta.dirname, '..', '..');
  const files = globSync('{src,screens}/**/*.{ts,tsx}', { cwd: root }).filter(
    (path) => !/^src\/i18n\/(en|fr)\.ts$/.test(path),
  );
  const code = files.map((path) =>
    readFileSync(join(root, path), 'utf8').replaceAll(/^\s*(\/?\*|\/\/).*$/gm, ''),
  );
  const named =
    /(?<=\.)\w+|(?<=['"`])[\w-]+(?=['"`])|(?<=^\s*)\w+(?=:)|(?<=\{[^{}]*)\b\w+\b(?=[^{}]*\}\s*[=:),])/gm;
  return new Set(code.flatMap((text) => text.match(named) ?? []));
}

test('each key of the catalogues is named somewhere in the program', () => {
  const named = namesInProgram();
  const keys = keysOf(cataloguesOf('en'));
  expect(keys.filter((key) => !named.has(key.slice(key.lastIndexOf('.') + 1)))).toEqual([]);
});
