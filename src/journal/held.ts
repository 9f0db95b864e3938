/**
 * Who answers for an effect: the run that made it, until a rollback leaves it to another run that needs it. That one
 * holds it from then on, with its before-image, and its own rollback takes it back or passes it on.
 */
import { type Effect, effects, opened } from './fold.ts';
import type { JournalRecord } from './records.ts';
import type { StoredRun } from './state.ts';

/** An effect with the run that made it. */
export interface Held extends Effect {
  readonly maker: StoredRun;
}

/** A moment in the life of a machine: its engines take turns, and what one of them writes is in order. */
export type Moment = readonly [turn: number, run: string, seq: number];

/** Journals of before there were turns come in the order of their runs. */
export function momentOf({ id, records }: StoredRun, seq: number): Moment {
  const isEngine = ({ type }: JournalRecord) => type === 'engine';
  const before = records.findLast((record) => isEngine(record) && record.seq <= seq);
  const engine = before ?? records.find(isEngine);
  return [engine?.type === 'engine' ? (engine.turn ?? 0) : 0, id, seq];
}

/** Negative: `a` came first. */
export function compareMoments(a: Moment, b: Moment): number {
  if (a[0] !== b[0]) return a[0] - b[0];
  if (a[1] !== b[1]) return a[1] < b[1] ? -1 : 1;
  return a[2] - b[2];
}

/** The turn of an engine that starts now: after all that ran on this machine. */
export function nextTurn(runs: readonly StoredRun[]): number {
  const turns = runs.flatMap(({ records }) =>
    records.flatMap((record) => (record.type === 'engine' ? [record.turn ?? 0] : [])),
  );
  return turns.reduce((most, turn) => Math.max(most, turn), 0) + 1;
}

/** An effect by the run that made it and the `seq` of its `begin`. */
export function effectOf(runs: readonly StoredRun[], run: string, seq: number): Held | undefined {
  const maker = runs.find(({ id }) => id === run);
  const effect = maker && effects(maker.records).find((one) => one.seq === seq);
  return effect && { ...effect, maker };
}

/** What was last decided about an effect, in some rollback. */
interface Settlement {
  readonly run: string;
  readonly effect: number;
  readonly heir: string | undefined;
  readonly moment: Moment;
}

const known = new WeakMap<readonly StoredRun[], ReadonlyMap<string, Settlement>>();

/** Of every effect that a rollback took back or left, by `effectName`. */
function settlements(runs: readonly StoredRun[]): ReadonlyMap<string, Settlement> {
  const found = known.get(runs);
  if (found) return found;
  const all = new Map<string, Settlement>();
  for (const rollback of runs.filter(({ records }) => opened(records)?.kind === 'rollback')) {
    for (const record of rollback.records) {
      if (record.type !== 'undo-end' || record.outcome === 'failed') continue;
      const { run, effect, heir } = record;
      const name = effectName(run, effect);
      const moment = momentOf(rollback, record.seq);
      const former = all.get(name);
      if (!former || compareMoments(former.moment, moment) < 0) all.set(name, { run, effect, heir, moment });
    }
  }
  known.set(runs, all);
  return all;
}

/** One name for an effect among all the runs of a machine. */
export const effectName = (run: string, seq: number): string => `${run} ${seq}`;

/** What a rollback of this run would take back: its own effects and those that were left to it, oldest first. */
export function heldBy(run: StoredRun, runs: readonly StoredRun[]): Held[] {
  const all = settlements(runs);
  const own = effects(run.records)
    .filter(({ seq }) => !all.has(effectName(run.id, seq)))
    .map((effect): Held => ({ ...effect, maker: run }));
  const left = [...all.values()].filter(({ heir }) => heir === run.id);
  const inherited = left.flatMap((one) => effectOf(runs, one.run, one.effect) ?? []);
  if (inherited.length === 0) return own;
  const timed = [...own, ...inherited].map((held) => ({ held, at: momentOf(held.maker, held.seq) }));
  return timed.sort((a, b) => compareMoments(a.at, b.at)).map(({ held }) => held);
}

/**
 * Every effect that some rollback may still take back, whoever holds it. Until then the journal of its maker is
 * needed, with the before-images and the secrets that it names.
 */
export function heldByAny(runs: readonly StoredRun[]): Held[] {
  return runs.flatMap((run) => heldBy(run, runs));
}
