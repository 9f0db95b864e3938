/**
 * `ink-text-input` in a window of fixed width. Around it: control keys are not text, a long value scrolls
 * instead of wrapping, pasted text arrives whole and on one line.
 */
import { Box, Text, Transform, useInput, usePaste } from 'ink';
import TextInput from 'ink-text-input';
import { type ReactElement, useRef, useState } from 'react';
import { useUi } from './ui.ts';
import { cellsOf, width } from './width.ts';

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

export function TextField({
  value,
  onChange,
  onSubmit,
  onJoined,
  width: cells,
  mask = false,
  placeholder = ' ',
  isActive = true,
}: TextFieldProps) {
  const ui = useUi();
  const focus = isActive && ui.active;
  const isControl = useRef(false);
  // The input keeps its cursor to itself: after a change that is not typing it starts anew, at the end.
  const [birth, setBirth] = useState(0);
  const typed = useRef(value);
  const change = (next: string) => {
    if (isControl.current) return setBirth(birth + 1);
    typed.current = next.replace(controlCharacters, '');
    onChange(typed.current);
    if (typed.current !== next) setBirth(birth + 1);
  };
  usePaste(
    (text) => {
      const lines = linesOf(text);
      typed.current = value + joined(lines);
      onChange(typed.current);
      setBirth(birth + 1);
      if (lines.length > 1) onJoined?.(lines.length);
    },
    { isActive: focus },
  );
  const isReplaced = typed.current !== value;
  return (
    <Box width={cells} height={1} overflow="hidden">
      <ControlKeys
        isActive={focus}
        onKey={(isOne, name) => {
          isControl.current = isOne;
          if (isOne && name === 'u') onChange('');
        }}
      />
      <Text wrap="truncate">
        <Transform
          transform={(drawn) => (ui.color ? windowOf(drawn, cells) : caretAfter(value, drawn, cells))}
        >
          <TextInput
            key={isReplaced ? `${birth} ${value}` : birth}
            value={value}
            onChange={change}
            focus={focus}
            showCursor={ui.color}
            {...(onSubmit ? { onSubmit } : {})}
            {...(mask ? { mask: '*' } : {})}
            placeholder={placeholder}
          />
        </Transform>
      </Text>
    </Box>
  );
}

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

const inverse = { on: '\u001b[7m', off: '\u001b[27m' };
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences of colours.
const styles = /\u001b\[[0-9;]*m/g;

/** The part of a drawn value around its cursor. */
export function windowOf(drawn: string, cells: number): string {
  const plain = drawn.replace(styles, '');
  const [before = '', hasCursor] = drawn.split(inverse.on);
  const cursor =
    hasCursor === undefined ? cellsOf(plain).length - 1 : cellsOf(before.replace(styles, '')).length;
  return width(plain) <= cells ? drawn : around(plain, cursor, cells, hasCursor !== undefined);
}

/** Without colours there is no inverse: a caret at the end, where what is typed goes. */
export function caretAfter(value: string, drawn: string, cells: number): string {
  const plain = drawn.replace(styles, '');
  if (value === '') return `_${plain.slice(1)}`;
  return around(`${plain}_`, cellsOf(plain).length, cells, false);
}

function around(text: string, cursor: number, cells: number, isInverse: boolean): string {
  const all = cellsOf(text);
  let start = cursor;
  let room = cells - (all[cursor]?.cells ?? 0);
  while (start > 0 && room >= (all[start - 1]?.cells ?? 0)) {
    start--;
    room -= all[start]?.cells ?? 0;
  }
  let end = cursor + 1;
  while (end < all.length && room >= (all[end]?.cells ?? 0)) {
    room -= all[end]?.cells ?? 0;
    end++;
  }
  return all
    .slice(start, end)
    .map((one, index) =>
      isInverse && start + index === cursor ? inverse.on + one.text + inverse.off : one.text,
    )
    .join('');
}

interface ControlKeysProps {
  readonly isActive: boolean;
  readonly onKey: (isControl: boolean, input: string) => void;
}

/** Hears each key before the input beside it does: effects run in order. Draws nothing. */
function ControlKeys({ isActive, onKey }: ControlKeysProps): ReactElement | null {
  useInput((input, key) => onKey((key.ctrl || key.meta) && input !== '', input), { isActive });
  return null;
}
