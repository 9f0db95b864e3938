/** What happens, in lines: a function of an event and of the picture that it made. */
import { between, duration, failureSentence } from '../../i18n/index.ts';
import type { Event, JournalRecord, View } from '../../run/protocol.ts';
import type { Talk } from './talk.ts';

type Speech = Pick<Talk, 'lang' | 'words' | 'say' | 'plain'>;
type StepEnd = Extract<JournalRecord, { type: 'step-end' }>;

/** Lines about the event; what happened before this client came is in the journal and the report. */
export function storyLines(event: Event, view: View, speech: Speech): string[] {
  if (event.type === 'live' && !event.decides) return [speech.words.plain.watching];
  if (event.type === 'busy' && event.busy) return [speech.say(event.busy)];
  return event.type === 'record' && view.live ? recordLines(event.record, view, speech) : [];
}

function recordLines(record: JournalRecord, view: View, speech: Speech): string[] {
  const { plain } = speech.words;
  switch (record.type) {
    case 'step-begin': {
      const step = view.steps.find(({ id }) => id === record.step);
      return [plain.step(...placeOf(record.step, view), step ? speech.say(step.title) : record.step)];
    }
    case 'step-end':
      return endLines(record, view, speech);
    case 'warning':
      return [plain.warning(speech.say(record.say))];
    case 'saved':
      return plain
        .keptFile(speech.plain(record.path), speech.plain(record.restore))
        .split('\n')
        .map((line) => `  ${line}`);
    case 'undo-end': {
      const reason = record.reason ? speech.say(record.reason) : '';
      const key = speech.plain(record.key);
      const said = {
        undone: plain.undone(key),
        kept: plain.undoKept(key, reason),
        failed: plain.undoFailed(key, reason),
      };
      return [`  ${said[record.outcome]}`];
    }
    default:
      return [];
  }
}

function placeOf(step: string, { steps }: View): [number, number] {
  return [steps.findIndex(({ id }) => id === step) + 1, steps.length];
}

function endLines(record: StepEnd, view: View, speech: Speech): string[] {
  const { plain } = speech.words;
  const place = placeOf(record.step, view);
  if (record.outcome === 'failed') return failureLines(record, place, speech);
  if (record.outcome !== 'done') return [plain[record.outcome](...place)];
  const step = view.steps.find(({ id }) => id === record.step);
  if (step?.manual) return [plain.done(...place)];
  const time = step?.began ? between(step.began, record.time) : undefined;
  const isDone = record.changed > 0 && time !== undefined;
  return [isDone ? plain.doneIn(...place, duration(time)) : plain.nothingToDo(...place)];
}

/** What failed, why it probably did, and what was said last. */
function failureLines({ error }: StepEnd, place: [number, number], speech: Speech): string[] {
  const { plain, failure } = speech.words;
  const sentence = error ? speech.plain(failureSentence(error, speech.lang)) : '';
  return [
    plain.failed(...place, sentence),
    ...(error?.cause
      ? [failure.cause(speech.say(error.cause.say)), failure.toDo(speech.say(error.cause.do))]
      : []),
    ...(error?.lastLines ?? []).map((line) => `  | ${speech.plain(line)}`),
  ];
}

/** In a long step, now and then: it is alive, and this is what it said last. */
export function stillRunning(view: View, speech: Speech, now: number): string[] {
  const { operation, steps, lines, need, end } = view;
  if (!operation || need || end) return [];
  const began = steps.find(({ id }) => id === operation.step)?.began;
  const time = began ? between(began, now) : undefined;
  if (time === undefined) return [];
  const last = lines.findLast((line) => line.trim() !== '') ?? '';
  return [speech.words.plain.stillRunning(duration(time), speech.plain(last))];
}
