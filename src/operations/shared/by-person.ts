/** Work on a database that its administrator does: the SQL is shown, a probe proves it. */
import type { Probe } from '../../guide/kinds.ts';
import * as texts from '../../i18n/texts/operations.ts';
import { check } from '../probe.ts';
import type { Context, Difference, Resolved, Undone, Values } from '../verbs.ts';

interface Delegated {
  readonly doneBy?: string;
  readonly probe?: Resolved<Probe>;
}

export const isByPerson = (op: Delegated, values: Values): boolean =>
  op.doneBy !== undefined && values.public(op.doneBy) === 'person';

/** Without a probe nothing proves it: the person's word has to do. */
export async function isProven(op: Delegated, context: Context): Promise<boolean> {
  return op.probe !== undefined && (await check(op.probe, context)).ok;
}

/** What the person is asked to run. */
export function askPerson(sql: readonly string[]): Difference {
  const reason = texts.forDatabaseAdministrator;
  return { change: 'person', reason, commands: sql.map((line) => [line]) };
}

/** The way back is theirs too. */
export function leaveToPerson(sql: string): Undone {
  return { left: texts.sqlForAdministrator(sql) };
}
