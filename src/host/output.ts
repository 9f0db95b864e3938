/** Output of a child: its beginning and its end, decoded as it comes. */

const limit = 1_000_000;

/** Keeps the first and the last part of a text that may be very long. */
export class HeadAndTail {
  #head = '';
  #tail = '';
  #dropped = false;

  add(text: string): void {
    const room = limit - this.#head.length;
    this.#head += text.slice(0, room);
    this.#tail += text.slice(room);
    // Cut now and then only: each cut copies.
    if (this.#tail.length > 2 * limit) this.#cut();
  }

  toString(): string {
    this.#cut();
    return this.#dropped ? `${this.#head}\n[…]\n${this.#tail}` : this.#head + this.#tail;
  }

  #cut(): void {
    if (this.#tail.length <= limit) return;
    this.#tail = this.#tail.slice(-limit);
    this.#dropped = true;
  }
}

/** Characters that fall across two chunks come out whole. */
export class DecodedStream {
  readonly kept = new HeadAndTail();
  readonly #decoder = new TextDecoder();
  readonly #onText: (text: string) => void;

  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  write(chunk: Uint8Array): void {
    this.#take(this.#decoder.decode(chunk, { stream: true }));
  }

  end(): void {
    this.#take(this.#decoder.decode());
  }

  #take(text: string): void {
    if (text === '') return;
    this.kept.add(text);
    this.#onText(text);
  }
}
