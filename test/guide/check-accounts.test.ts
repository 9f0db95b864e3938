import { expect, test } from 'vitest';
import { accountPlace } from '../../src/guide/accounts.ts';
import { accountProblems } from '../../src/guide/check-accounts.ts';
import type { Guide, Question } from '../../src/guide/types.ts';
import { guide } from '../lab/users/meet/index.ts';

const changed = (op: object, of: Question['of'] = {}): Guide => ({
  ...guide,
  questions: guide.questions.map((one) => (one.of ? { ...one, of: { ...one.of, ...of } } : one)),
  chapters: guide.chapters.map((chapter) => ({
    ...chapter,
    steps: chapter.steps.map((step) => ({
      ...step,
      do: step.do.map((one) =>
        'each' in one ? { ...one, do: one.do.map((each) => ({ ...each, ...op }) as typeof each) } : one,
      ),
    })),
  })),
});

test('how an account is made is found where the guide says it for each row', () => {
  expect(accountProblems(guide)).toEqual([]);
  expect(accountPlace(guide)).toMatchObject({
    list: { id: 'USERS', key: 'username' },
    password: 'password',
    step: { id: 'prosody-users' },
  });
});

test('a guide without accounts has none', () => {
  const { accounts: _, ...without } = guide;
  expect([accountProblems(without), accountPlace(without)]).toEqual([[], undefined]);
});

test.each<[Guide, string]>([
  [{ ...guide, accounts: { list: 'DOMAIN' } }, 'accounts: no prosody-account is made for each row of DOMAIN'],
  [changed({ user: 'x-%USERS.username%' }), 'accounts: an account names its user %USERS.username%'],
  [changed({ password: 'x%USERS.password%' }), 'accounts: an account gives the password of the row as it is'],
  [changed({ host: '%USERS.username%.test' }), 'accounts: an account has one host for all rows'],
  [
    changed({}, { mail: { kind: 'email', ask: { fr: 'Adresse', en: 'Address' } } }),
    'accounts: an account has a name and a password, no more',
  ],
])('what a change could not follow is said to the author (%#)', (wrong, problem) =>
  expect(accountProblems(wrong)).toEqual([problem]),
);
