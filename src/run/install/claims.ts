/** What only one guide of a machine can have: a port, a name. */
import type { Text } from '../../guide/types.ts';
import * as texts from '../../i18n/texts/run.ts';
import { agreedPlan, opened, stepOutcomes } from '../../journal/fold.ts';
import type { PlannedStep } from '../../journal/records.ts';
import { standingInstalls } from '../../journal/state.ts';
import { operationOf } from '../plan.ts';
import type { Install } from './order.ts';

/** Another guide on this machine holds what this one needs for itself alone. */
export async function claimedElsewhere(
  { around, guide }: Install,
  steps: readonly PlannedStep[],
): Promise<Text | undefined> {
  const wanted = new Set(claimsOf(steps));
  for (const { id, records } of standingInstalls(await around.state.runs())) {
    const first = opened(records);
    if (!first || first.guide === guide.id) continue;
    if (stepOutcomes(records).size === 0) continue;
    const held = claimsOf(agreedPlan(records)?.steps ?? []).find((claim) => wanted.has(claim));
    if (held) return texts.alreadyClaimed(held, first.title, id);
  }
  return undefined;
}

function claimsOf(steps: readonly PlannedStep[]): string[] {
  return steps.flatMap((step) =>
    step.operations.flatMap((planned) => [...(operationOf(planned).claims ?? [])]),
  );
}
