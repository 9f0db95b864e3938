/** What follows from a plan as a whole, beside what each operation shows for itself. Pure. */
import * as texts from '../i18n/texts/run.ts';
import type { PlannedStep } from '../journal/records.ts';
import type { Values } from '../operations/verbs.ts';
import { operationOf, verbsOf } from './plan.ts';
import type { Plan, PlanOperation, PlanStep } from './protocol.ts';

/** A service that runs with what it knows restarts once one of its inputs is another: the plan says so before. */
export function withRestarts(plan: Plan, planned: readonly PlannedStep[], values: Values): Plan {
  const all = plan.steps.flatMap(({ operations }) => operations);
  const changing = new Set(all.filter(({ change }) => change === 'change').map(({ key }) => key));
  const units = planned
    .flatMap(({ operations }) => operations)
    .flatMap((one) => {
      const op = operationOf(one);
      const argv = verbsOf(op).restart?.(op, values);
      if (!argv || !('restartOn' in op)) return [];
      const inputs = (op.restartOn ?? []).map((key) => values.public(key)).filter((key) => changing.has(key));
      return inputs.length > 0 ? [[one.key, restartFor(argv, inputs)] as const] : [];
    });
  const restarts = new Map(units);
  const restarted = (one: PlanOperation) =>
    one.change === 'none' ? { ...one, ...restarts.get(one.key) } : one;
  return {
    ...plan,
    steps: plan.steps.map((step) => ({ ...step, operations: step.operations.map(restarted) })),
  };
}

function restartFor(
  argv: readonly string[],
  inputs: readonly string[],
): Pick<PlanOperation, 'change' | 'commands' | 'reason'> {
  return { change: 'change', commands: [argv], reason: texts.dependsOn(inputs) };
}

/** Marks the steps that were finished before and have something to change again. A look changes nothing. */
export function withReopened(plan: Plan, finished: ReadonlySet<string>): Plan {
  const isReopened = ({ id, operations }: PlanStep) =>
    finished.has(id) && operations.some(({ change, kind }) => change === 'change' && kind !== 'check');
  return {
    ...plan,
    steps: plan.steps.map((step) => (isReopened(step) ? { ...step, reopened: true } : step)),
  };
}
