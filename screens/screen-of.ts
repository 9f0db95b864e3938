/** Which screen a run calls for: a function of what is known, nothing else. */
import type { View } from '../src/run/protocol.ts';

export type ScreenName =
  | 'questions'
  | 'plan'
  | 'run'
  | 'failure'
  | 'checklist'
  | 'conflict'
  | 'terminal'
  | 'trial'
  | 'finished';

const byNeed = {
  answers: 'questions',
  consent: 'plan',
  failure: 'failure',
  checklist: 'checklist',
  conflict: 'conflict',
  terminal: 'terminal',
  confirmation: 'trial',
} as const;

export function screenOf(view: View): ScreenName {
  if (view.end) return 'finished';
  return view.need ? byNeed[view.need] : 'run';
}

/** The exit code of a person who leaves now. */
export function exitOf(view: View): number {
  if (view.end) return view.end.exit;
  if (view.need === 'failure') return 1;
  return view.need === 'checklist' || view.need === 'conflict' || view.need === 'terminal' ? 4 : 130;
}
