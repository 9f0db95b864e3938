/** Where a word of a language ends. Patterns are sticky: they match where they are tried, or not at all. Pure. */
import { Unclear } from './place.ts';

export function match(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

type Plain = 'name' | 'number' | 'sign';

/** A word that its first characters tell. Throws where there is none. */
export function plainWord(
  text: string,
  at: number,
  patterns: Readonly<Record<Plain, RegExp>>,
): [Plain, number] {
  for (const type of ['name', 'number', 'sign'] as const) {
    const to = match(patterns[type], text, at);
    if (to !== undefined) return [type, to];
  }
  throw new Unclear('unreadable', text, at);
}
