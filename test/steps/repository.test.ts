import { expect, test } from 'vitest';
import { validate } from '../../src/answers/validate.ts';
import type { Question } from '../../src/guide/types.ts';
import { repositoryPattern } from '../../steps/shared/repository.ts';

const question: Question = {
  id: 'REPOSITORY',
  kind: 'text',
  topic: 'all',
  ask: { fr: 'x', en: 'x' },
  pattern: repositoryPattern,
};

test.each([
  'https://github.com/a/b',
  'http://git.mon-univ.fr/x.git',
  'ssh://git@git.mon-univ.fr:22/x',
  'file:///srv/x',
])('%s is the address of a repository', (url) => {
  expect(validate(question, url)).toBeUndefined();
});

test.each([
  'https://alice:hunter2@git.test/x',
  'https://token@git.test/x',
  'ssh://git:hunter2@git.test/x',
  'git://git.test/x',
  'git@git.test:x',
  'ext::sh -c x',
  '--upload-pack=x',
  '/srv/x',
  'file://x y',
])('%s is none, and is not repeated', (url) => {
  const refused = validate(question, url);
  expect(refused?.en).toContain('https://');
  expect(JSON.stringify(refused)).not.toMatch(/hunter2|token/);
});
