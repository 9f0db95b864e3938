/** One question of a form on one row, and the row under it for what is wrong. */
import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { FormChoice, FormField } from '../src/run/protocol.ts';
import { type Line, line, lineWidth, span, type Tone } from './parts/line.ts';
import { Row } from './parts/row.tsx';
import { TextField } from './parts/text-field.tsx';
import { type Ui, useUi } from './parts/ui.ts';
import { cut, pad, width } from './parts/width.ts';

interface FieldRowProps {
  readonly field: FormField;
  readonly draft: string;
  readonly isFocused: boolean;
  readonly isActive: boolean;
  readonly isShown: boolean;
  readonly revealed: string | undefined;
  readonly onType: (value: string) => void;
  /** Text of several lines was pasted and is one line now. */
  readonly onJoined: (lines: number) => void;
}

const bullets = '••••••••';
const tagCells = 15;

/** Cells of the column of questions. */
export function labelCells(ui: Pick<Ui, 'columns'>): number {
  return Math.min(44, Math.floor(ui.columns * 0.4));
}

/** Cells of the longest value that is seen whole beside its question. */
export function valueCells(ui: Pick<Ui, 'columns'>): number {
  return roomOf(ui) + tagCells;
}

/** Cells of a value beside where it came from. */
function roomOf(ui: Pick<Ui, 'columns'>): number {
  return Math.max(8, ui.columns - labelCells(ui) - 5 - tagCells - 2);
}

export function FieldRow(props: FieldRowProps): ReactElement {
  const { field, isFocused } = props;
  const ui = useUi();
  const label = pad(ui.say(field.ask), labelCells(ui), ui.signs.more);
  const head: Line = [
    span(isFocused ? ` ${ui.signs.cursor} ` : '   ', 'accent', true),
    span(`${label}  `, 'plain', isFocused),
  ];
  return (
    <Box height={1}>
      <Box width={lineWidth(head)} flexShrink={0}>
        <Row line={head} />
      </Box>
      <Value {...props} room={roomOf(ui)} />
    </Box>
  );
}

function Value({ room, ...props }: FieldRowProps & { readonly room: number }): ReactElement {
  const ui = useUi();
  const { field, draft, isFocused, isActive, isShown, revealed, onType, onJoined } = props;
  if (field.kind === 'choice')
    return <Row line={choiceLine(props, room + tagCells, ui)} cells={room + tagCells + 1} />;
  if (field.kind === 'list') return <Row line={listLine(field, isFocused, ui)} cells={room + tagCells + 1} />;
  const isSecret = field.kind === 'secret';
  // A secret that is kept and shown cannot be edited in place: typing replaces it.
  const kept = isSecret && draft === '' ? keptSecret(field, isShown ? revealed : undefined, ui) : '';
  // A long value is worth more than where it came from.
  const isLong = !isSecret && width(draft) >= room;
  const cells = isLong ? room + tagCells : room;
  const isTyped = draft !== '' && draft !== field.value;
  const tag = isLong || isTyped ? '' : ` ${tagOf(field, ui)}`;
  // An emptied field shows what it will hold.
  const fallback = field.from === 'default' || field.from === 'fact' ? field.value : '';
  const placeholder = kept || fallback;
  if (!isFocused) {
    const shown = isSecret && draft !== '' ? mask(draft, ui) : kept || draft;
    const { form } = ui.words;
    const needed = field.canGenerate ? form.toGenerate : form.empty;
    const empty = field.optional ? form.optional : needed;
    const value = shown ? span(shown, 'plain') : span(empty, 'past');
    return (
      <Row
        line={[
          { ...value, text: pad(value.text, cells, ui.signs.more), exact: !isSecret },
          span(tag, 'past'),
        ]}
      />
    );
  }
  return (
    <Box height={1}>
      <TextField
        value={draft}
        onChange={onType}
        onJoined={onJoined}
        width={cells}
        mask={isSecret && !isShown}
        {...(placeholder ? { placeholder } : {})}
        isActive={isActive}
      />
      <Row line={[span(tag, 'past')]} cells={room + tagCells + 1 - cells} />
    </Box>
  );
}

function mask(draft: string, ui: Ui): string {
  return (ui.ascii ? '*' : '•').repeat(Math.min(24, draft.length));
}

function keptSecret(field: FormField, revealed: string | undefined, ui: Ui): string {
  if (revealed !== undefined) return revealed;
  return field.given ? (ui.ascii ? '********' : bullets) : '';
}

function tagOf(field: FormField, ui: Ui): string {
  const { from, given } = ui.words.form;
  if (field.from) return from[field.from] || (field.kind === 'secret' && field.given ? given : '');
  return '';
}

/** All choices beside each other where there is room, else the chosen one between arrows. */
export function choiceLine(
  { field, draft, isFocused }: Pick<FieldRowProps, 'field' | 'draft' | 'isFocused'>,
  room: number,
  ui: Ui,
): Line {
  const chosen = field.choices.find(({ value }) => value === draft);
  const label = chosen ? ui.say(chosen.label) : ui.words.form.empty;
  if (!isFocused) return line(label, chosen ? toneOf(chosen, 'plain') : 'past');
  const [left, right] = ui.ascii ? ['<', '>'] : ['‹', '›'];
  const all = field.choices.flatMap((choice, index): Line => {
    const text = ui.say(choice.label);
    const gap = span(index === 0 ? '' : '  ');
    if (choice.unfit) return [gap, span(`${ui.signs.failed} ${text}`, 'past')];
    return choice === chosen
      ? [gap, span(`${left}${text}${right}`, toneOf(choice, 'accent'), true)]
      : [gap, span(` ${text} `, toneOf(choice, 'plain'))];
  });
  if (lineWidth(all) <= room) return all;
  const fit = field.choices.filter(({ unfit }) => !unfit);
  const place = chosen ? fit.indexOf(chosen) + 1 : 0;
  const number = `  ${place}/${fit.length}`;
  const short = cut(label, room - width(`${left}  ${right}${number}`), ui.signs.more);
  const tone = chosen ? toneOf(chosen, 'accent') : 'accent';
  return [span(`${left} ${short} ${right}`, tone, true), span(number, 'past')];
}

const toneOf = ({ danger }: FormChoice, usual: Tone): Tone => (danger ? 'failed' : usual);

/** How many rows there are, and their names; a list is filled in on a form of its own. */
function listLine({ columns = [], rows = [], optional }: FormField, isFocused: boolean, ui: Ui): Line {
  const { form, keys } = ui.words;
  const key = columns[0]?.name ?? '';
  const names = rows.map(({ cells }) => cells[key]).filter(Boolean);
  const open = span(`  ${keys.names.enter} ${keys.commands.open}`, 'past');
  const empty = span(optional ? form.optional : form.empty, 'past');
  const count = rows.length === 0 ? empty : span(form.rows(rows.length));
  if (isFocused) return [count, open];
  const listed = { ...span(names.join(', ')), exact: true };
  return names.length === 0 ? [count] : [count, span(` ${ui.signs.between} `), listed];
}

/** The row under a field. It is there whether something is wrong or not. */
export function problemLine(field: FormField, isSaid: boolean, ui: Ui): Line {
  if (!field.problem || !isSaid) return line('');
  return [span(`     ${ui.signs.failed} `, 'failed'), span(ui.say(field.problem), 'failed')];
}

/** Was the problem cut on its row? Then the help repeats it. */
export function isProblemCut(field: FormField, ui: Ui): boolean {
  return field.problem !== undefined && width(ui.say(field.problem)) > ui.columns - 7;
}

/** Was the question cut in its column? Then the help repeats it. */
export function isCut(field: FormField, ui: Ui): boolean {
  return width(ui.say(field.ask)) > labelCells(ui);
}
