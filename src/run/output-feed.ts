/**
 * The output of the current step on its way to the clients: gathered, cut to its last part, made harmless.
 *
 * 1. At most one event in `interval`, of `limit` characters and a little; what is left out is marked by a line.
 * 2. `flush` sends what waits: whatever else is sent afterwards comes after all output that came before it.
 *
 * Proven by test/run/flood.test.ts.
 */
import { Recent } from '../host/output.ts';
import type { Event } from './protocol.ts';
import { addOutput, harmless, splitUnfinished } from './shown.ts';

type Output = Extract<Event, { type: 'output' }>;

const interval = 100;
const limit = 64_000;
/** A line that stands for those that are not shown. */
export const leftOut = '[…]';

export class OutputFeed {
  readonly #send: (event: Output) => void;
  readonly #waiting = new Recent(limit);
  #hasLineEnd = false;
  #hasText = false;
  #step = '';
  #rest = '';
  #lines: readonly string[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(send: (event: Output) => void) {
    this.#send = send;
  }

  add({ step, text }: Output): void {
    if (step !== this.#step) this.begin(step);
    this.#waiting.add(text);
    this.#hasText = true;
    this.#hasLineEnd ||= text.includes('\n');
    this.#timer ??= setTimeout(() => this.flush(), interval);
  }

  /** What came of the former step is sent; what it said last is over. */
  begin(step: string): void {
    this.flush();
    this.#step = step;
    this.#rest = '';
    this.#lines = [];
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#hasText) return;
    const [text, rest] = splitUnfinished(this.#rest + this.#take());
    this.#rest = rest;
    const shown = harmless(text);
    if (shown === '') return;
    this.#lines = addOutput(this.#lines, shown);
    this.#send({ type: 'output', step: this.#step, text: shown });
  }

  /** For a client that comes now: what the others still see. */
  get past(): Output | undefined {
    if (this.#lines.length === 0) return undefined;
    return { type: 'output', step: this.#step, text: this.#lines.join('\n') };
  }

  #take(): string {
    const text = String(this.#waiting);
    // The end of one endless line goes on where its beginning is shown.
    const isMarked = this.#waiting.isCut && this.#hasLineEnd;
    this.#waiting.clear();
    this.#hasText = false;
    this.#hasLineEnd = false;
    if (!isMarked) return text;
    const border = (this.#lines.at(-1) ?? '') === '' ? '' : '\n';
    // A line that began in what is left out is left out too, unless it begins again.
    const [end = ''] = /[\r\n]/.exec(text) ?? [];
    return `${border}${leftOut}\n${text.slice(text.indexOf(end) + end.length)}`;
  }
}
