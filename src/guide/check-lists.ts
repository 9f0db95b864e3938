/** What the compiler cannot see in the lists of a guide: their columns, and what is done for each row. */
import type { Operation } from './kinds.ts';
import { isList } from './lists.ts';
import { namesIn, questionIdOf } from './names.ts';
import type { Guide, Id, Question } from './types.ts';

/** An operation and the list for each row of which it is there, if any. */
export interface Placed {
  readonly step: string;
  readonly op: Operation;
  readonly list?: Id;
}

/** A name, where it stands, and the list of whose rows that place is. */
export interface Use {
  readonly name: string;
  readonly at: string;
  readonly list?: Id | undefined;
}

export function listProblems(
  guide: Guide,
  operations: readonly Placed[],
  used: readonly Use[],
  templates: readonly { readonly text: string }[],
): string[] {
  const lists = new Map(guide.questions.filter(isList).map((list) => [list.id, list]));
  const texts = [guide.finished, operations.map(({ op }) => op), templates.map(({ text }) => text)];
  const whole = namesInTexts(texts);
  return [
    ...guide.questions.flatMap(columnProblems),
    ...operations.flatMap(({ step, op, list }) => {
      const named = list === undefined ? undefined : lists.get(list);
      if (list === undefined) return [];
      if (!named) return [`step ${step}: ${list} is not a list`];
      return rowProblems(op, `%${list}.${named.key}%`).map((problem) => `step ${step}: ${problem}`);
    }),
    ...used
      .filter(({ name, list }) => name.includes('.') && questionIdOf(name) !== list)
      .map(({ name, at }) => `${at}: %${name}% stands outside of what is done for each of its list`),
    ...[...lists.keys()].filter((id) => whole.includes(id)).map((id) => `%${id}% is a list: name a column`),
  ];
}

/** Fields that make an operation's resource key. */
const naming = ['path', 'name', 'names', 'venv', 'user', 'database', 'service'];

/** Two rows must not have one resource between them. */
function rowProblems(op: Operation, key: string): string[] {
  const named = Object.entries(op).some(
    ([field, value]) => naming.includes(field) && JSON.stringify(value).includes(key),
  );
  return [
    ...(named ? [] : [`the ${op.kind} for each row is not named by ${key}`]),
    ...(op.kind === 'script' && op.gives ? ['what is done for each row gives no value'] : []),
  ];
}

function namesInTexts(value: unknown): string[] {
  if (typeof value === 'string') return namesIn(value);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(namesInTexts) : [];
}

function columnProblems(question: Question): string[] {
  const { id, kind, of = {}, key = '', initial, later, optional } = question;
  if (!isList(question)) {
    const strange = kind === 'list' || question.of !== undefined || question.key !== undefined;
    return strange ? [`${id}: columns and their key belong to a question of kind list`] : [];
  }
  const first = of[key];
  const problems: [boolean, string][] = [
    [Object.keys(of)[0] !== key, `the key ${key} is not the first column`],
    [first?.kind === 'password' || first?.optional === true, `the key ${key} is secret or optional`],
    [Object.keys(of).some((name) => !/^[a-z][a-z0-9_]*$/.test(name)), 'columns have names in lower case'],
    [
      Object.values(of).some((column) => column.generate !== undefined && column.kind !== 'password'),
      'only a password is generated',
    ],
    [initial !== undefined || later === true, 'a list begins empty, before the plan'],
    [optional !== undefined, 'a list that may be empty has no min'],
  ];
  return problems.flatMap(([wrong, problem]) => (wrong ? [`${id}: ${problem}`] : []));
}
