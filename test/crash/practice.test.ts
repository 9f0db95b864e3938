/**
 * Invariants 1, 2 and 6: whatever instant the world stops at, an install can be continued and taken back. Every
 * effect of the engine passes the gate; here the world stops at each of them in turn, on the real file system.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { proven } from '../figures.ts';
import {
  type Before,
  cutAt,
  forEach,
  installAgain,
  inWorld,
  leftovers,
  nothingThere,
  rollbackAgain,
  seen,
  somethingThere,
  stateOf,
  untilCut,
} from './cuts.ts';

const points = { install: [] as number[], rollback: [] as number[] };
/** Experiments that came to their end. */
const counted = { continued: 0, takenBack: 0, twice: 0 };
afterAll(() => {
  const { install, rollback } = points;
  console.log(`crash points: install ${install.join(' and ')}, rollback ${rollback.join(' and ')}`);
  const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0);
  proven('enumeration', 'practice guide, real kinds, on nothing and over something', {
    points: sum(install) + sum(rollback),
    continued: counted.continued,
    'taken back': counted.takenBack,
    'stopped twice': counted.twice,
  });
});

/** What a run that nobody disturbs leaves, what its rollback leaves, and how many points each has. */
function undisturbed(before: Before) {
  return inWorld(before, async (world) => {
    const former = await seen(world);
    const install = cutAt();
    expect((await installAgain(world, install.host)).exit).toBe(0);
    const wanted = await seen(world);
    const rollback = cutAt();
    expect((await rollbackAgain(world, rollback.host))?.exit).toBe(0);
    expect(await seen(world)).toEqual(former);
    expect(await leftovers(world)).toEqual([]);
    return { former, wanted, install: install.passed(), rollback: rollback.passed() };
  });
}

for (const [what, before] of [
  ['where nothing was', nothingThere],
  ['over what somebody had there', somethingThere],
] as const) {
  describe(`an install ${what}`, () => {
    test('stopped at any point, continued, ends as if nothing had happened; and is taken back whole', async () => {
      const { former, wanted, install } = await undisturbed(before);
      points.install.push(install);
      await forEach(install, (n) =>
        inWorld(before, async (world) => {
          const where = `install stopped at point ${n}`;
          expect(await untilCut(installAgain(world, cutAt(n).host)), where).toBe(true);
          const [begun] = await stateOf(world).summaries();
          const again = await installAgain(world);
          expect([again.exit, await seen(world)], where).toEqual([0, wanted]);
          expect(again.run === begun?.run, where).toBe(begun !== undefined && begun.state !== 'done');
          expect(await leftovers(world), where).toEqual([]);
          expect(
            (await stateOf(world).runs()).filter(({ torn }) => torn),
            where,
          ).toEqual([]);
          expect((await rollbackAgain(world))?.exit, where).toBe(0);
          expect(await seen(world), `${where}, continued, taken back`).toEqual(former);
          counted.continued++;
        }),
      );
    }, 600_000);

    test('stopped at any point, taken back, leaves all as before', async () => {
      const { former, install } = await undisturbed(before);
      await forEach(install, (n) =>
        inWorld(before, async (world) => {
          const where = `install stopped at point ${n}, taken back`;
          expect(await untilCut(installAgain(world, cutAt(n).host)), where).toBe(true);
          expect((await rollbackAgain(world))?.exit ?? 0, where).toBe(0);
          expect(await seen(world), where).toEqual(former);
          const states = (await stateOf(world).summaries()).filter(({ changed }) => changed);
          expect(
            states.map(({ state }) => state),
            where,
          ).toEqual(states.map(() => 'rolled-back'));
          counted.takenBack++;
        }),
      );
    }, 600_000);

    test('stopped twice, continued twice, ends as if nothing had happened', async () => {
      const { wanted, install } = await undisturbed(before);
      const work = (n: number) =>
        inWorld(before, async (world) => {
          const second = 1 + ((n * 37) % 101);
          const where = `install stopped at point ${n}, then at point ${second}`;
          expect(await untilCut(installAgain(world, cutAt(n).host)), where).toBe(true);
          const wasCut = await untilCut(installAgain(world, cutAt(second).host));
          expect([(await installAgain(world)).exit, await seen(world)], where).toEqual([0, wanted]);
          if (wasCut) counted.twice++;
        });
      await forEach(install, work, 4);
    }, 600_000);

    test('its rollback stopped at any point, continued, leaves all as before', async () => {
      const { former, rollback } = await undisturbed(before);
      points.rollback.push(rollback);
      await forEach(rollback, (n) =>
        inWorld(before, async (world) => {
          const where = `rollback stopped at point ${n}`;
          await installAgain(world);
          expect(await untilCut(rollbackAgain(world, cutAt(n).host)), where).toBe(true);
          expect((await rollbackAgain(world))?.exit ?? 0, where).toBe(0);
          expect(await seen(world), where).toEqual(former);
          expect(await leftovers(world), where).toEqual([]);
          counted.takenBack++;
        }),
      );
    }, 600_000);
  });
}
