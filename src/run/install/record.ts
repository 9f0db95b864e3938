/** Answers on the disk: secrets in their store, the rest in the journal. */
import type { Answer } from '../../answers/resolve.ts';
import { open } from '../../answers/secret.ts';
import { known } from '../../journal/fold.ts';
import type { Install } from './order.ts';

/** Those of the names that have an answer. */
export async function recordNamed(
  order: Install,
  answers: ReadonlyMap<string, Answer>,
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    const answer = answers.get(name);
    if (answer) await recordAnswer(order, name, answer);
  }
}

export async function recordAnswer(
  { session, guide, store, around }: Install,
  id: string,
  answer: Answer,
): Promise<void> {
  const former = known(session.records).get(id);
  if (!answer.secret) {
    if (former?.value === answer.value && former?.from === answer.from) return;
    const { value = '', list, from } = answer;
    await session.append({ type: 'answer', id, value, ...(list === undefined ? {} : { list }), from });
    return;
  }
  around.redactor.add(open(answer.secret));
  const name = `${guide.id}/${id}`;
  const kept = await store.get(name);
  if (!kept || open(kept) !== open(answer.secret)) await store.set(name, answer.secret);
  if (former?.secret !== name) await session.append({ type: 'answer', id, secret: name, from: answer.from });
}
