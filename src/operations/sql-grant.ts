/**
 * Rights of an account on a database.
 *
 * 1. Only rights given on that very database count; what the account may do anyway by wider rights does not.
 * 2. `undo` revokes exactly those of the wanted rights that were not there before.
 *
 * Proven by test/operations/system/sql.test.ts and test/lab/kinds.test.ts.
 */
import * as texts from '../i18n/texts/operations.ts';
import { askPerson, isByPerson, isProven, leaveToPerson } from './shared/by-person.ts';
import { identifier, keyOf, literal, query, queryIfThere } from './shared/sql.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Undone,
  type Values,
  type Verbs,
} from './verbs.ts';

type SqlGrant = Op<'sql-grant'>;

export type Seen =
  | { readonly by: 'person'; readonly proven: boolean }
  | { readonly by: 'wizard'; readonly account: boolean; readonly granted: readonly string[] };

const isMysql = (op: SqlGrant): boolean => op.server.engine === 'mysql';

function accountOf(op: SqlGrant, values: Values): string {
  const user = values.public(op.user);
  return isMysql(op)
    ? `${literal('mysql', user)}@${literal('mysql', values.public(op.from))}`
    : identifier('postgresql', user);
}

/** In a grant, `_` and `%` of a database's name are patterns unless they are escaped. */
export const grantPattern = (name: string): string => name.replaceAll(/[_%]/g, '\\$&');

function targetOf(op: SqlGrant, values: Values): string {
  const name = values.public(op.database);
  return isMysql(op)
    ? `${identifier('mysql', grantPattern(name))}.*`
    : `DATABASE ${identifier('postgresql', name)}`;
}

const upper = (privileges: readonly string[]): string[] => privileges.map((one) => one.toUpperCase());

export const sqlGrant: Verbs<SqlGrant, Seen> = {
  keys(op, values) {
    const user = values.public(op.user);
    const account = isMysql(op) ? `${user}@${values.public(op.from)}` : user;
    return [keyOf(op.server, `grant/${account}/${values.public(op.database)}`)];
  },

  async inspect(op, context) {
    if (isByPerson(op, context.values)) return { by: 'person', proven: await isProven(op, context) };
    const accounts = await queryIfThere(op.server, accountSql(op, context.values), context);
    if (accounts === undefined || accounts.length === 0) return { by: 'wizard', account: false, granted: [] };
    return { by: 'wizard', account: true, granted: await grantedNow(op, context) };
  },

  diff(op, seen, { values }): Difference {
    if (seen.by === 'person')
      return seen.proven ? { change: 'none' } : askPerson([grantSql(op, upper(op.privileges), values)]);
    const missing = missingOf(op, seen.granted);
    return missing.length === 0
      ? { change: 'none' }
      : { change: 'change', diff: `+ ${grantSql(op, missing, values)}` };
  },

  mark: (op, seen): Json =>
    seen.by === 'person'
      ? { proven: seen.proven }
      : { granted: seen.granted.filter((one) => upper(op.privileges).includes(one)).sort() },

  async capture(_, seen): Promise<Json> {
    return { granted: seen.by === 'person' ? [] : seen.granted };
  },

  async apply(op, seen, context) {
    if (seen.by === 'person') return;
    // Some servers would make an account without a password.
    if (!seen.account) throw noAccount(accountOf(op, context.values));
    await query(op.server, grantSql(op, missingOf(op, seen.granted), context.values), context, {
      effect: true,
    });
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as { readonly granted: readonly string[] };
    const given = missingOf(op, before.granted);
    const revoke = (privileges: readonly string[]) =>
      `REVOKE ${privileges.join(', ')} ON ${targetOf(op, context.values)} FROM ${accountOf(op, context.values)};`;
    if (isByPerson(op, context.values)) return leaveToPerson(revoke(given));
    const accounts = await queryIfThere(op.server, accountSql(op, context.values), context);
    if (accounts === undefined || accounts.length === 0) return {};
    const now = await grantedNow(op, context);
    const toRevoke = given.some(isAll)
      ? now.filter((one) => !before.granted.includes(one))
      : given.filter((one) => now.includes(one));
    if (toRevoke.length > 0) await query(op.server, revoke(toRevoke), context, { effect: true });
    return {};
  },

  describe: (op, values) => texts.grantRights(values.public(op.user), values.public(op.database)),
};

const isAll = (privilege: string): boolean => /^ALL( PRIVILEGES)?$/.test(privilege);

/** ALL is there when the server lists at least what every version of it gives. */
const partOfAll = [
  'SELECT',
  'INSERT',
  'UPDATE',
  'DELETE',
  'CREATE',
  'DROP',
  'ALTER',
  'INDEX',
  'REFERENCES',
  'TRIGGER',
  'EVENT',
];

/** Pure: the wanted rights that are not there. */
export function missingOf(op: Pick<SqlGrant, 'privileges' | 'server'>, granted: readonly string[]): string[] {
  const all = op.server.engine === 'mysql' ? partOfAll : ['CONNECT', 'CREATE', 'TEMPORARY'];
  const isThere = (one: string) =>
    isAll(one) ? all.every((part) => granted.includes(part)) : granted.includes(alias[one] ?? one);
  return upper(op.privileges).filter((one) => !isThere(one));
}

const alias: Readonly<Record<string, string>> = { TEMP: 'TEMPORARY' };

const grantSql = (op: SqlGrant, privileges: readonly string[], values: Values): string =>
  `GRANT ${privileges.join(', ')} ON ${targetOf(op, values)} TO ${accountOf(op, values)};`;

function accountSql(op: SqlGrant, values: Values): string {
  const user = literal(op.server.engine, values.public(op.user));
  if (!isMysql(op)) return `SELECT 1 FROM pg_roles WHERE rolname=${user};`;
  return `SELECT 1 FROM mysql.user WHERE user=${user} AND host=${literal('mysql', values.public(op.from))};`;
}

async function grantedNow(op: SqlGrant, context: Context): Promise<string[]> {
  const { values } = context;
  const name = values.public(op.database);
  const sql = isMysql(op)
    ? `SELECT DISTINCT privilege_type FROM information_schema.schema_privileges
       WHERE grantee=${literal('mysql', accountOf(op, values))}
       AND table_schema IN (${literal('mysql', name)}, ${literal('mysql', grantPattern(name))});`
    : `SELECT DISTINCT a.privilege_type FROM pg_database d,
       aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a JOIN pg_roles r ON r.oid=a.grantee
       WHERE d.datname=${literal('postgresql', name)} AND r.rolname=${literal('postgresql', values.public(op.user))};`;
  return ((await queryIfThere(op.server, sql, context)) ?? []).flat();
}

function noAccount(account: string): Failure {
  const say = texts.noSuchSqlAccount(account);
  return new Failure('check-failed', { what: account }, { say });
}
