/** From answers to a plan that is agreed to; back to the questions when the person turns back. */
import type { Answer } from '../../answers/resolve.ts';
import type { Text } from '../../guide/types.ts';
import * as texts from '../../i18n/texts/run.ts';
import { finishedSteps, ticks } from '../../journal/fold.ts';
import type { PlannedStep } from '../../journal/records.ts';
import { consents } from '../consent.ts';
import { makeContext } from '../context.ts';
import { expectedOf } from '../expected.ts';
import { withReopened, withRestarts } from '../foresee.ts';
import { inspectPlan } from '../inspect.ts';
import { type AnyOp, operationOf, planHash, resolvePlan } from '../plan.ts';
import type { Plan } from '../protocol.ts';
import type { Session } from '../session.ts';
import { inWords, type RunValues } from '../values.ts';
import { askAnswers } from './answering.ts';
import { claimedElsewhere, overwrittenElsewhere } from './claims.ts';
import type { Install } from './order.ts';
import { recordAnswer } from './record.ts';
import { type Refusals, refusalsOf } from './refusals.ts';
import { runValues } from './values.ts';

/** The steps that were agreed to, or why there is nothing to execute. */
export type Agreed = PlannedStep[] | 'done' | 'bad-answers' | { readonly refused: Text };

/** Questions, plan, consent. */
export async function agree(order: Install, answers: Map<string, Answer>): Promise<Agreed> {
  const { session, guide, assets, facts, start } = order;
  let refusals: Refusals = new Map();
  for (;;) {
    const resolution = await askAnswers(order, answers, refusals);
    if (!resolution) return 'bad-answers';
    for (const [id, answer] of resolution.answers) await recordAnswer(order, id, answer);
    const values = await runValues(order, answers);
    const steps = resolvePlan(guide, assets, (name) => values.lookup(name) ?? facts[name], values);
    refusals = refusalsOf(steps, values, answers);
    if (refusals.size > 0) {
      if (!start.unattended) continue;
      for (const { say } of refusals.values()) await session.append({ type: 'warning', step: '', say });
      return 'bad-answers';
    }
    const refused = await claimedElsewhere(order, steps);
    if (refused) return { refused };
    const hash = planHash(
      steps,
      [...resolution.answers].map(([id, { value }]) => [id, value]),
    );
    const plan = await showPlan(order, steps, hash, values);
    const overwritten = await overwrittenElsewhere(order, plan, steps);
    if (overwritten) return { refused: overwritten };
    if (isNothing(plan, steps, session)) {
      await session.append({ type: 'consent', hash, by: 'yes' });
      return allDone(order, plan, steps, values);
    }
    if (await consents(session, start, hash)) return steps;
  }
}

/** Records the plan, holds it against the machine and shows what it would change. */
async function showPlan(
  order: Install,
  steps: PlannedStep[],
  hash: string,
  values: RunValues,
): Promise<Plan> {
  const { session, guide, around } = order;
  await session.append({ type: 'planned', steps, hash, guide: { finished: [...guide.finished] } });
  session.emit({ type: 'busy', busy: texts.lookingAtMachine });
  const context = makeContext({ ...around, values }, 'plan');
  const seen = await inspectPlan(guide.id, steps, guide.errata, hash, context);
  const plan = withReopened(withRestarts(seen, steps, values), finishedSteps(session.records));
  session.emit({ type: 'busy', busy: null });
  await sayExpected(order);
  session.emit({ type: 'plan', plan });
  return plan;
}

/** How long it may take, by what it took before. */
export async function sayExpected({ session, around, guide }: Install): Promise<void> {
  session.emit({ type: 'expected', expected: expectedOf(await around.state.runs(), guide) });
}

/** Nothing to change, and every item that counts is ticked. What is only a warning is no change. */
function isNothing(plan: Plan, steps: readonly PlannedStep[], session: Session): boolean {
  const ticked = ticks(session.records);
  const all = steps.flatMap(({ operations }) => operations);
  const items = all.map(operationOf).flatMap((op) => (op.kind === 'checklist' ? op.items : []));
  const settled = new Set(all.filter((planned) => isOnlySaid(operationOf(planned))).map(({ key }) => key));
  const operations = plan.steps.flatMap((step) => step.operations);
  return (
    operations.every(({ change, key }) => change === 'none' || settled.has(key)) &&
    items.every(({ id, optional }) => optional || ticked.get(id)?.done)
  );
}

function isOnlySaid(op: AnyOp): boolean {
  return op.kind === 'checklist' || (op.kind === 'check' && op.level === 'warn');
}

/** Every step is done as it stands; checks that warn still do. */
async function allDone(
  { session }: Install,
  plan: Plan,
  steps: readonly PlannedStep[],
  values: RunValues,
): Promise<'done'> {
  for (const step of steps) {
    const failing =
      plan.steps.find(({ id }) => id === step.id)?.operations.filter(({ change }) => change !== 'none') ?? [];
    for (const planned of step.operations) {
      const op = operationOf(planned);
      const warns = op.kind === 'check' && failing.some(({ key }) => key === planned.key);
      if (warns) await session.append({ type: 'warning', step: step.id, say: inWords(op.say, values) });
    }
    await session.append({ type: 'step-end', step: step.id, outcome: 'done', changed: 0 });
  }
  return 'done';
}
