/**
 * What was given, into the answers that `resolveAnswers` settles. A list is kept in its parts: under its own name the
 * rows without their secrets, and each secret cell under the cell's name, `USERS.alice.password`.
 */
import {
  type Cell,
  cellNamed,
  cellQuestion,
  isList,
  keyPattern,
  type ListQuestion,
  questionOf,
  type Row,
  rowsOf,
} from '../guide/lists.ts';
import { cellName, keyIn } from '../guide/names.ts';
import type { Guide, Id, Question, Text } from '../guide/types.ts';
import { say } from '../i18n/texts/answers.ts';
import type { From } from '../run/protocol.ts';
import type { Answer } from './resolve.ts';
import { Secret } from './secret.ts';
import { normalize } from './validate.ts';

export type Answers = Map<string, Answer>;

/**
 * Puts an answer among the others; gives the names that it set, a list after its cells. A list comes as JSON: what
 * is not in it is gone, but a secret left out of a row that was there before stays.
 */
export function giveAnswer(answers: Answers, guide: Guide, id: Id, value: string, from: From): string[] {
  const question = questionOf(guide, id);
  const cell = cellNamed(guide, id);
  if (question && isList(question)) return giveList(answers, question, value, from);
  if (cell && question) return giveCell(answers, cell, question, value, from);
  answers.set(id, question?.kind === 'password' ? { secret: new Secret(value), from } : { value, from });
  return [id];
}

/**
 * The same as a person writes it in a file or on the command line: a list is the names of its rows, `alice, bob`,
 * each cell has a line of its own. Gives what is wrong with it.
 */
export function giveWritten(
  answers: Answers,
  guide: Guide,
  id: Id,
  text: string,
  from: From,
): Text | undefined {
  const question = questionOf(guide, id);
  const cell = cellNamed(guide, id);
  if (cell && !rowNamed(answers, cell)) return say.noRow(cell.list.id, cell.key);
  const value = question && isList(question) ? rowsWritten(answers, question, text) : text;
  giveAnswer(answers, guide, id, value, from);
  return undefined;
}

function rowsWritten(answers: Answers, list: ListQuestion, text: string): string {
  const keys = text.split(/[ ,]+/).filter((key) => key !== '');
  return JSON.stringify(keys.map((key) => ({ ...rowNamed(answers, { list, key }), [list.key]: key })));
}

function rowNamed(answers: Answers, { list, key }: Pick<Cell, 'list' | 'key'>): Row | undefined {
  return rowsOf(answers.get(list.id)?.value ?? '')?.find((row) => row[list.key] === key);
}

function giveList(answers: Answers, list: ListQuestion, text: string, from: From): string[] {
  const rows = rowsOf(text)?.map((row) => tidy(list, row));
  // Nothing of a text that cannot be read is kept: there may be a secret in it.
  const value = rows ? textOf(rows.map((row) => shownOf(list, row))) : 'null';
  answers.set(list.id, { value, list: list.key, from });
  const keys = rows?.map((row) => row[list.key]) ?? [];
  for (const name of answers.keys())
    if (name.startsWith(`${list.id}.`) && !keys.includes(keyIn(list.id, name))) answers.delete(name);
  const secrets = (rows ?? []).flatMap((row) => secretsOf(list, row, from));
  for (const [name, answer] of secrets) answers.set(name, answer);
  return [...secrets.map(([name]) => name), list.id];
}

/** The text of rows without secrets, every column in its place, so that equal lists are equal texts. */
export function textOf(rows: readonly Row[]): string {
  return rows.length === 0 ? '' : JSON.stringify(rows);
}

function tidy(list: ListQuestion, row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      const question = cellQuestion(list, '', column);
      return [column, question ? normalize(question, value) : value];
    }),
  );
}

/** Its cells that may be shown; of a column that nobody asks for, only that it was there. */
function shownOf(list: ListQuestion, row: Row): Row {
  const asked = Object.entries(list.of).filter(([, { kind }]) => kind !== 'password');
  const strange = Object.keys(row).filter((column) => !Object.hasOwn(list.of, column));
  return Object.fromEntries([
    ...asked.map(([column]) => [column, row[column] ?? '']),
    ...strange.map((column) => [column, '']),
  ]);
}

function secretsOf(list: ListQuestion, row: Row, from: From): [string, Answer][] {
  const key = row[list.key] ?? '';
  if (!keyPattern.test(key)) return [];
  return Object.entries(list.of).flatMap(([column, { kind }]): [string, Answer][] =>
    kind === 'password' && row[column]
      ? [[cellName(list.id, key, column), { secret: new Secret(row[column]), from }]]
      : [],
  );
}

/** Into a row that is there; a cell without one is nowhere. */
function giveCell(answers: Answers, cell: Cell, question: Question, value: string, from: From): string[] {
  const { list, key, column } = cell;
  if (!rowNamed(answers, cell)) return [];
  if (question.kind === 'password') {
    answers.set(question.id, { secret: new Secret(value), from });
    return [question.id];
  }
  const rows = rowsOf(answers.get(list.id)?.value ?? '') ?? [];
  const changed = rows.map((row) => (row[list.key] === key ? { ...row, [column]: value } : row));
  return giveList(answers, list, textOf(changed), from);
}
