/**
 * Debian packages.
 *
 * 1. `apply` installs what is missing, upgrades only what that needs, and removes nothing.
 * 2. `undo` purges the names that were not there before, and what only they needed; never a package that was there,
 *    never one that something else needs: a simulation comes first.
 * 3. Users, groups and folders that those packages made and their purge leaves go too; databases are dumped first.
 *
 * Proven by test/operations/system/packages.test.ts and test/lab/kinds.test.ts.
 */
import { createHash } from 'node:crypto';
import type { Text } from '../guide/types.ts';
import type { Host } from '../host/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import {
  autoMarked,
  foresee,
  installCommand,
  mustApt,
  packageStates,
  refreshLists,
  removeCommand,
  repairDpkg,
  runApt,
  simulate,
} from './shared/apt.ts';
import {
  findLeftovers,
  type Leftovers,
  type Machine,
  readMachine,
  removeLeftovers,
  saveData,
  stopServices,
} from './shared/leftovers.ts';
import type { Context, Difference, Json, Op, Undone, Values, Verbs } from './verbs.ts';

type Packages = Op<'packages'>;

export interface Seen {
  readonly wanted: readonly string[];
  readonly missing: readonly string[];
  /** There, but only as what another package needs: apt would take them away with it. */
  readonly auto: readonly string[];
  /** What else installing changes: `name 1.0 → 1.1`. */
  readonly upgrades: readonly string[];
}

/** What undo reads; the long part is kept apart. */
interface Before {
  readonly machine: string;
  /** What installing brought in. */
  readonly fresh: readonly string[];
  readonly auto: readonly string[];
  readonly upgrades: readonly string[];
}

const namesOf = (op: Packages, values: Values) => op.names.map((name) => values.public(name));

export const packages: Verbs<Packages, Seen> = {
  keys: (op, values) => namesOf(op, values).map((name) => `pkg:${name}`),

  async inspect(op, { host, values }) {
    const wanted = namesOf(op, values);
    const states = await packageStates(host, wanted);
    const missing = wanted.filter((name) => states.get(name)?.state !== 'installed');
    const auto = await autoMarked(
      host,
      wanted.filter((name) => !missing.includes(name)),
    );
    if (missing.length === 0) return { wanted, missing, auto, upgrades: [] };
    const { upgraded } = await simulate(host, installCommand(missing).slice(1));
    return { wanted, missing, auto, upgrades: upgraded };
  },

  diff(_, { missing, auto, upgrades }): Difference {
    const commands = [];
    if (missing.length > 0) commands.push(installCommand(missing));
    if (auto.length > 0) commands.push(['apt-mark', 'manual', ...auto]);
    if (commands.length === 0) return { change: 'none' };
    return {
      change: 'change',
      commands,
      ...(upgrades.length > 0 ? { irreversible: texts.alsoUpgrades(upgrades) } : {}),
    };
  },

  mark: (_, { missing }) => ({ missing }),

  // Refreshes the lists of packages if they are old: what comes with the wanted ones has to be known before.
  async capture(_, { missing, auto }, context): Promise<Json> {
    const machine = await readMachine(context.host);
    const { fresh, upgraded } = missing.length > 0 ? await foresee(missing, context) : nothing;
    return {
      machine: await context.keep(Buffer.from(JSON.stringify(machine))),
      fresh,
      auto,
      upgrades: upgraded,
    };
  },

  async apply(_, { missing, auto }, context) {
    await repairDpkg(context);
    if (missing.length > 0) await install(missing, context);
    if (auto.length > 0) await mustApt(['apt-mark', 'manual', ...auto], context);
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as Before;
    const machine = JSON.parse((await context.kept(before.machine)).toString()) as Machine;
    await repairDpkg(context);
    const order = await findOrder(op, before, machine, context);
    if ('left' in order) return order;
    await carryOut(order, context);
    await context.host.remove(await orderPath(op, context));
    const still = await autoMarkable(before.auto, context);
    if (still.length > 0) await mustApt(['apt-mark', 'auto', ...still], context);
    return before.upgrades.length > 0 ? { left: texts.stayUpgraded(before.upgrades) } : {};
  },

  describe: (op, values) => texts.installPackages(namesOf(op, values)),
};

const nothing = { fresh: [], upgraded: [] };

async function install(names: readonly string[], context: Context): Promise<void> {
  await foresee(names, context);
  const ran = await runApt(installCommand(names), context);
  if (ran.code === 0) return;
  // A list of this morning may name a file that the mirror has replaced since.
  if (/Failed to fetch|404 /.test(ran.stderr)) await refreshLists(context);
  await mustApt(installCommand(names), context);
}

/** Nothing is taken away, and why. */
interface Kept {
  readonly left: Text;
}

/** What an undo takes away, worked out while the packages can still be asked. */
interface Order extends Leftovers {
  readonly purge: readonly string[];
  /** Was removed earlier, its configuration files were still there: they stay. */
  readonly remove: readonly string[];
}

/** The order of an undo that was stopped in the middle is on the disk; it is carried out again. */
async function findOrder(
  op: Packages,
  before: Before,
  machine: Machine,
  context: Context,
): Promise<Order | Kept> {
  const written = await context.host.read(await orderPath(op, context));
  if (written) return JSON.parse(written.toString()) as Order;
  const targets = await findTargets(namesOf(op, context.values), before, machine, context);
  if ('left' in targets) return targets;
  const isResidual = (name: string) => machine.packages[name] === 'config-files';
  const order: Order = {
    purge: targets.names.filter((name) => !isResidual(name)),
    remove: targets.names.filter(isResidual),
    ...(await findLeftovers(targets.names, machine, context.host)),
  };
  if (targets.names.length > 0) await saveData(targets.names, context);
  await context.host.write(await orderPath(op, context), JSON.stringify(order), { mode: '0600' });
  return order;
}

async function carryOut(order: Order, context: Context): Promise<void> {
  const states = await packageStates(context.host);
  await stopServices(order.services, context);
  for (const verb of ['purge', 'remove'] as const) {
    const names = order[verb].filter((name) => states.has(name));
    if (names.length > 0) await mustApt(removeCommand(verb, names), context);
  }
  await removeLeftovers(order, context);
}

function orderPath(op: Packages, context: Context): Promise<string> {
  const name = createHash('sha256').update(JSON.stringify(op.names)).digest('hex').slice(0, 12);
  return context.keptPath(`packages-${name}.json`);
}

const autoremove = [
  '-o',
  'APT::AutoRemove::RecommendsImportant=false',
  '-o',
  'APT::AutoRemove::SuggestsImportant=false',
];

/** The wanted names that are new, and what came with them. */
async function findTargets(
  wanted: readonly string[],
  before: Before,
  machine: Machine,
  { host }: Context,
): Promise<{ readonly names: readonly string[] } | Kept> {
  const states = await packageStates(host);
  const isNew = (name: string) =>
    states.has(name) && (machine.packages[name] ?? 'config-files') === 'config-files';
  const names = wanted.filter(isNew);
  const auto = await autoMarked(host, [...states.keys()].filter(isNew));
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
  return {
    left: texts.packagesKept(
      names,
      alone.removed.filter((name) => !least.includes(name)),
    ),
  };
}

/**
 * What nothing needs any more once `names` are gone. Not what nothing needs already: that is not ours, unless an
 * installation that was stopped in the middle left it.
 */
async function findOrphans(names: readonly string[], before: Before, host: Host): Promise<string[]> {
  const now = await simulate(host, ['autoremove', ...autoremove]);
  const then = await simulate(host, ['purge', '--auto-remove', ...autoremove, ...names]);
  return then.removed.filter((name) => !now.removed.includes(name) || before.fresh.includes(name));
}

async function autoMarkable(names: readonly string[], { host }: Context): Promise<string[]> {
  if (names.length === 0) return [];
  const states = await packageStates(host, names);
  return names.filter((name) => states.get(name)?.state === 'installed');
}
