/** An error that no step can be blamed for, in words: what happened, why, what to do. */
import { dirname } from 'node:path';
import type { Text } from '../guide/types.ts';
import type { Host } from '../host/types.ts';
import { both } from '../i18n/both.ts';
import { failureText } from '../i18n/index.ts';
import { journalUnwritable, type Room } from '../i18n/texts/faults.ts';
import { isUnreadable, Unwritable } from '../journal/journal.ts';
import { failureOf } from '../operations/system-error.ts';
import { causeOf } from './causes.ts';
import { unreadableText } from './unreadable.ts';

/** Of a failure, or of what the kernel refuses; nothing when it is a fault of ours. */
export function faultText(error: unknown): Text | undefined {
  if (isUnreadable(error)) return unreadableText(error);
  const failure = failureOf(error);
  if (!failure) return undefined;
  const { code, values, say } = failure;
  const cause = causeOf({ code, values, step: '', said: [] });
  const all = [failureText({ code, values, say }), ...(cause ? [cause.say, cause.do] : [])];
  return both(joined(all.map(({ fr }) => fr)), joined(all.map(({ en }) => en)));
}

/** A command at the end of a sentence has no full stop of its own. */
function joined(sentences: readonly string[]): string {
  return sentences.map((one) => (/[.!?]$/.test(one) ? one : `${one}.`)).join(' ');
}

/** Why the run ends although its journal cannot say so; nothing when it is a fault of ours. */
export async function unrecordedText(error: unknown, host: Host): Promise<Text | undefined> {
  if (!(error instanceof Unwritable)) return faultText(error);
  return journalUnwritable(error.path, error.code, await roomAt(host, dirname(error.path)));
}

async function roomAt(host: Host, path: string): Promise<Room> {
  const { stdout } = await host.look(['df', '-BM', '--output=avail,iavail,target', path]);
  const [, megabytes = '?', inodes = '?', mount = path] = /^ *(\d+)M +(\S+) +(.*)$/m.exec(stdout) ?? [];
  return { mount, megabytes, inodes };
}
