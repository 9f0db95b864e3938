/** Output of a child: its beginning and its end, decoded as it comes. */
import { StringDecoder } from 'node:string_decoder';

const limit = 1_000_000;

/** The last characters of a text that may be very long. Nothing is copied before it is read. */
export class Recent {
  readonly #limit: number;
  #older = '';
  #newer = '';
  #hasDropped = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(text: string): void {
    this.#newer += text;
    if (this.#newer.length < this.#limit) return;
    this.#hasDropped ||= this.#older !== '' || this.#newer.length > this.#limit;
    this.#older = this.#newer;
    this.#newer = '';
  }

  clear(): void {
    this.#older = '';
    this.#newer = '';
    this.#hasDropped = false;
  }

  /** Whether `toString` is less than all there was. */
  get isCut(): boolean {
    return this.#hasDropped || this.#older.length + this.#newer.length > this.#limit;
  }

  toString(): string {
    return (this.#older + this.#newer).slice(-this.#limit);
  }
}

/** Keeps the first and the last part of a text that may be very long. */
export class HeadAndTail {
  readonly #tail = new Recent(limit);
  #head = '';

  add(text: string): void {
    const room = limit - this.#head.length;
    if (room > 0) this.#head += text.slice(0, room);
    if (text.length > room) this.#tail.add(room > 0 ? text.slice(room) : text);
  }

  toString(): string {
    return `${this.#head}${this.#tail.isCut ? '\n[…]\n' : ''}${this.#tail}`;
  }
}

/** Characters that fall across two chunks come out whole; bytes that are none, as U+FFFD. */
export class DecodedStream {
  readonly kept = new HeadAndTail();
  // A TextDecoder that streams takes ten times as long.
  readonly #decoder = new StringDecoder('utf8');
  readonly #onText: (text: string) => void;

  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  write(chunk: Buffer): void {
    this.#take(this.#decoder.write(chunk));
  }

  end(): void {
    this.#take(this.#decoder.end());
  }

  #take(text: string): void {
    if (text === '') return;
    this.kept.add(text);
    this.#onText(text);
  }
}
