/** A resolved plan held against the machine: what would change. It looks, and changes nothing. */
import type { Erratum, Text } from '../guide/types.ts';
import { failureText } from '../i18n/index.ts';
import * as texts from '../i18n/texts/run.ts';
import type { PlannedOperation, PlannedStep } from '../journal/records.ts';
import { failureOf } from '../operations/system-error.ts';
import type { Context, Difference, Failure } from '../operations/verbs.ts';
import { type AnyOp, operationOf, titleOf, verbsOf } from './plan.ts';
import type { Plan, PlanOperation, PlanStep } from './protocol.ts';
import { inWords, missingIn } from './values.ts';

const atOnce = 4;

/** Holds a resolved plan against the machine: looks, changes nothing. */
export async function inspectPlan(
  guide: string,
  steps: readonly PlannedStep[],
  errata: readonly Erratum[],
  hash: string,
  context: Context,
): Promise<Plan> {
  const all = steps.flatMap((step) => step.operations);
  const seen = new Map<PlannedOperation, PlanOperation>();
  const queue = all.values();
  const worker = async () => {
    for (const planned of queue) seen.set(planned, await inspectOperation(planned, context));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { guide, hash, steps: steps.map((step) => planStep(step, seen, errata)) };
}

function planStep(
  step: PlannedStep,
  seen: ReadonlyMap<PlannedOperation, PlanOperation>,
  errata: readonly Erratum[],
): PlanStep {
  return {
    id: step.id,
    title: step.title,
    chapter: step.chapter,
    ...(step.why ? { why: step.why } : {}),
    source: step.source,
    ...(step.says ? { says: step.says } : {}),
    errata: errata
      .filter(({ id }) => step.errata.includes(id))
      .map(({ id, says, does, severity }) => ({ id, says, does, security: severity === 'security' })),
    manual: step.manual,
    operations: step.operations.flatMap((planned) => seen.get(planned) ?? []),
  };
}

async function inspectOperation(planned: PlannedOperation, context: Context): Promise<PlanOperation> {
  const op = operationOf(planned);
  const shown = {
    key: planned.key,
    kind: op.kind,
    ...('why' in op && op.why ? { reason: inWords(op.why, context.values) } : {}),
  };
  const missing = op.kind === 'checklist' ? [] : missingIn(op, context.values);
  if (missing.length > 0) {
    return {
      ...shown,
      title: titleOf(op, context.values, planned.key),
      change: 'unknown',
      commands: [],
      diff: '',
      reason: untilKnown(missing),
    };
  }
  return {
    ...shown,
    title: titleOf(op, context.values, planned.key),
    ...asShown(await differenceOf(op, context), context),
  };
}

/** What would change; what cannot be looked at is unknown, with the reason, never an error of the plan. */
async function differenceOf(op: AnyOp, context: Context): Promise<Difference> {
  try {
    const verbs = verbsOf(op);
    return verbs.diff(op, await verbs.inspect(op, context), context);
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    return { change: 'unknown', reason: failure.say ?? cannotTell(failure) };
  }
}

function asShown(
  difference: Difference,
  context: Context,
): Pick<PlanOperation, 'change' | 'commands' | 'circumstances' | 'diff'> {
  const commands = 'commands' in difference ? (difference.commands ?? []) : [];
  return {
    change: difference.change,
    commands: commands.map((argv) => argv.map((word) => context.redact(word))),
    diff: difference.change === 'change' ? context.redact(difference.diff ?? '') : '',
    ...('circumstances' in difference ? { circumstances: difference.circumstances } : {}),
    ...('reason' in difference ? { reason: difference.reason } : {}),
    ...('irreversible' in difference && difference.irreversible
      ? { irreversible: inWords(difference.irreversible, context.values) }
      : {}),
  };
}

const untilKnown = (names: readonly string[]): Text => texts.unknownUntil([...new Set(names)]);

const cannotTell = (error: Failure): Text =>
  error.code === 'needs-root' ? texts.needsRootToLook : failureText(error);
