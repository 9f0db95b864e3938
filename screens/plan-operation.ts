/** One operation of a plan: its title, and unfolded its commands and differences, readable without colour. */
import { quoted } from '../src/i18n/index.ts';
import type { ChangeWord, PlanOperation, PlanStep } from '../src/run/protocol.ts';
import { type Line, line, span, spread, type Tone } from './parts/line.ts';
import { chop, clean } from './parts/width.ts';
import {
  indented,
  type Path,
  partLines,
  roomOf,
  type Shown,
  type Speech,
  type TreeLine,
} from './plan-line.ts';

const detailIndent = 8;
/** Lines of a difference that are seen at once; the rest is folded, unless it is not worth a fold. */
const diffShown = 12;
const diffSpared = 3;

/** The only operation of a step has no fold of its own. */
export function operationLines(
  step: PlanStep,
  operation: PlanOperation,
  above: Path,
  shown: Shown,
  speech: Speech,
): TreeLine[] {
  const isOne = step.operations.length === 1;
  const node = `operation ${step.id} ${operation.key}`;
  const path = isOne ? above : [...above, node];
  const isOpen = isOne || shown.unfolded.has(node);
  const { signs } = speech;
  const [sign, tone] = signOf(operation.change, speech);
  const fold = isOne ? ' ' : isOpen ? signs.unfolded : signs.folded;
  const title = speech.say(operation.title);
  const head: Line = [span(`    ${fold} `, 'past'), span(`${sign} `, tone), span(title)];
  const drawn = spread(head, line(stateOf(operation, speech), 'past'), roomOf(speech), signs.more);
  return [
    ...partLines(path, 'operation', `${title} ${operation.key}`, [drawn], !isOne),
    ...(isOpen ? detailLines(operation, path, shown, speech) : []),
  ];
}

/** What the sign of an operation says, and in which tone. */
export function signOf(change: ChangeWord, { signs }: Speech): [string, Tone] {
  const all: Readonly<Record<ChangeWord, [string, Tone]>> = {
    none: [signs.done, 'done'],
    change: [signs.toCome, 'plain'],
    undo: [signs.undone, 'plain'],
    person: [signs.byHand, 'waits'],
    unknown: [signs.unknown, 'waits'],
  };
  return all[change];
}

function stateOf({ change, kind }: PlanOperation, { words }: Speech): string {
  const { already, undo, byHand, unknown, toCheck } = words.plan;
  return { none: already, change: kind === 'check' ? toCheck : '', undo, person: byHand, unknown }[change];
}

function detailLines(operation: PlanOperation, path: Path, shown: Shown, speech: Speech): TreeLine[] {
  const { key, reason, commands, circumstances = [] } = operation;
  const why = reason ? `${speech.words.plan.reason} ${speech.say(reason)}` : '';
  // `file:/etc/x#part`: the title names the file and the part.
  const [place = ''] = key.slice(key.indexOf(':') + 1).split('#');
  const isKeyNews = !speech.say(operation.title).includes(place);
  return [
    ...(isKeyNews ? partLines(path, 'key', '', indented(key, detailIndent, 'past', speech)) : []),
    ...(reason ? partLines(path, 'reason', why, indented(why, detailIndent, 'past', speech)) : []),
    ...commands.flatMap((argv, index) => commandLines(argv, path, index, speech)),
    ...circumstances.flatMap((one, index) => circumstanceLines(speech.say(one), path, index, speech)),
    ...diffLines(operation, path, shown, speech),
  ];
}

function circumstanceLines(text: string, path: Path, index: number, speech: Speech): TreeLine[] {
  return partLines(path, `circumstance ${index}`, text, indented(text, detailIndent, 'past', speech));
}

function commandLines(argv: readonly string[], path: Path, index: number, speech: Speech): TreeLine[] {
  const text = `$ ${argv.map(quoted).join(' ')}`;
  const pieces = text.split('\n').flatMap((one) => chop(clean(one), roomOf(speech) - detailIndent));
  const drawn = pieces.map((one) => line(' '.repeat(detailIndent) + one));
  return partLines(path, `command ${index}`, text, drawn);
}

/** The first lines, then a fold with the rest. */
function diffLines(operation: PlanOperation, path: Path, shown: Shown, speech: Speech): TreeLine[] {
  const lines = operation.diff === '' ? [] : operation.diff.trimEnd().split('\n');
  if (lines.length <= diffShown + diffSpared) {
    return lines.flatMap((text, index) => diffLine(text, path, index, speech));
  }
  const node = `diff ${path.at(-1) ?? ''} ${operation.key}`;
  const under = [...path, node];
  const first = lines.slice(0, diffShown).flatMap((text, index) => diffLine(text, path, index, speech));
  const rest = lines.slice(diffShown);
  if (shown.unfolded.has(node)) {
    const all = rest.flatMap((text, index) => diffLine(text, under, index, speech));
    return [...first, ...all.map((one, index) => ({ ...one, isHead: index === 0 }))];
  }
  const more = `${speech.signs.folded} ${speech.words.plan.restOfDiff(rest.length)}`;
  return [...first, ...partLines(under, 'more', '', indented(more, detailIndent, 'past', speech), true)];
}

/** The sign stands first on each row, also where a line is longer than the row. */
function diffLine(raw: string, path: Path, index: number, speech: Speech): TreeLine[] {
  const text = clean(raw);
  const sign = /^[-+ ]/.test(text) ? text.slice(0, 1) : '';
  const more = sign + speech.signs.more;
  const room = roomOf(speech) - detailIndent;
  const [first = '', ...rest] = chop(text, room);
  const following = rest.length === 0 ? [] : chop(rest.join(''), room - more.length).map((one) => more + one);
  const tone = /^(---|\+\+\+) /.test(text) && index < 2 ? 'past' : diffTone(sign);
  const drawn = [first, ...following].map((one) => line(' '.repeat(detailIndent) + one, tone));
  return partLines(path, `diff ${index}`, text, drawn);
}

function diffTone(sign: string): Tone {
  if (sign === '+') return 'done';
  return sign === '-' ? 'failed' : 'past';
}
