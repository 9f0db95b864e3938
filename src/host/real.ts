/** The machine itself. */
import { randomBytes } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownerName } from './accounts.ts';
import { runChild } from './children.ts';
import { fileEffects, none } from './files.ts';
import { type Gate, gated } from './gate.ts';
import { askHttp, connectTo, ownAddresses, resolveName } from './network.ts';
import type { Host, Stat } from './types.ts';

interface RealOptions {
  /** Called around and inside every effect; when it throws, the effect stops right there. */
  readonly gate?: Gate;
  /** Where proxies and certificates for children come from. Default: that of this process. */
  readonly env?: NodeJS.ProcessEnv;
}

const lookTimeout = 60_000;

export function realHost(options: RealOptions = {}): Host {
  const { gate = () => {}, env = process.env } = options;
  return {
    look: (argv, given) => runChild(argv, { timeout: lookTimeout, ...given }, env),
    read: (path) => readFile(path).catch(none(undefined)),
    stat: statOf,
    list: async (path) => (await readdir(path).catch(none<string[]>([]))).sort(),
    http: askHttp,
    connect: connectTo,
    resolve: resolveName,
    addresses: ownAddresses,
    now: () => new Date(),
    random: (bytes) => randomBytes(bytes),
    sleep: (milliseconds) => sleep(milliseconds),
    run: (argv, given = {}) => gated(gate, 'run', () => runChild(argv, given, env)),
    ...fileEffects(gate, options.gate !== undefined),
  };
}

async function statOf(path: string): Promise<Stat | undefined> {
  const found = await lstat(path).catch(none(undefined));
  if (!found) return undefined;
  const common = {
    mode: (found.mode & 0o7777).toString(8).padStart(4, '0'),
    owner: await ownerName(found.uid, found.gid),
    size: found.size,
  };
  if (found.isSymbolicLink()) {
    // It may have gone since.
    const target = await readlink(path).catch(none(undefined));
    return target === undefined ? undefined : { type: 'link', ...common, target };
  }
  return { type: found.isDirectory() ? 'directory' : found.isFile() ? 'file' : 'other', ...common };
}
