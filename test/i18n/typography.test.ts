/** The rules of docs/words.md over every sentence of catalogues and guides. */
import { describe, expect, test } from 'vitest';
import type { Lang } from '../../src/guide/types.ts';
import { toAscii } from '../../src/i18n/index.ts';
import { everything } from './sentences.ts';
import { faults } from './typography.ts';

describe('the rules find', () => {
  test.each<[string, Lang, string]>([
    ['Fait !', 'fr', 'an exclamation mark'],
    ["l'assistant", 'fr', 'a straight apostrophe'],
    ['Fait ?', 'fr', 'a space before : ; ? that can break'],
    ['Fait?', 'fr', 'no space before : ; ?'],
    ['« oui\u00a0»', 'fr', '« without U+00A0'],
    ['Relance ton service', 'fr', 'tutoiement'],
    ['4 Go libres', 'fr', 'a number apart from its unit'],
    ['Wait...', 'en', 'three dots instead of …'],
    ['It is "x"', 'en', 'a straight quote'],
    ['Done\u00a0: x', 'en', 'a space before a colon'],
    ['The folder x', 'en', 'a word the glossary refuses'],
  ])('what is wrong with %s', (text, lang, what) => {
    expect(faults(text, lang)).toContain(what);
  });

  test('nothing in a sentence as it should be', () => {
    const text = 'Serveur\u00a0: %BDD_HOST% (https://x.fr/?a=b, /etc/x:y), «\u00a0oui\u00a0»\u00a0?';
    expect(faults(text, 'fr')).toEqual([]);
  });
});

/** Sentences that break a rule on purpose, and why. */
const exceptions: readonly (readonly [at: RegExp, what: RegExp, why: string])[] = [
  [
    /^plain\.(step|stillRunning)#/,
    /three dots/,
    'linear mode goes to pipes and logs: dots and indents are ASCII',
  ],
  [/^plain\.formKeys$/, /before/, 'the question mark is the key'],
  [/quoteIt|badQuotes|answersFile\.head/, /straight quote|space before/, 'tells which signs to write'],
  [/report/, /glossary/, 'the as-built document is a « dossier d’installation »'],
  [/#[1-9]/, /before/, 'a value left out leaves its space'],
];

const isMeant = (at: string, what: string) =>
  exceptions.some(([where, which]) => where.test(at) && which.test(what));

describe.each(['fr', 'en'] as const)('in %s', (lang) => {
  test('every sentence keeps to the typography and the glossary', async () => {
    const wrong = (await everything(lang))
      .flatMap(({ at, text }) => faults(text, lang).map((what) => ({ what, at, text })))
      .filter(({ what, at }) => !isMeant(at, what));
    expect(wrong).toEqual([]);
  });

  test('every sign has a replacement in ASCII', async () => {
    const marks = (text: string) => text.split('?').length;
    const lost = (await everything(lang))
      .map(({ at, text }) => ({ at, text: text.replaceAll(/[⟦⟧]/g, '') }))
      .filter(({ text }) => marks(toAscii(text)) !== marks(text));
    expect(lost).toEqual([]);
  });
});
