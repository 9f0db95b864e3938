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

export const shortest = 3;

/** Chunks in, chunks out; `end` lets out what was kept back. */
export interface RedactingStream {
  write(chunk: string): string;
  end(): string;
}

export class Redactor {
  readonly #forms = new Set<string>();
  /** By first character: which forms may begin at a given place. */
  readonly #byFirst = new Map<string, string[]>();
  #longest = 0;
  #acrossLines = false;
  #pattern: RegExp | undefined;

  /** From now on this value is taken out. */
  add(value: string): void {
    if (value.length < shortest) return;
    for (const form of spellings(value)) if (form.length >= shortest) this.#learn(form);
  }

  redact(text: string): string {
    const pattern = this.#compiled();
    return pattern ? text.replace(pattern, mask) : text;
  }

  stream(): RedactingStream {
    let held = '';
    return {
      write: (chunk) => {
        const [out, rest] = this.#advance(held + chunk);
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
    const first = form.charAt(0);
    const list = this.#byFirst.get(first);
    if (list) list.push(form);
    else this.#byFirst.set(first, [form]);
    this.#longest = Math.max(this.#longest, form.length);
    this.#acrossLines ||= form.includes('\n');
    this.#pattern = undefined;
  }

  /** The longest form first, so that none is cut short by a form it begins with. */
  #compiled(): RegExp | undefined {
    if (this.#forms.size === 0) return undefined;
    this.#pattern ??= new RegExp(
      [...this.#forms]
        .sort((a, b) => b.length - a.length)
        .map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
        .join('|'),
      'g',
    );
    return this.#pattern;
  }

  /** What may go out, redacted, and what has to wait for the next chunk. */
  #advance(text: string): [out: string, held: string] {
    const pattern = this.#compiled();
    if (!pattern) return [text, ''];
    const waiting = this.#unfinished(text);
    if (waiting.length === 0) return [text.replace(pattern, mask), ''];
    let out = '';
    let from = 0;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      const border = waiting.find((place) => place >= from);
      if (border !== undefined && border <= match.index) break;
      out += text.slice(from, match.index) + mask;
      from = pattern.lastIndex;
    }
    const border = waiting.find((place) => place >= from) ?? text.length;
    return [out + text.slice(from, border), text.slice(border)];
  }

  /** Places near the end where a form begins that the next chunk might complete. */
  #unfinished(text: string): number[] {
    const places: number[] = [];
    const line = this.#acrossLines ? 0 : text.lastIndexOf('\n') + 1;
    for (let place = Math.max(line, text.length - this.#longest + 1); place < text.length; place += 1) {
      const rest = text.length - place;
      const forms = this.#byFirst.get(text.charAt(place)) ?? [];
      if (forms.some((form) => form.length > rest && text.endsWith(form.slice(0, rest)))) places.push(place);
    }
    return places;
  }
}
