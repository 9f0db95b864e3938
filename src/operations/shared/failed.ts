/** The failure of a command, for where `context.must` cannot be used. */
import type { Ran } from '../../host/types.ts';
import { type Context, Failure } from '../verbs.ts';

export function commandFailed(argv: readonly string[], ran: Ran, { redact }: Context): Failure {
  return new Failure('command-failed', {
    command: redact(argv.join(' ')),
    code: String(ran.signal ?? ran.code),
    lastLine: lastWords(ran, redact),
  });
}

/** The last line a program said, errors first; no secret. */
export function lastWords({ stdout, stderr }: Ran, redact: Context['redact']): string {
  const words = stderr.trim() === '' ? stdout : stderr;
  return redact(words).trim().split('\n').at(-1)?.trim().slice(0, 300) ?? '';
}
