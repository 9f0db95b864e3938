/**
 * Executes an agreed plan, step after step. What holds, whatever instant the world stops at:
 *
 * 1. Before an effect, its `begin` record with the before-image is on the disk; after it, its `end` is,
 *    before the next effect begins.
 * 2. An effect found begun and not ended is looked at: it is done, or done again from the before-image that
 *    was taken first, never from a half-made state. What can look done without being so is not believed.
 * 3. Exit codes are not believed: after `apply` the difference must be none.
 * 4. A step that failed leaves the finished ones alone.
 *
 * Proven by test/run/runner.test.ts and test/crash/.
 */
import type { KnownCause, Text } from '../guide/types.ts';
import { effects, stepOutcomes } from '../journal/fold.ts';
import type { PlannedOperation, PlannedStep } from '../journal/records.ts';
import { failureOf } from '../operations/system-error.ts';
import {
  type Context,
  Failure,
  type Json,
  LeftToPerson,
  type LentProgram,
  type Trial,
} from '../operations/verbs.ts';
import { askAfterFailure } from './after-failure.ts';
import { capture } from './capture.ts';
import { makeContext, type Surroundings } from './context.ts';
import { leadChecklist, leadPersonal } from './lead.ts';
import { lendTerminal } from './lend.ts';
import { type AnyOp, operationOf, titleOf, verbsOf } from './plan.ts';
import type { StepError } from './protocol.ts';
import { Abandoned, type Session, StopRequested } from './session.ts';
import { StepOutput } from './step-output.ts';
import { askOnTrial } from './trial.ts';
import { hadToWait, isLeftToPerson } from './unattended.ts';
import { inWords, missingIn } from './values.ts';

export type Executed = 'done' | 'needs-person' | 'failed' | 'interrupted' | 'correct' | 'rollback';

export interface Order {
  readonly session: Session;
  readonly around: Surroundings;
  readonly steps: readonly PlannedStep[];
  readonly unattended: boolean;
  readonly until: string | undefined;
  /** Ways to fail that only this guide has. */
  readonly causes: readonly KnownCause[];
  /** Something may leave the machine for `kept/`, as in a rollback: it is told. A dump before an effect has its own record. */
  readonly removes?: boolean;
}

/** Runs the steps that are not finished yet. */
export async function execute(order: Order): Promise<Executed> {
  const finished = stepOutcomes(order.session.records);
  for (const step of order.steps) {
    const outcome = finished.get(step.id);
    if (outcome !== 'done' && outcome !== 'skipped' && !(await waits(order, step))) {
      const stopped = await runUntilSettled(order, step);
      if (stopped) return stopped;
    }
    if (step.id === order.until || order.session.stopRequested) return 'interrupted';
  }
  const outcomes = [...stepOutcomes(order.session.records).values()];
  return outcomes.some((outcome) => outcome === 'left' || outcome === 'waits') ? 'needs-person' : 'done';
}

/** A step that needs one which is not done yet (a person has it in hand) waits, and is said to. */
async function waits({ session, steps }: Order, step: PlannedStep): Promise<boolean> {
  const outcomes = stepOutcomes(session.records);
  const isOpen = (id: string) => ['left', 'waits'].includes(outcomes.get(id) ?? '');
  const needed = step.needs.filter((id) => steps.some((one) => one.id === id)).find(isOpen);
  if (needed === undefined) return false;
  await session.append({ type: 'step-begin', step: step.id });
  await session.append({ type: 'step-end', step: step.id, outcome: 'waits', changed: 0, reason: needed });
  return true;
}

/** Runs one step, again if the person says so after a failure. Nothing: go on with the next step. */
async function runUntilSettled(order: Order, step: PlannedStep): Promise<Executed | undefined> {
  let first: readonly PlannedOperation[] = [];
  for (;;) {
    if (await runStep(order, step, first)) return undefined;
    if (order.unattended) return 'failed';
    const decision = await decideOnFailure(order, step);
    if (decision === 'skip') return undefined;
    if (decision !== 'retry' && typeof decision === 'string') return decision;
    first = decision === 'retry' ? [] : [decision.operation];
  }
}

type Remedy = NonNullable<PlannedStep['remedies']>[number];

async function decideOnFailure(
  { session, around }: Order,
  { id: step, remedies = [] }: PlannedStep,
): Promise<'retry' | 'skip' | Executed | Remedy> {
  for (;;) {
    let decision: Awaited<ReturnType<Session['ask']>>;
    try {
      decision = await askAfterFailure(session, step);
    } catch (error) {
      if (error instanceof StopRequested) return 'failed';
      throw error;
    }
    if (decision.type === 'skip') {
      session.answered();
      await session.append({
        type: 'step-end',
        step,
        outcome: 'skipped',
        changed: 0,
        reason: around.redactor.redact(decision.reason),
      });
      return 'skip';
    }
    const remedy = remedies.find(({ id }) => decision.type === 'remedy' && id === decision.id);
    if (remedy) {
      session.answered();
      await session.append({ type: 'decision', decision: 'remedy', step, reason: remedy.id });
      return remedy;
    }
    if (decision.type === 'retry' || decision.type === 'correct' || decision.type === 'rollback') {
      session.answered();
      await session.append({ type: 'decision', decision: decision.type, step });
      return decision.type;
    }
  }
}

/** Runs the operations of a step, after a repair that was chosen; `false` if one failed. */
async function runStep(
  order: Order,
  step: PlannedStep,
  first: readonly PlannedOperation[] = [],
): Promise<boolean> {
  const { session, around } = order;
  await session.append({ type: 'step-begin', step: step.id });
  const output = new StepOutput(step.id, session, around);
  const saved = async (path: string, restore: string) => {
    await session.append({ type: 'saved', step: step.id, path, restore });
  };
  let changed = 0;
  try {
    let outcome: 'done' | 'left' | 'waits' = 'done';
    for (const planned of [...first, ...step.operations]) {
      const context = {
        ...makeContext(around, 'run', output.say),
        ...(order.removes ? { saved } : {}),
        lend: (program: LentProgram) => lendTerminal(session, step, program),
        confirm: (trial: Trial) => askOnTrial(session, step, trial),
      };
      const result = await runOperation(order, step, planned, context);
      if (result === 'changed') changed++;
      if (result === 'left' || result === 'waits') outcome = result;
      if (result === 'waits') break;
    }
    await session.append({ type: 'step-end', step: step.id, outcome, changed });
    return true;
  } catch (error) {
    if (error instanceof StopRequested || error instanceof Abandoned) {
      await session.append({ type: 'step-end', step: step.id, outcome: 'left', changed });
      throw error;
    }
    await session.append({
      type: 'step-end',
      step: step.id,
      outcome: 'failed',
      changed,
      error: { ...output.failed(asFailure(error, around), order.causes), ...offeredBy(step) },
    });
    return false;
  } finally {
    await output.close();
  }
}

/** For the clients: what a repair does is in the plan. */
function offeredBy({ remedies = [] }: PlannedStep): { remedies?: { id: string; title: Text }[] } {
  return remedies.length > 0 ? { remedies: remedies.map(({ id, title }) => ({ id, title })) } : {};
}

/** What has to be known before it is begun: a checklist may teach the values that its proofs use. */
function neededBy(op: AnyOp): unknown {
  return op.kind === 'checklist' ? op.items.map(({ proof: _, ...item }) => item) : op;
}

type Result = 'same' | 'changed' | 'left' | 'waits';

async function runOperation(
  order: Order,
  step: PlannedStep,
  planned: PlannedOperation,
  context: Context,
): Promise<Result> {
  const { session, around } = order;
  const op = operationOf(planned);
  if (missingIn(neededBy(op), around.values).length > 0) return 'waits';
  session.emit({
    type: 'operation',
    step: step.id,
    key: planned.key,
    title: titleOf(op, around.values, planned.key),
  });
  if (op.kind === 'checklist') return leadChecklist(order, step, op, context);
  const unfinished = effects(session.records).findLast(
    (effect) => effect.id === planned.id && effect.outcome !== 'done',
  );
  const way = unfinished?.outcome === 'begun' ? afterCutOff(op) : undefined;
  if (unfinished && way === 'undo-first') await verbsOf(op).undo(op, unfinished.before, context);
  const seen = await verbsOf(op).inspect(op, context);
  const difference = verbsOf(op).diff(op, seen, context);
  const isLent = op.kind === 'terminal';
  if (order.unattended && (await isLeftToPerson(session, step, op, seen, difference))) return 'left';
  if (await hadToWait(session, op, seen, difference)) return runOperation(order, step, planned, context);
  if (difference.change === 'person' && !isLent)
    return leadPersonal(order, step, planned, difference, context);
  if (difference.change === 'none' && !way) {
    const mark = verbsOf(op).mark(op, seen, context);
    await session.append({
      type: 'end',
      step: step.id,
      id: planned.id,
      key: planned.key,
      outcome: unfinished ? 'done' : 'same',
      mark,
    });
    return unfinished ? 'changed' : 'same';
  }
  if (unfinished) {
    if ('interrupted' in op && op.interrupted === 'undo-first')
      await verbsOf(op).undo(op, unfinished.before, context);
  } else {
    const was = verbsOf(op).mark(op, seen, context);
    const needed = await capture(op, seen, context);
    const about = { step: step.id, id: planned.id, key: planned.key };
    await session.append({ type: 'begin', ...about, was, ...needed });
  }
  return converge(order, step, planned, op, seen, context);
}

/** A kill in the middle can leave what its look takes for done, or for somebody else's. */
function afterCutOff(op: AnyOp): 'undo-first' | 'again' | undefined {
  const again = 'interrupted' in op && op.interrupted === 'again' ? 'again' : undefined;
  return verbsOf(op).cutOff ?? again;
}

/** The before-image is on the disk: apply, look, record. */
async function converge(
  { session }: Order,
  step: PlannedStep,
  planned: PlannedOperation,
  op: AnyOp,
  seen: unknown,
  context: Context,
): Promise<Result> {
  const end = (outcome: 'done' | 'failed', mark: Json) =>
    session.append({ type: 'end', step: step.id, id: planned.id, key: planned.key, outcome, mark });
  try {
    await verbsOf(op).apply(op, seen, context);
    const after = await verbsOf(op).inspect(op, context);
    const mark = verbsOf(op).mark(op, after, context);
    // What is about to be recorded counts already: a service was started with the inputs seen just now.
    const recorded = (key: string) => (key === planned.key ? mark : context.recorded(key));
    const left = verbsOf(op).diff(op, after, { ...context, recorded });
    if (left.change === 'change')
      throw new Failure('not-converged', { key: planned.key, diff: context.redact(left.diff ?? '') });
    await end('done', mark);
    return 'changed';
  } catch (error) {
    if (error instanceof LeftToPerson) return 'left';
    if (
      error instanceof Failure &&
      error.code === 'check-failed' &&
      op.kind === 'check' &&
      op.level === 'warn'
    ) {
      await session.append({
        type: 'warning',
        step: step.id,
        say: inWords(error.say ?? op.say, context.values),
      });
      await end('done', null);
      return 'same';
    }
    await end('failed', null);
    throw error;
  }
}

/** What the journal keeps of an error; no secret. */
function asFailure(error: unknown, around: Surroundings): Omit<StepError, 'lastLines'> {
  const failure = failureOf(error);
  if (failure) {
    const say = failure.say && inWords(failure.say, around.values);
    return { code: failure.code, values: failure.values, ...(say ? { say } : {}) };
  }
  const what = error instanceof Error ? error.message : String(error);
  return { code: 'bug', values: { what: around.redactor.redact(what) } };
}
