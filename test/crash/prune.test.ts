/**
 * `prune` frees what it says and nothing that an undo, a resume or a check needs; and whatever instant the world stops
 * at, the rest of the machine goes on as if it had not begun, and the next one finishes it.
 */
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { usageOf } from '../../src/host/usage.ts';
import { rollbackTarget } from '../../src/run/machine.ts';
import { type Group, type Place, prunable, remove, sure } from '../../src/run/prune.ts';
import { isReport, proven } from '../figures.ts';
import { testHost } from '../run/rig.ts';
import type { World } from '../run/world.ts';
import {
  cutAt,
  forEach,
  installAgain,
  inWorld,
  nothingThere,
  rollbackAgain,
  seen,
  somethingThere,
  stateOf,
  untilCut,
} from './cuts.ts';

const placeOf = (world: World, host = testHost()): Place => ({ host, state: stateOf(world), own: 'own' });
const surely = (groups: readonly Group[]) =>
  groups.filter(({ id }) => sure.includes(id)).flatMap(({ items }) => items);
const idsOf = (groups: readonly Group[]) => groups.map(({ id }) => id);

/** An old copy of the program, and what killed processes left. */
async function aged(world: World): Promise<void> {
  const { path, program } = stateOf(world);
  await mkdir(`${program}/0.0.1-old`, { recursive: true });
  const long = new Date(Date.now() - 86_400_000);
  for (const name of ['node', 'main.js', 'setup-wizard']) {
    await writeFile(`${program}/0.0.1-old/${name}`, Buffer.alloc(100_000));
    await utimes(`${program}/0.0.1-old/${name}`, long, long);
  }
  await utimes(`${program}/0.0.1-old`, long, long);
  await writeFile(`${path}/secrets/.key.setup-wizard-0123abcd`, 'half');
}

/** Installed, taken back, and installed again over files that somebody had. */
async function lived(world: World): Promise<void> {
  expect((await installAgain(world)).exit).toBe(0);
  expect((await rollbackAgain(world))?.exit).toBe(0);
  expect((await installAgain(world)).exit).toBe(0);
  await aged(world);
}

test('frees what it says, and what stands can still be taken back', async () => {
  await inWorld(somethingThere, async (world) => {
    const empty = await seen(world);
    await lived(world);
    const place = placeOf(world);
    const groups = await prunable(place);
    expect(idsOf(groups)).toEqual(['programs', 'images', 'logs', 'reports', 'leftovers', 'old-logs']);
    const before = (await usageOf([world.state])).bytes;
    const items = surely(groups);
    expect(await remove(place, items)).toEqual(items);
    const freed = before - (await usageOf([world.state])).bytes;
    const said = groups.filter(({ id }) => sure.includes(id)).reduce((sum, { bytes }) => sum + bytes, 0);
    proven('growth', 'prune, practice guide installed twice and taken back once', {
      'bytes said': said,
      'bytes freed': freed,
    });
    expect(freed).toBe(said);
    expect(surely(await prunable(place))).toEqual([]);
    expect((await installAgain(world)).exit).toBe(0);
    expect(rollbackTarget(await stateOf(world).runs(), 'practice')).toBeDefined();
    while (await rollbackAgain(world));
    expect(await seen(world)).toEqual(empty);
  });
});

test('a run that was cut off keeps all it has, is continued, and taken back', async () => {
  await inWorld(somethingThere, async (world) => {
    const empty = await seen(world);
    const points = await inWorld(somethingThere, async (other) => {
      const cut = cutAt();
      await installAgain(other, cut.host);
      return cut.passed();
    });
    expect(await untilCut(installAgain(world, cutAt(Math.floor(points * 0.8)).host))).toBe(true);
    await aged(world);
    const place = placeOf(world);
    expect(idsOf(await prunable(place))).toEqual(['programs', 'leftovers']);
    await remove(place, surely(await prunable(place)));
    expect((await installAgain(world)).exit).toBe(0);
    while (await rollbackAgain(world));
    expect(await seen(world)).toEqual(empty);
  });
});

test('a rollback that was cut off is continued after a prune', async () => {
  await inWorld(somethingThere, async (world) => {
    const empty = await seen(world);
    await installAgain(world);
    expect(await untilCut(rollbackAgain(world, cutAt(60).host))).toBe(true);
    const place = placeOf(world);
    await remove(place, surely(await prunable(place)));
    while (await rollbackAgain(world));
    expect(await seen(world)).toEqual(empty);
  });
});

test('stopped at any point, nothing is broken and the next one finishes', { timeout: 120_000 }, async () => {
  const whole = await inWorld(somethingThere, async (world) => {
    await lived(world);
    const cut = cutAt();
    const items = surely(await prunable(placeOf(world)));
    await remove(placeOf(world, cut.host), items);
    return cut.passed();
  });
  const every = isReport ? 1 : 9;
  let points = 0;
  expect(whole).toBeGreaterThan(10);
  await forEach(
    whole,
    async (n) => {
      await inWorld(somethingThere, async (world) => {
        const empty = await seen(world);
        await lived(world);
        const items = surely(await prunable(placeOf(world)));
        expect(await untilCut(remove(placeOf(world, cutAt(n).host), items))).toBe(true);
        await remove(placeOf(world), surely(await prunable(placeOf(world))));
        expect(surely(await prunable(placeOf(world)))).toEqual([]);
        while (await rollbackAgain(world));
        expect(await seen(world)).toEqual(empty);
        points += 1;
      });
    },
    every,
  );
  proven('growth', 'prune stopped at each point, finished, then all taken back', { points });
});

test('answers that were never agreed to go only when they are named, whole or not at all', async () => {
  await inWorld(nothingThere, async (world) => {
    const { host, passed } = cutAt();
    await installAgain(world, host);
    expect(passed()).toBeGreaterThan(0);
    while (await rollbackAgain(world));
    const state = stateOf(world);
    const first = (await state.runs())[0]?.id ?? '';
    await untilCut(installAgain(world, cutAt(40).host));
    const groups = await prunable(placeOf(world));
    const drafts = groups.find(({ id }) => id === 'drafts')?.items ?? [];
    expect(drafts.map(({ name }) => name)).toEqual([expect.stringMatching(/^runs\/0003-/)]);
    await remove(placeOf(world), drafts);
    expect((await state.ids()).map((id) => id.slice(0, 4))).toEqual(['0001', '0002']);
    expect((await state.runs())[0]?.id).toBe(first);
  });
});
