import { describe, expect, test } from 'vitest';
import {
  agreedPlan,
  effects,
  everKnown,
  known,
  settled,
  stepOutcomes,
  summarize,
  ticks,
} from '../../src/journal/fold.ts';
import type { Body } from '../../src/journal/records.ts';
import {
  begin,
  consent,
  end,
  ended,
  engineBody,
  openedBody,
  planned,
  records,
  stepBegin,
  stepEnd,
  stepOf,
  undoEnd,
} from './records.ts';

describe('the effects of a run', () => {
  const outcomes = (...bodies: Body[]) =>
    effects(records(...bodies)).map(({ seq, key, outcome }) => `${seq} ${key} ${outcome}`);

  test('are those that began, in that order, each with how it ended', () => {
    expect(
      outcomes(begin('a', 'x'), end('a', 'x'), begin('a', 'y'), end('a', 'y', 'failed'), begin('b', 'z')),
    ).toEqual(['1 x done', '3 y failed', '5 z begun']);
  });

  test('do not hold what there was nothing to do for', () => {
    expect(outcomes(end('a', 'x', 'same'), begin('a', 'y'), end('a', 'y', 'same'))).toEqual(['2 y begun']);
  });

  test('that failed and were done later began once', () => {
    expect(outcomes(begin('a', 'x'), end('a', 'x', 'failed'), stepBegin('a'), end('a', 'x'))).toEqual([
      '1 x done',
    ]);
  });

  test('of the same thing twice are two, and the end is that of the later', () => {
    expect(outcomes(begin('a', 'x'), end('a', 'x'), begin('a', 'x'), end('a', 'x', 'failed'))).toEqual([
      '1 x done',
      '3 x failed',
    ]);
  });
});

describe('the plan that was agreed to', () => {
  const one = planned('one', stepOf('a', 'x'));
  const two = planned('two', stepOf('b', 'y'));
  const correct: Body = { type: 'decision', decision: 'correct' };
  const hash = (...bodies: Body[]) => agreedPlan(records(...bodies))?.hash;

  for (const [what, bodies, expected] of [
    ['is none before it is shown', [openedBody()], undefined],
    ['is none before somebody agrees', [one], undefined],
    ['is the one that was shown last', [one, consent('one')], 'one'],
    ['is none when another was agreed to', [one, consent('two')], undefined],
    ['is none once another is shown', [one, consent('one'), two], undefined],
    ['is the other once that is agreed to', [one, consent('one'), two, consent('two')], 'two'],
    ['is none when it is shown again and not agreed to again', [one, consent('one'), one], undefined],
    ['is none once an answer is corrected', [one, consent('one'), correct], undefined],
    [
      'stands when a step is tried again',
      [one, consent('one'), { type: 'decision', decision: 'retry' }],
      'one',
    ],
    ['is the new one after a correction', [one, consent('one'), correct, two, consent('two')], 'two'],
  ] as const) {
    test(what, () => expect(hash(...bodies)).toBe(expected));
  }
});

describe('the outcome of steps', () => {
  const of = (...bodies: Body[]) => Object.fromEntries(stepOutcomes(records(...bodies)));

  test('is the newest of each', () => {
    expect(of(stepBegin('a'), stepEnd('a', 'failed'), stepBegin('a'), stepEnd('a'))).toEqual({ a: 'done' });
  });

  test('is none while a step runs again', () => {
    expect(of(stepEnd('a', 'failed'), stepBegin('a'))).toEqual({});
  });

  test('is forgotten when there is a new plan', () => {
    expect(of(stepEnd('a'), planned('two'), stepEnd('b', 'left'))).toEqual({ b: 'left' });
  });
});

test('the newest tick of an item counts, also one taken back', () => {
  const tick = (done: boolean): Body => ({
    type: 'tick',
    item: 'i',
    done,
    by: 'ada',
    note: '',
    proven: false,
  });
  expect(ticks(records(tick(true), tick(false))).get('i')?.done).toBe(false);
});

test('the newest value counts, of an answer as of what a step produced; a secret is a name', () => {
  const all = known(
    records(
      { type: 'answer', id: 'A', value: '1', from: 'default' },
      { type: 'answer', id: 'A', value: '2', from: 'person' },
      { type: 'answer', id: 'S', secret: 'practice/S', from: 'generated' },
      { type: 'answer', id: 'P', value: 'guess', from: 'default' },
      { type: 'produced', id: 'P', value: 'found' },
    ),
  );
  expect(all.get('A')).toEqual({ value: '2', secret: undefined, from: 'person' });
  expect(all.get('S')).toEqual({ value: undefined, secret: 'practice/S', from: 'generated' });
  expect(all.get('P')).toEqual({ value: 'found', secret: undefined, from: 'step' });
});

test('what a rollback settled is what it took back or left; what failed is not settled, nor that of another run', () => {
  const all = settled(
    records(undoEnd('r', 5), undoEnd('r', 4, 'kept'), undoEnd('r', 3, 'failed'), undoEnd('other', 2)),
    'r',
  );
  expect([...all.keys()]).toEqual([5, 4]);
});

describe('the line about a run', () => {
  const plan = [planned('h', stepOf('a', 'x'), stepOf('b', 'y')), consent('h')];
  const start = [openedBody(), engineBody];
  const line = (bodies: readonly Body[], live = false, takenBack = false) =>
    summarize(records(...bodies), live, takenBack);

  test('is none without its first record', () => {
    expect(line([])).toBeUndefined();
  });

  for (const [what, bodies, live, expected] of [
    ['running while an engine has it', [...start, ...plan, stepBegin('a')], true, 'running'],
    [
      'needs a person while one is asked',
      [...start, { type: 'waiting', need: 'answers' }],
      true,
      'needs-person',
    ],
    [
      'needs a person when nobody came and the engine is gone',
      [...start, { type: 'waiting', need: 'failure' }],
      false,
      'needs-person',
    ],
    ['interrupted when the engine died', [...start, ...plan, stepBegin('a')], false, 'interrupted'],
    ['what its end says', [...start, ...plan, ended('failed', 1)], false, 'failed'],
    [
      'interrupted when the engine that continued it died',
      [...start, ...plan, ended('failed', 1), engineBody],
      false,
      'interrupted',
    ],
    [
      'what its end says after a tick was added',
      [
        ...start,
        ...plan,
        ended('needs-person', 4),
        { type: 'tick', item: 'i', done: true, by: 'ada', note: '', proven: false },
      ],
      false,
      'needs-person',
    ],
  ] as const) {
    test(`says ${what}`, () => expect(line(bodies, live)?.state).toBe(expected));
  }

  test('says rolled back when that is what it is, whatever its own end', () => {
    expect(line([...start, ...plan, ended('done')], false, true)?.state).toBe('rolled-back');
  });

  test('counts done and skipped steps, and names the first that is neither', () => {
    const bodies = [
      ...start,
      ...plan,
      stepBegin('a'),
      stepEnd('a', 'skipped'),
      stepBegin('b'),
      stepEnd('b', 'failed'),
    ];
    expect(line(bodies)).toMatchObject({ done: 1, total: 2, step: 'b', changed: false });
    expect(line([...bodies, begin('b', 'y')])).toMatchObject({ changed: true });
  });
});

test('a row that is taken out of its list takes its secrets with it, for good; what undoes it still has them', () => {
  const list = (...names: string[]): Body => ({
    type: 'answer',
    id: 'USERS',
    value: JSON.stringify(names.map((name) => ({ name }))),
    list: 'name',
    from: 'person',
  });
  const secret = (name: string): Body => ({
    type: 'answer',
    id: `USERS.${name}.pw`,
    secret: `practice/USERS.${name}.pw`,
    from: 'person',
  });
  const all = records(secret('a'), secret('a.b'), list('a', 'a.b'), list('a'), list('a', 'a.b'));
  expect([...known(all).keys()].sort()).toEqual(['USERS', 'USERS.a.pw']);
  expect([...everKnown(all).keys()].sort()).toEqual(['USERS', 'USERS.a.b.pw', 'USERS.a.pw']);
});
