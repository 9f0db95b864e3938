/** Which packages an undo takes away: those that are new, and what nobody else needs. */
import type { Text } from '../../guide/types.ts';
import type { Host } from '../../host/types.ts';
import * as texts from '../../i18n/texts/operations.ts';
import type { Context } from '../verbs.ts';
import { autoMarked, packageStates, removeCommand, simulate } from './apt.ts';
import type { Machine } from './leftovers.ts';

const autoremove = [
  '-o',
  'APT::AutoRemove::RecommendsImportant=false',
  '-o',
  'APT::AutoRemove::SuggestsImportant=false',
];

/** Not there before; at most its configuration files were. */
export const isNew = (name: string, machine: Machine): boolean =>
  (machine.packages[name] ?? 'config-files') === 'config-files';

/** What installing them brought in. */
interface Brought {
  readonly fresh: readonly string[];
}

interface Targets {
  readonly names: readonly string[];
  readonly left?: Text;
}

/** The wanted names that are new, and what came with them. */
export async function findTargets(
  wanted: readonly string[],
  before: Brought,
  machine: Machine,
  context: Context,
): Promise<Targets> {
  const { host } = context;
  const states = await packageStates(host);
  const isOurs = (name: string) =>
    states.has(name) && isNew(name, machine) && !context.isNeeded(`pkg:${name}`);
  const names = wanted.filter(isOurs);
  const auto = await autoMarked(host, [...states.keys()].filter(isOurs));
  const alone = await simulate(host, removeCommand('purge', names).slice(1));
  const orphans = await findOrphans(names, before, host);
  const least = [...names, ...[...alone.removed, ...orphans].filter((name) => auto.includes(name))];
  const most = [...least, ...before.fresh.filter((name) => auto.includes(name))];
  // Someone may have installed what needs a part of it.
  for (const set of [new Set(most), new Set(least)]) {
    const exact = await simulate(host, removeCommand('purge', [...set]).slice(1));
    if (exact.possible && exact.fresh.length === 0 && exact.removed.every((name) => set.has(name))) {
      return { names: [...set] };
    }
  }
  const free = await freeOf(names, least, host);
  const others = free.length === 0 ? { names: [] } : await findTargets(free, before, machine, context);
  const stay = names.filter((name) => !free.includes(name));
  const touched = alone.removed.filter((name) => !least.includes(name));
  return { names: others.names, left: texts.packagesKept(stay, touched) };
}

/** Those that nothing else needs. At least one is needed: together they cannot go. */
async function freeOf(names: readonly string[], ours: readonly string[], host: Host): Promise<string[]> {
  const free: string[] = [];
  for (const name of names) {
    const { possible, fresh, removed } = await simulate(host, removeCommand('purge', [name]).slice(1));
    if (possible && fresh.length === 0 && removed.every((one) => ours.includes(one))) free.push(name);
  }
  return free.length < names.length ? free : [];
}

/**
 * What nothing needs any more once `names` are gone. Not what nothing needs already: that is not ours, unless an
 * installation that was stopped in the middle left it.
 */
async function findOrphans(names: readonly string[], before: Brought, host: Host): Promise<string[]> {
  const now = await simulate(host, ['autoremove', ...autoremove]);
  const then = await simulate(host, ['purge', '--auto-remove', ...autoremove, ...names]);
  return then.removed.filter((name) => !now.removed.includes(name) || before.fresh.includes(name));
}
