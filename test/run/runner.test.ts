/** The numbered promises at the head of src/run/runner.ts. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Host } from '../../src/host/types.ts';
import { cutOffIn } from '../../src/i18n/texts/run.ts';
import { effects, stepOutcomes } from '../../src/journal/fold.ts';
import { readJournal } from '../../src/journal/journal.ts';
import type { JournalRecord } from '../../src/journal/records.ts';
import { seen, somethingThere, stateOf } from '../crash/cuts.ts';
import { aFile, aScript, guideOf, needsFile, stepOf } from './guides.ts';
import { agreeing, drive, newWorld, testHost } from './rig.ts';
import type { World } from './world.ts';

async function aWorld(): Promise<World> {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  return world;
}

const onDisk = async (world: World, run: string): Promise<readonly JournalRecord[]> =>
  readJournal(run, await readFile(stateOf(world).journal(run))).records;

/** Tells of each effect on the world's own folder just before and just after it. */
function watching(
  world: World,
  tell: (when: 'before' | 'after', what: string) => Promise<void> | void,
  host = testHost(),
): Host {
  const around = <A extends readonly unknown[], R>(act: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      const what = args.flat().find((one) => String(one).startsWith(world.home));
      if (what === undefined) return act(...args);
      await tell('before', String(what));
      const result = await act(...args);
      await tell('after', String(what));
      return result;
    };
  };
  return {
    ...host,
    write: around(host.write),
    mkdir: around(host.mkdir),
    chmod: around(host.chmod),
    chown: around(host.chown),
    remove: around(host.remove),
    run: around(host.run),
  };
}

describe('before and after an effect', () => {
  test('its record with the before-image is on the disk before it, and its end before the next begins', async () => {
    const world = newWorld();
    await mkdir(world.home);
    await somethingThere(world);
    const run = await stateOf(world).newRun('practice');
    const touched = new Set<string>();
    const host = watching(world, async (when, path) => {
      touched.add(path);
      const begun = effects(await onDisk(world, run)).filter(({ outcome }) => outcome === 'begun');
      const where = `${when} ${path}`;
      expect(begun.length, where).toBe(1);
      const [effect] = begun;
      if (!effect?.key.startsWith('cmd:')) expect(effect?.key, where).toContain(path);
      for (const reference of JSON.stringify(effect?.before).match(/[0-9a-f]{32}/g) ?? []) {
        const images = await readdir(`${stateOf(world).run(run)}/before`);
        // A block's before also holds the hash of what it will be; that one is no image.
        if (!JSON.stringify(effect?.before).includes(`"after":"${reference}"`))
          expect(images, where).toContain(reference);
      }
    });
    expect((await drive(world, { run, host })).exit).toBe(0);
    expect(touched.size).toBeGreaterThan(5);
    expect(effects(await onDisk(world, run)).map(({ outcome }) => outcome)).not.toContain('begun');
  });
});

/** Ends the engine, for good, at the first effect that `where` says. */
function dyingHost(world: World, where: (when: 'before' | 'after', what: string) => boolean): Host {
  let isDead = false;
  const host = testHost({
    gate: () => {
      if (isDead) throw new Error('dead');
    },
  });
  return watching(
    world,
    (when, what) => {
      isDead ||= where(when, what);
      if (isDead) throw new Error('dead');
    },
    host,
  );
}

describe('an effect that was begun and not ended', () => {
  const guide = guideOf('mini', [stepOf('one', aFile('a')), stepOf('two', aFile('b'), aFile('c'))]);

  test('and turns out to be done is recorded as done, without doing it again', async () => {
    const world = await aWorld();
    const given = { DIR: world.folder };
    await writeFile(`${world.folder}/b`, 'former\n');
    const host = dyingHost(world, (when, what) => when === 'after' && what.endsWith('/b'));
    const run = '0001-test';
    await expect(drive(world, { guide, given, run, host })).rejects.toThrow('dead');
    const done: string[] = [];
    const again = await drive(world, {
      guide,
      given: {},
      run,
      host: watching(world, (when, what) => void (when === 'before' && done.push(what))),
    });
    expect(again.exit).toBe(0);
    expect(done).toEqual([`${world.folder}/c`]);
    const mine = effects(again.records).filter(({ key }) => key.endsWith('/b'));
    expect(mine.map(({ outcome }) => outcome)).toEqual(['done']);
  });

  test('and is not done is done again, and keeps the before-image that was taken first', async () => {
    const world = await aWorld();
    await writeFile(`${world.folder}/half.sh`, 'echo run >>"$1/log"; echo half >"$1/half.tmp"\n');
    const guide = guideOf('mini', [stepOf('one', aFile('a'), aScript('half'))]);
    const given = { DIR: world.folder };
    const run = '0001-test';
    const isHalf = (when: string, what: string) => when === 'after' && what.endsWith('half.sh');
    await expect(drive(world, { guide, given, run, host: dyingHost(world, isHalf) })).rejects.toThrow('dead');
    await writeFile(`${world.folder}/half.sh`, 'echo run >>"$1/log"; touch "$1/half.done"\n');
    const again = await drive(world, { guide, given: {}, run });
    expect(again.exit).toBe(0);
    expect(await readFile(`${world.folder}/log`, 'utf8')).toBe('run\nrun\n');
    expect(again.records.filter(({ type }) => type === 'begin').length).toBe(2);
  });

  test('is done again where its probe can be satisfied by a half, if the guide says so', async () => {
    const world = await aWorld();
    await writeFile(`${world.folder}/half.sh`, 'echo run >>"$1/log"; touch "$1/half.done"\n');
    const guide = guideOf('mini', [stepOf('one', aScript('half', { interrupted: 'again' }))]);
    const run = '0001-test';
    const isHalf = (when: string, what: string) => when === 'after' && what.endsWith('half.sh');
    const first = { guide, given: { DIR: world.folder }, run, host: dyingHost(world, isHalf) };
    await expect(drive(world, first)).rejects.toThrow('dead');
    expect((await drive(world, { guide, given: {}, run })).exit).toBe(0);
    expect((await drive(world, { guide, given: {}, run })).exit).toBe(0);
    expect(await readFile(`${world.folder}/log`, 'utf8')).toBe('run\nrun\n');
  });

  test('is said when the run goes on, once', async () => {
    const world = await aWorld();
    const run = '0001-test';
    const host = dyingHost(world, (when, what) => when === 'after' && what.endsWith('/b'));
    await expect(drive(world, { guide, given: { DIR: world.folder }, run, host })).rejects.toThrow('dead');
    await drive(world, { guide, given: {}, run });
    const { records } = await drive(world, { guide, given: {}, run });
    const said = records.filter((record) => record.type === 'warning');
    expect(said).toMatchObject([{ step: 'two', say: cutOffIn({ fr: 'two', en: 'two' }, false) }]);
  });

  test('is taken back first where the guide says so', async () => {
    const world = await aWorld();
    await writeFile(`${world.folder}/half.sh`, 'echo run >>"$1/log"\n');
    await writeFile(`${world.folder}/undo.sh`, 'echo undo >>"$1/log"\n');
    const op = aScript('half', {
      interrupted: 'undo-first',
      undo: { run: ['/bin/sh', '%DIR%/undo.sh', '%DIR%'] },
    });
    const guide = guideOf('mini', [stepOf('one', op)]);
    const given = { DIR: world.folder };
    const run = '0001-test';
    const isHalf = (when: string, what: string) => when === 'after' && what.endsWith('half.sh');
    await expect(drive(world, { guide, given, run, host: dyingHost(world, isHalf) })).rejects.toThrow('dead');
    await writeFile(`${world.folder}/half.sh`, 'echo again >>"$1/log"; touch "$1/half.done"\n');
    expect((await drive(world, { guide, given: {}, run })).exit).toBe(0);
    expect(await readFile(`${world.folder}/log`, 'utf8')).toBe('run\nundo\nagain\n');
  });
});

describe('an exit code', () => {
  test('of 0 is not believed when nothing came of it', async () => {
    const world = await aWorld();
    await writeFile(`${world.folder}/lies.sh`, 'exit 0\n');
    const guide = guideOf('mini', [stepOf('one', aScript('lies'))]);
    const { exit, seat, records } = await drive(world, { guide, given: { DIR: world.folder } });
    expect(exit).toBe(1);
    expect(seat.view.error?.error.code).toBe('not-converged');
    expect(effects(records).map(({ outcome }) => outcome)).toEqual(['failed']);
  });

  test('is not asked for when the effect is there already', async () => {
    const world = await aWorld();
    await writeFile(`${world.folder}/once.sh`, 'echo ran >>"$1/log"\n');
    await writeFile(`${world.folder}/once.done`, '');
    const guide = guideOf('mini', [stepOf('one', aFile('a'), aScript('once'))]);
    expect((await drive(world, { guide, given: { DIR: world.folder } })).exit).toBe(0);
    expect(await readdir(world.folder)).not.toContain('log');
  });
});

describe('a step that failed', () => {
  const guide = guideOf('mini', [
    stepOf('one', aFile('a')),
    stepOf('two', aFile('b'), needsFile('mended')),
    stepOf('three', aFile('c')),
  ]);

  test('leaves the finished ones alone, and what comes after it not begun', async () => {
    const world = await aWorld();
    const { exit, records } = await drive(world, { guide, given: { DIR: world.folder } });
    expect(exit).toBe(1);
    expect(Object.fromEntries(stepOutcomes(records))).toEqual({ one: 'done', two: 'failed' });
    expect(await readdir(world.folder)).toEqual(['a', 'b']);
  });

  test('is tried again from where it failed when the person says so, and the others are not', async () => {
    const world = await aWorld();
    let asked = 0;
    const host = testHost();
    const { exit, records } = await drive(world, {
      guide,
      given: { DIR: world.folder },
      decide: agreeing((_, need) => {
        if (need !== 'failure') return [];
        asked += 1;
        return [{ type: 'retry' }];
      }),
      // Mended while the person was asked for the second time.
      host: {
        ...host,
        stat: async (path) => {
          if (asked === 2 && path.endsWith('/mended')) await writeFile(path, '');
          return host.stat(path);
        },
      },
    });
    expect(exit).toBe(0);
    expect(asked).toBe(2);
    const begun = records.filter((record) => record.type === 'begin').map(({ key }) => key);
    expect(begun.filter((key) => key.endsWith('/a'))).toHaveLength(1);
    expect(begun.filter((key) => key.endsWith('/b'))).toHaveLength(1);
  });

  test('goes on by itself on the next install, once it is mended', async () => {
    const world = await aWorld();
    const { run } = await drive(world, { guide, given: { DIR: world.folder } });
    await rm(`${world.folder}/a`);
    await writeFile(`${world.folder}/mended`, '');
    const again = await drive(world, { guide, given: {}, run });
    expect(again.exit).toBe(0);
    // Step one was finished: what became of it since is for `verify`.
    expect(Object.keys(await seen(world))).not.toContain('practice/a');
    expect(Object.keys(await seen(world))).toContain('practice/c');
  });
});
