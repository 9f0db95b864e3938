/**
 * From what was given to answers, problems and the form. Pure.
 *
 * 1. Questions are settled in the guide's order; a condition or a default sees only what was settled before it.
 * 2. A question that does not apply has no answer, whatever was given: it comes back if it applies again.
 * 3. `answers` holds only values that passed `validate`; a secret never appears in a form or a problem.
 */
import { holds, type Lookup } from '../guide/conditions.ts';
import { isList, type ListQuestion, questionOf } from '../guide/lists.ts';
import type { Choice, Guide, Question, Text } from '../guide/types.ts';
import { say } from '../i18n/texts/answers.ts';
import type { Form, FormField, From } from '../run/protocol.ts';
import { acceptsOf } from './accepts.ts';
import { defaultOf } from './defaults.ts';
import { type SettledList, settleList } from './list.ts';
import { nearest } from './nearest.ts';
import { ruleProblems } from './rules.ts';
import { mask, open, Secret } from './secret.ts';
import { normalize, validate } from './validate.ts';

/** One of `value` and `secret`. */
export interface Answer {
  readonly value?: string;
  readonly secret?: Secret;
  /** Lists: the column that names the rows of which `value` is the JSON text. */
  readonly list?: string;
  readonly from: From;
}

export interface Problem {
  readonly id: string;
  readonly say: Text;
}

export interface Resolution {
  /** Every question that applies and has a right answer; an optional one without answer is `''`. */
  readonly answers: Map<string, Answer>;
  readonly problems: readonly Problem[];
  readonly form: Form;
  /** Secrets that nobody gave and that `generateSecrets` makes. */
  readonly toGenerate: readonly string[];
}

/** Holds the ids of the errata that are followed to the letter; no guide asks it. */
export const literalId = 'LITERAL';

/** One question that applies, with what it got. */
export interface Settled {
  readonly question: Question;
  readonly choices: readonly FormField['choices'][number][];
  /** The text itself, a secret's too, right or wrong; `''` = none. */
  readonly text: string;
  readonly from?: From;
  /** The wizard may make this secret. */
  readonly canGenerate: boolean;
  readonly generated: boolean;
  readonly problem?: Text;
  readonly list?: SettledList;
}

/** Titles of the steps that use an answer, by its id (`src/guide/uses.ts`). */
export type Uses = ReadonlyMap<string, readonly Text[]>;

/** Settles the questions of a guide on this machine. */
export function resolveAnswers(
  guide: Guide,
  facts: Readonly<Record<string, string>>,
  given: ReadonlyMap<string, Answer>,
  uses: Uses = new Map(),
): Resolution {
  const settled = new Map<string, Settled>();
  const literal = textOf(given.get(literalId));
  const lookup: Lookup = (name) =>
    name === literalId ? literal : (shown(settled.get(name)) ?? own(facts, name));
  for (const question of guide.questions) {
    if (question.when && !holds(question.when, lookup)) continue;
    const one = question.later ? settleLater(question, given, lookup) : settleOne(question, given, lookup);
    if (one) settled.set(question.id, one);
  }
  const problems = [
    ...strangers(guide, given),
    ...[...settled.values()].flatMap(({ question, problem }) =>
      problem ? [{ id: question.id, say: problem }] : [],
    ),
    ...ruleProblems(guide.rules, settled, lookup),
  ];
  return {
    answers: answersOf(settled, given),
    problems,
    form: formOf(guide, settled, problems, uses),
    toGenerate: [...settled.values()].flatMap(
      ({ question, generated, list }) => list?.toGenerate ?? (generated ? [question.id] : []),
    ),
  };
}

function own(facts: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(facts, name) ? facts[name] : undefined;
}

/** What conditions and defaults may see: of a secret, only that there is one. */
function shown(one: Settled | undefined): string | undefined {
  if (!one) return undefined;
  const secret = one.question.kind === 'password';
  return secret && (one.text !== '' || one.generated) ? mask : one.text;
}

function textOf(answer: Answer | undefined): string {
  return answer?.secret ? open(answer.secret) : (answer?.value ?? '');
}

function settleOne(question: Question, given: ReadonlyMap<string, Answer>, lookup: Lookup): Settled {
  if (isList(question)) return settleRows(question, given);
  const choices = (question.choices ?? []).map((choice) => formChoice(choice, lookup));
  const [text, from] = takeText(question, given.get(question.id), choices, lookup);
  const canGenerate =
    question.generate !== undefined && (!question.generateWhen || holds(question.generateWhen, lookup));
  const generated = text === '' && canGenerate;
  const problem = problemOf(question, text, choices, generated);
  return {
    question,
    choices,
    text,
    canGenerate,
    generated,
    ...(from ? { from } : {}),
    ...(problem ? { problem } : {}),
  };
}

function settleRows(question: ListQuestion, given: ReadonlyMap<string, Answer>): Settled {
  const list = settleList(question, given);
  const { text, problem } = list;
  const from = given.get(question.id)?.from ?? 'default';
  return {
    question,
    choices: [],
    text,
    from,
    canGenerate: false,
    generated: false,
    list,
    ...(problem ? { problem } : {}),
  };
}

/** A value that a person will learn on the way: taken if it is there and right, else asked when it is known. */
function settleLater(
  question: Question,
  given: ReadonlyMap<string, Answer>,
  lookup: Lookup,
): Settled | undefined {
  const one = settleOne({ ...question, optional: true }, given, lookup);
  return one.text === '' || one.problem ? undefined : { ...one, question };
}

function formChoice(choice: Choice, lookup: Lookup): FormField['choices'][number] {
  const { value, label, unfit, danger } = choice;
  return {
    value,
    label,
    ...(unfit && holds(unfit.when, lookup) ? { unfit: unfit.say } : {}),
    ...(danger ? { danger } : {}),
  };
}

/** An empty answer where one is needed is as none: the default comes back. */
function takeText(
  question: Question,
  given: Answer | undefined,
  choices: Settled['choices'],
  lookup: Lookup,
): [text: string, from?: From] {
  const text = normalize(question, textOf(given));
  if (given && (text !== '' || question.optional)) return [text, given.from];
  const fallback = question.initial === undefined ? undefined : defaultOf(question.initial, lookup);
  if (fallback === undefined || fallback === '') return [''];
  const from: From = typeof question.initial === 'object' && 'fact' in question.initial ? 'fact' : 'default';
  return [fitChoice(fallback, choices), from];
}

/** A default that does not fit this machine gives way to the first choice that does. */
function fitChoice(value: string, choices: Settled['choices']): string {
  if (!choices.find((choice) => choice.value === value)?.unfit) return value;
  return choices.find((choice) => !choice.unfit)?.value ?? value;
}

function problemOf(
  question: Question,
  text: string,
  choices: Settled['choices'],
  generated: boolean,
): Text | undefined {
  if (text === '') return question.optional || generated ? undefined : say.missing;
  return validate(question, text) ?? choices.find((choice) => choice.value === text)?.unfit;
}

function answersOf(
  settled: ReadonlyMap<string, Settled>,
  given: ReadonlyMap<string, Answer>,
): Map<string, Answer> {
  const answers = new Map<string, Answer>();
  for (const [id, one] of settled) {
    if (one.problem || one.generated) continue;
    answers.set(id, answerOf(one));
    for (const [name, secret] of one.list?.secrets ?? []) answers.set(name, secret);
  }
  const literal = given.get(literalId);
  if (literal) answers.set(literalId, literal);
  return answers;
}

function answerOf({ question, text, from = 'default' }: Settled): Answer {
  if (isList(question)) return { value: text, list: question.key, from };
  return question.kind === 'password' ? { secret: new Secret(text), from } : { value: text, from };
}

function formOf(
  guide: Guide,
  settled: ReadonlyMap<string, Settled>,
  problems: readonly Problem[],
  uses: Uses,
): Form {
  const fields = [...settled.values()]
    .filter((one) => !one.question.later)
    .map((one) => fieldOf(one, problems.find((problem) => problem.id === one.question.id)?.say, uses));
  return {
    topics: guide.topics.filter((topic) => fields.some((field) => field.topic === topic.id)),
    fields,
    open: fields.filter((field) => field.problem).map((field) => field.id),
  };
}

function fieldOf(
  { question, choices, text, from, canGenerate, list }: Settled,
  problem: Text | undefined,
  uses: Uses,
): FormField {
  const { id, topic, kind, ask, help, example, source = [], optional = false, min = 0 } = question;
  const accepts = acceptsOf(question);
  return {
    id,
    topic,
    kind: kind === 'password' ? 'secret' : kind === 'choice' || kind === 'list' ? kind : 'text',
    ask,
    ...(help ? { help } : {}),
    ...(example ? { example } : {}),
    source,
    value: kind === 'password' || list ? '' : text,
    given: text !== '',
    ...(from ? { from } : {}),
    optional: list ? min === 0 : optional,
    canGenerate,
    choices,
    ...(list ? { columns: list.columns, rows: list.rows } : {}),
    ...(accepts ? { accepts } : {}),
    uses: uses.get(id) ?? [],
    ...(problem ? { problem } : {}),
  };
}

/** Ids that the guide does not know. What came from an earlier run or from a step may be of another version. */
function strangers(guide: Guide, given: ReadonlyMap<string, Answer>): Problem[] {
  const known = guide.questions.map((question) => question.id);
  const problems: Problem[] = [];
  for (const [id, answer] of given) {
    if (id === literalId) problems.push(...literalProblems(guide, textOf(answer)));
    else if (!questionOf(guide, id) && answer.from !== 'earlier' && answer.from !== 'step')
      problems.push({ id, say: say.unknown(id, nearest(id, known)) });
  }
  return problems;
}

function literalProblems(guide: Guide, text: string): Problem[] {
  const offered = guide.errata.filter((erratum) => erratum.literal).map((erratum) => erratum.id);
  return text
    .split(' ')
    .filter((id) => id !== '' && !offered.includes(id))
    .map((id) => ({ id: literalId, say: say.literal(id, offered.join(', ')) }));
}
