/** A secret in memory: whatever prints it, prints dots. */
import { inspect } from 'node:util';

export const mask = '••••••••';

let read: (secret: Secret) => string;

/** `String()`, JSON, `console.log` and string templates all give dots; only `open` gives the value. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  static {
    read = (secret) => secret.#value;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [inspect.custom](): string {
    return mask;
  }
}

/** The value itself: for standard input, a 0600 file, a store, the redactor. */
export function open(secret: Secret): string {
  return read(secret);
}
