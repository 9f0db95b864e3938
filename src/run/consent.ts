import type { Decision } from './protocol.ts';
import type { Session } from './session.ts';

/** The plan of this hash is agreed to, at once where nobody is asked; `false`: the person turns back. */
export async function consents(
  session: Session,
  { unattended }: Extract<Decision, { type: 'start' }>,
  hash: string,
): Promise<boolean> {
  if (unattended) {
    await session.append({ type: 'consent', hash, by: 'yes' });
    return true;
  }
  for (;;) {
    const decision = await session.ask('consent');
    const agrees = decision.type === 'consent' && decision.hash === hash;
    if (!agrees && decision.type !== 'correct') continue;
    session.answered();
    if (agrees) await session.append({ type: 'consent', hash, by: 'person' });
    return agrees;
  }
}
