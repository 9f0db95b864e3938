/**
 * Takes back the effects of a run, newest first; itself a run, that can be killed and continued.
 *
 * 1. `undo-begin` is on the disk before an effect is taken back, `undo-end` after it was looked at.
 * 2. What somebody changed since is asked about; unattended, it is left and said.
 * 3. What another guide's run needs is left to that run, whose own rollback takes it back (src/journal/held.ts).
 * 4. It needs no guide: the operations and their before-images are in the journal.
 * 5. What can no longer be taken back is said in the plan; unattended, nothing is done then.
 *
 * Proven by test/run/rollback.test.ts and test/crash/.
 */

import * as texts from '../i18n/texts/run.ts';
import { agreedPlan, opened } from '../journal/fold.ts';
import { effectName, type Held, heldBy } from '../journal/held.ts';
import type { JournalRecord, PlannedStep } from '../journal/records.ts';
import { openEffects, standingInstalls } from '../journal/state.ts';
import { failureOf, unlessFailure } from '../operations/system-error.ts';
import { Failure } from '../operations/verbs.ts';
import { askAfterFailure } from './after-failure.ts';
import { type Changed, changeOf } from './changed.ts';
import { consents } from './consent.ts';
import { makeContext } from './context.ts';
import { forgetSecrets } from './forget.ts';
import { mayPart, needsOf } from './needs.ts';
import { operationOf, planHash, titleOf } from './plan.ts';
import type { Plan, PlanStep } from './protocol.ts';
import {
  plannedOperation,
  type Rollback,
  type Scope,
  valuesOfMakers,
  valuesWhen,
  type Work,
} from './rollback-work.ts';
import { StepOutput } from './step-output.ts';
import { undoEffect } from './undo-effect.ts';
import { afterStep, effectsToUndo, type Part, partsOf } from './undo-list.ts';
import { lostOf } from './undo-needs.ts';

export type RolledBack = 'done' | 'needs-person' | 'failed' | 'interrupted';

/** Takes back the run that this run's first record names. */
export async function rollback(order: Rollback): Promise<RolledBack> {
  const first = opened(order.session.records);
  const runs = await order.around.state.runs();
  const target = runs.find((run) => run.id === first?.of);
  if (!target) throw new Failure('bug', { what: `no run ${first?.of}` });
  const { around, facts, session } = order;
  const held = effectsToUndo(around.run, target, runs);
  const needs = await needsOf(runs, facts, around.redactor);
  const others = needs.filter(({ run }) => opened(run.records)?.guide !== first?.guide);
  const known = { ...order, target, runs, values: await valuesOfMakers(order, held), needs: others };
  const effects = afterStep(held, first?.to, needs, known);
  const lost = await lostOf(known, effects);
  const work: Work = { ...known, lost, changed: await changedOf(known, effects), overwritten: new Set() };
  const parts = partsOf(effects, target);
  const agreed = await agree(work, parts);
  if (agreed !== true) return agreed;
  // What another rollback gave back to this run meanwhile is open again, whatever was done before.
  const open = new Set(heldBy(target, runs).map(nameOf));
  for (const part of parts) {
    const mine = part.effects.filter((effect) => open.has(nameOf(effect)));
    if (!(await undoPart(work, part.step, mine))) return 'failed';
    if (session.stopRequested) return 'interrupted';
  }
  if (first?.to === undefined) await forgetSecrets(work);
  const isLeft = (record: JournalRecord) =>
    record.type === 'undo-end' && record.outcome === 'kept' && !record.heir && !record.foreseen;
  return session.records.some(isLeft) && order.start.unattended ? 'needs-person' : 'done';
}

const nameOf = ({ maker, seq }: Held): string => effectName(maker.id, seq);

/** What will be asked about, known before it begins. What packages hold shows once a guide's own is out of it. */
async function changedOf(work: Scope, effects: readonly Held[]): Promise<Map<Held, Changed>> {
  const { session, around } = work;
  session.emit({ type: 'busy', busy: texts.lookingAtMachine });
  const found = new Map<Held, Changed>();
  for (const effect of effects) {
    if (mayPart(operationOf(plannedOperation(effect)))) continue;
    const context = makeContext({ ...around, values: valuesWhen(effect, work) }, 'undo');
    // What cannot be looked at now is looked at when its turn comes.
    const changed = await changeOf(effect, session.records, context).catch(unlessFailure);
    // A file in a virtual environment is in the way of each package that was put there.
    const isNews = [...found.values()].every(({ diff }) => diff !== changed?.diff);
    if (changed && isNews) found.set(effect, changed);
  }
  session.emit({ type: 'busy', busy: null });
  return found;
}

async function agree(work: Work, parts: readonly Part[]): Promise<true | 'interrupted' | 'needs-person'> {
  const { session, start, target, lost } = work;
  const steps = parts.map(({ step }) => step);
  const effects = parts.flatMap((part) => part.effects);
  const hash = planHash(steps, [
    ...effects.map(nameOf),
    ...[...lost.keys()].map((effect) => `not ${nameOf(effect)}`),
  ]);
  if (agreedPlan(session.records)?.hash === hash) return true;
  await session.append({ type: 'planned', steps: [...steps], hash, guide: { finished: [] } });
  session.emit({
    type: 'plan',
    plan: {
      guide: opened(target.records)?.guide ?? '',
      hash,
      ...notesOf(work),
      steps: parts.map((part) => undoStepView(part, work)),
    },
  });
  if (start.unattended && lost.size > 0) {
    await sayLost(work);
    return 'needs-person';
  }
  return (await consents(session, start, hash)) || 'interrupted';
}

function notesOf({ changed, target, runs, session }: Work): Pick<Plan, 'notes'> {
  const first = opened(target.records);
  const older = standingInstalls(runs).filter(
    (run) =>
      opened(run.records)?.guide === first?.guide &&
      run.id !== target.id &&
      openEffects(run, runs).length > 0 &&
      opened(session.records)?.to === undefined,
  );
  const notes = [
    ...(changed.size > 0 ? [texts.someChanged(changed.size)] : []),
    ...older.map(({ id }) => texts.olderRunStays(id)),
  ];
  return notes.length > 0 ? { notes } : {};
}

/** Nobody is there to decide whether to go on without: nothing is done. */
async function sayLost({ session, lost }: Work): Promise<void> {
  for (const [{ step, key }, reason] of lost)
    await session.append({ type: 'warning', step, say: texts.cannotTakeBack(key, reason) });
}

function undoStepView({ step, effects }: Part, work: Work): PlanStep {
  return {
    id: step.id,
    title: step.title,
    chapter: step.chapter,
    source: step.source,
    errata: [],
    manual: false,
    operations: effects.map((effect) => {
      const op = operationOf(plannedOperation(effect));
      const lost = work.lost.get(effect);
      const changed = lost ? undefined : work.changed.get(effect);
      return {
        key: effect.key,
        kind: op.kind,
        title: titleOf(op, valuesWhen(effect, work), effect.key),
        change: lost ? 'person' : 'undo',
        commands: [],
        diff: changed?.diff ?? '',
        ...(changed ? { reason: texts.willBeAsked } : {}),
        ...(lost ? { reason: lost, irreversible: lost } : {}),
      };
    }),
  };
}

/** `false`: one effect could not be taken back and the person stops. */
async function undoPart(work: Work, step: PlannedStep, effects: readonly Held[]): Promise<boolean> {
  const { session, around, start } = work;
  for (;;) {
    await session.append({ type: 'step-begin', step: step.id });
    const output = new StepOutput(step.id, session, around);
    try {
      for (const effect of effects) {
        const values = valuesWhen(effect, work);
        await undoEffect(work, step.id, effect, makeContext({ ...around, values }, 'undo', output.say));
      }
      await session.append({ type: 'step-end', step: step.id, outcome: 'done', changed: effects.length });
      return true;
    } catch (error) {
      const failure = failureOf(error);
      if (!failure) throw error;
      const { code, values, say } = failure;
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
      await output.close();
    }
  }
}
