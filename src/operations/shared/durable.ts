/** What a program has written without syncing it must be on the disk before the journal says that it is done. */
import type { Context } from '../verbs.ts';

const patience = 10 * 60_000;

/** Only the file system of `path`: another one may be slow, or hang. */
export async function makeDurable(path: string, { host }: Context): Promise<void> {
  await host.look(['sync', '--file-system', path], { timeout: patience });
}
