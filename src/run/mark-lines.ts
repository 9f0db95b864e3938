/** The difference between two marks, in lines that a person can read. */
import type { Json } from '../operations/verbs.ts';

const isFingerprint = (value: Json | undefined): boolean =>
  typeof value === 'string' && /^[0-9a-f]{32}$/.test(value);

/** `-mode: 0640`, `+mode: 0600`; of what only a fingerprint is known, that it changed. */
export function markLines(then: Json, now: Json): string {
  const [a, b] = [new Map(leaves('', then)), new Map(leaves('', now))];
  const names = [...new Set([...a.keys(), ...b.keys()])];
  return names.flatMap((name) => lineOf(name, a.get(name), b.get(name))).join('');
}

function lineOf(name: string, then: Json | undefined, now: Json | undefined): string[] {
  if (then === now) return [];
  if (isFingerprint(then) || isFingerprint(now)) {
    return [`${then === undefined ? '+' : now === undefined ? '-' : '±'}${name}\n`];
  }
  const line = (sign: string, value: Json | undefined) =>
    value === undefined ? [] : [`${sign}${name === '' ? '' : `${name}: `}${String(value)}\n`];
  return [...line('-', then), ...line('+', now)];
}

/** By their own name: what is around them says little to a person. */
function leaves(name: string, value: Json): [string, Json][] {
  if (typeof value !== 'object' || value === null) return [[name, value]];
  if (Array.isArray(value)) return [[name, value.map(String).join(', ')]];
  return Object.entries(value).flatMap(([inner, one]) => leaves(inner, one));
}
