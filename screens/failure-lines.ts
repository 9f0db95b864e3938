/** A failure in lines: what failed, the likely cause, what to do, what was said last, what still holds. */
import { failedLog, failedTitle } from '../src/i18n/failed-step.ts';
import { failureSentence } from '../src/i18n/index.ts';
import { oneLine, type View } from '../src/run/protocol.ts';
import { type Line, line, span, type Tone } from './parts/line.ts';
import type { Ui } from './parts/ui.ts';
import { chop, clean, wrap } from './parts/width.ts';

function sentence(view: View, ui: Ui): string {
  return view.error ? oneLine(failureSentence(view.error.error, ui.lang)) : '';
}

/** The likely cause and what to do about it, where the failure is a known one. */
function advice(view: View, ui: Ui): { readonly cause: string; readonly toDo: string } | undefined {
  const cause = view.error?.error.cause;
  if (!cause) return undefined;
  const { failure } = ui.words;
  return { cause: failure.cause(ui.say(cause.say)), toDo: failure.toDo(ui.say(cause.do)) };
}

/** For the clipboard: what somebody who helps needs to read. */
export function errorText(view: View, ui: Ui): string {
  const known = advice(view, ui);
  return [
    ui.words.common.pair(ui.say(view.title), failedTitle(view, ui)),
    sentence(view, ui),
    ...(known ? [known.cause, known.toDo] : []),
    ...(view.error?.error.lastLines ?? []).map(clean),
    failedLog(view),
  ].join('\n');
}

/** From what happened to what still holds, within `room`; the last lines of output give way first. */
export function story(view: View, ui: Ui, done: number, room: number): Line[] {
  const { failure } = ui.words;
  const wrapped = (text: string, most: number, tone: Tone = 'plain'): Line[] =>
    atMost(wrap(text, ui.columns - 4), most, ui).map((one) => line(` ${one}`, tone));
  const known = advice(view, ui);
  const title: Line = [
    span(` ${ui.signs.failed} `, 'failed', true),
    span(failedTitle(view, ui), 'plain', true),
  ];
  const [why, what] = known ? [wrapped(known.cause, 3), wrapped(known.toDo, 3)] : [[], []];
  // Without room for both, what to do is worth more than why.
  const help = why.length + what.length < room ? [...why, ...what] : what;
  const most = known ? Math.min(2, Math.max(0, room - 1 - help.length)) : 5;
  const head = [title, ...wrapped(sentence(view, ui), most, known ? 'past' : 'plain'), ...help];
  const log = failedLog(view);
  const where = log ? chop(failure.log(log), ui.columns - 3).map((one) => line(`  ${one}`, 'past')) : [];
  const rest = view.kind === 'install' ? wrapped(failure.restStays(done), 2) : [];
  const said = lastLines(view, ui, Math.max(0, room - head.length - where.length - rest.length));
  return [...head, ...said, ...where, ...rest].slice(0, Math.max(1, room));
}

/** The first lines, with a mark where there are more. */
function atMost(lines: readonly string[], most: number, { signs }: Ui): string[] {
  return lines
    .slice(0, most)
    .map((one, index) => (index + 1 === most && lines.length > most ? `${one} ${signs.more}` : one));
}

/** What the step said last; of a terminal with much room more than the journal keeps. */
function lastLines(view: View, ui: Ui, count: number): Line[] {
  const last = view.error?.error.lastLines ?? [];
  const heard = view.lines.filter((one) => !last.includes(one));
  const lines = [...heard, ...last].map(clean).filter((one) => one.trim() !== '');
  return count === 0
    ? []
    : lines.slice(-count).map((one) => [span(`  ${ui.signs.bar} `, 'failed'), span(one)]);
}
