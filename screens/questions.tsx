/** The guide's placeholders: one form per topic, checked while one types. */
import { type ReactElement, useEffect, useReducer } from 'react';
import { lineRanges } from '../src/i18n/index.ts';
import type { FormField, View } from '../src/run/protocol.ts';
import { FieldRow, isCut, isProblemCut, problemLine } from './field.tsx';
import {
  draftOf,
  type FormState,
  fieldsOf,
  formReducer,
  nextChoice,
  openForm,
  topicsOf,
} from './form-state.ts';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame, watching } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { blank, type Line, line, span, spread } from './parts/line.ts';
import type { ScreenProps } from './parts/props.ts';
import { Rows } from './parts/row.tsx';
import { windowStart } from './parts/scroll.ts';
import { type Ui, useUi } from './parts/ui.ts';
import { wrap } from './parts/width.ts';
import { Topics } from './topics.tsx';
import { useDrafts } from './use-drafts.ts';

const helpRows = 6;

export function Questions({ view, send }: ScreenProps) {
  const ui = useUi();
  const { form } = view;
  const [state, dispatch] = useReducer(formReducer, form, openForm);
  useEffect(() => dispatch({ type: 'heard', form }), [form]);
  const fields = fieldsOf(form, state.place.topic);
  const focused = fields[state.place.field];
  const flush = useDrafts(focused, state.drafts, send);
  // Asked for again with each form: a secret that is being looked at may have been made anew.
  const isKept = focused?.given && state.drafts[focused.id] === undefined;
  const watched = isKept && state.shown.has(focused.id) ? focused.id : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `form` is what it is sent again for.
  useEffect(() => {
    if (watched !== undefined) send({ type: 'reveal', id: watched });
  }, [form, watched, send]);

  const leaveField = () => {
    flush();
    if (focused) dispatch({ type: 'visited', id: focused.id });
  };
  const move = (by: number) => {
    leaveField();
    dispatch({ type: 'move', by, form });
  };
  const submit = () => {
    leaveField();
    send({ type: 'submit' });
    dispatch({ type: 'submitted', form });
  };
  const cycle = (by: number) => {
    const value = focused ? nextChoice(focused, draftOf(state.drafts, focused), by) : undefined;
    if (focused && value !== undefined) dispatch({ type: 'typed', id: focused.id, value });
  };
  const reveal = () => {
    if (focused?.kind === 'secret') dispatch({ type: 'shown', id: focused.id });
  };
  const generate = () => {
    if (!focused?.canGenerate) return;
    dispatch({ type: 'forget', id: focused.id });
    send({ type: 'generate', id: focused.id });
  };
  useCommands(
    'questions',
    {
      next: () => move(1),
      previous: () => move(-1),
      validate: () => (focused ? move(1) : submit()),
      topics: () => {
        leaveField();
        dispatch({ type: 'topics' });
      },
      left: () => cycle(-1),
      right: () => cycle(1),
      reveal,
      generate,
      language: ui.switchLanguage,
      help: ui.help,
    },
    !state.isChoosingTopic && view.decides,
  );
  if (state.isChoosingTopic) {
    const open = (topic: number) => dispatch({ type: 'open', topic });
    const { topic } = state.place;
    return <Topics view={view} current={topic} onOpen={open} onBack={() => open(topic)} onSubmit={submit} />;
  }
  const type = (id: string) => (value: string) => dispatch({ type: 'typed', id, value });
  return <FormFrame view={view} state={state} type={type} />;
}

interface FormFrameProps {
  readonly view: View;
  readonly state: FormState;
  readonly type: (id: string) => (value: string) => void;
}

function FormFrame({ view, state, type }: FormFrameProps) {
  const ui = useUi();
  const { form } = view;
  const { topic, field } = state.place;
  const topics = topicsOf(form);
  const fields = fieldsOf(form, topic);
  const focused = fields[field];
  const rows: (Line | ReactElement)[] = fields.flatMap((one, index) => [
    <FieldRow
      key={one.id}
      field={one}
      draft={draftOf(state.drafts, one)}
      isFocused={index === field}
      isActive={view.decides}
      isShown={state.shown.has(one.id)}
      revealed={view.revealed[one.id]}
      onType={type(one.id)}
    />,
    problemLine(one, isSaid(one, state), ui),
  ]);
  if (topic >= topics.length - 1) rows.push(buttonLine(focused === undefined, ui));
  const height = bodyHeight(ui) - helpRows;
  const start = windowStart(0, field * 2, Math.min(field * 2 + 1, rows.length - 1), rows.length, height);
  const shown = rows.slice(start, start + height);
  const filler = Array.from({ length: height - shown.length }, () => blank);
  const title = topics[topic]?.title;
  return (
    <Frame
      path={[ui.say(view.title), ui.words.form.title, title ? ui.say(title) : '']}
      right={rightOf(view, topic, topics.length, ui)}
      notice={noticeOf(view, state, rows.length - start - height, ui)}
      hints={hintsOf('questions', ui.words, ui.signs)}
      status={focused ? ui.say(focused.ask) : ui.words.form.toPlan}
    >
      <Rows
        rows={[
          ...shown,
          ...filler,
          ...helpLines(focused, focused !== undefined && isSaid(focused, state), ui),
        ]}
      />
    </Frame>
  );
}

/** An empty answer is not complained about before one has been there. */
function isSaid({ id, given }: FormField, state: FormState): boolean {
  return given || state.visited.has(id) || state.isComplaining || id in state.drafts;
}

function buttonLine(isFocused: boolean, ui: Ui): Line {
  return [
    span(isFocused ? ` ${ui.signs.cursor} ` : '   ', 'accent', true),
    span(`[ ${ui.words.form.toPlan} ]`, 'plain', isFocused),
  ];
}

function rightOf(view: View, topic: number, topics: number, ui: Ui): Line {
  const place = span(`${topic + 1} / ${topics}`);
  return [...watching(view, ui), place];
}

function noticeOf(view: View, state: FormState, below: number, ui: Ui): Line {
  const open = view.form.open.length;
  if (state.isComplaining && open > 0) return line(ui.words.form.fixFirst(open), 'waits');
  if (view.busy) return line(ui.say(view.busy), 'past');
  return below > 0 ? line(ui.words.common.more(below), 'past') : blank;
}

/** What the question is for; always the same number of rows. */
function helpLines(field: FormField | undefined, isSaid: boolean, ui: Ui): Line[] {
  const rule: Line = line(` ${ui.signs.rule.repeat(ui.columns - 2)}`, 'past');
  if (!field) return [rule, ...Array.from({ length: helpRows - 1 }, () => blank)];
  const room = ui.columns - 2;
  const unfit = field.choices.flatMap((choice) =>
    choice.unfit
      ? [`${ui.signs.failed} ${ui.words.common.pair(ui.say(choice.label), ui.say(choice.unfit))}`]
      : [],
  );
  const texts = [
    ...(isCut(field, ui) ? [ui.say(field.ask)] : []),
    ...(field.problem && isSaid && isProblemCut(field, ui)
      ? [`${ui.signs.failed} ${ui.say(field.problem)}`]
      : []),
    ...(field.help ? [ui.say(field.help)] : []),
    ...unfit,
  ];
  const said = texts.flatMap((text) => wrap(text, room)).slice(0, helpRows - 2);
  const lines: Line[] = [...said.map((text) => line(` ${text}`)), sourceLine(field, ui)];
  return [rule, ...lines, ...Array.from({ length: helpRows - 1 - lines.length }, () => blank)];
}

function sourceLine(field: FormField, ui: Ui): Line {
  const { form, common } = ui.words;
  const keys = field.kind === 'secret' ? [secretKeys(field, ui)] : [];
  const left = [...keys, ...(field.example ? [form.example(field.example)] : [])].join('   ');
  const right = field.source.length > 0 ? common.guideLines(lineRanges(field.source)) : '';
  return spread(line(` ${left}`, 'past'), line(`${right} `, 'past'), ui.columns, ui.signs.more);
}

function secretKeys(field: FormField, ui: Ui): string {
  const { commands } = ui.words.keys;
  return `F3 ${commands.reveal}${field.canGenerate ? `  F4 ${commands.generate}` : ''}`;
}
