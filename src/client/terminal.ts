/** A stream of one's own on the terminal: closed, nothing of ours can read what is meant for a child. */
import { closeSync, openSync } from 'node:fs';
import { ReadStream } from 'node:tty';

/** The controlling terminal; where there is none (`su -c`, `docker exec`), the one on standard input. */
export function openTerminal(): ReadStream {
  for (const path of ['/dev/tty', '/proc/self/fd/0']) {
    try {
      return streamOn(openSync(path, 'r'));
    } catch {
      // Not there, or another user's: the next one.
    }
  }
  return process.stdin;
}

/** Node reads from a copy of the descriptor and closes only that one. */
function streamOn(file: number): ReadStream {
  const stream = new ReadStream(file);
  stream.once('close', () => closeSync(file));
  return stream;
}
