/** What there is to say about a question: in a few lines under the form, or whole. */
import { lineRanges } from '../src/i18n/index.ts';
import type { FormField } from '../src/run/protocol.ts';
import { isCut, isProblemCut, valueCells } from './field.tsx';
import { type Hint, hintsOf, type KeySet } from './parts/keys.ts';
import { blank, type Line, line, span, spread, type Tone } from './parts/line.ts';
import type { Ui } from './parts/ui.ts';
import { chop, cut, pad, width, wrap } from './parts/width.ts';

/** Keys that do nothing in this field. */
export function uselessKeys({ kind, canGenerate }: FormField): string[] {
  return [
    ...(kind === 'choice' ? [] : ['left', 'right']),
    ...(kind === 'secret' ? [] : ['reveal']),
    ...(canGenerate ? [] : ['generate']),
    ...(kind === 'text' || kind === 'list' ? [] : ['editor']),
  ];
}

/** The keys of a form, with one name each: there is one line for them. */
export function hintsFor(set: KeySet, without: readonly string[], ui: Ui): Hint[] {
  return hintsOf(set, ui.words, ui.signs, without).map(({ key, label }) => ({
    key: key.replace(/ \^.$/, ''),
    label,
  }));
}

interface HelpPlace {
  readonly cells: number;
  readonly height: number;
  /** The problem stands under its field: it is only repeated if it is cut there. */
  readonly isSaid: boolean;
  /** What is typed, where it may be shown. */
  readonly value: string;
}

/** Always `height` lines: what the question is for first, where the guide uses it last. */
export function helpLines(field: FormField | undefined, place: HelpPlace, ui: Ui): Line[] {
  if (!field) return Array.from({ length: place.height }, () => blank);
  const { cells, height } = place;
  const last = [usesLine(field, cells, ui), sourceLine(field, cells, ui)].filter((one) => one !== undefined);
  const room = Math.max(1, height - last.length);
  const said = wrapped(textsOf(field, place, ui), cells, room, ui);
  const gap = Array.from({ length: height - said.length - last.length }, () => blank);
  return [...said, ...gap, ...last].slice(0, height);
}

interface Said {
  readonly text: string;
  readonly tone?: Tone;
  readonly exact?: boolean;
}

function textsOf(field: FormField, { cells, isSaid, value }: HelpPlace, ui: Ui): Said[] {
  const problem = field.problem && isSaid && isProblemCut(field, ui) ? ui.say(field.problem) : undefined;
  return [
    ...(isCut(field, ui) ? [{ text: ui.say(field.ask) }] : []),
    ...(problem ? [{ text: `${ui.signs.failed} ${problem}`, tone: 'failed' as const }] : []),
    ...cutValue(field, value, cells, ui),
    ...(field.help ? [{ text: ui.say(field.help) }] : []),
    ...unfitOf(field, ui).map((text) => ({ text })),
  ];
}

/** What was cut in its field: a text to the letter, a choice in its words. */
function cutValue({ kind }: FormField, value: string, cells: number, ui: Ui): Said[] {
  if (kind === 'choice') return width(value) + choiceMarks > valueCells(ui) ? [{ text: value }] : [];
  return width(value) >= valueCells(ui) ? [{ text: chop(value, cells - 2).join('\n'), exact: true }] : [];
}

/** Cells of the arrows around a choice and of its number. */
const choiceMarks = 10;

function wrapped(texts: readonly Said[], cells: number, height: number, ui: Ui): Line[] {
  const lines = texts.flatMap(({ text, tone = 'plain', exact = false }) =>
    wrap(text, cells - 2).map((one) => ({ ...span(one, tone), exact })),
  );
  const shown = lines.slice(0, height);
  const last = shown.at(-1);
  // The rest is read with F1.
  if (last && lines.length > height)
    shown[height - 1] = { ...last, text: `${cut(last.text, cells - 6, '')} ${ui.signs.more}` };
  return shown.map((one) => [span(' '), one]);
}

function unfitOf({ choices }: FormField, ui: Ui): string[] {
  return choices.flatMap(({ label, unfit }) =>
    unfit ? [`${ui.signs.failed} ${ui.words.common.pair(ui.say(label), ui.say(unfit))}`] : [],
  );
}

/** As many steps as fit, and how many there are more. */
function usesLine({ uses }: FormField, cells: number, ui: Ui): Line | undefined {
  if (uses.length === 0) return undefined;
  const { form } = ui.words;
  const titles = uses.map((title) => ui.say(title));
  for (let count = titles.length; count > 1; count--) {
    const rest = titles.length - count;
    const text = [...titles.slice(0, count), ...(rest > 0 ? [form.more(rest)] : [])].join(', ');
    if (width(form.uses(text)) <= cells - 2) return line(` ${form.uses(text)}`, 'past');
  }
  const more = titles.length > 1 ? `, ${form.more(titles.length - 1)}` : '';
  const room = cells - 2 - width(form.uses('')) - width(more);
  return line(` ${form.uses(`${cut(titles[0] ?? '', room, ui.signs.more)}${more}`)}`, 'past');
}

function sourceLine(field: FormField, cells: number, ui: Ui): Line | undefined {
  const { form, common } = ui.words;
  const left = field.example ? form.example(field.example) : '';
  const right = field.source.length > 0 ? common.guideLines(lineRanges(field.source)) : '';
  if (left === '' && right === '') return undefined;
  return spread(line(` ${left}`, 'past'), line(right, 'past'), cells - 1, ui.signs.more);
}

/** All there is to say, with headings, beside the fields: always `height` lines. */
export function helpBeside(field: FormField | undefined, place: HelpPlace, ui: Ui): Line[] {
  const { cells, height, value, isSaid } = place;
  const isLong = field?.kind === 'text' && width(value) >= valueCells(ui);
  const isRepeated = field && isSaid && isProblemCut(field, ui);
  const lines = field ? wholeHelp(isRepeated ? field : rightOf(field), isLong ? value : '', cells, ui) : [];
  const more = line(` ${ui.signs.more} F1`, 'past');
  const shown = lines.length > height ? [...lines.slice(0, height - 1), more] : lines;
  return [...shown, ...Array.from({ length: height - shown.length }, () => blank)];
}

/** The question without what is wrong: that stands under its field. */
function rightOf({ problem: _, ...field }: FormField): FormField {
  return field;
}

/** All there is to say about a question, with headings. */
export function wholeHelp(field: FormField, value: string, cells: number, ui: Ui): Line[] {
  const { form, common } = ui.words;
  const indented = (texts: readonly string[], exact = false): Line[] =>
    texts.flatMap((text) => wrap(text, cells - 4).map((one): Line => [span('   '), { ...span(one), exact }]));
  const part = (title: string, texts: readonly string[], exact = false): Line[] =>
    texts.length === 0 ? [] : [line(` ${title}`, 'plain', true), ...indented(texts, exact), blank];
  const uses = field.uses.map((title) => `${ui.signs.between} ${ui.say(title)}`);
  const source = field.source.length > 0 ? [common.guideLines(lineRanges(field.source))] : [];
  return [
    ...wrap(ui.say(field.ask), cells - 2).map((text) => line(` ${text}`, 'plain', true)),
    ...indented(field.help ? [ui.say(field.help)] : []),
    ...indented(field.example ? [form.example(field.example)] : []),
    blank,
    ...part(form.wrong, field.problem ? [ui.say(field.problem)] : []),
    ...part(form.value, value === '' ? [] : [chop(value, cells - 4).join('\n')], true),
    ...part(form.choices, choicesOf(field, ui)),
    ...part(form.accepts, acceptedBy(field, ui)),
    ...part(form.usesTitle, [...source, ...uses]),
  ];
}

/** The keys of the place that it was asked from, one to a line. */
export function keyHelp(field: FormField, set: KeySet, ui: Ui): Line[] {
  const keys = keysOf(field, set, ui).map((text) => line(`   ${text}`));
  return [line(` ${ui.words.form.keys}`, 'plain', true), ...keys];
}

function choicesOf({ choices }: FormField, ui: Ui): string[] {
  return choices.map(({ label, unfit }) => {
    const text = ui.say(label);
    return unfit
      ? `${ui.signs.failed} ${ui.words.common.pair(text, ui.say(unfit))}`
      : `${ui.signs.between} ${text}`;
  });
}

function acceptedBy({ accepts, optional, canGenerate }: FormField, ui: Ui): string[] {
  const { form } = ui.words;
  return [
    ...(accepts ? [ui.say(accepts)] : []),
    ...(optional ? [form.mayBeEmpty] : []),
    ...(canGenerate ? [form.willBeMade] : []),
  ];
}

function keysOf(field: FormField, set: KeySet, ui: Ui): string[] {
  const hints = hintsOf(set, ui.words, ui.signs, set === 'questions' ? uselessKeys(field) : []);
  const room = Math.max(...hints.map(({ key }) => width(key)));
  return hints.map(({ key, label }) => `${pad(key, room)}  ${label}`);
}
