/**
 * guide + answers + facts → the resolved plan: data that the journal keeps. Resume executes it, rollback needs no
 * guide.
 */

import { createHash } from 'node:crypto';
import { holds, settle } from '../guide/conditions.ts';
import type { Each, Operation } from '../guide/kinds.ts';
import { isList, rowsOf } from '../guide/lists.ts';
import { cellName, renameIn } from '../guide/names.ts';
import { applyConditions, expandRows } from '../guide/template.ts';
import type { Guide, Step, Text } from '../guide/types.ts';
import type { PlannedOperation, PlannedStep } from '../journal/records.ts';
import { table } from '../operations/index.ts';
import { Failure, type Op, type Values, type Verbs } from '../operations/verbs.ts';

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
          .flatMap((one) => ('each' in one ? forEachRow(guide, one, lookup) : [{ op: one, lookup }]))
          .map((one) => resolveOperation(step.id, one, guide, assets, values));
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
          ...remediesOf(step, lookup, guide, assets, values),
        };
      }),
    )
    .filter((step) => step.operations.length > 0);
}

/** A journal of a guide without any is as it was before there were any. */
function remediesOf(
  { id: step, remedies = [] }: Step,
  lookup: Lookup,
  guide: Guide,
  assets: Assets,
  values: Values,
): Pick<PlannedStep, 'remedies'> {
  if (remedies.length === 0) return {};
  return {
    remedies: remedies.map(({ id, title, do: op }) => ({
      id,
      title,
      operation: resolveOperation(step, { op, lookup }, guide, assets, values),
    })),
  };
}

/** An operation with what its conditions see; `row` puts the row's own name into a text. */
interface Placed {
  readonly op: Operation;
  readonly lookup: Lookup;
  readonly row?: (text: string) => string;
}

/** `%USERS.name%` becomes `%USERS.alice.name%`: what a row is named stays, wherever it stands in its list. */
function forEachRow(guide: Guide, { each, do: all }: Each, lookup: Lookup): Placed[] {
  return keysOfRows(guide, each, lookup).flatMap((key) => {
    const own = nameInRow(each, key);
    const row = (text: string) => renameIn(text, own);
    const inRow: Lookup = (name) => lookup(own(name));
    return all
      .filter(({ when }) => !when || holds(when, inRow))
      .map((op) => ({ op: inTexts(op, row), lookup: inRow, row }));
  });
}

function keysOfRows({ questions }: Guide, list: string, lookup: Lookup): string[] {
  const column = questions.filter(isList).find(({ id }) => id === list)?.key ?? '';
  return (rowsOf(lookup(list) ?? '') ?? []).map((row) => row[column] ?? '');
}

const nameInRow =
  (list: string, key: string) =>
  (name: string): string =>
    name.startsWith(`${list}.`) ? cellName(list, key, name.slice(list.length + 1)) : name;

/** The same data, each of its texts changed. */
function inTexts<T>(value: T, change: (text: string) => string): T {
  const changed = (one: unknown): unknown => {
    if (typeof one === 'string') return change(one);
    if (Array.isArray(one)) return one.map(changed);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, changed(inner)]));
  };
  // Texts stay texts: the shape is that of the value.
  return changed(value) as T;
}

function resolveOperation(
  step: string,
  { op: raw, lookup, row = (text) => text }: Placed,
  guide: Guide,
  assets: Assets,
  values: Values,
): PlannedOperation {
  const { when: _, ...rest } = settle(dropUnmet(raw, lookup), lookup) as AnyOp & { when?: unknown };
  const template = 'template' in rest ? rest.template : undefined;
  const op = {
    ...rest,
    ...(template === undefined ? {} : { content: row(templateText(template, guide, assets, lookup)) }),
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

function templateText(path: string, guide: Guide, assets: Assets, lookup: Lookup): string {
  const text = assets[path];
  if (text === undefined) throw new Failure('bug', { what: `no template ${path}` });
  return expandRows(applyConditions(text, lookup), (list, row) =>
    keysOfRows(guide, list, lookup).map((key) => renameIn(row, nameInRow(list, key))),
  );
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

/** The kind's own title; the key while a value in it is still missing. */
export function titleOf(op: AnyOp, values: Values, key: string): Text {
  try {
    return verbsOf(op).describe(op, values);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { fr: key, en: key };
  }
}
