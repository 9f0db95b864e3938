/** Harms a journal in every way of one sort, and counts what reading it says. */
import { Damaged, isUnreadable, readJournal } from '../../src/journal/journal.ts';
import type { JournalRecord } from '../../src/journal/records.ts';

export interface Counted extends Record<string, number> {
  cases: number;
  /** Said to be damaged, or to be of a newer program. */
  detected: number;
  /** The same records, and nothing lost. */
  harmless: number;
  missed: number;
}

const none = (): Counted => ({ cases: 0, detected: 0, harmless: 0, missed: 0 });

/** What a byte is replaced with: flipped bits, ends of lines and of texts, quotes, digits, not UTF-8. */
function others(was: number): number[] {
  const flips = [1, 2, 4, 8, 16, 32, 64, 128].map((bit) => was ^ bit);
  return [...new Set([...flips, 0, 10, 13, 32, 34, 48, 57, 92, 123, 125, 0x80, 0xc3, 0xff])].filter(
    (now) => now !== was,
  );
}

/** Each byte, or each `every`th of them with the first ones and the end, by each of the others. */
export function changeBytes(bytes: Buffer, every: number): { counted: Counted; missed: string[] } {
  const whole = JSON.stringify(readJournal('j', bytes).records);
  const counted = none();
  const missed: string[] = [];
  const changed = Buffer.from(bytes);
  for (let at = 0; at < bytes.length; at++) {
    const was = bytes[at] ?? 0;
    const isSpecial = at < 3 || at > bytes.length - 4;
    if (at % every !== 0 && !isSpecial) continue;
    for (const now of others(was)) {
      changed[at] = now;
      counted.cases++;
      const verdict = judge(changed, whole);
      counted[verdict]++;
      if (verdict === 'missed') missed.push(`byte ${at} from ${was} to ${now}`);
    }
    changed[at] = was;
  }
  return { counted, missed };
}

function judge(changed: Buffer, whole: string): 'detected' | 'harmless' | 'missed' {
  try {
    const { records, torn } = readJournal('j', changed);
    return !torn && JSON.stringify(records) === whole ? 'harmless' : 'missed';
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return readsOnlyWhatWas(error instanceof Damaged ? error.readable : [], whole) ? 'detected' : 'missed';
  }
}

function readsOnlyWhatWas(records: readonly JournalRecord[], whole: string): boolean {
  return whole.startsWith(JSON.stringify(records).slice(0, -1));
}

/** Cut at each length, or at each `every`th and before, at and after the end of each line. */
export function cutAnywhere(bytes: Buffer, every: number): { counted: Counted; missed: string[] } {
  const { records } = readJournal('j', bytes);
  const counted = none();
  const missed: string[] = [];
  let lines = 0;
  for (let length = 0; length <= bytes.length; length++) {
    const isEnd = length === 0 || bytes[length - 1] === 10;
    if (isEnd && length > 0) lines++;
    if (length % every !== 0 && !isEnd && bytes[length] !== 10 && bytes[length - 2] !== 10) continue;
    const cut = readJournal('j', bytes.subarray(0, length));
    counted.cases++;
    const isRight =
      cut.torn === !isEnd && JSON.stringify(cut.records) === JSON.stringify(records.slice(0, lines));
    counted[isRight ? (isEnd ? 'harmless' : 'detected') : 'missed']++;
    if (!isRight) missed.push(`${length} bytes`);
  }
  return { counted, missed };
}
