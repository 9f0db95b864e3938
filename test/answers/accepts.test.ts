import { expect, test } from 'vitest';
import { acceptsOf } from '../../src/answers/accepts.ts';
import type { Question } from '../../src/guide/types.ts';

const text = (one: string) => ({ fr: one, en: one });
const question = (more: Partial<Question>): Question => ({
  id: 'X',
  kind: 'text',
  topic: 'all',
  ask: text('X'),
  ...more,
});

test.each([
  [{ kind: 'port' }, 'A whole number from 1 to 65535.'],
  [{ kind: 'int', min: 0, max: 15 }, 'A whole number from 0 to 15.'],
  [{ kind: 'int' }, 'A whole number.'],
  [{ kind: 'int', min: 0 }, 'A whole number.'],
  [{ kind: 'host', pattern: { match: 'x', say: text('An x.') } }, 'An x.'],
  [{ kind: 'text' }, undefined],
  [{ kind: 'password' }, undefined],
] as const)('%j is told by its pattern, its range or its kind', (more, expected) => {
  expect(acceptsOf(question(more))?.en).toBe(expected);
});
