import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { mask, open, Secret } from '../../src/answers/secret.ts';

const value = 'hunter2-%;"';
const secret = new Secret(value);

test('opening it gives the value', () => {
  expect(open(secret)).toBe(value);
});

test.each([
  ['String', String(secret)],
  ['a template', `${secret}`],
  ['joining', ['a', secret].join('')],
  ['JSON', JSON.stringify({ a: [secret] })],
  ['inspect', inspect({ a: secret }, { showHidden: true, depth: 9 })],
  ['keys and values', JSON.stringify([Object.keys(secret), Object.values(secret), { ...secret }])],
  ['an error made with it', String(new Error(`failed: ${secret}`))],
])('%s never shows it', (_, text) => {
  expect(text).not.toContain('hunter2');
});

test('it prints as eight dots', () => {
  expect([String(secret), JSON.stringify(secret), inspect(secret)]).toEqual([mask, `"${mask}"`, mask]);
  expect(mask).toBe('••••••••');
});
