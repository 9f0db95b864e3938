/** What the person decides after a failure. */
import type { Decision } from './protocol.ts';
import type { Session } from './session.ts';

/** The next decision; a shell opened beside the failure is noted, and the question stays. */
export async function askAfterFailure(
  session: Pick<Session, 'ask' | 'append'>,
  step: string,
): Promise<Decision> {
  for (;;) {
    const decision = await session.ask('failure');
    if (decision.type !== 'shell') return decision;
    await session.append({ type: 'decision', decision: 'shell', step });
  }
}
