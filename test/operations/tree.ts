/** What a kind leaves on the disk, whatever instant the world stops at. */
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { realHost } from '../../src/host/real.ts';
import type { Host } from '../../src/host/types.ts';
import type { Json, Verbs } from '../../src/operations/verbs.ts';
import { type TestOptions, temporaryFolder, testContext } from './context.ts';

/** Every path below a folder with its mode, owner and bytes or target. */
export async function treeOf(folder: string, except = /^$/): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    if (except.test(name)) continue;
    const path = join(folder, name);
    const { mode, uid, gid } = await lstat(path);
    const type = mode & 0o170000;
    const content =
      type === 0o100000
        ? await readFile(path, 'latin1')
        : type === 0o120000
          ? `→ ${await readlink(path)}`
          : '/';
    found[name] = `${(mode & 0o7777).toString(8)} ${uid}:${gid} ${content}`;
  }
  return found;
}

/** A host that stops the world for good at the nth gate. */
export function stoppingHost(nth: number) {
  let passed = 0;
  const host = realHost({
    gate: (point) => {
      if (passed >= nth) throw new Error(`stopped at ${point}`);
      passed += 1;
    },
  });
  return { host, passed: () => passed };
}

export interface CrashCase<Op> {
  /** Given an empty folder: makes what is there before, and gives the operation. */
  readonly prepare: (folder: string) => Promise<Op>;
  readonly options?: TestOptions;
  /** Paths that are not compared. */
  readonly except?: RegExp;
  /** The machine that the kind sees, where that is more than the folder: every file and program goes through it. */
  readonly machine?: (folder: string, host: Host) => Host;
}

/** Applies as the runner does, with the before-image of the first attempt. */
async function applyOnce<Op, Seen>(verbs: Verbs<Op, Seen>, op: Op, options: TestOptions): Promise<void> {
  const context = await testContext(options);
  const seen = await verbs.inspect(op, context);
  if (verbs.diff(op, seen, context).change === 'none') return;
  await verbs.apply(op, seen, context);
  expect(verbs.diff(op, await verbs.inspect(op, context), context)).toEqual({ change: 'none' });
}

/**
 * Stops `apply` at each of its gates, then (a) undoes, (b) applies again and undoes; stops that undo at each of its
 * gates and undoes again. Every time the tree must be what it was before, or what a whole `apply` makes.
 */
export async function holdsAtEveryStop<Op, Seen>(
  verbs: Verbs<Op, Seen>,
  { prepare, options = {}, except, machine = (_, host) => host }: CrashCase<Op>,
): Promise<number> {
  const begin = async () => {
    const dir = await temporaryFolder();
    const folder = await temporaryFolder();
    const op = await prepare(folder);
    const given = { ...options, dir, host: machine(folder, realHost()) };
    const context = await testContext(given);
    const seen = await verbs.inspect(op, context);
    const before: Json = JSON.parse(JSON.stringify(await verbs.capture(op, seen, context)));
    return { folder, op, given, seen, before, former: await treeOf(folder, except) };
  };
  const undo = async ({ op, given, before, folder }: Awaited<ReturnType<typeof begin>>, host = realHost()) =>
    verbs.undo(op, before, await testContext({ ...given, host: machine(folder, host), purpose: 'undo' }));

  const whole = await begin();
  await applyOnce(verbs, whole.op, whole.given);
  const wanted = await treeOf(whole.folder, except);
  for (let nth = 0; ; nth++) {
    for (const again of [false, true]) {
      const world = await begin();
      const { host, passed } = stoppingHost(nth);
      const stopped = await verbs
        .apply(world.op, world.seen, await testContext({ ...world.given, host: machine(world.folder, host) }))
        .then(
          () => false,
          () => true,
        );
      if (again) {
        await applyOnce(verbs, world.op, world.given);
        expect(await treeOf(world.folder, except), `stopped at gate ${nth}, then applied`).toEqual(wanted);
      }
      await undo(world);
      expect(await treeOf(world.folder, except), `stopped at gate ${nth}`).toEqual(world.former);
      if (!stopped) {
        await undoStoppedEverywhere(begin, undo, verbs, except);
        return passed();
      }
    }
  }
}

async function undoStoppedEverywhere<
  Op,
  Seen,
  World extends {
    readonly folder: string;
    readonly op: Op;
    readonly given: TestOptions;
    readonly former: Record<string, string>;
  },
>(
  begin: () => Promise<World>,
  undo: (world: World, host?: ReturnType<typeof realHost>) => Promise<unknown>,
  verbs: Verbs<Op, Seen>,
  except?: RegExp,
): Promise<void> {
  for (let nth = 0; ; nth++) {
    const world = await begin();
    await applyOnce(verbs, world.op, world.given);
    const stopped = await undo(world, stoppingHost(nth).host).then(
      () => false,
      () => true,
    );
    await undo(world);
    expect(await treeOf(world.folder, except), `undo stopped at gate ${nth}`).toEqual(world.former);
    if (!stopped) return;
  }
}
