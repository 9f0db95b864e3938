/**
 * Accounts that came, went or got another password after an install, each in a run of its own. The rows of the list
 * that asked for accounts are those of the install, changed by every such run that stands.
 */
import { type Row, rowsOf } from '../guide/lists.ts';
import { cellName } from '../guide/names.ts';
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
  const { list: key = '', value = '' } = own.get(id) ?? {};
  const former = all.get(id);
  const row = rowsOf(value)?.[0];
  // A run that has not been told of accounts takes them from the one before.
  if (!row || !former) return;
  const rows = rowsOf(former.value ?? '') ?? [];
  const isIts = (one: Row) => one[key] === row[key];
  const isThere = rows.some(isIts);
  if (change === 'add' && !isThere) setRows(all, id, key, [...rows, row]);
  if (change === 'remove')
    setRows(
      all,
      id,
      key,
      rows.filter((one) => !isIts(one)),
    );
  const cells = cellName(id, row[key] ?? '', '');
  for (const name of [...all.keys()]) if (name.startsWith(cells) && change === 'remove') all.delete(name);
  // Whoever is no account of the guide's does not become one by a new password.
  if (change === 'add' || (change === 'passwd' && isThere))
    for (const [name, one] of own) if (name.startsWith(cells)) all.set(name, one);
}

function setRows(all: Map<string, Known>, id: string, key: string, rows: readonly Row[]): void {
  const value = rows.length === 0 ? '' : JSON.stringify(rows);
  all.set(id, { value, list: key, from: 'person' });
}
