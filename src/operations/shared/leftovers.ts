/**
 * What packages leave behind when they go: users, groups and folders that their scripts made, and data. Measured on
 * Debian 12 and 13 (test/lab/kinds.test.ts); what dnf's are known to make stands beside.
 */
import { dirname } from 'node:path';
import type { Host } from '../../host/types.ts';
import type { Context } from '../verbs.ts';
import { archiveFolder } from './archive.ts';
import type { PackageManager } from './package-manager.ts';
import { endProcesses } from './processes.ts';
import { dumpServer } from './sql.ts';

/** What a machine had before packages came. */
export interface Machine {
  readonly packages: Readonly<Record<string, string>>;
  readonly users: readonly string[];
  readonly groups: readonly string[];
  /** What was in the folders where packages make folders of their own. */
  readonly entries: Readonly<Record<string, readonly string[]>>;
}

export interface Leftovers {
  /** Units of systemd, some as patterns: a purge does not stop all of them. */
  readonly services: readonly string[];
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly paths: readonly string[];
}

/** What is right under these belongs to packages; `also` is where people put things too. */
const own = ['/etc', '/var/lib'];
const also = [
  '/var',
  '/var/www',
  '/var/www/html',
  '/var/spool',
  '/usr/local/lib',
  '/usr/local/share',
  '/opt',
  '/srv',
  // A site's own settings may be there before Docker is.
  '/etc/docker',
];

/** What no package lists; what one lists is asked of dpkg. */
const unlisted: Readonly<Record<string, readonly string[]>> = {
  'mariadb-server': ['/var/lib/mysql', '/etc/mysql'],
  'mysql-server': ['/var/lib/mysql', '/var/lib/mysql-files', '/var/lib/mysql-keyring', '/etc/mysql'],
  'redis-server': ['/var/lib/redis', '/etc/redis'],
  redis: ['/var/lib/redis', '/etc/redis'],
  valkey: ['/var/lib/valkey', '/etc/valkey'],
  'postgresql-common': ['/var/lib/postgresql', '/etc/postgresql'],
  'postgresql-server': ['/var/lib/pgsql'],
  apache2: ['/var/lib/apache2', '/etc/apache2'],
  nginx: [
    '/var/lib/nginx',
    '/etc/nginx',
    '/var/www',
    '/var/www/html',
    '/var/www/html/index.nginx-debian.html',
  ],
  'docker.io': ['/var/lib/docker', '/etc/docker', '/etc/docker/key.json'],
  'docker-ce': ['/var/lib/docker', '/etc/docker', '/etc/docker/key.json'],
  containerd: ['/var/lib/containerd', '/etc/containerd', '/etc/cni'],
  'containerd.io': ['/var/lib/containerd', '/etc/containerd', '/etc/cni'],
  'exim4-config': ['/etc/aliases', '/etc/mailname'],
  certbot: ['/etc/letsencrypt', '/var/lib/letsencrypt'],
  prosody: ['/var/lib/prosody', '/etc/prosody'],
  coturn: ['/var/lib/turn'],
  'jitsi-meet-web-config': ['/etc/jitsi'],
  'jitsi-videobridge2': ['/etc/jitsi'],
};

/** What is packed before these go, instead of all: the rest can be made again, or is in a dump. */
const worthKeeping: Readonly<Record<string, readonly string[]>> = {
  '/var/lib/mysql': [],
  '/var/lib/postgresql': [],
  '/var/lib/pgsql': ['pg_hba.conf', 'pg_ident.conf', 'postgresql.conf', 'postgresql.auto.conf'].map(
    (file) => `/var/lib/pgsql/data/${file}`,
  ),
  '/var/lib/apache2': [],
  '/var/lib/docker': ['/var/lib/docker/volumes'],
  '/var/lib/containerd': [],
  '/etc/docker/key.json': [],
  '/var/www/html/index.nginx-debian.html': [],
};

export async function readMachine(manager: PackageManager, host: Host): Promise<Machine> {
  const states = await manager.states(host);
  const entries = await Promise.all(
    [...own, ...also].map(async (folder) => [folder, await host.list(folder)] as const),
  );
  return {
    packages: Object.fromEntries([...states].map(([name, { state }]) => [name, state])),
    users: await namesIn(host, '/etc/passwd'),
    groups: await namesIn(host, '/etc/group'),
    entries: Object.fromEntries(entries),
  };
}

/** First field of each line. */
async function namesIn(host: Host, file: string): Promise<string[]> {
  const text = (await host.read(file))?.toString() ?? '';
  return text
    .split('\n')
    .map((line) => line.split(':')[0] ?? '')
    .filter(Boolean);
}

/** Asked before the purge: what these packages made that was not there before they came. */
export async function findLeftovers(
  names: readonly string[],
  before: Machine,
  manager: PackageManager,
  { host, isNeeded }: Pick<Context, 'host' | 'isNeeded'>,
): Promise<Leftovers> {
  if (names.length === 0) return { services: [], users: [], groups: [], paths: [] };
  const listed = await manager.files(names, host);
  const words = await wordsOf(await manager.scripts(names, host), listed, host);
  const users = (await namesIn(host, '/etc/passwd')).filter(
    (name) => !before.users.includes(name) && words.has(name),
  );
  const groups = (await namesIn(host, '/etc/group')).filter(
    (name) => !before.groups.includes(name) && words.has(name),
  );
  return {
    services: servicesIn(listed),
    users,
    groups,
    paths: newFolders([...listed, ...names.flatMap((name) => unlisted[name] ?? [])], before).filter(
      (path) => !isNeeded(`dir:${path}`) && !isNeeded(`file:${path}`),
    ),
  };
}

/** Pure: `redis-server.service`, and `postgresql@*.service` for what has instances. */
export function servicesIn(paths: readonly string[]): string[] {
  const units = paths.flatMap(
    (path) => /^(?:\/usr)?\/lib\/systemd\/system\/([^/]+\.(?:service|socket|timer))$/.exec(path)?.[1] ?? [],
  );
  return units.map((unit) => unit.replace(/@\./, '@*.'));
}

/** Timers and sockets first: they would start their service again. */
export async function stopServices(services: readonly string[], context: Context): Promise<void> {
  const isStarter = (unit: string) => /\.(timer|socket)$/.test(unit);
  const starters = services.filter(isStarter);
  const others = services.filter((unit) => !isStarter(unit));
  for (const units of [starters, others])
    if (units.length > 0) await context.run(['systemctl', 'stop', ...units]);
}

/** Where a package says which users it makes: its scripts, and files for systemd-sysusers. */
async function wordsOf(scripts: string, listed: readonly string[], host: Host): Promise<Set<string>> {
  const sysusers = listed.filter((path) => /\/sysusers\.d\/./.test(path));
  const texts = await Promise.all(sysusers.map((path) => host.read(path)));
  return new Set([scripts, ...texts].flatMap((text) => text?.toString().split(/[^\w.-]+/) ?? []));
}

/** Of these paths, those right under a folder of packages that were not there; what is inside others first. */
export function newFolders(paths: readonly string[], before: Pick<Machine, 'entries'>): string[] {
  const isNew = (path: string) => {
    const at = path.lastIndexOf('/');
    const known = before.entries[path.slice(0, at)];
    return known !== undefined && !known.includes(path.slice(at + 1));
  };
  return [...new Set(paths)].filter(isNew).sort().reverse();
}

/** After the packages are gone. Harmless twice. */
export async function removeLeftovers(
  leftovers: Leftovers,
  manager: PackageManager,
  context: Context,
): Promise<void> {
  for (const path of leftovers.paths) await removeLeftover(path, manager, context);
  const users = await namesIn(context.host, '/etc/passwd');
  for (const name of leftovers.users) {
    if (!users.includes(name)) continue;
    await endProcesses(name, context);
    await context.must(['userdel', name]);
  }
  // userdel takes the user's own group with it.
  const groups = await namesIn(context.host, '/etc/group');
  for (const name of leftovers.groups) if (groups.includes(name)) await context.must(['groupdel', name]);
}

/** A package that stays may own it too, or someone may have put something there: then it stays. */
async function removeLeftover(path: string, manager: PackageManager, context: Context): Promise<void> {
  const { host } = context;
  const stat = await host.stat(path);
  if (!stat) return;
  if (await manager.isOwned(path, host)) return;
  const isFolder = stat.type === 'directory';
  if (isFolder && !own.includes(dirname(path)) && (await holdsFiles(path, host))) return;
  for (const one of worthKeeping[path] ?? [path]) {
    await archiveFolder(one, one.slice(1).replaceAll('/', '-'), context);
  }
  await (isFolder ? host.removeTree(path) : host.remove(path));
}

async function holdsFiles(path: string, host: Host): Promise<boolean> {
  return (await host.look(['find', path, '!', '-type', 'd', '-print', '-quit'])).stdout !== '';
}

/** Before servers go with all they hold: what people put there is dumped to `kept/`. A dump that fails stops it all. */
export async function saveData(names: readonly string[], context: Context): Promise<void> {
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/^(mariadb|mysql)-server(-\d|$)/)) await dumpServer('mysql', context);
  if (has(/^postgresql-(\d+|server)$/)) await dumpServer('postgresql', context);
  for (const name of names) if (keyStores[name]) await saveKeys(keyStores[name], context);
}

interface KeyStore {
  readonly client: string;
  readonly unit: string;
  readonly folder: string;
}

const redis = { client: 'redis-cli', folder: '/var/lib/redis' };

/** By package. */
const keyStores: Readonly<Record<string, KeyStore>> = {
  'redis-server': { ...redis, unit: 'redis-server' },
  redis: { ...redis, unit: 'redis' },
  valkey: { client: 'valkey-cli', unit: 'valkey', folder: '/var/lib/valkey' },
};

/** It writes its file when it stops; when its package goes, that goes too. */
async function saveKeys({ client, unit, folder }: KeyStore, context: Context): Promise<void> {
  const { stdout } = await context.host.look([client, 'info', 'keyspace']);
  if (/^# Keyspace\s*$/.test(stdout.trim())) return;
  await context.run(['systemctl', 'stop', unit]);
  await archiveFolder(folder, unit.replace('-server', ''), context);
}
