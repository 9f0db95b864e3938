/** What was done, per chapter and step: outcome, time, and all that happened on the way. */
import { between, duration, failureSentence } from '../i18n/index.ts';
import { lastOf, opened } from '../journal/fold.ts';
import type { JournalRecord, PlannedStep } from '../journal/records.ts';
import { prose } from './markdown.ts';
import type { Page } from './report-page.ts';

/** The section; nothing where nothing was planned. */
export function stepsSection(page: Page): string[] {
  const { run, words, say } = page;
  const steps = lastOf(run.records, 'planned')?.steps ?? [];
  if (steps.length === 0 || opened(run.records)?.kind !== 'install') return [];
  const chapters = [...new Set(steps.map(({ chapter }) => say(chapter)))];
  return [
    `## ${words.sections.steps}`,
    '',
    ...chapters.flatMap((title) => [
      `### ${title}`,
      '',
      ...steps.filter(({ chapter }) => say(chapter) === title).flatMap((step) => stepLines(page, step)),
      '',
    ]),
  ];
}

function stepLines(page: Page, step: PlannedStep): string[] {
  const { run, words, say } = page;
  const mine = run.records.filter((record) => 'step' in record && record.step === step.id);
  const end = mine.findLast((record) => record.type === 'step-end');
  const outcome = end?.type === 'step-end' ? end.outcome : 'none';
  const changed = mine.reduce((sum, one) => sum + (one.type === 'step-end' ? one.changed : 0), 0);
  const facts = [
    words.outcomes[outcome],
    ...(outcome === 'done' || changed > 0
      ? [changed > 0 ? words.changes(changed) : words.nothingChanged]
      : []),
    timeOf(mine),
  ].filter(Boolean);
  return [
    `- ${words.pair(say(step.title), facts.join(', '))}`,
    ...mine.flatMap((one, index) => eventLines(page, one, isAgain(mine.slice(0, index)))),
  ];
}

/** What a reader has to know about the way there. */
function eventLines({ words, lang, typed }: Page, record: JournalRecord, isAgain: boolean): string[] {
  const { history, pair } = words;
  if (record.type === 'step-begin' && isAgain) return [`  - ${history.retried}`];
  if (record.type === 'decision' && record.decision === 'shell') return [`  - ${history.shell}`];
  if (record.type === 'decision' && record.decision === 'correct') return [`  - ${history.correct}`];
  if (record.type !== 'step-end') return [];
  if (record.outcome === 'skipped' && record.reason)
    return [`  - ${pair(history.reason, typed(record.reason))}`];
  if (!record.error) return [];
  const { cause } = record.error;
  return [
    `  - ${pair(history.failed, typed(failureSentence(record.error, lang)))}`,
    ...(cause ? [`  - ${pair(history.why, prose(cause.say[lang]))}`] : []),
  ];
}

/** After a failure the step is begun once more: by the person's choice, or by a resume. */
function isAgain(before: readonly JournalRecord[]): boolean {
  const end = before.findLast((one) => one.type === 'step-end');
  return end?.type === 'step-end' && end.outcome === 'failed';
}

/** All attempts together. */
function timeOf(mine: readonly JournalRecord[]): string {
  let began = '';
  let sum: number | undefined;
  for (const { type, time } of mine) {
    if (type === 'step-begin') began = time;
    if (type === 'step-end' && began) {
      sum = (sum ?? 0) + (between(began, time) ?? 0);
      began = '';
    }
  }
  return sum === undefined ? '' : duration(sum);
}
