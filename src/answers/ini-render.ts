/** The commented answers file to fill in. What is given is written, what is a default is shown as a comment. */
import { isList, keyPattern, type ListQuestion, type Row } from '../guide/lists.ts';
import { cellName } from '../guide/names.ts';
import type { Cond, Guide, Lang, Question, Text } from '../guide/types.ts';
import { answersFileWords } from '../i18n/answers-file.ts';
import type { FormField } from '../run/protocol.ts';
import { writeValue } from './ini-line.ts';
import { literalId, type Resolution } from './resolve.ts';

/** Reading it back gives the same answers; secrets are never written, only where to put them. */
export function renderAnswersFile(guide: Guide, lang: Lang, resolution: Resolution): string {
  const asked = guide.questions.filter((question) => !question.later);
  const parts = guide.topics.flatMap(({ id, title }) => {
    const questions = asked.filter((question) => question.topic === id);
    const heading = questions.length > 0 ? [`; ──── ${oneLine(title[lang])} ────`, ''] : [];
    return [...heading, ...questions.flatMap((one) => [...questionLines(one, lang, resolution), ''])];
  });
  const literal = resolution.answers.get(literalId)?.value;
  const follow = literal ? [`${literalId} = ${writeValue(literal)}`, ''] : [];
  return [...headLines(guide, lang), ...follow, ...parts].join('\n').replace(/\n+$/, '\n');
}

function headLines(guide: Guide, lang: Lang): string[] {
  const say = answersFileWords[lang];
  const head = say.head(oneLine(guide.title[lang])).map((line) => `; ${line}`);
  return [...head, '', '[common]', `; ${say.common}`, `; LANG = ${lang}`, '', `[${guide.id}]`, ''];
}

function questionLines(question: Question, lang: Lang, resolution: Resolution): string[] {
  const say = answersFileWords[lang];
  const comments = [
    question.ask[lang],
    ...(question.help ? [question.help[lang]] : []),
    ...(question.when ? [say.only + describe(question.when, lang)] : []),
    ...(question.optional ? [say.optional] : []),
    ...(question.generate === undefined ? [] : [say.generated]),
    ...(question.example === undefined ? [] : [say.example + question.example]),
    ...choiceLines(question, lang, resolution),
    ...(isList(question) ? columnLines(question, lang, say) : []),
    ...defaultLine(question, lang, resolution),
  ];
  return [
    ...comments.flatMap((text) => text.split(/\r\n|\n|\r/)).map((text) => `; ${text}`),
    ...(isList(question) ? listLines(question, resolution) : [valueLine(question, resolution)]),
  ];
}

function columnLines(
  { of }: ListQuestion,
  lang: Lang,
  say: { generated: string; optional: string; list: string },
): string[] {
  const columns = Object.entries(of).map(([name, { ask, optional, generate }]) => {
    const notes = [...(optional ? [say.optional] : []), ...(generate === undefined ? [] : [say.generated])];
    return `  ${name} — ${[oneLine(ask[lang]), ...notes].join('. ')}`;
  });
  return [say.list, ...columns];
}

/** The rows that were given, right or wrong; else an example, as a comment. */
function listLines(list: ListQuestion, { form }: Resolution): string[] {
  const field = form.fields.find(({ id }) => id === list.id);
  const rows = (field?.rows ?? []).filter(({ cells }) => keyPattern.test(cells[list.key] ?? ''));
  if (rows.length > 0)
    return [
      namesLine(
        list,
        rows.map(({ cells }) => cells),
      ),
      ...rows.flatMap(({ cells }) => cellLines(list, cells)),
    ];
  if (field && isGiven(field) && !field.problem) return [`${list.id} =`];
  const example = Object.fromEntries(
    Object.entries(list.of).map(([name, column]) => [name, column.example ?? '']),
  );
  const row = { ...example, [list.key]: example[list.key] || 'alice' };
  return [
    ...(field?.problem ? [`${list.id} =`] : []),
    ...[namesLine(list, [row]), ...cellLines(list, row)].map((line) => `; ${line.replace(/^; /, '')}`),
  ];
}

function namesLine({ id, key }: ListQuestion, rows: readonly Row[]): string {
  return `${id} = ${rows.map((row) => row[key]).join(', ')}`;
}

function cellLines({ id, of, key }: ListQuestion, row: Row): string[] {
  return Object.entries(of)
    .filter(([column]) => column !== key)
    .map(([column, { kind }]) => {
      const name = cellName(id, row[key] ?? '', column);
      if (kind === 'password') return `; ${name} = file:/root/${name.toLowerCase()}`;
      return row[column] ? `${name} = ${writeValue(row[column])}` : `; ${name} =`;
    });
}

/** Given answers are lines, right or wrong; defaults are comments; what still needs an answer is left open. */
function valueLine(question: Question, { form }: Resolution): string {
  const { id, kind, initial } = question;
  if (kind === 'password') return `; ${id} = file:/root/${id.toLowerCase()}`;
  const field = form.fields.find((one) => one.id === id);
  const value = field?.value ?? (typeof initial === 'string' ? initial : '');
  if (field && isGiven(field)) return `${id} = ${writeValue(value)}`;
  const open = field?.problem !== undefined && value === '';
  return `${open ? '' : '; '}${id} =${value === '' ? '' : ` ${writeValue(value)}`}`;
}

function isGiven({ from }: FormField): boolean {
  return from !== undefined && from !== 'default' && from !== 'fact';
}

function choiceLines({ id, choices = [] }: Question, lang: Lang, { form }: Resolution): string[] {
  if (choices.length === 0) return [];
  const shown = form.fields.find((one) => one.id === id)?.choices ?? [];
  return [
    answersFileWords[lang].choices,
    ...choices.map(({ value, label }) => {
      const unfit: Text | undefined = shown.find((one) => one.value === value)?.unfit;
      return `  ${value} — ${oneLine(label[lang])}${unfit ? ` (${oneLine(unfit[lang])})` : ''}`;
    }),
  ];
}

function defaultLine({ id, kind }: Question, lang: Lang, { form }: Resolution): string[] {
  const field = form.fields.find((one) => one.id === id);
  return kind === 'password' || !field || isGiven(field) || field.value === ''
    ? []
    : [answersFileWords[lang].initial + field.value];
}

function describe(cond: Cond, lang: Lang): string {
  const say = answersFileWords[lang];
  if ('not' in cond) return `${say.not}(${describe(cond.not, lang)})`;
  if ('all' in cond) return cond.all.map((one) => inside(one, lang)).join(say.and);
  if ('any' in cond) return cond.any.map((one) => inside(one, lang)).join(say.or);
  const name = 'answer' in cond ? cond.answer : cond.fact;
  return name + say.is + cond.is.map((value) => value || say.empty).join(say.or);
}

function inside(cond: Cond, lang: Lang): string {
  return 'all' in cond || 'any' in cond ? `(${describe(cond, lang)})` : describe(cond, lang);
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ');
}
