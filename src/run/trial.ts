/** A change on trial: the client that decides is asked whether it works, for as long as there is time. */
import type { PlannedStep } from '../journal/records.ts';
import type { Context, Trial } from '../operations/verbs.ts';
import type { Session } from './session.ts';

/** Throws `StopRequested` when the person stops, `Abandoned` when nobody is left: what is on trial is not confirmed. */
export async function askOnTrial(
  session: Session,
  { id: step, title }: Pick<PlannedStep, 'id' | 'title'>,
  { say, limit }: Trial,
): ReturnType<Context['confirm']> {
  const end = performance.now() + limit;
  const until = new Date(Date.now() + limit).toISOString();
  session.emit({ type: 'trial', trial: { step, title, say, until, limit } });
  try {
    for (;;) {
      const decision = await session.askFor('confirmation', end - performance.now());
      if (!decision) return 'nobody';
      if (decision.type !== 'confirm' && decision.type !== 'refuse') continue;
      await session.append({ type: 'decision', decision: decision.type, step });
      return decision.type === 'confirm' ? 'yes' : 'no';
    }
  } finally {
    session.answered();
    session.emit({ type: 'trial', trial: null });
  }
}
