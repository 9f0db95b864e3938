/** A list as a table: a line of titles, two lines per row (itself and what is wrong with it), and one to add. */
import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { FormField, ListColumn, ListRow } from '../src/run/protocol.ts';
import { cellId, keyOf, type ListState } from './list-state.ts';
import { blank, type Line, line, span } from './parts/line.ts';
import { Row } from './parts/row.tsx';
import { TextField } from './parts/text-field.tsx';
import { type Ui, useUi } from './parts/ui.ts';
import { pad } from './parts/width.ts';

interface TableProps {
  readonly field: FormField;
  readonly state: ListState;
  readonly revealed: Readonly<Record<string, string>>;
  readonly onType: (draft: string) => void;
}

const gap = 2;
const margin = 3;

/** All columns get the same room. */
function columnCells(columns: number, cells: number): number {
  return Math.max(4, Math.floor((cells - margin - 1) / Math.max(1, columns)) - gap);
}

export function titleRow(columns: readonly ListColumn[], ui: Ui): Line {
  const cells = columnCells(columns.length, ui.columns);
  return [
    span(' '.repeat(margin + 1)),
    ...columns.map(({ label }) =>
      span(`${pad(ui.say(label), cells, ui.signs.more)}${' '.repeat(gap)}`, 'plain', true),
    ),
  ];
}

export function tableRows(props: TableProps, ui: Ui): (Line | ReactElement)[] {
  const { state, field } = props;
  const isNew = state.row === state.rows.length;
  const rows = state.rows.flatMap((row, index): (Line | ReactElement)[] => [
    <TableRow key={keyOf(row, field.columns ?? []) || 'unnamed'} {...props} row={row} index={index} />,
    problemLine(row, ui),
  ]);
  if (isNew && state.draft !== null)
    return [
      ...rows,
      <TableRow key="new" {...props} row={{ cells: {}, given: [] }} index={state.rows.length} />,
      blank,
    ];
  const text = state.rows.length === 0 ? ui.words.form.list.empty : ui.words.form.list.add;
  const add: Line = [cursor(isNew && field.kind === 'list', ui), span(text, isNew ? 'plain' : 'past', isNew)];
  return [...rows, add];
}

const cursor = (isHere: boolean, { signs }: Ui) => span(isHere ? ` ${signs.cursor} ` : '   ', 'accent', true);

function problemLine({ problem }: ListRow, ui: Ui): Line {
  return problem ? [span(`     ${ui.signs.failed} `, 'failed'), span(ui.say(problem), 'failed')] : blank;
}

function TableRow(props: TableProps & { readonly row: ListRow; readonly index: number }) {
  const ui = useUi();
  const { field, state, index } = props;
  const columns = field.columns ?? [];
  const cells = columnCells(columns.length, ui.columns);
  const isHere = state.row === index;
  return (
    <Box height={1}>
      <Row line={[cursor(isHere, ui)]} cells={margin} />
      {columns.map((column, place) => (
        <Box key={column.name} width={cells + gap} height={1} flexShrink={0}>
          <Cell {...props} column={column} isHere={isHere && state.column === place} cells={cells} ui={ui} />
        </Box>
      ))}
    </Box>
  );
}

interface CellProps extends TableProps {
  readonly row: ListRow;
  readonly column: ListColumn;
  readonly isHere: boolean;
  readonly cells: number;
  readonly ui: Ui;
}

function Cell({ field, state, row, column, isHere, cells, revealed, onType, ui }: CellProps) {
  const id = cellId(field.id, keyOf(row, field.columns ?? []), column.name);
  const isShown = state.shown.has(id);
  if (isHere && state.draft !== null)
    return (
      <Box marginLeft={1}>
        <TextField value={state.draft} onChange={onType} width={cells - 1} mask={column.secret && !isShown} />
      </Box>
    );
  const text = column.secret
    ? secretText(row, column, isShown ? revealed[id] : undefined, ui)
    : row.cells[column.name];
  const [left, right] = isHere ? ['[', ']'] : [' ', ' '];
  const shown = text
    ? { ...span(pad(text, cells - 1, ui.signs.more)), exact: true }
    : emptyCell(column, cells - 1, ui);
  return (
    <Row
      line={[span(left, 'accent', true), { ...shown, bold: isHere }, span(right, 'accent', true)]}
      cells={cells + 1}
    />
  );
}

/** No more than that there is one. */
function secretText(row: ListRow, { name }: ListColumn, revealed: string | undefined, ui: Ui): string {
  if (revealed !== undefined) return revealed;
  return row.given.includes(name) || row.cells[name] ? ui.signs.bullet.repeat(8) : '';
}

function emptyCell({ canGenerate, example = '' }: ListColumn, cells: number, ui: Ui) {
  const text = canGenerate
    ? ui.words.form.toGenerate
    : example === ''
      ? ui.words.form.empty
      : ui.words.form.example(example);
  return span(pad(text, cells, ui.signs.more), 'past');
}

/** The row under the cursor, for a notice. */
export function nameOfRow(field: FormField, state: ListState, ui: Ui): string {
  return keyOf(state.rows[state.row], field.columns ?? []) || ui.words.form.list.unnamed;
}

/** First and last line of the row under the cursor. */
export function linesOfRow({ row }: ListState): readonly [from: number, to: number] {
  return [row * 2, row * 2 + 1];
}

export const noticeLine = (text: string): Line => line(text, 'waits');
