/**
 * Packages: what is missing is installed, an undo takes away what came. What differs between package managers is a
 * `PackageManager`.
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Text } from '../../guide/types.ts';
import * as texts from '../../i18n/texts/operations.ts';
import type { Context, Difference, Json, Op, Undone, Values, Verbs } from '../verbs.ts';
import { archive } from './archive.ts';
import { type Contents, contentsIn, contentsOf, editedConfiguration, placesOf } from './contents.ts';
import { captureFormer, type Former, restoreFormer } from './former.ts';
import {
  findLeftovers,
  type Leftovers,
  type Machine,
  readMachine,
  removeLeftovers,
  saveData,
  stopServices,
} from './leftovers.ts';
import type { PackageManager, Simulated } from './package-manager.ts';
import { findTargets, isNew } from './package-targets.ts';

type Packages = Op<'packages'> | Op<'rpm-packages'>;

export interface Seen {
  readonly wanted: readonly string[];
  readonly missing: readonly string[];
  /** There, but only as what another package needs: the manager would take them away with it. */
  readonly auto: readonly string[];
  /** What else installing changes: `name 1.0 → 1.1`. */
  readonly upgrades: readonly string[];
  /** What else it brings. */
  readonly along?: readonly string[];
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
  readonly surroundings?: Json;
}

export function packageVerbs(manager: PackageManager): Verbs<Packages, Seen> {
  return {
    keys: (op, values) => namesOf(op, values).map((name) => manager.prefix + name),

    inspect: (op, context) => inspect(namesOf(op, context.values), manager, context),

    diff(_, { missing, auto, upgrades, along = [] }): Difference {
      const commands = [];
      if (missing.length > 0) commands.push(manager.installCommand(missing));
      if (auto.length > 0) commands.push(manager.markCommand('manual', auto));
      if (commands.length === 0) return { change: 'none' };
      return {
        change: 'change',
        commands,
        ...(along.length > 0 ? { circumstances: [texts.comeAlong(along)] } : {}),
        ...(upgrades.length > 0 ? { irreversible: texts.alsoUpgrades(upgrades) } : {}),
      };
    },

    mark: (_, { missing, contents }): Json => ({ missing, ...(contents ? { contents } : {}) }),

    differs: (op, now, then, values, was) => differ(namesOf(op, values), asMark(now), asMark(then), was),

    holds: (op, values) => placesOf(namesOf(op, values)),

    // Refreshes the lists of packages if they are old: what comes with the wanted ones has to be known before.
    async capture(_, { missing, auto }, context): Promise<Json> {
      const machine = await readMachine(manager, context.host);
      const foreseen = missing.length > 0 ? await manager.foresee(missing, context) : nothing;
      const surroundings = await manager.surroundings?.(foreseen, context);
      return {
        machine: await context.keep(Buffer.from(JSON.stringify(machine))),
        fresh: foreseen.fresh,
        auto,
        upgrades: foreseen.upgraded,
        ...(surroundings === undefined ? {} : { surroundings }),
      };
    },

    async apply(_, { wanted, missing, auto }, context) {
      await manager.repair(context, { wanted, fresh: [] });
      if (missing.length > 0) await manager.install(missing, context);
      if (auto.length > 0) await manager.must(manager.markCommand('manual', auto), context);
    },

    async undo(op, raw, context): Promise<Undone> {
      // Written by `capture`.
      const before = raw as unknown as Before;
      return takeBack({ op, wanted: namesOf(op, context.values), before, manager, context });
    },

    describe: (op, values) => texts.installPackages(namesOf(op, values)),
  };
}

const namesOf = (op: Packages, values: Values) => op.names.map((name) => values.public(name));
const nothing: Pick<Simulated, 'fresh' | 'upgraded' | 'enabled'> = { fresh: [], upgraded: [] };

async function inspect(wanted: readonly string[], manager: PackageManager, context: Context): Promise<Seen> {
  const { host, purpose } = context;
  const states = await manager.states(host, wanted);
  const missing = wanted.filter((name) => states.get(name)?.state !== 'installed');
  const auto = await manager.auto(
    host,
    wanted.filter((name) => !missing.includes(name)),
  );
  if (missing.length === 0) {
    const isMarked = purpose === 'run' || purpose === 'undo';
    const contents = isMarked ? await contentsOf(wanted, manager, context) : undefined;
    return { wanted, missing, auto, upgrades: [], contents };
  }
  const { fresh, upgraded } = await manager.simulateInstall(missing, host);
  return { wanted, missing, auto, upgrades: upgraded, along: fresh.filter((name) => !wanted.includes(name)) };
}

/** As `mark` writes it. */
interface Mark {
  readonly missing?: readonly string[];
  readonly contents?: Contents;
}

const asMark = (mark: Json): Mark => (mark ?? {}) as Mark;

/** What others put where these packages have theirs; journals of before do not tell of it. */
function differ(names: readonly string[], now: Mark, then: Mark, was: Json | undefined): boolean {
  const brought = asMark(was ?? null).missing ?? names;
  // Another guide's, that were there before, may have gone with it.
  const missingOf = ({ missing = [] }: Mark) => missing.filter((name) => brought.includes(name));
  if (!isDeepStrictEqual(missingOf(now), missingOf(then))) return true;
  if (now.contents === undefined || then.contents === undefined) return false;
  return !isDeepStrictEqual(contentsIn(now.contents, brought), contentsIn(then.contents, brought));
}

/** One way back. */
interface Way {
  readonly op: Packages;
  readonly wanted: readonly string[];
  readonly before: Before;
  readonly manager: PackageManager;
  readonly context: Context;
}

async function takeBack(way: Way): Promise<Undone> {
  const { before, manager, context } = way;
  const machine = JSON.parse((await context.kept(before.machine)).toString()) as Machine;
  const notRepaired = await manager.repair(context, { ...before, wanted: way.wanted });
  const order = await findOrder(way, machine);
  await carryOut(order, way);
  await context.host.remove(await orderPath(way));
  const still = await autoMarkable(way);
  if (still.length > 0) await manager.must(manager.markCommand('auto', still), context);
  const upgraded = before.upgrades.length > 0 ? texts.stayUpgraded(before.upgrades) : undefined;
  const left = upgraded ?? order.left ?? notRepaired;
  const isShared = await somethingStays(way, machine);
  return { ...(left ? { left } : {}), ...(isShared ? { until: [manager.prefix] } : {}) };
}

/** What an undo takes away, worked out while the packages can still be asked. */
interface Order extends Leftovers {
  readonly purge: readonly string[];
  /** Was removed earlier, its configuration files were still there: they stay. */
  readonly remove: readonly string[];
  /** What was where edited configuration files are put aside. */
  readonly aside?: Readonly<Record<string, Former>>;
  /** What else came with them. */
  readonly along?: Json;
  /** Some are not taken away, and why. */
  readonly left?: Text | undefined;
}

/** The order of an undo that was stopped in the middle is on the disk; it is carried out again. */
async function findOrder(way: Way, machine: Machine): Promise<Order> {
  const { before, wanted, manager, context } = way;
  const written = await context.host.read(await orderPath(way));
  if (written) return JSON.parse(written.toString()) as Order;
  const { names, left } = await findTargets(wanted, { before, machine, manager, context });
  const isResidual = (name: string) => machine.packages[name] === 'config-files';
  const leftovers = await findLeftovers(names, machine, manager, context);
  if (names.length > 0) await saveData(names, context);
  const edited = await editedConfiguration(names, manager, context.host);
  if (edited.length > 0) await archive(edited, 'edited-configuration', context);
  const brought = [...new Set([...wanted, ...before.fresh])].filter((name) => isNew(name, machine));
  const along =
    before.surroundings === undefined
      ? undefined
      : await manager.broughtAlong?.(before.surroundings, names, brought, context);
  const order: Order = {
    purge: names.filter((name) => !isResidual(name)),
    remove: names.filter(isResidual),
    ...(manager.asideOf ? { aside: await formersOf(edited.map(manager.asideOf), context) } : {}),
    ...(along === undefined ? {} : { along }),
    left,
    ...leftovers,
  };
  await context.host.write(await orderPath(way), JSON.stringify(order), { mode: '0600' });
  return order;
}

async function formersOf(paths: readonly string[], context: Context): Promise<Record<string, Former>> {
  const former: Record<string, Former> = {};
  for (const path of paths) {
    const stat = await context.host.stat(path);
    former[path] = await captureFormer(path, stat, await context.host.read(path), context);
  }
  return former;
}

async function carryOut(order: Order, { manager, context }: Way): Promise<void> {
  const states = await manager.states(context.host);
  await stopServices(order.services, context);
  for (const verb of ['purge', 'remove'] as const) {
    const names = order[verb].filter((name) => states.has(name));
    if (names.length > 0) await manager.must(manager.removeCommand(verb, names), context);
  }
  for (const [path, former] of Object.entries(order.aside ?? {})) await restoreFormer(path, former, context);
  await removeLeftovers(order, manager, context);
  if (order.along !== undefined) await manager.takeBackSurroundings?.(order.along, context);
}

function orderPath({ op, context }: Way): Promise<string> {
  const name = createHash('sha256').update(JSON.stringify(op.names)).digest('hex').slice(0, 12);
  return context.keptPath(`${op.kind}-${name}.json`);
}

/** Something that this brought, or marked, is there for others. */
async function somethingStays(way: Way, machine: Machine): Promise<boolean> {
  const { before, manager, context } = way;
  const brought = [...way.wanted, ...before.fresh].filter((name) => isNew(name, machine));
  const states = await manager.states(context.host, [...new Set(brought)]);
  const isInstalled = (name: string) => states.get(name)?.state === 'installed';
  return brought.some(isInstalled) || before.auto.some((name) => context.isNeeded(manager.prefix + name));
}

async function autoMarkable({ before: { auto }, manager, context }: Way): Promise<string[]> {
  if (auto.length === 0) return [];
  const states = await manager.states(context.host, auto);
  const isInstalled = (name: string) => states.get(name)?.state === 'installed';
  return auto.filter((name) => isInstalled(name) && !context.isNeeded(manager.prefix + name));
}
