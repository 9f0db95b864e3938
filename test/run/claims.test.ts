/** What only one guide of a machine can have, and until when it has it: src/run/install/claims.ts. */
import { mkdir, readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Guide } from '../../src/guide/types.ts';
import { cutAt, stateOf, untilCut } from '../crash/cuts.ts';
import { proven } from '../figures.ts';
import { aFile, asks, guideOf, needsFile, stepOf } from './guides.ts';
import { leave, settle } from './neighbours.ts';
import { agreeing, type Drive, type Driven, newWorld } from './rig.ts';
import type { World } from './world.ts';

const claiming = (id: string, ...more: Parameters<typeof stepOf>[1][]): Guide =>
  guideOf(
    id,
    [
      stepOf('first', aFile(`${id}-a`), ...more),
      stepOf('port', { ...aFile(id), claims: ['port:tcp/%PORT%'] }),
    ],
    [asks('PORT')],
  );

const one = claiming('one');
const two = claiming('two');

async function aWorld(): Promise<World> {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  return world;
}

const at = (world: World, guide: Guide, port: string, more: Drive = {}): Promise<Driven> =>
  settle(world, guide, { given: { DIR: world.folder, PORT: port }, ...more });

const refused = { orders: 0, 'left on the machine': 0 };

/** What is there of the guide that was refused. */
async function leftOf(world: World, guide: Guide): Promise<string[]> {
  const left = (await readdir(world.folder)).filter((name) => name.startsWith(guide.id));
  refused.orders += 1;
  refused['left on the machine'] += left.length;
  return left;
}

/** With the reason, and before anything of it is there. */
async function expectRefused(world: World, run: Promise<Driven>): Promise<void> {
  const { exit, seat } = await run;
  expect(exit).toBe(3);
  expect(seat.view.warnings.at(-1)?.say.en).toContain('port:tcp/1');
  expect(await leftOf(world, two)).toEqual([]);
}

describe('a port of a guide', () => {
  test('is refused to another, which may have another one', async () => {
    const world = await aWorld();
    await at(world, one, '1');
    await expectRefused(world, at(world, two, '1'));
    expect((await at(world, two, '2')).exit).toBe(0);
  });

  test('is the guide’s own when it is installed again', async () => {
    const world = await aWorld();
    await at(world, one, '1');
    expect((await at(world, one, '1')).exit).toBe(0);
  });

  test('is held while its install is interrupted before it took it', async () => {
    const world = await aWorld();
    await at(world, one, '1', { until: 'first' });
    await expectRefused(world, at(world, two, '1'));
  });

  test('is held by what was done before an answer was corrected', async () => {
    const world = await aWorld();
    const guide = guideOf(
      'one',
      [stepOf('port', { ...aFile('one-%PORT%'), claims: ['port:tcp/%PORT%'] }, needsFile('mended'))],
      [asks('PORT')],
    );
    const run = at(world, guide, '1', {
      decide: agreeing((view, need) => {
        if (need === 'failure') return view.plan?.hash === undefined ? [] : [{ type: 'correct' }];
        if (need === 'answers' && view.error)
          return [{ type: 'answer', id: 'PORT', value: '3' }, { type: 'submit' }];
        return need === 'consent' && view.error ? [{ type: 'stop' }] : [];
      }),
    });
    expect((await run).exit).toBe(130);
    await expectRefused(world, at(world, two, '1'));
  });

  test('is free once that guide is rolled back', async () => {
    const world = await aWorld();
    await at(world, one, '1');
    await leave(world, one);
    expect((await at(world, two, '1')).exit).toBe(0);
  });

  test('is not free while that rollback is in the middle', async () => {
    const world = await aWorld();
    await at(world, one, '1');
    expect(await untilCut(leave(world, one, { host: cutAt(60).host }))).toBe(true);
    expect((await stateOf(world).summaries())[0]?.state).not.toBe('rolled-back');
    await expectRefused(world, at(world, two, '1'));
  });

  test('is free when that guide failed before it did anything, and not the other’s then to take', async () => {
    const world = await aWorld();
    const early = guideOf(
      'one',
      [stepOf('look', needsFile('mended')), ...(one.chapters[0]?.steps ?? [])],
      [asks('PORT')],
    );
    const failed = await at(world, early, '1');
    expect(failed.exit).toBe(1);
    expect((await at(world, two, '1')).exit).toBe(0);
    const again = await at(world, early, '1', { run: failed.run, given: {} });
    expect(again.exit).toBe(3);
    expect(await leftOf(world, one)).toEqual([]);
    expect(await readdir(world.folder)).toEqual(['two', 'two-a']);
  });

  test('was refused each time', () => {
    expect(refused.orders).toBeGreaterThan(0);
    proven('claims', 'exclusive keys refused before anything changes', refused);
  });
});
