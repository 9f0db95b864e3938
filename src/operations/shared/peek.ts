/** Looking where one may not be allowed to look. */
import type { Ran } from '../../host/types.ts';
import { Failure } from '../verbs.ts';

/** Says `needs-root` where the machine refuses to show something: the plan then shows "unknown". */
export async function peek<T>(what: string, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (isRefusal(error)) throw new Failure('needs-root', { what }, { cause: error });
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM');
}

/** The same for a program that would have to run as a user that this one cannot become. */
export function mustHaveRun(ran: Ran, user: string | undefined): void {
  if (ran.needsRoot) throw new Failure('needs-root', { what: user ?? '' });
  if (/permission denied while trying to connect to the Docker/i.test(ran.stderr))
    throw new Failure('needs-root', { what: 'docker' });
}
