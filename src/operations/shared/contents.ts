/**
 * What is in the places that packages bring: their folders in /etc, the databases of their servers. What somebody put
 * there since would go with the packages.
 */
import { createHash } from 'node:crypto';
import type { Host } from '../../host/types.ts';
import type { Context } from '../verbs.ts';
import type { PackageManager } from './package-manager.ts';
import { ask, type Engine } from './sql-client.ts';

/** A fingerprint by path or name. */
export type Contents = Readonly<Record<string, string>>;

interface Places {
  /** Without: it is among what a server has in its own folder. */
  readonly folder?: string;
  /** Beginning of the keys of what a guide has in it. */
  readonly keys: string;
  /** Nothing while the server does not answer. */
  readonly names?: (context: Context) => Promise<readonly string[] | undefined>;
  /** What these names begin with. */
  readonly words?: readonly string[];
}

const inSql: Readonly<Record<Engine, string>> = {
  mysql: `SELECT CONCAT('database ', schema_name) FROM information_schema.schemata
    UNION SELECT CONCAT('account ', user, '@', host) FROM mysql.user ORDER BY 1;`,
  postgresql: `SELECT 'database ' || datname FROM pg_database UNION SELECT 'account ' || rolname FROM pg_roles ORDER BY 1;`,
};

const namesIn = (engine: Engine) => async (context: Context) => {
  const answer = await ask({ engine, host: 'localhost', login: 'socket' }, inSql[engine], context);
  return answer.ok ? answer.rows.flat() : undefined;
};

const redisWord = 'redis:db';

const redisDatabases =
  (client: string) =>
  async ({ host }: Context): Promise<string[] | undefined> => {
    const { stdout } = await host.look([client, 'info', 'keyspace']);
    if (!stdout.startsWith('# Keyspace')) return undefined;
    return [...stdout.matchAll(/^db(\d+):/gm)].map(([, number]) => `${redisWord}${number}`);
  };

const xmppWord = 'XMPP ';
const prosodyData = '/var/lib/prosody';

/** Without those that Jitsi's own services sign in with. */
async function prosodyAccounts({ host }: Context): Promise<string[]> {
  const { stdout } = await host.look(['find', prosodyData, '-path', '*/accounts/*.dat', '-print']);
  const found = [...stdout.matchAll(/^\/var\/lib\/prosody\/([^/\n]+)\/accounts\/([^/\n]+)\.dat$/gm)];
  const accounts = found.map(([, at = '', user = '']) => `${decoded(user)}@${decoded(at)}`);
  return accounts.filter((account) => !account.includes('@auth.')).map((account) => xmppWord + account);
}

const decoded = (name: string): string =>
  Buffer.from(
    name.replaceAll(/%([0-9a-f]{2})/g, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16))),
    'latin1',
  ).toString();

const dockerWords = ['container ', 'volume ', 'image '];

async function inDocker({ host }: Context): Promise<string[]> {
  const lists = [
    ['container ', 'ps', '--all', '--format', '{{.Names}}'],
    ['volume ', 'volume', 'ls', '--format', '{{.Name}}'],
    ['image ', 'image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'],
  ];
  const found: string[] = [];
  for (const [word = '', ...argv] of lists) {
    const { code, stdout } = await host.look(['docker', ...argv]);
    // It does not run: then its files tell what would go with it.
    if (code !== 0) return inDockerFiles(host);
    found.push(...linesOf(stdout).map((name) => word + name));
  }
  return found;
}

async function inDockerFiles(host: Host): Promise<string[]> {
  const folders = ['containers', 'volumes'].map((name) => `/var/lib/docker/${name}`);
  const found = await host.look(['find', ...folders, '-mindepth', '1', '-maxdepth', '1', '-type', 'd']);
  return linesOf(found.stdout).map((path) => path.replace(/^.*\/(container|volume)s\//, '$1 '));
}

const linesOf = (text: string): string[] => text.split('\n').filter(Boolean);

const docker: Places = { folder: '/etc/docker', keys: 'docker:', names: inDocker, words: dockerWords };
/** It has nothing of its own, and what stays is led by it. */
const compose: Places = { folder: '/etc/docker', keys: 'docker:project/' };

const words = ['database ', 'account '];
const mysql: Places = { folder: '/etc/mysql', keys: 'mysql:', names: namesIn('mysql'), words };
const postgresql = { keys: 'pg:', names: namesIn('postgresql'), words };
const redis: Places = {
  folder: '/etc/redis',
  keys: 'cmd:redis-databases-',
  names: redisDatabases('redis-cli'),
  words: [redisWord],
};
const prosody: Places = { keys: 'prosody:', names: prosodyAccounts, words: [xmppWord] };

const places: Readonly<Record<string, Places>> = {
  'docker.io': docker,
  'docker-compose': compose,
  'docker-compose-v2': compose,
  apache2: { folder: '/etc/apache2', keys: 'apache:' },
  httpd: { folder: '/etc/httpd', keys: 'apache:' },
  nginx: { folder: '/etc/nginx', keys: 'nginx:' },
  prosody: { ...prosody, folder: '/etc/prosody' },
  'jitsi-meet': prosody,
  firewalld: { folder: '/etc/firewalld', keys: 'firewalld:' },
  supervisor: { folder: '/etc/supervisor', keys: 'supervisor:' },
  ufw: { folder: '/etc/ufw', keys: 'ufw:' },
  'mariadb-server': mysql,
  'mysql-server': mysql,
  postgresql: { ...postgresql, folder: '/etc/postgresql' },
  'postgresql-server': postgresql,
  'redis-server': redis,
  redis,
  valkey: { ...redis, folder: '/etc/valkey', names: redisDatabases('valkey-cli') },
};

const known = (names: readonly string[]): Places[] => names.flatMap((name) => places[name] ?? []);

/** Beginnings of paths. */
const inFolder = ({ folder }: Places): string[] => (folder === undefined ? [] : [`${folder}/`]);

/** Beginnings of paths and keys. */
export function placesOf(names: readonly string[]): string[] {
  return known(names).flatMap((place) => [...inFolder(place), place.keys]);
}

/** Without what is in the places of packages that are not among `names`: they were there before. */
export function contentsIn(contents: Contents, names: readonly string[]): Contents {
  const own = known(names);
  const others = Object.values(places).filter((place) => !own.includes(place));
  const isIn = (path: string) => (place: Places) =>
    [...inFolder(place), ...(place.words ?? [])].some((beginning) => path.startsWith(beginning));
  return Object.fromEntries(
    Object.entries(contents).filter(([path]) => own.some(isIn(path)) || !others.some(isIn(path))),
  );
}

/** Nothing while one of their servers does not answer. */
export async function contentsOf(
  names: readonly string[],
  manager: PackageManager,
  context: Context,
): Promise<Contents | undefined> {
  const { host, fingerprint } = context;
  const all = known(names);
  const own = all.length > 0 ? await manager.configFiles([], host) : new Map();
  const edited = await editedConfiguration(names, manager, host);
  const found = new Map<string, string>();
  for (const { folder, names: list } of all) {
    for (const path of folder === undefined ? [] : await filesIn(folder, host)) {
      if (!own.has(path) || (await isEdited(path, own, host))) found.set(path, await printOf(path, context));
    }
    const held = list ? await list(context) : [];
    if (held === undefined) return undefined;
    for (const name of held) found.set(name, fingerprint(name));
  }
  for (const path of edited) found.set(path, await printOf(path, context));
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Files of a package that somebody has edited: they go, or are put aside, with the rest. */
export async function editedConfiguration(
  names: readonly string[],
  manager: PackageManager,
  host: Host,
): Promise<string[]> {
  if (names.length === 0) return [];
  const own = await manager.configFiles(names, host);
  const edited = await Promise.all(
    [...own.keys()].map(async (path) => ((await isEdited(path, own, host)) ? [path] : [])),
  );
  return edited.flat();
}

const algorithms: Readonly<Record<number, string>> = { 32: 'md5', 40: 'sha1', 64: 'sha256', 128: 'sha512' };

async function isEdited(path: string, own: ReadonlyMap<string, string>, host: Host): Promise<boolean> {
  const stat = await host.stat(path);
  if (stat?.type !== 'file') return stat !== undefined;
  const bytes = await host.read(path);
  const given = own.get(path) ?? '';
  const algorithm = algorithms[given.length];
  if (bytes === undefined || algorithm === undefined) return false;
  return createHash(algorithm).update(bytes).digest('hex') !== given;
}

async function filesIn(folder: string, host: Host): Promise<string[]> {
  const { stdout } = await host.look(['find', folder, '!', '-type', 'd', '-print']);
  return stdout.split('\n').filter(Boolean);
}

async function printOf(path: string, { host, fingerprint }: Context): Promise<string> {
  const stat = await host.stat(path);
  const bytes = stat?.type === 'file' ? await host.read(path) : undefined;
  return fingerprint(bytes ?? stat?.target ?? '');
}
