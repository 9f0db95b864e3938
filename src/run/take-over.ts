/**
 * What an engine does first with what the one before was cut off from: it says what was under way, and waits for the
 * program that still runs. The effect that had begun is looked at when its turn comes.
 */
import * as texts from '../i18n/texts/run.ts';
import { lastOf, stepOutcomes } from '../journal/fold.ts';
import { bootId } from '../journal/lock.ts';
import type { JournalRecord } from '../journal/records.ts';
import { forgetPassing, type Surroundings } from './context.ts';
import { awaitOrphan } from './orphan.ts';
import type { Text } from './protocol.ts';
import type { Session } from './session.ts';

export type Former = NonNullable<ReturnType<typeof lastOf<'engine'>>>;

/** `former`: the engine before this one, if the run had one. */
export async function takeOver(
  session: Session,
  around: Omit<Surroundings, 'values'>,
  former: Former | undefined,
): Promise<void> {
  const { host, state, run } = around;
  if (former && wasCutOff(session.records, former)) {
    const isSameBoot = former.boot === (await bootId(host));
    const step = openStep(session.records);
    await session.append({
      type: 'warning',
      step: step ?? '',
      say: step ? texts.cutOffIn(titleOf(step, session.records), isSameBoot) : texts.cutOff(isSameBoot),
    });
  }
  const onWait = () => session.emit({ type: 'busy', busy: texts.awaitingProgram });
  // The lock is ours: whatever program an engine left running, in this run or another, has nobody.
  for (const { id, records } of await state.runs())
    await awaitOrphan(
      host,
      `${state.run(id)}/child`,
      id === run ? former : lastOf(records, 'engine'),
      onWait,
    );
  session.emit({ type: 'busy', busy: null });
  await forgetPassing(around);
}

/** It never said that it put the run down. */
function wasCutOff(records: readonly JournalRecord[], former: Former): boolean {
  return (lastOf(records, 'ended')?.seq ?? 0) < former.seq;
}

/** The step that was begun last, if it did not end. */
function openStep(records: readonly JournalRecord[]): string | undefined {
  const step = lastOf(records, 'step-begin')?.step;
  return step === undefined || stepOutcomes(records).has(step) ? undefined : step;
}

function titleOf(step: string, records: readonly JournalRecord[]): Text {
  const title = lastOf(records, 'planned')?.steps.find(({ id }) => id === step)?.title;
  return title ?? { fr: step, en: step };
}
