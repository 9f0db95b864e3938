/** A run as lines: for a dumb terminal, a screen reader, a log, a script. Same events, same decisions. */
import { createInterface, type Interface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { between, duration, failureSentence, type Words } from '../i18n/index.ts';
import type { Event, FormField, JournalRecord, Lang, PlanStep, TodoItem, View } from '../run/protocol.ts';
import type { LiveConnection } from './connect.ts';

export interface PlainOptions {
  readonly lang: Lang;
  readonly words: Words;
  readonly output: NodeJS.WritableStream;
  /** Nothing is asked. */
  readonly unattended: boolean;
  /** Ctrl-C or Ctrl-D at a question, or the terminal is gone. */
  readonly onLeave: () => void;
}

const stillRunning = 30_000;

/** Shows the run until it ends or the engine is gone. */
export async function followPlain(connection: LiveConnection, options: PlainOptions): Promise<void> {
  const lines = new PlainLines(connection, options);
  const timer = setInterval(() => lines.sayStillRunning(), stillRunning);
  connection.events((event) => lines.show(event));
  await connection.over;
  clearInterval(timer);
  lines.close();
}

class PlainLines {
  readonly #connection: LiveConnection;
  readonly #options: PlainOptions;
  readonly #words: Words;
  #reader: Interface | undefined;
  #isHidden = false;
  #answered = new Set<string>();
  #asking: Promise<void> = Promise.resolve();

  constructor(connection: LiveConnection, options: PlainOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#words = options.words;
  }

  get #view(): View {
    return this.#connection.view();
  }

  #print(line: string): void {
    this.#options.output.write(`${line}\n`);
  }

  close(): void {
    this.#reader?.off('close', this.#options.onLeave).close();
  }

  show(event: Event): void {
    // What happened before this client came is in the journal and the report.
    if (event.type === 'record' && this.#view.live) this.#showRecord(event.record);
    if (event.type === 'plan' && this.#options.unattended) this.#showDangers(event.plan.steps);
    if (event.type === 'live' && !event.decides) this.#print(this.#words.plain.watching);
    if (event.type === 'waiting' && event.need && !this.#options.unattended) {
      const need = event.need;
      this.#asking = this.#asking.then(() => this.#ask(need)).catch(() => {});
    }
  }

  /** Nobody reads the plan of an unattended run: what must not pass silently is said all the same. */
  #showDangers(steps: readonly PlanStep[]): void {
    const { lang } = this.#options;
    for (const step of steps) {
      for (const { id, says, does, security } of step.errata) {
        if (security) this.#print(`!! ${id}: ${says[lang]} -> ${does[lang]}`);
      }
      for (const { title, irreversible } of step.operations) {
        if (irreversible) this.#print(`!! ${title[lang]}: ${irreversible[lang]}`);
      }
    }
  }

  #place(step: string): [number, number] {
    const { steps } = this.#view;
    return [steps.findIndex(({ id }) => id === step) + 1, steps.length];
  }

  #showRecord(record: JournalRecord): void {
    const { plain } = this.#words;
    const { lang } = this.#options;
    if (record.type === 'step-begin') {
      const title = this.#view.steps.find(({ id }) => id === record.step)?.title[lang] ?? record.step;
      this.#print(plain.step(...this.#place(record.step), title));
    }
    if (record.type === 'step-end') this.#showEnd(record);
    if (record.type === 'warning') this.#print(plain.warning(record.say[lang]));
    if (record.type === 'undo-end') {
      const reason = record.reason?.[lang] ?? '';
      const say = {
        undone: plain.undone(record.key),
        kept: plain.undoKept(record.key, reason),
        failed: plain.undoFailed(record.key, reason),
      };
      this.#print(`  ${say[record.outcome]}`);
    }
  }

  #showEnd(record: Extract<JournalRecord, { type: 'step-end' }>): void {
    const { plain } = this.#words;
    const place = this.#place(record.step);
    const step = this.#view.steps.find(({ id }) => id === record.step);
    switch (record.outcome) {
      case 'done': {
        const time = step?.began ? between(step.began, record.time) : undefined;
        this.#print(
          record.changed > 0 && time !== undefined
            ? plain.doneIn(...place, duration(time))
            : plain.nothingToDo(...place),
        );
        break;
      }
      case 'failed':
        this.#print(
          plain.failed(...place, record.error ? failureSentence(record.error, this.#options.lang) : ''),
        );
        for (const line of record.error?.lastLines ?? []) this.#print(`  | ${line}`);
        break;
      case 'skipped':
        this.#print(plain.skipped(...place));
        break;
      case 'left':
        this.#print(plain.left(...place));
        break;
      case 'waits':
        this.#print(plain.waits(...place));
        break;
      default:
        record.outcome satisfies never;
    }
  }

  sayStillRunning(): void {
    const { operation, steps, lines, need, end } = this.#view;
    if (!operation || need || end) return;
    const began = steps.find(({ id }) => id === operation.step)?.began;
    const time = began ? between(began, Date.now()) : undefined;
    if (time !== undefined)
      this.#print(
        this.#words.plain.stillRunning(duration(time), lines.findLast((line) => line.trim() !== '') ?? ''),
      );
  }

  async #ask(need: NonNullable<View['need']>): Promise<void> {
    if (this.#view.need !== need || !this.#view.decides) return;
    switch (need) {
      case 'answers':
        return this.#askAnswers();
      case 'consent':
        return this.#askConsent();
      case 'failure':
        return this.#askFailure();
      case 'checklist':
        return this.#askChecklist();
      case 'conflict':
        return this.#askConflict();
      case 'terminal':
        return undefined;
      default:
        return need satisfies never;
    }
  }

  /** It keeps the terminal in its hands from the first question on: Ctrl-C comes to it, not to the process. */
  #open(): Interface {
    const { isTTY } = process.stdin;
    return createInterface({ input: process.stdin, output: this.#echo(), terminal: isTTY }).once(
      'close',
      this.#options.onLeave,
    );
  }

  async #line(question: string, hidden = false): Promise<string> {
    this.#reader ??= this.#open();
    if (!hidden) return this.#reader.question(question);
    this.#options.output.write(question);
    this.#isHidden = true;
    try {
      return await this.#reader.question('');
    } finally {
      this.#isHidden = false;
      this.#options.output.write('\n');
    }
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

  async #askAnswers(): Promise<void> {
    for (;;) {
      const next = this.#view.form.fields.find((field) => !this.#answered.has(field.id) || field.problem);
      if (!next) break;
      if (next.problem && this.#answered.has(next.id))
        this.#print(this.#words.plain.problem(next.problem[this.#options.lang]));
      const typed = await this.#askField(next);
      this.#answered.add(next.id);
      if (typed === '' && next.from !== undefined && !next.problem) continue;
      if (typed === '' && next.kind === 'secret') {
        if (next.canGenerate && !next.given) this.#connection.send({ type: 'generate', id: next.id });
        else continue;
      } else this.#connection.send({ type: 'answer', id: next.id, value: typed });
      await this.#nextForm();
    }
    this.#connection.send({ type: 'submit' });
  }

  async #askField(field: FormField): Promise<string> {
    const { lang } = this.#options;
    const { plain } = this.#words;
    if (field.help) this.#print(`  ${field.help[lang]}`);
    if (field.kind === 'secret') {
      return this.#line(
        field.given ? plain.secretGiven(field.ask[lang]) : plain.secret(field.ask[lang]),
        true,
      );
    }
    if (field.kind === 'text') return (await this.#line(plain.answer(field.ask[lang], field.value))).trim();
    this.#print(field.ask[lang]);
    for (const [index, choice] of field.choices.entries()) {
      this.#print(`  ${index + 1} ${choice.label[lang]}${choice.unfit ? ` (${choice.unfit[lang]})` : ''}`);
    }
    const initial = field.choices.findIndex(({ value }) => value === field.value) + 1;
    const number = await this.#number(field.choices.length, initial);
    return field.choices[number - 1]?.value ?? field.value;
  }

  async #number(count: number, initial: number): Promise<number> {
    const { plain } = this.#words;
    for (;;) {
      const typed = (await this.#line(plain.choice(initial ? String(initial) : ''))).trim();
      const number = typed === '' ? initial : Number(typed);
      if (Number.isInteger(number) && number >= 1 && number <= count) return number;
      this.#print(plain.choiceUnknown(count));
    }
  }

  /** The engine answers each value with a new form. */
  #nextForm(): Promise<void> {
    const before = this.#view.form;
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = this.#connection.subscribe(() => {
      if (this.#view.form !== before || this.#view.end) resolve();
    });
    return promise.finally(stop);
  }

  async #askConsent(): Promise<void> {
    const { plan, kind } = this.#view;
    if (!plan) return;
    for (const line of planLines(plan.steps, this.#options.lang)) this.#print(line);
    const count = plan.steps
      .flatMap(({ operations }) => operations)
      .filter(({ change }) => change !== 'none').length;
    const { plain } = this.#words;
    const typed = await this.#line(kind === 'install' ? plain.consent(count) : plain.consentUndo(count));
    this.#connection.send(plain.isYes(typed) ? { type: 'consent', hash: plan.hash } : { type: 'stop' });
  }

  async #askFailure(): Promise<void> {
    const { choices } = this.#words.failure;
    const done = this.#view.steps.filter(({ state }) => state === 'done').length;
    const sentences = {
      retry: choices.retry,
      skip: choices.skip,
      rollback: choices.rollback(done),
      stop: choices.stop,
    };
    const offered =
      this.#view.kind === 'install'
        ? (['retry', 'skip', 'rollback', 'stop'] as const)
        : (['retry', 'stop'] as const);
    for (const [index, choice] of offered.entries()) this.#print(`  ${index + 1} ${sentences[choice]}`);
    const chosen = offered[(await this.#number(offered.length, 1)) - 1] ?? 'stop';
    if (chosen !== 'skip') return this.#connection.send({ type: chosen });
    this.#connection.send({ type: 'skip', reason: await this.#line(this.#words.plain.skipReason) });
  }

  async #askChecklist(): Promise<void> {
    const { plain } = this.#words;
    for (const item of this.#view.todo.filter(({ done, optional }) => !done && !optional)) {
      for (const line of todoLines(item, this.#options.lang)) this.#print(line);
      if (item.gives) {
        const value = await this.#line(plain.valueFor(item.gives), true);
        if (value.trim()) this.#connection.send({ type: 'answer', id: item.gives, value });
      }
      const typed = await this.#line(plain.doneQuestion);
      if (!plain.isYes(typed) && typed.trim().length < 3) return this.#connection.send({ type: 'later' });
      this.#connection.send({
        type: 'tick',
        item: item.item,
        done: true,
        note: plain.isYes(typed) ? '' : typed.trim(),
      });
      await this.#nextTodo();
      const problem = this.#view.todo.find((one) => one.item === item.item)?.problem;
      if (problem) this.#print(plain.problem(problem[this.#options.lang]));
    }
    if (this.#view.need === 'checklist') return this.#askChecklist();
  }

  #nextTodo(): Promise<void> {
    const before = this.#view.todo;
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = this.#connection.subscribe(() => {
      if (this.#view.todo !== before || this.#view.end || this.#view.need !== 'checklist') resolve();
    });
    return promise.finally(stop);
  }

  async #askConflict(): Promise<void> {
    const { conflict } = this.#view;
    if (!conflict) return;
    this.#print(this.#words.plain.conflict(conflict.title[this.#options.lang]));
    this.#connection.send({ type: (await this.#number(2, 1)) === 1 ? 'keep' : 'overwrite' });
  }
}

/** What would change, as lines. */
export function planLines(steps: readonly PlanStep[], lang: Lang): string[] {
  const signs = { none: '=', change: '+', undo: '<', person: '[ ]', unknown: '?' } as const;
  return steps.flatMap((step) => [
    `${step.title[lang]}  (${step.id})`,
    ...step.errata.map(
      ({ id, says, does, security }) => `  ${security ? '!!' : '!'} ${id}: ${says[lang]} -> ${does[lang]}`,
    ),
    ...step.operations.flatMap(({ change, title, commands, diff, reason, irreversible }) => [
      `  ${signs[change]} ${title[lang]}${reason ? ` — ${reason[lang]}` : ''}`,
      ...(irreversible ? [`      !! ${irreversible[lang]}`] : []),
      ...commands.map((argv) => `      $ ${argv.join(' ')}`),
      ...(diff
        ? diff
            .trimEnd()
            .split('\n')
            .map((line) => `      ${line}`)
        : []),
    ]),
  ]);
}

/** One thing to do by hand, as lines. */
export function todoLines(item: TodoItem, lang: Lang): string[] {
  return [
    `${item.done ? '[x]' : '[ ]'} ${item.item}: ${item.text[lang]}${item.optional ? (lang === 'fr' ? ' (facultatif)' : ' (optional)') : ''}`,
    ...(item.at ? [`      ${item.at}`] : []),
    ...item.fields.map(
      ({ label, value, note }) =>
        `      ${label ? `${label}: ` : ''}${value}${note ? `  (${note[lang]})` : ''}`,
    ),
    ...(item.problem ? [`      !! ${item.problem[lang]}`] : []),
  ];
}
