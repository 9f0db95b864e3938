/** The way back of packages: what came goes, as far as nobody else needs it, with what it made. */
import { createHash } from 'node:crypto';
import type { Text } from '../../guide/types.ts';
import * as texts from '../../i18n/texts/operations.ts';
import type { Context, Json, Undone } from '../verbs.ts';
import { archive } from './archive.ts';
import { editedConfiguration } from './contents.ts';
import { captureFormer, type Former, restoreFormer } from './former.ts';
import {
  findLeftovers,
  type Leftovers,
  type Machine,
  removeLeftovers,
  saveData,
  stopServices,
} from './leftovers.ts';
import type { PackageManager } from './package-manager.ts';
import { findTargets, isNew } from './package-targets.ts';

/** What undo reads; the long part is kept apart. */
export interface Before {
  readonly machine: string;
  /** What installing brought in. */
  readonly fresh: readonly string[];
  readonly auto: readonly string[];
  readonly upgrades: readonly string[];
  readonly surroundings?: Json;
}

/** One way back. */
interface Way {
  readonly kind: string;
  /** Tells one operation of the kind from the others. */
  readonly key: string;
  readonly wanted: readonly string[];
  readonly before: Before;
  readonly manager: PackageManager;
  readonly context: Context;
}

export async function takeBack(way: Way): Promise<Undone> {
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

function orderPath({ kind, key, context }: Way): Promise<string> {
  const name = createHash('sha256').update(key).digest('hex').slice(0, 12);
  return context.keptPath(`${kind}-${name}.json`);
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
