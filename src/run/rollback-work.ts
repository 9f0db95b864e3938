/** What a rollback works with, and what its run was when its effects began. */
import type { SecretStore } from '../answers/store.ts';
import type { Text } from '../guide/types.ts';
import { everKnown, known } from '../journal/fold.ts';
import type { Held } from '../journal/held.ts';
import type { PlannedOperation, PlannedStep } from '../journal/records.ts';
import type { StoredRun } from '../journal/state.ts';
import { Failure } from '../operations/verbs.ts';
import type { Changed } from './changed.ts';
import type { Surroundings } from './context.ts';
import type { Need } from './needs.ts';
import type { Decision } from './protocol.ts';
import type { Session } from './session.ts';
import { RunValues, shownValues, valuesFrom } from './values.ts';

export interface Rollback {
  readonly session: Session;
  readonly store: SecretStore;
  readonly facts: Readonly<Record<string, string>>;
  readonly around: Omit<Surroundings, 'values'>;
  readonly start: Extract<Decision, { type: 'start' }>;
}

/** What is known before the machine is looked at. */
export interface Scope extends Rollback {
  readonly target: StoredRun;
  readonly runs: readonly StoredRun[];
  /** What the run that made an effect knew at last, by its id. */
  readonly values: ReadonlyMap<string, RunValues>;
  readonly needs: readonly Need[];
}

export interface Work extends Scope {
  /** Effects that cannot be taken back any more: they are left, for this reason. */
  readonly lost: ReadonlyMap<Held, Text>;
  /** What somebody had changed when the rollback began. */
  readonly changed: ReadonlyMap<Held, Changed>;
  /** Differences that the person gave up: what was decided of a thing holds for whatever else it is a part of. */
  readonly overwritten: Set<string>;
}

export function plannedStep(target: StoredRun, id: string): PlannedStep | undefined {
  const plans = target.records.flatMap((record) => (record.type === 'planned' ? record.steps : []));
  return plans.findLast((step) => step.id === id);
}

const operationsOf = ({ operations, remedies = [] }: PlannedStep): PlannedOperation[] => [
  ...operations,
  ...remedies.map(({ operation }) => operation),
];

/** The operation of an effect, from the plan that was in force when it began. */
export function plannedOperation({ maker, ...effect }: Held): PlannedOperation {
  const plans = maker.records.filter((record) => record.type === 'planned' && record.seq < effect.seq);
  for (const plan of plans.reverse()) {
    if (plan.type !== 'planned') continue;
    const found = plan.steps.flatMap(operationsOf).find(({ id }) => id === effect.id);
    if (found) return found;
  }
  throw new Failure('bug', { what: `no plan for ${effect.id}` });
}

/** As they were when the effect began: an answer may have been corrected since. Of secrets the newest is kept. */
export function valuesWhen({ maker, seq }: Held, { values }: Pick<Work, 'values'>): RunValues {
  const then = known(maker.records.filter((record) => record.seq < seq));
  const last = values.get(maker.id);
  if (!last) throw new Failure('bug', { what: `no values of ${maker.id}` });
  return last.with([...then].flatMap(([id, one]) => shownValues(id, one)));
}

/** Of each run that made some of these effects. */
export async function valuesOfMakers(
  { store, around, facts }: Rollback,
  effects: readonly Held[],
): Promise<Map<string, RunValues>> {
  const all = new Map<string, RunValues>();
  for (const { id, records } of new Set(effects.map(({ maker }) => maker))) {
    const values = await valuesFrom(facts, everKnown(records), store);
    all.set(id, new RunValues(values, around.redactor, async () => {}));
  }
  return all;
}
