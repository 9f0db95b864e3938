import { expect, test } from 'vitest';
import type { Body, JournalRecord } from '../../src/journal/records.ts';
import { expectedOf } from '../../src/run/expected.ts';

const text = { fr: 'x', en: 'x' };
const guide = { id: 'mini', minutes: 7 };

/** Records with the second at which each was written. */
function run(
  entries: readonly (readonly [second: number, entry: Body])[],
  { of = 'mini', kind = 'install' as 'install' | 'rollback' } = {},
): { records: readonly JournalRecord[] } {
  const versions = { program: '', guide: '', protocol: 1, journal: 1 };
  const opened: Body = { type: 'opened', run: 'r', guide: of, title: text, kind, versions };
  const all = [[0, opened] as const, ...entries];
  return {
    records: all.map(([second, entry], index) => ({
      ...entry,
      seq: index + 1,
      time: new Date(Date.UTC(2026, 10, 3) + second * 1000).toISOString(),
    })),
  };
}

const begin = (step: string): Body => ({ type: 'step-begin', step });
const end = (step: string, changed = 1, outcome: 'done' | 'failed' | 'left' = 'done'): Body => ({
  type: 'step-end',
  step,
  outcome,
  changed,
});

test('the newest time of each step counts, other steps keep theirs', () => {
  const runs = [
    run([
      [0, begin('a')],
      [10, end('a')],
      [10, begin('b')],
      [40, end('b')],
    ]),
    run([
      [0, begin('a')],
      [4, end('a')],
      [4, begin('b')],
      [5, end('b', 0)],
    ]),
  ];
  expect(expectedOf(runs, guide)).toEqual({ steps: { a: 4000, b: 30_000 }, minutes: 7 });
});

test('a step that failed, was left or found nothing to do says nothing about its time', () => {
  const runs = [
    run([
      [0, begin('a')],
      [10, end('a', 1, 'failed')],
      [10, begin('b')],
      [20, end('b', 1, 'left')],
      [20, begin('c')],
      [21, end('c', 0)],
    ]),
  ];
  expect(expectedOf(runs, guide).steps).toEqual({});
});

test('after a failure it is the successful attempt that is timed', () => {
  const runs = [
    run([
      [0, begin('a')],
      [10, end('a', 0, 'failed')],
      [10, { type: 'waiting', need: 'failure' }],
      [500, begin('a')],
      [503, end('a')],
    ]),
  ];
  expect(expectedOf(runs, guide).steps).toEqual({ a: 3000 });
});

test('a step in which a person was waited for is not timed', () => {
  const runs = [
    run([
      [0, begin('list')],
      [1, { type: 'waiting', need: 'checklist' }],
      [900, end('list')],
    ]),
  ];
  expect(expectedOf(runs, guide).steps).toEqual({});
});

test('other guides and rollbacks do not count', () => {
  const entries = [
    [0, begin('a')],
    [10, end('a')],
  ] as const;
  const runs = [run(entries, { of: 'other' }), run(entries, { kind: 'rollback' })];
  expect(expectedOf(runs, guide)).toEqual({ steps: {}, minutes: 7 });
});
