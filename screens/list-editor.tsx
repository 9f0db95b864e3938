/** The rows of a list, over its form: each change is sent at once, Escape leads back to the form. */
import { useEffect, useReducer, useState } from 'react';
import type { FormField, ListRow, View } from '../src/run/protocol.ts';
import { helpLines, hintsFor } from './field-help.ts';
import { FieldOverlay } from './field-overlay.tsx';
import { formLayout } from './form-layout.ts';
import {
  cellId,
  keyOf,
  type ListState,
  listAnswer,
  listReducer,
  openList,
  withCell,
  withoutSecrets,
} from './list-state.ts';
import { linesOfRow, nameOfRow, noticeLine, tableRows, titleRow } from './list-table.tsx';
import { listFromText, listText } from './list-text.ts';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame, watching } from './parts/frame.tsx';
import { blank, line } from './parts/line.ts';
import type { ScreenProps } from './parts/props.ts';
import { Rows } from './parts/row.tsx';
import { useScroll } from './parts/scroll.ts';
import { type Ui, useUi } from './parts/ui.ts';

interface ListEditorProps extends ScreenProps {
  readonly field: FormField;
  readonly path: readonly string[];
  /** Called before the terminal is lent. */
  readonly keepPlace: () => void;
  readonly onClose: () => void;
}

export function ListEditor({ field, view, path, send, keepPlace, onClose }: ListEditorProps) {
  const ui = useUi();
  const { columns = [], rows = [] } = field;
  const [state, dispatch] = useReducer(listReducer, field, openList);
  const [isHelping, setHelping] = useState(false);
  useEffect(() => dispatch({ type: 'heard', rows }), [rows]);
  const { row, column, draft } = state;
  const place = columns[column];
  const width = columns.length;
  const id = cellId(field.id, keyOf(state.rows[row], columns), place?.name ?? '');
  const isKept = place?.secret && state.rows[row]?.given.includes(place.name);
  const watched = isKept && draft === null && state.shown.has(id) ? id : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `rows` is what it is sent again for.
  useEffect(() => {
    if (watched !== undefined) send({ type: 'reveal', id: watched });
  }, [rows, watched, send]);

  const answer = (next: readonly ListRow[]) => {
    send({ type: 'answer', id: field.id, value: listAnswer(next, columns) });
    dispatch({ type: 'set', rows: withoutSecrets(next, columns) });
  };
  const textOf = (at: ListState['row'], of: number) => {
    const cell = columns[of];
    return cell && !cell.secret ? (state.rows[at]?.cells[cell.name] ?? '') : '';
  };
  /** Keeps what was typed; nothing typed into a hidden cell, or into a new row, changes nothing. */
  const accept = () => {
    if (draft === null || !place) return;
    const isNothing = draft === '' && (place.secret || row === state.rows.length);
    if (!isNothing && draft !== textOf(row, column)) answer(withCell(state.rows, row, place, draft));
  };
  const edit = () => dispatch({ type: 'typed', draft: textOf(row, column) });
  /** In a row that is being made, one cell leads to the next. */
  const validate = () => {
    const isMaking =
      column + 1 < width && columns.slice(column + 1).every(({ name }) => isEmpty(state.rows[row], name));
    accept();
    if (!isMaking || draft === '') return dispatch({ type: 'typed', draft: null });
    dispatch({ type: 'go', row, column: column + 1, draft: textOf(row, column + 1) });
  };
  const step = (by: number) => () => {
    accept();
    const next = column + by;
    const isOut = next < 0 || next >= width;
    dispatch({ type: 'go', row, column: isOut ? column : next, draft: isOut ? null : textOf(row, next) });
  };
  const leaveCell = (by: number) => () => {
    accept();
    dispatch({ type: 'typed', draft: null });
    dispatch({ type: 'move', rows: by, columns: 0, width });
  };
  const move = (by: number, across: number) => () =>
    dispatch({ type: 'move', rows: by, columns: across, width });
  const reveal = () => place?.secret && dispatch({ type: 'shown', id });
  const generate = () => place?.canGenerate && state.rows[row] && send({ type: 'generate', id });
  const editor = async () => {
    keepPlace();
    const edited = await ui.desk.edit(listText(state.rows, columns, ui.words.form.list.comment));
    if (edited !== undefined) send({ type: 'answer', id: field.id, value: listFromText(edited, columns) });
  };
  const help = () => setHelping(true);
  const isActive = view.decides && !isHelping;
  useCommands(
    'list',
    {
      up: move(-1, 0),
      down: move(1, 0),
      left: move(0, -1),
      right: move(0, 1),
      edit,
      add: () => dispatch({ type: 'go', row: state.rows.length, column: 0, draft: '' }),
      remove: () => state.rows[row] && dispatch({ type: 'removing', isRemoving: true }),
      reveal,
      generate,
      editor,
      back: onClose,
      language: ui.switchLanguage,
      help,
    },
    isActive && draft === null && !state.isRemoving,
  );
  useCommands(
    'cell',
    {
      validate,
      next: step(1),
      previous: step(-1),
      up: leaveCell(-1),
      down: leaveCell(1),
      reveal,
      cancel: () => dispatch({ type: 'typed', draft: null }),
      help,
    },
    isActive && draft !== null,
  );
  useCommands(
    'confirm',
    {
      yes: () => answer(state.rows.toSpliced(row, 1)),
      no: () => dispatch({ type: 'removing', isRemoving: false }),
    },
    isActive && state.isRemoving,
  );
  if (isHelping) {
    const set = draft === null ? 'list' : 'cell';
    return (
      <FieldOverlay
        field={field}
        value=""
        set={set}
        path={path}
        checks={[]}
        onClose={() => setHelping(false)}
      />
    );
  }
  return (
    <ListFrame
      field={field}
      view={view}
      path={path}
      state={state}
      onType={(text) => dispatch({ type: 'typed', draft: text })}
    />
  );
}

function isEmpty(row: ListRow | undefined, name: string): boolean {
  return !row || (!row.cells[name] && !row.given.includes(name));
}

interface ListFrameProps {
  readonly field: FormField;
  readonly view: View;
  readonly path: readonly string[];
  readonly state: ListState;
  readonly onType: (draft: string) => void;
}

function ListFrame({ field, view, path, state, onType }: ListFrameProps) {
  const ui = useUi();
  const { columns = [] } = field;
  const helpRows = Math.min(formLayout(ui).helpRows, mostHelp);
  const height = bodyHeight(ui) - helpRows - 2;
  const rows = tableRows({ field, state, revealed: view.revealed, onType }, ui);
  const [from, to] = linesOfRow(state);
  const start = useScroll(from, Math.min(to, rows.length - 1), rows.length, height);
  const shown = rows.slice(start, start + height);
  const filler = Array.from({ length: height - shown.length }, () => blank);
  const place = { cells: ui.columns, height: helpRows, isSaid: true, value: '' };
  const below = rows.length - start - height;
  return (
    <Frame
      path={path}
      right={[...watching(view, ui), ...line(ui.words.form.rows(state.rows.length))]}
      notice={noticeOf(field, state, below, ui)}
      hints={hintsFor(
        state.isRemoving ? 'confirm' : state.draft === null ? 'list' : 'cell',
        uselessOf(field, state),
        ui,
      )}
      status={ui.say(field.ask)}
    >
      <Rows
        rows={[
          titleRow(columns, ui),
          ...shown,
          ...filler,
          line(` ${ui.signs.rule.repeat(ui.columns - 2)}`, 'past'),
          ...helpLines(field, place, ui),
        ]}
      />
    </Frame>
  );
}

/** Rows of help under a table in a large terminal. */
const mostHelp = 6;

function noticeOf(field: FormField, state: ListState, below: number, ui: Ui) {
  if (state.isRemoving) return noticeLine(ui.words.form.list.confirm(nameOfRow(field, state, ui)));
  // What is wrong with a row stands under it.
  if (field.problem && state.draft === null && !state.rows.some(({ problem }) => problem))
    return noticeLine(ui.say(field.problem));
  return below > 0 ? line(ui.words.common.more(below), 'past') : blank;
}

/** Keys that do nothing in this cell. */
function uselessOf({ columns = [] }: FormField, { column, row, rows }: ListState): string[] {
  const place = columns[column];
  return [
    ...(place?.secret ? [] : ['reveal']),
    ...(place?.canGenerate && rows[row] ? [] : ['generate']),
    ...(rows[row] ? [] : ['edit', 'remove']),
  ];
}
