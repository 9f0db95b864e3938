/** The whole output of a step, head and tail: what is in the middle of very much output is left out. */
import { closeSync, openSync, renameSync, writeSync } from 'node:fs';

const headLimit = 25_000_000;
const segmentLimit = 12_500_000;

/**
 * Writes `path` up to 25 MB, then two turning segments `path.tail.1`, `path.tail` of 12.5 MB each, so that
 * the last 12.5 MB at least are there. Not synced: a log is for people, the journal is the record.
 */
export class StepLog {
  readonly path: string;
  #file: number;
  #room: number;
  #inTail = false;

  constructor(path: string) {
    this.path = path;
    this.#file = openSync(path, 'a', 0o600);
    this.#room = headLimit;
  }

  write(text: string): void {
    if (this.#room <= 0) this.#turn();
    writeSync(this.#file, text);
    this.#room -= Buffer.byteLength(text);
  }

  close(): void {
    closeSync(this.#file);
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
