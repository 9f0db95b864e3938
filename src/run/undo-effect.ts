/** One effect taken back, or left with its reason. */

import { isDeepStrictEqual } from 'node:util';
import type { Text } from '../guide/types.ts';
import * as texts from '../i18n/texts/run.ts';
import { agreedPlan, type Effect, opened, settled, stepOutcomes } from '../journal/fold.ts';
import { standingInstalls } from '../journal/state.ts';
import { type Context, Failure, type Json, type Values } from '../operations/verbs.ts';
import { type AnyOp, operationOf, titleOf, verbsOf } from './plan.ts';
import { plannedOperation, type Work } from './rollback-work.ts';

export async function undoEffect(work: Work, effect: Effect, context: Context): Promise<void> {
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

/** A folder in which something was left because somebody changed it. */
function holdsKept(key: string, { session, target }: Work): boolean {
  const path = /^dir:(.*)$/s.exec(key)?.[1];
  if (path === undefined) return false;
  const kept = [...settled(session.records, target.id).values()].filter(
    ({ outcome, heir }) => outcome === 'kept' && !heir,
  );
  return kept.some((one) => one.key.startsWith(`file:${path}/`) || one.key.startsWith(`dir:${path}/`));
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

/** "Rolled back" is said only after having looked. */
async function lookAgain(op: AnyOp, effect: Effect, context: Context): Promise<void> {
  const verbs = verbsOf(op);
  const now = verbs.mark(op, await verbs.inspect(op, context), context);
  if (!differ(op, now, effect.was, context.values)) return;
  context.say(`${effect.key}: ${JSON.stringify(effect.was)} -> ${JSON.stringify(now)}`);
  throw new Failure('undo-differs', { key: effect.key });
}

function differ(op: AnyOp, now: Json, then: Json, values: Values): boolean {
  return verbsOf(op).differs?.(op, now, then, values) ?? !isDeepStrictEqual(now, then);
}
