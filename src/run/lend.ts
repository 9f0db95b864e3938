/** A program that needs the person's terminal: asked of the client that decides, and waited for. */
import type { PlannedStep } from '../journal/records.ts';
import { LeftToPerson, type LentProgram } from '../operations/verbs.ts';
import type { Session } from './session.ts';

/**
 * Until the client says that the program has ended; its exit as a line, empty when it was well or is not known.
 * Throws `LeftToPerson` when the person puts it off, `StopRequested` when they stop.
 */
export async function lendTerminal(
  session: Session,
  step: PlannedStep,
  program: LentProgram,
): Promise<string> {
  session.emit({
    type: 'terminal',
    task: { step: step.id, title: step.title, interrupted: false, ...program },
  });
  try {
    for (;;) {
      const decision = await session.ask('terminal');
      if (decision.type === 'later') throw new LeftToPerson();
      if (decision.type === 'terminal-done') return ended(decision);
    }
  } finally {
    session.answered();
    session.emit({ type: 'terminal', task: null });
  }
}

function ended({ code, signal }: { readonly code: number | null; readonly signal: string | null }): string {
  if (signal !== null) return `signal ${signal}\n`;
  return code ? `exit ${code}\n` : '';
}
