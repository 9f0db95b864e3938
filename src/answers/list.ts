/** Settles a list row by row: which of its cells are right, which secrets are there or will be made. Pure. */
import { cellQuestion, keyPattern, type ListQuestion, type Row, rowsOf } from '../guide/lists.ts';
import type { Question, Text } from '../guide/types.ts';
import { say } from '../i18n/texts/answers.ts';
import type { ListColumn, ListRow } from '../run/protocol.ts';
import { textOf } from './give.ts';
import type { Answer } from './resolve.ts';
import { open, Secret } from './secret.ts';
import { validate } from './validate.ts';

export interface SettledList {
  readonly columns: readonly ListColumn[];
  readonly rows: readonly ListRow[];
  /** The rows that were given, without their secrets; empty when there are none. */
  readonly text: string;
  readonly problem?: Text;
  /** Secret cells that are there, or are left empty where they may be. */
  readonly secrets: readonly (readonly [name: string, Answer])[];
  /** Names of the secret cells that the wizard makes. */
  readonly toGenerate: readonly string[];
}

type Given = ReadonlyMap<string, Answer>;

/** Longest name of a row: it stands in names of files. */
const longestKey = 64;

export function settleList(list: ListQuestion, given: Given): SettledList {
  const rows = rowsOf(given.get(list.id)?.value ?? '');
  const settled = (rows ?? []).map((row, index) => settleRow(list, row, (rows ?? []).slice(0, index), given));
  const wrong = settled.findIndex(({ row }) => row.problem);
  const first = settled[wrong]?.row.problem;
  const problem = !rows
    ? say.notAList
    : first
      ? say.ofRow(wrong + 1, first)
      : countProblem(list, rows.length);
  const cells = settled.flatMap((one) => one.secrets);
  return {
    columns: columnsOf(list),
    rows: settled.map(({ row }) => row),
    text: textOf((rows ?? []).map((row) => shownCells(list, row))),
    ...(problem ? { problem } : {}),
    secrets: cells.filter(({ made }) => !made).map(({ name, answer }) => [name, answer] as const),
    toGenerate: cells.filter(({ made }) => made).map(({ name }) => name),
  };
}

function columnsOf({ of }: ListQuestion): ListColumn[] {
  return Object.entries(of).map(([name, { kind, ask, example, generate }]) => ({
    name,
    label: ask,
    secret: kind === 'password',
    ...(example ? { example } : {}),
    ...(generate === undefined ? {} : { canGenerate: true }),
  }));
}

function countProblem({ min = 0, max }: ListQuestion, count: number): Text | undefined {
  if (count < min) return count === 0 && min === 1 ? say.emptyList : say.tooFewRows(min);
  return max !== undefined && count > max ? say.tooManyRows(max) : undefined;
}

interface SettledCell {
  readonly name: string;
  readonly answer: Answer;
  readonly made: boolean;
}

interface SettledRow {
  readonly row: ListRow;
  readonly secrets: readonly SettledCell[];
}

function settleRow(list: ListQuestion, row: Row, before: readonly Row[], given: Given): SettledRow {
  const key = row[list.key] ?? '';
  const secrets = Object.keys(list.of).flatMap((column) => {
    const question = cellQuestion(list, key, column);
    return question?.kind === 'password' ? [{ column, question, ...secretOf(question, given) }] : [];
  });
  const problem = rowProblem(list, row, before, given);
  return {
    row: {
      cells: shownCells(list, row, true),
      given: secrets.filter(({ text }) => text !== '').map(({ column }) => column),
      ...(problem ? { problem } : {}),
    },
    secrets: secrets.map(({ question, answer, made }) => ({ name: question.id, answer, made })),
  };
}

function secretOf(question: Question, given: Given): { text: string; answer: Answer; made: boolean } {
  const answer = given.get(question.id) ?? { secret: new Secret(''), from: 'default' };
  const text = answer.secret ? open(answer.secret) : '';
  return { text, answer, made: text === '' && question.generate !== undefined };
}

/** Every column that may be shown; with `all`, secret ones too, empty. */
function shownCells({ of }: ListQuestion, row: Row, all = false): Row {
  const shown = Object.entries(of).filter(([, { kind }]) => all || kind !== 'password');
  return Object.fromEntries(
    shown.map(([column, { kind }]) => [column, kind === 'password' ? '' : (row[column] ?? '')]),
  );
}

function rowProblem(list: ListQuestion, row: Row, before: readonly Row[], given: Given): Text | undefined {
  const key = row[list.key] ?? '';
  const strange = Object.keys(row).find((column) => !Object.hasOwn(list.of, column));
  const twin = before.findIndex((other) => other[list.key] === key);
  if (strange !== undefined) return say.noColumn(strange, Object.keys(list.of).join(', '));
  if (Object.values(shownCells(list, row)).every((text) => text === '')) return say.emptyRow;
  if (key !== '' && twin >= 0) return say.sameRow(key, twin + 1);
  for (const [column, { ask }] of Object.entries(list.of)) {
    const question = cellQuestion(list, key, column);
    const problem = question && cellProblem(list, question, column, row, given);
    if (problem) return say.ofCell(ask, problem);
  }
  return undefined;
}

function cellProblem(
  list: ListQuestion,
  question: Question,
  column: string,
  row: Row,
  given: Given,
): Text | undefined {
  const secret = question.kind === 'password' ? secretOf(question, given) : undefined;
  const text = secret?.text ?? row[column] ?? '';
  if (text === '') return question.optional || secret?.made ? undefined : say.missing;
  return validate(question, text) ?? (column === list.key ? keyProblem(text) : undefined);
}

function keyProblem(key: string): Text | undefined {
  if (key.length > longestKey) return say.tooLong(longestKey);
  return keyPattern.test(key) ? undefined : say.rowName;
}
