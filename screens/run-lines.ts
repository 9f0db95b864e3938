/** The lines of a run: chapters, the current step, finished steps, or all steps beside it on a wide terminal. */
import { between, clock, duration } from '../src/i18n/index.ts';
import type { StepView, View } from '../src/run/protocol.ts';
import { blank, type Line, line, lineWidth, span, spread, type Tone } from './parts/line.ts';
import { windowStart } from './parts/scroll.ts';
import { isOver, progress } from './parts/spine.ts';
import type { Ui } from './parts/ui.ts';
import { pad, width } from './parts/width.ts';
import { outputLines } from './run-output.ts';

export interface Shown {
  readonly view: View;
  readonly ui: Ui;
  readonly height: number;
  /** Number of the line after the last one of the output that is seen. */
  readonly end: number;
  /** When the step was last heard. */
  readonly heard: number;
  readonly wide: boolean;
}

/** There is room for the list of steps beside the output. */
export function isWide({ columns }: Pick<Ui, 'columns'>): boolean {
  return columns >= 110;
}

/** The bar, and the chapters around the current one. */
export function headerLines(view: View, ui: Ui): Line[] {
  const { done, total } = progress(view);
  if (total === 0) return [];
  const cells = ui.columns - 2;
  const filled = Math.round((done / total) * cells);
  const bar = ui.signs.filled.repeat(filled) + ui.signs.unfilled.repeat(cells - filled);
  return [line(` ${bar}`), ...(view.steps.length > 0 ? [chapterLine(view, ui)] : [])];
}

function chapterLine(view: View, ui: Ui): Line {
  const chapters = [...Map.groupBy(view.steps, ({ chapter }) => ui.say(chapter))];
  const current = Math.max(
    0,
    chapters.findIndex(([, steps]) => !steps.every(isOver)),
  );
  const pieces = chapters.map(([title, steps], index): Line => {
    const [sign, tone] = chapterSign(steps, ui);
    return [
      ...(sign ? [span(`${sign} `, tone)] : []),
      span(title, tone === 'plain' ? 'plain' : 'past', index === current),
    ];
  });
  const cost = (piece: Line) => lineWidth(piece) + 3;
  let first = 0;
  while (
    first < current &&
    pieces.slice(first, current + 1).reduce((sum, piece) => sum + cost(piece), 2) > ui.columns
  ) {
    first++;
  }
  const shown = pieces
    .slice(first)
    .flatMap((piece, index): Line => [span(index === 0 ? ' ' : ` ${ui.signs.between} `, 'past'), ...piece]);
  return first > 0 ? [span(` ${ui.signs.more}`, 'past'), ...shown] : shown;
}

function chapterSign(steps: readonly StepView[], ui: Ui): [string, Tone] {
  if (steps.some(({ state }) => state === 'failed')) return [ui.signs.failed, 'failed'];
  if (steps.every(isOver)) return [ui.signs.done, 'done'];
  return steps.every(({ state }) => state === 'to-come') ? ['', 'past'] : [ui.signs.running, 'plain'];
}

const headHeight = 2;

/** Rows of the finished steps under the output; they keep their size whatever they hold: nothing jumps. */
function finishedHeight(view: View, ui: Ui, height: number): number {
  if (isWide(ui) && view.kind === 'install') return 0;
  return Math.max(4, Math.floor(height * (view.kind === 'install' ? 0.35 : 0.65))) + 1;
}

/** Rows that the output of the current step has. */
export function outputHeight(view: View, ui: Ui, height: number): number {
  return Math.max(0, height - headHeight - finishedHeight(view, ui, height));
}

/** The body of the run screen. */
export function bodyLines(shown: Shown): Line[] {
  const { view, ui, height, wide } = shown;
  if (!wide || view.kind !== 'install') return middle(shown, ui.columns);
  const cells = Math.min(64, Math.floor(ui.columns * 0.4));
  const steps = stepList(view, ui, cells, height);
  return middle(shown, ui.columns - cells - 3).map((right, row) => {
    const left = steps[row] ?? blank;
    const gap = span(' '.repeat(cells - lineWidth(left)));
    return [...left, gap, span(` ${ui.signs.bar}`, 'past'), ...right];
  });
}

/** The current step, its output, and what is finished. */
function middle({ view, ui, height, end, heard }: Shown, cells: number): Line[] {
  const room = outputHeight(view, ui, height);
  const isSpeechless = view.lines.length === 0 && view.steps.some(({ state }) => state === 'running');
  const said = isSpeechless ? [line(`   ${ui.words.run.noOutput}`, 'past')] : outputLines(view, end, room);
  const filler = Array.from({ length: room - said.length }, () => blank);
  const kept = finishedHeight(view, ui, height);
  const finished = view.kind === 'install' ? finishedLines(view, ui, cells) : undoneLines(view, ui);
  return [
    ...currentLines(view, ui, heard, cells),
    ...said,
    ...filler,
    ...(kept > 0 ? [blank, ...finished.slice(0, kept - 1)] : []),
  ];
}

/** Silence that is worth a word. */
const longSilence = 20_000;

function currentLines(view: View, ui: Ui, heard: number, cells: number): Line[] {
  const current = view.steps.find(({ state }) => state === 'running');
  const busy = view.busy ? ui.say(view.busy) : '';
  if (!current) {
    const text = view.live ? busy || ui.words.run.starting : ui.words.common.connecting;
    return [[span(` ${ui.signs.running} `), span(text, 'plain', true)], blank];
  }
  const elapsed = between(current.began, ui.now());
  const title: Line = [span(` ${ui.signs.running} `), span(ui.say(current.title), 'plain', true)];
  const operation = busy || (view.operation ? ui.say(view.operation.title) : '');
  const about = line(operation === ui.say(current.title) ? '' : `   ${operation}`, busy ? 'waits' : 'plain');
  const since = view.lines.length === 0 ? Date.parse(current.began) : heard;
  const silence = ui.now() - since;
  const silent = silence < longSilence ? '' : `${ui.words.time.silent(duration(silence))} `;
  return [
    spread(title, line(elapsed === undefined ? '' : `${clock(elapsed)} `, 'past'), cells, ui.signs.more),
    spread(about, silent ? line(silent, 'waits') : [], cells, ui.signs.more),
  ];
}

function finishedLines(view: View, ui: Ui, cells: number): Line[] {
  return view.steps
    .filter(isOver)
    .toReversed()
    .map((step) => stepLine(step, ui, cells));
}

/** All steps, the current one always among those that are seen. */
function stepList(view: View, ui: Ui, cells: number, height: number): Line[] {
  const current = view.steps.findIndex((step) => !isOver(step));
  const at = current < 0 ? view.steps.length - 1 : current;
  const start = windowStart(0, at, Math.min(at + 3, view.steps.length - 1), view.steps.length, height);
  return view.steps.slice(start, start + height).map((step) => stepLine(step, ui, cells));
}

function stepLine(step: StepView, ui: Ui, cells: number): Line {
  const signs: Readonly<Record<StepView['state'], readonly [string, Tone]>> = {
    'to-come': [ui.signs.toCome, 'past'],
    running: [ui.signs.running, 'plain'],
    done: [ui.signs.done, 'done'],
    failed: [ui.signs.failed, 'failed'],
    skipped: [ui.signs.skipped, 'past'],
    left: [ui.signs.byHand, 'waits'],
    waits: [ui.signs.unknown, 'waits'],
  };
  const [sign, tone] = signs[step.state];
  const left: Line = [
    span(` ${sign} `, tone),
    span(ui.say(step.title), step.state === 'done' ? 'past' : 'plain', step.state === 'running'),
  ];
  return spread(left, line(outcomeOf(step, ui), 'past'), cells, ui.signs.more);
}

function outcomeOf(step: StepView, ui: Ui): string {
  if (!isOver(step)) return '';
  const elapsed = step.state === 'skipped' ? undefined : between(step.began, step.ended);
  const { states, nothingToDo } = ui.words.run;
  const said = step.state === 'done' ? (step.changed === 0 ? nothingToDo : '') : states[step.state];
  return `${said}${elapsed === undefined ? '' : `  ${clock(elapsed).padStart(5)}`} `;
}

function undoneLines(view: View, ui: Ui): Line[] {
  const { run } = ui.words;
  return view.undone.toReversed().map(({ key, outcome, reason }) => {
    const words = { undone: run.undone, kept: run.kept, failed: run.undoFailed };
    const signs = { undone: ui.signs.undone, kept: ui.signs.skipped, failed: ui.signs.failed };
    const tones: Readonly<Record<typeof outcome, Tone>> = { undone: 'done', kept: 'waits', failed: 'failed' };
    const cells = Math.max(...Object.values(words).map(width));
    return [
      span(` ${signs[outcome]} `, tones[outcome]),
      span(`${pad(words[outcome], cells)}  `, 'past'),
      span(key),
      ...(reason ? [span(`  ${ui.say(reason)}`, 'past')] : []),
    ];
  });
}
