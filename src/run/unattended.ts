/** Whether somebody is there: without, nothing is begun that asks its own questions or has to be confirmed in time. */
import type { PlannedStep } from '../journal/records.ts';
import type { Difference } from '../operations/verbs.ts';
import { type AnyOp, verbsOf } from './plan.ts';
import type { Session } from './session.ts';

/** Why somebody is needed stands in the report. */
export async function isLeftToPerson(
  session: Session,
  step: PlannedStep,
  op: AnyOp,
  seen: unknown,
  { change }: Difference,
): Promise<boolean> {
  if (op.kind === 'terminal') return change !== 'none';
  const why = change === 'change' ? verbsOf(op).attended?.(op, seen) : undefined;
  if (why) await session.append({ type: 'warning', step: step.id, say: why });
  return why !== undefined;
}

/** Who is to be asked has closed the window: whether it was waited until somebody came. */
export async function hadToWait(
  session: Session,
  op: AnyOp,
  seen: unknown,
  { change }: Difference,
): Promise<boolean> {
  if (session.clients > 0 || change !== 'change' || !verbsOf(op).attended?.(op, seen)) return false;
  await session.somebody('confirmation');
  return true;
}
