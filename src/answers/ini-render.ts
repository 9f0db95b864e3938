/** The commented answers file to fill in. What is given is written, what is a default is shown as a comment. */
import type { Cond, Guide, Lang, Question, Text } from '../guide/types.ts';
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

const words = {
  fr: {
    head: (title: string) => [
      `Réponses pour «\u00a0${title}\u00a0».`,
      'Une ligne qui commence par «\u00a0;\u00a0» est un commentaire\u00a0: retirez le «\u00a0;\u00a0» pour donner la réponse.',
      'Une valeur avec ; # \\ ou des guillemets s’écrit entre guillemets droits\u00a0: "…", avec \\" pour " et \\\\ pour \\.',
      'Un secret s’écrit file:/chemin ou env:NOM, ou en clair si personne d’autre ne peut lire ce fichier (chmod 600).',
    ],
    common: 'Ce qui vaut pour tous les guides.',
    example: 'Exemple\u00a0: ',
    initial: 'Par défaut\u00a0: ',
    choices: 'Choix\u00a0:',
    optional: 'Facultatif.',
    generated: 'Sans réponse, l’assistant en crée un.',
    only: 'Seulement si\u00a0: ',
    is: ' = ',
    or: ' ou ',
    and: ' et ',
    not: 'pas ',
    empty: 'vide',
  },
  en: {
    head: (title: string) => [
      `Answers for “${title}”.`,
      'A line that starts with “;” is a comment: take the “;” away to give that answer.',
      'A value with ; # \\ or quotes goes in double quotes: "…", with \\" for " and \\\\ for \\.',
      'A secret is written file:/path or env:NAME, or plain if nobody else can read this file (chmod 600).',
    ],
    common: 'What holds for every guide.',
    example: 'Example: ',
    initial: 'Default: ',
    choices: 'Choices:',
    optional: 'Optional.',
    generated: 'Left out, the wizard makes one.',
    only: 'Only if: ',
    is: ' = ',
    or: ' or ',
    and: ' and ',
    not: 'not ',
    empty: 'empty',
  },
} satisfies Record<Lang, unknown>;

function headLines(guide: Guide, lang: Lang): string[] {
  const say = words[lang];
  const head = say.head(oneLine(guide.title[lang])).map((line) => `; ${line}`);
  return [...head, '', '[common]', `; ${say.common}`, `; LANG = ${lang}`, '', `[${guide.id}]`, ''];
}

function questionLines(question: Question, lang: Lang, resolution: Resolution): string[] {
  const say = words[lang];
  const comments = [
    question.ask[lang],
    ...(question.help ? [question.help[lang]] : []),
    ...(question.when ? [say.only + describe(question.when, lang)] : []),
    ...(question.optional ? [say.optional] : []),
    ...(question.generate === undefined ? [] : [say.generated]),
    ...(question.example === undefined ? [] : [say.example + question.example]),
    ...choiceLines(question, lang, resolution),
    ...defaultLine(question, lang, resolution),
  ];
  return [
    ...comments.flatMap((text) => text.split(/\r\n|\n|\r/)).map((text) => `; ${text}`),
    valueLine(question, resolution),
  ];
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
    words[lang].choices,
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
    : [words[lang].initial + field.value];
}

function describe(cond: Cond, lang: Lang): string {
  const say = words[lang];
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
