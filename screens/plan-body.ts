/** An unfolded step: the guide's own words, what will be done, and why it differs. */
import { lineRanges } from '../src/i18n/index.ts';
import type { PlanStep } from '../src/run/protocol.ts';
import { type Line, lineWidth, span, within } from './parts/line.ts';
import {
  indented,
  type Path,
  partLines,
  roomOf,
  type Shown,
  type Speech,
  type TreeLine,
} from './plan-line.ts';
import { operationLines } from './plan-operation.ts';

const aboutIndent = 6;
/** From so many columns on, the guide's words stand beside what will be done. */
const wideFrom = 110;
const columnGap = 3;

export function bodyLines(step: PlanStep, path: Path, shown: Shown, speech: Speech): TreeLine[] {
  const operations = (how: Speech) =>
    step.operations.flatMap((one) => operationLines(step, one, path, shown, how));
  if (speech.columns < wideFrom) {
    return [
      ...guideLines(step, path, aboutIndent, speech),
      ...operations(speech),
      ...errataLines(step, path, aboutIndent, speech),
    ];
  }
  const room = roomOf(speech);
  const left = Math.floor(room * 0.6);
  const ofWidth = (cells: number): Speech => ({ ...speech, columns: speech.columns - room + cells });
  const beside = ofWidth(room - left - columnGap);
  const about = [...guideLines(step, path, 0, beside), ...errataLines(step, path, 0, beside)];
  return columns(operations(ofWidth(left)), about, left, speech);
}

function guideLines(step: PlanStep, path: Path, indent: number, speech: Speech): TreeLine[] {
  const says = step.says ? speech.words.plan.guideSays(lineRanges(step.source), step.says) : '';
  const why = step.why ? speech.say(step.why) : '';
  return [
    ...(says ? partLines(path, 'says', says, indented(says, indent, 'plain', speech)) : []),
    ...(why ? partLines(path, 'why', why, indented(why, indent, 'past', speech)) : []),
  ];
}

function errataLines(step: PlanStep, path: Path, indent: number, speech: Speech): TreeLine[] {
  return step.errata.flatMap((one) =>
    partLines(
      path,
      `erratum ${one.id}`,
      `${speech.say(one.says)} ${speech.say(one.does)}`,
      erratumLines(one, indent, speech),
    ),
  );
}

/** What the guide says, and what the wizard does instead. */
export function erratumLines(
  { says, does }: PlanStep['errata'][number],
  indent: number,
  speech: Speech,
): Line[] {
  const { words, signs } = speech;
  return [
    ...indented(`${signs.differs} ${words.plan.erratumSays} ${speech.say(says)}`, indent, 'waits', speech),
    ...indented(`${words.plan.erratumDoes} ${speech.say(does)}`, indent + 2, 'plain', speech),
  ];
}

/** Two lists of lines beside each other; the cursor goes by the left one as long as it has lines. */
function columns(
  left: readonly TreeLine[],
  right: readonly TreeLine[],
  cells: number,
  { signs }: Speech,
): TreeLine[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index): TreeLine => {
    const [one, other] = [left[index], right[index]];
    const kept = within(one?.line ?? [], cells, signs.more);
    const gap = ' '.repeat(cells - lineWidth(kept));
    return {
      ids: [...(one?.ids ?? []), ...(other?.ids ?? [])],
      path: one?.path ?? other?.path ?? [],
      isHead: one?.isHead ?? false,
      text: '',
      line: [...kept, span(`${gap} ${signs.bar} `, 'past'), ...(other?.line ?? [])],
    };
  });
}
