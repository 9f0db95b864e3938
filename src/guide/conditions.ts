/** Conditions and choices of a guide, decided by answers and facts. Pure. */
import type { Resolved } from '../operations/verbs.ts';
import type { Chosen, Cond } from './types.ts';

/** The value of an answer or a fact; nothing when it does not apply or is not known. */
export type Lookup = (name: string) => string | undefined;

/**
 * An answer or a fact without a value is the empty string: `is: ['']` holds for it.
 * `LITERAL` lists errata, separated by blanks: one of them is enough.
 */
export function holds(cond: Cond, lookup: Lookup): boolean {
  if ('answer' in cond) return valuesOf(cond.answer, lookup).some((value) => cond.is.includes(value));
  if ('fact' in cond) return cond.is.includes(lookup(cond.fact) ?? '');
  if ('not' in cond) return !holds(cond.not, lookup);
  if ('all' in cond) return cond.all.every((one) => holds(one, lookup));
  return cond.any.some((one) => holds(one, lookup));
}

function valuesOf(answer: string, lookup: Lookup): string[] {
  const value = lookup(answer) ?? '';
  return answer === 'LITERAL' ? value.split(' ') : [value];
}

/** What a choice gives: the entry of the value, else that of `''`, else nothing. */
export function choose(chosen: Chosen, lookup: Lookup): string | undefined {
  const value = lookup(chosen.by) ?? '';
  return Object.hasOwn(chosen.of, value) ? chosen.of[value] : chosen.of[''];
}

/**
 * Replaces every choice inside a value by what it gives. Throws if one gives nothing.
 * Parts with a `when` stay: leaving them out is the plan's work.
 */
export function settle<T>(value: T, lookup: Lookup): Resolved<T> {
  // The shape follows `Resolved` branch by branch; the compiler cannot see that.
  return settled(value, lookup) as Resolved<T>;
}

function settled(value: unknown, lookup: Lookup): unknown {
  if (Array.isArray(value)) return value.map((one) => settled(one, lookup));
  if (typeof value !== 'object' || value === null) return value;
  if (isChosen(value)) return decide(value, lookup);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, settled(one, lookup)]));
}

function decide(chosen: Chosen, lookup: Lookup): string {
  const given = choose(chosen, lookup);
  if (given !== undefined) return given;
  const known = Object.keys(chosen.of).join(', ');
  throw new Error(`no choice for ${chosen.by} = "${lookup(chosen.by) ?? ''}" (the guide has ${known})`);
}

function isChosen(value: object): value is Chosen {
  const keys = Object.keys(value);
  return (
    keys.length === 2 && 'by' in value && 'of' in value && typeof value.by === 'string' && isMap(value.of)
  );
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
