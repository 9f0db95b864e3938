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
import * as texts from '../i18n/texts/run.ts';
import { agreedPlan, type Effect, everKnown, lastOf, opened, settled } from '../journal/fold.ts';
import type { PlannedStep } from '../journal/records.ts';
import { openEffects, type StoredRun } from '../journal/state.ts';
import { Failure } from '../operations/verbs.ts';
import { askAfterFailure } from './after-failure.ts';
import { consents } from './consent.ts';
import { makeContext } from './context.ts';
import { operationOf, planHash, titleOf } from './plan.ts';
import type { PlanStep } from './protocol.ts';
import { plannedOperation, plannedStep, type Rollback, valuesWhen, type Work } from './rollback-work.ts';
import { StepOutput } from './step-output.ts';
import { undoEffect } from './undo-effect.ts';
import { RunValues, valuesFrom } from './values.ts';

export type RolledBack = 'done' | 'needs-person' | 'failed' | 'interrupted';

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

async function valuesOf({ store, around, facts }: Rollback, target: StoredRun): Promise<RunValues> {
  const all = await valuesFrom(facts, everKnown(target.records), store);
  return new RunValues(all, around.redactor, async () => {});
}
