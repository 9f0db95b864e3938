/** The whole output of a step, head and tail: what is in the middle of very much output is left out. */
import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs';

const headLimit = 25_000_000;
const segmentLimit = 12_500_000;
/** A write costs more than what it writes: many small ones are gathered, for so long at most. */
const gathered = 64_000;
const delay = 100;

/**
 * Writes `path` up to 25 MB, whoever wrote the first of them, then two turning segments `path.tail.1`, `path.tail` of
 * 12.5 MB each, so that the last 12.5 MB at least are there. Not synced: a log is for people, the journal is the
 * record. So a full disk is no reason to stop either; what it cost is said in the log once there is room, and known
 * here.
 */
export class StepLog {
  readonly path: string;
  #file: number | undefined;
  #room: number;
  #inTail: boolean;
  #waiting = '';
  #timer: NodeJS.Timeout | undefined;
  #unsaid = 0;
  /** Bytes that could not be written. */
  lost = 0;

  constructor(path: string) {
    this.path = path;
    const tail = sizeOf(`${path}.tail`);
    // A step that is done again goes on where its log is: each time anew, the retries of a night would fill a disk.
    this.#inTail = tail !== undefined;
    this.#room = tail === undefined ? headLimit - (sizeOf(path) ?? 0) : segmentLimit - tail;
    this.#flush();
  }

  write(text: string): void {
    this.#waiting += text;
    if (this.#waiting.length >= gathered) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), delay);
  }

  close(): void {
    this.#flush();
    if (this.#file !== undefined) closeSync(this.#file);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const bytes = Buffer.from(this.#waiting);
    this.#waiting = '';
    try {
      this.#file ??= openSync(this.#inTail ? `${this.path}.tail` : this.path, 'a', 0o600);
      if (this.#unsaid > 0) writeSync(this.#file, `\n[… ${this.#unsaid}]\n`);
      this.#unsaid = 0;
      this.#write(bytes, this.#file);
    } catch {
      this.lost += bytes.length;
      this.#unsaid += bytes.length;
    }
  }

  #write(bytes: Buffer, file: number): void {
    let to = file;
    for (let from = 0; from < bytes.length; ) {
      if (this.#room <= 0) to = this.#turn(to);
      const written = writeSync(to, bytes, from, Math.min(bytes.length - from, this.#room));
      this.#room -= written;
      from += written;
    }
  }

  #turn(file: number): number {
    if (!this.#inTail) writeSync(file, `\n[…] ${this.path}.tail\n`);
    closeSync(file);
    this.#file = undefined;
    if (this.#inTail) renameSync(`${this.path}.tail`, `${this.path}.tail.1`);
    const tail = openSync(`${this.path}.tail`, 'w', 0o600);
    this.#file = tail;
    this.#room = segmentLimit;
    this.#inTail = true;
    return tail;
  }
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}
