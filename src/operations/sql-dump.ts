/**
 * A dump of a database that holds tables, before something that cannot be taken back.
 *
 * 1. A dump is done when it is complete, durable and not older than ten minutes: never an older state by mistake.
 * 2. `undo` keeps it.
 *
 * Proven by test/operations/system/sql.test.ts and test/lab/kinds.test.ts.
 */

import { dirname } from 'node:path';
import * as texts from '../i18n/texts/operations.ts';
import { check } from './probe.ts';
import { stamp } from './shared/archive.ts';
import { countTables, dumpDatabase, dumpName, keyOf } from './shared/sql.ts';
import type { Context, Op, Verbs } from './verbs.ts';

type SqlDump = Op<'sql-dump'>;

export interface Seen {
  readonly name: string;
  readonly tables: number;
  readonly dumped: boolean;
  readonly needed: boolean;
}

export const sqlDump: Verbs<SqlDump, Seen> = {
  keys: (op, values) => [keyOf(op.server, `dump/${values.public(op.database)}`)],

  async inspect(op, context) {
    const name = context.values.public(op.database);
    const tables = (await countTables(op.server, name, context)) ?? 0;
    const dumped = tables > 0 && context.purpose === 'run' && (await hasFreshDump(op, name, context));
    const needed = tables > 0 && !dumped && !(op.unless && (await check(op.unless, context)).ok);
    return { name, tables, dumped, needed };
  },

  diff(_, { name, needed }, { purpose }) {
    if (!needed || purpose === 'verify') return { change: 'none' };
    return { change: 'change', diff: `+ ${name}.sql` };
  },

  mark: () => null,
  capture: async () => null,

  async apply(op, { name }, context) {
    await dumpDatabase(op.server, name, context);
  },

  undo: async () => ({}),

  describe: (op, values) => texts.dumpDatabase(values.public(op.database)),
};

const freshFor = 10 * 60_000;

async function hasFreshDump(op: SqlDump, name: string, context: Context): Promise<boolean> {
  const { host } = context;
  const beginning = `${dumpName(op.server, name)}-`;
  const files = await host.list(dirname(await context.keptPath(beginning)));
  const times = files
    .filter((file) => file.startsWith(beginning))
    .map((file) => file.slice(beginning.length));
  const now = host.now();
  const oldest = stamp(new Date(now.getTime() - freshFor));
  // Of later than now: the clock was set back since, and nobody knows how old it is.
  const newest = `${stamp(now)}.sql`;
  return times.some((time) => /^\d{8}-\d{6}\.sql$/.test(time) && time >= oldest && time <= newest);
}
