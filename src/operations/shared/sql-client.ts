/**
 * Database servers: asked and changed by their own clients. SQL always goes to standard input, passwords to a file that
 * only its reader can open: no value of a person is ever in an argument or in the environment.
 */
import type { SqlServer } from '../../guide/kinds.ts';
import type { Ran } from '../../host/types.ts';
import { encode } from '../encode/index.ts';
import { type Context, Failure, type Resolved } from '../verbs.ts';
import { mustHaveRun } from './peek.ts';

export type Server = Resolved<SqlServer>;
export type Engine = Server['engine'];

/** What a server answered, or why there is no answer. */
export type Answer =
  | { readonly ok: true; readonly rows: readonly (readonly string[])[] }
  | { readonly ok: false; readonly why: 'absent' | 'denied' | 'failed'; readonly message: string };

interface QueryOptions {
  readonly database?: string;
  /** It changes something. */
  readonly effect?: boolean;
  /** Sign in as this user instead of as the administrator. */
  readonly login?: { readonly user: string; readonly password: string };
}

/** Rows of the answer; throws unless there is one. */
export async function query(
  server: Server,
  sql: string,
  context: Context,
  options: QueryOptions = {},
): Promise<readonly (readonly string[])[]> {
  const answer = await ask(server, sql, context, options);
  if (answer.ok) return answer.rows;
  throw await failureOf(server, answer, context, options.effect);
}

/** As `query`; nothing while the server or its client is not there yet. On the way back, one that only stands still is. */
export async function queryIfThere(
  server: Server,
  sql: string,
  context: Context,
  options: QueryOptions = {},
): Promise<readonly (readonly string[])[] | undefined> {
  const answer = await ask(server, sql, context, options);
  if (answer.ok) return answer.rows;
  if (answer.why === 'absent' && !(await isStopped(server, context))) return undefined;
  throw await failureOf(server, answer, context);
}

/** What was made in it is still there: that must not pass for taken back. */
async function isStopped(server: Server, { purpose, host, values }: Context): Promise<boolean> {
  if (purpose !== 'undo') return false;
  if (!isLoopback(values.public(server.host))) return true;
  const found = await Promise.all(serverPrograms[server.engine].map((path) => host.stat(path)));
  return found.some(Boolean);
}

/** Of Debian, and of Red Hat. */
const serverPrograms = {
  mysql: ['/usr/sbin/mariadbd', '/usr/sbin/mysqld', '/usr/libexec/mariadbd', '/usr/libexec/mysqld'],
  postgresql: ['/usr/bin/pg_ctlcluster', '/usr/bin/postgres'],
} as const;

/** Asks; refusals and errors are answers too. */
export async function ask(
  server: Server,
  sql: string,
  context: Context,
  options: QueryOptions = {},
): Promise<Answer> {
  const { engine } = server;
  return withClient(server, context, options.login, async (client) => {
    const argv = [...client.argv(await programOf(engine, 'client', context)), ...clientFlags[engine]];
    const database =
      engine === 'postgresql'
        ? ['--dbname', options.database ?? 'postgres']
        : [options.database ?? []].flat();
    const given = { ...client.options, stdin: `${prelude[engine]}${sql}\n` };
    const ran = options.effect
      ? await context.run([...argv, ...database], given)
      : await context.host.look([...argv, ...database], given);
    mustHaveRun(ran, client.options.as);
    return answerOf(engine, ran, context);
  });
}

const programs = {
  mysql: {
    client: ['mariadb', 'mysql'],
    dump: ['mariadb-dump', 'mysqldump'],
    dumpAll: ['mariadb-dump', 'mysqldump'],
  },
  postgresql: { client: ['psql'], dump: ['pg_dump'], dumpAll: ['pg_dumpall'] },
} as const;

/** The first of the names of a program that is installed here. */
export async function programOf(
  engine: Engine,
  use: 'client' | 'dump' | 'dumpAll',
  { host }: Context,
): Promise<string> {
  const [first, second] = programs[engine][use];
  return second !== undefined && !(await host.stat(`/usr/bin/${first}`)) ? second : first;
}

const clientFlags = {
  mysql: ['--batch', '--raw', '--skip-column-names', '--default-character-set=utf8mb4'],
  postgresql: [
    '--no-psqlrc',
    '--quiet',
    '--no-align',
    '--tuples-only',
    '--field-separator=\t',
    '--set=ON_ERROR_STOP=1',
    '--no-password',
  ],
};

/** The literals of `encode` need a session without NO_BACKSLASH_ESCAPES and ANSI_QUOTES. */
const prelude = {
  mysql: "SET SESSION sql_mode='STRICT_ALL_TABLES';\n",
  postgresql: 'SET client_min_messages=warning;\n',
};

/** How a client program of this server is started. */
export interface Client {
  argv(program: string): string[];
  readonly options: {
    readonly as?: string;
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
  };
}

export async function withClient<T>(
  server: Server,
  context: Context,
  login: QueryOptions['login'],
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const { values } = context;
  const isSocket = !login && values.public(server.login) === 'socket';
  const port = server.port === undefined ? '' : values.public(server.port);
  const host = values.public(server.host);
  if (isSocket) return use(socketClient(server.engine, port));
  const user = login?.user ?? values.public(server.user ?? '');
  const password = login?.password ?? values.full(server.password ?? '');
  const signIn = { host, port, user, password };
  return server.engine === 'mysql'
    ? withOptionFile(signIn, context, use)
    : withPassFile(signIn, context, use);
}

function socketClient(engine: Engine, port: string): Client {
  if (engine === 'mysql') return { argv: (program) => [program], options: { cwd: '/' } };
  return {
    argv: (program) => [program, ...(port ? ['--port', port] : [])],
    options: { as: 'postgres', cwd: '/' },
  };
}

interface SignIn {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly password: string;
}

/** Only this file: ~/.my.cnf would be read after it and win. */
function withOptionFile<T>(
  { host, port, user, password }: SignIn,
  context: Context,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const line = (name: string, value: string) => `${name}=${encode('mysql-option-file', value)}\n`;
  // Since 11.4 the client wants a certificate it can verify, which a server on the same machine rarely has.
  const tls = isLoopback(host) ? 'loose-disable-ssl-verify-server-cert\n' : '';
  const where = host === 'localhost' ? '' : `protocol=tcp\n${line('port', port || '3306')}`;
  const text = `[client]\n${line('host', host)}${where}${line('user', user)}${line('password', password)}${tls}`;
  return context.withSecretFile(text, undefined, (path) =>
    use({ argv: (program) => [program, `--defaults-file=${path}`], options: { cwd: '/' } }),
  );
}

function withPassFile<T>(
  { host, port, user, password }: SignIn,
  context: Context,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const where = ['--host', host, '--port', port || '5432', '--username', user];
  return context.withSecretFile(`*:*:*:*:${encode('pgpass', password)}\n`, undefined, (path) =>
    use({
      argv: (program) => [program, ...where],
      options: { cwd: '/', env: { PGPASSFILE: path, PGCONNECT_TIMEOUT: '10' } },
    }),
  );
}

const absent = {
  mysql: /ERROR 200[2-5]\b|ERROR 2013\b/,
  postgresql:
    /could not connect|Connection refused|No such file or directory|could not translate host name|starting up/,
};
const denied = {
  mysql: /ERROR (1045|1698|1130|1044|1142|1227)\b/,
  postgresql:
    /authentication failed|no pg_hba\.conf entry|permission denied|role "[^"]*" does not exist|no password supplied/,
};

/** Pure: what the client's end means. */
export function answerOf(engine: Engine, ran: Ran, context: Pick<Context, 'redact'>): Answer {
  if (ran.code === 0) {
    const lines = ran.stdout === '' ? [] : ran.stdout.replace(/\n$/, '').split('\n');
    return { ok: true, rows: lines.map((line) => line.split('\t')) };
  }
  const message = context.redact(
    ran.stderr
      .trim()
      .split('\n')
      .find((line) => /ERROR|FATAL|error/.test(line)) ?? ran.stderr.trim(),
  );
  if (ran.code === 127 || absent[engine].test(ran.stderr)) return { ok: false, why: 'absent', message };
  return { ok: false, why: denied[engine].test(ran.stderr) ? 'denied' : 'failed', message };
}

async function failureOf(
  server: Server,
  { why, message }: Extract<Answer, { ok: false }>,
  context: Context,
  isEffect = false,
): Promise<Failure> {
  if (why === 'denied' && context.values.public(server.login) === 'socket') {
    const { stdout } = await context.host.look(['id', '-u']);
    if (stdout.trim() !== '0') return new Failure('needs-root');
  }
  const what = `${server.engine} ${context.values.public(server.host)}`;
  if (!isEffect) return new Failure('cannot-look', { what, reason: message });
  return new Failure('command-failed', {
    command: await programOf(server.engine, 'client', context),
    code: why,
    lastLine: message,
  });
}

/** `pretix` as SQL text of that engine. */
export const literal = (engine: Engine, value: string): string =>
  encode(engine === 'mysql' ? 'mysql-literal' : 'pg-literal', value);
export const identifier = (engine: Engine, value: string): string =>
  encode(engine === 'mysql' ? 'mysql-identifier' : 'pg-identifier', value);

/** The server is on this machine. */
export const isLoopback = (host: string): boolean => /^($|localhost$|127\.|::1$)/.test(host);
