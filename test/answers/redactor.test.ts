import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { Redactor } from '../../src/answers/redactor.ts';
import { mask } from '../../src/answers/secret.ts';
import { WordFinder } from '../../src/answers/word-finder.ts';
import { encode, syntaxes } from '../../src/operations/encode/index.ts';
import { hostile } from './hostile.ts';

/*
 * Measured, not asserted (2 shared cores, Node 24), 51 MB of output in 1 000 000 lines, in chunks of 4.4 kB: three secrets
 * of 24 characters 22 ms, twelve 27 ms, two of 3 and 4 characters 157 ms, a private key of 1700 characters 264 ms.
 */

const secrets = [
  ...hostile.filter((value) => value.length >= 3),
  'p@ss',
  'abcabc',
  'Tr0ub4dor&3',
  'x'.repeat(200),
];

function redactorOf(...values: string[]): Redactor {
  const redactor = new Redactor();
  for (const value of values) redactor.add(value);
  return redactor;
}

function inChunks(redactor: Redactor, text: string, size: (index: number) => number): string {
  const stream = redactor.stream();
  let out = '';
  for (let at = 0, index = 0; at < text.length; index += 1) {
    const next = at + size(index);
    out += stream.write(text.slice(at, next));
    at = next;
  }
  return out + stream.end();
}

describe('a secret is taken out', () => {
  test.each(secrets)('as it is: %j', (value) => {
    expect(redactorOf(value).redact(`before ${value} after`)).toBe(`before ${mask} after`);
  });

  test.each(syntaxes)('as our own encoder writes it: %s', (syntax) => {
    for (const value of secrets) {
      let written: string;
      try {
        written = encode(syntax, value);
      } catch {
        continue;
      }
      const inside = /^ ?E?(['"`])(.*)\1$/su.exec(written)?.[2] ?? written;
      const redacted = redactorOf(value).redact(`k=${written};`);
      expect(redacted).toContain(mask);
      expect(redacted).not.toContain(inside);
    }
  });

  const tools: [string, (value: string) => string][] = [
    ['JSON', (value) => JSON.stringify(value)],
    ["JSON inside JSON's own slashes", (value) => JSON.stringify(value).replaceAll('/', '\\/')],
    ['encodeURIComponent', encodeURIComponent],
    [
      'percent in lower case',
      (value) => encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase()),
    ],
    ['a form', (value) => new URLSearchParams({ v: value }).toString().slice(2)],
    ['base64', (value) => Buffer.from(value).toString('base64')],
    ['base64url', (value) => Buffer.from(value).toString('base64url')],
    ['shell quotes', (value) => `'${value.replaceAll("'", "'\\''")}'`],
    ['shell quotes the other way', (value) => `'${value.replaceAll("'", `'"'"'`)}'`],
    ['SQL quotes', (value) => `'${value.replaceAll("'", "''")}'`],
    ['SQL with backslashes', (value) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`],
    ['backslashes doubled', (value) => value.replaceAll('\\', '\\\\')],
    ['percent signs doubled', (value) => value.replaceAll('%', '%%')],
    [
      'HTML',
      (value) =>
        value.replace(
          /[&<>"']/g,
          (c) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }[c]};`,
        ),
    ],
    [
      'HTML as Python writes it',
      (value) =>
        value.replace(
          /[&<>"']/g,
          (c) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#x27' }[c]};`,
        ),
    ],
  ];
  test.each(tools)('as %s writes it', (_, write) => {
    for (const value of secrets) expect(redactorOf(value).redact(`[${write(value)}]`), value).toContain(mask);
    for (const value of secrets)
      expect(redactorOf(value).redact(`[${write(value)}]`), value).not.toContain(write(value));
  });

  test('as Python’s repr, ascii and json write it', () => {
    const program =
      'import json,sys\nfor v in json.load(sys.stdin): print(json.dumps([repr(v), ascii(v), json.dumps(v)]))';
    let lines: string[];
    try {
      lines = execFileSync('python3', ['-c', program], { input: JSON.stringify(secrets), encoding: 'utf8' })
        .trim()
        .split('\n');
    } catch {
      return;
    }
    for (const [index, line] of lines.entries())
      for (const written of JSON.parse(line) as string[]) {
        const redacted = redactorOf(secrets[index] ?? '').redact(`${written}`);
        expect(redacted, written).toMatch(/^b?["']?••••••••["']?$/);
      }
  });

  test('as bash’s printf %q and set -x write it', () => {
    for (const value of secrets.filter((one) => /^[ -~]+$/.test(one))) {
      const written = execFileSync(
        'bash',
        ['-c', 'exec 2>&1; printf %q "$1"; echo; set -x; : "$1"', 'bash', value],
        {
          encoding: 'utf8',
        },
      );
      const lines = redactorOf(value).redact(written).trim().split('\n');
      for (const line of lines) expect(line, written).toContain(mask);
    }
  });

  test('inside HTTP basic authentication, whatever the length of the user name', () => {
    for (const user of ['a', 'ab', 'abc', 'ksup-admin'])
      for (const value of ['longer-secret', 'Lab%Pw;1234', '密码密码密码']) {
        const header = Buffer.from(`${user}:${value}`).toString('base64');
        const redacted = redactorOf(value).redact(`Authorization: Basic ${header}`);
        expect(redacted).toContain(mask);
        const rest = redacted.replace(/.*Basic /, '').split(mask);
        for (const piece of rest)
          expect(Buffer.from(piece, 'base64').toString()).not.toContain(value.slice(1, -1));
      }
  });
});

describe('what is not a secret stays', () => {
  test('with nothing to take out the text is the same', () => {
    expect(new Redactor().redact('abc')).toBe('abc');
    expect(inChunks(new Redactor(), 'abc', () => 1)).toBe('abc');
  });

  test('values of one or two characters are left, and so is the empty one', () => {
    expect(redactorOf('', 'a', 'ab').redact('a ab abc')).toBe('a ab abc');
  });

  test('characters that mean something in a pattern are only characters', () => {
    expect(redactorOf('.*.').redact('abc .*. x')).toBe(`abc ${mask} x`);
    expect(redactorOf('a|b').redact('a b a|b')).toBe(`a b ${mask}`);
    expect(redactorOf('$&$').redact('x $&$')).toBe(`x ${mask}`);
  });

  test('a secret that begins with another is taken out whole', () => {
    expect(redactorOf('abc', 'abcdef').redact('abcdef abc')).toBe(`${mask} ${mask}`);
  });
});

test('of many words the leftmost is found, and the longest that begins there, as a pattern finds it', () => {
  let seed = 5;
  const random = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return (seed >> 8) % below;
  };
  const wordOf = (length: number) => Array.from({ length }, () => 'abé密'[random(4)]).join('');
  for (let round = 0; round < 2000; round += 1) {
    const words = Array.from({ length: 1 + random(6) }, () => wordOf(3 + random(5)));
    const text = wordOf(60);
    const pattern = new RegExp(words.toSorted((a, b) => b.length - a.length).join('|'), 'g');
    const finder = new WordFinder(words);
    const found: string[] = [];
    for (let word = finder.find(text, 0); word; word = finder.find(text, word.to))
      found.push(`${word.from} ${text.slice(word.from, word.to)}`);
    expect(found, `${words} in ${text}`).toEqual(
      [...text.matchAll(pattern)].map((m) => `${m.index} ${m[0]}`),
    );
  }
});

describe('a stream', () => {
  const text = secrets
    .map((value, i) => `line ${i} ${value} mid ${JSON.stringify(value)} ${encodeURIComponent(value)}\n`)
    .join('');
  const all = redactorOf(...secrets);
  const whole = all.redact(text);

  test.each([1, 2, 3, 5, 7, 16, 64, 1000])('gives what redact gives, in chunks of %d', (size) => {
    expect(inChunks(all, text, () => size)).toBe(whole);
  });

  test('gives what redact gives, in 200 ways of cutting', () => {
    let seed = 7;
    const random = (): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return 1 + (seed % 23);
    };
    for (let round = 0; round < 200; round += 1) expect(inChunks(all, text, random)).toBe(whole);
  });

  test('never lets out a part that the next chunk completes, at any border', () => {
    for (const value of ['hunter2-secret', 'aab', 'aaab']) {
      const line = `aa${value}aa${value}`;
      for (let border = 0; border <= line.length; border += 1) {
        const stream = redactorOf(value).stream();
        const first = stream.write(line.slice(0, border));
        expect(first + stream.write(line.slice(border)) + stream.end()).toBe(redactorOf(value).redact(line));
      }
    }
  });

  test('is live: a complete line and a prompt that cannot be a secret go out at once', () => {
    const stream = redactorOf('hunter2').stream();
    expect(stream.write('a hunt\n')).toBe('a hunt\n');
    expect(stream.write('Continue? [y/N] ')).toBe('Continue? [y/N] ');
    expect(stream.write('hun')).toBe('');
    expect(stream.write('t')).toBe('');
    expect(stream.write('ing')).toBe('hunting');
    expect(stream.end()).toBe('');
  });

  test('keeps back less than the longest form', () => {
    const value = 'z'.repeat(50);
    const redactor = redactorOf(value);
    const stream = redactor.stream();
    const out = stream.write('z'.repeat(49));
    expect(out).toBe('');
    expect(stream.end()).toBe('z'.repeat(49));
  });

  test('knows a secret that was added after it began', () => {
    const redactor = redactorOf('first-one');
    const stream = redactor.stream();
    let out = stream.write('first-');
    redactor.add('second-one');
    out += stream.write('one second');
    out += stream.write('-one\n');
    expect(out + stream.end()).toBe(`${mask} ${mask}\n`);
  });

  test('takes out a value of several lines', () => {
    const key = '-----BEGIN KEY-----\nabc\ndef\n-----END KEY-----';
    expect(inChunks(redactorOf(key), `x\n${key}\ny\n`, () => 4)).toBe(`x\n${mask}\ny\n`);
  });

  test('survives a border in the middle of a character of two halves', () => {
    expect(inChunks(redactorOf('a🔑b'), 'x🔑 a🔑b y', () => 1)).toBe(`x🔑 ${mask} y`);
  });
});
