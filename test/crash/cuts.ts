/** Stops the world at a chosen instant, and looks at what is left. */
import { existsSync } from 'node:fs';
import { chmod, chown, lstat, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realHost } from '../../src/host/real.ts';
import type { Host } from '../../src/host/types.ts';
import { opened } from '../../src/journal/fold.ts';
import { StateFolder } from '../../src/journal/state.ts';
import { rollbackTarget, unfinishedRun } from '../../src/run/machine.ts';
import { treeOf } from '../operations/tree.ts';
import { type Driven, drive, testHost } from '../run/rig.ts';
import { practiceAnswers, type World, worldIn } from '../run/world.ts';

/** Thrown by the gate at the chosen instant and for ever after: nothing more reaches the disk. */
export class WorldStopped extends Error {}

export interface Cut {
  readonly host: Host;
  /** Points that were passed. */
  readonly passed: () => number;
}

/** A host whose world stops at its nth point (the first is 1); without `nth` it only counts. */
export function cutAt(nth = Number.POSITIVE_INFINITY): Cut {
  let points = 0;
  const gate = (point: string) => {
    points += 1;
    // A file just opened: the next point stops it, so that its handle is closed. The disk is the same.
    if (points >= nth && point !== 'open after') throw new WorldStopped(point);
  };
  return { host: testHost({ gate }), passed: () => points };
}

/** What was on the machine before the wizard came. */
export type Before = (world: World) => Promise<void>;

const isRoot = process.getuid?.() === 0;

export const nothingThere: Before = async () => {};

/** Somebody's folder, with a file that the guide replaces and one that it adds lines to. */
export const somethingThere: Before = async ({ folder }) => {
  await mkdir(folder);
  await writeFile(`${folder}/shared.conf`, '# ours\ncolour = blue', { mode: 0o604 });
  await writeFile(`${folder}/practice.ini`, Buffer.from('[other]\nname=\xe9\0\r\n', 'latin1'), {
    mode: 0o640,
  });
  await writeFile(`${folder}/notes.txt`, 'mine\n', { mode: 0o666 });
  await chmod(`${folder}/shared.conf`, 0o604);
  await chmod(folder, 0o2711);
  if (!isRoot) return;
  for (const name of ['shared.conf', 'practice.ini', 'notes.txt']) await chown(`${folder}/${name}`, 1, 2);
  await chown(folder, 65_534, 1);
  await chmod(folder, 0o2711);
};

/** Everything below the parent of the practice folder, and that parent itself: bytes, modes, owners. */
export async function seen({ home }: World): Promise<Record<string, string>> {
  const { mode, uid, gid } = await lstat(home);
  return { '.': `${(mode & 0o7777).toString(8)} ${uid}:${gid}`, ...(await treeOf(home)) };
}

/** In memory where that is possible: the kernel lives on in these tests, and nothing is lost that was not synced. */
export const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A new world for each use, gone after it. */
export async function inWorld<T>(before: Before, use: (world: World) => Promise<T>): Promise<T> {
  const root = await mkdtemp(join(parent, 'setup-wizard-crash-'));
  const world = worldIn(root);
  try {
    await mkdir(world.home, { mode: 0o751 });
    await before(world);
    return await use(world);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

export const stateOf = (world: World): StateFolder => new StateFolder(realHost(), world.state);

/** With a password that is given: worlds are compared byte by byte. */
const people = [{ name: 'alice', mail: 'alice@example.org', password: 'a password of alice' }];

/** `install`, as the command line does it: continues what is not finished, or begins a new run. */
export async function installAgain(world: World, host: Host = testHost()): Promise<Driven> {
  const run = unfinishedRun(await stateOf(world).runs(), 'practice')?.id;
  const given = practiceAnswers(world, { PRACTICE_PEOPLE: JSON.stringify(people) });
  return drive(world, { host, given, ...(run ? { run } : {}) });
}

/** `rollback`, as the command line does it; nothing when there is nothing to take back. */
export async function rollbackAgain(world: World, host: Host = testHost()): Promise<Driven | undefined> {
  const runs = await stateOf(world).runs();
  const unfinished = unfinishedRun(runs, 'practice');
  const first = unfinished && opened(unfinished.records);
  if (first?.kind === 'rollback') {
    const of = first.of ?? '';
    return drive(world, { host, kind: 'rollback', run: first.run, of });
  }
  const target = rollbackTarget(runs, 'practice');
  return target && drive(world, { host, kind: 'rollback', of: target.id });
}

/** Runs until the world stops; `true` if it did before the end. */
export async function untilCut(run: Promise<unknown>): Promise<boolean> {
  try {
    await run;
    return false;
  } catch (error) {
    if (error instanceof WorldStopped) return true;
    throw error;
  }
}

/** Temporary names that a write which was stopped leaves; the next write of the same file clears them. */
export async function leftovers(world: World): Promise<string[]> {
  const names = await readdir(world.root, { recursive: true });
  return names.filter((name) => /\.setup-wizard-[^/]*$/.test(name));
}

/** Every number from 1 to `last` (with `step`, not all of them), a few at a time. */
export async function forEach(last: number, work: (n: number) => Promise<void>, step = 1): Promise<void> {
  const numbers = Array.from({ length: Math.ceil(last / step) }, (_, index) => index * step + 1).values();
  const worker = async () => {
    for (const n of numbers) await work(n);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
}
