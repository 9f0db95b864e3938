/** Removes whatever is at a name. No link is followed, even one that is put where a folder was a moment ago. */
import { constants } from 'node:fs';
import { open, readdir, rmdir, unlink } from 'node:fs/promises';
import { orElse } from './place.ts';
import { isSystemError } from './walk.ts';

/** How often something may turn into something else meanwhile before that is an error. */
const attempts = 10;
const otherThing = ['EISDIR', 'ENOTDIR', 'ELOOP', 'ENOTEMPTY'];

/** `half` is called when half of what is in the folder is gone. */
export async function removeTree(at: string, half: () => void | Promise<void> = () => {}): Promise<void> {
  for (let left = attempts; ; left--) {
    try {
      return await removeOnce(at, half);
    } catch (error) {
      if (left === 0 || !isSystemError(error) || !otherThing.includes(error.code ?? '')) throw error;
    }
  }
}

async function removeOnce(at: string, half: () => void | Promise<void>): Promise<void> {
  const isFolder = await unlink(at)
    .then(() => false)
    .catch(orElse(false, 'ENOENT'))
    .catch(orElse(true, 'EISDIR'));
  if (!isFolder) return half();
  await emptyFolder(at, half).catch(orElse(undefined, 'ENOENT'));
  await rmdir(at).catch(orElse(undefined, 'ENOENT'));
}

async function emptyFolder(at: string, half: () => void | Promise<void>): Promise<void> {
  await using folder = await open(at, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  const inside = `/proc/self/fd/${folder.fd}`;
  const names = await readdir(inside);
  const middle = Math.ceil(names.length / 2);
  for (const name of names.slice(0, middle)) await removeTree(`${inside}/${name}`);
  await half();
  for (const name of names.slice(middle)) await removeTree(`${inside}/${name}`);
}
