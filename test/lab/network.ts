/** A network of a lab's own with a way out: several labs are on at once, each with all its ports. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { takeLock, tryLock } from './cache.ts';

/** One of 250 small networks, `10.213.N.0/30`: the host has .1, the lab has .2. */
export interface OwnNetwork {
  readonly nspawn: readonly string[];
  /** Gives the links their addresses, after a boot. */
  connect(leader: number): void;
  free(): Promise<void>;
}

const networks = 250;

/** Takes a free network, and sees to it that this machine forwards what comes out of it. */
export async function ownNetwork(): Promise<OwnNetwork> {
  const unlock = await takeLock('forwarding');
  try {
    forward();
  } finally {
    await unlock();
  }
  for (let n = 1; n <= networks; n++) {
    const free = await tryLock(`network-${n}`);
    if (free) return network(n, free);
  }
  throw new Error(`All ${networks} networks of labs are in use.`);
}

function network(n: number, free: () => Promise<void>): OwnNetwork {
  const link = `swlab${n}`;
  return {
    nspawn: [`--network-veth-extra=${link}:host0`],
    connect(leader) {
      ip(['addr', 'replace', `10.213.${n}.1/30`, 'dev', link]);
      ip(['link', 'set', link, 'up']);
      const inside = ['nsenter', '--target', String(leader), '--net', '--'];
      ip(['addr', 'replace', `10.213.${n}.2/30`, 'dev', 'host0'], inside);
      ip(['link', 'set', 'host0', 'up'], inside);
      ip(['route', 'replace', 'default', 'via', `10.213.${n}.1`], inside);
    },
    free,
  };
}

function ip(args: readonly string[], before: readonly string[] = []): void {
  must([...before, 'ip', ...args]);
}

function forward(): void {
  const setting = '/proc/sys/net/ipv4/ip_forward';
  if (readFileSync(setting, 'utf8').trim() !== '1') writeFileSync(setting, '1');
  const rule = ['POSTROUTING', '-s', '10.213.0.0/16', '!', '-d', '10.213.0.0/16', '-j', 'MASQUERADE'];
  const there = spawnSync('iptables', ['-w', '-t', 'nat', '-C', ...rule]).status === 0;
  if (!there) must(['iptables', '-w', '-t', 'nat', '-A', ...rule]);
}

function must([file = '', ...args]: readonly string[]): void {
  const { status, stderr, error } = spawnSync(file, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} ${args.join(' ')}: ${error ?? stderr}`);
}
