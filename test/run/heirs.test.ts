/** What guides share goes with the last that needs it: src/journal/held.ts, src/run/needs.ts. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Guide } from '../../src/guide/types.ts';
import { heldByAny } from '../../src/journal/held.ts';
import { rollbackTarget } from '../../src/run/machine.ts';
import { cutAt, forEach, inWorld, leftovers, nothingThere, seen, stateOf, untilCut } from '../crash/cuts.ts';
import { isReport, proven } from '../figures.ts';
import { aFile, guideOf, stepOf } from './guides.ts';
import { expectWell, leave, lived, neighbours, orders, settle } from './neighbours.ts';
import type { World } from './world.ts';

const [one, two, three] = neighbours as [Guide, Guide, Guide];
const names = (guides: readonly Guide[]) => guides.map(({ id }) => id).join(' ');

async function installAll(world: World, guides: readonly Guide[], where: string): Promise<void> {
  for (const [index, guide] of guides.entries()) {
    expect((await settle(world, guide)).exit, `${guide.id}, ${where}`).toBe(0);
    await expectWell(world, guides.slice(0, index + 1), `after ${guide.id} came, ${where}`);
  }
}

/** How many times one of those that stay was found well. */
async function takeAllBack(world: World, guides: readonly Guide[], where: string): Promise<number> {
  let well = 0;
  for (const [index, guide] of guides.entries()) {
    expect((await leave(world, guide)).exit, `${guide.id} goes, ${where}`).toBe(0);
    const others = guides.slice(index + 1);
    await expectWell(world, others, `after ${guide.id} went, ${where}`);
    well += others.length;
  }
  return well;
}

const isGone = async (world: World, { id }: Guide): Promise<boolean> =>
  rollbackTarget(await stateOf(world).runs(), id) === undefined;

/** Gives how many paths are not as before: none. */
async function expectNothingLeft(
  world: World,
  former: Readonly<Record<string, string>>,
  where: string,
): Promise<number> {
  const now = await seen(world);
  expect(now, where).toEqual(former);
  expect(await leftovers(world), where).toEqual([]);
  expect(heldByAny(await stateOf(world).runs()), where).toEqual([]);
  const states = (await stateOf(world).summaries()).map(({ state }) => state);
  expect(new Set(states), where).toEqual(new Set(['rolled-back']));
  const paths = new Set([...Object.keys(now), ...Object.keys(former)]);
  return [...paths].filter((path) => now[path] !== former[path]).length;
}

const everyOrder = orders(neighbours).flatMap((installed, row) =>
  orders(neighbours).map((undone, column) => ({ installed, undone, row, column })),
);

describe.each([
  ['where something was', lived, 0],
  ['where nothing was', nothingThere, 1],
] as const)('three guides %s', (what, before, half) => {
  const all = everyOrder.filter(
    ({ row, column }) => isReport || (row % 2 === half && column === (row * 2 + 1) % 6 && row < 4),
  );

  test('installed and taken back in any order leave the machine as it was, and each other alone', async () => {
    let well = 0;
    let left = 0;
    await forEach(all.length, (n) =>
      inWorld(before, async (world) => {
        const { installed, undone } = all[n - 1] ?? { installed: [], undone: [] };
        const where = `installed ${names(installed)}, undone ${names(undone)}`;
        const former = await seen(world);
        await installAll(world, installed, where);
        const found = await takeAllBack(world, undone, where);
        const remains = await expectNothingLeft(world, former, where);
        well += found;
        left += remains;
      }),
    );
    const counted = {
      orders: all.length,
      'others alive': well,
      'left on the machine': left,
    };
    proven('claims', `three small guides, ${what}`, counted);
  }, 1_200_000);
});

test('a rollback that leaves things to others, stopped at any point and continued, loses nothing', async () => {
  const points = await inWorld(lived, async (world) => {
    await installAll(world, [one, two, three], 'counting');
    const { host, passed } = cutAt();
    await leave(world, one, { host });
    return passed();
  });
  const step = isReport ? 5 : Math.ceil(points / 2) + 1;
  let tried = 0;
  let well = 0;
  let left = 0;
  await forEach(
    points,
    (n) =>
      inWorld(lived, async (world) => {
        const where = `the rollback of one stopped at point ${n} of ${points}`;
        const former = await seen(world);
        await installAll(world, [one, two, three], where);
        expect(await untilCut(leave(world, one, { host: cutAt(n).host })), where).toBe(true);
        await expectWell(world, [two, three], where);
        // The lock is free: another may go first, and what it leaves comes to one that is half taken back.
        if (n % 2 === 0) {
          await leave(world, two);
          await expectWell(world, [three], where);
        }
        // The last points are after its end.
        if (!(await isGone(world, one))) await leave(world, one);
        const found = await takeAllBack(world, n % 2 === 0 ? [three] : [two, three], where);
        const remains = await expectNothingLeft(world, former, where);
        tried += 1;
        well += found + (n % 2 === 0 ? 3 : 2);
        left += remains;
      }),
    step,
  );
  proven('claims', 'rollback stopped, continued', {
    orders: tried,
    'others alive': well,
    'left on the machine': left,
  });
}, 1_200_000);

describe('what is left to another guide', () => {
  const inLived = (use: (world: World, former: Readonly<Record<string, string>>) => Promise<void>) =>
    inWorld(lived, async (world) => use(world, await seen(world)));

  test('goes back to one that is installed again meanwhile', async () => {
    await inLived(async (world, former) => {
      await installAll(world, [one, two], 'first');
      await takeAllBack(world, [one], 'one goes');
      await installAll(world, [one], 'one comes again');
      await leave(world, two);
      await expectWell(world, [one], 'after two went');
      await leave(world, one);
      await expectNothingLeft(world, former, 'at the end');
    });
  });

  test('stays while steps of it stay that need it', async () => {
    await inLived(async (world, former) => {
      await installAll(world, [one, three], 'first');
      await leave(world, one);
      expect((await leave(world, three, { to: 'files' })).exit).toBe(0);
      expect(await readdir(`${world.folder}/shared.d/deep`)).toEqual(['three']);
      expect(await readFile(`${world.folder}/common`, 'utf8')).toBe('common\n');
      await expect(stat(`${world.folder}/made.conf`)).rejects.toThrow('ENOENT');
      expect(await readFile(`${world.folder}/open.conf`, 'utf8')).toBe('# ours\nlast = line');
      await leave(world, three);
      await expectNothingLeft(world, former, 'at the end');
    });
  });

  test('is taken back in order also when their runs took turns', async () => {
    for (const undone of [
      [one, two],
      [two, one],
    ]) {
      await inLived(async (world, former) => {
        const begun = await settle(world, one, { until: 'folders' });
        await installAll(world, [two], 'between');
        expect((await settle(world, one, { run: begun.run })).exit).toBe(0);
        await expectWell(world, [one, two], 'both');
        await takeAllBack(world, undone, names(undone));
        await expectNothingLeft(world, former, names(undone));
      });
    }
  });

  test('is what a guide found all made; undone first, it holds on to nothing', async () => {
    const twin = { ...one, id: 'twin' };
    for (const undone of [
      [one, twin],
      [twin, one],
    ]) {
      await inLived(async (world, former) => {
        await installAll(world, [one, twin], 'first');
        await takeAllBack(world, undone, names(undone));
        await expectNothingLeft(world, former, names(undone));
      });
    }
  });

  test('is the folder of another’s file, whoever says that he needs it', async () => {
    const maker = guideOf('maker', [stepOf('s', { kind: 'directory', path: '%DIR%/deep' }, aFile('deep/a'))]);
    const guest = guideOf('guest', [stepOf('s', aFile('deep/guest'))]);
    await inLived(async (world, former) => {
      await installAll(world, [maker, guest], 'first');
      await takeAllBack(world, [maker, guest], 'maker first');
      await expectNothingLeft(world, former, 'at the end');
    });
  });

  test('is not what a person has changed in between: lines of the file stay, byte for byte', async () => {
    await inLived(async (world, former) => {
      await installAll(world, [one, two, three], 'first');
      const path = `${world.folder}/ended.conf`;
      const edited = (await readFile(path, 'utf8')).replace('# ours\n', '# ours\n\tby hand  \r\n');
      await writeFile(path, edited);
      await leave(world, two);
      const [before, after] = edited.split(/# BEGIN setup-wizard two\n.*\n# END setup-wizard two\n/);
      expect(await readFile(path, 'utf8')).toBe(`${before}${after}`);
      await takeAllBack(world, [one, three], 'the others');
      expect(await readFile(path, 'utf8')).toBe('# ours\n\tby hand  \r\n');
      await writeFile(path, '# ours\n');
      await expectNothingLeft(world, former, 'but for the edit');
    });
  });

  test('is not a command of the same name that does something else', async () => {
    await inLived(async (world) => {
      await installAll(world, [one, two], 'first');
      await leave(world, one);
      expect((await readdir(world.folder)).filter((name) => name.endsWith('.done'))).toEqual(['two.done']);
    });
  });
});

test('a file of one guide that two others have lines of, or another text for, is refused before anything changes', async () => {
  await inWorld(nothingThere, async (world) => {
    await mkdir(world.folder);
    const owner = guideOf('owner', [stepOf('s', aFile('a', 'as owner wants it\n'))]);
    await installAll(world, [owner], 'first');
    const before = await seen(world);
    const lines = {
      kind: 'block',
      path: '%DIR%/a',
      name: 'x',
      content: 'x',
      syntax: 'plain',
      comment: '#',
    } as const;
    for (const guide of [
      guideOf('other', [stepOf('s', aFile('b'), aFile('a', 'another\n'))]),
      guideOf('adding', [stepOf('s', aFile('b'), lines)]),
    ]) {
      const refused = await settle(world, guide);
      expect([refused.exit, await seen(world)]).toEqual([3, before]);
      expect(refused.seat.view.warnings[0]?.say.en).toContain(`file:${world.folder}/a`);
    }
    expect(
      (await settle(world, guideOf('same', [stepOf('s', aFile('a', 'as owner wants it\n'))]))).exit,
    ).toBe(0);
  });
});
