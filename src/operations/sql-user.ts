/**
 * A database account with a password.
 *
 * 1. Whether the password is right is proven by signing in with it, never by comparing.
 * 2. `undo` drops only an account that was not there; to one that was there it gives its former password back, from
 *    the hash that the server keeps.
 *
 * Proven by test/operations/system/sql.test.ts and test/lab/kinds.test.ts.
 */
import * as texts from '../i18n/texts/operations.ts';
import { askPerson, isByPerson, isProven, leaveToPerson } from './shared/by-person.ts';
import { isAscii, scramVerifier } from './shared/scram.ts';
import { ask, identifier, isLoopback, keyOf, literal, query, queryIfThere } from './shared/sql.ts';
import type { Context, Difference, Json, Op, Undone, Values, Verbs } from './verbs.ts';

type SqlUser = Op<'sql-user'>;

export type Seen =
  | { readonly by: 'person'; readonly proven: boolean }
  | { readonly by: 'wizard'; readonly exists: boolean; readonly signsIn: boolean };

/** `hash` refers to the statement that gives the former password back. */
interface Before {
  readonly existed: boolean;
  readonly hash?: string;
}

const fromOf = (op: SqlUser, values: Values): string =>
  op.from === undefined ? 'localhost' : values.public(op.from);

/** `'pretix'@'localhost'`, or `"pretix"`. */
function accountOf(op: SqlUser, values: Values): string {
  const name = values.public(op.name);
  if (op.server.engine === 'postgresql') return identifier('postgresql', name);
  return `${literal('mysql', name)}@${literal('mysql', fromOf(op, values))}`;
}

export const sqlUser: Verbs<SqlUser, Seen> = {
  keys(op, values) {
    const name = values.public(op.name);
    return [
      keyOf(op.server, op.server.engine === 'mysql' ? `user/${name}@${fromOf(op, values)}` : `role/${name}`),
    ];
  },

  async inspect(op, context) {
    if (isByPerson(op, context.values)) return { by: 'person', proven: await isProven(op, context) };
    const rows = await queryIfThere(op.server, existsSql(op, context.values), context);
    const exists = rows !== undefined && rows.length > 0;
    return { by: 'wizard', exists, signsIn: exists && (await signsIn(op, context)) };
  },

  diff(op, seen, { values }): Difference {
    const create = createSql(op, values, literal(op.server.engine, values.masked(op.password)));
    if (seen.by === 'person') return seen.proven ? { change: 'none' } : askPerson([create]);
    if (!seen.exists) return { change: 'change', diff: `+ ${create}` };
    if (seen.signsIn) return { change: 'none' };
    return {
      change: 'change',
      diff: `+ ${alterSql(op, values, literal(op.server.engine, values.masked(op.password)))}`,
    };
  },

  mark(op, seen, context): Json {
    if (seen.by === 'person') return { proven: seen.proven };
    return {
      exists: seen.exists,
      password: seen.exists && seen.signsIn ? context.fingerprint(context.values.full(op.password)) : null,
    };
  },

  async capture(op, seen, context): Promise<Json> {
    if (seen.by === 'person' || !seen.exists) return { existed: false };
    return { existed: true, hash: await context.keep(Buffer.from(await formerPasswordSql(op, context))) };
  },

  async apply(op, seen, context) {
    if (seen.by === 'person') return;
    const change = seen.exists ? alterSql : createSql;
    await query(op.server, change(op, context.values, passwordText(op, context)), context, { effect: true });
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as Before;
    const { engine } = op.server;
    const drop = `DROP ${engine === 'mysql' ? 'USER' : 'ROLE'} IF EXISTS ${accountOf(op, context.values)};`;
    if (isByPerson(op, context.values)) return leaveToPerson(drop);
    const rows = await queryIfThere(op.server, existsSql(op, context.values), context);
    if (rows === undefined || rows.length === 0) return {};
    if (before.hash !== undefined) {
      await query(op.server, (await context.kept(before.hash)).toString(), context, { effect: true });
      return {};
    }
    if (engine === 'postgresql' && (await ownsSomething(op, context)))
      return { left: texts.roleStillOwns(context.values.public(op.name)) };
    await query(op.server, drop, context, { effect: true });
    return {};
  },

  describe: (op, values) => texts.createSqlAccount(values.public(op.name)),
};

function existsSql(op: SqlUser, values: Values): string {
  const name = literal(op.server.engine, values.public(op.name));
  if (op.server.engine === 'postgresql') return `SELECT 1 FROM pg_roles WHERE rolname=${name};`;
  return `SELECT 1 FROM mysql.user WHERE user=${name} AND host=${literal('mysql', fromOf(op, values))};`;
}

function createSql(op: SqlUser, values: Values, password: string): string {
  const account = accountOf(op, values);
  if (op.server.engine === 'postgresql') return `CREATE ROLE ${account} LOGIN PASSWORD ${password};`;
  return `CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY ${password};`;
}

function alterSql(op: SqlUser, values: Values, password: string): string {
  const account = accountOf(op, values);
  if (op.server.engine === 'postgresql') return `ALTER ROLE ${account} LOGIN PASSWORD ${password};`;
  return `ALTER USER ${account} IDENTIFIED BY ${password};`;
}

function passwordText(op: SqlUser, { values, host }: Context): string {
  const password = values.full(op.password);
  const isHashed = op.server.engine === 'postgresql' && isAscii(password);
  return literal(op.server.engine, isHashed ? scramVerifier(password, host.random(16)) : password);
}

/**
 * Signs in as the account. Only a refusal of the password counts: an account that may come from elsewhere only, or that
 * the server asks for something else than a password here (ident, peer), cannot be tried.
 */
async function signsIn(op: SqlUser, context: Context): Promise<boolean> {
  const { values } = context;
  const host = values.public(op.server.host) || 'localhost';
  const isElsewhere = isLoopback(host) && !['localhost', '%'].includes(fromOf(op, values));
  if (op.server.engine === 'mysql' && isElsewhere) return true;
  const login = { user: values.public(op.name), password: values.full(op.password) };
  const answer = await ask({ ...op.server, host }, 'SELECT 1;', context, { login });
  return answer.ok || !/password authentication failed|ERROR (1045|1698)\b/.test(answer.message);
}

/** The statement that puts the present password back. */
async function formerPasswordSql(op: SqlUser, context: Context): Promise<string> {
  const account = accountOf(op, context.values);
  if (op.server.engine === 'mysql') {
    // A hash of MySQL 8 is not text: it is asked for in hexadecimal. MariaDB reads a comment.
    const sql = `/*!80017 SET SESSION print_identified_with_as_hex=1 */;\nSHOW CREATE USER ${account};`;
    const [[created = ''] = []] = await query(op.server, sql, context);
    return `${created.replace(/^CREATE USER/, 'ALTER USER')};`;
  }
  const name = literal('postgresql', context.values.public(op.name));
  const sql = `SELECT rolcanlogin, coalesce(rolpassword, '') FROM pg_authid WHERE rolname=${name};`;
  const [[canLogin, hash = ''] = []] = await query(op.server, sql, context);
  const password = hash === '' ? 'NULL' : literal('postgresql', hash);
  return `ALTER ROLE ${account} ${canLogin === 't' ? 'LOGIN' : 'NOLOGIN'} PASSWORD ${password};`;
}

async function ownsSomething(op: SqlUser, context: Context): Promise<boolean> {
  const name = literal('postgresql', context.values.public(op.name));
  const sql = `SELECT 1 FROM pg_shdepend d JOIN pg_roles r ON r.oid=d.refobjid WHERE r.rolname=${name} LIMIT 1;`;
  return (await query(op.server, sql, context)).length > 0;
}
