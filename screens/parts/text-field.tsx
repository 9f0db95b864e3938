/** One line of text to type into, in a window of fixed width: a long value scrolls, pasted text arrives on one line. */
import { Box, type Key, Text, useInput, usePaste } from 'ink';
import { useRef, useState } from 'react';
import { useUi } from './ui.ts';
import { cellsOf } from './width.ts';

interface TextFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onSubmit?: () => void;
  /** Text of so many lines was pasted and put on one line. */
  readonly onJoined?: (lines: number) => void;
  readonly width: number;
  readonly mask?: boolean;
  readonly placeholder?: string;
  readonly isActive?: boolean;
}

/** A text and its cursor, as the number of characters behind it: a value given from elsewhere leaves it at the end. */
export interface Typed {
  readonly value: string;
  readonly behind: number;
}

export function TextField({
  value,
  onChange,
  onSubmit,
  onJoined,
  width: cells,
  mask = false,
  placeholder = '',
  isActive = true,
}: TextFieldProps) {
  const ui = useUi();
  const focus = isActive && ui.active;
  const [behind, setBehind] = useState(0);
  // Keys come faster than screens are drawn.
  const typed = useRef<Typed>({ value, behind });
  typed.current = { value, behind: Math.min(behind, lettersOf(value).length) };
  const change = (next: Typed) => {
    const { value: former } = typed.current;
    typed.current = next;
    setBehind(next.behind);
    if (next.value !== former) onChange(next.value);
  };
  usePaste(
    (text) => {
      const lines = linesOf(text);
      change(withText(typed.current, joined(lines)));
      if (lines.length > 1) onJoined?.(lines.length);
    },
    { isActive: focus },
  );
  useInput((input, key) => (key.return ? onSubmit?.() : change(afterKey(typed.current, input, key))), {
    isActive: focus,
  });
  const text = mask ? '*'.repeat(lettersOf(value).length) : value;
  const shown =
    value === ''
      ? { value: placeholder, behind: lettersOf(placeholder).length }
      : { value: text, behind: typed.current.behind };
  const [before, here, after] = windowOf(shown, cells, ui.color ? '' : '_');
  return (
    <Box width={cells} height={1} overflow="hidden">
      <Text wrap="truncate">
        {before}
        <Text inverse={ui.color}>{here}</Text>
        <Text dimColor={ui.color && value === ''}>{after}</Text>
      </Text>
    </Box>
  );
}

type EditKey = Pick<
  Key,
  'ctrl' | 'meta' | 'leftArrow' | 'rightArrow' | 'home' | 'end' | 'backspace' | 'delete'
>;

/** What a key makes of a text; a control key is not text. */
export function afterKey(typed: Typed, input: string, key: EditKey): Typed {
  const letters = lettersOf(typed.value);
  const { behind } = typed;
  if (key.leftArrow) return { ...typed, behind: Math.min(letters.length, behind + 1) };
  if (key.rightArrow) return { ...typed, behind: Math.max(0, behind - 1) };
  if (key.home) return { ...typed, behind: letters.length };
  if (key.end) return { ...typed, behind: 0 };
  if (key.backspace || key.delete) {
    const at = letters.length - behind;
    return at === 0 ? typed : { value: letters.toSpliced(at - 1, 1).join(''), behind };
  }
  if (key.ctrl || key.meta) return input === 'u' ? { value: '', behind: 0 } : typed;
  return withText(typed, input.replace(controlCharacters, ''));
}

function withText({ value, behind }: Typed, text: string): Typed {
  const letters = lettersOf(value);
  return { value: letters.toSpliced(letters.length - behind, 0, text).join(''), behind };
}

const lettersOf = (text: string): string[] => cellsOf(text).map((one) => one.text);

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go.
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]/g;

/** The lines of a pasted text that hold something, without what cannot be seen. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/).map((one) => one.replace(controlCharacters, '').trim());
  return lines.filter((one) => one !== '');
}

/** Addresses under each other are a list of them; anything else goes on after a blank. */
function joined(lines: readonly string[]): string {
  const isList = lines.every((one) => one.includes('@') && !one.includes(' '));
  return lines.map((one) => (isList ? one.replace(/[,;]$/, '') : one)).join(isList ? ', ' : ' ');
}

/** A text of several lines as one answer. */
export function onOneLine(text: string): string {
  return joined(linesOf(text));
}

/**
 * The part around the cursor that has room: what is before it, what it stands on, what is behind it. Without
 * colours, where nothing can be inverse, a `caret` of its own stands where what is typed goes.
 */
export function windowOf({ value, behind }: Typed, cells: number, caret = ''): [string, string, string] {
  const letters = cellsOf(value);
  const at = letters.length - behind;
  const isBeside = caret !== '' || behind === 0;
  const all = isBeside ? letters.toSpliced(at, 0, { text: caret || ' ', cells: 1 }) : letters;
  let [start, end] = [at, at + 1];
  let room = cells - (all[at]?.cells ?? 0);
  const fits = (index: number) => index >= 0 && index < all.length && room >= (all[index]?.cells ?? 0);
  while (fits(start - 1)) room -= all[--start]?.cells ?? 0;
  while (fits(end)) room -= all[end++]?.cells ?? 0;
  const part = (from: number, to: number) =>
    all
      .slice(from, to)
      .map(({ text }) => text)
      .join('');
  return [part(start, at), part(at, at + 1), part(at + 1, end)];
}
