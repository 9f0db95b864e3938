/**
 * One look at something that an answer names.
 *
 * 1. It changes nothing, and it never throws: what cannot be looked at is `unknown`, with the reason.
 * 2. It ends within `patience`.
 * 3. What it says holds no secret.
 *
 * Proven by test/run/live-checks.test.ts.
 */
import type { LiveLook, Text } from '../guide/types.ts';
import type { Host } from '../host/types.ts';
import * as texts from '../i18n/texts/live-checks.ts';
import { portHolder } from '../operations/shared/ports.ts';
import { ask, type Engine, isLoopback, type Server } from '../operations/shared/sql-client.ts';
import { type Context, Failure, type Resolved } from '../operations/verbs.ts';
import type { LiveCheck } from './protocol.ts';

export type Look = Resolved<LiveLook>;
type Kind<K extends Look['look']> = Extract<Look, { readonly look: K }>;

export type Found = Pick<LiveCheck, 'state' | 'say'>;
const found = (state: Found['state'], say: Text): Found => ({ state, say });

/** Milliseconds for one look. */
const patience = 5000;

/** `claimed`: resources that earlier runs of the guide hold (`port:tcp/8345`). */
export async function lookAt(
  look: Look,
  context: Context,
  claimed: () => Promise<ReadonlySet<string>>,
): Promise<Found> {
  const { promise: late, resolve } = Promise.withResolvers<Found>();
  const timer = setTimeout(
    () => resolve(found('unknown', texts.notInTime(subjectOf(look, context)))),
    patience,
  );
  const seen = see(look, { ...context, host: impatient(context.host) }, claimed).catch((error: unknown) =>
    failed(look, context, error),
  );
  const result = await Promise.race([seen, late]);
  clearTimeout(timer);
  const { fr, en } = result.say;
  return { ...result, say: { fr: context.redact(fr), en: context.redact(en) } };
}

/** Programs end a little before the look does, so that they are never left behind. */
const impatient = (host: Host): Host => ({
  ...host,
  look: (argv, options) => host.look(argv, { timeout: patience - 500, ...options }),
});

function see(look: Look, context: Context, claimed: () => Promise<ReadonlySet<string>>): Promise<Found> {
  switch (look.look) {
    case 'dns':
      return seeName(context.values.public(look.name), context);
    case 'banner':
      return seeServer(look, context);
    case 'port-free':
      return seePort(context.values.public(look.port), context, claimed);
    case 'sql-login':
      return seeDatabase(look.server, context);
    default:
      return look satisfies never;
  }
}

/** What is said until it is known. */
export function lookingAt(look: Look, { values }: Pick<Context, 'values'>): Text {
  switch (look.look) {
    case 'dns':
      return texts.lookingUp(values.public(look.name));
    case 'banner':
      return texts.connecting(addressOf(look, { values }));
    case 'port-free':
      return texts.lookingAtPort(values.public(look.port));
    case 'sql-login':
      return texts.signingIn(serverName(look.server, { values }));
    default:
      return look satisfies never;
  }
}

function subjectOf(look: Look, { values }: Pick<Context, 'values'>): string {
  if (look.look === 'dns') return values.public(look.name);
  if (look.look === 'banner') return addressOf(look, { values });
  return look.look === 'port-free' ? values.public(look.port) : serverName(look.server, { values });
}

function failed(look: Look, context: Context, error: unknown): Found {
  const what = subjectOf(look, context);
  if (error instanceof Failure && error.code === 'needs-root') return found('unknown', texts.onlyRoot(what));
  const reason = error instanceof Failure ? Object.values(error.values).join(' ') : String(error);
  return found('unknown', texts.cannotLook(what, reason));
}

async function seeName(name: string, { host }: Context): Promise<Found> {
  const addresses = await host.resolve(name).catch(() => undefined);
  if (!addresses) return found('unknown', texts.noNameServer(name));
  if (addresses.length === 0) return found('bad', texts.noSuchName(name));
  if (addresses.every(isLoopback)) return found('unknown', texts.onlyFromHere(name));
  const own = host.addresses();
  const there = addresses.filter((address) => !own.includes(address));
  if (there.length === 0) return found('good', texts.leadsHere(name, addresses));
  if (there.length < addresses.length) return found('bad', texts.leadsHereAndElsewhere(name, there));
  const outer = own.filter((address) => !isLoopback(address));
  return found('unknown', texts.leadsElsewhere(name, there, outer));
}

function addressOf({ host, port }: Kind<'banner'>, { values }: Pick<Context, 'values'>): string {
  const name = values.public(host);
  return `${name.includes(':') ? `[${name}]` : name}:${values.public(port)}`;
}

/** Milliseconds that a server gets for its first words; some wait before they greet. */
const greeting = 4000;

async function seeServer(look: Kind<'banner'>, context: Context): Promise<Found> {
  const { host, values } = context;
  const address = addressOf(look, context);
  const began = performance.now();
  try {
    const wait = look.banner === undefined ? 0 : greeting;
    const said = await host.connect(values.public(look.host), Number(values.public(look.port)), wait);
    const time = Math.max(1, Math.round(performance.now() - began));
    if (look.banner === undefined) return found('good', texts.answersIn(address, time, ''));
    if (said === '') return found('bad', texts.saysNothing(address));
    return said.startsWith(look.banner)
      ? found('good', texts.answersIn(address, time, readable(said)))
      : found('bad', texts.answersOtherwise(address, readable(said), look.banner));
  } catch (error) {
    return found('bad', whyNot(address, values.public(look.host), error));
  }
}

function whyNot(address: string, host: string, error: unknown): Text {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return texts.refuses(address);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return texts.unknownHost(host);
  if (code === '' || code === 'ETIMEDOUT') return texts.silent(address);
  return texts.unreachable(address, code);
}

/** A name with several addresses fails with one error for each. */
function codeOf(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error && 'code' in first ? String(first.code) : '';
}

/** A server's line as a person may see it: no control character, not longer than a line. */
const readable = (said: string): string =>
  said
    .replace(/[\p{Cc}\p{Cf}\ufffd]/gu, '')
    .trim()
    .slice(0, 60);

async function seePort(
  port: string,
  { host }: Context,
  claimed: () => Promise<ReadonlySet<string>>,
): Promise<Found> {
  const holder = await portHolder(port, host);
  if (holder === undefined) return found('good', texts.portFree(port));
  if ((await claimed()).has(`port:tcp/${port}`)) return found('good', texts.portOurs(port));
  return found('bad', holder === 'taken' ? texts.portTakenBySomething(port) : texts.portTaken(port, holder));
}

const products: Readonly<Record<Engine, string>> = { mysql: 'MariaDB', postgresql: 'PostgreSQL' };

function serverName(server: Server, { values }: Pick<Context, 'values'>): string {
  return `${products[server.engine]} (${values.public(server.host)})`;
}

const questions: Readonly<Record<Engine, string>> = {
  mysql: 'SELECT VERSION(), @@GLOBAL.sql_mode;',
  postgresql: 'SHOW server_version;',
};

async function seeDatabase(server: Server, context: Context): Promise<Found> {
  const answer = await ask(server, questions[server.engine], context);
  const user = userOf(server, context);
  const name = serverName(server, context);
  if (answer.ok) return signedIn(server.engine, answer.rows[0] ?? [], user);
  if (answer.why === 'denied') return found('bad', texts.denies(name, user));
  if (answer.why === 'failed') return found('unknown', texts.cannotLook(name, answer.message));
  return absent(server, context);
}

function userOf({ engine, login, user }: Server, { values }: Context): string {
  if (values.public(login) !== 'socket') return values.public(user ?? '');
  return engine === 'mysql' ? 'root' : 'postgres';
}

/** `10.11.14-MariaDB-0+deb12u2`, `8.0.36`, `15.14 (Debian 15.14-0+deb12u1)`. */
function signedIn(engine: Engine, [version = '', modes = '']: readonly string[], user: string): Found {
  const number = /^[\d.]+/.exec(version)?.[0] ?? version;
  const product = engine === 'mysql' && !/mariadb/i.test(version) ? 'MySQL' : products[engine];
  const known = `${product} ${number}`;
  const mode = 'ONLY_FULL_GROUP_BY';
  const say = modes.split(',').includes(mode)
    ? texts.signedInWithMode(known, user, mode)
    : texts.signedIn(known, user);
  return found('good', say);
}

const programs: Readonly<Record<Engine, readonly string[]>> = {
  mysql: ['/usr/sbin/mariadbd', '/usr/sbin/mysqld'],
  postgresql: ['/usr/lib/postgresql'],
};
const clients: Readonly<Record<Engine, readonly string[]>> = {
  mysql: ['/usr/bin/mariadb', '/usr/bin/mysql'],
  postgresql: ['/usr/bin/psql'],
};

/** No server answered: because there is none yet, because it does not run, or because nothing here can ask it. */
async function absent({ engine, host: named, port }: Server, context: Context): Promise<Found> {
  const { host, values } = context;
  const isThere = async (paths: readonly string[]) =>
    (await Promise.all(paths.map((path) => host.stat(path)))).some((stat) => stat !== undefined);
  const name = values.public(named);
  if (isLoopback(name)) {
    if (!(await isThere(programs[engine]))) return found('unknown', texts.willBeInstalled(products[engine]));
    return found('bad', texts.isStopped(products[engine]));
  }
  if (!(await isThere(clients[engine]))) return found('unknown', texts.needsClient(products[engine]));
  return found('bad', texts.silent(`${name}${port === undefined ? '' : `:${values.public(port)}`}`));
}
