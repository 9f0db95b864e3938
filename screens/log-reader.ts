/** Reading a log: where one is in it, and what moves there. */
import { useState } from 'react';
import type { LogSource, View } from '../src/run/protocol.ts';
import { findAbove, findBelow, lineAt, openStepLog, textSource } from './log-source.ts';
import { higher, isAfter, type LogRow, lastRows, logStart, type Place, rowsFrom } from './log-window.ts';
import { clamp } from './parts/scroll.ts';
import { currentStep } from './parts/spine.ts';
import type { Ui } from './parts/ui.ts';

interface LogState {
  readonly step: string;
  /** The first row seen; nothing while the end is followed. */
  readonly place: Place | null;
  readonly what: string;
  readonly isTyping: boolean;
  /** First byte of the line that was found. */
  readonly hit: number | null;
  readonly told: string;
}

export interface LogReader {
  readonly state: LogState;
  readonly log: LogSource;
  readonly rows: readonly LogRow[];
  readonly isEnd: boolean;
  change(some: Partial<LogState>): void;
  up(rows: number): void;
  down(rows: number): void;
  find(by: 'above' | 'below'): void;
  otherStep(by: number): void;
}

const fresh: Omit<LogState, 'step'> = { place: null, what: '', isTyping: false, hit: null, told: '' };

/** The log of the current step at first, seen from its end; `height` rows of `cells` each are shown. */
export function useLogReader(view: View, ui: Ui, rowsShown: number, cells: number): LogReader {
  const [state, setState] = useState<LogState>(() => ({ ...fresh, step: stepShown(view) }));
  const change = (some: Partial<LogState>) => setState((former) => ({ ...former, told: '', ...some }));
  const log = sourceOf(view, state.step, ui);
  const height = rowsShown - (state.isTyping ? 1 : 0);
  const end = lastRows(log, height, cells);
  const isEnd = state.place === null || (end[0] !== undefined && !isAfter(end[0], state.place));
  const rows = isEnd || !state.place ? end : rowsFrom(log, state.place, height, cells);
  const first = rows[0] ?? logStart;
  return {
    ...{ state, log, rows, isEnd, change },
    up: (by) => change({ place: higher(log, first, by, cells) }),
    down: (by) => {
      const next = rows[by] ?? rowsFrom(log, first, by + 1, cells)[by];
      change({ place: next && end[0] && isAfter(end[0], next) ? next : null });
    },
    find: (by) => {
      const { what } = state;
      if (what === '') return change({ isTyping: !state.isTyping });
      const shown = rows.find(({ from }) => from === state.hit)?.from;
      // Below a hit means below its line.
      const below = shown === undefined ? first.from : (lineAt(log, shown)?.to ?? shown);
      const hit = by === 'below' ? findBelow(log, what, below) : findAbove(log, what, shown ?? first.from);
      if (hit !== undefined) return change({ hit, place: { from: hit, row: 0 }, isTyping: false });
      const { notAbove, notBelow } = ui.words.log;
      change({ isTyping: false, told: by === 'below' ? notBelow(what) : notAbove(what) });
    },
    otherStep: (by) => {
      const begun = view.steps.filter(({ began }) => began !== '').map(({ id }) => id);
      const step = begun[clamp(begun.indexOf(state.step) + by, begun.length)];
      if (step !== undefined) change({ step, place: null, hit: null });
    },
  };
}

function stepShown(view: View): string {
  const begun = view.steps.findLast(({ began }) => began !== '');
  const current = currentStep(view);
  const step = current?.began ? current : begun;
  return view.error?.step ?? step?.id ?? view.operation?.step ?? '';
}

/** Where there is no log to read: what this window has heard. */
function sourceOf(view: View, step: string, ui: Ui): LogSource {
  const heard = step === stepShown(view) ? view.lines : [];
  const last = view.error?.step === step ? view.error.error.lastLines : [];
  const text = (heard.length > 0 ? heard : last).join('\n');
  return openStepLog(ui.desk, logPath(view, step)) ?? textSource(text);
}

/** Where the whole output of a step is. */
export function logPath({ logs }: Pick<View, 'logs'>, step: string): string {
  return `${logs}/${step}.log`;
}
