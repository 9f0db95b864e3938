/**
 * Dumps of databases and their way back. A dump has its name only once it is complete and on the disk.
 */
import * as texts from '../../i18n/texts/operations.ts';
import { shell } from '../encode/shell.ts';
import { type Context, Failure } from '../verbs.ts';
import { keepFile, stamp } from './archive.ts';
import { silentForHours } from './called.ts';
import {
  ask,
  type Client,
  type Engine,
  identifier,
  literal,
  programOf,
  query,
  queryIfThere,
  type Server,
  withClient,
} from './sql-client.ts';

export { ask, identifier, isLoopback, literal, query, queryIfThere, type Server } from './sql-client.ts';

/** `mysql:db/pretix`, the way resource keys name engines. */
export const keyOf = (server: Server, rest: string): string =>
  `${server.engine === 'mysql' ? 'mysql' : 'pg'}:${rest}`;

export interface Dumped {
  readonly exists: boolean;
  /** It holds no table. */
  readonly empty: boolean;
  /** Path of the dump; nothing if there is no such database. */
  readonly reference?: string;
}

/** Number of tables; nothing if there is no such database, or no server yet. */
export async function countTables(
  server: Server,
  name: string,
  context: Context,
): Promise<number | undefined> {
  const { engine } = server;
  const rows = await queryIfThere(server, existsSql(engine, name), context);
  if (!rows || rows.length === 0) return undefined;
  const options = engine === 'postgresql' ? { database: name } : {};
  const [[count] = []] = await query(server, tablesSql(engine, name), context, options);
  return Number(count);
}

function existsSql(engine: Engine, name: string): string {
  const value = literal(engine, name);
  return engine === 'mysql'
    ? `SELECT 1 FROM information_schema.schemata WHERE schema_name=${value};`
    : `SELECT 1 FROM pg_database WHERE datname=${value};`;
}

function tablesSql(engine: Engine, name: string): string {
  if (engine === 'mysql')
    return `SELECT COUNT(*) FROM information_schema.tables WHERE table_schema=${literal(engine, name)};`;
  return `SELECT COUNT(*) FROM pg_class c JOIN pg_namespace n ON n.oid=c.relnamespace
    WHERE c.relkind IN ('r','p','v','m','S','f') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname<>'information_schema';`;
}

/** The command line that loads a dump again; it names the database itself. */
function restoreLine({ engine, ...server }: Server, path: string, { values }: Context): string {
  const [host, user] = [values.public(server.host), values.public(server.user ?? '')];
  const port = server.port === undefined ? '' : values.public(server.port);
  const isSocket = values.public(server.login) === 'socket';
  const where = isSocket ? [] : [...['--host', host], ...(port ? ['--port', port] : []), '--user', user];
  const psql = ['psql', '--no-psqlrc', '--quiet', '--dbname', 'postgres'];
  const argv = {
    mysql: ['mariadb', ...where, ...(isSocket ? [] : ['--password'])],
    postgresql: [
      ...(isSocket ? asUser('postgres') : []),
      ...psql,
      ...where.map((word) => word.replace('--user', '--username')),
    ],
  }[engine];
  return `${argv.map(shell).join(' ')} < ${shell(path)}`;
}

/** Dumps a database to `kept/`, with what is needed to create it again. A dump that fails throws. */
export async function dumpDatabase(server: Server, name: string, context: Context): Promise<Dumped> {
  const tables = await countTables(server, name, context);
  if (tables === undefined) return { exists: false, empty: true };
  const target = await context.keptPath(`${dumpName(server, name)}-${stamp(context.host.now())}.sql`);
  const program = await programOf(server.engine, 'dump', context);
  await withClient(server, context, undefined, (client) =>
    dumpTo(target, server, client, [...client.argv(program), ...dumpFlags[server.engine], name], context),
  );
  return { exists: true, empty: tables === 0, reference: target };
}

/** The dumps of one database share this beginning; a blank in a name would not survive everywhere. */
export const dumpName = (server: Server, name: string): string =>
  keyOf(server, name).replaceAll(/[^\w.-]/g, '-');

const dumpFlags = {
  mysql: [
    ...['--single-transaction', '--routines', '--triggers', '--events', '--hex-blob', '--no-tablespaces'],
    ...['--default-character-set=utf8mb4', '--databases'],
  ],
  postgresql: ['--create', '--no-password', '--encoding=UTF8'],
};

const lastWords = { mysql: 'Dump completed', postgresql: 'dump complete' };

/** The shell opens the file as the engine's user, then becomes the program: the text of both is fixed. */
async function dumpTo(
  target: string,
  server: Server,
  client: Client,
  argv: string[],
  context: Context,
): Promise<void> {
  const { host } = context;
  const partial = `${target}.partial`;
  await host.write(partial, '', { mode: '0600' });
  const { as, ...options } = client.options;
  await context.must(['sh', '-c', 'exec "$@" >"$0"', partial, ...asUser(as), ...argv], {
    ...silentForHours,
    ...options,
  });
  const tail = await host.look(['tail', '--bytes=600', partial]);
  if (!tail.stdout.includes(lastWords[server.engine])) {
    throw new Failure('command-failed', {
      command: argv[0] ?? '',
      code: '0',
      lastLine: tail.stdout.slice(-200),
    });
  }
  await keepFile(partial, target, ['test', '-s', partial], restoreLine(server, target, context), context);
}

const asUser = (as: string | undefined): string[] =>
  as === undefined ? [] : ['runuser', '--user', as, '--'];

/** Makes the database as it was when `dumped` was taken. Can be stopped anywhere and started again. */
export async function restoreDatabase(
  server: Server,
  name: string,
  dumped: Dumped,
  context: Context,
): Promise<void> {
  const { engine } = server;
  if ((await countTables(server, name, context)) !== undefined) {
    await waitForClients(server, name, context);
    await query(server, `DROP DATABASE IF EXISTS ${identifier(engine, name)};`, context, { effect: true });
  }
  if (dumped.reference === undefined) return;
  const { reference } = dumped;
  const program = await programOf(engine, 'client', context);
  await withClient(server, context, undefined, async (client) => {
    const { as, ...options } = client.options;
    const argv = [...client.argv(program), ...loadFlags[engine]];
    await context.must(['sh', '-c', 'exec "$@" <"$0"', reference, ...asUser(as), ...argv], {
      ...silentForHours,
      ...options,
    });
  });
}

const loadFlags = {
  mysql: ['--default-character-set=utf8mb4'],
  postgresql: [
    '--no-psqlrc',
    '--quiet',
    '--no-password',
    '--set=ON_ERROR_STOP=1',
    '--output=/dev/null',
    '--dbname',
    'postgres',
  ],
};

const patience = 60;

/** A database cannot go while someone works in it: a program that was just ended may need a moment. */
export async function waitForClients(server: Server, name: string, context: Context): Promise<void> {
  const value = literal(server.engine, name);
  const sql =
    server.engine === 'mysql'
      ? `SELECT DISTINCT user FROM information_schema.processlist WHERE db=${value} AND id<>CONNECTION_ID();`
      : `SELECT DISTINCT usename FROM pg_stat_activity WHERE datname=${value} AND pid<>pg_backend_pid();`;
  for (let second = 0; ; second++) {
    const users = (await query(server, sql, context)).flat();
    if (users.length === 0) return;
    if (second >= patience) throw inUse(name, users);
    await context.host.sleep(1000);
  }
}

function inUse(name: string, users: readonly string[]): Failure {
  const who = users.join(', ');
  const say = texts.databaseInUse(name, users);
  return new Failure('undo-differs', { what: name, users: who }, { say });
}

/** Before a server itself goes: everything in it that is not its own. Nothing if there is nothing. */
export async function dumpServer(engine: Engine, context: Context): Promise<void> {
  if (!(await hasForeignDatabase(engine, context))) return;
  const server: Server = { engine, host: 'localhost', login: 'socket' };
  const first = await ask(server, 'SELECT 1;', context);
  if (!first.ok) await context.run(['systemctl', 'start', engine === 'mysql' ? 'mariadb' : 'postgresql']);
  await query(server, 'SELECT 1;', context);
  const target = await context.keptPath(`${engine}-all-${stamp(context.host.now())}.sql`);
  const program = await programOf(engine, 'dumpAll', context);
  await withClient(server, context, undefined, (client) =>
    dumpTo(target, server, client, [...client.argv(program), ...allFlags[engine]], context),
  );
}

const allFlags = {
  mysql: ['--all-databases', ...dumpFlags.mysql.filter((flag) => flag !== '--databases')],
  postgresql: ['--no-password'],
};

/** Looks at the files: a server that was never configured does not answer, and holds nothing. */
async function hasForeignDatabase(engine: Engine, { host }: Context): Promise<boolean> {
  if (engine === 'mysql') {
    const own = ['mysql', 'performance_schema', 'sys', 'lost+found'];
    const found = await host.look([
      'find',
      '/var/lib/mysql',
      '-mindepth',
      '1',
      '-maxdepth',
      '1',
      '-type',
      'd',
      '-printf',
      '%f\\n',
    ]);
    return found.stdout
      .split('\n')
      .some((name) => name !== '' && !name.startsWith('#') && !own.includes(name));
  }
  const found = await host.look([
    'find',
    '/var/lib/postgresql',
    '/var/lib/pgsql',
    '-path',
    '*/base/*',
    '-prune',
    '-printf',
    '%f\\n',
  ]);
  const firstOfUsers = 16384;
  return found.stdout.split('\n').some((number) => Number(number) >= firstOfUsers);
}
