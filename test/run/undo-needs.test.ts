/** What a rollback needs and no longer finds is said before it begins. Real files, the real engine. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';
import type { Guide } from '../../src/guide/types.ts';
import { effects } from '../../src/journal/fold.ts';
import { seen, stateOf } from '../crash/cuts.ts';
import { proven } from '../figures.ts';
import { aFile, aScript, asks, guideOf, stepOf } from './guides.ts';
import { agreeing, type Drive, type Driven, drive, newWorld } from './rig.ts';
import type { World } from './world.ts';

const guide = guideOf('mini', [
  stepOf('one', aFile('a', 'ours\n')),
  stepOf('two', aFile('b', 'ours\n')),
  stepOf('three', aFile('c', 'ours\n')),
]);

/** `a` and `b` were somebody's, `c` was not there. */
async function installed(): Promise<{ world: World; run: Driven }> {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  for (const name of ['a', 'b']) await writeFile(`${world.folder}/${name}`, `of somebody: ${name}\n`);
  return { world, run: await drive(world, { guide, given: { DIR: world.folder } }) };
}

const back = (world: World, { run }: Driven, more: Drive = {}, of: Guide = guide): Promise<Driven> =>
  drive(world, { kind: 'rollback', of: run, given: {}, guide: of, ...more });

/** The before-image of a file, by the name that its `begin` gives. */
function imageOf(world: World, { run, records }: Driven, name: string): string {
  const effect = effects(records).find(({ key }) => key.endsWith(`/${name}`));
  return `${stateOf(world).run(run)}/before/${effect?.needs[0]?.name}`;
}

const kept = ({ records }: Driven): string[] =>
  records.flatMap((one) =>
    one.type === 'undo-end' ? [`${one.outcome} ${one.key.split('/').at(-1)}: ${one.reason?.en ?? ''}`] : [],
  );
const warnings = ({ records }: Driven): string[] =>
  records.flatMap((one) => (one.type === 'warning' ? [one.say.en] : []));

const harms: Readonly<Record<string, (image: string) => Promise<void>>> = {
  'is missing': (image) => rm(image),
  'holds other bytes of the same length': (image) => writeFile(image, 'of somebody: x\n'),
  'is empty': (image) => writeFile(image, ''),
  'was cut': (image) => writeFile(image, 'of some'),
};

describe('a before-image that', () => {
  const counted = { cases: 0, detected: 0, harmless: 0, missed: 0 };
  const count = (isDetected: boolean) => {
    counted.cases++;
    counted[isDetected ? 'detected' : 'missed']++;
  };
  afterAll(() => proven('journal', 'before-image missing or altered', counted));

  for (const [how, harm] of Object.entries(harms)) {
    test(`${how} is said before anything is undone; unattended, nothing is`, async () => {
      const { world, run } = await installed();
      const before = await seen(world);
      await harm(imageOf(world, run, 'b'));
      const undone = await back(world, run);
      count(warnings(undone).some((one) => one.includes('before/')));
      expect([undone.exit, undone.seat.view.end?.state]).toEqual([4, 'needs-person']);
      expect(await seen(world)).toEqual(before);
      expect(undone.records.some(({ type }) => type === 'undo-begin' || type === 'consent')).toBe(false);
      expect(warnings(undone)).toHaveLength(1);
      expect(warnings(undone)[0]).toMatch(/^Nothing was undone\. file:.*\/b: .*before\/[0-9a-f]{32}.*--yes/);
      expect((await stateOf(world).summaries())[0]?.state).toBe('done');
    });

    test(`${how} is in the plan, and the rest is undone when the person agrees`, async () => {
      const { world, run } = await installed();
      await harm(imageOf(world, run, 'b'));
      // Whoever tried it unattended first goes on with the same run.
      const { run: refused } = await back(world, run);
      const undone = await back(world, run, { run: refused, decide: agreeing() });
      const shown = undone.seat.view.plan?.steps.flatMap(({ operations }) => operations) ?? [];
      count(shown.some(({ change }) => change === 'person'));
      expect(shown.map(({ change, reason }) => [change, reason?.en.includes('before/') ?? false])).toEqual([
        ['undo', false],
        ['person', true],
        ['undo', false],
      ]);
      expect(undone.exit).toBe(0);
      expect(kept(undone)[1]).toMatch(/^kept b: Can no longer be undone/);
      expect(await readdir(world.folder)).toEqual(['a', 'b']);
      expect(await readFile(`${world.folder}/a`, 'utf8')).toBe('of somebody: a\n');
      expect(await readFile(`${world.folder}/b`, 'utf8')).toBe('ours\n');
    });
  }

  test('goes missing after the person agreed is asked about again', async () => {
    const { world, run } = await installed();
    const stops = agreeing();
    const first = await back(world, run, {
      decide: stops,
      seat: (seat) => {
        const send = seat.send.bind(seat);
        seat.send = (event) => {
          if (event.type === 'record' && event.record.type === 'consent') seat.deliver({ type: 'stop' });
          send(event);
        };
      },
    });
    expect(first.exit).toBe(130);
    await rm(imageOf(world, run, 'a'));
    const unattended = await back(world, run, { run: first.run });
    expect([unattended.exit, warnings(unattended).length]).toEqual([4, 1]);
    const again = await back(world, run, { run: first.run, decide: agreeing() });
    expect([again.exit, await readdir(world.folder)]).toEqual([0, ['a', 'b']]);
    expect(await readFile(`${world.folder}/a`, 'utf8')).toBe('ours\n');
    expect(await readFile(`${world.folder}/b`, 'utf8')).toBe('of somebody: b\n');
  });
});

test('a copy of the before-image in another run serves when the first one is not what was saved', async () => {
  const { world, run } = await installed();
  const image = imageOf(world, run, 'b');
  const other = `${stateOf(world).run('0000-20260101-000000-old')}/before`;
  await mkdir(other, { recursive: true });
  await writeFile(`${other}/${image.split('/').at(-1)}`, await readFile(image));
  await writeFile(image, 'rubbish');
  expect((await back(world, run)).exit).toBe(0);
  expect(await readFile(`${world.folder}/b`, 'utf8')).toBe('of somebody: b\n');
});

describe('a secret that is no longer in its store', () => {
  const password = asks('SECRET', { kind: 'password' });
  const lost = async (guide: Guide): Promise<Driven> => {
    const world = newWorld();
    await mkdir(world.folder, { recursive: true });
    await writeFile(`${world.folder}/x.sh`, 'touch "$1/x.done"\n');
    const run = await drive(world, { guide, given: { DIR: world.folder, SECRET: 'hush hush' } });
    expect(run.exit).toBe(0);
    for (const name of await readdir(`${world.state}/secrets`, { recursive: true }))
      if (/SECRET/.test(name)) await rm(`${world.state}/secrets/${name}`);
    return back(world, run, {}, guide);
  };

  test('and that looking at the effect needs, is said before anything is undone', async () => {
    const done = { run: ['/bin/ls', '%DIR%/x.done'], stdin: '%SECRET%' };
    const undone = await lost(
      guideOf('mini', [stepOf('one', aFile('a'), aScript('x', { done }))], [password]),
    );
    expect([undone.exit, warnings(undone)]).toEqual([4, [expect.stringContaining('the secret SECRET')]]);
  });

  test('and that only the content of a file needed, hinders nothing', async () => {
    const undone = await lost(guideOf('mini', [stepOf('one', aFile('a', '%SECRET%\n'))], [password]));
    expect([undone.exit, warnings(undone)]).toEqual([0, []]);
  });
});

test('an effect of a journal that does not name what undo needs is undone as before', async () => {
  const { world, run } = await installed();
  expect(effects(run.records).map(({ needs }) => needs.length)).toEqual([1, 1, 0]);
  const without = run.records.map((one) => (one.type === 'begin' ? { ...one, needs: undefined } : one));
  expect(effects(without).map(({ needs }) => needs)).toEqual([[], [], []]);
  expect((await back(world, run)).exit).toBe(0);
});
