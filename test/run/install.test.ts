/** From the questions to the end of an install, and over again. */
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/answers/secret.ts';
import type { Guide } from '../../src/guide/types.ts';
import { agreedPlan, known } from '../../src/journal/fold.ts';
import type { Decision } from '../../src/run/protocol.ts';
import { seen, stateOf } from '../crash/cuts.ts';
import { aChecklist, aFile, asks, guideOf, needsFile, stepOf } from './guides.ts';
import { agreeing, type Driven, drive, inTurn, newWorld, secretsOf } from './rig.ts';
import { practiceAnswers, quickPractice, type World } from './world.ts';

async function aWorld(): Promise<World> {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  return world;
}

const types = ({ records }: Driven): string[] => records.map(({ type }) => type);
const steps = ({ seat }: Driven): Record<string, string> =>
  Object.fromEntries(seat.view.steps.map(({ id, state }) => [id, state]));

const named = guideOf('named', [stepOf('one', aFile('name', '%NAME%\n'))], [asks('NAME')]);

describe('answers', () => {
  test('come from what is given, then from the person, then from the guide, and say so', async () => {
    const world = await aWorld();
    const guide = guideOf(
      'mini',
      [stepOf('one', aFile('name', '%NAME% %MAIL% %WORD%\n'))],
      [asks('NAME'), asks('MAIL', { initial: 'default@example.org' }), asks('WORD')],
    );
    const done = await drive(world, {
      guide,
      given: { DIR: world.folder, WORD: 'of-the-file' },
      from: 'file',
      decide: agreeing((_, need) =>
        need === 'answers' ? [{ type: 'answer', id: 'NAME', value: 'Ada' }, { type: 'submit' }] : [],
      ),
    });
    expect(done.exit).toBe(0);
    expect(await readFile(`${world.folder}/name`, 'utf8')).toBe('Ada default@example.org of-the-file\n');
    const from = Object.fromEntries([...known(done.records)].map(([id, one]) => [id, one.from]));
    expect(from).toEqual({ DIR: 'file', WORD: 'file', NAME: 'person', MAIL: 'default' });
  });

  test('that are missing stop an install that nobody watches, before anything is planned', async () => {
    const world = await aWorld();
    const done = await drive(world, { guide: named, given: { DIR: world.folder } });
    expect(done.exit).toBe(2);
    expect(types(done)).not.toContain('planned');
    expect(done.seat.view.form.open).toEqual(['NAME']);
  });

  test('that are wrong are not let through, whatever the person presses', async () => {
    const world = await aWorld();
    const turns: Decision[][] = [
      [{ type: 'submit' }, { type: 'answer', id: 'NAME', value: 'Ada' }, { type: 'submit' }],
    ];
    const done = await drive(world, {
      guide: named,
      given: { DIR: world.folder },
      decide: agreeing(inTurn('answers', ...turns)),
    });
    expect([done.exit, await readFile(`${world.folder}/name`, 'utf8')]).toEqual([0, 'Ada\n']);
  });

  test('are durable one by one: a line that drops while they are typed loses none', async () => {
    const world = await aWorld();
    const first = await drive(world, {
      guide: named,
      given: { DIR: world.folder },
      decide: inTurn('answers', [{ type: 'answer', id: 'NAME', value: 'Ada' }, { type: 'stop' }]),
    });
    expect(first.exit).toBe(130);
    const again = await drive(world, { guide: named, given: { DIR: world.folder }, run: first.run });
    expect([again.exit, await readFile(`${world.folder}/name`, 'utf8')]).toEqual([0, 'Ada\n']);
  });

  test('of an earlier install of the guide are those of the next, secrets too', async () => {
    const world = newWorld();
    await mkdir(world.home);
    await drive(world, { given: practiceAnswers(world, { PRACTICE_NAME: 'Ada' }) });
    const again = await drive(world, { given: {} });
    expect(again.exit).toBe(0);
    const all = known(again.records);
    expect(all.get('PRACTICE_NAME')).toMatchObject({ value: 'Ada', from: 'earlier' });
    expect(all.get('PRACTICE_PASSWORD')?.secret).toBe('practice/PRACTICE_PASSWORD');
    const store = secretsOf(world);
    const kept = await store.get('practice/PRACTICE_PASSWORD');
    expect(kept).toBeInstanceOf(Secret);
    expect(await readFile(`${world.folder}/practice.ini`, 'utf8')).toContain('correct horse battery');
  });

  test('that are secret and that nobody gave are made once, and stay', async () => {
    const world = newWorld();
    await mkdir(world.home);
    const { PRACTICE_PASSWORD: _, ...given } = practiceAnswers(world);
    await drive(world, { given });
    const ini = await readFile(`${world.folder}/practice.ini`, 'utf8');
    expect(ini).toMatch(/password = "?\S{20,}/);
    expect((await drive(world, { given: {} })).exit).toBe(0);
    expect(await readFile(`${world.folder}/practice.ini`, 'utf8')).toBe(ini);
  });
});

describe('an answer that is corrected', () => {
  test('names the finished steps that it reopens, also when it is corrected once more before consent', async () => {
    const world = await aWorld();
    const guide = guideOf(
      'mini',
      [
        stepOf('kept', aFile('kept')),
        stepOf('again', aFile('name', '%NAME%\n')),
        stepOf('never', needsFile('mended'), aFile('other', '%NAME%\n')),
      ],
      [asks('NAME')],
    );
    const names = ['Grace', 'Barbara'];
    const reopened: string[][] = [];
    let failures = 0;
    const done = await drive(world, {
      guide,
      given: { DIR: world.folder, NAME: 'Ada' },
      decide: agreeing((view, need) => {
        if (need === 'failure') return [{ type: failures++ === 0 ? 'correct' : 'stop' }];
        const next = need === 'answers' && failures > 0 ? names.shift() : undefined;
        if (next) return [{ type: 'answer', id: 'NAME', value: next }, { type: 'submit' }];
        if (need !== 'consent') return [];
        reopened.push((view.plan?.steps ?? []).filter((step) => step.reopened).map(({ id }) => id));
        return reopened.length === 2 ? [{ type: 'correct' }] : [];
      }),
    });
    expect(reopened).toEqual([[], ['again'], ['again']]);
    expect([done.exit, await readFile(`${world.folder}/name`, 'utf8')]).toEqual([1, 'Barbara\n']);
    expect(done.seat.view.steps.map(({ id, changed }) => `${id} ${changed}`)).toEqual([
      'kept 0',
      'again 1',
      'never 0',
    ]);
  });

  test('before the plan was agreed to makes another plan, and only that one is carried out', async () => {
    const world = await aWorld();
    const hashes: string[] = [];
    const done = await drive(world, {
      guide: named,
      given: { DIR: world.folder, NAME: 'Ada' },
      decide: agreeing((view, need) => {
        if (need === 'consent') hashes.push(view.plan?.hash ?? '');
        if (need === 'consent' && hashes.length === 1) return [{ type: 'correct' }];
        if (need === 'answers' && hashes.length === 1)
          return [{ type: 'answer', id: 'NAME', value: 'Grace' }, { type: 'submit' }];
        return [];
      }),
    });
    expect([done.exit, await readFile(`${world.folder}/name`, 'utf8')]).toEqual([0, 'Grace\n']);
    expect(new Set(hashes).size).toBe(2);
  });

  test('after a failure needs consent again, and does again what depends on it', async () => {
    const world = await aWorld();
    const guide = guideOf(
      'mini',
      [stepOf('one', aFile('name', '%NAME%\n'), aFile('same')), stepOf('two', needsFile('mended'))],
      [asks('NAME')],
    );
    let consents = 0;
    const done = await drive(world, {
      guide,
      given: { DIR: world.folder, NAME: 'Ada' },
      decide: agreeing((view, need) => {
        if (need === 'consent') consents += 1;
        if (need === 'failure') return [{ type: consents === 1 ? 'correct' : 'stop' }];
        if (need === 'answers' && view.error)
          return [{ type: 'answer', id: 'NAME', value: 'Grace' }, { type: 'submit' }];
        return [];
      }),
    });
    expect([done.exit, consents]).toEqual([1, 2]);
    expect(await readFile(`${world.folder}/name`, 'utf8')).toBe('Grace\n');
    const begun = done.records.flatMap((record) => (record.type === 'begin' ? [record.key] : []));
    expect(begun.filter((key) => key.endsWith('/name'))).toHaveLength(2);
    expect(begun.filter((key) => key.endsWith('/same'))).toHaveLength(1);
    expect((await drive(world, { kind: 'rollback', of: done.run, guide, given: {} })).exit).toBe(0);
    expect(await readdir(world.folder)).toEqual([]);
  });

  test('on the command line of a resume needs a new plan too', async () => {
    const world = await aWorld();
    const guide = guideOf(
      'mini',
      [stepOf('one', aFile('name', '%NAME%\n')), stepOf('two', needsFile('mended'))],
      [asks('NAME')],
    );
    const first = await drive(world, { guide, given: { DIR: world.folder, NAME: 'Ada' } });
    await writeFile(`${world.folder}/mended`, '');
    const again = await drive(world, { guide, given: { NAME: 'Grace' }, run: first.run });
    expect([again.exit, await readFile(`${world.folder}/name`, 'utf8')]).toEqual([0, 'Grace\n']);
    expect(again.records.filter(({ type }) => type === 'planned')).toHaveLength(2);
  });

  test('of a stale or foreign plan is no consent', async () => {
    const world = await aWorld();
    const done = await drive(world, {
      guide: named,
      given: { DIR: world.folder, NAME: 'Ada' },
      decide: agreeing(inTurn('consent', [{ type: 'consent', hash: '0123456789abcdef' }, { type: 'stop' }])),
    });
    expect(done.exit).toBe(130);
    expect(await readdir(world.folder)).toEqual([]);
  });
});

test('a resume carries out the plan that was agreed to, though the guide has changed since', async () => {
  const world = await aWorld();
  const guide = guideOf('mini', [
    stepOf('one', aFile('a')),
    stepOf('two', needsFile('mended'), aFile('b', 'as agreed\n')),
  ]);
  const changed: Guide = guideOf('mini', [
    stepOf('zero', aFile('zero')),
    stepOf('two', aFile('b', 'of the new guide\n')),
  ]);
  const first = await drive(world, { guide, given: { DIR: world.folder } });
  await writeFile(`${world.folder}/mended`, '');
  const again = await drive(world, { guide: changed, assets: {}, given: {}, run: first.run });
  expect(again.exit).toBe(0);
  expect(await readdir(world.folder)).toEqual(['a', 'b', 'mended']);
  expect(await readFile(`${world.folder}/b`, 'utf8')).toBe('as agreed\n');
  expect(agreedPlan(again.records)?.steps.map(({ id }) => id)).toEqual(['one', 'two']);
});

test('a second install finds nothing to do, asks nobody, and is not what a rollback takes back', async () => {
  const world = newWorld();
  await mkdir(world.home);
  const first = await drive(world);
  const installed = await seen(world);
  const second = await drive(world, { given: {}, decide: agreeing() });
  expect(second.exit).toBe(0);
  expect(second.run).not.toBe(first.run);
  expect(types(second)).not.toContain('begin');
  expect(second.seat.of('waiting').map(({ need }) => need)).not.toContain('consent');
  expect(await seen(world)).toEqual(installed);
  expect((await stateOf(world).summaries()).map(({ state, changed }) => `${state} ${changed}`)).toEqual([
    'done true',
    'done false',
  ]);
});

describe('--until', () => {
  const guide = guideOf('mini', [
    stepOf('one', aFile('a')),
    stepOf('two', aFile('b')),
    stepOf('three', aFile('c')),
  ]);

  test('stops cleanly after its step, and the next install goes on', async () => {
    const world = await aWorld();
    const first = await drive(world, { guide, given: { DIR: world.folder }, until: 'two' });
    expect([first.exit, await readdir(world.folder)]).toEqual([0, ['a', 'b']]);
    expect((await stateOf(world).summaries())[0]).toMatchObject({
      state: 'interrupted',
      step: 'three',
      done: 2,
    });
    const again = await drive(world, { guide, given: {}, run: first.run });
    expect([again.exit, await readdir(world.folder)]).toEqual([0, ['a', 'b', 'c']]);
  });
});

describe('a person', () => {
  const guide = guideOf('mini', [
    stepOf('one', aFile('a')),
    stepOf('two', needsFile('mended'), aFile('b')),
    stepOf('three', aFile('c')),
  ]);

  test('skips a step that failed, with the reason in the journal', async () => {
    const world = await aWorld();
    const done = await drive(world, {
      guide,
      given: { DIR: world.folder },
      decide: agreeing(inTurn('failure', [{ type: 'skip', reason: 'done elsewhere' }])),
    });
    expect(done.exit).toBe(0);
    expect(steps(done)).toEqual({ one: 'done', two: 'skipped', three: 'done' });
    expect(await readdir(world.folder)).toEqual(['a', 'c']);
    expect(
      done.records.find((record) => record.type === 'step-end' && record.outcome === 'skipped'),
    ).toMatchObject({ step: 'two', reason: 'done elsewhere' });
  });

  test('who presses skip twice skips one step', async () => {
    const world = await aWorld();
    const twice = guideOf('mini', [stepOf('one', needsFile('x')), stepOf('two', needsFile('y'))]);
    const skip: Decision = { type: 'skip', reason: 'once' };
    let asked = 0;
    const done = await drive(world, {
      guide: twice,
      given: { DIR: world.folder },
      decide: agreeing((_, need) => {
        if (need !== 'failure') return [];
        asked += 1;
        return asked === 1 ? [skip, skip] : [{ type: 'stop' }];
      }),
    });
    expect([asked, done.exit]).toEqual([2, 1]);
    expect(steps(done)).toEqual({ one: 'skipped', two: 'failed' });
  });

  test('stops at a failure; the next install tries that step again', async () => {
    const world = await aWorld();
    const first = await drive(world, {
      guide,
      given: { DIR: world.folder },
      decide: agreeing(inTurn('failure', [{ type: 'stop' }])),
    });
    expect(first.exit).toBe(1);
    await writeFile(`${world.folder}/mended`, '');
    const again = await drive(world, { guide, given: {}, run: first.run });
    expect([again.exit, await readdir(world.folder)]).toEqual([0, ['a', 'b', 'c', 'mended']]);
  });

  test('stops while a step runs: that step is finished, the next is not begun', async () => {
    const world = await aWorld();
    const first = await drive(world, {
      guide,
      given: { DIR: world.folder },
      decide: agreeing(),
      serve: (session) => {
        session.attach(
          {
            send: (event) => {
              const isFirst = event.type === 'record' && event.record.type === 'step-begin';
              if (isFirst) session.stopRequested = true;
            },
          },
          0,
        );
      },
    });
    expect([first.exit, await readdir(world.folder)]).toEqual([130, ['a']]);
    expect((await stateOf(world).summaries())[0]?.state).toBe('interrupted');
  });

  test('leaves a checklist for later: what comes after it goes on, and the end says so', async () => {
    const world = await aWorld();
    const hand = guideOf('mini', [stepOf('one', aChecklist('x', 'y')), stepOf('two', aFile('b'))]);
    const done = await drive(world, {
      guide: hand,
      given: { DIR: world.folder },
      decide: agreeing(
        inTurn('checklist', [{ type: 'tick', item: 'x', done: true, note: '' }, { type: 'later' }]),
      ),
    });
    expect(done.exit).toBe(4);
    expect(steps(done)).toEqual({ one: 'left', two: 'done' });
    const again = await drive(world, {
      guide: hand,
      given: {},
      run: done.run,
      decide: agreeing(inTurn('checklist', [{ type: 'tick', item: 'y', done: true, note: 'n' }])),
    });
    expect([again.exit, steps(again)['one']]).toEqual([0, 'done']);
    expect(again.seat.view.todo.map(({ item, done }) => `${item} ${done}`)).toEqual(['x true', 'y true']);
  });

  test('stops in a checklist: it is left, not done, and asked again', async () => {
    const world = await aWorld();
    const hand = guideOf('mini', [stepOf('one', aChecklist('x'))]);
    const stop = await drive(world, {
      guide: hand,
      given: { DIR: world.folder },
      decide: agreeing(inTurn('checklist', [{ type: 'stop' }])),
    });
    expect([stop.exit, steps(stop)['one']]).toEqual([130, 'left']);
    const again = await drive(world, { guide: hand, given: {}, run: stop.run });
    expect([again.exit, steps(again)['one']]).toEqual([4, 'left']);
  });
});

test('a plan and a resumed run come with the times of earlier runs and the guide’s own measure', async () => {
  const world = await aWorld();
  const given = { DIR: world.folder };
  const mini = guideOf('mini', [stepOf('one', aFile('a')), stepOf('two', needsFile('b'))]);
  const fresh = await drive(world, { guide: mini, given });
  expect(fresh.seat.view.expected).toEqual({ steps: {}, minutes: 1 });
  const resumed = await drive(world, { guide: mini, given: {}, run: fresh.run });
  expect(Object.keys(resumed.seat.view.expected.steps)).toEqual(['one']);
});

test('what another guide holds for itself alone is refused before anything is planned, and free once that is gone', async () => {
  const world = await aWorld();
  const given = { DIR: world.folder };
  const claims = ['port:tcp/8345'];
  const one = guideOf('one', [stepOf('s', { ...aFile('one'), claims })]);
  const two = guideOf('two', [stepOf('s', { ...aFile('two'), claims })]);
  const first = await drive(world, { guide: one, given });
  const refused = await drive(world, { guide: two, given });
  expect(refused.exit).toBe(3);
  expect(refused.seat.view.warnings[0]?.say.en).toContain('port:tcp/8345');
  expect(await readdir(world.folder)).toEqual(['one']);
  await drive(world, { guide: one, kind: 'rollback', of: first.run, given: {} });
  expect((await drive(world, { guide: two, given })).exit).toBe(0);
});

test('the practice guide needs the person where it says, and sees for itself what can be seen', async () => {
  const world = newWorld();
  await mkdir(world.home);
  const done = await drive(world, {
    guide: quickPractice,
    given: practiceAnswers(world, { PRACTICE_OBSTACLE: 'yes', PRACTICE_BY: 'person' }),
    decide: agreeing((_, need) => {
      if (need === 'failure') return [{ type: 'skip', reason: '' }];
      return need === 'checklist'
        ? [
            { type: 'tick', item: 'touch-by-hand', done: true, note: '' },
            { type: 'tick', item: 'read-settings', done: true, note: '' },
            { type: 'later' },
          ]
        : [];
    }),
  });
  expect(done.exit).toBe(4);
  const items = Object.fromEntries(done.seat.view.todo.map((item) => [item.item, item]));
  expect(items['read-settings']).toMatchObject({ done: true, proven: false });
  expect(items['touch-by-hand']).toMatchObject({ done: false });
  await writeFile(`${world.folder}/by-hand`, '');
  const again = await drive(world, { given: {}, run: done.run });
  expect(again.exit).toBe(0);
  expect(again.seat.view.todo.find(({ item }) => item === 'touch-by-hand')).toMatchObject({
    done: true,
    proven: true,
  });
});

describe('a machine that refuses to be looked at', () => {
  test('makes an unknown in the plan and a failure with a sentence, not a run that ends without a word', async () => {
    const world = await aWorld();
    await symlink('loop', `${world.folder}/loop`);
    const guide = guideOf('loop', [stepOf('one', aFile('loop/file'))]);
    const done = await drive(world, { guide, given: { DIR: world.folder } });
    expect(done.exit).toBe(1);
    expect(done.seat.view.plan?.steps[0]?.operations[0]?.change).toBe('unknown');
    expect(done.seat.view.error?.error).toMatchObject({
      code: 'cannot-look',
      values: { path: `${world.folder}/loop/file`, reason: expect.stringContaining('ELOOP') },
    });
  });
});
