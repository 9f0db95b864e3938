/**
 * An install, from the questions to its end: answering, plan, consent, execution; and back to the questions
 * when an answer is corrected. Whatever was agreed to is in the journal: a resume goes on from there.
 */
import { agreedPlan, lastOf } from '../journal/fold.ts';
import { type Agreed, agree, sayExpected } from './install/agree.ts';
import { claimedElsewhere } from './install/claims.ts';
import { collectAnswers, givesAnother, inherit } from './install/earlier.ts';
import type { Install } from './install/order.ts';
import { reveal, runValues } from './install/values.ts';
import { type Executed, execute } from './runner.ts';
import { inWords } from './values.ts';

export type Installed = Exclude<Executed, 'correct'> | Exclude<Agreed, readonly unknown[]>;

/** Runs to an end that the caller records. */
export async function install(order: Install): Promise<Installed> {
  const { session, guide, around, start } = order;
  const answers = await collectAnswers(order);
  if (!lastOf(session.records, 'planned')) await inherit(order);
  let agreed = agreedPlan(session.records)?.steps;
  if (agreed && givesAnother(answers, order)) agreed = undefined;
  const refused = agreed && (await claimedElsewhere(order, agreed));
  if (refused) return { refused };
  if (agreed) await sayExpected(order);
  for (;;) {
    const steps = agreed ?? (await agree(order, answers));
    const values = await runValues(order, answers);
    session.finished = guide.finished.map((text) => inWords(text, values));
    if (!Array.isArray(steps)) return steps;
    session.onReveal = (id) => reveal(id, session, values);
    const result = await execute({
      session,
      around: { ...around, values },
      steps,
      unattended: start.unattended,
      until: start.until,
      causes: guide.causes ?? [],
    });
    if (result !== 'correct') return result;
    agreed = undefined;
  }
}
