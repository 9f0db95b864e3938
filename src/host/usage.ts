/** What files take of a disk. */
import { lstat, readdir } from 'node:fs/promises';
import { none } from './place.ts';

export interface Usage {
  /** Bytes that would be free again if all of it were removed: a file that has another name elsewhere gives none. */
  readonly bytes: number;
  /** When something of it was last written, in milliseconds. */
  readonly newest: number;
}

/** Of these files and folders, with all that is below them. Sparse files count with what they really take. */
export async function usageOf(paths: readonly string[]): Promise<Usage> {
  const names = new Map<string, { links: number; bytes: number }>();
  let newest = 0;
  const add = async (path: string): Promise<void> => {
    const found = await lstat(path).catch(none(undefined));
    if (!found) return;
    newest = Math.max(newest, found.mtimeMs);
    const isFolder = found.isDirectory();
    const file = `${found.dev} ${found.ino}`;
    const left = (names.get(file)?.links ?? (isFolder ? 1 : found.nlink)) - 1;
    names.set(file, { links: left, bytes: found.blocks * 512 });
    if (isFolder) for (const name of await readdir(path)) await add(`${path}/${name}`);
  };
  for (const path of paths) await add(path);
  const whole = [...names.values()].filter(({ links }) => links === 0);
  return { bytes: whole.reduce((sum, one) => sum + one.bytes, 0), newest };
}
