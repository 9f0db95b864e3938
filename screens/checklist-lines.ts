/** A checklist as lines. Values stand whole: wrapped, never cut, to the letter. */
import { moment } from '../src/i18n/index.ts';
import { tickedBy } from '../src/i18n/todo-markdown.ts';
import { revealId, type TodoField, type TodoItem } from '../src/run/protocol.ts';
import { type Line, line, lineWidth, span, spread } from './parts/line.ts';
import type { Ui } from './parts/ui.ts';
import { chop, pad, width, wrap } from './parts/width.ts';

type Speech = Pick<Ui, 'lang' | 'words' | 'signs' | 'ascii' | 'say' | 'columns' | 'now'>;

/** Where the cursor can stand: on an item (`field` -1) or on one of its fields. */
export interface Stop {
  readonly item: number;
  readonly field: number;
}

export interface StopLine {
  readonly stop: Stop;
  readonly line: Line;
}

export interface Secrets {
  readonly shown: ReadonlySet<string>;
  readonly revealed: Readonly<Record<string, string>>;
}

/** Items, and the fields of the one that is open. */
export function stopsOf(items: readonly TodoItem[], open: number): Stop[] {
  return items.flatMap((one, item) => [
    { item, field: -1 },
    ...(item === open ? one.fields.map((_, field) => ({ item, field })) : []),
  ]);
}

/** The lines of an item; its fields when the cursor is on it. */
export function itemLines(
  item: TodoItem,
  index: number,
  here: Stop,
  secrets: Secrets,
  speech: Speech,
): StopLine[] {
  const isOpen = index === here.item;
  const stop = { item: index, field: -1 };
  const about = [...noteLines(item, speech), ...(isOpen ? aboutLines(item, speech) : [])];
  const fields = isOpen
    ? item.fields.map((field, at) => fieldLines(item, field, at, at === here.field, secrets, speech))
    : [];
  const after = isOpen ? afterLines(item, speech) : [];
  return [
    ...[...headLines(item, isOpen && here.field < 0, speech), ...about].map((one) => ({ stop, line: one })),
    ...fields.flatMap((lines, field) => lines.map((one) => ({ stop: { item: index, field }, line: one }))),
    ...after.map((one) => ({ stop: { item: index, field: -2 }, line: one })),
  ];
}

function headLines(item: TodoItem, isHere: boolean, speech: Speech): Line[] {
  const { signs } = speech;
  const sign = item.done ? signs.byHandDone : signs.byHand;
  const start: Line = [
    span(isHere ? ` ${signs.cursor} ` : '   ', 'accent', true),
    span(`${sign} `, item.done ? 'done' : 'waits'),
  ];
  const tag = tagOf(item, speech);
  const right = tag ? line(`${tag} `, item.proven ? 'done' : 'past') : [];
  const room = speech.columns - lineWidth(start) - width(tag) - 3;
  const [first = '', ...rest] = wrap(speech.say(item.text), room);
  const text = (one: string) => span(one, item.done ? 'past' : 'plain', isHere);
  return [
    spread([...start, text(first)], right, speech.columns, signs.more),
    ...rest.map((one): Line => [span(' '.repeat(lineWidth(start))), text(one)]),
  ];
}

/** What is said at the right of an item: who ticked it and when, or who has to. */
function tagOf(item: TodoItem, { words, lang, now, columns, signs }: Speech): string {
  const { checklist } = words;
  if (!item.done) return item.optional ? checklist.optional : item.provable ? checklist.checked : '';
  const proven = item.proven ? checklist.proven : '';
  const who = tickedBy(item, lang);
  const by = item.when ? checklist.by(who, moment(item.when, lang, now())) : who;
  const tags = [[proven, by].filter(Boolean).join(` ${signs.between} `), by, proven || who];
  return tags.find((tag) => width(tag) <= columns * 0.45) ?? '';
}

const indent = 7;

function noteLines({ note }: TodoItem, { words, columns }: Speech): Line[] {
  const lines = note ? wrap(words.common.pair(words.checklist.note, note), columns - indent - 1) : [];
  return lines.map((one) => line(' '.repeat(indent) + one, 'past'));
}

function aboutLines(item: TodoItem, speech: Speech): Line[] {
  if (item.at === '') return [];
  return chop(item.at, speech.columns - indent - 1).map((one) => [
    span(' '.repeat(indent)),
    { text: one, exact: true },
  ]);
}

function fieldLines(
  item: TodoItem,
  field: TodoField,
  at: number,
  isHere: boolean,
  secrets: Secrets,
  speech: Speech,
): Line[] {
  const { signs } = speech;
  const labelCells = Math.max(16, Math.min(30, Math.floor(speech.columns * 0.28)));
  const id = revealId(item, field);
  const revealed = secrets.shown.has(id) ? secrets.revealed[id] : undefined;
  const hidden = `${speech.ascii ? '********' : '••••••••'} (${speech.words.checklist.hidden})`;
  const value = revealed ?? (field.secret ? hidden : field.value);
  const valueCells = speech.columns - indent - labelCells - 3;
  const values = exactLines(value, valueCells);
  const labels = wrap(field.label, labelCells);
  const rows = Array.from(
    { length: Math.max(values.length, labels.length) },
    (_, row): Line => [
      span(isHere && row === 0 ? ` ${signs.cursor} ` : '   ', 'accent', true),
      span(pad(row === 0 && at < 9 ? `  ${at + 1} ` : '', indent - 3), 'past'),
      span(pad(labels[row] ?? '', labelCells), 'past'),
      span('  '),
      { text: values[row] ?? '', bold: isHere, exact: true },
    ],
  );
  const notes = field.note ? wrap(speech.say(field.note), speech.columns - indent - 3) : [];
  return [...rows, ...notes.map((one) => line(`${' '.repeat(indent + 2)}${one}`, 'past'))];
}

/** The value in pieces that, joined by spaces where it had them, are the value. */
function exactLines(value: string, cells: number): string[] {
  const hasSpaces = /^ | {2}| $/m.test(value);
  return hasSpaces ? value.split('\n').flatMap((one) => chop(one, cells)) : wrap(value, cells);
}

function afterLines(item: TodoItem, speech: Speech): Line[] {
  const { words, signs } = speech;
  const room = speech.columns - indent - 1;
  const wrapped = (text: string, tone: 'failed' | 'waits') =>
    wrap(text, room).map((one) => line(' '.repeat(indent) + one, tone));
  return [
    ...(item.problem ? wrapped(`${signs.failed} ${speech.say(item.problem)}`, 'failed') : []),
    ...(item.gives !== undefined && !item.done ? wrapped(words.checklist.giveHint, 'waits') : []),
  ];
}
