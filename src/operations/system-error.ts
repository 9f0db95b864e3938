/** What the kernel refuses (a loop of links, a name too long, a read-only disk), as a failure with a sentence. */
import { Failure } from './verbs.ts';

/** The failure itself, one made of a system error, or nothing: then it is a fault of ours. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof Failure) return error;
  if (!(error instanceof Error) || !('errno' in error) || !('code' in error)) return undefined;
  const path = 'path' in error ? String(error.path) : '';
  // `ELOOP: too many symbolic links encountered, stat '/x'`: the path is said already.
  const reason = error.message.replace(/, \w+( '.*)?$/s, '');
  return new Failure('cannot-look', { path, reason }, { cause: error });
}
