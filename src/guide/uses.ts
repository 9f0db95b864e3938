/** Where a guide uses its answers: said beside the question. Conditions do not count, nor do sentences. */
import type { Assets } from './check.ts';
import { namesIn, questionIdOf } from './names.ts';
import type { Guide, Id, Step, Text } from './types.ts';

/** More would not be read. */
const most = 6;
const notUsing = ['when', 'why', 'say'];

/** Titles of the steps that put an answer somewhere, in their order. Made once: it reads every template. */
export function usesOf({ chapters }: Guide, assets: Assets): Map<Id, readonly Text[]> {
  const uses = new Map<Id, readonly Text[]>();
  for (const step of chapters.flatMap(({ steps }) => steps)) {
    for (const id of new Set(namesOf(step, assets).map(questionIdOf))) {
      const before = uses.get(id) ?? [];
      if (before.length < most) uses.set(id, [...before, step.title]);
    }
  }
  return uses;
}

function namesOf(step: Step, assets: Assets): string[] {
  const inside = (value: unknown): string[] => {
    if (typeof value === 'string') return namesIn(value);
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([field, one]) => {
      if (notUsing.includes(field)) return [];
      if ((field === 'by' || field === 'each') && typeof one === 'string') return [one];
      return inside(field === 'template' && typeof one === 'string' ? assets[one] : one);
    });
  };
  return inside(step.do);
}
