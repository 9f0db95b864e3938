/** What every part of a screen may know: language, size, signs, and how to leave. */
import { createContext, use } from 'react';
import { toAscii } from '../../src/i18n/ascii.ts';
import { type Words, words } from '../../src/i18n/index.ts';
import { type Desk, type Lang, oneLine, type Text } from '../../src/run/protocol.ts';
import type { Memory } from '../memory.ts';
import type { KeySet } from './keys.ts';
import { type Signs, signsFor } from './signs.ts';

export interface Ui {
  readonly lang: Lang;
  readonly words: Words;
  readonly signs: Signs;
  readonly ascii: boolean;
  readonly color: boolean;
  readonly columns: number;
  readonly rows: number;
  /** Keys go to the screen (no help or menu lies over it). */
  readonly active: boolean;
  readonly host: string;
  /** A guide's sentence in the chosen language. */
  say(text: Text): string;
  now(): number;
  /** Clipboard, files, logs, and the terminal lent to another program. */
  readonly desk: Desk;
  /** What outlives a loan of the terminal. */
  readonly memory: Memory;
  switchLanguage(): void;
  /** Opens the help for a set of keys. */
  help(set: KeySet): void;
  /** Lays the whole output of a step over the screen, or takes it away. */
  readOutput(isReading: boolean): void;
  /** Asks whether to stop, or leaves at once where nothing is at stake. */
  askLeave(): void;
  leave(exit: number): void;
}

const UiContext = createContext<Ui | null>(null);
export const UiProvider = UiContext.Provider;

export function useUi(): Ui {
  const ui = use(UiContext);
  if (!ui) throw new Error('a part of a screen outside of a screen');
  return ui;
}

/** Words, signs and sentences for a language and a terminal. */
export function speech(lang: Lang, ascii: boolean): Pick<Ui, 'lang' | 'words' | 'signs' | 'ascii' | 'say'> {
  return {
    lang,
    ascii,
    words: words(lang, ascii),
    signs: signsFor(ascii),
    say: (text) => (ascii ? toAscii(oneLine(text[lang])) : oneLine(text[lang])),
  };
}
