/** What somebody has changed since a run made it, and what has to stay with what is left. */
import { isDeepStrictEqual } from 'node:util';
import { lastOf, opened } from '../journal/fold.ts';
import { effectOf, type Held } from '../journal/held.ts';
import type { JournalRecord } from '../journal/records.ts';
import type { Context, Json, Meanwhile, Values } from '../operations/verbs.ts';
import { markLines } from './mark-lines.ts';
import { type AnyOp, operationOf, verbsOf } from './plan.ts';
import { plannedOperation, valuesWhen, type Work } from './rollback-work.ts';

export interface Changed {
  /** What was left (`-`) and what is there now (`+`), secrets masked. */
  readonly diff: string;
  /** What is there now, as far as it is in files. */
  readonly paths: readonly string[];
}

/** Nothing if it is as it was left, or as it was before. Changes nothing. */
export async function changeOf(
  effect: Held,
  rollback: readonly JournalRecord[],
  context: Context,
): Promise<Changed | undefined> {
  if (effect.outcome !== 'done') return undefined;
  const op = operationOf(plannedOperation(effect));
  const verbs = verbsOf(op);
  const seen = await verbs.inspect(op, context);
  const now = verbs.mark(op, seen, context);
  const then = effect.mark ?? null;
  const { values } = context;
  const isOther =
    differ(op, now, then, values, effect.was) && differ(op, now, effect.was, values, effect.was);
  const guests = (await verbs.guests?.(op, effect.before, meanwhile(effect, rollback), context)) ?? [];
  if (!isOther && guests.length === 0) return undefined;
  const drift = isOther ? (verbs.drift?.(op, seen, then, context) ?? markLines(then, now)) : '';
  const inFiles = [...pathsOf(verbs.keys(op, context.values)), ...guests];
  return {
    diff: drift + guests.map((one) => `+${one}\n`).join(''),
    paths: await thoseThere(inFiles, context),
  };
}

export function differ(op: AnyOp, now: Json, then: Json, values: Values, was?: Json): boolean {
  return verbsOf(op).differs?.(op, now, then, values, was) ?? !isDeepStrictEqual(now, then);
}

/** Whoever ticks an item later has not made anything. */
function meanwhile({ maker }: Held, rollback: readonly JournalRecord[]): Meanwhile {
  const time = (text: string | undefined) => new Date(text ?? 0);
  const to = time(opened(rollback)?.time);
  const end = lastOf(maker.records, 'step-end');
  // The program of a step that was cut off wrote until nobody knows when: it is not taken for somebody else.
  const isCutOff = (lastOf(maker.records, 'step-begin')?.seq ?? 0) > (end?.seq ?? 0);
  return { from: isCutOff ? to : time(end?.time), to };
}

const pathsOf = (keys: readonly string[]): string[] =>
  keys.flatMap((key) => /^(?:file|link):(\/[^#]*)/.exec(key)?.[1] ?? []);

async function thoseThere(paths: readonly string[], { host }: Context): Promise<string[]> {
  const found = await Promise.all(
    [...new Set(paths)].map(async (path) => (path.startsWith('/') && (await host.stat(path)) ? [path] : [])),
  );
  return found.flat();
}

/** Whether something in it was left in this rollback: a folder of a file that somebody has changed since. */
export function holdsKept(op: AnyOp, values: Values, work: Work): boolean {
  const beginnings = verbsOf(op).holds?.(op, values) ?? [];
  if (beginnings.length === 0) return false;
  const places = keptIn(work).flatMap(placesOf);
  return places.some((place) => beginnings.some((beginning) => place.startsWith(beginning)));
}

/** Whether something that was left in this rollback goes on needing it: containers and their files. */
export function isNeededByKept(op: AnyOp, values: Values, work: Work): boolean {
  const needs = keptIn(work).flatMap((kept) => verbsOf(kept.op).needs?.(kept.op, kept.values) ?? []);
  return verbsOf(op)
    .keys(op, values)
    .some((key) => needs.includes(key));
}

interface Kept {
  readonly op: AnyOp;
  readonly values: Values;
}

function keptIn(work: Work): Kept[] {
  return work.session.records.flatMap((record) => {
    if (record.type !== 'undo-end' || record.outcome !== 'kept' || record.heir || record.foreseen) return [];
    const held = effectOf(work.runs, record.run, record.effect);
    return held ? [{ op: operationOf(plannedOperation(held)), values: valuesWhen(held, work) }] : [];
  });
}

/** Keys and paths of what was left, and of what it is a part of. */
function placesOf({ op, values }: Kept): string[] {
  const keys = [...verbsOf(op).keys(op, values), ...(verbsOf(op).inside?.(op, values) ?? [])];
  return keys.flatMap((key) => [key, key.slice(key.indexOf(':') + 1)]);
}
