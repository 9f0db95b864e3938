/** The values of an install: what its texts are filled with, and what a screen may see of it. */
import { type Answer, resolveAnswers } from '../../answers/resolve.ts';
import { Secret } from '../../answers/secret.ts';
import { agreedPlan, known } from '../../journal/fold.ts';
import { operationOf } from '../plan.ts';
import type { Session } from '../session.ts';
import { asValues, RunValues, valuesFrom } from '../values.ts';
import type { Install } from './order.ts';

/** Answers, facts and what steps produced (of this run, or an earlier one), ready to be put into texts. */
export async function runValues(order: Install, answers: ReadonlyMap<string, Answer>): Promise<RunValues> {
  const { session, guide, store, around, facts } = order;
  const produced = [...known(session.records)].filter(([, { from }]) => from === 'step');
  const all = await valuesFrom(facts, produced, store);
  for (const [id, answer] of resolveAnswers(guide, facts, answers).answers)
    for (const [name, value] of asValues(id, answer)) all.set(name, value);
  return new RunValues(all, around.redactor, async (id, value, isSecret) => {
    const name = `${guide.id}/${id}`;
    if (isSecret) await store.set(name, new Secret(value));
    await session.append({ type: 'produced', id, ...(isSecret ? { secret: name } : { value }) });
  });
}

/** A secret that a screen asked for: a field of a checklist (`revealId`), or an answer. */
export function reveal(id: string, session: Session, values: RunValues): string | undefined {
  const [, item, label] = /^item:([^/]+)\/(.*)$/s.exec(id) ?? [];
  if (!item) return values.missing(`%${id}%`).length === 0 ? values.reveal(`%${id}%`) : undefined;
  for (const step of agreedPlan(session.records)?.steps ?? []) {
    for (const planned of step.operations) {
      const op = operationOf(planned);
      const field =
        op.kind === 'checklist'
          ? op.items.find((one) => one.id === item)?.fields?.find((one) => one.label === label)
          : undefined;
      if (field && values.missing(field.value).length === 0) return values.reveal(field.value);
    }
  }
  return undefined;
}
