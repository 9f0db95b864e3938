/** The plan as lines: chapters, in them steps, in them operations with commands and differences. */
import { lineRanges } from '../src/i18n/index.ts';
import type { ChangeWord, Plan, PlanOperation, PlanStep } from '../src/run/protocol.ts';
import { type Line, line, span, spread, type Tone } from './parts/line.ts';
import type { Ui } from './parts/ui.ts';
import { chop, clean, wrap } from './parts/width.ts';

type Speech = Pick<Ui, 'lang' | 'words' | 'signs' | 'ascii' | 'say' | 'columns'>;

/** A line, and the node that unfolds or folds when the cursor is on it. */
export interface TreeLine {
  readonly node: string;
  readonly isHead: boolean;
  readonly line: Line;
}

export interface Shown {
  readonly unfolded: ReadonlySet<string>;
  readonly onlyChanges: boolean;
}

export type Counts = Readonly<Record<ChangeWord, number>>;

/** How many operations there are of each kind of change. */
export function countChanges(steps: readonly PlanStep[]): Counts {
  const counts = { none: 0, change: 0, undo: 0, person: 0, unknown: 0 };
  for (const { change } of steps.flatMap(({ operations }) => operations)) counts[change]++;
  return counts;
}

/** `12 changes · 3 already done · 6 by hand`. */
export function countsText(counts: Counts, speech: Speech, without: readonly ChangeWord[] = []): string {
  const order: readonly ChangeWord[] = ['change', 'undo', 'none', 'person', 'unknown'];
  return order
    .filter((word) => counts[word] > 0 && !without.includes(word))
    .map((word) => speech.words.plan.counts[word](counts[word]))
    .join(` ${speech.signs.between} `);
}

/** The whole tree, as far as it is unfolded. */
export function treeLines(plan: Plan, shown: Shown, speech: Speech): TreeLine[] {
  const chapters = [...Map.groupBy(plan.steps, ({ chapter }) => chapter.en)];
  return chapters.flatMap(([id, all]) => {
    const steps = shown.onlyChanges ? all.filter(isToDo) : all;
    return steps.length === 0 ? [] : chapterLines(`chapter ${id}`, steps, shown, speech);
  });
}

function isToDo({ operations }: PlanStep): boolean {
  return operations.some(({ change }) => change !== 'none');
}

/** Nodes of the chapters: unfolded at the beginning when all of them fit. */
export function chapterNodes(plan: Plan): string[] {
  return [...new Set(plan.steps.map(({ chapter }) => `chapter ${chapter.en}`))];
}

function chapterLines(node: string, steps: readonly PlanStep[], shown: Shown, speech: Speech): TreeLine[] {
  const { words, signs } = speech;
  const isOpen = shown.unfolded.has(node);
  const title = steps[0] ? speech.say(steps[0].chapter) : '';
  const counts = countChanges(steps);
  const errata = new Set(steps.flatMap((step) => step.errata.map(({ id }) => id))).size;
  const isFinal = steps.some(({ operations }) => operations.some(({ irreversible }) => irreversible));
  const said = isToDoAnywhere(counts)
    ? countsText(counts, speech, ['none'])
    : `${signs.done} ${words.plan.already}`;
  const right: Line = [
    ...(isFinal ? [span(`${words.plan.irreversibleShort}  `, 'waits')] : []),
    ...(errata > 0 ? [span(`${signs.differs} ${errata}  `, 'waits')] : []),
    span(said, 'past'),
  ];
  const head: Line = [span(`${isOpen ? signs.unfolded : signs.folded} `, 'past'), span(title, 'plain', true)];
  return [
    { node, isHead: true, line: spread(head, right, speech.columns - 4, signs.more) },
    ...(isOpen ? steps.flatMap((step) => stepLines(step, shown, speech)) : []),
  ];
}

function isToDoAnywhere({ none: _, ...rest }: Counts): boolean {
  return Object.values(rest).some((count) => count > 0);
}

function stepLines(step: PlanStep, shown: Shown, speech: Speech): TreeLine[] {
  const node = `step ${step.id}`;
  const { signs, words } = speech;
  const isOpen = shown.unfolded.has(node);
  const [sign, tone] = signOf(changeOf(step), speech);
  const isOne = step.operations.length === 1;
  const said = isOne ? '' : countsText(countChanges([step]), speech);
  const source = step.source.length > 0 ? words.common.guideShort(lineRanges(step.source)) : '';
  const right: Line = [
    ...(step.errata.length > 0 ? [span(`${signs.differs} ${words.plan.differs}  `, 'waits')] : []),
    span([said, source].filter(Boolean).join('  '), 'past'),
  ];
  const head: Line = [
    span(`  ${isOpen ? signs.unfolded : signs.folded} `, 'past'),
    span(`${sign} `, tone),
    span(speech.say(step.title), tone === 'done' ? 'past' : 'plain'),
  ];
  const body = (lines: readonly Line[]): TreeLine[] =>
    lines.map((one) => ({ node, isHead: false, line: one }));
  return [
    { node, isHead: true, line: spread(head, right, speech.columns - 4, signs.more) },
    ...body(irreversibleLines(step, speech)),
    ...(isOpen ? body(aboutStep(step, speech)) : []),
    ...(isOpen ? step.operations.flatMap((one) => operationLines(step, one, isOne, shown, speech)) : []),
  ];
}

/** The change that says most about a step. */
function changeOf({ operations }: PlanStep): ChangeWord {
  const order: readonly ChangeWord[] = ['change', 'undo', 'person', 'unknown'];
  return order.find((word) => operations.some(({ change }) => change === word)) ?? 'none';
}

function signOf(change: ChangeWord, { signs }: Speech): [string, Tone] {
  const all: Readonly<Record<ChangeWord, [string, Tone]>> = {
    none: [signs.done, 'done'],
    change: [signs.toCome, 'plain'],
    undo: [signs.undone, 'plain'],
    person: [signs.byHand, 'waits'],
    unknown: [signs.unknown, 'waits'],
  };
  return all[change];
}

function irreversibleLines(step: PlanStep, speech: Speech): Line[] {
  const {
    plan,
    common: { pair },
  } = speech.words;
  return step.operations.flatMap(({ irreversible }) =>
    irreversible ? indented(pair(plan.irreversible, speech.say(irreversible)), 8, 'waits', speech) : [],
  );
}

function aboutStep(step: PlanStep, speech: Speech): Line[] {
  const why = step.why ? indented(speech.say(step.why), 6, 'past', speech) : [];
  return [...why, ...step.errata.flatMap((one) => erratumLines(one, 6, speech))];
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

function operationLines(
  step: PlanStep,
  operation: PlanOperation,
  isOne: boolean,
  shown: Shown,
  speech: Speech,
): TreeLine[] {
  const node = isOne ? `step ${step.id}` : `operation ${step.id} ${operation.key}`;
  const isOpen = isOne || shown.unfolded.has(node);
  const { signs, words } = speech;
  const [sign, tone] = signOf(operation.change, speech);
  const fold = isOne ? ' ' : isOpen ? signs.unfolded : signs.folded;
  const said = {
    none: words.plan.already,
    change: '',
    undo: words.plan.undo,
    person: words.plan.byHand,
    unknown: words.plan.unknown,
  };
  const head: Line = [
    span(`    ${fold} `, 'past'),
    span(`${sign} `, tone),
    span(speech.say(operation.title)),
  ];
  return [
    {
      node,
      isHead: !isOne,
      line: spread(head, line(said[operation.change], 'past'), speech.columns - 4, signs.more),
    },
    ...(isOpen ? detailLines(operation, speech).map((one) => ({ node, isHead: false, line: one })) : []),
  ];
}

function detailLines({ reason, commands, diff }: PlanOperation, speech: Speech): Line[] {
  const room = speech.columns - 4 - 10;
  const said = reason ? indented(`${speech.words.plan.reason} ${speech.say(reason)}`, 8, 'past', speech) : [];
  const run = commands.flatMap((argv) =>
    chop(clean(`$ ${argv.map(quoted).join(' ')}`), room).map((one) => [span(`        ${one}`)]),
  );
  const lines = diff === '' ? [] : diff.trimEnd().split('\n');
  const different = lines.flatMap((one) =>
    chop(clean(one), room).map((piece) => [span(`        ${piece}`, diffTone(one))]),
  );
  return [...said, ...run, ...different];
}

/** As one would type it: a word with spaces or signs stands in quotes. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function diffTone(text: string): Tone {
  if (text.startsWith('+')) return 'done';
  if (text.startsWith('-')) return 'failed';
  return 'past';
}

function indented(text: string, indent: number, tone: Tone, speech: Speech): Line[] {
  return wrap(text, speech.columns - 4 - indent).map((one) => line(' '.repeat(indent) + one, tone));
}
