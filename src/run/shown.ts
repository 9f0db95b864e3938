/**
 * What a person is shown of a program's output: harmless to any terminal, and of a size that does not grow.
 *
 * 1. Nothing that a terminal obeys is left but line ends, carriage returns and backspaces; `addOutput` plays these.
 * 2. All of it is linear in the length of the text, whatever the text is.
 *
 * Proven by test/run/shown.test.ts.
 */

/** Lines of the current step that a view keeps; the whole output is in the step's log. */
export const keptLines = 500;
/** Characters of a line that are kept. */
const keptOfLine = 2000;

const body = '[^\\u0007\\n\\u001b\\u0090\\u0098\\u009c-\\u009f]*';
/** OSC, DCS, SOS, PM and APC carry text; without an end they reach to the end of their line at most. */
const string = `(?:\\u001b[\\]PX^_]|[\\u0090\\u0098\\u009d-\\u009f])${body}`;
const csi = '(?:\\u001b\\[|\\u009b)[0-?]*[ -/]*';
const other = '\\u001b[ -/]*';
/** Format characters (Cf) are those that nobody sees: zero width, other direction, tags. */
const lone = '[\\u0000-\\u0007\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\p{Cf}]';

const obeyed = new RegExp(
  `${string}(?:\\u0007|\\u001b\\\\|\\u009c)?|${csi}[@-~]?|${other}[0-~]?|${lone}`,
  'gu',
);
const unfinished = new RegExp(`(?:${string}\\u001b?|${csi}|${other}|[\\r\\u0008]+)$`, 'u');
/** A sequence that is longer than this is not waited for. */
const longestSequence = 1000;

/** The text without what a terminal would obey. Line ends, carriage returns and backspaces stay. */
export function harmless(text: string): string {
  return text.replace(obeyed, '').replaceAll('\t', '    ');
}

/** For a line that only moves on: nothing in it goes back over what stands there. */
export function printed(text: string): string {
  return harmless(text).replace(/[\r\b\u2028\u2029]/g, '');
}

/** A value among words: one line, whatever was in it. */
export function oneLine(text: string): string {
  return harmless(text)
    .replaceAll('\b', '')
    .replace(/\r?\n|[\r\u2028\u2029]/g, ' ⏎ ');
}

/** Cuts off what may only be understood together with what comes next. */
export function splitUnfinished(text: string): [whole: string, rest: string] {
  const rest = unfinished.exec(text.slice(-longestSequence))?.[0] ?? '';
  return [text.slice(0, text.length - rest.length), rest];
}

/** Appends output to the ring; carriage returns and backspaces do what they do on a terminal. */
export function addOutput(lines: readonly string[], text: string): readonly string[] {
  const fresh = ((lines.at(-1) ?? '') + text).split('\n');
  const open = fresh.pop() ?? '';
  const ended = fresh.slice(1 - keptLines).map((line) => played(line));
  const room = keptLines - 1 - ended.length;
  return [...(room > 0 ? lines.slice(0, -1).slice(-room) : []), ...ended, played(open, true)];
}

/** The last lines of a text that stands alone. */
export function shownLines(text: string): readonly string[] {
  return addOutput([], harmless(text).trimEnd());
}

/** A return at the end is a part of the line's end, or begins the line again once something follows (`isOpen`). */
function played(line: string, isOpen = false): string {
  let end = line.length;
  while (line[end - 1] === '\r') end--;
  const text = overstruck(line.slice(line.lastIndexOf('\r', end - 1) + 1, end));
  const kept = text.length > keptOfLine ? `${text.slice(0, keptOfLine).toWellFormed()}…` : text;
  return isOpen && end < line.length ? `${kept}\r` : kept;
}

function overstruck(line: string): string {
  if (!line.includes('\b')) return line;
  const left: string[] = [];
  for (const character of line) {
    if (character === '\b') left.pop();
    else left.push(character);
  }
  return left.join('');
}
