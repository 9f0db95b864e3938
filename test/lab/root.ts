import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { cacheFolder, takeLock } from './cache.ts';
import { debianMirrors } from './host.ts';

export type Release = 'bullseye' | 'bookworm' | 'trixie';

/** What a freshly installed, otherwise empty Debian server has, as far as a container can have it. */
const packages = [
  'systemd,systemd-sysv,libpam-systemd,dbus,ca-certificates,procps,iproute2,netbase,adduser,passwd,sudo',
  'cron,logrotate,locales,tzdata,less,nano,whiptail,apt-utils',
].join();

const built = new Map<Release, Promise<string>>();

/**
 * The read-only root folder of an empty Debian server. The first call builds it with debootstrap (about a minute), later
 * ones find it in the cache. A changed package list builds a new one.
 */
export function ensureRoot(release: Release): Promise<string> {
  const known = built.get(release) ?? findOrBuild(release);
  built.set(release, known);
  return known;
}

async function findOrBuild(release: Release): Promise<string> {
  if (process.getuid?.() !== 0)
    throw new Error('The lab needs root: it mounts overlays and boots containers.');
  const stamp = createHash('sha256').update(`1 ${packages}`).digest('hex').slice(0, 12);
  const root = join(cacheFolder('roots'), `${release}-${stamp}`);
  const unlock = await takeLock(`root-${release}`);
  try {
    await ensureTools();
    if (!existsSync(root)) await build(release, root);
  } finally {
    await unlock();
  }
  return root;
}

async function ensureTools(): Promise<void> {
  const tools = {
    '/usr/sbin/debootstrap': 'debootstrap',
    '/usr/bin/systemd-nspawn': 'systemd-container',
    '/usr/sbin/iptables': 'iptables',
  };
  const missing = Object.entries(tools).flatMap(([file, name]) => (existsSync(file) ? [] : [name]));
  if (!missing.length) return;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await execa('apt-get', ['update'], { env });
  await execa('apt-get', ['install', '-y', '--no-install-recommends', ...missing], { env });
}

async function build(release: Release, root: string): Promise<void> {
  const unfinished = `${root}.building`;
  await rm(unfinished, { recursive: true, force: true });
  const [main] = await debianMirrors(release);
  await execa('debootstrap', ['--variant=minbase', `--include=${packages}`, release, unfinished, main.uri]);
  finish(unfinished);
  await rename(unfinished, root);
}

/** What an installer would have asked or drawn. A lab that makes its own machine-id at boot would differ at each boot. */
function finish(root: string): void {
  const id = createHash('sha256').update('setup-wizard lab').digest('hex').slice(0, 32);
  writeFileSync(join(root, 'etc/machine-id'), `${id}\n`);
  writeFileSync(join(root, 'etc/hostname'), 'server\n');
  writeFileSync(
    join(root, 'etc/hosts'),
    '127.0.0.1\tlocalhost\n127.0.1.1\tserver.lab.test\tserver\n::1\tlocalhost ip6-localhost ip6-loopback\n',
  );
}
