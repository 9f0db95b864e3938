/** What the kernel refuses (a loop of links, a name too long, a read-only disk), as a failure with a sentence. */
import { isSystemError, Unsafe } from '../host/walk.ts';
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
  if (!isSystemError(error)) return undefined;
  const { path = '', code = '', syscall = '' } = error;
  // `ELOOP: too many symbolic links encountered, stat '/x'`: the path is said already.
  const reason = error.message.replace(/, \w+( '.*)?$/s, '');
  const isWriting = /^(write|fsync|fdatasync)$/.test(syscall);
  const isRefused = ['ENOSPC', 'EDQUOT', 'EROFS'].includes(code) || isWriting;
  return new Failure(isRefused ? 'cannot-write' : 'cannot-look', { path, reason }, { cause: error });
}

/** For `catch`: nothing in place of a failure; a fault of ours is thrown on. */
export function unlessFailure(error: unknown): undefined {
  if (!failureOf(error)) throw error;
}
