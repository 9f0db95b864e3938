/** What the kernel refuses (a loop of links, a name too long, a read-only disk), as a failure with a sentence. */
import { Unsafe } from '../host/walk.ts';
import { Failure } from './verbs.ts';

/** The failure itself, one made of a system error, or nothing: then it is a fault of ours. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof Failure) return error;
  if (error instanceof Unsafe)
    return new Failure(
      error.what === 'link' ? 'unsafe-path' : 'shared-folder',
      { path: error.path },
      { cause: error },
    );
  if (!(error instanceof Error) || !('errno' in error) || !('code' in error)) return undefined;
  const path = 'path' in error ? String(error.path) : '';
  // `ELOOP: too many symbolic links encountered, stat '/x'`: the path is said already.
  const reason = error.message.replace(/, \w+( '.*)?$/s, '');
  const writing = 'syscall' in error && /^(write|fsync|fdatasync)$/.test(String(error.syscall));
  const isRefused = ['ENOSPC', 'EDQUOT', 'EROFS'].includes(String(error.code)) || writing;
  return new Failure(isRefused ? 'cannot-write' : 'cannot-look', { path, reason }, { cause: error });
}
