/**
 * Takes secrets out of texts, by value.
 *
 * 1. Every spelling that our own encoders or usual tools give to a secret is known (`spellings`).
 * 2. What a stream lets out, put together, is `redact` of all it was given, wherever the borders fell.
 * 3. A stream keeps back only what may still become a secret, never a whole line that is complete.
 * 4. Values under `shortest` characters are left: they would blacken half of every text.
 */
import { mask } from './secret.ts';
import { spellings } from './spellings.ts';
import { WordFinder } from './word-finder.ts';

export const shortest = 3;

/** Chunks in, chunks out; `end` lets out what was kept back. */
interface RedactingStream {
  write(chunk: string): string;
  end(): string;
}

export class Redactor {
  readonly #forms = new Set<string>();
  #acrossLines = false;
  #finder: WordFinder | undefined;

  /** From now on this value is taken out. */
  add(value: string): void {
    if (value.length < shortest) return;
    for (const form of spellings(value)) if (form.length >= shortest) this.#learn(form);
  }

  redact(text: string): string {
    return this.#masked(text, [])[0];
  }

  stream(): RedactingStream {
    let held = '';
    return {
      write: (chunk) => {
        const text = held + chunk;
        const [out, rest] = this.#masked(text, this.#unfinished(text));
        held = rest;
        return out;
      },
      end: () => {
        const out = this.redact(held);
        held = '';
        return out;
      },
    };
  }

  #learn(form: string): void {
    if (this.#forms.has(form)) return;
    this.#forms.add(form);
    this.#acrossLines ||= form.includes('\n');
    this.#finder = undefined;
  }

  get #words(): WordFinder {
    this.#finder ??= new WordFinder(this.#forms);
    return this.#finder;
  }

  /** What may go out, redacted, and what has to wait for the next chunk: from one of the `waiting` places on. */
  #masked(text: string, waiting: readonly number[]): [out: string, held: string] {
    let out = '';
    let from = 0;
    const border = () => waiting.find((place) => place >= from) ?? text.length;
    for (let word = this.#words.find(text, 0); word; word = this.#words.find(text, from)) {
      if (border() <= word.from) break;
      out += text.slice(from, word.from) + mask;
      from = word.to;
    }
    const end = border();
    return [out + text.slice(from, end), text.slice(end)];
  }

  /** Places near the end where a form begins that the next chunk might complete. */
  #unfinished(text: string): number[] {
    const places: number[] = [];
    const line = this.#acrossLines ? 0 : text.lastIndexOf('\n') + 1;
    const first = Math.max(line, text.length - this.#words.longest + 1);
    for (let place = first; place < text.length; place += 1)
      if (this.#words.isBegun(text, place)) places.push(place);
    return places;
  }
}
