/** What an install that was cut again and again comes to, and what each cut is proven to be. */
import { expect } from 'vitest';
import { proven } from '../../figures.ts';
import { type Change, describeChanges, type Lab } from '../lab.ts';
import { wizard } from '../pretix.ts';
import { whatDiffers } from './done.ts';
import { doneAgain, recordsOf } from './strike.ts';

export interface End {
  /** Steps that were done again. */
  readonly again: readonly string[];
  /** From an undisturbed install. */
  readonly different: readonly Change[];
}

/** Goes on to the end, saying what happened. */
export async function goOn(lab: Lab, args: readonly string[], expected: string): Promise<End> {
  const { code, said } = await wizard(lab, ...args);
  expect(code, said).toBe(0);
  expect(said).toContain(expected);
  return { again: doneAgain(await recordsOf(lab)), different: await whatDiffers(lab) };
}

/** A cut after which nothing is left of a rollback, and the end that was gone on to. */
export function expectCut(name: string, end: End | undefined, left: Change[]): void {
  expect(describeChanges(left)).toBe('');
  const went = end ? 'yes' : 'no';
  proven('kill', name, {
    said: went,
    'resumed to the end': went,
    ...(end ? { 'steps done again': end.again.length, differences: end.different.length } : {}),
    'left after rollback': left.length,
  });
}
