/**
 * Debian packages.
 *
 * 1. `apply` installs what is missing, upgrades only what that needs, and removes nothing.
 * 2. `undo` purges the names that were not there before, and what only they needed; never a package that was there,
 *    never one that something else needs: a simulation comes first. What another guide needs goes with that guide.
 * 3. Users, groups and folders that those packages made and their purge leaves go too; databases are dumped first.
 *
 * Proven by test/operations/system/packages.test.ts and test/lab/kinds.test.ts.
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Text } from '../guide/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import {
  autoMarked,
  foresee,
  installCommand,
  isDpkgWhole,
  mustApt,
  packageStates,
  refreshLists,
  removeCommand,
  repairDpkg,
  runApt,
  type Simulated,
  simulate,
} from './shared/apt.ts';
import { archive } from './shared/archive.ts';
import { type Contents, contentsIn, contentsOf, editedConffiles, placesOf } from './shared/contents.ts';
import {
  findLeftovers,
  type Leftovers,
  type Machine,
  readMachine,
  removeLeftovers,
  saveData,
  stopServices,
} from './shared/leftovers.ts';
import { findTargets, isNew } from './shared/package-targets.ts';
import type { Context, Difference, Json, Op, Undone, Values, Verbs } from './verbs.ts';

type Packages = Op<'packages'>;

export interface Seen {
  readonly wanted: readonly string[];
  readonly missing: readonly string[];
  /** There, but only as what another package needs: apt would take them away with it. */
  readonly auto: readonly string[];
  /** What else installing changes: `name 1.0 → 1.1`. */
  readonly upgrades: readonly string[];
  /** What is in the places of these packages; nothing unless all are there. */
  readonly contents?: Contents | undefined;
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

  async inspect(op, context) {
    const { host, values, purpose } = context;
    const wanted = namesOf(op, values);
    const states = await packageStates(host, wanted);
    const missing = wanted.filter((name) => states.get(name)?.state !== 'installed');
    const auto = await autoMarked(
      host,
      wanted.filter((name) => !missing.includes(name)),
    );
    if (missing.length === 0) {
      const isMarked = purpose === 'run' || purpose === 'undo';
      const contents = isMarked ? await contentsOf(wanted, context) : undefined;
      return { wanted, missing, auto, upgrades: [], contents };
    }
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

  mark: (_, { missing, contents }): Json => ({ missing, ...(contents ? { contents } : {}) }),

  /** What others put where these packages have theirs; journals of before do not tell of it. */
  differs(op, now, then, values, was) {
    const [a, b] = [asMark(now), asMark(then)];
    const brought = asMark(was ?? null).missing ?? namesOf(op, values);
    // Another guide's, that were there before, may have gone with it.
    const missingOf = ({ missing = [] }: Mark) => missing.filter((name) => brought.includes(name));
    if (!isDeepStrictEqual(missingOf(a), missingOf(b))) return true;
    if (a.contents === undefined || b.contents === undefined) return false;
    return !isDeepStrictEqual(contentsIn(a.contents, brought), contentsIn(b.contents, brought));
  },

  holds: (op, values) => placesOf(namesOf(op, values)),

  // Refreshes the lists of packages if they are old: what comes with the wanted ones has to be known before.
  async capture(_, { missing, auto }, context): Promise<Json> {
    const machine = await readMachine(context.host);
    const { fresh, upgraded } = missing.length > 0 ? await mustForesee(missing, context) : nothing;
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
    await carryOut(order, context);
    await context.host.remove(await orderPath(op, context));
    const still = await autoMarkable(before.auto, context);
    if (still.length > 0) await mustApt(['apt-mark', 'auto', ...still], context);
    const left = before.upgrades.length > 0 ? texts.stayUpgraded(before.upgrades) : order.left;
    const isShared = await somethingStays(op, before, machine, context);
    return { ...(left ? { left } : {}), ...(isShared ? { until: ['pkg:'] } : {}) };
  },

  describe: (op, values) => texts.installPackages(namesOf(op, values)),
};

const nothing = { fresh: [], upgraded: [] };

/** Without it undo would not know what came along and what stays upgraded: apt says why, and nothing began. */
async function mustForesee(names: readonly string[], context: Context): Promise<Simulated> {
  const foreseen = await foresee(names, context);
  // What dpkg was stopped in is repaired first: until then nothing can be foreseen.
  if (!foreseen.possible && (await isDpkgWhole(context.host)))
    await mustApt(['apt-get', '--simulate', ...installCommand(names).slice(1)], context);
  return foreseen;
}

/** As `mark` writes it. */
interface Mark {
  readonly missing?: readonly string[];
  readonly contents?: Contents;
}

const asMark = (mark: Json): Mark => (mark ?? {}) as Mark;

async function install(names: readonly string[], context: Context): Promise<void> {
  await foresee(names, context);
  const ran = await runApt(installCommand(names), context);
  if (ran.code === 0) return;
  // A list of this morning may name a file that the mirror has replaced since.
  if (/Failed to fetch|404 /.test(ran.stderr)) await refreshLists(context);
  await mustApt(installCommand(names), context);
}

/** What an undo takes away, worked out while the packages can still be asked. */
interface Order extends Leftovers {
  readonly purge: readonly string[];
  /** Was removed earlier, its configuration files were still there: they stay. */
  readonly remove: readonly string[];
  /** Some are not taken away, and why. */
  readonly left?: Text | undefined;
}

/** The order of an undo that was stopped in the middle is on the disk; it is carried out again. */
async function findOrder(op: Packages, before: Before, machine: Machine, context: Context): Promise<Order> {
  const written = await context.host.read(await orderPath(op, context));
  if (written) return JSON.parse(written.toString()) as Order;
  const targets = await findTargets(namesOf(op, context.values), before, machine, context);
  const isResidual = (name: string) => machine.packages[name] === 'config-files';
  const order: Order = {
    purge: targets.names.filter((name) => !isResidual(name)),
    remove: targets.names.filter(isResidual),
    left: targets.left,
    ...(await findLeftovers(targets.names, machine, context)),
  };
  if (targets.names.length > 0) await saveData(targets.names, context);
  const edited = await editedConffiles(targets.names, context.host);
  if (edited.length > 0) await archive(edited, 'edited-configuration', context);
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

/** Something that this brought, or marked, is there for others. */
async function somethingStays(
  op: Packages,
  before: Before,
  machine: Machine,
  context: Context,
): Promise<boolean> {
  const brought = [...namesOf(op, context.values), ...before.fresh].filter((name) => isNew(name, machine));
  const states = await packageStates(context.host, [...new Set(brought)]);
  const isInstalled = (name: string) => states.get(name)?.state === 'installed';
  return brought.some(isInstalled) || before.auto.some((name) => context.isNeeded(`pkg:${name}`));
}

async function autoMarkable(names: readonly string[], { host, isNeeded }: Context): Promise<string[]> {
  if (names.length === 0) return [];
  const states = await packageStates(host, names);
  return names.filter((name) => states.get(name)?.state === 'installed' && !isNeeded(`pkg:${name}`));
}
