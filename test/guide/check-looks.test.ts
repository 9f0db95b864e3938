import { expect, test } from 'vitest';
import { lookProblems } from '../../src/guide/check-looks.ts';
import type { LiveLook } from '../../src/guide/types.ts';
import { tiny } from './tiny.ts';

const names = new Map([
  ['NAME', false],
  ['SECRET', true],
  ['MODE', false],
]);
const look: LiveLook = { id: 'one', topic: 'all', of: ['NAME'], look: 'dns', name: '%NAME%' };
const server = {
  engine: 'mysql',
  host: '%NAME%',
  login: 'password',
  user: 'root',
  password: '%SECRET%',
} as const;

test.each<[string, readonly LiveLook[], readonly string[]]>([
  ['a look without a problem', [look], []],
  ['a password for the server', [{ id: 'db', topic: 'all', of: [], look: 'sql-login', server }], []],
  ['a topic that is not there', [{ ...look, topic: 'none' }], ['look one: no topic none']],
  ['an answer that nobody asks', [{ ...look, of: ['OTHER'] }], ['look one: no question OTHER']],
  ['a name that nobody asks', [{ ...look, name: '%OTHER%' }], ['look one: no question OTHER']],
  [
    'a condition that nobody asks',
    [
      {
        ...look,
        when: {
          all: [
            { answer: 'OTHER', is: ['x'] },
            { fact: 'os.id', is: ['debian'] },
          ],
        },
      },
    ],
    ['look one: no question OTHER'],
  ],
  [
    'a secret in a name',
    [{ ...look, name: '%SECRET%' }],
    ['look one: %SECRET% is secret and would be shown'],
  ],
  ['the same id twice', [look, look], ['look one is there twice', 'look one is there twice']],
])('%s', (_, looks, problems) => {
  expect(lookProblems({ ...tiny, looks }, names)).toEqual(problems);
});
