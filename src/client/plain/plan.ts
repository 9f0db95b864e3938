/** The plan before anything changes: in short, whole on request, and consent in two steps. */
import { planLines, planText } from '../../i18n/plan-text.ts';
import type { Plan, PlanStep } from '../../run/protocol.ts';
import type { Asking } from './index.ts';
import type { Talk } from './talk.ts';

type Answer = 'run' | 'show' | 'save' | 'correct' | 'stop';

export async function askConsent({ talk, connection, desk }: Asking): Promise<void> {
  const { plan, kind, guide, title } = connection.view();
  if (!plan) return;
  const { plain } = talk.words;
  talk.print('', ...shortLines(plan, talk), ...dangerLines(plan, talk));
  const count = changing(plan.steps);
  const choices: readonly { value: Answer; label: string }[] = [
    { value: 'run', label: kind === 'install' ? plain.planRun(count) : plain.planUndo(count) },
    { value: 'show', label: plain.planShow },
    { value: 'save', label: plain.planSave },
    ...(kind === 'install' ? [{ value: 'correct' as const, label: talk.words.failure.choices.correct }] : []),
    { value: 'stop', label: talk.words.failure.choices.stop },
  ];
  for (;;) {
    const answer = await talk.choose(choices);
    if (answer === 'show') talk.print(...planLines(plan.steps, talk.lang).map((line) => talk.plain(line)));
    else if (answer === 'save')
      talk.print(plain.saved(await desk.save(`${guide}-plan.txt`, planText(title, plan, talk.lang))));
    else if (answer !== 'run') return connection.send({ type: answer });
    else if (await talk.isYes(kind === 'install' ? plain.consent(count) : plain.consentUndo(count)))
      return connection.send({ type: 'consent', hash: plan.hash });
  }
}

function changing(steps: readonly PlanStep[]): number {
  return steps
    .flatMap(({ operations }) => operations)
    .filter(({ change }) => change === 'change' || change === 'undo').length;
}

/** A line for each chapter, then its steps that have something to do. */
function shortLines(plan: Plan, talk: Talk): string[] {
  const { plan: words } = talk.words;
  return [...Map.groupBy(plan.steps, ({ chapter }) => talk.say(chapter))].flatMap(([chapter, steps]) => {
    const toDo = steps.filter(({ operations }) => operations.some(({ change }) => change !== 'none'));
    return [
      talk.words.common.pair(chapter, toDo.length === 0 ? words.already : ''),
      ...toDo.map(
        (step) => `  ${talk.say(step.title)}${step.reopened ? ` (${talk.words.plan.reopened})` : ''}`,
      ),
    ];
  });
}

/** What must not pass silently, also where nobody reads the plan. */
export function dangerLines(plan: Plan, talk: Talk): string[] {
  const notes = plan.notes?.map((note) => `!! ${talk.say(note)}`) ?? [];
  // Several steps may depart from the guide for one reason.
  return [...new Set(notes.concat(dangersIn(plan, talk)))];
}

function dangersIn(plan: Plan, talk: Talk): string[] {
  return plan.steps.flatMap((step) => [
    ...step.errata
      .filter(({ security }) => security)
      .map(({ id, says, does }) => `!! ${id}: ${talk.say(says)} -> ${talk.say(does)}`),
    ...step.operations.flatMap(({ title, irreversible }) =>
      irreversible ? [`!! ${talk.say(title)}: ${talk.say(irreversible)}`] : [],
    ),
  ]);
}
