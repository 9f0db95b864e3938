/** Leads a person through what only a person can do: ticks, proofs, values that are learnt there. */

import type { Text } from '../guide/types.ts';
import * as texts from '../i18n/texts/run.ts';
import { ticks } from '../journal/fold.ts';
import type { JournalRecord, PlannedOperation, PlannedStep } from '../journal/records.ts';
import { check } from '../operations/probe.ts';
import type { Context, Difference, Op } from '../operations/verbs.ts';
import { operationOf, titleOf, verbsOf } from './plan.ts';
import type { Decision, TodoItem } from './protocol.ts';
import type { Order } from './runner.ts';
import { inWords, missingIn, type RunValues } from './values.ts';

type ResolvedItem = Op<'checklist'>['items'][number];

/** Who ticks when the wizard has looked itself. */
const wizard = 'setup-wizard';

/** The items of a checklist with their ticks, as a client shows them. */
export function todoItems(
  step: string,
  op: Op<'checklist'>,
  records: readonly JournalRecord[],
  values: RunValues,
  problems: ReadonlyMap<string, Text> = new Map(),
  show: (text: string) => string = (text) => masked(values, text),
): TodoItem[] {
  const ticked = ticks(records);
  return op.items.map((item) => {
    const tick = ticked.get(item.id);
    const problem = problems.get(item.id);
    return {
      item: item.id,
      step,
      text: inWords(item.text, values),
      at: item.at ? masked(values, item.at) : '',
      fields: (item.fields ?? []).map((field) => ({
        label: field.label,
        value: show(field.value),
        secret: values.isSecret(field.value),
        ...(field.note ? { note: inWords(field.note, values) } : {}),
      })),
      done: tick?.done ?? false,
      proven: (tick?.done && tick.proven) ?? false,
      provable: item.proof !== undefined,
      optional: item.optional ?? false,
      note: tick?.note ?? '',
      by: tick?.done ? tick.by : '',
      when: tick?.done ? tick.time : '',
      ...(item.gives ? { gives: item.gives } : {}),
      ...(problem ? { problem } : {}),
    };
  });
}

/** A value may be known only later: its name stands there until then. */
function masked(values: RunValues, text: string): string {
  return values.missing(text).length > 0 ? text : values.masked(text);
}

/** Waits until every item that counts is done, or the person says later. */
export async function leadChecklist(
  order: Order,
  step: PlannedStep,
  op: Op<'checklist'>,
  context: Context,
): Promise<'same' | 'left'> {
  const { session, around, unattended } = order;
  const problems = new Map<string, Text>();
  for (;;) {
    await tickProven(order, op, context);
    const items = todoItems(step.id, op, session.records, around.values, problems);
    session.emit({ type: 'todo', step: step.id, items });
    if (items.every((item) => item.done || item.optional)) break;
    if (unattended) return 'left';
    const decision = await session.ask('checklist');
    if (decision.type === 'later') {
      session.answered();
      return 'left';
    }
    await takeItem(order, op, decision, problems, context);
  }
  session.answered();
  return 'same';
}

/** What shows itself to be done is ticked without asking. */
async function tickProven({ session }: Order, op: Op<'checklist'>, context: Context): Promise<void> {
  const done = ticks(session.records);
  for (const item of op.items) {
    if (!item.proof || done.get(item.id)?.done || missingIn(item.proof, context.values).length > 0) continue;
    if ((await check(item.proof, context)).ok) {
      await session.append({ type: 'tick', item: item.id, done: true, by: wizard, note: '', proven: true });
    }
  }
}

async function takeItem(
  { session, around }: Order,
  op: Op<'checklist'>,
  decision: Decision,
  problems: Map<string, Text>,
  context: Context,
): Promise<void> {
  if (decision.type === 'answer') {
    const item = op.items.find(({ gives }) => gives === decision.id);
    if (item && decision.value.trim()) await around.values.learn(decision.id, decision.value.trim(), true);
  }
  if (decision.type !== 'tick') return;
  const item = op.items.find(({ id }) => id === decision.item);
  if (!item) return;
  problems.delete(item.id);
  const problem = decision.done ? await whyNotDone(item, around.values, context) : undefined;
  if (problem) problems.set(item.id, problem);
  else
    await session.append({
      type: 'tick',
      item: item.id,
      done: decision.done,
      by: whoAmI(),
      note: around.redactor.redact(decision.note),
      proven: Boolean(item.proof),
    });
}

/** Why an item cannot be ticked yet; nothing when it can. */
export async function whyNotDone(
  item: ResolvedItem,
  values: RunValues,
  context: Context,
): Promise<Text | undefined> {
  if (item.gives && values.missing(`%${item.gives}%`).length > 0) return texts.giveValueFirst;
  if (!item.proof) return undefined;
  const { ok, problem, unsure } = await check(item.proof, context);
  if (ok) return undefined;
  return texts.notProven(
    item.unproven && !unsure ? inWords(item.unproven, values) : { fr: problem, en: problem },
  );
}

/** An operation that the person does elsewhere (a remote database): shown whole, proven by looking again. */
export async function leadPersonal(
  order: Order,
  step: PlannedStep,
  planned: PlannedOperation,
  difference: Extract<Difference, { change: 'person' }>,
  context: Context,
): Promise<'same' | 'left'> {
  const { session, around, unattended } = order;
  const op = operationOf(planned);
  const verbs = verbsOf(op);
  const item = personalItem(step, planned, difference, titleOf(op, around.values, planned.key));
  let shown: TodoItem = item;
  for (;;) {
    session.emit({ type: 'todo', step: step.id, items: [shown] });
    if (unattended) return 'left';
    const decision = await session.ask('checklist');
    if (decision.type === 'later') {
      session.answered();
      return 'left';
    }
    if (decision.type !== 'tick') continue;
    const now = verbs.diff(op, await verbs.inspect(op, context), context);
    if (now.change === 'none') break;
    shown = { ...item, problem: texts.notProven({ fr: planned.key, en: planned.key }) };
  }
  session.answered();
  await session.append({ type: 'tick', item: item.item, done: true, by: whoAmI(), note: '', proven: true });
  return 'same';
}

function personalItem(
  step: PlannedStep,
  planned: PlannedOperation,
  difference: Extract<Difference, { change: 'person' }>,
  title: Text,
): TodoItem {
  const join = (language: 'fr' | 'en') => `${title[language]} — ${difference.reason[language]}`;
  return {
    item: `${step.id}-${planned.key.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}`,
    step: step.id,
    text: { fr: join('fr'), en: join('en') },
    at: '',
    fields: (difference.commands ?? []).map((argv) => ({ label: '', value: argv.join(' '), secret: false })),
    done: false,
    proven: false,
    provable: true,
    optional: false,
    note: '',
    by: '',
    when: '',
  };
}

/** The person's own account, also behind sudo. */
export function whoAmI(): string {
  return process.env['SUDO_USER'] ?? process.env['USER'] ?? 'root';
}
