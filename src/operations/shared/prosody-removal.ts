/** Accounts of Prosody that go, and those that come back. */
import { dirname } from 'node:path';
import type { Context } from '../verbs.ts';
import { archive } from './archive.ts';
import { makeDurable } from './durable.ts';
import { captureFormer, type Former, restoreFormer } from './former.ts';
import { filesOf, foldersIn, type Place } from './prosody-files.ts';

/** What was there without the account. */
export interface Absent {
  /** Of the host, in its own one; nothing where the host had none. */
  readonly folders: readonly string[] | null;
  /** Of a user of that name, who signed in by other means. */
  readonly files: readonly string[];
}

/** What an account that had to go consisted of. */
export interface Removed {
  readonly removed: readonly { readonly path: string; readonly former: Former }[];
}

/** All that is in the name of the user. */
export async function captureAll(place: Place, context: Context): Promise<Removed> {
  const { host } = context;
  const removed: { path: string; former: Former }[] = [];
  for (const path of await filesOf(place, host)) {
    const former = await captureFormer(path, await host.stat(path), await host.read(path), context);
    removed.push({ path, former });
  }
  return { removed };
}

/** What came under that name since is packed, and goes. */
export async function restoreAll(place: Place, { removed }: Removed, context: Context): Promise<void> {
  const { host } = context;
  const former = removed.map(({ path }) => path);
  const since = (await filesOf(place, host)).filter((path) => !former.includes(path));
  await pack(place, since, context);
  for (const path of since) await host.remove(path);
  for (const one of removed) await restoreFormer(one.path, one.former, context);
  await makeDurable(dirname(place.path), context);
}

/** Made by prosodyctl itself; all else comes from the user. */
const isOwn = (path: string): boolean => /\/(accounts|account_roles)\/[^/]+$/.test(path);

export async function removeAccount(
  place: Place,
  { folders, files }: Absent,
  context: Context,
): Promise<void> {
  const { host } = context;
  const isThere = (await host.stat(place.path)) !== undefined;
  // prosodyctl takes all that is in this user's name.
  if (isThere && files.length === 0) await removeWithData(place, context);
  if (isThere) await removeOwn(place, context, files);
  // The half of a file that was being written.
  await host.remove(`${place.path}~`);
  const made = (await foldersIn(place.folder, host)).filter((name) => !folders?.includes(name));
  for (const name of made) await host.rmdir(`${place.folder}/${name}`);
  if (folders === null) await host.rmdir(place.folder);
  await makeDurable(dirname(place.folder), context);
}

/** The server lets go of whoever is signed in. Where it does not run, the files are all there is. */
export async function removeWithData(place: Place, context: Context): Promise<void> {
  await pack(place, await filesOf(place, context.host), context);
  await context.run(['prosodyctl', 'deluser', place.account]);
  for (const path of await filesOf(place, context.host)) await context.host.remove(path);
}

async function pack({ account }: Place, files: readonly string[], context: Context): Promise<void> {
  const stored = files.filter((path) => !isOwn(path));
  const name = `prosody-${account.replaceAll(/[^\w.@-]/g, '_')}`;
  if (stored.length > 0) await archive(stored, name, context);
}

export async function removeOwn(
  place: Place,
  { host }: Context,
  except: readonly string[] = [],
): Promise<void> {
  const own = (await filesOf(place, host)).filter((path) => isOwn(path) && !except.includes(path));
  for (const path of own) await host.remove(path);
}
