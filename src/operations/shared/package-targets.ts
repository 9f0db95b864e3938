/** Which packages an undo takes away: those that are new, and what nobody else needs. */
import type { Text } from '../../guide/types.ts';
import * as texts from '../../i18n/texts/operations.ts';
import type { Context } from '../verbs.ts';
import type { Machine } from './leftovers.ts';
import type { PackageManager } from './package-manager.ts';

/** Not there before; at most its configuration files were. */
export const isNew = (name: string, machine: Machine): boolean =>
  (machine.packages[name] ?? 'config-files') === 'config-files';

interface Around {
  /** What installing brought in. */
  readonly before: { readonly fresh: readonly string[] };
  readonly machine: Machine;
  readonly manager: PackageManager;
  readonly context: Context;
}

interface Targets {
  readonly names: readonly string[];
  readonly left?: Text;
}

/** The wanted names that are new, and what came with them. */
export async function findTargets(wanted: readonly string[], around: Around): Promise<Targets> {
  const { before, machine, manager, context } = around;
  const { host } = context;
  const states = await manager.states(host);
  const isOurs = (name: string) =>
    states.has(name) && isNew(name, machine) && !context.isNeeded(manager.prefix + name);
  const names = wanted.filter(isOurs);
  const auto = await manager.auto(host, [...states.keys()].filter(isOurs));
  const alone = await manager.simulateRemoval(names, host);
  const orphans = await findOrphans(names, around);
  const least = [...names, ...[...alone.removed, ...orphans].filter((name) => auto.includes(name))];
  const most = [...least, ...before.fresh.filter((name) => auto.includes(name))];
  // Someone may have installed what needs a part of it.
  for (const set of [new Set(most), new Set(least)]) {
    const exact = await manager.simulateRemoval([...set], host);
    if (exact.possible && exact.fresh.length === 0 && exact.removed.every((name) => set.has(name))) {
      return { names: [...set] };
    }
  }
  const free = await freeOf(names, least, around);
  const others = free.length === 0 ? { names: [] } : await findTargets(free, around);
  const stay = names.filter((name) => !free.includes(name));
  const touched = alone.removed.filter((name) => !least.includes(name));
  return { names: others.names, left: texts.packagesKept(stay, touched) };
}

/** Those that nothing else needs. At least one is needed: together they cannot go. */
async function freeOf(
  names: readonly string[],
  ours: readonly string[],
  { manager, context }: Around,
): Promise<string[]> {
  const free: string[] = [];
  for (const name of names) {
    const { possible, fresh, removed } = await manager.simulateRemoval([name], context.host);
    if (possible && fresh.length === 0 && removed.every((one) => ours.includes(one))) free.push(name);
  }
  return free.length < names.length ? free : [];
}

/**
 * What nothing needs any more once `names` are gone. Not what nothing needs already: that is not ours, unless an
 * installation that was stopped in the middle left it.
 */
async function findOrphans(
  names: readonly string[],
  { before, manager, context }: Around,
): Promise<string[]> {
  const { now, later } = await manager.orphans(names, context.host);
  return later.filter((name) => !now.includes(name) || before.fresh.includes(name));
}
