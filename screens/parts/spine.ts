/** Where a person is, on every screen of a run: guide › chapter › what; step, time so far, time to come. */
import { between, clock } from '../../src/i18n/index.ts';
import type { StepView, View } from '../../src/run/protocol.ts';
import { type Line, span } from './line.ts';
import type { Ui } from './ui.ts';
import { width } from './width.ts';

/** The header of a screen, and what it comes down to in a window that is too small. */
interface Spine {
  readonly path: readonly string[];
  readonly right: Line;
  readonly status: string;
}

/** The spine of a run's screen; `what` is the screen's own name, if it has one. */
export function spineOf(view: View, ui: Ui, what?: string): Spine {
  const guide = ui.say(view.title);
  const step = isBegun(view) ? currentStep(view) : undefined;
  const chapter = view.kind === 'install' && step ? ui.say(step.chapter) : ui.words.run.titles[view.kind];
  const joined = (parts: readonly string[]) => parts.filter(Boolean).join(` ${ui.signs.between} `);
  const [place, time, rest] = [placeOf(view, ui), elapsedOf(view, ui), expectedOf(view, ui)];
  const short = joined([place, time]);
  const whole = [guide, chapter, ...(what ? [what] : [])];
  // What is still to come gives way first: the place is worth more.
  const hasRoom = width(`${guide} > ${what ?? chapter}${joined([short, rest])}`) <= ui.columns - 6;
  const times = hasRoom ? joined([short, rest]) : short;
  // Where not all has room, the chapter gives way to what the screen is for.
  const isLong = width(`${whole.join(' > ')}${times}`) > ui.columns - 8;
  const path = what && isLong ? [guide, what] : whole;
  const about = what ?? (step ? ui.say(step.title) : chapter);
  return {
    path: view.run ? path : [guide],
    right: [...readOnly(view, ui), ...(times ? [span(times)] : [])],
    status: ui.words.common.pair(guide, joined([short, about])),
  };
}

/** One word in the header for who cannot decide; the line over the keys says it whole. */
export function readOnly(view: View, ui: Ui): Line {
  return isWatcher(view) ? [span(`${ui.words.common.readOnly} ${ui.signs.between} `, 'waits')] : [];
}

/** Another window decides. */
export function isWatcher(view: View): boolean {
  return view.live && !view.decides;
}

/** Before that there is a plan at most, and no step that one is at. */
const isBegun = ({ steps }: View) => steps.some(({ state }) => state !== 'to-come');

/** A step that is behind, however it ended. */
export const isOver = ({ state }: StepView) => state !== 'to-come' && state !== 'running';

/** The step that is being done, has failed, or comes next. */
export function currentStep(view: View): StepView | undefined {
  const isFailed = view.need === 'failure' || view.end?.state === 'failed';
  const failed = isFailed ? view.error?.step : undefined;
  return (
    view.steps.find(({ id }) => id === failed) ??
    view.steps.find(({ state }) => state === 'running') ??
    view.steps.find(({ state }) => state === 'to-come') ??
    view.steps.at(-1)
  );
}

/** How much is done: steps of an installation, effects taken back of a rollback. */
export function progress(view: View): { done: number; total: number } {
  if (view.kind === 'install') return { done: view.steps.filter(isOver).length, total: view.steps.length };
  const wanted =
    view.plan?.steps.flatMap(({ operations }) => operations).filter(({ change }) => change === 'undo') ?? [];
  return { done: Math.min(view.undone.length, wanted.length), total: wanted.length };
}

function placeOf(view: View, ui: Ui): string {
  if (view.kind !== 'install') {
    if (view.end) return '';
    const { total } = progress(view);
    return total + view.undone.length > 0 ? ui.words.run.undoneOf(view.undone.length, total) : '';
  }
  const step = isBegun(view) ? currentStep(view) : undefined;
  return step ? ui.words.common.stepOf(view.steps.indexOf(step) + 1, view.steps.length) : '';
}

/** Time in which something was done: what lies between an interruption and its resume does not count. */
function elapsedOf(view: View, ui: Ui): string {
  const now = view.end ? '' : ui.now();
  const times = view.steps.map((step) => between(step.began, step.ended || now) ?? 0);
  return isBegun(view) ? clock(times.reduce((sum, time) => sum + time, 0)) : '';
}

const minute = 60_000;
/** What a step may take more than last time before it is worth a word. */
const tolerance = 10_000;

/** What is still to be expected, from earlier runs on this machine; else the guide's own measure. */
export function expectedOf(view: View, ui: Pick<Ui, 'words' | 'now'>): string {
  const { time } = ui.words;
  const { steps, minutes } = view.expected;
  if (view.kind !== 'install' || view.end) return '';
  const isOpen = (step: StepView) => !isOver(step) || step.state === 'failed';
  const open = view.steps.filter((step) => isOpen(step) && !step.manual);
  const timed = open.filter(({ id }) => steps[id] !== undefined);
  // What changes nothing is never timed, and takes little; an earlier run that stopped early knows too little.
  if (timed.length === 0 || timed.length * 2 < open.length) {
    return minutes > 0 && view.steps.some(({ state }) => state === 'to-come') ? time.inAll(minutes) : '';
  }
  const spent = (step: StepView) => (step.state === 'running' ? between(step.began, ui.now()) : 0) ?? 0;
  const left = open.map((step) => (steps[step.id] ?? 0) - spent(step));
  if (left.some((one) => one < -tolerance)) return time.longer;
  const sum = left.reduce((all, one) => all + Math.max(0, one), 0);
  return sum < minute ? time.littleLeft : time.left(Math.ceil(sum / minute));
}
