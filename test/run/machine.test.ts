/** What the home screen offers, and what stands, by the journals of earlier runs. */
import { mkdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Guide } from '../../src/guide/types.ts';
import { StateFolder } from '../../src/journal/state.ts';
import { homeEntries, type Machine, standingRun } from '../../src/run/machine.ts';
import type { HomeEntry } from '../../src/run/protocol.ts';
import { aFile, asks, guideOf, stepOf } from './guides.ts';
import { drive, newWorld, testHost } from './rig.ts';
import { practiceAssets, type World } from './world.ts';

const guide = guideOf(
  'mini',
  [stepOf('one', aFile('a')), stepOf('two', aFile('b', '%TEXT%\n'))],
  [asks('TEXT')],
);

async function aWorld(): Promise<World> {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  return world;
}

const install = (world: World, text: string) =>
  drive(world, { guide, given: { DIR: world.folder, TEXT: text } });

/** Questions are opened, and left. */
const open = (world: World) => drive(world, { guide, given: {}, decide: () => [{ type: 'stop' }] });

const undo = (world: World, of: string) => drive(world, { guide, kind: 'rollback', of, given: {} });

const machineOf = (world: World): Machine => ({
  host: testHost(),
  state: new StateFolder(testHost(), world.state),
  facts: {},
  guides: [guide as Guide],
  assets: practiceAssets,
  lang: 'en',
});

async function home(world: World): Promise<Pick<HomeEntry, 'action' | 'state' | 'total'> | undefined> {
  const [entry] = await homeEntries(machineOf(world));
  return entry && { action: entry.action, state: entry.state, total: entry.total };
}

describe('a guide at home', () => {
  test('is to be installed, with no steps of a run that was taken back', async () => {
    const world = await aWorld();
    const { run } = await install(world, 'one');
    await undo(world, run);
    expect(await home(world)).toEqual({ action: 'install', state: 'new', total: 0 });
  });

  test('is still installed when only its newest run was taken back', async () => {
    const world = await aWorld();
    await install(world, 'one');
    const { run } = await install(world, 'another');
    await undo(world, run);
    expect(await home(world)).toEqual({ action: 'verify', state: 'done', total: 2 });
  });

  test('is still installed when its questions were opened again and left', async () => {
    const world = await aWorld();
    const { run } = await install(world, 'one');
    await open(world);
    expect(await home(world)).toEqual({ action: 'verify', state: 'done', total: 2 });
    expect(standingRun(await machineOf(world).state.runs(), 'mini')?.id).toBe(run);
  });
});
