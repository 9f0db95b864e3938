/**
 * Takes back the effects of a run, newest first; itself a run, that can be killed and continued.
 *
 * 1. `undo-begin` is on the disk before an effect is taken back, `undo-end` after it was looked at.
 * 2. What somebody changed since is asked about; unattended, it is left and said.
 * 3. What another guide's run needs is left to that run.
 * 4. It needs no guide: the operations and their before-images are in the journal.
 *
 * Proven by test/run/rollback.test.ts and test/crash/.
 */

import { isDeepStrictEqual } from 'node:util';
import type { SecretStore } from '../answers/store.ts';
import type { Text } from '../guide/types.ts';
import * as texts from '../i18n/texts/run.ts';
import {
  agreedPlan,
  type Effect,
  everKnown,
  known,
  lastOf,
  opened,
  settled,
  stepOutcomes,
} from '../journal/fold.ts';
import type { PlannedOperation, PlannedStep } from '../journal/records.ts';
import { openEffects, type StoredRun, standingInstalls } from '../journal/state.ts';
import { type Context, Failure, type Json, type Values } from '../operations/verbs.ts';
import { askAfterFailure } from './after-failure.ts';
import { consents } from './consent.ts';
import { makeContext, type Surroundings } from './context.ts';
import { type AnyOp, operationOf, planHash, titleOf, verbsOf } from './plan.ts';
import type { Decision, PlanStep } from './protocol.ts';
import type { Session } from './session.ts';
import { StepOutput } from './step-output.ts';
import { RunValues, shownValues, valuesFrom } from './values.ts';

export interface Rollback {
  readonly session: Session;
  readonly store: SecretStore;
  readonly facts: Readonly<Record<string, string>>;
  readonly around: Omit<Surroundings, 'values'>;
  readonly start: Extract<Decision, { type: 'start' }>;
}

export type RolledBack = 'done' | 'needs-person' | 'failed' | 'interrupted';

interface Work extends Rollback {
  readonly target: StoredRun;
  readonly runs: readonly StoredRun[];
  readonly values: RunValues;
}

/** Takes back the run that this run's first record names. */
export async function rollback(order: Rollback): Promise<RolledBack> {
  const first = opened(order.session.records);
  const runs = await order.around.state.runs();
  const target = runs.find((run) => run.id === first?.of);
  if (!target) throw new Failure('bug', { what: `no run ${first?.of}` });
  const work: Work = { ...order, target, runs, values: await valuesOf(order, target) };
  const effects = effectsToUndo(work, first?.to);
  const steps = stepsOf(effects, target);
  if (!(await agree(work, steps, effects))) return 'interrupted';
  const done = settled(order.session.records, target.id);
  for (const step of steps) {
    const mine = effects.filter((effect) => effect.step === step.id && !done.has(effect.seq));
    if (!(await undoStep(work, step, mine))) return 'failed';
    if (order.session.stopRequested) return 'interrupted';
  }
  const left = [...settled(order.session.records, target.id).values()];
  return left.some(({ reason }) => isDeepStrictEqual(reason, texts.changedSince)) && order.start.unattended
    ? 'needs-person'
    : 'done';
}

/** Newest first; with `to`, those of the steps after it. */
function effectsToUndo({ target, runs, session }: Work, to: string | undefined): Effect[] {
  const own = settled(session.records, target.id);
  const others = new Set(
    openEffects(
      target,
      runs.filter(({ records }) => records !== session.records),
    ).map(({ seq }) => seq),
  );
  const order = lastOf(target.records, 'planned')?.steps.map(({ id }) => id) ?? [];
  const limit = to === undefined ? -1 : order.indexOf(to);
  const all = openEffects(target, []).filter(({ seq }) => others.has(seq) || own.has(seq));
  return all.filter(({ step }) => order.indexOf(step) > limit || !order.includes(step)).reverse();
}

/** The steps to take back, newest first, as they were planned. */
function stepsOf(effects: readonly Effect[], target: StoredRun): PlannedStep[] {
  const ids = [...new Set(effects.map(({ step }) => step))];
  return ids.flatMap((id) => plannedStep(target, id) ?? []);
}

function plannedStep(target: StoredRun, id: string): PlannedStep | undefined {
  const plans = target.records.flatMap((record) => (record.type === 'planned' ? record.steps : []));
  return plans.findLast((step) => step.id === id);
}

/** The operation of an effect, from the plan that was in force when it began. */
function plannedOperation(target: StoredRun, effect: Effect): PlannedOperation {
  const plans = target.records.filter((record) => record.type === 'planned' && record.seq < effect.seq);
  for (const plan of plans.reverse()) {
    if (plan.type !== 'planned') continue;
    const found = plan.steps.flatMap(({ operations }) => operations).find(({ id }) => id === effect.id);
    if (found) return found;
  }
  throw new Failure('bug', { what: `no plan for ${effect.id}` });
}

async function agree(
  work: Work,
  steps: readonly PlannedStep[],
  effects: readonly Effect[],
): Promise<boolean> {
  const { session, start, target } = work;
  const hash = planHash(
    steps,
    effects.map(({ seq }) => seq),
  );
  if (agreedPlan(session.records)) return true;
  await session.append({ type: 'planned', steps: [...steps], hash, guide: { finished: [] } });
  session.emit({
    type: 'plan',
    plan: {
      guide: opened(target.records)?.guide ?? '',
      hash,
      steps: steps.map((step) => undoStepView(step, effects, work)),
    },
  });
  return consents(session, start, hash);
}

function undoStepView(step: PlannedStep, effects: readonly Effect[], work: Work): PlanStep {
  const mine = effects.filter((effect) => effect.step === step.id);
  return {
    id: step.id,
    title: step.title,
    chapter: step.chapter,
    source: step.source,
    errata: [],
    manual: false,
    operations: mine.map((effect) => {
      const op = operationOf(plannedOperation(work.target, effect));
      return {
        key: effect.key,
        kind: op.kind,
        title: titleOf(op, valuesWhen(effect, work), effect.key),
        change: 'undo',
        commands: [],
        diff: '',
      };
    }),
  };
}

/** `false`: one effect could not be taken back and the person stops. */
async function undoStep(work: Work, step: PlannedStep, effects: readonly Effect[]): Promise<boolean> {
  const { session, around, start } = work;
  for (;;) {
    await session.append({ type: 'step-begin', step: step.id });
    const output = new StepOutput(step.id, session, around);
    try {
      for (const effect of effects) {
        const values = valuesWhen(effect, work);
        await undoEffect(work, effect, makeContext({ ...around, values }, 'undo', output.say));
      }
      await session.append({ type: 'step-end', step: step.id, outcome: 'done', changed: effects.length });
      return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { code, values, say } = error;
      await session.append({
        type: 'step-end',
        step: step.id,
        outcome: 'failed',
        changed: 0,
        error: output.failed({ code, values, ...(say ? { say } : {}) }),
      });
      if (start.unattended) return false;
      const decision = await askAfterFailure(session, step.id);
      session.answered();
      if (decision.type !== 'retry') return false;
    } finally {
      output.close();
    }
  }
}

async function undoEffect(work: Work, effect: Effect, context: Context): Promise<void> {
  const { session, target } = work;
  if (settled(session.records, target.id).has(effect.seq)) return;
  const about = { effect: effect.seq, run: target.id, key: effect.key };
  const op = operationOf(plannedOperation(target, effect));
  const verbs = verbsOf(op);
  const title = titleOf(op, context.values, effect.key);
  session.emit({ type: 'operation', step: effect.step, key: effect.key, title });
  const heir = heirOf(effect.key, work);
  if (heir) {
    const reason = texts.stillNeededBy(heir);
    await session.append({ type: 'undo-end', ...about, outcome: 'kept', heir, reason });
    return;
  }
  if (holdsKept(effect.key, work)) {
    await session.append({ type: 'undo-end', ...about, outcome: 'kept', reason: texts.holdsChanged });
    return;
  }
  const begun = session.records.some(
    (record) => record.type === 'undo-begin' && record.effect === effect.seq,
  );
  if (!begun && effect.outcome === 'done') {
    const now = verbs.mark(op, await verbs.inspect(op, context), context);
    const changed =
      differ(op, now, effect.mark ?? null, work.values) && differ(op, now, effect.was, work.values);
    if (changed && !(await overwrites(work, effect, title))) {
      await session.append({ type: 'undo-end', ...about, outcome: 'kept', reason: texts.changedSince });
      return;
    }
  }
  await session.append({ type: 'undo-begin', ...about });
  const { left } = await verbs.undo(op, effect.before, context);
  if (!left) await lookAgain(op, effect, context);
  await session.append({
    type: 'undo-end',
    ...about,
    outcome: left ? 'kept' : 'undone',
    ...(left ? { reason: left } : {}),
  });
}

function differ(op: AnyOp, now: Json, then: Json, values: Values): boolean {
  return verbsOf(op).differs?.(op, now, then, values) ?? !isDeepStrictEqual(now, then);
}

/** A folder in which something was left because somebody changed it. */
function holdsKept(key: string, { session, target }: Work): boolean {
  const path = /^dir:(.*)$/s.exec(key)?.[1];
  if (path === undefined) return false;
  const kept = [...settled(session.records, target.id).values()].filter(
    ({ outcome, heir }) => outcome === 'kept' && !heir,
  );
  return kept.some((one) => one.key.startsWith(`file:${path}/`) || one.key.startsWith(`dir:${path}/`));
}

/** "Rolled back" is said only after having looked. */
async function lookAgain(op: AnyOp, effect: Effect, context: Context): Promise<void> {
  const verbs = verbsOf(op);
  const now = verbs.mark(op, await verbs.inspect(op, context), context);
  if (!differ(op, now, effect.was, context.values)) return;
  context.say(`${effect.key}: ${JSON.stringify(effect.was)} -> ${JSON.stringify(now)}`);
  throw new Failure('undo-differs', { key: effect.key });
}

async function overwrites({ session, start }: Work, effect: Effect, title: Text): Promise<boolean> {
  if (start.unattended) return false;
  session.emit({ type: 'conflict', conflict: { key: effect.key, title } });
  for (;;) {
    const decision = await session.ask('conflict');
    if (decision.type === 'keep' || decision.type === 'overwrite') {
      session.answered();
      await session.append({ type: 'decision', decision: decision.type, reason: effect.key });
      return decision.type === 'overwrite';
    }
  }
}

/** Another guide's standing run that has the same resource in its plan. */
function heirOf(key: string, { target, runs }: Work): string | undefined {
  const guide = opened(target.records)?.guide;
  const other = standingInstalls(runs).find(({ records }) => {
    if (opened(records)?.guide === guide || stepOutcomes(records).size === 0) return false;
    return agreedPlan(records)?.steps.some((step) => step.operations.some((one) => one.key === key));
  });
  return other?.id;
}

/** As they were when the effect began: an answer may have been corrected since. Of secrets the newest is kept. */
function valuesWhen(effect: Effect, { target, values }: Work): RunValues {
  const then = known(target.records.filter(({ seq }) => seq < effect.seq));
  return values.with([...then].flatMap(([id, one]) => shownValues(id, one)));
}

async function valuesOf({ store, around, facts }: Rollback, target: StoredRun): Promise<RunValues> {
  const all = await valuesFrom(facts, everKnown(target.records), store);
  return new RunValues(all, around.redactor, async () => {});
}
