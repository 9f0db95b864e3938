/** What stands over the keys of the plan: what was found or saved, what is reopened, how long it may take. */
import { duration } from '../src/i18n/index.ts';
import type { Plan, View } from '../src/run/protocol.ts';
import { type Line, line } from './parts/line.ts';
import { isWatcher } from './parts/spine.ts';
import type { Ui } from './parts/ui.ts';
import { width } from './parts/width.ts';
import type { Finds } from './plan-find.ts';
import type { PlanState } from './plan-state.ts';

/** As much as there is room for, what counts most first. */
export function noticeOf(view: View, state: PlanState, finds: Finds, below: number, ui: Ui): Line {
  const { plan, common } = ui.words;
  const again = view.plan?.steps.filter(({ reopened }) => reopened).length ?? 0;
  const pieces = [
    state.said,
    findNotice(state, finds, ui),
    isWatcher(view) ? common.youWatch : '',
    again > 0 ? `${ui.signs.again} ${plan.reopenedCount(again)}` : '',
    state.onlyChanges ? plan.onlyChanges : '',
    expectedTime(view, ui),
    below > 0 ? common.more(below) : '',
  ];
  return line(fitting(pieces.filter(Boolean), ui), again > 0 || state.said !== '' ? 'waits' : 'past');
}

function fitting(pieces: readonly string[], ui: Ui): string {
  const joined = pieces.join(` ${ui.signs.between} `);
  const isOver = width(joined) > ui.columns - 2 && pieces.length > 1;
  return isOver ? fitting(pieces.slice(0, -1), ui) : joined;
}

function findNotice(state: PlanState, { places, current }: Finds, { words }: Ui): string {
  if (state.query.trim() === '') return '';
  if (places.length === 0) return words.plan.notFound(state.query.trim());
  const isOn = state.part !== 'find' && current >= 0;
  return isOn ? words.plan.found(current + 1, places.length) : words.plan.matches(places.length);
}

const minute = 60_000;

/** By earlier runs of most of what changes; else the guide's own measure. */
function expectedTime(
  { plan, expected }: Pick<View, 'plan' | 'expected'>,
  { words }: Pick<Ui, 'words'>,
): string {
  const toDo = automatic(plan?.steps ?? []);
  const known = toDo.flatMap(({ id }) => expected.steps[id] ?? []);
  if (toDo.length === 0) return '';
  if (known.length * 2 < toDo.length) {
    return expected.minutes > 0 ? words.plan.aboutMinutes(expected.minutes) : '';
  }
  const sum = known.reduce((all, time) => all + time, 0);
  const rounded = sum < minute ? Math.max(1000, sum) : Math.round(sum / minute) * minute;
  return words.plan.likeLast(sum < minute ? duration(rounded) : `${rounded / minute}\u00a0min`);
}

/** Steps that the wizard has to work at. */
function automatic(steps: Plan['steps']): Plan['steps'] {
  const works = ['change', 'undo', 'unknown'];
  return steps.filter(
    ({ manual, operations }) => !manual && operations.some(({ change }) => works.includes(change)),
  );
}
