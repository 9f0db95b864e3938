/** A conversation in lines: what is said stays said, what is asked is numbered or ends with a colon. */
import { createInterface, type Interface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { toAscii, type Words } from '../../i18n/index.ts';
import type { Lang, Text } from '../../run/protocol.ts';
import { oneLine, printed } from '../../run/shown.ts';

export interface TalkOptions {
  readonly lang: Lang;
  readonly words: Words;
  /** No typography: each sentence is put into plain characters. */
  readonly ascii: boolean;
  readonly output: NodeJS.WritableStream;
  /** Ctrl-C or Ctrl-D at a question, or the terminal is gone. */
  readonly onLeave: () => void;
}

export class Talk {
  readonly lang: Lang;
  readonly words: Words;
  readonly #options: TalkOptions;
  #reader: Interface | undefined;
  #isHidden = false;

  constructor(options: TalkOptions) {
    this.lang = options.lang;
    this.words = options.words;
    this.#options = options;
  }

  /** A guide's sentence in the chosen language. */
  say(text: Text): string {
    return this.plain(text[this.lang]);
  }

  /** A value, or a line of a program or a file: one line, harmless and readable here. */
  plain(text: string): string {
    const shown = oneLine(text);
    return this.#options.ascii ? toAscii(shown) : shown;
  }

  print(...lines: readonly string[]): void {
    for (const line of lines) this.#options.output.write(`${printed(line)}\n`);
  }

  /** What was typed; nothing of it is shown when `hidden`. */
  async line(question: string, hidden = false, signal?: AbortSignal): Promise<string> {
    this.#reader ??= this.#open();
    if (!hidden) return (await this.#reader.question(question, signal ? { signal } : {})).trim();
    this.#options.output.write(question);
    this.#isHidden = true;
    try {
      return await this.#reader.question('');
    } finally {
      this.#isHidden = false;
      this.print('');
    }
  }

  async isYes(question: string): Promise<boolean> {
    return this.words.plain.isYes(await this.line(question));
  }

  /** One of the numbered choices; Enter takes `initial` where there is one. */
  async choose<Value>(
    choices: readonly { readonly value: Value; readonly label: string }[],
    initial?: Value,
    /** Ends the question without an answer: it throws. */
    signal?: AbortSignal,
  ): Promise<Value> {
    for (const [index, { label }] of choices.entries()) this.print(`  ${index + 1}  ${label}`);
    const { plain } = this.words;
    const usual = choices.findIndex(({ value }) => value === initial) + 1;
    for (;;) {
      const typed = await this.line(plain.choice(usual ? String(usual) : ''), false, signal);
      const chosen = choices[(typed === '' ? usual : Number(typed)) - 1];
      if (chosen) return chosen.value;
      this.print(plain.choiceUnknown(choices.length));
    }
  }

  /** Keeps its hands off the terminal until `work` is done. */
  async lend<Result>(work: () => Promise<Result>): Promise<Result> {
    this.close();
    return work();
  }

  close(): void {
    this.#reader?.off('close', this.#options.onLeave).close();
    this.#reader = undefined;
  }

  /** The terminal is in its hands from the first question on: Ctrl-C comes to it, not to the process. */
  #open(): Interface {
    const { isTTY } = process.stdin;
    return createInterface({ input: process.stdin, output: this.#echo(), terminal: isTTY }).once(
      'close',
      this.#options.onLeave,
    );
  }

  /** What the reader would echo of a secret stays away from the terminal. */
  #echo(): Writable {
    return new Writable({
      write: (chunk, _, done) => {
        if (!this.#isHidden) this.#options.output.write(chunk);
        done();
      },
    });
  }
}
