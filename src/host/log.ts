/** The whole output of a step, head and tail: what is in the middle of very much output is left out. */
import { closeSync, openSync, renameSync, writeSync } from 'node:fs';

const headLimit = 25_000_000;
const segmentLimit = 12_500_000;
/** A write costs more than what it writes: many small ones are gathered, for so long at most. */
const gathered = 64_000;
const delay = 100;

/**
 * Writes `path` up to 25 MB, then two turning segments `path.tail.1`, `path.tail` of 12.5 MB each, so that
 * the last 12.5 MB at least are there. Not synced: a log is for people, the journal is the record.
 */
export class StepLog {
  readonly path: string;
  #file: number;
  #room: number;
  #inTail = false;
  #waiting = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string) {
    this.path = path;
    this.#file = openSync(path, 'a', 0o600);
    this.#room = headLimit;
  }

  write(text: string): void {
    this.#waiting += text;
    if (this.#waiting.length >= gathered) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), delay);
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const bytes = Buffer.from(this.#waiting);
    this.#waiting = '';
    try {
      this.#write(bytes);
    } catch {
      // A full disk: the journal says so where it matters, and a log is no reason to stop.
    }
  }

  #write(bytes: Buffer): void {
    for (let from = 0; from < bytes.length; ) {
      if (this.#room <= 0) this.#turn();
      const written = writeSync(this.#file, bytes, from, Math.min(bytes.length - from, this.#room));
      this.#room -= written;
      from += written;
    }
  }

  #turn(): void {
    if (!this.#inTail) writeSync(this.#file, `\n[…] ${this.path}.tail\n`);
    closeSync(this.#file);
    if (this.#inTail) renameSync(`${this.path}.tail`, `${this.path}.tail.1`);
    this.#file = openSync(`${this.path}.tail`, 'w', 0o600);
    this.#room = segmentLimit;
    this.#inTail = true;
  }
}
