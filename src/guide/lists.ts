/** Lists as answers: their rows, and what is asked in each cell. Pure. */
import { cellName } from './names.ts';
import type { Column, Guide, Id, Question } from './types.ts';

/** A list is asked, kept and read as the JSON text of its rows; the empty text is the empty list. */
export type Row = Readonly<Record<string, string>>;

export interface ListQuestion extends Question {
  readonly kind: 'list';
  readonly of: Readonly<Record<string, Column>>;
  readonly key: string;
}

export function isList(question: Question): question is ListQuestion {
  return question.kind === 'list' && question.of !== undefined && question.key !== undefined;
}

/** What a row's key may be made of: it stands in names of secrets, of resources and of lines of the answers file. */
export const keyPattern = /^[A-Za-z0-9_][A-Za-z0-9_.@+-]*$/;

/** Nothing when the text is no list of rows. */
export function rowsOf(text: string): readonly Row[] | undefined {
  if (text === '') return [];
  try {
    const rows: unknown = JSON.parse(text);
    return Array.isArray(rows) && rows.every(isRow) ? rows : undefined;
  } catch {
    return undefined;
  }
}

function isRow(value: unknown): value is Row {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((cell) => typeof cell === 'string')
  );
}

/** Names and values of the cells in the text of a list whose column `key` names the rows. */
export function cellsOf(list: Id, key: string, text: string): [name: string, value: string][] {
  return (rowsOf(text) ?? []).flatMap((row) =>
    Object.entries(row).map(([column, value]): [string, string] => [
      cellName(list, row[key] ?? '', column),
      value,
    ]),
  );
}

/** What is asked in a cell, as a question under the cell's own name. */
export function cellQuestion(list: ListQuestion, key: string, column: string): Question | undefined {
  const asked = Object.hasOwn(list.of, column) ? list.of[column] : undefined;
  return asked && { ...asked, id: cellName(list.id, key, column), topic: list.topic };
}

export interface Cell {
  readonly list: ListQuestion;
  readonly key: string;
  readonly column: string;
}

/** The cell that a name stands for: `USERS.alice.password`. */
export function cellNamed({ questions }: Pick<Guide, 'questions'>, name: string): Cell | undefined {
  const [, id, key = '', column = ''] = /^([A-Z][A-Z0-9_]*)\.(.+)\.([a-z][a-z0-9_]*)$/s.exec(name) ?? [];
  const list = questions.find((question) => question.id === id);
  return list && isList(list) && Object.hasOwn(list.of, column) ? { list, key, column } : undefined;
}

/** The question under a name: one that the guide asks, or that of a cell of its lists. */
export function questionOf(guide: Pick<Guide, 'questions'>, name: string): Question | undefined {
  const cell = cellNamed(guide, name);
  return cell
    ? cellQuestion(cell.list, cell.key, cell.column)
    : guide.questions.find((question) => question.id === name);
}
