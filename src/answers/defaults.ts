/** Where a default comes from: other answers and the machine. */
import { choose, type Lookup } from '../guide/conditions.ts';
import type { Initial } from '../guide/types.ts';
import { hostOf, parentDomainOf } from './network.ts';

/** Nothing when something it is made from is not known, or is wrong, yet. */
export function defaultOf(initial: Initial, lookup: Lookup): string | undefined {
  if (typeof initial === 'string') return initial;
  if ('by' in initial) return choose(initial, lookup);
  if ('fact' in initial) return lookup(initial.fact);
  if ('hostOf' in initial) return hostOf(lookup(initial.hostOf) ?? '');
  if ('parentDomainOf' in initial) return parentDomainOf(lookup(initial.parentDomainOf) ?? '');
  if ('same' in initial) return lookup(initial.same);
  return fill(initial.filled, lookup);
}

function fill(text: string, lookup: Lookup): string | undefined {
  let complete = true;
  const filled = text.replace(/%([A-Z][A-Z0-9_]*|[a-z][\w-]*(?:\.[\w-]+)+)%/g, (_, name: string) => {
    const value = lookup(name) ?? '';
    if (value === '') complete = false;
    return value;
  });
  return complete ? filled : undefined;
}
