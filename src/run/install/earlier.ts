/** What an install knows before it asks: from the run that stands, its own records, and what was given. */
import { giveAnswer } from '../../answers/give.ts';
import { type Answer, literalId } from '../../answers/resolve.ts';
import { questionOf } from '../../guide/lists.ts';
import { knownSince } from '../../journal/accounts.ts';
import { type Known, known, opened, ticks } from '../../journal/fold.ts';
import { isTakenBack, type StoredRun } from '../../journal/state.ts';
import type { From } from '../protocol.ts';
import type { Install } from './order.ts';

/** From the earlier run of this guide, this run's own records and what was given at the start; newest wins. */
export async function collectAnswers({
  session,
  guide,
  store,
  around,
  start,
}: Install): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>();
  const take = async (id: string, one: Known, from: From) => {
    // A default is made anew: it may come from an answer that changes.
    if (one.from === 'default') return;
    const secret = one.secret ? await store.get(one.secret) : undefined;
    const isAsked = id === literalId || questionOf(guide, id) !== undefined;
    if (isAsked && (secret ?? one.value) !== undefined)
      answers.set(id, secret ? { secret, from } : { value: one.value ?? '', from });
  };
  const runs = await around.state.runs();
  const earlier = newestInstall(runs, around.run, guide.id);
  for (const [id, one] of earlier ? knownSince(earlier, runs) : []) await take(id, one, 'earlier');
  // Accounts may have changed since this run was begun.
  const own = knownSince({ id: around.run, records: session.records, torn: false }, runs);
  for (const [id, one] of own) await take(id, one, one.from);
  for (const { id, value, from } of start.given) giveAnswer(answers, guide, id, value, from);
  return answers;
}

/** A new run of an installed guide knows what the standing one produced, and what was ticked there. */
export async function inherit({ session, around, guide }: Install): Promise<void> {
  const runs = await around.state.runs();
  const earlier = newestInstall(runs, around.run, guide.id);
  if (!earlier || isTakenBack(earlier.id, runs)) return;
  for (const [id, one] of known(earlier.records)) {
    if (one.from === 'step')
      await session.append({ type: 'produced', id, value: one.value, secret: one.secret });
  }
  for (const { item, done, by, note, proven } of ticks(earlier.records).values()) {
    await session.append({ type: 'tick', item, done, by, note, proven });
  }
}

/** The newest earlier one of the guide, whether it stands or not. */
function newestInstall(runs: readonly StoredRun[], except: string, guide: string): StoredRun | undefined {
  return runs.findLast(({ id, records }) => {
    const first = opened(records);
    return id !== except && first?.guide === guide && first.kind === 'install';
  });
}

/** Given answers that are not those of the agreed plan ask for a new one. */
export function givesAnother(answers: ReadonlyMap<string, Answer>, { session, start }: Install): boolean {
  const recorded = known(session.records);
  return start.given.some(({ id }) => {
    const answer = answers.get(id);
    return answer?.value !== undefined && recorded.get(id)?.value !== answer.value;
  });
}
