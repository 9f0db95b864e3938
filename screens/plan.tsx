/** What would change, before anything does. Consent takes two keys; what cannot be undone is named. */
import { useMemo, useReducer } from 'react';
import type { Plan, PlanStep, View } from '../src/run/protocol.ts';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame, watching } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { blank, type Line, line, span } from './parts/line.ts';
import type { ScreenProps } from './parts/props.ts';
import { Rows } from './parts/row.tsx';
import { useScroll } from './parts/scroll.ts';
import { type Ui, useUi } from './parts/ui.ts';
import { wrap } from './parts/width.ts';
import { type PlanState, planReducer } from './plan-state.ts';
import {
  chapterNodes,
  countChanges,
  countsText,
  erratumLines,
  type TreeLine,
  treeLines,
} from './plan-tree.ts';

const emptyPlan: Plan = { guide: '', hash: '', steps: [] };
const securityShown = 3;

export function PlanScreen({ view, send }: ScreenProps) {
  const ui = useUi();
  const plan = view.plan ?? emptyPlan;
  const [state, dispatch] = useReducer(planReducer, plan, openPlan);
  const tree = useMemo(() => treeLines(plan, state, ui), [plan, state, ui]);
  const fixed =
    state.part === 'errata' ? [] : securityLines(plan, ui).slice(0, state.part === 'confirm' ? 1 : undefined);
  const panel = state.part === 'confirm' ? confirmLines(view, plan, ui) : [];
  const height = bodyHeight(ui) - fixed.length - panel.length;
  const lines = state.part === 'errata' ? allErrata(plan, ui) : tree;
  const cursor = Math.min(state.cursor, Math.max(0, lines.length - 1));
  const start = useScroll(cursor, cursor, lines.length, height);
  const move = (by: number) => dispatch({ type: 'move', by, total: lines.length });
  const canCorrect = view.kind === 'install' && view.decides;
  useCommands(
    'plan',
    {
      up: () => move(-1),
      down: () => move(1),
      unfold: () => dispatch({ type: 'unfold', lines: tree }),
      fold: () => dispatch({ type: 'fold', lines: tree }),
      pageUp: () => move(2 - height),
      pageDown: () => move(height - 2),
      first: () => move(-lines.length),
      last: () => move(lines.length),
      filter: () => dispatch({ type: 'filter' }),
      errata: () => dispatch({ type: 'part', part: 'errata' }),
      consent: () => view.decides && dispatch({ type: 'part', part: 'confirm' }),
      correct: () => canCorrect && send({ type: 'correct' }),
      quit: ui.askLeave,
      language: ui.switchLanguage,
      help: ui.help,
    },
    state.part === 'tree',
  );
  const back = () => dispatch({ type: 'part', part: 'tree' });
  useCommands(
    'errata',
    {
      up: () => move(-1),
      down: () => move(1),
      pageUp: () => move(2 - height),
      pageDown: () => move(height - 2),
      back,
    },
    state.part === 'errata',
  );
  useCommands(
    'confirm',
    {
      yes: () => send({ type: 'consent', hash: plan.hash }),
      no: back,
    },
    state.part === 'confirm',
  );
  const shown = lines.slice(start, start + height);
  const filler = Array.from({ length: Math.max(0, height - shown.length) }, () => blank);
  const rows = shown.map((one, index) =>
    cursorLine(one.line, start + index === cursor && state.part !== 'confirm', ui),
  );
  const below = lines.length - start - height;
  return (
    <Frame
      path={[ui.say(view.title), view.kind === 'install' ? ui.words.plan.title : ui.words.plan.titleBack]}
      right={rightOf(view, plan, ui)}
      notice={noticeOf(state, below, ui)}
      hints={hintsOf(state.part === 'tree' ? 'plan' : state.part, ui.words, ui.signs, hidden(view, plan))}
      status={ui.words.common.pair(ui.words.plan.title, countsText(countChanges(plan.steps), ui))}
    >
      <Rows rows={[...fixed, ...rows, ...filler, ...panel]} />
    </Frame>
  );
}

/** Chapters with something to do are open when the plan is short enough to be read at once. */
function openPlan(plan: Plan): PlanState {
  const isShort = plan.steps.length <= 10;
  return {
    cursor: 0,
    unfolded: new Set(isShort ? chapterNodes(plan) : []),
    onlyChanges: false,
    part: 'tree',
  };
}

function hidden(view: View, plan: Plan): string[] {
  return [
    ...(view.kind === 'install' && view.decides ? [] : ['correct']),
    ...(view.decides ? [] : ['consent']),
    ...(plan.steps.some(({ errata }) => errata.length > 0) ? [] : ['errata']),
  ];
}

function cursorLine(shown: Line, isHere: boolean, ui: Ui): Line {
  return [span(isHere ? ` ${ui.signs.cursor} ` : '   ', 'accent', true), ...shown];
}

function rightOf(view: View, plan: Plan, ui: Ui): Line {
  const counts = span(countsText(countChanges(plan.steps), ui));
  return [...watching(view, ui), counts];
}

function noticeOf(state: PlanState, below: number, ui: Ui): Line {
  const parts = [
    ...(state.onlyChanges ? [ui.words.plan.onlyChanges] : []),
    ...(below > 0 ? [ui.words.common.more(below)] : []),
  ];
  return line(parts.join(` ${ui.signs.between} `), 'past');
}

function errataOf(plan: Plan): PlanStep['errata'] {
  const all = plan.steps.flatMap(({ errata }) => errata);
  return [...new Map(all.map((one) => [one.id, one])).values()].toSorted(
    (a, b) => Number(b.security) - Number(a.security),
  );
}

/** Where the wizard departs from the guide for security: never passed over in silence. */
function securityLines(plan: Plan, ui: Ui): Line[] {
  const errata = errataOf(plan).filter(({ security }) => security);
  if (errata.length === 0) return [];
  const rest = errata.length - securityShown;
  return [
    line(` ${ui.words.plan.security(errata.length)}`, 'waits', true),
    ...errata
      .slice(0, securityShown)
      .map(({ does }): Line => [span(`   ${ui.signs.differs} `, 'waits'), span(ui.say(does))]),
    ...(rest > 0 ? [line(`     ${ui.words.plan.securityMore(rest)}`, 'past')] : []),
    blank,
  ];
}

function allErrata(plan: Plan, ui: Ui): TreeLine[] {
  const errata = errataOf(plan);
  const head = line(errata.length > 0 ? ui.words.plan.errata : ui.words.plan.noErrata, 'plain', true);
  const rest = errata.flatMap((one) => [blank, ...erratumLines(one, 0, ui)]);
  return [head, ...rest].map((one) => ({ node: 'errata', isHead: false, line: one }));
}

/** The question before anything changes, and under it what cannot be taken back. */
function confirmLines(view: View, plan: Plan, ui: Ui): Line[] {
  const { change, undo } = countChanges(plan.steps);
  const { words } = ui;
  const question =
    change + undo === 0
      ? words.plan.askNothing
      : view.kind === 'install'
        ? words.plan.ask(change + undo)
        : words.plan.askUndo(change + undo);
  const final = plan.steps.flatMap((step) =>
    step.operations.flatMap(({ irreversible }) =>
      irreversible
        ? wrap(
            `${ui.signs.bullet} ${words.common.pair(ui.say(step.title), ui.say(irreversible))}`,
            ui.columns - 4,
          )
        : [],
    ),
  );
  // The line on security above, the rule, the head and the question take four.
  const room = Math.max(1, bodyHeight(ui) - 4);
  return [
    line(` ${ui.signs.rule.repeat(ui.columns - 2)}`, 'past'),
    ...(final.length > 0 ? [line(` ${words.plan.ofThese}`, 'waits')] : []),
    ...final.slice(0, room).map((one) => line(`   ${one}`, 'waits')),
    ...(final.length > room ? [line(`   ${ui.signs.more}`, 'waits')] : []),
    line(` ${question}`, 'plain', true),
  ];
}
