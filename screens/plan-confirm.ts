/** The question before anything changes, and over it what cannot be taken back. */
import { countChanges } from '../src/i18n/plan-text.ts';
import type { Plan, View } from '../src/run/protocol.ts';
import { bodyHeight } from './parts/frame.tsx';
import { type Line, line } from './parts/line.ts';
import type { Ui } from './parts/ui.ts';
import { wrap } from './parts/width.ts';

export function confirmLines(view: View, plan: Plan, ui: Ui): Line[] {
  const final = finalLines(plan, ui);
  // The line on security above, the rule, the head and the question take four.
  const room = Math.max(1, bodyHeight(ui) - 4);
  return [
    line(` ${ui.signs.rule.repeat(ui.columns - 2)}`, 'past'),
    ...(final.length > 0 ? [line(` ${ui.words.plan.ofThese}`, 'waits')] : []),
    ...final.slice(0, room).map((one) => line(`   ${one}`, 'waits')),
    ...(final.length > room ? [line(`   ${ui.signs.more}`, 'waits')] : []),
    line(` ${questionOf(view, plan, ui)}`, 'plain', true),
  ];
}

/** How many changes, as a question. */
export function questionOf({ kind }: View, plan: Plan, { words }: Ui): string {
  const { change, undo } = countChanges(plan.steps);
  if (change + undo === 0) return words.plan.askNothing;
  return kind === 'install' ? words.plan.ask(change + undo) : words.plan.askUndo(change + undo);
}

function finalLines(plan: Plan, ui: Ui): string[] {
  const { pair } = ui.words.common;
  return plan.steps.flatMap((step) =>
    step.operations.flatMap(({ irreversible }) =>
      irreversible
        ? wrap(`${ui.signs.bullet} ${pair(ui.say(step.title), ui.say(irreversible))}`, ui.columns - 4)
        : [],
    ),
  );
}
