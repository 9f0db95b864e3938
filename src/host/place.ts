/** Names in folders that are held open while something is done there, and reading. */
import { closeSync, constants, type Stats } from 'node:fs';
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { ownerName } from './accounts.ts';
import type { Stat } from './types.ts';
import { type Held, hold, isOurs, isShared, isSystemError, sayPath, Unsafe } from './walk.ts';

export interface Place {
  /** Leads to the name in that very folder, wherever it is by now. */
  readonly at: string;
  readonly name: string;
  readonly folder: Held;
  /** As it was asked for. */
  readonly path: string;
}

/** Links on the way are followed if they are safe, one at the end is not. A slash at the end: the folder itself. */
export async function inFolderOf<T>(path: string, act: (place: Place) => Promise<T>): Promise<T> {
  const name = path.endsWith('/') ? '.' : basename(path);
  const parent = name === '.' ? path : dirname(path);
  return holding(parent, path, (folder) => act({ at: `${folder.at}/${name}`, name, folder, path }));
}

/** Of what goes wrong meanwhile a person is told by its path. */
async function holding<T>(path: string, said: string, act: (held: Held) => Promise<T>): Promise<T> {
  const held = hold(path, said);
  try {
    return await act(held);
  } catch (error) {
    throw isSystemError(error) ? sayPath(error, held.at, path) : error;
  } finally {
    closeSync(held.fd);
  }
}

/** A second name of a file, in a folder where others make names: they may have made it of a file that is not theirs. */
export function refusePlanted(path: string, file: Stats, folder: Stats): void {
  const isTheirs = file.uid === folder.uid && !isOurs(file.uid);
  if (!file.isDirectory() && file.nlink > 1 && isShared(folder) && !isTheirs) throw new Unsafe(path);
}

/** A new or changed name is durable once its folder is. */
export async function syncFolder({ at }: Held): Promise<void> {
  await using folder = await open(`${at}/.`, 'r');
  await folder.sync();
}

/** Nothing for what is not there, and for what never ends: pipes, sockets, devices. */
export async function readFileAt(path: string, atMost?: number): Promise<Buffer | undefined> {
  return holding(path, path, async ({ at, stat, folder }) => {
    if (!stat.isFile() && !stat.isDirectory()) return undefined;
    refusePlanted(path, stat, folder);
    await using file = await open(at, constants.O_RDONLY | constants.O_NONBLOCK);
    if (atMost === undefined) return await file.readFile();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(atMost + 1), 0, atMost + 1, 0);
    return bytesRead > atMost ? undefined : buffer.subarray(0, bytesRead);
    // The last: a process that ends while its file in /proc is open.
  }).catch(orElse(undefined, 'ENOENT', 'ENOTDIR', 'ESRCH'));
}

export async function listAt(path: string): Promise<string[]> {
  return (await holding(path, path, ({ at }) => readdir(at)).catch(none<string[]>([]))).sort();
}

export async function statAt(path: string): Promise<Stat | undefined> {
  return inFolderOf(path, async ({ at }) => {
    const found = await lstat(at);
    const common = {
      mode: (found.mode & 0o7777).toString(8).padStart(4, '0'),
      owner: await ownerName(found.uid, found.gid),
      size: found.size,
    };
    if (found.isSymbolicLink()) return { type: 'link' as const, ...common, target: await readlink(at) };
    const type = found.isDirectory() ? 'directory' : found.isFile() ? 'file' : 'other';
    return { type, ...common } as const;
  }).catch(none(undefined));
}

/** For `catch`: the value to take when there is no such file; anything else is thrown on. */
export function none<T>(value: T): (error: unknown) => T {
  return orElse(value, 'ENOENT', 'ENOTDIR');
}

/** For `catch`: the value to take for errors of the system with these codes; anything else is thrown on. */
export function orElse<T>(value: T, ...codes: string[]): (error: unknown) => T {
  return (error) => {
    if (isSystemError(error) && codes.includes(String(error.code))) return value;
    throw error;
  };
}
