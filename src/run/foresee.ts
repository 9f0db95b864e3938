/** What follows from a plan as a whole, beside what each operation shows for itself. Pure. */
import * as texts from '../i18n/texts/run.ts';
import type { PlannedStep } from '../journal/records.ts';
import { upWords } from '../operations/shared/docker.ts';
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
      const argv = restartOf(op, values);
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

/** How what runs is started again; nothing for what does not run. */
function restartOf(op: AnyOp, values: Values): readonly string[] | undefined {
  switch (op.kind) {
    case 'systemd-unit':
      return op.active ? ['systemctl', 'restart', '--', values.public(op.name)] : undefined;
    case 'supervisor-program':
      return supervisorctl(values.public(op.path), 'restart', allOf(values.public(op.name)));
    case 'compose-project':
      return ['docker', 'compose', ...upWords(op.services.map((name) => values.public(name)))];
    default:
      return undefined;
  }
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
