/** A plan as lines of text: for `plan`, for the linear mode, and for the file that a person keeps. */
import {
  type ChangeWord,
  type Lang,
  oneLine,
  type Plan,
  type PlanOperation,
  type PlanStep,
  printed,
  type Text,
} from '../run/protocol.ts';
import { lineRanges, quoted, type Words, words } from './index.ts';

export type Counts = Readonly<Record<ChangeWord, number>>;

/** How many operations there are of each kind of change. */
export function countChanges(steps: readonly PlanStep[]): Counts {
  const counts = { none: 0, change: 0, undo: 0, person: 0, unknown: 0 };
  for (const { change } of steps.flatMap(({ operations }) => operations)) counts[change]++;
  return counts;
}

const order: readonly ChangeWord[] = ['change', 'undo', 'none', 'person', 'unknown'];

/** `12 changes · 3 already done · 6 by hand`. */
export function countsText(
  counts: Counts,
  { plan }: Words,
  between = '·',
  without: readonly ChangeWord[] = [],
): string {
  return order
    .filter((word) => counts[word] > 0 && !without.includes(word))
    .map((word) => plan.counts[word](counts[word]))
    .join(` ${between} `);
}

/** The whole plan, with its title and what it comes to. */
export function planText(title: Text, { steps, notes = [] }: Plan, lang: Lang): string {
  const { plan, common } = words(lang);
  const head = `${common.pair(plan.title, title[lang])} (${countsText(countChanges(steps), words(lang))})`;
  const said = notes.length > 0 ? ['', ...notes.map((note) => `!! ${note[lang]}`)] : [];
  return printed([head, ...said, ...planLines(steps, lang), ''].join('\n'));
}

/** What would change, as lines: chapters with their counts, in them steps, in them operations. */
export function planLines(steps: readonly PlanStep[], lang: Lang): string[] {
  const chapters = [...Map.groupBy(steps, ({ chapter }) => chapter.en).values()];
  return chapters.flatMap((all) => [
    '',
    `## ${all[0]?.chapter[lang] ?? ''} (${countsText(countChanges(all), words(lang))})`,
    ...all.flatMap((step) => ['', ...stepLines(step, lang)]),
  ]);
}

function stepLines(step: PlanStep, lang: Lang): string[] {
  const { plan } = words(lang);
  return [
    `${step.title[lang]}  (${step.id})`,
    ...(step.reopened ? [`  ~ ${plan.reopened}`] : []),
    ...(step.says ? [`  ${plan.guideSays(lineRanges(step.source), step.says)}`] : []),
    ...(step.why ? [`  ${step.why[lang]}`] : []),
    ...step.operations.flatMap((operation) => operationLines(operation, lang)),
    ...step.errata.flatMap(({ id, says, does, security }) => [
      `  ${security ? '!!' : '!'} ${id}: ${plan.erratumSays} ${says[lang]}`,
      `      ${plan.erratumDoes} ${does[lang]}`,
    ]),
  ];
}

const signs = { none: '=', change: '+', undo: '<', person: '[ ]', unknown: '?' } as const;

function operationLines(operation: PlanOperation, lang: Lang): string[] {
  const { plan, common } = words(lang);
  const { change, title, commands, circumstances = [], diff, reason, irreversible } = operation;
  const details = [
    ...(reason ? [`${plan.reason} ${reason[lang]}`] : []),
    ...(irreversible ? [`!! ${common.pair(plan.irreversible, irreversible[lang])}`] : []),
    ...commands.map((argv) => `$ ${argv.map(quoted).join(' ')}`),
    ...circumstances.map((one) => one[lang]),
    ...(diff ? diff.trimEnd().split('\n') : []),
  ];
  return [
    `  ${signs[change]} ${oneLine(title[lang])}`,
    ...details.flatMap((one) => one.split('\n')).map((one) => `      ${one}`),
  ];
}
