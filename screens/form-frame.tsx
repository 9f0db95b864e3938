/** A form in its frame: fields, what there is to say about the one under the cursor, and what was found. */
import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { FormField, View } from '../src/run/protocol.ts';
import { checkLines, checksOf } from './checks.ts';
import { FieldRow, problemLine } from './field.tsx';
import { helpBeside, helpLines, hintsFor, uselessKeys } from './field-help.ts';
import { barCells, type FormLayout, formLayout } from './form-layout.ts';
import { draftOf, type FormState, fieldsOf, topicsOf } from './form-state.ts';
import { Column } from './parts/column.tsx';
import { Frame, watching } from './parts/frame.tsx';
import type { Hint } from './parts/keys.ts';
import { blank, type Line, line, span } from './parts/line.ts';
import { Rows } from './parts/row.tsx';
import { windowStart } from './parts/scroll.ts';
import { type Ui, useUi } from './parts/ui.ts';

interface FormFrameProps {
  readonly view: View;
  readonly state: FormState;
  readonly onType: (id: string, value: string) => void;
  readonly onJoined: (lines: number) => void;
}

/** Guide › answers › topic. */
export function formPath(view: View, { place }: Pick<FormState, 'place'>, ui: Ui): string[] {
  const title = topicsOf(view.form)[place.topic]?.title;
  return [ui.say(view.title), ui.words.form.title, ...(title ? [ui.say(title)] : [])];
}

export function FormFrame(props: FormFrameProps) {
  const { view, state } = props;
  const ui = useUi();
  const { topic, field } = state.place;
  const topics = topicsOf(view.form);
  const focused = fieldsOf(view.form, topic)[field];
  const layout = formLayout(ui);
  const rows = fieldRows(props, ui);
  const start = windowStart(
    0,
    field * 2,
    Math.min(field * 2 + 1, rows.length - 1),
    rows.length,
    layout.fieldRows,
  );
  const shown = rows.slice(start, start + layout.fieldRows);
  const filled = [...shown, ...Array.from({ length: layout.fieldRows - shown.length }, () => blank)];
  const said = asideLines(props, focused, topics[topic]?.id, layout, ui);
  return (
    <Frame
      path={formPath(view, state, ui)}
      right={[...watching(view, ui), span(`${topic + 1} / ${topics.length}`)]}
      notice={noticeOf(view, state, rows.length - start - layout.fieldRows, ui)}
      hints={formHints(focused, ui)}
      status={focused ? ui.say(focused.ask) : ui.words.form.toPlan}
    >
      {layout.isWide ? (
        <Beside fields={filled} aside={said} layout={layout} />
      ) : (
        <Rows rows={[...filled, ...said]} />
      )}
    </Frame>
  );
}

interface BesideProps {
  readonly fields: readonly (Line | ReactElement)[];
  readonly aside: readonly Line[];
  readonly layout: FormLayout;
}

function Beside({ fields, aside, layout }: BesideProps) {
  const { signs } = useUi();
  const bar = aside.map(() => line(` ${signs.bar} `, 'past'));
  return (
    <Box height={layout.fieldRows}>
      <Column cells={layout.fields}>
        <Rows rows={fields} />
      </Column>
      <Column cells={barCells}>
        <Rows rows={bar} />
      </Column>
      <Column cells={layout.aside}>
        <Rows rows={aside} />
      </Column>
    </Box>
  );
}

function fieldRows({ view, state, onType, onJoined }: FormFrameProps, ui: Ui): (Line | ReactElement)[] {
  const { form } = view;
  const { topic, field } = state.place;
  const fields = fieldsOf(form, topic);
  const rows = fields.flatMap((one, index): (Line | ReactElement)[] => [
    <FieldRow
      key={one.id}
      field={one}
      draft={draftOf(state.drafts, one)}
      isFocused={index === field}
      isActive={view.decides}
      isShown={state.shown.has(one.id)}
      revealed={view.revealed[one.id]}
      onType={(value) => onType(one.id, value)}
      onJoined={onJoined}
    />,
    problemLine(one, isSaid(one, state), ui),
  ]);
  const isLast = topic >= topicsOf(form).length - 1;
  return isLast ? [...rows, buttonLine(field >= fields.length, ui)] : rows;
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

/** What stands in a field, where it may be shown. */
function shownOf({ kind, choices }: FormField, draft: string, ui: Ui): string {
  if (kind === 'text') return draft;
  const chosen = kind === 'choice' ? choices.find(({ value }) => value === draft) : undefined;
  return chosen ? ui.say(chosen.label) : '';
}

/** Help and checks, always as many rows. */
function asideLines(
  { view, state }: FormFrameProps,
  field: FormField | undefined,
  topic: string | undefined,
  layout: FormLayout,
  ui: Ui,
): Line[] {
  const { aside, helpRows, checkRows, isWide } = layout;
  const place = {
    cells: aside,
    height: helpRows,
    isSaid: field !== undefined && isSaid(field, state),
    value: field ? shownOf(field, draftOf(state.drafts, field), ui) : '',
  };
  const narrow = { ...ui, columns: layout.fields };
  const checks = checksOf(view, topic);
  const found = checkLines(checks, aside, checkRows, ui);
  if (!isWide)
    return [
      line(` ${ui.signs.rule.repeat(aside - 2)}`, 'past'),
      ...helpLines(field, place, narrow),
      ...found,
    ];
  const title = checks.length > 0 ? line(` ${ui.words.form.checks}`, 'plain', true) : blank;
  return [...helpBeside(field, place, narrow), title, ...found];
}

function noticeOf(view: View, state: FormState, below: number, ui: Ui): Line {
  const open = view.form.open.length;
  if (state.joined > 0) return line(ui.words.form.joined(state.joined), 'waits');
  if (state.isComplaining && open > 0) return line(ui.words.form.fixFirst(open), 'waits');
  if (view.busy) return line(ui.say(view.busy), 'past');
  const pieces = [
    ...(below > 0 ? [ui.words.common.more(below)] : []),
    ...(open === 0 ? [ui.words.form.allAnswered] : []),
  ];
  return line(pieces.join(` ${ui.signs.between} `), 'past');
}

function formHints(field: FormField | undefined, ui: Ui): Hint[] {
  const useless = field ? uselessKeys(field) : ['left', 'reveal', 'generate', 'editor'];
  const hints = hintsFor('questions', useless, ui);
  const { open, validate } = ui.words.keys.commands;
  if (field?.kind !== 'list') return hints;
  return hints.map((hint) => (hint.label === validate ? { ...hint, label: open } : hint));
}
