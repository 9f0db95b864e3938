/**
 * A database.
 *
 * 1. One that is there and empty is adopted; one that holds tables is refused unless a run of ours recorded it.
 * 2. `undo` drops only one that was not there, and dumps it to `kept/` first if it holds tables.
 *
 * Proven by test/operations/system/sql.test.ts and test/lab/kinds.test.ts.
 */
import * as texts from '../i18n/texts/operations.ts';
import { askPerson, isByPerson, isProven, leaveToPerson } from './shared/by-person.ts';
import {
  countTables,
  dumpDatabase,
  identifier,
  keyOf,
  literal,
  query,
  queryIfThere,
  type Server,
  waitForClients,
} from './shared/sql.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Undone,
  type Verbs,
} from './verbs.ts';

type SqlDatabase = Op<'sql-database'>;

/** Charset and collation, or the owner: what can be altered. */
interface Properties {
  readonly charset?: string;
  readonly collation?: string;
  readonly owner?: string;
}

export type Seen =
  | { readonly by: 'person'; readonly proven: boolean; readonly name: string }
  | {
      readonly by: 'wizard';
      readonly name: string;
      readonly tables: number | undefined;
      readonly now: Properties;
    };

type Before = { readonly existed: false } | { readonly existed: true; readonly properties: Properties };

export const sqlDatabase: Verbs<SqlDatabase, Seen> = {
  keys: (op, values) => [keyOf(op.server, `db/${values.public(op.name)}`)],

  async inspect(op, context) {
    const name = context.values.public(op.name);
    if (isByPerson(op, context.values)) return { by: 'person', proven: await isProven(op, context), name };
    const tables = await countTables(op.server, name, context);
    return {
      by: 'wizard',
      name,
      tables,
      now: tables === undefined ? {} : await propertiesOf(op.server, name, context),
    };
  },

  diff(op, seen, context): Difference {
    const wanted = wantedOf(op, context);
    if (seen.by === 'person')
      return seen.proven ? { change: 'none' } : askPerson([createSql(op.server, seen.name, wanted)]);
    if (seen.tables === undefined)
      return { change: 'change', diff: `+ ${createSql(op.server, seen.name, wanted)}` };
    if (seen.tables > 0 && context.recorded(keyOf(op.server, `db/${seen.name}`)) === undefined) {
      throw holdsTables(seen.name, seen.tables);
    }
    if (isSame(wanted, seen.now)) return { change: 'none' };
    return { change: 'change', diff: `+ ${alterSql(op.server, seen.name, wanted)}` };
  },

  /** What a command put into it, and with it the server's own packages. */
  holds: (op, values) => [keyOf(op.server, `db/${values.public(op.name)}`)],

  mark: (_, seen): Json =>
    seen.by === 'person' ? { proven: seen.proven } : { exists: seen.tables !== undefined, ...seen.now },

  async capture(_, seen): Promise<Json> {
    if (seen.by === 'person' || seen.tables === undefined) return { existed: false };
    return { existed: true, properties: { ...seen.now } };
  },

  async apply(op, seen, context) {
    if (seen.by === 'person') return;
    const wanted = wantedOf(op, context);
    const change = seen.tables === undefined ? createSql : alterSql;
    await query(op.server, change(op.server, seen.name, wanted), context, { effect: true });
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as Before;
    const name = context.values.public(op.name);
    const drop = `DROP DATABASE IF EXISTS ${identifier(op.server.engine, name)};`;
    if (isByPerson(op, context.values)) return leaveToPerson(drop);
    const tables = await countTables(op.server, name, context);
    if (tables === undefined) return {};
    if (before.existed) {
      await query(op.server, alterSql(op.server, name, before.properties), context, { effect: true });
      return {};
    }
    await waitForClients(op.server, name, context);
    if (tables > 0) await dumpDatabase(op.server, name, context);
    await query(op.server, drop, context, { effect: true });
    return {};
  },

  describe: (op, values) => texts.createDatabase(values.public(op.name)),
};

function wantedOf(op: SqlDatabase, { values }: Context): Properties {
  if (op.server.engine === 'postgresql')
    return op.owner === undefined ? {} : { owner: values.public(op.owner) };
  return {
    ...(op.charset === undefined ? {} : { charset: op.charset }),
    ...(op.collation === undefined ? {} : { collation: op.collation }),
  };
}

function isSame(wanted: Properties, now: Properties): boolean {
  return (['charset', 'collation', 'owner'] as const).every(
    (name) => wanted[name] === undefined || wanted[name] === now[name],
  );
}

async function propertiesOf(server: Server, name: string, context: Context): Promise<Properties> {
  const value = literal(server.engine, name);
  if (server.engine === 'postgresql') {
    const sql = `SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname=${value};`;
    const [[owner = ''] = []] = (await queryIfThere(server, sql, context)) ?? [];
    return { owner };
  }
  const sql = `SELECT default_character_set_name, default_collation_name FROM information_schema.schemata WHERE schema_name=${value};`;
  const [[charset = '', collation = ''] = []] = (await queryIfThere(server, sql, context)) ?? [];
  return { charset, collation };
}

function createSql(server: Server, name: string, { charset, collation, owner }: Properties): string {
  const quoted = identifier(server.engine, name);
  if (server.engine === 'mysql')
    return `CREATE DATABASE IF NOT EXISTS ${quoted}${defaults({ charset, collation })};`;
  // template1 may have been changed, and may be in another encoding.
  const as = owner === undefined ? '' : ` OWNER ${identifier('postgresql', owner)}`;
  return `CREATE DATABASE ${quoted}${as} ENCODING 'UTF8' TEMPLATE template0;`;
}

function alterSql(server: Server, name: string, { charset, collation, owner }: Properties): string {
  const quoted = identifier(server.engine, name);
  if (server.engine === 'mysql') return `ALTER DATABASE ${quoted}${defaults({ charset, collation })};`;
  return owner === undefined ? '' : `ALTER DATABASE ${quoted} OWNER TO ${identifier('postgresql', owner)};`;
}

function defaults({
  charset,
  collation,
}: {
  charset: string | undefined;
  collation: string | undefined;
}): string {
  const set = charset === undefined ? '' : ` DEFAULT CHARACTER SET ${charset}`;
  return collation === undefined ? set : `${set} DEFAULT COLLATE ${collation}`;
}

function holdsTables(name: string, tables: number): Failure {
  const say = texts.databaseHoldsTables(name, tables);
  return new Failure('refused-existing', { what: name, tables: String(tables) }, { say });
}
