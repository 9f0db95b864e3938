/**
 * Accounts that came, went or got another password after an install, each in a run of its own. The rows of the list
 * that asked for accounts are those of the install, changed by every such run that stands.
 */
import { type Row, rowsOf } from '../guide/lists.ts';
import { keyIn } from '../guide/names.ts';
import { agreedPlan, type Known, known, opened, stepOutcomes } from './fold.ts';
import type { PlannedStep, Record_ } from './records.ts';
import { isTakenBack, type StoredRun } from './state.ts';

export type AccountChange = NonNullable<Record_<'opened'>['account']>;

/** A change that was made and not taken back. */
export interface MadeChange extends AccountChange {
  readonly run: StoredRun;
  readonly step: PlannedStep;
}

export function isAccountsRun({ records }: Pick<StoredRun, 'records'>): boolean {
  return opened(records)?.kind === 'accounts';
}

/** Since this install of its guide, oldest first. */
export function changesSince(install: StoredRun, runs: readonly StoredRun[]): MadeChange[] {
  const guide = opened(install.records)?.guide;
  return runs.flatMap((run): MadeChange[] => {
    const first = opened(run.records);
    const isLater = run.id > install.id && first?.guide === guide && isAccountsRun(run);
    const step = isLater ? agreedPlan(run.records)?.steps[0] : undefined;
    if (!first?.account || !step || stepOutcomes(run.records).get(step.id) !== 'done') return [];
    return isTakenBack(run.id, runs) ? [] : [{ ...first.account, run, step }];
  });
}

/** What holds now of what an install knew: its accounts are those of today. */
export function knownSince(install: StoredRun, runs: readonly StoredRun[]): Map<string, Known> {
  const all = known(install.records);
  for (const change of changesSince(install, runs)) settle(all, change);
  return all;
}

function settle(all: Map<string, Known>, { change, run, list: id }: MadeChange): void {
  const own = known(run.records);
  const { list: column = '', value = '' } = own.get(id) ?? {};
  const former = all.get(id);
  const row = rowsOf(value)?.[0];
  // A run that has not been told of accounts takes them from the one before.
  if (!row || !former) return;
  const rows = rowsOf(former.value ?? '') ?? [];
  const isIts = (one: Row) => one[column] === row[column];
  const isCell = (name: string) => name.startsWith(`${id}.`) && keyIn(id, name) === row[column];
  const others = rows.filter((one) => !isIts(one));
  const isThere = others.length < rows.length;
  if (change === 'remove') {
    all.set(id, listOf(others, column));
    for (const name of [...all.keys()].filter(isCell)) all.delete(name);
    return;
  }
  // Whoever is no account of the guide's does not become one by a new password.
  if (change === 'passwd' && !isThere) return;
  if (!isThere) all.set(id, listOf([...rows, row], column));
  for (const [name, one] of own) if (isCell(name)) all.set(name, one);
}

const listOf = (rows: readonly Row[], column: string): Known => ({
  value: rows.length === 0 ? '' : JSON.stringify(rows),
  list: column,
  from: 'person',
});

/** The steps of an install with the accounts of today: those that are gone are left out, those that came are there. */
export function stepsSince(steps: readonly PlannedStep[], changes: readonly MadeChange[]): PlannedStep[] {
  const all = new Map(steps.map((step) => [step.id, step]));
  for (const { change, step } of changes) {
    if (change === 'passwd') continue;
    const own = step.operations.map(({ id }) => id);
    const former = all.get(step.id) ?? { ...step, operations: [] };
    const others = former.operations.filter(({ id }) => !own.includes(id));
    all.set(step.id, { ...former, operations: [...others, ...(change === 'add' ? step.operations : [])] });
  }
  return [...all.values()];
}
