/** The Pretix guide, whole, on model kinds: what is asked is answered, what a person has to do is ticked. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../../src/host/types.ts';
import { opened } from '../../src/journal/fold.ts';
import type { StoredRun } from '../../src/journal/state.ts';
import { rollbackTarget, unfinishedRun } from '../../src/run/machine.ts';
import type { Decision } from '../../src/run/protocol.ts';
import { guide } from '../../steps/pretix/index.ts';
import { agreeing, type Driven, drive, testHost } from '../run/rig.ts';
import { type World, worldIn } from '../run/world.ts';
import { assets } from '../steps/all.ts';
import { parent, stateOf, WorldStopped } from './cuts.ts';
import { keepWorld } from './model.ts';

const given = {
  REVERSE_PROXY_URL: 'https://inscription.mon-univ.fr',
  DSI_EMAIL: 'dsi@mon-univ.fr',
  ORG_NAME: 'Université Kosmos',
};

export interface PretixWorld extends World {
  /** Keys in the order in which they were applied, by all engines of this world. */
  readonly applied: string[];
  readonly close: () => void;
}

/** What somebody had there before, by the name of the resource. */
export type Former = Readonly<Record<string, string>>;

export function pretixWorld(former: Former = {}): PretixWorld {
  const root = mkdtempSync(join(parent, 'setup-wizard-pretix-'));
  const world = worldIn(root);
  mkdirSync(world.folder, { recursive: true });
  for (const [name, state] of Object.entries(former)) writeFileSync(join(world.folder, name), state);
  return { ...world, applied: [], close: () => rmSync(root, { recursive: true, force: true }) };
}

/** Every resource that is not absent, with its state. */
export function resources({ folder }: World): Former {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

export interface ModelCut {
  readonly host: Host;
  readonly passed: () => number;
}

/** A host on this world that stops at its nth point; without `nth` it only counts. */
export function cutIn({ folder, applied }: PretixWorld, nth = Number.POSITIVE_INFINITY): ModelCut {
  let points = 0;
  const gate = (point: string) => {
    points += 1;
    // A file just opened: the next point stops it, so that its handle is closed. The disk is the same.
    if (points >= nth && point !== 'open after') throw new WorldStopped(point);
  };
  const host = testHost({ gate });
  keepWorld(host, { folder, gate, applied });
  return { host, passed: () => points };
}

/** A person who agrees, types in what they are asked for, and ticks all that is left to them. */
const person = agreeing((view, need) => {
  if (need !== 'checklist') return [];
  return view.todo
    .filter(({ done }) => !done)
    .flatMap(({ item, gives }): Decision[] => [
      ...(gives ? [{ type: 'answer', id: gives, value: 'given by hand' } as const] : []),
      { type: 'tick', item, done: true, note: '' },
    ]);
});

const common = { guide, assets, given, decide: person };

export function installPretix(
  world: PretixWorld,
  runs: readonly StoredRun[],
  { host }: ModelCut = cutIn(world),
): Promise<Driven> {
  const run = unfinishedRun(runs, guide.id)?.id;
  return drive(world, { ...common, host, ...(run ? { run } : {}) });
}

/** As the command line does it: continues a rollback, or begins one if there is something to take back. */
export async function rollbackPretix(
  world: PretixWorld,
  { host }: ModelCut = cutIn(world),
): Promise<Driven | undefined> {
  const runs = await stateOf(world).runs();
  const unfinished = unfinishedRun(runs, guide.id);
  const first = unfinished && opened(unfinished.records);
  const back = { ...common, host, given: {}, kind: 'rollback' } as const;
  if (first?.kind === 'rollback') return drive(world, { ...back, run: first.run, of: first.of ?? '' });
  const target = rollbackTarget(runs, guide.id);
  return target && drive(world, { ...back, of: target.id });
}
