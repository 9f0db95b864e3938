/** The plan as lines: chapters with their counts, in them steps, as far as they are unfolded. */
import { lineRanges } from '../src/i18n/index.ts';
import { type Counts, countChanges, countsText } from '../src/i18n/plan-text.ts';
import type { ChangeWord, Plan, PlanStep } from '../src/run/protocol.ts';
import { type Line, span, spread } from './parts/line.ts';
import { bodyLines } from './plan-body.ts';
import { indented, partLines, roomOf, type Shown, type Speech, type TreeLine } from './plan-line.ts';
import { signOf } from './plan-operation.ts';

/** In fewer columns titles need the room. */
const narrowBelow = 80;

/** The whole tree, as far as it is unfolded. */
export function treeLines(plan: Plan, shown: Shown, speech: Speech): TreeLine[] {
  const chapters = [...Map.groupBy(plan.steps, chapterNode)];
  return chapters.flatMap(([node, all]) => {
    const steps = shown.onlyChanges ? all.filter(isToDo) : all;
    return steps.length === 0 ? [] : chapterLines(node, steps, shown, speech);
  });
}

/** Everything there is to unfold. */
export function allNodes(plan: Plan, speech: Speech): Set<string> {
  const all = treeLines(plan, { unfolded: { has: () => true }, onlyChanges: false }, speech);
  return new Set(all.flatMap(({ path }) => path));
}

/** The node of a step's chapter. */
export function chapterNode({ chapter }: PlanStep): string {
  return `chapter ${chapter.en}`;
}

function isToDo({ operations }: PlanStep): boolean {
  return operations.some(({ change }) => change !== 'none');
}

function chapterLines(node: string, steps: readonly PlanStep[], shown: Shown, speech: Speech): TreeLine[] {
  const { signs } = speech;
  const isOpen = shown.unfolded.has(node);
  const title = steps[0] ? speech.say(steps[0].chapter) : '';
  const head: Line = [span(`${isOpen ? signs.unfolded : signs.folded} `, 'past'), span(title, 'plain', true)];
  const drawn = spread(head, chapterRight(steps, speech), roomOf(speech), signs.more);
  return [
    ...partLines([node], 'title', title, [drawn], true),
    ...(isOpen ? steps.flatMap((step) => stepLines(step, [node], shown, speech)) : []),
  ];
}

function chapterRight(steps: readonly PlanStep[], { words, signs }: Speech): Line {
  const counts = countChanges(steps);
  const errata = new Set(steps.flatMap((step) => step.errata.map(({ id }) => id))).size;
  const again = steps.filter(({ reopened }) => reopened).length;
  const isFinal = steps.some(({ operations }) => operations.some(({ irreversible }) => irreversible));
  const said = isToDoAnywhere(counts)
    ? countsText(counts, words, signs.between, ['none'])
    : `${signs.done} ${words.plan.already}`;
  return [
    ...(isFinal ? [span(`${words.plan.irreversibleShort}  `, 'waits')] : []),
    ...(again > 0 ? [span(`${signs.again} ${again}  `, 'waits')] : []),
    ...(errata > 0 ? [span(`${signs.differs} ${errata}  `, 'waits')] : []),
    span(said, 'past'),
  ];
}

function isToDoAnywhere({ none: _, ...rest }: Counts): boolean {
  return Object.values(rest).some((count) => count > 0);
}

function stepLines(step: PlanStep, above: readonly string[], shown: Shown, speech: Speech): TreeLine[] {
  const path = [...above, `step ${step.id}`];
  const { signs, words } = speech;
  const isOpen = shown.unfolded.has(`step ${step.id}`);
  const [sign, tone] = step.reopened ? [signs.again, 'waits' as const] : signOf(changeOf(step), speech);
  const title = speech.say(step.title);
  const head: Line = [
    span(`  ${isOpen ? signs.unfolded : signs.folded} `, 'past'),
    span(`${sign} `, tone),
    span(title, tone === 'done' ? 'past' : 'plain'),
  ];
  const drawn = spread(head, stepRight(step, speech), roomOf(speech), signs.more);
  const again = step.reopened ? words.plan.reopened : '';
  return [
    ...partLines(path, 'title', `${title} ${step.id}`, [drawn], true),
    ...partLines(path, 'again', again, again === '' ? [] : indented(again, 6, 'waits', speech)),
    ...irreversibleLines(step, path, speech),
    ...(isOpen ? bodyLines(step, path, shown, speech) : []),
  ];
}

function stepRight(step: PlanStep, speech: Speech): Line {
  const { signs, words } = speech;
  const counts =
    step.operations.length === 1 ? '' : countsText(countChanges([step]), words, speech.signs.between);
  const isNarrow = speech.columns < narrowBelow;
  const source = step.source.length > 0 && !isNarrow ? words.common.guideShort(lineRanges(step.source)) : '';
  return [
    ...(step.errata.length > 0 ? [span(`${signs.differs} ${words.plan.differs}  `, 'waits')] : []),
    span([counts, source].filter(Boolean).join('  '), 'past'),
  ];
}

/** The change that says most about a step. */
function changeOf({ operations }: PlanStep): ChangeWord {
  const order: readonly ChangeWord[] = ['change', 'undo', 'person', 'unknown'];
  return order.find((word) => operations.some(({ change }) => change === word)) ?? 'none';
}

/** What cannot be taken back is never folded away. */
function irreversibleLines(step: PlanStep, path: readonly string[], speech: Speech): TreeLine[] {
  const { plan, common } = speech.words;
  return step.operations.flatMap(({ key, irreversible }) => {
    if (!irreversible) return [];
    const text = common.pair(plan.irreversible, speech.say(irreversible));
    return partLines(path, `irreversible ${key}`, text, indented(text, 8, 'waits', speech));
  });
}
