/** The numbered promises at the head of src/run/rollback.ts. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Guide } from '../../src/guide/types.ts';
import type { Host } from '../../src/host/types.ts';
import { opened } from '../../src/journal/fold.ts';
import { readJournal } from '../../src/journal/journal.ts';
import { began } from '../../src/journal/lock.ts';
import { seen, stateOf } from '../crash/cuts.ts';
import { aFile, aScript, asks, guideOf, needsFile, stepOf } from './guides.ts';
import { agreeing, type Drive, type Driven, drive, inTurn, newWorld, secretsOf, testHost } from './rig.ts';
import { quickPractice, type World } from './world.ts';

async function aWorld(): Promise<World> {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  return world;
}

const back = (world: World, of: Driven, more: Drive = {}): Promise<Driven> =>
  drive(world, { kind: 'rollback', of: of.run, given: {}, ...more });

const settledKeys = ({ records }: Driven): string[] =>
  records.flatMap((record) =>
    record.type === 'undo-end' ? [`${record.outcome} ${record.key.split('/').at(-1)}`] : [],
  );

const threeFiles = guideOf('mini', [
  stepOf('one', aFile('a')),
  stepOf('two', aFile('b')),
  stepOf('three', aFile('c')),
]);

describe('each effect', () => {
  test('has its record on the disk before it is taken back, and another once it was looked at', async () => {
    const world = await aWorld();
    const installed = await drive(world, { guide: threeFiles, given: { DIR: world.folder } });
    const host = testHost();
    const run = '0002-back';
    const told: string[] = [];
    const watching: Host = {
      ...host,
      remove: async (path) => {
        if (path.startsWith(world.folder)) {
          const { records } = readJournal('j', await readFile(stateOf(world).journal(run)));
          const last = records.at(-1);
          told.push(`${last?.type} ${'key' in (last ?? {}) ? (last as { key: string }).key : ''}`);
        }
        await host.remove(path);
      },
    };
    const undone = await back(world, installed, { guide: threeFiles, run, host: watching });
    expect(undone.exit).toBe(0);
    expect(told).toEqual(['c', 'b', 'a'].map((name) => `undo-begin file:${world.folder}/${name}`));
    expect(settledKeys(undone)).toEqual(['undone c', 'undone b', 'undone a']);
  });

  test('goes before what was done before it, also when a corrected answer had done an earlier step again', async () => {
    const world = await aWorld();
    const inside = aScript('in', {
      run: ['touch', '%DIR%/app/in'],
      done: { exists: '%DIR%/app/in' },
      undo: { run: ['rm', '%DIR%/app/in'] },
    });
    const guide = guideOf(
      'mini',
      [
        stepOf('app', { kind: 'directory', path: '%DIR%/app', mode: '0755' }, aFile('app/.env', 'X=%X%\n')),
        stepOf('in', inside),
        stepOf('look', needsFile('%X%')),
      ],
      [asks('X')],
    );
    await writeFile(`${world.folder}/good`, '');
    const decide = agreeing((view, need) => {
      if (need === 'failure') return [{ type: 'correct' }];
      if (need !== 'answers' || !view.error) return [];
      return [{ type: 'answer', id: 'X', value: 'good' }, { type: 'submit' }];
    });
    const installed = await drive(world, { guide, given: { DIR: world.folder, X: 'bad' }, decide });
    expect(installed.exit).toBe(0);
    const undone = await back(world, installed, { guide });
    expect(undone.exit).toBe(0);
    const order = ['.env', 'check:bad', 'cmd:in', '.env', 'app'];
    expect(settledKeys(undone)).toEqual(order.map((key) => `undone ${key}`));
    expect(await readdir(world.folder)).toEqual(['good']);
  });

  test('that is not gone after it was taken back is not said to be', async () => {
    const world = await aWorld();
    await writeFile(`${world.folder}/x.sh`, 'touch "$1/x.done"\n');
    const guide = guideOf('mini', [stepOf('one', aScript('x', { undo: { run: ['/bin/true'] } }))]);
    const installed = await drive(world, { guide, given: { DIR: world.folder } });
    const undone = await back(world, installed, { guide });
    expect(undone.exit).toBe(1);
    expect(undone.seat.view.error?.error.code).toBe('undo-differs');
    expect(settledKeys(undone)).toEqual([]);
    expect((await stateOf(world).summaries()).map(({ state }) => state)).toEqual(['done', 'failed']);
  });

  test('that could not be taken back is tried again when the person says so', async () => {
    const world = await aWorld();
    await writeFile(`${world.folder}/x.sh`, 'touch "$1/x.done"\n');
    const undo = { run: ['/bin/sh', '%DIR%/undo.sh', '%DIR%'] };
    const guide = guideOf('mini', [stepOf('one', aScript('x', { undo }))]);
    const installed = await drive(world, { guide, given: { DIR: world.folder } });
    await writeFile(`${world.folder}/undo.sh`, 'test -e "$1/mended" && rm "$1/x.done"; touch "$1/mended"\n');
    const undone = await back(world, installed, {
      guide,
      decide: agreeing(inTurn('failure', [{ type: 'retry' }])),
    });
    expect(undone.exit).toBe(0);
    expect(settledKeys(undone)).toEqual(['undone cmd:x']);
  });

  test('of a failed install is taken back too, the half-made one included', async () => {
    const world = await aWorld();
    const former = await seen(world);
    const guide = guideOf('mini', [
      stepOf('one', aFile('a'), needsFile('mended')),
      stepOf('two', aFile('b')),
    ]);
    const installed = await drive(world, { guide, given: { DIR: world.folder } });
    expect(installed.exit).toBe(1);
    expect((await back(world, installed, { guide })).exit).toBe(0);
    expect(await seen(world)).toEqual(former);
  });

  test('is taken back where it was made, also when an answer was corrected since', async () => {
    const world = await aWorld();
    const other = `${world.home}/other`;
    await mkdir(other);
    await writeFile(`${other}/mended`, '');
    const former = await seen(world);
    const guide = guideOf(
      'mini',
      [stepOf('one', aFile('a', '%NAME%\n'), needsFile('mended'))],
      [asks('NAME')],
    );
    const installed = await drive(world, {
      guide,
      given: { DIR: world.folder, NAME: 'first' },
      decide: agreeing((view, need) => {
        if (need === 'failure') return [{ type: 'correct' }];
        if (need !== 'answers' || view.error === null) return [];
        return [{ type: 'answer', id: 'DIR', value: other }, { type: 'submit' }];
      }),
    });
    expect(installed.exit).toBe(0);
    expect(await readdir(world.folder)).toEqual(['a']);
    expect((await back(world, installed, { guide })).exit).toBe(0);
    expect(await seen(world)).toEqual(former);
  });
});

test('an effect that was being taken back when the engine died is taken back again, without a question', async () => {
  const world = await aWorld();
  const installed = await drive(world, { guide: threeFiles, given: { DIR: world.folder } });
  const host = testHost();
  const dying: Host = {
    ...host,
    remove: async (path) => {
      if (!path.endsWith('/b')) return host.remove(path);
      await writeFile(path, 'neither the one nor the other');
      throw new Error('dead');
    },
  };
  const run = '0002-back';
  const broken = await back(world, installed, { guide: threeFiles, run, host: dying });
  expect([broken.exit, broken.seat.view.end?.state]).toEqual([1, 'failed']);
  const again = await back(world, installed, { guide: threeFiles, run });
  expect([again.exit, settledKeys(again)]).toEqual([0, ['undone c', 'undone b', 'undone a']]);
  expect(await readdir(world.folder)).toEqual([]);
});

test('it waits for a program that an engine of the install left running', async () => {
  const world = await aWorld();
  const boot = 'the-same';
  const installed = await drive(world, {
    guide: threeFiles,
    given: { DIR: world.folder },
    host: testHost({ boot }),
  });
  const orphan = spawn('/bin/sleep', ['0.4'], { stdio: 'ignore' });
  const isOver = once(orphan, 'exit');
  const pid = orphan.pid ?? 0;
  await writeFile(`${stateOf(world).run(installed.run)}/child`, `${pid} ${await began(testHost(), pid)}`);
  const alive: boolean[] = [];
  const undone = await back(world, installed, {
    guide: threeFiles,
    host: testHost({ boot }),
    seat: (seat) => {
      const send = seat.send.bind(seat);
      seat.send = (event) => {
        if (event.type === 'record' && event.record.type === 'step-begin')
          alive.push(orphan.exitCode === null);
        send(event);
      };
    },
  });
  await isOver;
  expect([undone.exit, alive]).toEqual([0, [false, false, false]]);
}, 10_000);

describe('what somebody has changed since', () => {
  async function changed(): Promise<{ world: World; installed: Driven }> {
    const world = await aWorld();
    const installed = await drive(world, { guide: threeFiles, given: { DIR: world.folder } });
    await writeFile(`${world.folder}/b`, 'mine now\n');
    return { world, installed };
  }

  test('is left and said when nobody is there to ask', async () => {
    const { world, installed } = await changed();
    const undone = await back(world, installed, { guide: threeFiles });
    expect(undone.exit).toBe(4);
    expect(settledKeys(undone)).toEqual(['undone c', 'kept b', 'undone a']);
    expect(await readFile(`${world.folder}/b`, 'utf8')).toBe('mine now\n');
    expect(undone.seat.view.undone.find(({ outcome }) => outcome === 'kept')?.reason?.en).toContain('left');
  });

  test('is kept when the person says so', async () => {
    const { world, installed } = await changed();
    const decide = agreeing(inTurn('conflict', [{ type: 'keep' }]));
    const undone = await back(world, installed, { guide: threeFiles, decide });
    expect(undone.seat.of('conflict').map(({ conflict }) => conflict.key)).toEqual([
      `file:${world.folder}/b`,
    ]);
    expect([undone.exit, await readdir(world.folder)]).toEqual([0, ['b']]);
  });

  test('is shown as it was left and as it is now, and named in the plan before', async () => {
    const { world, installed } = await changed();
    const decide = agreeing(inTurn('conflict', [{ type: 'keep' }]));
    const undone = await back(world, installed, { guide: threeFiles, decide });
    expect(undone.seat.of('conflict')[0]?.conflict.diff).toMatch(/^-b\n\+mine now$/m);
    const operations = undone.seat.view.plan?.steps.flatMap((step) => step.operations) ?? [];
    expect(operations.filter(({ diff }) => diff !== '').map(({ key }) => key)).toEqual([
      `file:${world.folder}/b`,
    ]);
    expect(undone.seat.view.plan?.notes?.map(({ en }) => en)).toEqual([
      '1\u00a0thing changed since: you will be asked about it; with --yes it is kept.',
    ]);
  });

  test('goes to kept/ when it is overwritten, with the command that brings it back', async () => {
    const { world, installed } = await changed();
    const decide = agreeing(inTurn('conflict', [{ type: 'overwrite' }]));
    const undone = await back(world, installed, { guide: threeFiles, decide });
    const [saved] = undone.seat.view.saved;
    expect((await stat(saved?.path ?? '')).mode & 0o777).toBe(0o600);
    spawnSync('sh', ['-c', saved?.restore ?? '']);
    expect(await readFile(`${world.folder}/b`, 'utf8')).toBe('mine now\n');
  });

  test.each(['keep', 'overwrite'] as const)('all that comes after it too: %s', async (type) => {
    const { world, installed } = await changed();
    for (const name of ['a', 'c']) await writeFile(`${world.folder}/${name}`, 'mine too\n');
    const decide = agreeing(inTurn('conflict', [{ type, all: true }]));
    const undone = await back(world, installed, { guide: threeFiles, decide });
    expect(undone.seat.of('conflict').map(({ conflict }) => conflict.others)).toEqual([2]);
    expect(await readdir(world.folder)).toEqual(type === 'keep' ? ['a', 'b', 'c'] : []);
  });

  test('goes when the person says so', async () => {
    const { world, installed } = await changed();
    const decide = agreeing(inTurn('conflict', [{ type: 'overwrite' }]));
    const undone = await back(world, installed, { guide: threeFiles, decide });
    expect([undone.exit, await readdir(world.folder)]).toEqual([0, []]);
  });

  test('keeps the folder that it is in', async () => {
    const world = newWorld();
    await mkdir(world.home);
    const installed = await drive(world);
    await writeFile(`${world.folder}/practice.ini`, 'mine now\n');
    const undone = await back(world, installed);
    expect(undone.exit).toBe(4);
    expect(await readdir(world.folder)).toEqual(['practice.ini']);
    expect(await readFile(`${world.folder}/practice.ini`, 'utf8')).toBe('mine now\n');
  });

  test('and is gone altogether, or is again as it was before, needs no question', async () => {
    const world = await aWorld();
    await writeFile(`${world.folder}/a`, 'former\n', { mode: 0o644 });
    const former = await seen(world);
    const installed = await drive(world, { guide: threeFiles, given: { DIR: world.folder } });
    await writeFile(`${world.folder}/a`, 'former\n');
    await rm(`${world.folder}/b`);
    expect((await back(world, installed, { guide: threeFiles })).exit).toBe(0);
    expect(await seen(world)).toEqual(former);
  });
});

test('what another guide needs is left to it, with its name', async () => {
  const world = await aWorld();
  const given = { DIR: world.folder };
  const shared = aFile('shared');
  const one = guideOf('one', [stepOf('s', shared, aFile('one'))]);
  const two = guideOf('two', [stepOf('s', shared, aFile('two'))]);
  const first = await drive(world, { guide: one, given });
  const second = await drive(world, { guide: two, given });
  const undone = await back(world, first, { guide: one });
  expect(undone.exit).toBe(0);
  expect(settledKeys(undone)).toEqual(['undone one', 'kept shared']);
  expect(undone.seat.view.undone.at(-1)?.reason?.en).toContain(second.run);
  expect(await readdir(world.folder)).toEqual(['shared', 'two']);
});

test('a program that knows the guide no more, or a changed one, takes it back all the same', async () => {
  for (const guides of [[], [guideOf('practice', [stepOf('folder', aFile('other'))])]] as Guide[][]) {
    const world = newWorld();
    await mkdir(world.home);
    const former = await seen(world);
    const installed = await drive(world);
    expect((await back(world, installed, { guide: quickPractice, guides, assets: {} })).exit).toBe(0);
    expect(await seen(world)).toEqual(former);
  }
});

describe('back to a step', () => {
  test('takes back those after it, and the rest later', async () => {
    const world = await aWorld();
    const installed = await drive(world, { guide: threeFiles, given: { DIR: world.folder } });
    const part = await back(world, installed, { guide: threeFiles, to: 'one' });
    expect([part.exit, settledKeys(part)]).toEqual([0, ['undone c', 'undone b']]);
    expect(opened(part.records)?.to).toBe('one');
    expect(await readdir(world.folder)).toEqual(['a']);
    expect((await stateOf(world).summaries())[0]?.state).not.toBe('rolled-back');
    const rest = await back(world, installed, { guide: threeFiles });
    expect([rest.exit, settledKeys(rest)]).toEqual([0, ['undone a']]);
    expect((await stateOf(world).summaries())[0]?.state).toBe('rolled-back');
  });
});

test('nothing is taken back before the person agrees', async () => {
  const world = await aWorld();
  const installed = await drive(world, { guide: threeFiles, given: { DIR: world.folder } });
  const undone = await back(world, installed, {
    guide: threeFiles,
    decide: inTurn('consent', [{ type: 'consent', hash: 'another' }, { type: 'stop' }]),
  });
  expect(undone.exit).toBe(130);
  expect(undone.seat.view.plan?.steps.map(({ id }) => id)).toEqual(['three', 'two', 'one']);
  expect(await readdir(world.folder)).toEqual(['a', 'b', 'c']);
});

test('an older run of the same guide, which stays, is named in the plan', async () => {
  const world = await aWorld();
  const given = { DIR: world.folder };
  const first = await drive(world, { guide: threeFiles, given });
  const more = guideOf('mini', [...(threeFiles.chapters[0]?.steps ?? []), stepOf('four', aFile('d'))]);
  const second = await drive(world, { guide: more, given });
  const undone = await back(world, second, { guide: more });
  expect(undone.seat.view.plan?.notes?.[0]?.en).toContain(first.run);
  expect(await readdir(world.folder)).toEqual(['a', 'b', 'c']);
});

test('the secrets of a guide leave the store with the last of what it did', async () => {
  const world = newWorld();
  await mkdir(world.home);
  const installed = await drive(world);
  expect(await secretsOf(world).list()).toContain('practice/PRACTICE_PASSWORD');
  const part = await back(world, installed, { to: 'folder' });
  expect([part.exit, await secretsOf(world).list()]).toEqual([0, ['practice/PRACTICE_PASSWORD']]);
  expect((await back(world, installed)).exit).toBe(0);
  expect(await secretsOf(world).list()).toEqual([]);
});

test('a dump or archive that rollback makes outlives it', async () => {
  const world = newWorld();
  await mkdir(world.home);
  const installed = await drive(world);
  await writeFile(`${world.folder}/mine.txt`, 'not of the guide\n');
  const undone = await back(world, installed);
  expect(undone.exit).toBe(0);
  await expect(stat(world.folder)).rejects.toThrow('ENOENT');
  const kept = await readdir(`${world.state}/kept`, { recursive: true });
  expect(kept.filter((name) => name.endsWith('.tar.gz'))).toHaveLength(1);
});
