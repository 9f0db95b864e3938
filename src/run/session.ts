/** A run in the hands of an engine: its journal, the clients that watch it, and the one that decides. */
import type { Journal } from '../journal/journal.ts';
import type { Body, JournalRecord } from '../journal/records.ts';
import { OutputFeed } from './output-feed.ts';
import type { Decision, Event, Need, Text } from './protocol.ts';
import { shownLines } from './shown.ts';

/** Nobody was there to decide for a long time: the engine ends, the run can be continued. */
export class Abandoned extends Error {}
/** The person asked to stop here. */
export class StopRequested extends Error {}

export interface Client {
  send(event: Event): void;
}

/** What a client is told of the run once. */
type About = Omit<Extract<Event, { type: 'live' }>, 'type' | 'decides'>;

/** Snapshots that a client who comes later needs, beside the records. */
const lasting = [
  'form',
  'live-checks',
  'expected',
  'plan',
  'terminal',
  'trial',
  'todo',
  'conflict',
  'operation',
  'busy',
  'waiting',
  'end',
] as const;
/** Decisions that do not say which question they answer. */
const bare: readonly Decision['type'][] = [
  'submit',
  'correct',
  'retry',
  'remedy',
  'skip',
  'rollback',
  'later',
  'keep',
  'overwrite',
  'terminal-done',
  'confirm',
  'refuse',
];

/** What programs said stands in an error too: the journal, and whoever reads it, gets it harmless and short. */
function withHarmlessError(entry: Extract<Body, { type: 'step-end' }>): Body {
  if (!entry.error) return entry;
  const values = Object.entries(entry.error.values).map(([name, value]) => [
    name,
    shownLines(value).join('\n'),
  ]);
  return { ...entry, error: { ...entry.error, values: Object.fromEntries(values) } };
}

export class Session {
  readonly journal: Journal;
  readonly #about: About;
  readonly #clients: Client[] = [];
  /** Records that a client has already, by their number. */
  readonly #has = new WeakMap<Client, number>();
  readonly #latest = new Map<string, Event>();
  readonly #inbox: Decision[] = [];
  readonly #patience: number;
  readonly #output = new OutputFeed((event) => this.#broadcast(event));
  #wake: (() => void) | undefined;
  #idle: NodeJS.Timeout | undefined;
  #need: Need | null = null;
  stopRequested = false;
  /** Said with a good end: addresses, log-ins. */
  finished: readonly Text[] = [];
  /** Called for a request that is answered at once, whatever the run is doing. */
  onReveal: (id: string) => string | undefined = () => undefined;

  /** `patience`: milliseconds without a client after which a waiting engine ends. */
  constructor(journal: Journal, about: About, patience: number) {
    this.journal = journal;
    this.#about = about;
    this.#patience = patience;
    journal.listen((record) => {
      this.#output.flush();
      this.#forget(record);
      this.#broadcast({ type: 'record', record });
    });
  }

  get records(): readonly JournalRecord[] {
    return this.journal.records;
  }

  append(entry: Body): Promise<JournalRecord> {
    return this.journal.append(entry.type === 'step-end' ? withHarmlessError(entry) : entry);
  }

  emit(event: Event): void {
    if (event.type === 'output') {
      this.#output.add(event);
      return;
    }
    this.#output.flush();
    if (lasting.some((type) => type === event.type)) {
      // Sent again in the order in which they last came.
      this.#latest.delete(event.type);
      this.#latest.set(event.type, event);
    }
    this.#broadcast(event);
  }

  /** Sends the past from the record after `from`, then what is live. The first client decides. */
  attach(client: Client, from: number): void {
    if (this.#clients.includes(client)) return;
    this.#output.flush();
    const { past } = this.#output;
    this.#clients.push(client);
    this.#has.set(client, from);
    for (const record of this.records.slice(from)) client.send({ type: 'record', record });
    this.#tell(client);
    if (past) client.send(past);
    for (const event of this.#latest.values()) client.send(event);
    clearTimeout(this.#idle);
    this.#wake?.();
  }

  /** When the one who decides leaves, the next in line decides. */
  detach(client: Client): void {
    const index = this.#clients.indexOf(client);
    if (index < 0) return;
    this.#clients.splice(index, 1);
    if (index === 0) this.#markInterrupted();
    if (index === 0 && this.#clients[0]) this.#tell(this.#clients[0]);
    if (this.#clients.length === 0) this.#watchIdle();
  }

  #tell(client: Client): void {
    client.send({ type: 'live', decides: this.#clients[0] === client, ...this.#about });
  }

  /** The window of a lost line may stay for hours: nobody has to wait for its end to decide. */
  #takeOver(client: Client): void {
    const [former] = this.#clients;
    if (!former || former === client || !this.#clients.includes(client)) return;
    this.#clients.splice(this.#clients.indexOf(client), 1);
    this.#clients.unshift(client);
    this.#markInterrupted();
    this.#tell(former);
    this.#tell(client);
  }

  /** Whoever had the terminal lent to a program is gone, and the program with it. */
  #markInterrupted(): void {
    const event = this.#latest.get('terminal');
    if (event?.type === 'terminal' && event.task)
      this.emit({ type: 'terminal', task: { ...event.task, interrupted: true } });
  }

  get clients(): number {
    return this.#clients.length;
  }

  /** A decision arrives. Those of clients that only watch are not heard. */
  deliver(client: Client, decision: Decision): void {
    if (decision.type === 'take-over') this.#takeOver(client);
    if (this.#clients[0] !== client || decision.type === 'take-over') return;
    if (decision.type === 'reveal') {
      const value = this.onReveal(decision.id);
      if (value !== undefined) client.send({ type: 'revealed', id: decision.id, value });
      return;
    }
    if (decision.type === 'stop') this.stopRequested = true;
    this.#inbox.push(decision);
    this.#wake?.();
  }

  /** The next decision, while the run needs one for `need`. Throws `StopRequested` or `Abandoned`. */
  async ask(need: Need): Promise<Decision> {
    await this.#put(need);
    return this.#heeded(await this.#next());
  }

  /** The same; nothing when so many milliseconds have passed without a decision. */
  async askFor(need: Need, limit: number): Promise<Decision | undefined> {
    const end = performance.now() + limit;
    await this.#put(need);
    let isOver = false;
    const timer = setTimeout(
      () => {
        isOver = true;
        this.#wake?.();
      },
      Math.max(0, end - performance.now()),
    );
    try {
      await this.#until(() => isOver || this.#inbox.length > 0);
      const decision = this.#inbox.shift();
      return decision && this.#heeded(decision);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Until somebody is there who could be asked. Throws `Abandoned`. */
  async somebody(need: Need): Promise<void> {
    await this.#put(need);
    await this.#until(() => this.#clients.length > 0);
    this.answered();
  }

  async #put(need: Need): Promise<void> {
    if (this.#need === need) return;
    this.#need = need;
    // A key pressed twice answered the question before; it must not answer this one.
    this.#inbox.splice(0, this.#inbox.length, ...this.#inbox.filter(({ type }) => !bare.includes(type)));
    await this.append({ type: 'waiting', need });
    this.emit({ type: 'waiting', need });
  }

  #heeded(decision: Decision): Decision {
    if (decision.type !== 'stop') return decision;
    this.answered();
    throw new StopRequested();
  }

  /** What was asked for last is settled. */
  answered(): void {
    this.#need = null;
    this.emit({ type: 'waiting', need: null });
  }

  /** The first decision that has the options of the run. */
  async started(): Promise<Extract<Decision, { type: 'start' }>> {
    for (;;) {
      const decision = await this.#next();
      if (decision.type === 'start') return decision;
    }
  }

  async #next(): Promise<Decision> {
    await this.#until(() => this.#inbox.length > 0);
    // That is what was waited for.
    return this.#inbox.shift() as Decision;
  }

  async #until(isSo: () => boolean): Promise<void> {
    if (this.#clients.length === 0) this.#watchIdle();
    while (!isSo()) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      this.#wake = resolve;
      this.#abandon = reject;
      await promise;
    }
    this.#abandon = undefined;
  }

  #abandon: ((reason: Error) => void) | undefined;

  #watchIdle(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#abandon?.(new Abandoned()), this.#patience);
    this.#idle.unref();
  }

  /** What a record ends for those who watch, a later client is not sent either. */
  #forget(record: JournalRecord): void {
    if (record.type === 'step-begin') this.#output.begin(record.step);
    if (record.type === 'step-end') this.#latest.delete('operation');
  }

  #broadcast(event: Event): void {
    const hasIt = (client: Client) =>
      event.type === 'record' && event.record.seq <= (this.#has.get(client) ?? 0);
    for (const client of this.#clients) if (!hasIt(client)) client.send(event);
  }
}
