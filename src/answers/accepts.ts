/** What a question accepts, in a sentence, where its kind or its pattern says. */
import type { Question, Text } from '../guide/types.ts';
import { between, byKind, wholeNumber } from '../i18n/texts/accepts.ts';

export function acceptsOf({ kind, pattern, min, max }: Question): Text | undefined {
  if (pattern) return pattern.say;
  if (kind !== 'int') return byKind[kind];
  return min === undefined || max === undefined ? wholeNumber : between(String(min), String(max));
}
