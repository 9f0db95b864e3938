/**
 * guide + answers + facts → the resolved plan (data that the journal keeps: resume executes it, rollback
 * needs no guide), and that plan held against the machine (what would change).
 */
import { createHash } from 'node:crypto';
import { holds, settle } from '../guide/conditions.ts';
import type { Operation } from '../guide/kinds.ts';
import { applyConditions } from '../guide/template.ts';
import type { Erratum, Guide, Step, Text } from '../guide/types.ts';
import type { PlannedOperation, PlannedStep } from '../journal/records.ts';
import { table } from '../operations/index.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Op,
  type Values,
  type Verbs,
} from '../operations/verbs.ts';
import type { Plan, PlanOperation, PlanStep } from './protocol.ts';
import { inWords, missingIn } from './values.ts';

/** Value of an answer or a fact that is not secret. */
export type Lookup = (name: string) => string | undefined;

/** Template texts by their path in assets/. */
export type Assets = Readonly<Record<string, string>>;

/** An operation whose choices are settled, of any kind. */
export type AnyOp = Op<Operation['kind']>;

export function verbsOf(op: AnyOp): Verbs<AnyOp> {
  // The table pairs each kind with its own verbs; the compiler cannot follow the pair through a lookup.
  return table[op.kind] as unknown as Verbs<AnyOp>;
}

export function operationOf(planned: PlannedOperation): AnyOp {
  // Written by `resolvePlan` of this or an earlier version, guarded by the journal's checksum.
  return planned.op as unknown as AnyOp;
}

/** The steps that apply, each operation settled, conditions gone. */
export function resolvePlan(guide: Guide, assets: Assets, lookup: Lookup, values: Values): PlannedStep[] {
  const applies = (of: { when?: Step['when'] }) => !of.when || holds(of.when, lookup);
  return guide.chapters
    .filter(applies)
    .flatMap((chapter) =>
      chapter.steps.filter(applies).map((step): PlannedStep => {
        const operations = step.do
          .filter(applies)
          .map((op) => resolveOperation(step.id, op, assets, lookup, values));
        return {
          id: step.id,
          title: step.title,
          chapter: chapter.title,
          ...(step.why ? { why: step.why } : {}),
          source: step.source.map(([from, to]): [number, number] => [from, to]),
          ...(step.says ? { says: step.says } : {}),
          errata: [...(step.errata ?? [])],
          needs: [...(step.needs ?? [])],
          manual: operations.some(({ op }) => op.kind === 'checklist'),
          operations,
        };
      }),
    )
    .filter((step) => step.operations.length > 0);
}

function resolveOperation(
  step: string,
  raw: Operation,
  assets: Assets,
  lookup: Lookup,
  values: Values,
): PlannedOperation {
  const { when: _, ...rest } = settle(dropUnmet(raw, lookup), lookup) as AnyOp & { when?: unknown };
  const template = 'template' in rest ? rest.template : undefined;
  const op = {
    ...rest,
    ...(template === undefined ? {} : { content: templateText(template, assets, lookup) }),
    ...(rest.claims ? { claims: rest.claims.map((claim) => values.public(claim)) } : {}),
  };
  const key = keysOf(op as AnyOp, values)[0] ?? op.kind;
  return { id: `${step} ${key}`, key, op };
}

/** Items and fields of a checklist have conditions of their own. */
function dropUnmet(op: Operation, lookup: Lookup): Operation {
  if (op.kind !== 'checklist') return op;
  const applies = (of: { when?: Step['when'] }) => !of.when || holds(of.when, lookup);
  const items = op.items.filter(applies).map(({ when: _, ...item }) => ({
    ...item,
    ...(item.fields ? { fields: item.fields.filter(applies).map(({ when: __, ...field }) => field) } : {}),
  }));
  return { ...op, items };
}

function templateText(path: string, assets: Assets, lookup: Lookup): string {
  const text = assets[path];
  if (text === undefined) throw new Failure('bug', { what: `no template ${path}` });
  return applyConditions(text, lookup);
}

/** Resource keys; from the raw text where a value in them is not known yet. */
export function keysOf(op: AnyOp, values: Values): readonly string[] {
  try {
    return verbsOf(op).keys(op, values);
  } catch (error) {
    if (!(error instanceof Failure && error.code === 'missing-value')) throw error;
    return [`${op.kind}:${createHash('sha256').update(JSON.stringify(op)).digest('hex').slice(0, 12)}`];
  }
}

export function planHash(steps: readonly PlannedStep[], known: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([steps, known]))
    .digest('hex')
    .slice(0, 16);
}

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
    if (!(error instanceof Failure)) throw error;
    return { change: 'unknown', reason: error.say ?? cannotTell(error) };
  }
}

function asShown(
  difference: Difference,
  context: Context,
): Pick<PlanOperation, 'change' | 'commands' | 'diff'> {
  const commands = 'commands' in difference ? (difference.commands ?? []) : [];
  return {
    change: difference.change,
    commands: commands.map((argv) => argv.map((word) => context.redact(word))),
    diff: difference.change === 'change' ? context.redact(difference.diff ?? '') : '',
    ...('reason' in difference ? { reason: difference.reason } : {}),
    ...('irreversible' in difference && difference.irreversible
      ? { irreversible: inWords(difference.irreversible, context.values) }
      : {}),
  };
}

/** The kind's own title; the key while a value in it is still missing. */
export function titleOf(op: AnyOp, values: Values, key: string): Text {
  try {
    return verbsOf(op).describe(op, values);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { fr: key, en: key };
  }
}

function untilKnown(names: readonly string[]): Text {
  const list = [...new Set(names)].join(', ');
  return {
    fr: `inconnu tant que ${list} n’est pas établi par une étape`,
    en: `unknown until a step has given ${list}`,
  };
}

function cannotTell(error: Failure): Text {
  if (error.code === 'needs-root')
    return { fr: 'inconnu\u00a0: il faut être root pour regarder', en: 'unknown: needs root' };
  const detail = Object.values(error.values).join(' ');
  return { fr: `inconnu\u00a0: ${error.code} ${detail}`, en: `unknown: ${error.code} ${detail}` };
}

/** Values that the place they go to cannot hold (a `${` in an Apache directive): refused at their question. */
export function carryProblems(
  steps: readonly PlannedStep[],
  values: Values,
): { readonly id: string; readonly failure: Failure }[] {
  return steps.flatMap((step) =>
    step.operations.flatMap((planned) => carryProblem(operationOf(planned), values)),
  );
}

function carryProblem(op: AnyOp, values: Values): { id: string; failure: Failure }[] {
  const text = 'content' in op ? op.content : undefined;
  if (text === undefined || values.missing(text).length > 0) return [];
  const syntax = 'syntax' in op ? op.syntax : op.kind === 'apache-site' ? 'apache' : undefined;
  if (!syntax) return [];
  try {
    values.full(text, syntax);
    return [];
  } catch (failure) {
    if (!(failure instanceof Failure && failure.code === 'cannot-carry')) throw failure;
    return [{ id: failure.values['name'] ?? '', failure }];
  }
}
