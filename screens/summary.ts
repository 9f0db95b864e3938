/** What a run comes to, in words: for the last screen and for the scrollback after it. */

import { failureSentence } from '../src/i18n/index.ts';
import { type Lang, oneLine, type TodoItem, type View } from '../src/run/protocol.ts';
import type { Tone } from './parts/line.ts';
import { speech, type Ui } from './parts/ui.ts';
import { wrap } from './parts/width.ts';

interface Paragraph {
  readonly text: string;
  readonly tone: Tone;
  readonly indent: number;
  /** A command or an address: never wrapped between words. */
  readonly exact: boolean;
}

type Speech = Pick<Ui, 'lang' | 'words' | 'signs' | 'say'>;

/** Plain text for the terminal that the person comes back to; empty if there never was a run. */
export function summary(view: View, lang: Lang, ascii = false, columns = Number.POSITIVE_INFINITY): string {
  const title = view.title[lang];
  const lines = paragraphs(view, speech(lang, ascii)).flatMap(({ text, indent, exact }) =>
    (exact ? [text] : wrap(text, columns - indent)).map((one) => ' '.repeat(indent) + one),
  );
  return `${[title, ...lines].join('\n').trim()}\n`;
}

/** Paragraphs in the order in which they matter. */
export function paragraphs(view: View, speech: Speech): Paragraph[] {
  return [
    ...outcome(view, speech),
    ...addresses(view, speech),
    ...failed(view, speech),
    ...leftToDo(view, speech),
    ...remains(view, speech),
    ...savedFiles(view, speech),
    ...skipped(view, speech),
    ...warnings(view, speech),
    ...report(view, speech),
    ...wayOn(view, speech),
    ...laterOn(view, speech),
  ];
}

function paragraph(text: string, indent = 0, tone: Tone = 'plain', exact = false): Paragraph {
  return { text: oneLine(text), indent, tone, exact };
}

const gap = paragraph('');

function headed(head: string, rest: readonly Paragraph[]): Paragraph[] {
  return rest.length === 0 ? [] : [gap, paragraph(head, 0, 'past'), ...rest];
}

function outcome(view: View, { words, say }: Speech): Paragraph[] {
  const { finished, run } = words;
  const first = view.end ? finished.states[view.end.state] : outcomeOfOpen(view, finished);
  const done = view.steps.filter(({ state }) => state === 'done').length;
  const changed = view.steps.reduce((sum, step) => sum + step.changed, 0);
  const counted = (wanted: string) => view.undone.filter((one) => one.outcome === wanted).length;
  const second =
    view.kind === 'install'
      ? finished.doneCount(done, view.steps.length, changed)
      : finished.undoneCount(counted('undone'), counted('kept'), counted('failed'));
  const nothingYet =
    view.kind === 'install' ? view.steps.every((step) => step.state === 'to-come') : view.undone.length === 0;
  return [
    paragraph(first),
    ...(view.end?.say ? [paragraph(say(view.end.say), 0, 'failed')] : []),
    ...(nothingYet && (!view.end || view.steps.length === 0) ? [] : [paragraph(second)]),
    ...(view.torn ? [paragraph(words.common.torn)] : []),
    ...(view.logs && !nothingYet ? [paragraph(run.log(view.logs), 0, 'past', true)] : []),
  ];
}

function outcomeOfOpen(view: View, finished: Ui['words']['finished']): string {
  if (view.need === null) return finished.states.running;
  const nothingDone = view.need === 'answers' || view.need === 'consent';
  return nothingDone && view.steps.every((step) => step.state === 'to-come')
    ? finished.nothingDone
    : finished.notFinished;
}

function addresses(view: View, { say }: Speech): Paragraph[] {
  const texts = view.end?.state === 'failed' ? [] : (view.end?.finished ?? []);
  return texts.length === 0 ? [] : [gap, ...texts.map((text) => paragraph(say(text)))];
}

function failed(view: View, { words, say, lang, signs }: Speech): Paragraph[] {
  const isFailed = view.end ? view.end.state === 'failed' : view.need === 'failure';
  if (!isFailed || !view.error) return [];
  const { cause } = view.error.error;
  const step = view.steps.find(({ id }) => id === view.error?.step);
  return headed(words.finished.failedStep, [
    paragraph(`${signs.failed} ${step ? say(step.title) : view.error.step}`, 2, 'failed'),
    paragraph(failureSentence(view.error.error, lang), 4),
    ...(cause ? [paragraph(words.failure.cause(say(cause.say)), 4)] : []),
    ...(cause ? [paragraph(words.failure.toDo(say(cause.do)), 4)] : []),
  ]);
}

/** Items that a person still has to do. */
export function openItems(view: View): TodoItem[] {
  return view.todo.filter(({ done }) => !done);
}

function leftToDo(view: View, { words, say, signs }: Speech): Paragraph[] {
  const items = openItems(view).map(({ text, optional, at }) => [
    paragraph(`${signs.byHand} ${say(text)}${optional ? ` (${words.checklist.optional})` : ''}`, 2),
    ...(at ? [paragraph(at, 4, 'past', true)] : []),
  ]);
  const listed = new Set(view.todo.map(({ step }) => step));
  const steps = view.steps
    .filter(({ id, state }) => (state === 'left' || state === 'waits') && !listed.has(id))
    .map((step) => paragraph(`${signs.byHand} ${say(step.title)}`, 2));
  return headed(words.finished.left, [...items.flat(), ...steps]);
}

function remains(view: View, { words, say, signs }: Speech): Paragraph[] {
  const kept = view.undone.filter(({ outcome: one }) => one !== 'undone');
  return headed(
    words.finished.remains,
    kept.flatMap(({ key, outcome: one, reason }) => [
      paragraph(
        `${one === 'failed' ? signs.failed : signs.skipped} ${key}`,
        2,
        one === 'failed' ? 'failed' : 'plain',
        true,
      ),
      ...(reason ? [paragraph(say(reason), 4, 'past')] : []),
    ]),
  );
}

/** A command line is copied: it stands alone and whole. */
function savedFiles({ saved }: View, { words }: Speech): Paragraph[] {
  return headed(
    words.finished.saved,
    saved.flatMap(({ path, restore }) => [
      paragraph(path, 2, 'plain', true),
      paragraph(restore, 4, 'past', true),
    ]),
  );
}

function skipped(view: View, { words, say, signs }: Speech): Paragraph[] {
  const steps = view.steps.filter(({ state }) => state === 'skipped');
  return headed(
    words.finished.skipped,
    steps.flatMap(({ title, reason }) => [
      paragraph(`${signs.skipped} ${say(title)}`, 2),
      ...(reason ? [paragraph(reason, 4, 'past')] : []),
    ]),
  );
}

function warnings(view: View, { words, say, signs }: Speech): Paragraph[] {
  return headed(
    words.finished.warnings,
    view.warnings.map((warning) => paragraph(`${signs.bullet} ${say(warning.say)}`, 2, 'waits')),
  );
}

function report(view: View, { words }: Speech): Paragraph[] {
  const path = view.end?.report ?? '';
  return headed(words.finished.report, path ? [paragraph(path, 2, 'plain', true)] : []);
}

function wayOn(view: View, { words }: Speech): Paragraph[] {
  const isOver = view.end?.state === 'done' || view.end?.state === 'rolled-back';
  if (isOver || view.resume === '') return [];
  return headed(words.finished.resume, [paragraph(view.resume, 2, 'plain', true)]);
}

/** What was installed can be looked at again and taken back: by which commands. */
function laterOn(view: View, { words }: Speech): Paragraph[] {
  const isInstalled = view.kind === 'install' && (view.end?.exit === 0 || view.end?.exit === 4);
  if (!isInstalled || view.end?.state === 'interrupted' || view.resume === '') return [];
  const isDone = view.end?.state === 'done';
  const command = (verb: string) => view.resume.replace(/ resume (?=[^ ]+$)/, ` ${verb} `);
  return [
    ...headed(
      words.finished.tick,
      isDone
        ? openItems(view).map(({ item }) => paragraph(`${command('tick')} ${item}`, 2, 'plain', true))
        : [],
    ),
    ...headed(words.finished.verify, [paragraph(command('verify'), 2, 'plain', true)]),
    ...headed(words.finished.undo, [paragraph(command('rollback'), 2, 'plain', true)]),
  ];
}
