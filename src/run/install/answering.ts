/** Questions until each has a right answer, with live checks beside them. */
import { generateSecrets } from '../../answers/generate.ts';
import { giveAnswer } from '../../answers/give.ts';
import { type Answer, type Resolution, resolveAnswers } from '../../answers/resolve.ts';
import { open } from '../../answers/secret.ts';
import { usesOf } from '../../guide/uses.ts';
import { LiveChecks } from '../live-checks.ts';
import type { Install } from './order.ts';
import { recordNamed } from './record.ts';
import { type Refusals, withRefusals } from './refusals.ts';

/**
 * Until every question has a right answer and the person goes on; nothing when that cannot be, as nobody is there.
 * A look that an end of the run cuts short cleans up after itself first.
 */
export async function askAnswers(
  order: Install,
  answers: Map<string, Answer>,
  refusals: Refusals,
): Promise<Resolution | undefined> {
  const { guide, facts, around, session } = order;
  const live = new LiveChecks({ guide, facts, around, emit: (event) => session.emit(event) });
  try {
    return await answering(order, answers, refusals, live);
  } catch (end) {
    live.stop();
    await live.settled();
    throw end;
  } finally {
    live.stop();
  }
}

/** Each answer is durable at once. */
async function answering(
  order: Install,
  answers: Map<string, Answer>,
  refusals: Refusals,
  live: LiveChecks,
): Promise<Resolution | undefined> {
  const { session, guide, facts, start, around } = order;
  const uses = usesOf(guide, order.assets);
  for (;;) {
    const resolution = withRefusals(resolveAnswers(guide, facts, answers, uses), answers, refusals);
    session.emit({ type: 'form', form: resolution.form });
    session.onReveal = (id) => {
      const secret = answers.get(id)?.secret;
      return secret && open(secret);
    };
    if (start.unattended)
      return resolution.problems.length === 0 ? complete(order, resolution, answers) : undefined;
    live.follow(resolution);
    const decision = await session.ask('answers');
    if (decision.type === 'answer') {
      const { id, value, from = 'person' } = decision;
      await recordNamed(order, answers, giveAnswer(answers, guide, id, value, from));
    }
    if (decision.type === 'generate') {
      const made = generateSecrets(guide, { ...resolution, toGenerate: [decision.id] }, around.host.random);
      for (const [id, { secret }] of made)
        if (secret)
          await recordNamed(order, answers, giveAnswer(answers, guide, id, open(secret), 'generated'));
    }
    if (decision.type === 'submit' && resolution.problems.length === 0) {
      session.answered();
      return complete(order, resolution, answers);
    }
  }
}

/** Adds the secrets that the wizard makes. */
function complete(
  { guide, around }: Install,
  resolution: Resolution,
  answers: Map<string, Answer>,
): Resolution {
  for (const [id, answer] of generateSecrets(guide, resolution, around.host.random)) {
    answers.set(id, answer);
    resolution.answers.set(id, answer);
  }
  return resolution;
}
