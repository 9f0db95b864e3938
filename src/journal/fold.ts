/** What the records of a run add up to. Pure functions; the journal is the only truth about a run. */
import { rowsOf } from '../guide/lists.ts';
import { keyIn } from '../guide/names.ts';
import type { Json } from '../operations/verbs.ts';
import type { RunState } from '../run/protocol.ts';
import type { JournalRecord, Record_ } from './records.ts';

/** One effect on the machine: begun, and perhaps ended. */
export interface Effect {
  /** `seq` of its `begin` record: the name by which it is taken back. */
  readonly seq: number;
  readonly step: string;
  readonly id: string;
  readonly key: string;
  readonly was: Json;
  readonly before: Json;
  /** Files that undo will look for; journals of before this was recorded name none. */
  readonly needs: NonNullable<Record_<'begin'>['needs']>;
  readonly outcome: 'begun' | 'done' | 'failed';
  /** The state recorded after it; `undefined` until it is done. */
  readonly mark: Json | undefined;
}

type Of<T extends JournalRecord['type']> = Record_<T> & { seq: number; time: string };

export function opened(records: readonly JournalRecord[]): Of<'opened'> | undefined {
  const first = records[0];
  return first?.type === 'opened' ? first : undefined;
}

export function lastOf<T extends JournalRecord['type']>(
  records: readonly JournalRecord[],
  type: T,
): Of<T> | undefined {
  return records.findLast((record): record is Of<T> => record.type === type);
}

/** Effects in the order they began. */
export function effects(records: readonly JournalRecord[]): Effect[] {
  const all: Effect[] = [];
  for (const record of records) {
    if (record.type === 'begin') {
      const { seq, step, id, key, needs = [] } = record;
      // Records are JSON by nature; the schema leaves these two to their kind.
      all.push({
        seq,
        step,
        id,
        key,
        was: record.was as Json,
        before: record.before as Json,
        needs,
        outcome: 'begun',
        mark: undefined,
      });
    } else if (record.type === 'end' && record.outcome !== 'same') {
      const index = all.findLastIndex((effect) => effect.id === record.id);
      const effect = all[index];
      if (effect) all[index] = { ...effect, outcome: record.outcome, mark: record.mark as Json };
    }
  }
  return all;
}

/** The plan that was agreed to, unless an answer was reopened since. */
export function agreedPlan(records: readonly JournalRecord[]): Of<'planned'> | undefined {
  const planned = lastOf(records, 'planned');
  const consent = lastOf(records, 'consent');
  const reopened = records.findLast((record) => record.type === 'decision' && record.decision === 'correct');
  const agreed = planned && consent && consent.hash === planned.hash && consent.seq > planned.seq;
  return agreed && (reopened?.seq ?? 0) < consent.seq ? planned : undefined;
}

/** Outcome of each step since the newest plan. */
export function stepOutcomes(records: readonly JournalRecord[]): Map<string, Of<'step-end'>['outcome']> {
  const outcomes = new Map<string, Of<'step-end'>['outcome']>();
  for (const record of records) {
    if (record.type === 'planned') outcomes.clear();
    if (record.type === 'step-begin') outcomes.delete(record.step);
    if (record.type === 'step-end') outcomes.set(record.step, record.outcome);
  }
  return outcomes;
}

/** Steps that ended well under any plan of the run, and were not begun again since. */
export function finishedSteps(records: readonly JournalRecord[]): Set<string> {
  const finished = new Set<string>();
  for (const record of records) {
    if (record.type === 'step-begin') finished.delete(record.step);
    if (record.type === 'step-end' && record.outcome === 'done') finished.add(record.step);
  }
  return finished;
}

/** Newest tick of each item. */
export function ticks(records: readonly JournalRecord[]): Map<string, Of<'tick'>> {
  const all = new Map<string, Of<'tick'>>();
  for (const record of records) if (record.type === 'tick') all.set(record.item, record);
  return all;
}

/** Values of a run: answers and what steps produced, newest wins. A secret is the name under which it is kept. */
export interface Known {
  readonly value?: string | undefined;
  readonly secret?: string | undefined;
  /** Lists: the column that names the rows in `value`; their secret cells stand under `USERS.alice.password`. */
  readonly list?: string | undefined;
  readonly from: Of<'answer'>['from'];
}

/** What holds now: the cells of a row go with it when it is taken out of its list. */
export function known(records: readonly JournalRecord[]): Map<string, Known> {
  return valuesIn(records, forgetRows);
}

/** The newest of every value there ever was: to take back what was done with it. */
export function everKnown(records: readonly JournalRecord[]): Map<string, Known> {
  return valuesIn(records, () => {});
}

function forgetRows(all: Map<string, Known>, id: string, list: string, value: string): void {
  const keys = (rowsOf(value) ?? []).map((row) => row[list]);
  for (const name of all.keys())
    if (name.startsWith(`${id}.`) && !keys.includes(keyIn(id, name))) all.delete(name);
}

function valuesIn(records: readonly JournalRecord[], onList: typeof forgetRows): Map<string, Known> {
  const all = new Map<string, Known>();
  for (const record of records) {
    if (record.type === 'answer') {
      const { id, value, secret, list, from } = record;
      if (list !== undefined) onList(all, id, list, value ?? '');
      all.set(id, { value, secret, from, ...(list === undefined ? {} : { list }) });
    }
    if (record.type === 'produced')
      all.set(record.id, { value: record.value, secret: record.secret, from: 'step' });
  }
  return all;
}

/** Names of the secrets that a run knows or knew. */
export function secretNames(records: readonly JournalRecord[]): string[] {
  return records.flatMap((record) =>
    (record.type === 'answer' || record.type === 'produced') && record.secret ? [record.secret] : [],
  );
}

/** The state of a resource as it was last recorded; nothing when no operation on it ended well. */
export function newestMark(records: readonly JournalRecord[], key: string): Json | undefined {
  const end = records.findLast(
    (record) => record.type === 'end' && record.key === key && record.outcome !== 'failed',
  );
  return end?.type === 'end' ? (end.mark as Json) : undefined;
}

export interface RunSummary {
  readonly run: string;
  readonly guide: string;
  readonly kind: Of<'opened'>['kind'];
  readonly of: string | undefined;
  readonly state: RunState;
  readonly step: string;
  readonly done: number;
  readonly total: number;
  readonly opened: string;
  /** Something on the machine was changed, and not all of it taken back. */
  readonly changed: boolean;
}

/** One line about a run. `live`: an engine has it in hand now; `takenBack`: a rollback of it is complete. */
export function summarize(
  records: readonly JournalRecord[],
  live: boolean,
  takenBack: boolean,
): RunSummary | undefined {
  const first = opened(records);
  if (!first) return undefined;
  const steps = lastOf(records, 'planned')?.steps ?? [];
  const outcomes = stepOutcomes(records);
  const finished = steps.filter((step) => ['done', 'skipped'].includes(outcomes.get(step.id) ?? ''));
  const current = steps.find((step) => !finished.includes(step));
  return {
    run: first.run,
    guide: first.guide,
    kind: first.kind,
    of: first.of,
    state: takenBack ? 'rolled-back' : stateOf(records, live),
    step: lastOf(records, 'ended')?.state === 'done' ? '' : (current?.id ?? ''),
    done: finished.length,
    total: steps.length,
    opened: first.time,
    changed: effects(records).length > 0,
  };
}

function stateOf(records: readonly JournalRecord[], live: boolean): RunState {
  const last = records.findLast((record) => !['tick', 'produced', 'answer'].includes(record.type));
  if (live) return last?.type === 'waiting' ? 'needs-person' : 'running';
  const ended = lastOf(records, 'ended');
  const engine = lastOf(records, 'engine');
  if (ended && ended.seq > (engine?.seq ?? 0)) return ended.state;
  return last?.type === 'waiting' ? 'needs-person' : 'interrupted';
}

/** Effects that a rollback has taken back or decided to leave, by the `seq` of their `begin`, of the run `run`. */
export function settled(records: readonly JournalRecord[], run: string): Map<number, Of<'undo-end'>> {
  const all = new Map<number, Of<'undo-end'>>();
  for (const record of records) {
    if (record.type === 'undo-end' && record.run === run && record.outcome !== 'failed')
      all.set(record.effect, record);
  }
  return all;
}
