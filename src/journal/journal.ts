/**
 * The append-only record of a run: one JSON object a line, each with a checksum chained to the line before.
 *
 * 1. A record is on the disk (data and, for a new file, its folder) when `append` returns.
 * 2. A last line that was never finished is dropped, and said (`torn`). Any other damage is an error: nothing
 *    is changed, and what comes before the damage can still be read (`Damaged.readable`).
 * 3. Order is by `seq`; `time` is for people: clocks may go backwards.
 * 4. No record holds a secret: the writer's redactor has seen every text before it comes here.
 * 5. After an append that failed (a full disk) nothing more is written: half a line may be there, and what
 *    is on the disk is learnt by opening it again.
 *
 * Proven by test/journal/journal.test.ts and test/crash/.
 */
import { createHash } from 'node:crypto';
import type { Appender, Host } from '../host/types.ts';
import { type Body, body, type JournalRecord, journalVersion } from './records.ts';

/** Something other than a torn end is wrong with the file. Exit 6. */
export class Damaged extends Error {
  readonly path: string;
  readonly line: number;
  readonly readable: readonly JournalRecord[];
  constructor(path: string, line: number, readable: readonly JournalRecord[]) {
    super(`${path}: damaged at line ${line}`);
    this.name = 'Damaged';
    this.path = path;
    this.line = line;
    this.readable = readable;
  }
}

/** Written by a newer program whose format this one does not know. */
export class TooNew extends Error {
  readonly path: string;
  readonly program: string;
  constructor(path: string, program: string) {
    super(`${path}: written by version ${program}`);
    this.name = 'TooNew';
    this.path = path;
    this.program = program;
  }
}

interface Contents {
  readonly records: readonly JournalRecord[];
  /** The last line was unfinished and is left out. */
  readonly torn: boolean;
  /** Bytes of the whole lines. */
  readonly whole: Buffer;
  /** Checksum of the last whole line, which the next one is chained to. */
  readonly sum: string;
}

const sumLength = 32;
const sealed = new RegExp(`^(.*),"sum":"([0-9a-f]{${sumLength}})"\\}$`, 's');

function checksum(former: string, text: string): string {
  return createHash('sha256').update(former).update(text).digest('hex').slice(0, sumLength);
}

/** The line for a record, with the checksum that the next line is chained to. */
function seal(former: string, record: JournalRecord): { line: string; sum: string } {
  const text = JSON.stringify(record);
  const sum = checksum(former, text);
  return { line: `${text.slice(0, -1)},"sum":"${sum}"}\n`, sum };
}

function unseal(former: string, line: string): { record: JournalRecord; sum: string } | undefined {
  const [, head, sum] = sealed.exec(line) ?? [];
  if (head === undefined || sum === undefined || checksum(former, `${head}}`) !== sum) return undefined;
  const value: { seq: number; time: string } = JSON.parse(`${head}}`);
  const parsed = body.safeParse(value);
  return parsed.success ? { record: { ...parsed.data, seq: value.seq, time: value.time }, sum } : undefined;
}

/** Reads a journal's bytes. Throws `Damaged` or `TooNew`. */
export function readJournal(path: string, bytes: Buffer): Contents {
  const records: JournalRecord[] = [];
  let sum = '';
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    const line = bytes.subarray(start, end);
    const isLast = end === bytes.length - 1;
    // A power cut can leave zeros in the blocks of the append that was never synced.
    if (isLast && line.includes(0)) break;
    refuseNewer(path, records.length, line);
    const next = unseal(sum, line.toString('utf8'));
    if (!next || next.record.seq !== records.length + 1) throw new Damaged(path, records.length + 1, records);
    records.push(next.record);
    sum = next.sum;
    start = end + 1;
  }
  return { records, torn: start < bytes.length, whole: bytes.subarray(0, start), sum };
}

/** A newer format may have records this program cannot parse: the first line says so before anything else. */
function refuseNewer(path: string, before: number, line: Buffer): void {
  if (before > 0) return;
  const versions = /"versions":(\{[^{}]*\})/.exec(line.toString('utf8'))?.[1];
  if (!versions) return;
  try {
    const { journal, program }: { journal: number; program: string } = JSON.parse(versions);
    if (journal > journalVersion) throw new TooNew(path, program);
  } catch (error) {
    if (error instanceof TooNew) throw error;
  }
}

/** The one writer of a run's journal. */
export class Journal {
  readonly records: JournalRecord[];
  readonly torn: boolean;
  readonly #host: Host;
  readonly #file: Appender;
  #sum: string;
  #last: Promise<unknown> = Promise.resolve();
  #listener: (record: JournalRecord) => void = () => {};

  private constructor(host: Host, file: Appender, contents: Contents) {
    this.#host = host;
    this.#file = file;
    this.#sum = contents.sum;
    this.records = [...contents.records];
    this.torn = contents.torn;
  }

  /** Opens or begins the journal at `path`; mends a torn end. Throws `Damaged` or `TooNew`. */
  static async open(host: Host, path: string): Promise<Journal> {
    const contents = readJournal(path, (await host.read(path)) ?? Buffer.alloc(0));
    if (contents.torn) await host.write(path, contents.whole, { mode: '0600' });
    return new Journal(host, await host.append(path, { mode: '0600' }), contents);
  }

  /** Called for each record once it is durable. */
  listen(listener: (record: JournalRecord) => void): void {
    this.#listener = listener;
  }

  /** Adds a record; it is durable when the promise is kept. Calls are written in the order they are made. */
  append(entry: Body): Promise<JournalRecord> {
    // Waits for the one before, and fails as it did.
    const written = this.#last.then(() => this.#write(entry));
    this.#last = written;
    return written;
  }

  async #write(entry: Body): Promise<JournalRecord> {
    const record = { seq: this.records.length + 1, time: this.#host.now().toISOString(), ...entry };
    const { line, sum } = seal(this.#sum, record);
    await this.#file.append(line);
    this.#sum = sum;
    this.records.push(record);
    this.#listener(record);
    return record;
  }

  async close(): Promise<void> {
    await this.#last.catch(() => {});
    await this.#file.close();
  }
}
