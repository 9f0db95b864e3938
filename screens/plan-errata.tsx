/** Where the wizard departs from the guide: what counts for security over the plan, and all of it on a page. */
import { useState } from 'react';
import type { Plan, PlanStep } from '../src/run/protocol.ts';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { blank, type Line, line, span } from './parts/line.ts';
import { Rows } from './parts/row.tsx';
import { type Ui, useUi } from './parts/ui.ts';
import { erratumLines } from './plan-body.ts';

function errataOf(plan: Plan): PlanStep['errata'] {
  const all = plan.steps.flatMap(({ errata }) => errata);
  return [...new Map(all.map((one) => [one.id, one])).values()].toSorted(
    (a, b) => Number(b.security) - Number(a.security),
  );
}

/** A low window has no room for more than their number. */
const lowRows = 20;
const securityShown = 3;

/** Where the wizard departs from the guide for security: never passed over in silence. */
export function securityLines(plan: Plan, ui: Ui): Line[] {
  const errata = errataOf(plan).filter(({ security }) => security);
  if (errata.length === 0) return [];
  const shown = ui.rows < lowRows ? 0 : securityShown;
  const rest = errata.length - shown;
  return [
    line(` ${ui.words.plan.security(errata.length)}`, 'waits', true),
    ...errata
      .slice(0, shown)
      .map(
        (one): Line => [
          span(`   ${ui.signs.differs} `, 'waits'),
          span(ui.words.common.pair(placeOf(one, plan, ui), ui.say(one.does))),
        ],
      ),
    ...(rest > 0 && shown > 0 ? [line(`     ${ui.words.plan.securityMore(rest)}`, 'past')] : []),
    blank,
  ];
}

/** The step that it is about: what is done is short, and says no more than what is done. */
function placeOf({ id }: PlanStep['errata'][number], plan: Plan, ui: Ui): string {
  const step = plan.steps.find(({ errata }) => errata.some((one) => one.id === id));
  return step ? ui.say(step.title) : '';
}

/** All differences from the guide; what counts for security first. */
export function PlanErrata({
  path,
  plan,
  onBack,
}: {
  readonly path: readonly string[];
  readonly plan: Plan;
  readonly onBack: () => void;
}) {
  const ui = useUi();
  const [top, setTop] = useState(0);
  const errata = errataOf(plan);
  const { words } = ui;
  const head = line(` ${errata.length > 0 ? words.plan.errata : words.plan.noErrata}`, 'plain', true);
  const lines = [head, ...errata.flatMap((one) => [blank, ...erratumLines(one, 3, ui)])];
  const height = bodyHeight(ui);
  const start = Math.min(top, Math.max(0, lines.length - height));
  const move = (by: number) => setTop(Math.max(0, start + by));
  useCommands('errata', {
    up: () => move(-1),
    down: () => move(1),
    pageUp: () => move(2 - height),
    pageDown: () => move(height - 2),
    back: onBack,
  });
  const below = lines.length - start - height;
  return (
    <Frame
      path={path}
      notice={line(below > 0 ? words.common.more(below) : '', 'past')}
      hints={hintsOf('errata', words, ui.signs)}
      status={words.plan.errata}
    >
      <Rows rows={lines.slice(start, start + height)} />
    </Frame>
  );
}
