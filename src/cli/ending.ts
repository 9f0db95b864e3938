/** An error that ends a command, or keeps a run from being opened: its sentence and its exit code. */
import type { Lang } from '../guide/types.ts';
import { toAscii, type Words } from '../i18n/index.ts';
import { Damaged, isUnreadable, type Unreadable } from '../journal/journal.ts';
import { Busy } from '../journal/lock.ts';
import { faultText } from '../run/fault.ts';
import { oneLine } from '../run/shown.ts';
import { unreadableText } from '../run/unreadable.ts';
import { isAscii, Leave } from './here.ts';

export interface Ending {
  readonly exit: number;
  readonly sentence: string;
}

export function ending(error: unknown, say: Words, lang: Lang): Ending {
  if (error instanceof Leave) return { exit: error.exit, sentence: error.message };
  if (error instanceof Busy) return { exit: 5, sentence: say.cli.anotherRun(error.holder.run) };
  if (isUnreadable(error)) return { exit: 6, sentence: shown(unreadableText(error)[lang]) };
  const fault = faultText(error);
  if (fault) return { exit: 1, sentence: shown(fault[lang]) };
  return { exit: 1, sentence: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** What is wrong with a journal, and the records before the damage, a line each. */
export function unreadableLines(error: Unreadable, lang: Lang): string[] {
  const readable = error instanceof Damaged ? error.readable : [];
  const lines = readable.map((record) => {
    const about = [
      'step' in record ? record.step : '',
      'key' in record ? oneLine(record.key) : '',
      'outcome' in record ? record.outcome : '',
    ];
    return `  ${record.seq} ${record.time} ${record.type} ${about.filter(Boolean).join(' ')}`;
  });
  return [shown(unreadableText(error)[lang]), ...lines];
}

const shown = (text: string): string => (isAscii() ? toAscii(text) : text);
