/**
 * A word that the sql_mode of a MySQL or MariaDB server must not hold.
 *
 * 1. The change is made twice: in a file, for the next start, and in the running server, for new sessions.
 * 2. `undo` puts both back; the running value only if it is still ours.
 *
 * Proven by test/operations/system/sql.test.ts and test/lab/kinds.test.ts.
 */
import * as texts from '../i18n/texts/operations.ts';
import { file } from './file.ts';
import { isLoopback, keyOf, literal, query, queryIfThere } from './shared/sql.ts';
import type { Difference, Json, Op, Undone, Values, Verbs } from './verbs.ts';

type SqlMode = Op<'sql-mode'>;
type FileSeen = Awaited<ReturnType<typeof file.inspect>>;

export interface Seen {
  /** The server's present mode; nothing while there is no server. */
  readonly mode: string | undefined;
  readonly dropIn: FileSeen;
}

interface Before {
  readonly mode: string;
  readonly dropIn: Json;
}

export const sqlMode: Verbs<SqlMode, Seen> = {
  keys: (op) => [keyOf(op.server, `sql_mode/${op.without}`)],

  async inspect(op, context) {
    const rows = await queryIfThere(op.server, 'SELECT @@GLOBAL.sql_mode;', context);
    const mode = rows?.[0]?.[0];
    return { mode, dropIn: await file.inspect(dropInOf(op, withoutWord(mode ?? '', op.without)), context) };
  },

  diff(op, { mode, dropIn }, context): Difference {
    if (mode === undefined) return { change: 'unknown', reason: texts.noDatabaseServer };
    const wanted = withoutWord(mode, op.without);
    if (wanted === mode) return { change: 'none' };
    const statement = setSql(wanted);
    if (!isLocal(op, context.values))
      return { change: 'person', reason: texts.sqlModeElsewhere, commands: [[statement]] };
    const inFile = file.diff(dropInOf(op, wanted), dropIn, context);
    const shown = inFile.change === 'change' ? (inFile.diff ?? '') : '';
    return { change: 'change', diff: `${shown}\n+ ${statement}`.trim() };
  },

  mark: (op, { mode }): Json => ({
    without: mode === undefined ? null : withoutWord(mode, op.without) === mode,
  }),

  async capture(op, { mode = '', dropIn }, context): Promise<Json> {
    const fileBefore = await file.capture(dropInOf(op, withoutWord(mode, op.without)), dropIn, context);
    return { mode, dropIn: fileBefore };
  },

  async apply(op, { mode = '', dropIn }, context) {
    const wanted = withoutWord(mode, op.without);
    await file.apply(dropInOf(op, wanted), dropIn, context);
    await query(op.server, setSql(wanted), context, { effect: true });
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as Before;
    const ours = withoutWord(before.mode, op.without);
    const left = await file.undo(dropInOf(op, ours), before.dropIn, context);
    const rows = await queryIfThere(op.server, 'SELECT @@GLOBAL.sql_mode;', context);
    if (rows?.[0]?.[0] === ours) await query(op.server, setSql(before.mode), context, { effect: true });
    return left;
  },

  describe: (op) => texts.removeFromSqlMode(op.without),
};

/** Pure: the mode without a word. */
export const withoutWord = (mode: string, word: string): string =>
  mode
    .split(',')
    .filter((one) => one !== word)
    .join(',');

const setSql = (mode: string): string => `SET GLOBAL sql_mode=${literal('mysql', mode)};`;

const dropInOf = (op: SqlMode, mode: string): Op<'file'> => ({
  kind: 'file',
  path: op.dropIn,
  content: `[mysqld]\nsql_mode=${mode}\n`,
  syntax: 'plain',
  mode: '0644',
  owner: 'root:root',
});

const isLocal = (op: SqlMode, values: Values): boolean => isLoopback(values.public(op.server.host));
