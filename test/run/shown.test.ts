/** What a person is shown of a program's output. */
import { describe, expect, test } from 'vitest';
import { addOutput, harmless, keptLines, shownLines, splitUnfinished } from '../../src/run/shown.ts';

const all = (...pieces: readonly string[]) => pieces.reduce<readonly string[]>(addOutput, []);

describe('harmless text', () => {
  test.each([
    ['colours', '\u001b[1;31mred\u001b[0m', 'red'],
    ['cursor and screen', 'a\u001b[2J\u001b[H\u001b[?1049hb\u001b[K', 'ab'],
    ['a title, ended by a bell or by ST', '\u001b]0;owned\u0007a\u001b]2;owned\u001b\\b', 'ab'],
    ['a title without an end, to the end of its line', 'a\u001b]0;owned\nb', 'a\nb'],
    ['a clipboard', '\u001b]52;c;cm0gLXJm\u0007x', 'x'],
    ['a link', '\u001b]8;;https://e.org\u001b\\here\u001b]8;;\u001b\\', 'here'],
    ['DCS, SOS, PM and APC', 'a\u001bPq#1\u001b\\\u001bXs\u001b\\\u001b^p\u001b\\\u001b_Ga\u001b\\b', 'ab'],
    ['forms of 8 bits', 'a\u009b31mb\u009d0;owned\u009cc\u0090x\u009cd\u0085e', 'abcde'],
    ['other character sets, a reset, keypads', '\u001b(0a\u001bcb\u001b=c\u001b7', 'abc'],
    ['bells, nulls, shifts, form feeds, DEL', '\u0007a\u0000b\u000ec\u000f\u000c\u000bd\u007f', 'abcd'],
    ['other directions', 'a\u202eb\u202c\u2066c\u2069\u200f', 'abc'],
    ['what has no width', 'pass\u200bwo\u2060r\ufeffd\u{e0041}', 'password'],
    ['half a sequence', 'a\u001b[31\nb\u001b', 'a\nb'],
    ['a sequence inside of another', '\u001b[\u001b[31mx\u001b\u001b]0;y\u0007', 'x'],
  ])('has no %s', (_, said, shown) => {
    expect(harmless(said)).toBe(shown);
  });

  test('keeps what people read: accents, ideograms, signs, U+FFFD, line ends', () => {
    const text = 'déjà vu\u00a0: 密码 ✓ \ufffd [31m ]0;\r\n';
    expect(harmless(text)).toBe(text);
  });

  test('of any characters has nothing left that a terminal obeys', () => {
    const alphabet = [
      '\u001b',
      '[',
      ']',
      'P',
      '\\',
      '\u009b',
      '\u009d',
      '\u009c',
      '\u0007',
      '\n',
      '3',
      'm',
      '(',
      '\u202e',
    ];
    let seed = 11;
    for (let round = 0; round < 5000; round++) {
      let text = '';
      for (let n = 0; n < 12; n++) {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        text += alphabet[(seed >> 8) % alphabet.length];
      }
      expect(harmless(text), JSON.stringify(text)).not.toMatch(/[^\n\p{L}\p{N}\p{P}\p{S}]/u);
    }
  });

  test('is made in a time that grows with the length alone', () => {
    for (const unit of [
      '\u001b]',
      '\u009d',
      '\u001b[',
      '\u001b[1;',
      '\u001b',
      '\b',
      '\r',
      'x\b',
      '\u001bP\u001b',
    ])
      for (const end of ['', 'x', '\n']) {
        const text = unit.repeat(200_000) + end;
        expect(harmless(text).length).toBeLessThanOrEqual(text.length);
        expect(addOutput([], text).length).toBeLessThanOrEqual(2);
        expect(splitUnfinished(text).join('')).toBe(text);
      }
  });
});

describe('a sequence that is cut in two', () => {
  test.each([
    'a\u001b[1;31mb',
    'a\u001b]0;owned\u0007b',
    'a\u001b]0;owned\u001b\\b',
    'a\u009d0;owned\u009cb',
    'a\u001b(0b',
    'a\u001bPq#1;2\u001b\\b',
  ])('anywhere is taken out whole: %j', (text) => {
    for (let border = 0; border <= text.length; border++) {
      const [first, rest] = splitUnfinished(text.slice(0, border));
      expect(harmless(first) + harmless(rest + text.slice(border))).toBe('ab');
    }
  });

  test('is not waited for without end', () => {
    const text = `\u001b]0;${'x'.repeat(5000)}`;
    expect(splitUnfinished(text)).toEqual([text, '']);
  });
});

describe('the lines of a view', () => {
  test('are put together from pieces', () => {
    expect(all('one\ntw', 'o\n', 'three')).toEqual(['one', 'two', 'three']);
  });

  test('begin again at a carriage return, also one in a piece of its own', () => {
    expect(all('10%\r20%\r', '30%')).toEqual(['30%']);
    expect(all('10%', '\r', '20%', '\r', '\ndone\n')).toEqual(['20%', 'done', '']);
    expect(all('\r10%', '\r20%')).toEqual(['20%']);
  });

  test('end with a line feed, or with returns before it', () => {
    expect(all('one\r\ntwo\r', '\nthree\r\r\n')).toEqual(['one', 'two', 'three', '']);
  });

  test('lose a character to a backspace, and nothing more', () => {
    expect(all('|', '\b/', '\b-', '\b done\n')).toEqual([' done', '']);
    expect(all('ab\nc\b\b\bd🔑\be')).toEqual(['ab', 'de']);
  });

  test('are the last ones', () => {
    const text = Array.from({ length: 3 * keptLines }, (_, n) => `${n}\n`).join('');
    for (const size of [7, 1000, text.length]) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, n) =>
        text.slice(n * size, (n + 1) * size),
      );
      const lines = all(...pieces);
      expect(lines).toHaveLength(keptLines);
      expect([lines[0], lines.at(-2), lines.at(-1)]).toEqual([
        `${2 * keptLines + 1}`,
        `${3 * keptLines - 1}`,
        '',
      ]);
    }
  });

  test('have a length that does not grow', () => {
    const piece = 'x'.repeat(1500);
    const lines = all(piece, piece, piece, '\nend');
    expect(lines).toEqual([`${'x'.repeat(2000)}…`, 'end']);
    expect(all(piece, piece, '\r', 'short')).toEqual(['short']);
    expect(addOutput([], lines.join('\n'))).toEqual(lines);
  });

  test('of a text that stands alone have no empty end, whatever colours it ends with', () => {
    expect(shownLines('one\n10%\r20%\r\n\u001b[31mtwo\u001b[0m\n\u001b[0m\n')).toEqual(['one', '20%', 'two']);
  });
});
