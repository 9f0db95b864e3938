/** What follows from a plan as a whole, beside what each operation shows for itself. Pure. */
import * as texts from '../i18n/texts/run.ts';
import type { PlannedStep } from '../journal/records.ts';
import { allOf, supervisorctl } from '../operations/shared/supervisor.ts';
import type { Values } from '../operations/verbs.ts';
import { type AnyOp, operationOf } from './plan.ts';
import type { Plan, PlanOperation, PlanStep } from './protocol.ts';

/** A service that runs with what it knows restarts once one of its inputs is another: the plan says so before. */
export function withRestarts(plan: Plan, planned: readonly PlannedStep[], values: Values): Plan {
  const all = plan.steps.flatMap(({ operations }) => operations);
  const changing = new Set(all.filter(({ change }) => change === 'change').map(({ key }) => key));
  const units = planned
    .flatMap(({ operations }) => operations)
    .flatMap((one) => {
      const op = operationOf(one);
      if (!isService(op)) return [];
      const inputs = (op.restartOn ?? []).map((key) => values.public(key)).filter((key) => changing.has(key));
      return inputs.length > 0 ? [[one.key, restartFor(op, inputs, values)] as const] : [];
    });
  const restarts = new Map(units);
  const restarted = (one: PlanOperation) =>
    one.change === 'none' ? { ...one, ...restarts.get(one.key) } : one;
  return {
    ...plan,
    steps: plan.steps.map((step) => ({ ...step, operations: step.operations.map(restarted) })),
  };
}

type Service = Extract<AnyOp, { kind: 'systemd-unit' | 'supervisor-program' }>;

const isService = (op: AnyOp): op is Service =>
  op.kind === 'supervisor-program' || (op.kind === 'systemd-unit' && op.active);

function restartFor(
  op: Service,
  inputs: readonly string[],
  values: Values,
): Pick<PlanOperation, 'change' | 'commands' | 'reason'> {
  const name = values.public(op.name);
  const restart =
    op.kind === 'systemd-unit'
      ? ['systemctl', 'restart', '--', name]
      : supervisorctl(values.public(op.path), 'restart', allOf(name));
  return { change: 'change', commands: [restart], reason: texts.dependsOn(inputs) };
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
