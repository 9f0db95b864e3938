/** What would change, before anything does. Consent takes two keys; what cannot be undone is named. */
import { Box, Text } from 'ink';
import { type Dispatch, useMemo, useReducer } from 'react';
import { countChanges, countsText, planText } from '../src/i18n/plan-text.ts';
import type { ChangeWord, Plan, View } from '../src/run/protocol.ts';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { blank, type Line, span } from './parts/line.ts';
import type { ScreenProps } from './parts/props.ts';
import { Rows } from './parts/row.tsx';
import { useScroll } from './parts/scroll.ts';
import { readOnly } from './parts/spine.ts';
import { TextField } from './parts/text-field.tsx';
import { type Ui, useUi } from './parts/ui.ts';
import { width } from './parts/width.ts';
import { confirmLines, questionOf } from './plan-confirm.ts';
import { PlanErrata, securityLines } from './plan-errata.tsx';
import { type Finds, findIn, highlighted, nodesHiding } from './plan-find.ts';
import { indexOfPlace, type Place, type TreeLine } from './plan-line.ts';
import { noteLines } from './plan-notes.ts';
import { noticeOf } from './plan-notice.ts';
import { type PlanAction, type PlanState, planReducer } from './plan-state.ts';
import { allNodes, chapterNode, treeLines } from './plan-tree.ts';

const emptyPlan: Plan = { guide: '', hash: '', steps: [] };

export function PlanScreen(props: ScreenProps) {
  const ui = useUi();
  const { view } = props;
  const plan = view.plan ?? emptyPlan;
  const [state, dispatch] = useReducer(planReducer, plan, openPlan);
  const path = [ui.say(view.title), view.kind === 'install' ? ui.words.plan.title : ui.words.plan.titleBack];
  return state.part === 'errata' ? (
    <PlanErrata path={path} plan={plan} onBack={() => dispatch({ type: 'part', part: 'tree' })} />
  ) : (
    <PlanTree {...props} path={path} plan={plan} state={state} dispatch={dispatch} />
  );
}

/** A plan that is short enough to be read at once is unfolded; so is what was done and will be done again. */
function openPlan({ steps }: Plan): PlanState {
  const isShort = steps.length <= 10;
  return {
    cursor: { id: '', path: [] },
    unfolded: new Set(steps.filter(({ reopened }) => isShort || reopened).map(chapterNode)),
    onlyChanges: false,
    part: 'tree',
    query: '',
    said: '',
  };
}

interface TreeProps extends ScreenProps {
  readonly path: readonly string[];
  readonly plan: Plan;
  readonly state: PlanState;
  readonly dispatch: Dispatch<PlanAction>;
}

function PlanTree({ view, send, path, plan, state, dispatch }: TreeProps) {
  const ui = useUi();
  const lines = useMemo(() => treeLines(plan, state, ui), [plan, state, ui]);
  const finds = useMemo(() => findIn(plan, state, ui, state.query, state.cursor), [plan, state, ui]);
  const panel = panelOf(view, plan, state, ui);
  const isConfirming = state.part === 'confirm';
  const security = securityLines(plan, ui);
  const notes = noteLines(plan, ui);
  const spare = Math.max(0, bodyHeight(ui) - panel.length);
  const fixed = isConfirming ? [...security.slice(0, 1), ...notes].slice(0, spare) : [];
  const above = isConfirming ? [] : [...notes, ...security];
  const height = bodyHeight(ui) - fixed.length - (state.part === 'find' ? 1 : panel.length);
  const place = indexOfPlace(lines, state.cursor);
  const cursor = above.length + place;
  const total = above.length + lines.length;
  const start = useScroll(place === 0 ? 0 : cursor, cursor, total, height);
  const goTo = (place: Place | undefined) =>
    place && dispatch({ type: 'goTo', place, unfold: nodesHiding(place, plan, state, ui) });
  useTreeKeys({ view, send, plan, state, dispatch, lines, height, finds, goTo });
  const drawn = lines.map((one, index) =>
    cursorLine(highlighted(one.line, state.query), index === place && !isConfirming, ui),
  );
  const rows = [...above, ...drawn].slice(start, start + height);
  const filler = Array.from({ length: Math.max(0, height - rows.length) }, () => blank);
  const counts = countsFor(plan, width(path.join(' > ')), ui);
  return (
    <Frame
      path={path}
      right={[...readOnly(view, ui), span(counts)]}
      notice={noticeOf(view, state, finds, total - start - height, ui)}
      hints={hintsOf(setOf(state), ui.words, ui.signs, hidden(view, plan, state))}
      status={isConfirming ? questionOf(view, plan, ui) : ui.words.common.pair(ui.words.plan.title, counts)}
    >
      <Rows rows={[...fixed, ...rows, ...filler, ...panel]} />
      {state.part === 'find' ? (
        <Find state={state} dispatch={dispatch} onFind={() => goTo(finds.nearest)} />
      ) : null}
    </Frame>
  );
}

function panelOf(view: View, plan: Plan, { part }: PlanState, ui: Ui): Line[] {
  return part === 'confirm' ? confirmLines(view, plan, ui) : [];
}

function setOf({ part }: PlanState): 'plan' | 'confirm' | 'input' {
  if (part === 'find') return 'input';
  return part === 'confirm' ? 'confirm' : 'plan';
}

interface FindProps {
  readonly state: PlanState;
  readonly dispatch: Dispatch<PlanAction>;
  readonly onFind: () => void;
}

/** The words that are searched for, while they are typed. */
function Find({ state, dispatch, onFind }: FindProps) {
  const ui = useUi();
  const end = () => dispatch({ type: 'endFind' });
  useCommands('input', { back: end });
  return (
    <Box height={1} flexShrink={0}>
      <Text bold>{' / '}</Text>
      <TextField
        value={state.query}
        width={ui.columns - 4}
        onChange={(query) => dispatch({ type: 'type', query })}
        onSubmit={state.query.trim() === '' ? end : onFind}
      />
    </Box>
  );
}

interface TreeKeys extends Omit<TreeProps, 'path'> {
  readonly lines: readonly TreeLine[];
  readonly height: number;
  readonly finds: Finds;
  readonly goTo: (place: Place | undefined) => void;
}

function useTreeKeys({ view, send, plan, state, dispatch, lines, height, finds, goTo }: TreeKeys): void {
  const ui = useUi();
  const move = (by: number) => dispatch({ type: 'move', by, lines });
  const part = (to: PlanState['part']) => dispatch({ type: 'part', part: to });
  const isFinding = state.query !== '';
  useCommands(
    'plan',
    {
      up: () => move(-1),
      down: () => move(1),
      unfold: () => dispatch({ type: 'unfold', lines }),
      fold: () => dispatch({ type: 'fold', lines }),
      unfoldAll: () => dispatch({ type: 'unfoldAll', nodes: allNodes(plan, ui) }),
      foldAll: () => dispatch({ type: 'foldAll' }),
      pageUp: () => move(2 - height),
      pageDown: () => move(height - 2),
      first: () => move(-lines.length),
      last: () => move(lines.length),
      find: () => part('find'),
      findNext: () => isFinding && goTo(finds.next),
      findPrevious: () => isFinding && goTo(finds.previous),
      save: () => void savePlan(view, plan, ui).then((said) => dispatch({ type: 'say', said })),
      filter: () => dispatch({ type: 'filter' }),
      errata: () => part('errata'),
      consent: () => view.decides && part('confirm'),
      correct: () =>
        isFinding ? dispatch({ type: 'endFind' }) : canCorrect(view) && send({ type: 'correct' }),
      quit: ui.askLeave,
      language: ui.switchLanguage,
      help: ui.help,
    },
    state.part === 'tree',
  );
  useCommands(
    'confirm',
    { yes: () => send({ type: 'consent', hash: plan.hash }), no: () => part('tree') },
    state.part === 'confirm',
  );
}

function canCorrect({ kind, decides }: View): boolean {
  return kind === 'install' && decides;
}

/** To a file of the person's own; gives what to say about it. */
async function savePlan(view: View, plan: Plan, { desk, words, lang }: Ui): Promise<string> {
  try {
    return words.plan.saved(await desk.save(`${plan.guide}-plan.txt`, planText(view.title, plan, lang)));
  } catch (error) {
    return words.plan.notSaved(error instanceof Error ? error.message : String(error));
  }
}

function hidden(view: View, plan: Plan, { query }: PlanState): string[] {
  return [
    ...(canCorrect(view) && query === '' ? [] : ['correct']),
    ...(query === '' ? ['findNext', 'endFind'] : ['find']),
    ...(view.decides ? [] : ['consent']),
    ...(plan.steps.some(({ errata }) => errata.length > 0) ? [] : ['errata']),
  ];
}

function cursorLine(shown: Line, isHere: boolean, ui: Ui): Line {
  return [span(isHere ? ` ${ui.signs.cursor} ` : '   ', 'accent', true), ...shown];
}

/** As many of the counts as the path leaves room for: what changes says most. */
function countsFor(plan: Plan, pathCells: number, ui: Ui): string {
  const counts = countChanges(plan.steps);
  const tries: readonly (readonly ChangeWord[])[] = [[], ['none'], ['none', 'unknown', 'person']];
  const texts = tries.map((without) => countsText(counts, ui.words, ui.signs.between, without));
  return texts.find((text) => width(text) + pathCells + 6 <= ui.columns) ?? texts.at(-1) ?? '';
}
