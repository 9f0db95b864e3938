import { describe, expect, test } from 'vitest';
import { choose, holds, type Lookup, settle } from '../../src/guide/conditions.ts';
import type { Cond } from '../../src/guide/types.ts';

const lookupIn =
  (known: Record<string, string>): Lookup =>
  (name) =>
    Object.hasOwn(known, name) ? known[name] : undefined;

const lookup = lookupIn({ TLS: 'files', EMPTY: '', 'os.version': '12', LITERAL: 'e-home e-apt' });
const yes: Cond = { answer: 'TLS', is: ['files'] };
const no: Cond = { answer: 'TLS', is: ['upstream'] };

describe('holds', () => {
  test.each<[string, Cond, boolean]>([
    ['an answer that is listed', { answer: 'TLS', is: ['upstream', 'files'] }, true],
    ['an answer that is not listed', { answer: 'TLS', is: ['upstream'] }, false],
    ['an answer against an empty list', { answer: 'TLS', is: [] }, false],
    ['a fact', { fact: 'os.version', is: ['12', '13'] }, true],
    ['a fact that is not known', { fact: 'os.id', is: ['debian'] }, false],
    ['an answer without a value is empty', { answer: 'NOBODY', is: [''] }, true],
    ['an empty answer is empty', { answer: 'EMPTY', is: [''] }, true],
    ['not', { not: yes }, false],
    ['all', { all: [yes, no] }, false],
    ['all of nothing', { all: [] }, true],
    ['any', { any: [no, yes] }, true],
    ['any of nothing', { any: [] }, false],
    ['nested', { all: [yes, { not: { any: [no, { fact: 'os.version', is: ['11'] }] } }] }, true],
    ['one of several errata followed to the letter', { answer: 'LITERAL', is: ['e-apt'] }, true],
    ['an erratum that is not followed', { answer: 'LITERAL', is: ['e-csp'] }, false],
  ])('%s', (_, cond, expected) => {
    expect(holds(cond, lookup)).toBe(expected);
  });
});

describe('choose', () => {
  const of = { files: 'F', '': 'other' };

  test('a listed value gives its entry, any other the entry of the empty one', () => {
    expect(choose({ by: 'TLS', of }, lookup)).toBe('F');
    expect(choose({ by: 'os.version', of }, lookup)).toBe('other');
    expect(choose({ by: 'NOBODY', of }, lookup)).toBe('other');
  });

  test.each(['constructor', '__proto__', 'toString'])('the value %s is no entry by itself', (value) => {
    expect(choose({ by: 'A', of: { x: 'X' } }, lookupIn({ A: value }))).toBeUndefined();
  });

  test('an entry may be empty', () => {
    expect(choose({ by: 'TLS', of: { files: '', '': 'other' } }, lookup)).toBe('');
  });
});

describe('settle', () => {
  test('replaces choices at any depth and leaves the rest as it was', () => {
    const operation = {
      kind: 'command',
      run: ['a', { by: 'TLS', of: { files: '-f' } }],
      done: { all: [{ exists: { by: 'os.version', of: { '12': '/twelve' } } }] },
      when: yes,
      why: { fr: 'a', en: 'b' },
      none: undefined,
      count: 3,
      verify: false,
    };
    expect(settle(operation, lookup)).toEqual({
      ...operation,
      run: ['a', '-f'],
      done: { all: [{ exists: '/twelve' }] },
    });
  });

  test('leaves a condition in place: dropping operations is the work of the plan', () => {
    expect(settle([{ when: no, x: 1 }], lookup)).toEqual([{ when: no, x: 1 }]);
  });

  test('does not take an object that only looks like a choice', () => {
    for (const value of [
      { by: 'A', of: 'B' },
      { by: 1, of: {} },
      { by: 'A', of: {}, more: 1 },
      { by: 'A', of: [] },
    ])
      expect(settle(value as unknown, lookup)).toEqual(value);
  });

  test('throws when nothing fits, naming the answer and what the guide has', () => {
    expect(() => settle({ by: 'TLS', of: { none: 'x', certbot: 'y' } }, lookup)).toThrow(
      'no choice for TLS = "files" (the guide has none, certbot)',
    );
  });
});
