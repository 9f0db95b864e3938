/** What was found beside a form, in a place that keeps its size: a sign, and a sentence as whole as there is room. */
import type { LiveCheck, View } from '../src/run/protocol.ts';
import { blank, type Line, span, type Tone } from './parts/line.ts';
import type { Ui } from './parts/ui.ts';
import { cut, wrap } from './parts/width.ts';

/** Worst first gets room: there may not be enough for all. */
const order = ['bad', 'unknown', 'looking', 'good'] as const;
const tones: Readonly<Record<LiveCheck['state'], Tone>> = {
  bad: 'failed',
  unknown: 'waits',
  looking: 'past',
  good: 'done',
};
const signNames = { bad: 'failed', unknown: 'unknown', looking: 'running', good: 'done' } as const;

export function checksOf(view: View, topic: string | undefined): LiveCheck[] {
  return view.liveChecks.filter((check) => check.topic === topic);
}

/** Always `height` lines of at most `cells`; the checks keep their order, whatever becomes of them. */
export function checkLines(checks: readonly LiveCheck[], cells: number, height: number, ui: Ui): Line[] {
  const bySeverity = checks.toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
  const kept = new Set(bySeverity.slice(0, height));
  const room = new Map([...kept].map((check) => [check, 1]));
  let spare = height - kept.size;
  for (const check of kept) {
    const more = Math.min(spare, wholeChecks([check], cells, ui).length - 1);
    room.set(check, 1 + more);
    spare -= more;
  }
  const lines = checks.flatMap((check) => within(check, cells, room.get(check) ?? 0, ui));
  return [...lines, ...Array.from({ length: height - lines.length }, () => blank)];
}

/** Each check on as many lines as it needs. */
export function wholeChecks(checks: readonly LiveCheck[], cells: number, ui: Ui): Line[] {
  return checks.flatMap((check) => within(check, cells, Number.POSITIVE_INFINITY, ui));
}

/** At most so many lines; the last one shows that something was cut. */
function within(check: LiveCheck, cells: number, height: number, ui: Ui): Line[] {
  if (height === 0) return [];
  const all = wrap(ui.say(check.say), cells - 4);
  const shown = all.slice(0, height);
  if (all.length > height) shown[height - 1] = cut(all.slice(height - 1).join(' '), cells - 4, ui.signs.more);
  return shown.map((text, row) => checkLine(check, text, row === 0, ui));
}

function checkLine(check: LiveCheck, text: string, isFirst: boolean, ui: Ui): Line {
  const sign = isFirst ? ui.signs[signNames[check.state]] : ' ';
  return [span(` ${sign} `, tones[check.state]), span(text, check.state === 'looking' ? 'past' : 'plain')];
}
