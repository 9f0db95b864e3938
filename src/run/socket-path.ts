import { closeSync, constants, openSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * A path that `bind` and `connect` take whatever its length (108 bytes is all that a socket's name may have):
 * through a descriptor of its folder.
 */
export function withShortPath<T>(path: string, use: (short: string) => T): T {
  if (Buffer.byteLength(path) < 100) return use(path);
  const folder = openSync(dirname(path), constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    return use(`/proc/self/fd/${folder}/${basename(path)}`);
  } finally {
    setTimeout(() => closeSync(folder), 1000).unref();
  }
}
