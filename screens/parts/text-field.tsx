/**
 * `ink-text-input` in a window of fixed width. Around it: control keys are not text, a long value scrolls
 * instead of wrapping, pasted text arrives whole and on one line.
 */
import { Box, type Key, Text, Transform, useInput, usePaste } from 'ink';
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
  // Characters behind its cursor: moved past an end, it would mix up what is typed next.
  const behind = useRef(0);
  const restart = () => {
    behind.current = 0;
    setBirth((former) => former + 1);
  };
  const typed = useRef(value);
  const given = useRef(0);
  if (typed.current !== value) {
    typed.current = value;
    given.current++;
    behind.current = 0;
  }
  const change = (next: string) => {
    if (isControl.current) return restart();
    // Keys come faster than screens are drawn: this one was pressed on a value that is no longer the newest.
    typed.current = replayed(typed.current, value, next).replace(controlCharacters, '');
    onChange(typed.current);
    if (typed.current !== next) restart();
  };
  usePaste(
    (text) => {
      const lines = linesOf(text);
      typed.current += joined(lines);
      onChange(typed.current);
      restart();
      if (lines.length > 1) onJoined?.(lines.length);
    },
    { isActive: focus },
  );
  return (
    <Box width={cells} height={1} overflow="hidden">
      <ControlKeys
        isActive={focus}
        onKey={(input, key) => {
          isControl.current = (key.ctrl || key.meta) && input !== '';
          if (isControl.current && input === 'u') onChange('');
          behind.current += ui.color ? Number(key.leftArrow) - Number(key.rightArrow) : 0;
          if (key.end || behind.current < 0 || behind.current > typed.current.length) restart();
        }}
      />
      <Text wrap="truncate">
        <Transform
          transform={(drawn) => (ui.color ? windowOf(drawn, cells) : caretAfter(value, drawn, cells))}
        >
          <TextInput
            key={`${birth} ${given.current}`}
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

/** What an edit that led from `former` to `next` makes of the newest text, seen from the end as typing is. */
export function replayed(newest: string, former: string, next: string): string {
  if (newest === former) return next;
  const most = Math.min(former.length, next.length);
  let end = 0;
  while (end < most && former.at(-1 - end) === next.at(-1 - end)) end++;
  let start = 0;
  while (start < most - end && former[start] === next[start]) start++;
  const added = next.slice(start, next.length - end);
  const removed = former.length - start - end;
  const at = newest.length - end;
  return newest.slice(0, Math.max(0, at - removed)) + added + newest.slice(at);
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
  readonly onKey: (input: string, key: Key) => void;
}

/** Hears each key before the input beside it does: effects run in order. Draws nothing. */
function ControlKeys({ isActive, onKey }: ControlKeysProps): ReactElement | null {
  useInput(onKey, { isActive });
  return null;
}
