/** The machine itself. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { runChild } from './children.ts';
import { fileEffects } from './files.ts';
import { type Gate, gated } from './gate.ts';
import { askHttp, connectTo, ownAddresses, resolveName } from './network.ts';
import { listAt, readFileAt, statAt } from './place.ts';
import type { Host } from './types.ts';
import { refuseShared, withoutLinks } from './walk.ts';

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
    read: readFileAt,
    stat: statAt,
    list: listAt,
    withoutLinks,
    refuseShared,
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
