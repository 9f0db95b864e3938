/** The work as it goes on: where it is, what the current step says, what is finished. */
import { useAnimation } from 'ink';
import { useState } from 'react';
import { between, clock } from '../src/i18n/index.ts';
import type { StepView, View } from '../src/run/protocol.ts';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame, watching } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { blank, type Line, line, span, spread, type Tone } from './parts/line.ts';
import type { ScreenProps } from './parts/props.ts';
import { Rows } from './parts/row.tsx';
import { type Ui, useUi } from './parts/ui.ts';
import { clean, pad, width } from './parts/width.ts';

export function Run({ view, send }: ScreenProps) {
  const ui = useUi();
  // Counts seconds on the screen; nothing else depends on it.
  useAnimation({ interval: 1000, isActive: ui.active });
  const [isWhole, setWhole] = useState(false);
  const [isStopping, setStopping] = useState(false);
  const [back, setBack] = useState(0);
  const under = headerLines(view, ui);
  const height = bodyHeight(ui, 1 + under.length);
  const body = bodyLines(view, ui, height, isWhole, back);
  const scroll = (by: number) =>
    setBack(Math.max(0, Math.min(back + by, Math.max(0, view.lines.length - 1))));
  useCommands('run', {
    up: () => scroll(1),
    down: () => scroll(-1),
    pageUp: () => scroll(height - 2),
    pageDown: () => scroll(2 - height),
    follow: () => setBack(0),
    output: () => setWhole(!isWhole),
    stop: () => {
      if (!view.decides || isStopping) return;
      setStopping(true);
      send({ type: 'stop' });
    },
    leave: ui.askLeave,
    language: ui.switchLanguage,
    help: ui.help,
  });
  return (
    <Frame
      path={[ui.say(view.title), ui.words.run.titles[view.kind]]}
      right={rightOf(view, ui)}
      under={under}
      notice={noticeOf(view, ui, isStopping, back)}
      hints={hintsOf('run', ui.words, ui.signs, view.decides ? [] : ['stop'])}
      status={statusOf(view, ui)}
    >
      <Rows rows={body} />
    </Frame>
  );
}

const isOver = ({ state }: StepView) => state !== 'to-come' && state !== 'running';

function progress(view: View): { done: number; total: number } {
  if (view.kind === 'install') return { done: view.steps.filter(isOver).length, total: view.steps.length };
  const wanted =
    view.plan?.steps.flatMap(({ operations }) => operations).filter(({ change }) => change === 'undo') ?? [];
  return { done: Math.min(view.undone.length, wanted.length), total: wanted.length };
}

function statusOf(view: View, ui: Ui): string {
  const { done, total } = progress(view);
  const current = view.steps.find(({ state }) => state === 'running');
  const place = ui.words.common.stepOf(Math.min(done + 1, total), total);
  return ui.words.common.pair(ui.say(view.title), current ? `${place} ${ui.say(current.title)}` : place);
}

function rightOf(view: View, ui: Ui): Line {
  const { done, total } = progress(view);
  const began = view.steps.find((step) => step.began)?.began ?? view.opened;
  const elapsed = between(began, ui.now());
  const place =
    view.kind === 'install'
      ? ui.words.common.stepOf(Math.min(done + 1, total), total)
      : ui.words.run.undoneOf(view.undone.length, total);
  const hasPlace = total > 0 || view.undone.length > 0;
  const parts = [hasPlace ? place : '', elapsed === undefined ? '' : clock(elapsed)];
  const text = parts.filter(Boolean).join(` ${ui.signs.between} `);
  return [...watching(view, ui), span(text)];
}

function headerLines(view: View, ui: Ui): Line[] {
  const { done, total } = progress(view);
  if (total === 0) return [];
  const cells = ui.columns - 2;
  const filled = Math.round((done / total) * cells);
  const bar = ui.signs.filled.repeat(filled) + ui.signs.unfilled.repeat(cells - filled);
  return [line(` ${bar}`), ...(view.steps.length > 0 ? [chapterLine(view, ui)] : [])];
}

/** Chapters around the current one. */
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
  const cost = (piece: Line) => piece.reduce((sum, { text }) => sum + width(text), 0) + 3;
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

function noticeOf(view: View, ui: Ui, isStopping: boolean, back: number): Line {
  if (back > 0) return line(ui.words.run.scrolled(back), 'waits');
  if (isStopping) return line(ui.words.run.stopAsked, 'waits');
  const warning = view.warnings.at(-1);
  if (warning) return line(`${ui.signs.differs} ${ui.say(warning.say)}`, 'waits');
  return line(ui.words.run.mayClose, 'past');
}

function bodyLines(view: View, ui: Ui, height: number, isWhole: boolean, back: number): Line[] {
  if (isWhole) return output(view, ui, height, back);
  const head = currentLines(view, ui);
  const finished = view.kind === 'install' ? finishedLines(view, ui) : undoneLines(view, ui);
  // Both parts keep their size whatever they hold: nothing jumps when a step begins to speak.
  const kept = Math.max(4, Math.floor(height * (view.kind === 'install' ? 0.35 : 0.65)));
  const room = Math.max(0, height - head.length - kept - 1);
  const said = output(view, ui, room, back);
  const filler = Array.from({ length: room - said.length }, () => blank);
  return [...head, ...said, ...filler, blank, ...finished.slice(0, kept)];
}

function currentLines(view: View, ui: Ui): Line[] {
  const current = view.steps.find(({ state }) => state === 'running');
  const busy = view.busy ? ui.say(view.busy) : '';
  if (!current) {
    const text = view.live ? busy || ui.words.run.starting : ui.words.common.connecting;
    return [[span(` ${ui.signs.running} `), span(text, 'plain', true)], blank];
  }
  const elapsed = between(current.began, ui.now());
  const title: Line = [span(` ${ui.signs.running} `), span(ui.say(current.title), 'plain', true)];
  const operation = busy || (view.operation ? ui.say(view.operation.title) : '');
  return [
    spread(title, line(elapsed === undefined ? '' : `${clock(elapsed)} `, 'past'), ui.columns, ui.signs.more),
    line(operation === ui.say(current.title) ? '' : `   ${operation}`, busy ? 'waits' : 'plain'),
  ];
}

function output(view: View, ui: Ui, height: number, back: number): Line[] {
  const lines = view.lines.at(-1) === '' ? view.lines.slice(0, -1) : view.lines;
  const end = Math.max(Math.min(height, lines.length), lines.length - back);
  const isSilent = lines.length === 0 && view.steps.some(({ state }) => state === 'running');
  if (isSilent) return [line(`   ${ui.words.run.noOutput}`, 'past')];
  return lines.slice(Math.max(0, end - height), end).map((one) => line(`   ${clean(one)}`, 'past'));
}

function finishedLines(view: View, ui: Ui): Line[] {
  return view.steps
    .filter(isOver)
    .toReversed()
    .map((step) => stepLine(step, ui));
}

function stepLine(step: StepView, ui: Ui): Line {
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
  const elapsed = between(step.began, step.ended);
  const { states, nothingToDo } = ui.words.run;
  const said = step.state === 'done' ? (step.changed === 0 ? nothingToDo : '') : states[step.state];
  const left: Line = [
    span(` ${sign} `, tone),
    span(ui.say(step.title), step.state === 'done' ? 'past' : 'plain'),
  ];
  const right = `${said}${elapsed === undefined ? '' : `  ${clock(elapsed).padStart(5)}`} `;
  return spread(left, line(right, 'past'), ui.columns, ui.signs.more);
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
