/** Three guides that share a machine: folders, files, a link, and lines in the same files. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Operation } from '../../src/guide/kinds.ts';
import type { Guide } from '../../src/guide/types.ts';
import type { Host } from '../../src/host/types.ts';
import { opened } from '../../src/journal/fold.ts';
import { rollbackTarget, unfinishedRun, verifyGuide } from '../../src/run/machine.ts';
import { type Before, stateOf } from '../crash/cuts.ts';
import { aFile, guideOf, stepOf } from './guides.ts';
import { type Drive, type Driven, drive, testHost } from './rig.ts';
import type { World } from './world.ts';

const folder = (name: string): Operation => ({ kind: 'directory', path: `%DIR%/${name}` });
const link = (name: string, to: string): Operation => ({ kind: 'link', path: `%DIR%/${name}`, to });
const lines = (path: string, name: string, at: 'start' | 'end' = 'end'): Operation => ({
  kind: 'block',
  path: `%DIR%/${path}`,
  name,
  content: `of ${name}\n`,
  syntax: 'plain',
  comment: '#',
  at,
});
/** Of the same name in each guide, and something else in each. */
const ownCommand = (name: string): Operation => ({
  kind: 'command',
  name: 'own',
  run: ['/usr/bin/touch', `%DIR%/${name}.done`],
  done: { exists: `%DIR%/${name}.done` },
  undo: { run: ['/bin/rm', '-f', `%DIR%/${name}.done`] },
});

const neighbour = (id: string, at: 'start' | 'end', ...more: readonly Operation[]): Guide =>
  guideOf(id, [
    stepOf('folders', { kind: 'directory', path: '%DIR%' }, folder('shared.d'), folder('shared.d/deep')),
    stepOf('files', aFile('common'), aFile(`shared.d/deep/${id}`), ...more),
    stepOf('lines', lines('made.conf', id, at), lines('open.conf', id, at), lines('ended.conf', id, at)),
    stepOf('own', ownCommand(id)),
  ]);

export const neighbours: readonly Guide[] = [
  neighbour('one', 'end', link('current', 'common')),
  neighbour('two', 'start', aFile('replaced', 'by two and three\n')),
  neighbour('three', 'end', aFile('replaced', 'by two and three\n'), link('current', 'common')),
];

/** A file of each sort was there: with a last line that has no end, with one that has, and one that is replaced. */
export const lived: Before = async ({ folder: path }) => {
  await mkdir(path);
  await writeFile(`${path}/open.conf`, '# ours\nlast = line', { mode: 0o604 });
  await writeFile(`${path}/ended.conf`, '# ours\n', { mode: 0o640 });
  await writeFile(`${path}/replaced`, 'former\n', { mode: 0o644 });
  await chmod(`${path}/open.conf`, 0o604);
};

export const guideNamed = (id: string): Guide => neighbours.find((guide) => guide.id === id) as Guide;

export const settle = (world: World, guide: Guide, more: Drive = {}): Promise<Driven> =>
  drive(world, { guide, given: { DIR: world.folder }, ...more });

/** `rollback GUIDE`, as the command line does it. */
export async function leave(world: World, guide: Guide, more: Drive = {}): Promise<Driven> {
  const runs = await stateOf(world).runs();
  const unfinished = unfinishedRun(runs, guide.id);
  const first = unfinished && opened(unfinished.records);
  const goesOn = first?.kind === 'rollback' ? { run: first.run, of: first.of ?? '' } : undefined;
  const of = goesOn?.of ?? rollbackTarget(runs, guide.id)?.id;
  if (of === undefined) throw new Error(`nothing of ${guide.id} to roll back`);
  return drive(world, { kind: 'rollback', guide, given: {}, ...goesOn, of, ...more });
}

/** Keys that drifted; nothing: all is as the guide wants it. */
export async function driftsOf(world: World, guide: Guide, host: Host = testHost()): Promise<string[]> {
  const machine = {
    host,
    state: stateOf(world),
    facts: {},
    guides: neighbours,
    assets: {},
    lang: 'en',
  } as const;
  const drifts = await verifyGuide(machine, guide.id);
  return drifts?.map(({ key }) => key) ?? ['not installed'];
}

/** The others work; asked after each step that another guide takes. */
export async function expectWell(world: World, guides: readonly Guide[], when: string): Promise<void> {
  for (const guide of guides) expect(await driftsOf(world, guide), `${guide.id} ${when}`).toEqual([]);
}

export function orders<T>(all: readonly T[]): T[][] {
  if (all.length < 2) return [[...all]];
  return all.flatMap((one) => orders(all.filter((other) => other !== one)).map((rest) => [one, ...rest]));
}
