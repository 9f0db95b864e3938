/** The end of what a step said: a few lines for its error, more of it to find the cause. */
import { Recent } from '../host/output.ts';
import { shownLines } from './shown.ts';

export class Tail {
  readonly #text = new Recent(64_000);
  add(text: string): void {
    this.#text.add(text);
  }
  all(): readonly string[] {
    return shownLines(String(this.#text));
  }
  lines(): string[] {
    return this.all().slice(-8);
  }
}
