/** What a rollback takes back, in which order, and under which step it is shown. */
import { lastOf, opened } from '../journal/fold.ts';
import { type Held, heldBy } from '../journal/held.ts';
import type { PlannedStep } from '../journal/records.ts';
import type { StoredRun } from '../journal/state.ts';
import { heirOf, type Need, subjectOf } from './needs.ts';
import { plannedStep, type Work } from './rollback-work.ts';

/** Some effects of one step. */
export interface Part {
  readonly step: PlannedStep;
  readonly effects: readonly Held[];
}

/** `rollback` itself counts as not begun, so that it finds the same again when it is continued. */
export function effectsToUndo(rollback: string, target: StoredRun, runs: readonly StoredRun[]): Held[] {
  const others = runs.filter(({ id }) => id !== rollback);
  return heldBy(target, others).reverse();
}

/** With `to`, what was done after that step; of what others left, what no step that stays needs. */
export function afterStep(
  effects: readonly Held[],
  to: string | undefined,
  needs: readonly Need[],
  work: Pick<Work, 'target' | 'values'>,
): Held[] {
  const { target } = work;
  if (to === undefined) return [...effects];
  const order = lastOf(target.records, 'planned')?.steps.map(({ id }) => id) ?? [];
  const limit = order.indexOf(to);
  const stays = (step: string) => order.includes(step) && order.indexOf(step) <= limit;
  const own = needs.filter(({ run, step }) => run === target && stays(step));
  return effects.filter((effect) =>
    effect.maker === target ? !stays(effect.step) : !heirOf(subjectOf(effect, work), own),
  );
}

/** Effects stay in order: a step of which something lies between, as after a corrected answer, has more than one part. */
export function partsOf(effects: readonly Held[], target: StoredRun): Part[] {
  const parts: { step: PlannedStep; effects: Held[]; maker: StoredRun; of: string }[] = [];
  for (const effect of effects) {
    const last = parts.at(-1);
    const isSame = last?.maker === effect.maker && last.of === effect.step;
    const step = isSame ? undefined : plannedStep(effect.maker, effect.step);
    if (isSame) last.effects.push(effect);
    else if (step) {
      const id = freeId(effect, target, parts);
      parts.push({ step: { ...step, id }, effects: [effect], maker: effect.maker, of: effect.step });
    }
  }
  return parts;
}

/** A step of another run has its guide's name before its own. */
function freeId({ maker, step }: Held, target: StoredRun, parts: readonly Part[]): string {
  const id = maker === target ? step : `${opened(maker.records)?.guide}:${step}`;
  const isTaken = (one: string) => parts.some((part) => part.step.id === one);
  for (let number = 1; ; number++) {
    const numbered = number === 1 ? id : `${id}:${number}`;
    if (!isTaken(numbered)) return numbered;
  }
}
