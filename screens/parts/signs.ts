/** Signs that read without colour; a second set for terminals without Unicode. */

const unicode = {
  done: '✔',
  running: '▸',
  toCome: '·',
  byHand: '☐',
  byHandDone: '☑',
  failed: '✖',
  skipped: '–',
  differs: '≠',
  undone: '↶',
  again: '↻',
  unknown: '?',
  cursor: '❯',
  folded: '▹',
  unfolded: '▿',
  path: '›',
  between: '·',
  rule: '─',
  bar: '│',
  filled: '█',
  unfilled: '░',
  more: '…',
  bullet: '•',
  upDown: '↑↓',
  leftRight: '←→',
};

/** The set of signs of a screen. */
export type Signs = Readonly<Record<keyof typeof unicode, string>>;

const ascii: Signs = {
  done: '+',
  running: '>',
  toCome: '.',
  byHand: '[ ]',
  byHandDone: '[x]',
  failed: 'x',
  skipped: '-',
  differs: '!',
  undone: '<',
  again: '~',
  unknown: '?',
  cursor: '*',
  folded: '+',
  unfolded: '-',
  path: '>',
  between: '-',
  rule: '-',
  bar: '|',
  filled: '#',
  unfilled: '.',
  more: '...',
  bullet: '*',
  upDown: 'Up/Down',
  leftRight: 'Left/Right',
};

export function signsFor(isAscii: boolean): Signs {
  return isAscii ? ascii : unicode;
}
