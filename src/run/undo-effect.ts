/** One effect taken back, or left with its reason. */

import * as texts from '../i18n/texts/run.ts';
import { type Effect, settled } from '../journal/fold.ts';
import type { Held } from '../journal/held.ts';
import { type Context, Failure } from '../operations/verbs.ts';
import { changeOf, differ, holdsKept, isNeededByKept } from './changed.ts';
import { isOverwritten, saveChanged } from './conflict.ts';
import { heirOf, mayPart, runNeeding, subjectOf } from './needs.ts';
import { type AnyOp, titleOf, verbsOf } from './plan.ts';
import type { Work } from './rollback-work.ts';

export async function undoEffect(work: Work, step: string, effect: Held, context: Context): Promise<void> {
  const { session } = work;
  if (isSettled(effect, work)) return;
  const about = { effect: effect.seq, run: effect.maker.id, key: effect.key };
  const subject = subjectOf(effect, work);
  const { op } = subject;
  const verbs = verbsOf(op);
  const title = titleOf(op, context.values, effect.key);
  session.emit({ type: 'operation', step, key: effect.key, title });
  const heirTo = (key: string) => heirOf({ ...subject, resources: [key] }, work.needs);
  const heir = heirOf(subject, work.needs);
  // Packages of one operation may part: the others go.
  if (heir && (!mayPart(op) || subject.resources.every(heirTo))) {
    const reason = texts.stillNeededBy(heir);
    await session.append({ type: 'undo-end', ...about, outcome: 'kept', heir, reason });
    return;
  }
  const lost = work.lost.get(effect);
  if (lost) {
    await session.append({ type: 'undo-end', ...about, outcome: 'kept', reason: lost });
    return;
  }
  if (holdsKept(op, context.values, work)) {
    await session.append({ type: 'undo-end', ...about, outcome: 'kept', reason: texts.holdsChanged });
    return;
  }
  if (isNeededByKept(op, context.values, work)) {
    await session.append({ type: 'undo-end', ...about, outcome: 'kept', reason: texts.keptNeedsIt });
    return;
  }
  const saved = async (path: string, restore: string) => {
    await session.append({ type: 'saved', step, path, restore });
  };
  // What another guide has put there since is no change by somebody else.
  const changed =
    heir || isBegun(effect, work) ? undefined : await changeOf(effect, session.records, context);
  if (changed && !(await isOverwritten(work, effect, title, changed))) {
    await session.append({ type: 'undo-end', ...about, outcome: 'kept', reason: texts.changedSince });
    return;
  }
  if (changed) await saveChanged(changed, effect, { ...context, saved });
  await session.append({ type: 'undo-begin', ...about });
  const isNeeded = (key: string) => heirTo(key) !== undefined;
  const { left, until = [], foreseen } = await verbs.undo(op, effect.before, { ...context, isNeeded, saved });
  const next = runNeeding(until, work.needs);
  if (next) {
    const reason = left ?? texts.stillNeededBy(next);
    await session.append({ type: 'undo-end', ...about, outcome: 'kept', heir: next, reason });
    return;
  }
  if (!left) await lookAgain(op, effect, context);
  await session.append({
    type: 'undo-end',
    ...about,
    outcome: left ? 'kept' : 'undone',
    ...(left ? { reason: left } : {}),
    ...(left && foreseen ? { foreseen } : {}),
  });
}

/** Since this engine began: the step is tried again. */
function isSettled({ maker, seq }: Held, { session }: Work): boolean {
  const since = session.records.findLastIndex(({ type }) => type === 'engine');
  return settled(session.records.slice(since), maker.id).has(seq);
}

/** In this rollback, which was stopped, or in one that could take back a part only. */
function isBegun({ maker, seq }: Held, { session, runs }: Work): boolean {
  return [session.records, ...runs.map(({ records }) => records)].some((records) =>
    records.some(
      (record) => record.type === 'undo-begin' && record.run === maker.id && record.effect === seq,
    ),
  );
}

/** "Rolled back" is said only after having looked. */
async function lookAgain(op: AnyOp, effect: Effect, context: Context): Promise<void> {
  const verbs = verbsOf(op);
  const now = verbs.mark(op, await verbs.inspect(op, context), context);
  if (!differ(op, now, effect.was, context.values, effect.was)) return;
  context.say(`${effect.key}: ${JSON.stringify(effect.was)} -> ${JSON.stringify(now)}`);
  throw new Failure('undo-differs', { key: effect.key });
}
