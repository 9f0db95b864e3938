import { describe, expect, test } from 'vitest';
import { keySplitter } from '../../screens/parts/key-input.ts';
import { windowStart } from '../../screens/parts/scroll.ts';
import { caretAfter, replayed, windowOf } from '../../screens/parts/text-field.tsx';
import { chop, clean, cut, pad, width, wrap } from '../../screens/parts/width.ts';
import { stories } from '../../screens/stories.tsx';
import { summary } from '../../screens/summary.ts';
import { clock, duration, failureSentence, moment, plural, toAscii, words } from '../../src/i18n/index.ts';
import type { View } from '../../src/run/protocol.ts';

describe('width', () => {
  test.each([
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['日本', 4],
    ['✔ fait', 6],
    ['👍', 2],
  ])('%s takes %d cells', (text, cells) => {
    expect(width(text)).toBe(cells);
  });

  test('cutting and filling give exactly the cells asked for', () => {
    expect(cut('abcdef', 4)).toBe('abc…');
    expect(width(pad('日本語', 4))).toBe(4);
  });

  test('wrapping keeps every character and never breaks at a non-breaking space', () => {
    expect(wrap('un deux\u00a0: trois', 8)).toEqual(['un', 'deux\u00a0:', 'trois']);
    expect(chop('x'.repeat(25), 10).join('')).toBe('x'.repeat(25));
  });

  test('a program’s escape sequences are made harmless', () => {
    expect(clean('\u001b[31mred\u001b[0m\u001b]0;title\u0007 \u001b[2Kend\r')).toBe('red end');
  });
});

test('a window moves as little as it can to show the cursor', () => {
  expect(windowStart(0, 12, 12, 40, 10)).toBe(3);
  expect(windowStart(3, 5, 5, 40, 10)).toBe(3);
  expect(windowStart(30, 39, 39, 40, 10)).toBe(30);
});

test('a long value is seen around its cursor', () => {
  const drawn = `${'a'.repeat(30)}\u001b[7mb\u001b[27m${'c'.repeat(30)}`;
  expect(windowOf(drawn, 10)).toBe(`${'a'.repeat(9)}\u001b[7mb\u001b[27m`);
  expect(caretAfter('abc', 'abc', 10)).toBe('abc_');
});

test('a key pressed before the last one was drawn is not lost', () => {
  expect(replayed('ab', 'a', 'ac')).toBe('abc');
  expect(replayed('ab', 'a', '')).toBe('a');
  expect(replayed('aXb', 'ab', 'aYb')).toBe('aXYb');
  expect(replayed('same', 'same', 'samer')).toBe('samer');
});

describe('keys', () => {
  test('Enter typed ahead stands alone, function keys become control keys', () => {
    expect(keySplitter()('abc\rdef\u001bOR')).toEqual(['a', 'b', 'c', '\r', 'd', 'e', 'f', '\u0012']);
  });

  test('pasted text stays in one piece', () => {
    expect(keySplitter()('\u001b[200~one\rtwo\u001b[201~')).toEqual([
      '\u001b[200~',
      'one\rtwo',
      '\u001b[201~',
    ]);
  });
});

describe('words', () => {
  test('zero is singular in French and plural in English', () => {
    expect(plural('fr', 0, 'étape', 'étapes')).toBe('étape');
    expect(plural('en', 0, 'step', 'steps')).toBe('steps');
  });

  test.each([
    [4_000, '4 s', '0:04'],
    [64_000, '1 min 4 s', '1:04'],
    [3_725_000, '1 h 2 min', '1:02:05'],
  ])('%d milliseconds are %s', (milliseconds, long, short) => {
    expect(duration(milliseconds).replaceAll('\u00a0', ' ')).toBe(long);
    expect(clock(milliseconds)).toBe(short);
  });

  test('moments are told as a person would', () => {
    const now = new Date(2026, 10, 4, 9, 0).getTime();
    const yesterday = new Date(2026, 10, 3, 23, 41).toISOString();
    expect(moment(yesterday, 'fr', now).replaceAll('\u00a0', ' ')).toBe('hier à 23 h 41');
    expect(moment(yesterday, 'en', now)).toBe('yesterday at 23:41');
    expect(moment(new Date(2026, 9, 3).toISOString(), 'fr', now)).toBe('le 3 oct.');
  });

  test('every failure has a sentence in both languages, an unknown code too', () => {
    for (const code of [...Object.keys(words('en').failure.sentences), 'from-the-future']) {
      const error = { code, values: { path: '/etc/x' } };
      expect(failureSentence(error, 'fr')).toContain('/etc/x');
      expect(failureSentence(error, 'fr')).not.toBe(failureSentence(error, 'en'));
    }
  });

  test('ASCII keeps accents and nothing else above ~', () => {
    expect(toAscii('«\u00a0à défaire\u00a0» … ✔')).toBe('" à défaire " ... +');
  });
});

describe('summary', () => {
  test('says the addresses, what is left and how to resume', () => {
    const text = summary(stories['needs-person'] as View, 'fr');
    expect(text).toContain('https://inscription.mon-univ.fr/control');
    expect(text).toContain('☐ Créer le jeton');
    expect(text).toContain('/var/lib/setup-wizard/program/0.1.0/setup-wizard resume pretix');
  });

  test('of a run left at its plan says that nothing was changed', () => {
    expect(summary(stories['plan'] as View, 'en')).toContain('Nothing was changed on this machine.');
  });

  test('of a run that goes on says so, with the way back to it', () => {
    const text = summary(stories['run'] as View, 'en');
    expect(text).toContain('The work goes on in the background.');
    expect(text).toContain('resume pretix');
  });
});
