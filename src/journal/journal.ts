/**
 * The append-only record of a run: one JSON object a line, each with a checksum chained to the line before.
 *
 * 1. A record is on the disk (data and, for a new file, its folder) when `append` returns.
 * 2. A last line that was never finished is dropped, and said (`torn`). Any other damage is an error, also in the
 *    last line: nothing is changed, and what comes before the damage can still be read (`Damaged.readable`).
 * 3. Order is by `seq`; `time` is for people: clocks may go backwards.
 * 4. No record holds a secret: the writer's redactor has seen every text before it comes here.
 * 5. After an append that failed (a full disk) nothing more is written: half a line may be there, and what
 *    is on the disk is learnt by opening it again.
 *
 * Proven by test/journal/journal.test.ts and test/crash/.
 */
import { hash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import type { Appender, Host } from '../host/types.ts';
import { isSystemError } from '../host/walk.ts';
import { jsonText } from './json-text.ts';
import { type Body, formCheck, type JournalRecord, journalVersion } from './records.ts';

/** Something other than a torn end is wrong with the file. Exit 6. */
export class Damaged extends Error {
  readonly path: string;
  readonly run: string;
  readonly line: number;
  readonly readable: readonly JournalRecord[];
  constructor(path: string, line: number, readable: readonly JournalRecord[]) {
    super(`${path}: damaged at line ${line}`);
    this.name = 'Damaged';
    this.path = path;
    this.run = basename(dirname(path));
    this.line = line;
    this.readable = readable;
  }
}

/** Written by a newer program whose format this one does not know. */
export class TooNew extends Error {
  readonly path: string;
  readonly run: string;
  readonly program: string;
  constructor(path: string, program: string) {
    super(`${path}: written by version ${program}`);
    this.name = 'TooNew';
    this.path = path;
    this.run = basename(dirname(path));
    this.program = program;
  }
}

/** Why a journal cannot be read. Whatever would be changed might be what it holds. */
export type Unreadable = Damaged | TooNew;

export function isUnreadable(error: unknown): error is Unreadable {
  return error instanceof Damaged || error instanceof TooNew;
}

/** The disk takes no more records (full, read-only, broken). What stands in the journal is all that is known. */
export class Unwritable extends Error {
  readonly path: string;
  /** `ENOSPC`, `EROFS` … */
  readonly code: string;
  constructor(path: string, code: string, cause: unknown) {
    super(`${path}: ${code}`, { cause });
    this.name = 'Unwritable';
    this.path = path;
    this.code = code;
  }
}

export interface Contents {
  readonly records: readonly JournalRecord[];
  /** The last line was unfinished and is left out. */
  readonly torn: boolean;
  /** Bytes of the whole lines. */
  readonly whole: Buffer;
  /** Checksum of the last whole line, which the next one is chained to. */
  readonly sum: string;
}

const sumLength = 32;
const ending = new RegExp(`^,"sum":"([0-9a-f]{${sumLength}})"\\}$`);
const endingLength = `,"sum":""}`.length + sumLength;

function checksum(former: string, text: string): string {
  return hash('sha256', former + text).slice(0, sumLength);
}

/** The line for a record, with the checksum that the next line is chained to. */
function seal(former: string, record: JournalRecord): { line: string; sum: string } {
  const text = jsonText(record);
  const sum = checksum(former, text);
  return { line: `${text.slice(0, -1)},"sum":"${sum}"}\n`, sum };
}

type Check = ReturnType<typeof formCheck>;

function unseal(
  former: string,
  line: string,
  check: Check,
): { record: JournalRecord; sum: string } | undefined {
  const [, sum] = ending.exec(line.slice(-endingLength)) ?? [];
  const head = `${line.slice(0, -endingLength)}}`;
  if (sum === undefined || checksum(former, head) !== sum) return undefined;
  const record = check(parseHead(head));
  return record && { record, sum };
}

/** A line with the right checksum that is no record was never written by us. */
function parseHead(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads a journal's bytes. Throws `Damaged` or `TooNew`. What was read `before` is not read again: a journal only
 * grows.
 */
export function readJournal(path: string, bytes: Buffer, before?: Contents): Contents {
  const known = before && bytes.subarray(0, before.whole.length).equals(before.whole) ? before : undefined;
  if (known && !known.torn && known.whole.length === bytes.length) return known;
  const check = formCheck();
  const records: JournalRecord[] = [...(known?.records ?? [])];
  let sum = known?.sum ?? '';
  let start = known?.whole.length ?? 0;
  for (let end = bytes.indexOf(10, start); end >= 0; end = bytes.indexOf(10, start)) {
    const line = bytes.subarray(start, end);
    const isLast = end === bytes.length - 1;
    if (isLast && isUnsynced(bytes, start)) break;
    refuseNewer(path, records.length, line);
    const next = unseal(sum, line.toString('utf8'), check);
    if (!next || next.record.seq !== records.length + 1) throw new Damaged(path, records.length + 1, records);
    records.push(next.record);
    sum = next.sum;
    start = end + 1;
  }
  // A whole line whose end is another byte was on the disk: nothing that is cut off looks like that.
  const rest = bytes.subarray(start);
  if (unseal(sum, rest.subarray(0, -1).toString('utf8'), check) && !isUnsynced(bytes, start))
    throw new Damaged(path, records.length + 1, records);
  return { records, torn: rest.length > 0, whole: bytes.subarray(0, start), sum };
}

/** The smallest unit that any disk writes. */
const sector = 512;

/**
 * A power cut can leave zeros in the sectors of the append that was never synced. Zeros anywhere else are damage to
 * what was.
 */
function isUnsynced(bytes: Buffer, start: number): boolean {
  let from = bytes.indexOf(0, start);
  if (from < 0) return false;
  while (from >= 0) {
    let to = from;
    while (bytes[to] === 0) to++;
    if ((from !== start && from % sector !== 0) || (to !== bytes.length && to % sector !== 0)) return false;
    from = bytes.indexOf(0, to);
  }
  return true;
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
  readonly #path: string;
  #sum: string;
  #last: Promise<unknown> = Promise.resolve();
  #listener: (record: JournalRecord) => void = () => {};

  private constructor(host: Host, path: string, file: Appender, contents: Contents) {
    this.#host = host;
    this.#path = path;
    this.#file = file;
    this.#sum = contents.sum;
    this.records = [...contents.records];
    this.torn = contents.torn;
  }

  /** Opens or begins the journal at `path`; mends a torn end. Throws `Damaged` or `TooNew`. */
  static async open(host: Host, path: string, read = readJournal): Promise<Journal> {
    const contents = read(path, (await host.read(path)) ?? Buffer.alloc(0));
    if (contents.torn) await host.write(path, contents.whole, { mode: '0600' });
    return new Journal(host, path, await host.append(path, { mode: '0600' }), contents);
  }

  /** Called for each record once it is durable. */
  listen(listener: (record: JournalRecord) => void): void {
    this.#listener = listener;
  }

  /**
   * Adds a record; it is durable when the promise is kept. Calls are written in the order they are made.
   * Throws `Unwritable`.
   */
  append(entry: Body): Promise<JournalRecord> {
    // Waits for the one before, and fails as it did.
    const written = this.#last.then(() => this.#write(entry));
    this.#last = written;
    return written;
  }

  async #write(entry: Body): Promise<JournalRecord> {
    const record = { seq: this.records.length + 1, time: this.#host.now().toISOString(), ...entry };
    const { line, sum } = seal(this.#sum, record);
    try {
      await this.#file.append(line);
    } catch (error) {
      throw isSystemError(error) ? new Unwritable(this.#path, String(error.code), error) : error;
    }
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
