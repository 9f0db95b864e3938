/**
 * What the wizard keeps and no undo, no resume and no check needs any more; and its removal.
 *
 * 1. Whatever a rollback may still take back (`heldByAny`), and whatever `resume` would continue, keeps all it has.
 * 2. A journal stays, except that of answers which were never agreed to, and which the person gives up.
 * 3. Each thing is needed by nobody by itself: a removal that is cut off leaves nothing half, and can be done again.
 *
 * Proven by test/run/prune.test.ts and test/crash/prune.test.ts.
 */
import { basename } from 'node:path';
import type { SecretStore } from '../answers/store.ts';
import type { Host } from '../host/types.ts';
import { usageOf } from '../host/usage.ts';
import type { StateFolder, StoredRun } from '../journal/state.ts';
import { type Needs, stillNeeded } from './prune-needs.ts';

export type GroupId =
  | 'programs'
  | 'images'
  | 'logs'
  | 'reports'
  | 'leftovers'
  | 'old-logs'
  | 'drafts'
  | 'kept'
  | 'secrets';

/** Surely needed by nobody: `--yes` removes these. The others are the person's to give up, those in `each` one by one. */
export const sure: readonly GroupId[] = ['programs', 'images', 'logs', 'reports', 'leftovers'];
export const each: readonly GroupId[] = ['drafts', 'kept', 'secrets'];

export interface Item {
  readonly group: GroupId;
  /** Below the state folder; of a secret, its name. */
  readonly name: string;
}

export interface Group {
  readonly id: GroupId;
  readonly items: readonly Item[];
  /** Of the disk; 0 for secrets, which may be in a keyring. */
  readonly bytes: number;
}

/** Where the state folder is, and the copy of the program that is not to be removed: the running one. */
export interface Place {
  readonly host: Host;
  readonly state: StateFolder;
  readonly own: string;
  readonly store?: Pick<SecretStore, 'list' | 'delete'> | undefined;
}

const order: readonly GroupId[] = [...sure, 'old-logs', ...each];

/** Everything that could go, group by group; groups with nothing are left out. Throws `Damaged` or `TooNew`. */
export async function prunable(place: Place): Promise<Group[]> {
  const runs = await place.state.runs();
  const needs = stillNeeded(runs);
  const items = [
    ...(await programs(place, needs)),
    ...(await Promise.all(runs.map((run) => ofRun(place, run, needs)))).flat(),
    ...(await leftovers(place)),
    ...(await kept(place, needs)),
    ...(await secrets(place, needs)),
  ];
  const groups = order.map(async (id): Promise<Group> => {
    const own = items.filter(({ group }) => group === id);
    return { id, items: own, bytes: await bytesOf(place, own) };
  });
  return (await Promise.all(groups)).filter(({ items: own }) => own.length > 0);
}

export async function bytesOf({ state }: Pick<Place, 'state'>, items: readonly Item[]): Promise<number> {
  const paths = items.filter(({ group }) => group !== 'secrets').map(({ name }) => `${state.path}/${name}`);
  return (await usageOf(paths)).bytes;
}

/** Copies that neither this process, nor what stands, nor what can be continued was begun with. */
async function programs({ host, state, own }: Place, { isProgram }: Needs): Promise<Item[]> {
  const names = (await host.list(state.program)).filter((name) => name !== own && !isProgram(name));
  const old = await Promise.all(names.map(async (name) => ((await isRecent(state, name)) ? [] : [name])));
  return old.flat().map((name) => ({ group: 'programs', name: `program/${name}` }));
}

const hour = 3_600_000;

/** Somebody may be about to start its first engine. */
async function isRecent(state: StateFolder, name: string): Promise<boolean> {
  return Date.now() - (await usageOf([`${state.program}/${name}`])).newest < hour;
}

async function ofRun({ host, state }: Place, run: StoredRun, needs: Needs): Promise<Item[]> {
  const standing = needs.standing(run.id);
  const inRun = async (folder: string) =>
    (await host.list(`${state.run(run.id)}/${folder}`)).map((name) => `runs/${run.id}/${folder}/${name}`);
  const items = (group: GroupId, names: readonly string[]) => names.map((name): Item => ({ group, name }));
  if (standing === 'draft') return items('drafts', [`runs/${run.id}`]);
  if (standing === 'unfinished') return [];
  const isImage = (name: string) => needs.isImage(run.id, name) || isLeftover(name);
  const images = (await inRun('before')).filter((path) => !isImage(basename(path)));
  const logs = await inRun('logs');
  const report = (await host.stat(state.report(run.id))) ? [`runs/${run.id}/report.md`] : [];
  const log = (await host.stat(`${state.run(run.id)}/engine.log`)) ? [`runs/${run.id}/engine.log`] : [];
  return standing === 'gone'
    ? [...items('images', images), ...items('logs', [...logs, ...log]), ...items('reports', report)]
    : [...items('images', images), ...items('old-logs', logs)];
}

/** What a process that was killed could not clear away: nobody else is at work, the lock is ours. */
async function leftovers({ host, state }: Place): Promise<Item[]> {
  const folders = [
    '',
    'secrets',
    'runs',
    ...(await state.ids()).flatMap((id) => [`runs/${id}`, `runs/${id}/before`]),
  ];
  const found = await Promise.all(
    folders.map(async (folder) => {
      const names = await host.list(`${state.path}/${folder}`);
      return names.filter(isLeftover).map((name) => (folder ? `${folder}/${name}` : name));
    }),
  );
  return found.flat().map((name) => ({ group: 'leftovers', name }));
}

const given = '.given-up-';

function isLeftover(name: string): boolean {
  return (
    /^\..*\.setup-wizard-[0-9a-f]+$/.test(name) || name.startsWith(given) || ['socket', 'room'].includes(name)
  );
}

/** Dumps: never needed by the wizard alone, unless an undo loads them. */
async function kept({ host, state }: Place, { isDump }: Needs): Promise<Item[]> {
  const folders = await host.list(state.kept);
  const names = await Promise.all(
    folders.map(async (folder) => {
      const files = await host.list(`${state.kept}/${folder}`).catch(() => []);
      return files.map((name) => `kept/${folder}/${name}`);
    }),
  );
  const free = names.flat().filter((name) => !isDump(`${state.path}/${name}`));
  return free.map((name) => ({ group: 'kept', name }));
}

async function secrets({ store }: Place, { isSecret }: Needs): Promise<Item[]> {
  const names = (await store?.list()) ?? [];
  return names.filter((name) => !isSecret(name)).map((name) => ({ group: 'secrets', name }));
}

/** Removes what is still among what could go. The caller holds the lock of the state folder. */
export async function remove(place: Place, wanted: readonly Item[]): Promise<Item[]> {
  const now = (await prunable(place)).flatMap(({ items }) => items);
  const items = now.filter(({ group, name }) =>
    wanted.some((one) => one.group === group && one.name === name),
  );
  for (const item of items) await removeItem(place, item);
  return items;
}

async function removeItem({ host, state, store }: Place, { group, name }: Item): Promise<void> {
  const path = `${state.path}/${name}`;
  switch (group) {
    case 'secrets':
      return store?.delete(name);
    case 'programs':
      // Where the command is, everything is.
      await host.remove(`${path}/setup-wizard`);
      return host.removeTree(path);
    case 'drafts': {
      // A run is there with all it has, or not at all.
      const away = path.replace(/([^/]*)$/, `${given}$1`);
      await host.rename(path, away);
      return host.removeTree(away);
    }
    default:
      return host.removeTree(path);
  }
}
