/**
 * What the compiler cannot see in a guide: names in templates, in shared chapters and in conditions, ids, ranges.
 * A test runs it on every guide; it returns sentences for the guide's author, none when all is well.
 */

import { accountProblems } from './check-accounts.ts';
import { causeProblems } from './check-causes.ts';
import { listProblems, type Placed, type Use } from './check-lists.ts';
import { lookProblems } from './check-looks.ts';
import { rangeProblem } from './coverage.ts';
import { namesIn } from './names.ts';
import { applyConditions, expandRows, rowsIn } from './template.ts';
import type { Cond, Guide, Id, Step } from './types.ts';

/** Template texts by their path in assets/. */
export type Assets = Readonly<Record<string, string>>;

export function checkGuide(guide: Guide, assets: Assets): string[] {
  const templates = templatesOf(guide, assets);
  const names = declaredIn(guide);
  const used = usedIn(guide, templates);
  return [
    ...used.filter(({ name }) => !names.has(name)).map(({ name, at }) => `${at}: ${name} is not declared`),
    ...[...names.keys()]
      .filter((name) => !used.some((one) => one.name === name))
      .map((name) => `${name} is declared and never used`),
    ...shownSecrets(guide, templates, names),
    ...conditionProblems(guide, templates),
    ...idProblems(guide),
    ...errataProblems(guide, templates),
    ...rangeProblems(guide),
    ...questionProblems(guide),
    ...lookProblems(guide, names),
    ...listProblems(guide, operationsOf(guide), used, templates),
    ...templateProblems(guide, assets, templates),
    ...causeProblems(guide),
    ...accountProblems(guide),
  ];
}

const isFact = (name: string): boolean => /^[a-z][a-z0-9]*(\.[a-z0-9]+)*$/.test(name);
const literal = 'LITERAL';

const stepsOf = (guide: Guide): readonly Step[] => guide.chapters.flatMap((chapter) => chapter.steps);
const operationsOf = (guide: Guide): Placed[] =>
  stepsOf(guide).flatMap(({ id: step, do: all, remedies = [] }) => [
    ...all.flatMap((one) =>
      'each' in one ? one.do.map((op) => ({ step, op, list: one.each })) : [{ step, op: one }],
    ),
    ...remedies.map(({ do: op }) => ({ step, op })),
  ]);

/** Every name, and whether it is secret. */
function declaredIn(guide: Guide): Map<Id, boolean> {
  const names = new Map(guide.questions.map(({ id, kind }) => [id, kind === 'password']));
  for (const { id, of = {} } of guide.questions)
    for (const [column, { kind }] of Object.entries(of)) names.set(`${id}.${column}`, kind === 'password');
  for (const { op } of operationsOf(guide)) {
    if (op.kind === 'produce') names.set(op.name, false);
    if (op.kind === 'script') for (const { id, secret } of op.gives ?? []) names.set(id, secret);
  }
  return names;
}

interface Template extends Placed {
  readonly path: string;
  readonly text: string;
}

function templatesOf(guide: Guide, assets: Assets): Template[] {
  return operationsOf(guide).flatMap((placed) => {
    const path = 'template' in placed.op ? placed.op.template : undefined;
    const text = path === undefined ? undefined : assets[path];
    return path === undefined || text === undefined ? [] : [{ path, text, ...placed }];
  });
}

type Place = readonly [at: string, value: unknown, list?: Id | undefined];

/** Every place where a name is used; facts and `LITERAL` are not names of the guide. */
function usedIn(guide: Guide, templates: readonly Template[]): Use[] {
  const { questions, rules, chapters, finished, unfit } = guide;
  const places: Place[] = [
    ...questions.map((question): Place => [question.id, question]),
    ...rules.map(({ of, when }): Place => ['a rule', [of.map((id) => `%${id}%`), when]]),
    ...chapters.map(({ id, when }): Place => [`chapter ${id}`, when]),
    ...stepsOf(guide).flatMap(({ id, do: all, ...step }): Place[] => [
      [`step ${id}`, step],
      ...all.flatMap((one): Place[] =>
        'each' in one ? [[`step ${id}`, { each: one.each, when: one.when }]] : [],
      ),
    ]),
    ...operationsOf(guide).map(({ step, op, list }): Place => [`step ${step}`, op, list]),
    ['unfit', unfit],
    ['finished', finished],
  ];
  const inTemplates = templates.flatMap(({ path, text, list }) => [
    ...[...namesIn(withoutRows(text)), ...whensIn(text).map((when) => when.name)].map((name) => ({
      name,
      at: path,
      list,
    })),
    ...rowsIn(text).flatMap((part) =>
      [part.list, ...namesIn(part.row)].map((name) => ({ name, at: path, list: part.list })),
    ),
  ]);
  const all = [
    ...places.flatMap(([at, value, list]) => namesUsed(value).map((name) => ({ name, at, list }))),
    ...inTemplates,
  ];
  return all.filter(({ name }) => name !== literal && !isFact(name));
}

const withoutRows = (text: string): string => expandRows(text, () => []);

/** Names in texts, conditions, choices and defaults, at any depth. */
function namesUsed(value: unknown): string[] {
  if (typeof value === 'string') return namesIn(value);
  if (Array.isArray(value)) return value.flatMap(namesUsed);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    if (key === 'say' || key === 'ask' || key === 'help' || key === 'writtenAs') return [];
    const isName = ['answer', 'by', 'each', 'fact', 'hostOf', 'parentDomainOf', 'same', 'gives'].includes(
      key,
    );
    return isName && typeof one === 'string' ? [one] : namesUsed(one);
  });
}

/** Fields that may hold secrets, with all that is inside them. */
const forSecrets = ['content', 'value', 'stdin', 'header', 'password', 'fields'];

function shownSecrets(
  guide: Guide,
  templates: readonly Template[],
  names: ReadonlyMap<Id, boolean>,
): string[] {
  const secretsIn = (value: unknown) => publicNames(value).filter((name) => names.get(name));
  const inOperations = operationsOf(guide).flatMap(({ step, op }) =>
    secretsIn(op).map((name) => `step ${step}: %${name}% is secret and would be shown`),
  );
  const inTemplates = templates
    .filter(({ op }) => op.kind !== 'file' && op.kind !== 'script')
    .flatMap(({ path, text }) =>
      secretsIn(text).map((name) => `${path}: everybody may read %${name}% there`),
    );
  const inFinished = secretsIn(guide.finished).map((name) => `finished: %${name}% is secret`);
  return [...inOperations, ...inTemplates, ...inFinished];
}

function publicNames(value: unknown): string[] {
  if (typeof value === 'string') return namesIn(value);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => (forSecrets.includes(key) ? [] : publicNames(one)));
}

interface Tested {
  readonly at: string;
  readonly name: string;
  readonly values: readonly string[];
}

/** Values that a condition or a choice waits for and that no question can give. */
function conditionProblems(guide: Guide, templates: readonly Template[]): string[] {
  const choices = new Map(
    guide.questions.flatMap(({ id, choices: all }) => (all ? [[id, all.map(({ value }) => value)]] : [])),
  );
  const tested: Tested[] = [
    ...conditionsOf('the questions', guide.questions),
    ...conditionsOf('a rule', guide.rules),
    ...guide.chapters.flatMap((chapter) => conditionsOf(`chapter ${chapter.id}`, chapter)),
    ...templates.flatMap(({ path, text }) => whensIn(text).map((when) => ({ at: path, ...when }))),
  ];
  return tested.flatMap(({ at, name, values }) => {
    const known = choices.get(name);
    const strange = known ? values.filter((value) => value !== '' && !known.includes(value)) : [];
    return strange.map((value) => `${at}: ${name} is never “${value}”`);
  });
}

function conditionsOf(at: string, value: unknown): Tested[] {
  if (Array.isArray(value)) return value.flatMap((one) => conditionsOf(at, one));
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.values(value).flatMap((one) => conditionsOf(at, one));
  if (isAnswerCond(value)) return [...found, { at, name: value.answer, values: value.is }];
  if ('by' in value && typeof value.by === 'string' && 'of' in value && value.of) {
    return [...found, { at, name: value.by, values: Object.keys(value.of) }];
  }
  return found;
}

function isAnswerCond(value: object): value is Extract<Cond, { answer: Id }> {
  return 'answer' in value && typeof value.answer === 'string' && 'is' in value && Array.isArray(value.is);
}

function whensIn(text: string): { readonly name: string; readonly values: readonly string[] }[] {
  return Array.from(
    text.matchAll(/^\s*%when (\S+) (?:is|not|set|unset)([^%]*)%$/gm),
    ([, name = '', values = '']) => ({
      name,
      values: values.split(' ').filter(Boolean),
    }),
  );
}

function idProblems(guide: Guide): string[] {
  const steps = stepsOf(guide).map(({ id }) => id);
  const items = operationsOf(guide).flatMap(({ op }) =>
    op.kind === 'checklist' ? op.items.map(({ id }) => id) : [],
  );
  const chapters = guide.chapters.map(({ id }) => id);
  const remedies = stepsOf(guide).flatMap((step) => (step.remedies ?? []).map(({ id }) => id));
  const ids = [guide.id, ...chapters, ...steps, ...items, ...remedies];
  return [
    ...ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)).map((id) => `${id} is not kebab-case`),
    ...guide.questions
      .filter(({ id }) => !/^[A-Z][A-Z0-9_]*$/.test(id))
      .map(({ id }) => `${id} is not UPPER_SNAKE`),
    ...[
      chapters,
      steps,
      items,
      remedies,
      guide.questions.map(({ id }) => id),
      guide.errata.map(({ id }) => id),
    ].flatMap(twice),
    ...stepsOf(guide).flatMap(({ id, needs = [] }) =>
      needs
        .filter((need) => !steps.slice(0, steps.indexOf(id)).includes(need))
        .map((need) => `step ${id} needs ${need}, which is not before it`),
    ),
  ];
}

function twice(ids: readonly string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} is there twice`);
}

function errataProblems(guide: Guide, templates: readonly Template[]): string[] {
  const ids = guide.errata.map(({ id }) => id);
  const referenced = stepsOf(guide).flatMap(({ id, errata = [] }) =>
    errata.map((erratum) => ({ id, erratum })),
  );
  const offered = guide.errata.filter((erratum) => erratum.literal).map(({ id }) => id);
  const obeyed = [
    ...conditionsOf('', guide.chapters),
    ...templates.flatMap(({ text }) => whensIn(text)),
  ].flatMap(({ name, values }) => (name === literal ? values : []));
  return [
    ...referenced
      .filter(({ erratum }) => !ids.includes(erratum))
      .map(({ id, erratum }) => `step ${id}: no erratum ${erratum}`),
    ...ids
      .filter((id) => !referenced.some(({ erratum }) => erratum === id))
      .map((id) => `no step refers to ${id}`),
    ...offered
      .filter((id) => !obeyed.includes(id))
      .map((id) => `${id} is offered literally and nothing obeys it`),
    ...obeyed.filter((id) => !offered.includes(id)).map((id) => `${id} is obeyed literally and not offered`),
  ];
}

function rangeProblems(guide: Guide): string[] {
  const ranges = [
    ...stepsOf(guide).flatMap(({ id, source }) => source.map((range) => ({ at: `step ${id}`, range }))),
    ...guide.errata.flatMap(({ id, source }) => source.map((range) => ({ at: id, range }))),
    ...guide.questions.flatMap(({ id, source = [] }) => source.map((range) => ({ at: id, range }))),
    ...guide.notes.map(({ lines }) => ({ at: 'a note', range: lines })),
  ];
  return ranges.flatMap(({ at, range }) => {
    const problem = rangeProblem(range, guide.source);
    return problem === undefined ? [] : [`${at}: ${problem}`];
  });
}

function questionProblems({ questions, topics }: Guide): string[] {
  const known = topics.map(({ id }) => id);
  return [
    ...questions
      .filter(({ topic }) => !known.includes(topic))
      .map(({ id, topic }) => `${id}: no topic ${topic}`),
    ...known
      .filter((id) => !questions.some(({ topic }) => topic === id))
      .map((id) => `the topic ${id} is empty`),
    ...questions
      .filter(({ kind, choices }) => (kind === 'choice') !== (choices !== undefined))
      .map(({ id }) => `${id}: choices belong to a question of kind choice`),
    ...questions
      .filter(({ kind, generate }) => generate !== undefined && kind !== 'password')
      .map(({ id }) => `${id}: only a password is generated`),
  ];
}

function templateProblems(guide: Guide, assets: Assets, templates: readonly Template[]): string[] {
  const wanted = operationsOf(guide).flatMap(({ op }) =>
    'template' in op && op.template ? [op.template] : [],
  );
  const own = Object.keys(assets).filter((path) => path.startsWith(`${guide.id}/`));
  return [
    ...wanted.filter((path) => assets[path] === undefined).map((path) => `there is no template ${path}`),
    ...own.filter((path) => !wanted.includes(path)).map((path) => `${path} is used by no step`),
    ...templates.flatMap(({ path, text }) =>
      rowsIn(text)
        .filter(({ list }) => guide.questions.find(({ id }) => id === list)?.kind !== 'list')
        .map(({ list }) => `${path}: ${list} is not a list`),
    ),
    ...templates.flatMap(({ path, text }) => {
      try {
        applyConditions(text, () => '', path);
        return [];
      } catch (error) {
        return [String(error)];
      }
    }),
  ];
}
