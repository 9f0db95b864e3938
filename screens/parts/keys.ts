/** One table of named commands per screen; the footer and the help are made from it. */
import type { Key } from 'ink';
import type { Words } from '../../src/i18n/index.ts';
import type { Signs } from './signs.ts';
import { width } from './width.ts';

export interface Binding {
  readonly command: string;
  /** Normalised names: `up`, `enter`, `ctrl-r`, or the character itself. */
  readonly press: readonly string[];
  /** How the footer writes it: a name, a sign or the character; default is the first of `press`. */
  readonly shown?: string;
  readonly label: keyof Words['keys']['commands'];
  /** Only in the help. */
  readonly quiet?: boolean;
}

const help = { command: 'help', press: ['?', 'ctrl-o'], label: 'help' } as const;
const language = { command: 'language', press: ['l', 'ctrl-l'], label: 'language' } as const;
const choose = { command: 'choose', press: [], shown: 'upDown', label: 'choose' } as const;

/** What `ink-select-input` does by itself is listed with no `press`: for the footer and the help only. */
export const keyTable = {
  home: [
    choose,
    { command: 'open', press: [], shown: 'enter', label: 'open' },
    { command: 'accounts', press: ['u'], label: 'accounts' },
    language,
    { command: 'quit', press: ['q', 'escape'], label: 'quit' },
    help,
  ],
  installed: [
    choose,
    { command: 'validate', press: [], shown: 'enter', label: 'validate' },
    { command: 'accounts', press: ['u'], label: 'accounts' },
    { command: 'back', press: ['escape'], label: 'back' },
    { command: 'quit', press: ['q'], label: 'quit' },
    { ...language, quiet: true },
    help,
  ],
  accounts: [
    { command: 'up', press: ['up', 'k'], shown: 'upDown', label: 'choose' },
    { command: 'down', press: ['down', 'j'], shown: 'upDown', label: 'choose', quiet: true },
    { command: 'add', press: ['a'], label: 'add' },
    { command: 'password', press: ['p', 'enter'], label: 'password' },
    { command: 'remove', press: ['d', 'delete'], label: 'delete' },
    { command: 'back', press: ['escape'], label: 'back' },
    { command: 'quit', press: ['q'], label: 'quit' },
    { ...language, quiet: true },
    help,
  ],
  menu: [
    choose,
    { command: 'validate', press: [], shown: 'enter', label: 'validate' },
    { command: 'back', press: ['escape'], label: 'back' },
  ],
  choices: [
    choose,
    { command: 'validate', press: [], shown: 'enter', label: 'validate' },
    { command: 'back', press: ['escape'], label: 'back' },
    { command: 'quit', press: ['q'], label: 'quit' },
    { ...language, quiet: true },
    help,
  ],
  trial: [
    // None of these does anything on the screen before: no key meant for that one keeps or undoes a change.
    { command: 'keep', press: ['c', 'C'], label: 'keep' },
    { command: 'undo', press: ['n', 'N'], label: 'undo' },
    { command: 'quit', press: ['q', 'escape'], label: 'quit' },
    { ...language, quiet: true },
    help,
  ],
  conflict: [
    choose,
    { command: 'validate', press: [], shown: 'enter', label: 'validate' },
    { command: 'pageUp', press: ['pageup'], label: 'page', quiet: true },
    { command: 'pageDown', press: ['pagedown', ' '], label: 'page', quiet: true },
    { command: 'back', press: ['escape'], label: 'back' },
    { command: 'quit', press: ['q'], label: 'quit' },
    { ...language, quiet: true },
    help,
  ],
  questions: [
    { command: 'validate', press: ['enter'], label: 'validate' },
    { command: 'topics', press: ['escape'], label: 'topics' },
    { command: 'left', press: ['left'], shown: 'leftRight', label: 'options' },
    { command: 'right', press: ['right'], shown: 'leftRight', label: 'options', quiet: true },
    { command: 'reveal', press: ['ctrl-r'], shown: 'F3 ^R', label: 'reveal' },
    { command: 'generate', press: ['ctrl-g'], shown: 'F4 ^G', label: 'generate' },
    { command: 'editor', press: ['ctrl-x'], shown: 'F5 ^X', label: 'editor' },
    { command: 'next', press: ['tab', 'down'], label: 'next' },
    { command: 'previous', press: ['shift-tab', 'up'], label: 'previous' },
    { command: 'language', press: ['ctrl-l'], shown: 'F2 ^L', label: 'language', quiet: true },
    { command: 'help', press: ['ctrl-o'], shown: 'F1', label: 'help' },
  ],
  list: [
    { command: 'up', press: ['up', 'k'], shown: 'upDown', label: 'move', quiet: true },
    { command: 'down', press: ['down', 'j'], shown: 'upDown', label: 'move', quiet: true },
    { command: 'left', press: ['left', 'shift-tab'], shown: 'leftRight', label: 'move', quiet: true },
    { command: 'right', press: ['right', 'tab'], shown: 'leftRight', label: 'move', quiet: true },
    { command: 'edit', press: ['enter'], label: 'edit' },
    { command: 'add', press: ['a'], label: 'add' },
    { command: 'remove', press: ['d', 'delete'], label: 'remove' },
    { command: 'reveal', press: ['ctrl-r', 'v'], shown: 'F3 ^R', label: 'reveal' },
    { command: 'generate', press: ['ctrl-g', 'g'], shown: 'F4 ^G', label: 'generate' },
    { command: 'editor', press: ['ctrl-x'], shown: 'F5 ^X', label: 'editor' },
    { command: 'back', press: ['escape'], label: 'back' },
    { ...language, shown: 'F2 ^L', quiet: true },
    { command: 'help', press: ['?', 'ctrl-o'], shown: 'F1', label: 'help' },
  ],
  cell: [
    { command: 'validate', press: ['enter'], label: 'validate' },
    { command: 'next', press: ['tab'], label: 'next' },
    { command: 'previous', press: ['shift-tab'], label: 'previous' },
    { command: 'up', press: ['up'], shown: 'upDown', label: 'move', quiet: true },
    { command: 'down', press: ['down'], shown: 'upDown', label: 'move', quiet: true },
    { command: 'reveal', press: ['ctrl-r'], shown: 'F3 ^R', label: 'reveal' },
    { command: 'cancel', press: ['escape'], label: 'cancel' },
    { command: 'help', press: ['ctrl-o'], shown: 'F1', label: 'help' },
  ],
  field: [
    { command: 'up', press: ['up', 'k'], shown: 'upDown', label: 'scroll' },
    { command: 'down', press: ['down', 'j'], shown: 'upDown', label: 'scroll', quiet: true },
    { command: 'pageUp', press: ['pageup'], label: 'page', quiet: true },
    { command: 'pageDown', press: ['pagedown', ' '], label: 'page', quiet: true },
    { command: 'back', press: ['escape', 'enter', 'q', 'ctrl-o', '?'], label: 'back' },
  ],
  topics: [
    choose,
    { command: 'open', press: [], shown: 'enter', label: 'open' },
    { command: 'back', press: ['escape'], label: 'back' },
    { command: 'quit', press: ['q'], label: 'quit' },
    { ...language, quiet: true },
    help,
  ],
  plan: [
    { command: 'up', press: ['up', 'k'], shown: 'upDown', label: 'move', quiet: true },
    { command: 'down', press: ['down', 'j'], shown: 'upDown', label: 'move', quiet: true },
    { command: 'unfold', press: ['right', ' '], shown: 'leftRight', label: 'unfold' },
    { command: 'fold', press: ['left'], label: 'fold', quiet: true },
    { command: 'pageUp', press: ['pageup'], label: 'page', quiet: true },
    { command: 'pageDown', press: ['pagedown'], label: 'page', quiet: true },
    { command: 'first', press: ['home'], label: 'ends', quiet: true },
    { command: 'last', press: ['end'], label: 'ends', quiet: true },
    { command: 'unfoldAll', press: ['+'], label: 'foldAll', quiet: true },
    { command: 'foldAll', press: ['-'], label: 'foldAll', quiet: true },
    { command: 'findNext', press: ['n'], label: 'findNext' },
    { command: 'findPrevious', press: ['N'], label: 'findPrevious', quiet: true },
    { command: 'endFind', press: [], shown: 'escape', label: 'endFind' },
    { command: 'consent', press: ['enter'], label: 'consent' },
    { command: 'correct', press: ['escape'], label: 'correct' },
    { command: 'find', press: ['/'], label: 'find' },
    { command: 'errata', press: ['e'], label: 'errata' },
    { command: 'save', press: ['s'], label: 'save' },
    { command: 'filter', press: ['a'], label: 'filter' },
    { command: 'quit', press: ['q'], label: 'quit' },
    { ...language, quiet: true },
    help,
  ],
  errata: [
    { command: 'up', press: ['up', 'k'], shown: 'upDown', label: 'scroll' },
    { command: 'down', press: ['down', 'j'], shown: 'upDown', label: 'scroll', quiet: true },
    { command: 'pageUp', press: ['pageup'], label: 'page', quiet: true },
    { command: 'pageDown', press: ['pagedown'], label: 'page', quiet: true },
    { command: 'back', press: ['escape', 'e', 'enter', 'q'], label: 'back' },
  ],
  confirm: [
    { command: 'yes', press: ['y', 'o', 'Y', 'O'], shown: 'yes', label: 'yes' },
    { command: 'no', press: ['n', 'N', 'escape', 'q'], shown: 'no', label: 'no' },
  ],
  run: [
    { command: 'up', press: ['up', 'k'], shown: 'upDown', label: 'scroll' },
    { command: 'down', press: ['down'], shown: 'upDown', label: 'scroll', quiet: true },
    { command: 'pageUp', press: ['pageup'], label: 'page', quiet: true },
    { command: 'pageDown', press: ['pagedown'], label: 'page', quiet: true },
    { command: 'first', press: ['home'], label: 'ends', quiet: true },
    { command: 'follow', press: ['end'], label: 'follow', quiet: true },
    { command: 'output', press: ['o'], label: 'output' },
    { command: 'stop', press: ['p'], label: 'stop' },
    { command: 'leave', press: ['q'], shown: 'ctrl-c', label: 'leave' },
    { ...language, quiet: true },
    help,
  ],
  planning: [
    { command: 'leave', press: ['q'], shown: 'ctrl-c', label: 'leave' },
    { ...language, quiet: true },
    help,
  ],
  log: [
    { command: 'up', press: ['up', 'k'], shown: 'upDown', label: 'scroll' },
    { command: 'down', press: ['down', 'j'], shown: 'upDown', label: 'scroll', quiet: true },
    { command: 'pageUp', press: ['pageup'], label: 'page', quiet: true },
    { command: 'pageDown', press: ['pagedown', ' '], label: 'page', quiet: true },
    { command: 'first', press: ['home', 'g'], label: 'ends', quiet: true },
    { command: 'follow', press: ['end', 'G'], label: 'follow' },
    { command: 'find', press: ['/'], label: 'find' },
    { command: 'findNext', press: ['n'], label: 'findNext', quiet: true },
    { command: 'findPrevious', press: ['N'], label: 'findPrevious', quiet: true },
    { command: 'former', press: ['left'], shown: 'leftRight', label: 'otherLog' },
    { command: 'later', press: ['right'], shown: 'leftRight', label: 'otherLog', quiet: true },
    { command: 'copy', press: ['c'], label: 'copy', quiet: true },
    { command: 'back', press: ['escape', 'o', 'q'], label: 'back' },
    { ...language, quiet: true },
    help,
  ],
  failure: [
    choose,
    { command: 'validate', press: [], shown: 'enter', label: 'validate' },
    { command: 'output', press: ['o'], label: 'output' },
    { command: 'copy', press: ['c'], label: 'copy' },
    { command: 'quit', press: ['q'], label: 'quit' },
    { ...language, quiet: true },
    help,
  ],
  input: [
    { command: 'validate', press: [], shown: 'enter', label: 'validate' },
    { command: 'back', press: ['escape'], label: 'back' },
  ],
  checklist: [
    { command: 'up', press: ['up', 'k'], shown: 'upDown', label: 'choose', quiet: true },
    { command: 'down', press: ['down', 'j'], shown: 'upDown', label: 'choose', quiet: true },
    { command: 'pageUp', press: ['pageup'], label: 'page', quiet: true },
    { command: 'pageDown', press: ['pagedown'], label: 'page', quiet: true },
    { command: 'tick', press: [' '], label: 'tick' },
    { command: 'copy', press: ['c'], label: 'copy' },
    {
      command: 'copyNth',
      press: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
      shown: '1-9',
      label: 'copyNth',
      quiet: true,
    },
    { command: 'reveal', press: ['v'], label: 'reveal', quiet: true },
    { command: 'give', press: ['enter'], label: 'give' },
    { command: 'later', press: ['escape'], label: 'later' },
    { command: 'note', press: ['n'], label: 'note' },
    { command: 'look', press: ['r'], label: 'lookAgain', quiet: true },
    { command: 'markdown', press: ['m', 's'], label: 'markdown' },
    { command: 'quit', press: ['q'], label: 'quit', quiet: true },
    { ...language, quiet: true },
    help,
  ],
  finished: [
    { command: 'up', press: ['up', 'k'], shown: 'upDown', label: 'scroll' },
    { command: 'down', press: ['down', 'j'], shown: 'upDown', label: 'scroll', quiet: true },
    { command: 'quit', press: ['enter', 'q', 'escape'], shown: 'enter', label: 'quit' },
    { command: 'output', press: ['o'], label: 'output' },
    { command: 'copy', press: ['c'], label: 'copy' },
    language,
    help,
  ],
} as const satisfies Record<string, readonly Binding[]>;

export type KeySet = keyof typeof keyTable;
/** Commands of a screen that it has to answer itself. */
export type CommandOf<S extends KeySet> = Exclude<
  (typeof keyTable)[S][number],
  { press: readonly [] }
>['command'];

/** The name of a key: `up`, `shift-tab`, `ctrl-r`, or the character. */
export function keyName(input: string, key: Key): string {
  if (key.return || input === '\n' || input === '\r') return 'enter';
  if (key.tab) return key.shift ? 'shift-tab' : 'tab';
  if (key.ctrl) return `ctrl-${input}`;
  const named = Object.entries(namedKeys).find(([flag]) => key[flag as keyof typeof namedKeys]);
  return named ? named[1] : input;
}

const namedKeys = {
  upArrow: 'up',
  downArrow: 'down',
  leftArrow: 'left',
  rightArrow: 'right',
  pageUp: 'pageup',
  pageDown: 'pagedown',
  home: 'home',
  end: 'end',
  escape: 'escape',
  backspace: 'backspace',
  delete: 'delete',
} as const;

/** How a key is written for a person. */
export function keyShown(binding: Binding, words: Words, signs: Signs): string {
  const name = binding.shown ?? binding.press[0] ?? '';
  if (name === 'upDown' || name === 'leftRight') return signs[name];
  if (name === ' ') return words.keys.names.space;
  const named = Object.entries(words.keys.names).find(([key]) => key === name);
  return named ? named[1] : (arrows(signs)[name] ?? name);
}

function arrows(signs: Signs): Readonly<Record<string, string>> {
  const [left, right] = pair(signs.leftRight);
  const [up, down] = pair(signs.upDown);
  return { left, right, up, down };
}

function pair(both: string): [string, string] {
  const parts = both.includes('/') ? both.split('/') : [...both];
  return [parts[0] ?? '', parts[1] ?? ''];
}

export interface Hint {
  readonly key: string;
  readonly label: string;
}

/** Hints that fit on one line; the last one (help) always stays. */
export function hintsThatFit(hints: readonly Hint[], cells: number): Hint[] {
  const cost = (hint: Hint) => width(hint.key) + width(hint.label) + 3;
  const last = hints.at(-1);
  if (!last) return [];
  let room = cells - cost(last);
  const kept: Hint[] = [];
  for (const hint of hints.slice(0, -1)) {
    if (cost(hint) > room) continue;
    kept.push(hint);
    room -= cost(hint);
  }
  return [...kept, last];
}

/** The line of keys of a screen, without the commands that do nothing now. */
export function hintsOf(set: KeySet, words: Words, signs: Signs, without: readonly string[] = []): Hint[] {
  const bindings: readonly Binding[] = keyTable[set];
  return bindings
    .filter(({ quiet, command }) => !quiet && !without.includes(command))
    .map((binding) => ({ key: keyShown(binding, words, signs), label: words.keys.commands[binding.label] }));
}
