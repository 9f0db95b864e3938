/**
 * Drives the real engine inside a test: a world of its own (state folder and practice folder), a client that answers
 * what it is asked, and a host on the real file system.
 */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { SecretStore } from '../../src/answers/store.ts';
import type { Guide } from '../../src/guide/types.ts';
import type { Gate } from '../../src/host/gate.ts';
import { realHost } from '../../src/host/real.ts';
import type { Host } from '../../src/host/types.ts';
import type { JournalRecord } from '../../src/journal/records.ts';
import { StateFolder } from '../../src/journal/state.ts';
import { type EngineOptions, runEngine } from '../../src/run/engine.ts';
import {
  type Decision,
  type Event,
  emptyView,
  type From,
  foldEvent,
  type Need,
  type View,
} from '../../src/run/protocol.ts';
import type { Client, Session } from '../../src/run/session.ts';
import {
  type Given,
  lateStore,
  practiceAnswers,
  practiceAssets,
  quickPractice,
  type World,
  worldIn,
} from './world.ts';

/** An empty world that goes when the test ends. */
export function newWorld(parent = tmpdir()): World {
  const root = mkdtempSync(join(parent, 'setup-wizard-run-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  return worldIn(root);
}

let boots = 0;
const looked = new Map<string, ReturnType<Host['look']>>();

export interface TestHostOptions {
  readonly gate?: Gate;
  /** Default: another one each time, so that whoever held the lock before is gone, as after a power cut. */
  readonly boot?: string;
}

/** The real host; what it sees of the machine at the start of a run is looked at once for all tests. */
export function testHost({ gate, boot = `boot-${++boots}` }: TestHostOptions = {}): Host {
  const host = realHost(gate ? { gate } : {});
  return {
    ...host,
    async read(path) {
      return path === '/proc/sys/kernel/random/boot_id' ? Buffer.from(`${boot}\n`) : host.read(path);
    },
    look(argv, options) {
      if (!['hostname', 'ip', '/usr/bin/python3'].includes(argv[0] ?? '')) return host.look(argv, options);
      const key = argv.join(' ');
      const known = looked.get(key) ?? host.look(argv, { timeout: 5000 });
      looked.set(key, known);
      return known;
    },
  };
}

export type Decide = (view: View, need: Need) => readonly Decision[];

/** A person who goes on and agrees, unless `first` has something else to say. */
export const agreeing =
  (first: Decide = () => []): Decide =>
  (view, need) => {
    const said = first(view, need);
    if (said.length > 0) return said;
    if (need === 'answers') return [{ type: 'submit' }];
    return need === 'consent' ? [{ type: 'consent', hash: view.plan?.hash ?? '' }] : [];
  };

/** Says these, one each time that it is asked for `need`. */
export function inTurn(need: Need, ...turns: readonly (readonly Decision[])[]): Decide {
  const left = [...turns];
  return (_, asked) => (asked === need ? (left.shift() ?? []) : []);
}

/** A client in the same process: keeps what it was sent, answers what it is asked. */
export class Seat implements Client {
  readonly events: Event[] = [];
  view: View = emptyView;
  readonly #decide: Decide;
  #session: Session | undefined;

  constructor(decide: Decide = () => []) {
    this.#decide = decide;
  }

  attach(session: Session, from = 0): void {
    this.#session = session;
    session.attach(this, from);
  }

  detach(): void {
    this.#session?.detach(this);
  }

  deliver(...decisions: readonly Decision[]): void {
    for (const decision of decisions) this.#session?.deliver(this, decision);
  }

  send(event: Event): void {
    this.events.push(event);
    this.view = foldEvent(this.view, event);
    if (event.type !== 'waiting' || event.need === null) return;
    const { need } = event;
    // As over a socket: the answer comes after the question was put.
    setImmediate(() => this.deliver(...this.#decide(this.view, need)));
  }

  of<T extends Event['type']>(type: T): Extract<Event, { type: T }>[] {
    return this.events.filter((event): event is Extract<Event, { type: T }> => event.type === type);
  }
}

export interface Drive {
  readonly run?: string;
  readonly host?: Host;
  readonly guide?: Guide;
  /** The guides that the program knows. Default: that one. */
  readonly guides?: readonly Guide[];
  readonly assets?: EngineOptions['assets'];
  readonly kind?: EngineOptions['kind'];
  readonly account?: EngineOptions['account'];
  readonly of?: string;
  readonly to?: string;
  readonly given?: Given;
  readonly from?: From;
  readonly until?: string;
  /** Answers what the run asks. Without: nobody does (`--yes`). */
  readonly decide?: Decide;
  readonly patience?: number;
  /** What the session of the client has for programs, and where the engine puts it. */
  readonly site?: Readonly<Record<string, string>>;
  readonly environment?: NodeJS.ProcessEnv;
  /** Told of the client that starts the run. */
  readonly seat?: (seat: Seat) => void;
  readonly store?: SecretStore;
  /** Told of the session before the run starts; the first to attach decides. */
  readonly serve?: (session: Session) => Promise<void> | void;
}

export interface Driven {
  readonly exit: number;
  readonly run: string;
  readonly seat: Seat;
  readonly records: readonly JournalRecord[];
}

/** Runs one engine to its end, with one client that starts it. */
export async function drive(world: World, options: Drive = {}): Promise<Driven> {
  const host = options.host ?? testHost();
  const state = new StateFolder(realHost(), world.state);
  const guide = options.guide ?? quickPractice;
  const run = options.run ?? (await state.newRun(guide.id));
  const seat = new Seat(options.decide);
  options.seat?.(seat);
  let records: readonly JournalRecord[] = [];
  const exit = await runEngine({
    host,
    state: world.state,
    run,
    kind: options.kind ?? 'install',
    guide: guide.id,
    title: guide.title,
    ...(options.account ? { account: options.account } : {}),
    ...(options.of ? { of: options.of } : {}),
    ...(options.to ? { to: options.to } : {}),
    guides: options.guides ?? [guide],
    assets: options.assets ?? practiceAssets,
    version: 'test',
    lang: 'en',
    program: '/nowhere/setup-wizard',
    ...(options.patience ? { patience: options.patience } : {}),
    ...(options.environment ? { environment: options.environment } : {}),
    store: options.store ?? lateStore(host, world.state),
    serve: async (session) => {
      records = session.records;
      seat.attach(session);
      seat.deliver({
        type: 'start',
        unattended: !options.decide,
        ...(options.site ? { site: options.site } : {}),
        ...(options.until ? { until: options.until } : {}),
        given: Object.entries(options.given ?? practiceAnswers(world)).map(([id, value]) => ({
          id,
          value,
          from: options.from ?? 'set',
        })),
      });
      await options.serve?.(session);
    },
  });
  return { exit, run, seat, records };
}

/** The secrets of a world, as the next engine finds them. */
export const secretsOf = (world: World): SecretStore => lateStore(testHost(), world.state);
