/** What a rollback works with, and what its run was when its effects began. */
import type { SecretStore } from '../answers/store.ts';
import { type Effect, known } from '../journal/fold.ts';
import type { PlannedOperation, PlannedStep } from '../journal/records.ts';
import type { StoredRun } from '../journal/state.ts';
import { Failure } from '../operations/verbs.ts';
import type { Surroundings } from './context.ts';
import type { Decision } from './protocol.ts';
import type { Session } from './session.ts';
import { type RunValues, shownValues } from './values.ts';

export interface Rollback {
  readonly session: Session;
  readonly store: SecretStore;
  readonly facts: Readonly<Record<string, string>>;
  readonly around: Omit<Surroundings, 'values'>;
  readonly start: Extract<Decision, { type: 'start' }>;
}

export interface Work extends Rollback {
  readonly target: StoredRun;
  readonly runs: readonly StoredRun[];
  readonly values: RunValues;
}

export function plannedStep(target: StoredRun, id: string): PlannedStep | undefined {
  const plans = target.records.flatMap((record) => (record.type === 'planned' ? record.steps : []));
  return plans.findLast((step) => step.id === id);
}

/** The operation of an effect, from the plan that was in force when it began. */
export function plannedOperation(target: StoredRun, effect: Effect): PlannedOperation {
  const plans = target.records.filter((record) => record.type === 'planned' && record.seq < effect.seq);
  for (const plan of plans.reverse()) {
    if (plan.type !== 'planned') continue;
    const found = plan.steps.flatMap(({ operations }) => operations).find(({ id }) => id === effect.id);
    if (found) return found;
  }
  throw new Failure('bug', { what: `no plan for ${effect.id}` });
}

/** As they were when the effect began: an answer may have been corrected since. Of secrets the newest is kept. */
export function valuesWhen(effect: Effect, { target, values }: Work): RunValues {
  const then = known(target.records.filter(({ seq }) => seq < effect.seq));
  return values.with([...then].flatMap(([id, one]) => shownValues(id, one)));
}
