/** The state folder: where everything that the wizard remembers lives, and how runs are found in it. */
import { createHmac } from 'node:crypto';
import type { Host } from '../host/types.ts';
import { type Effect, opened, type RunSummary, summarize } from './fold.ts';
import { heldBy } from './held.ts';
import { type Contents, isUnreadable, Journal, readJournal, type Unreadable } from './journal.ts';
import { holderOf } from './lock.ts';
import type { JournalRecord } from './records.ts';

export interface StoredRun {
  readonly id: string;
  readonly records: readonly JournalRecord[];
  readonly torn: boolean;
}

export interface Looked {
  readonly runs: StoredRun[];
  readonly unreadable: readonly Unreadable[];
}

/** Which guide's run it is, by the name of its folder: the journal itself cannot be believed. */
export function guideOf({ run }: Unreadable): string {
  return /^\d+-\d+-\d+-(.*)$/s.exec(run)?.[1] ?? '';
}

/** Paths and runs of one state folder. */
export class StateFolder {
  readonly path: string;
  readonly #host: Host;
  /** What was read of each journal. */
  readonly #contents = new Map<string, Contents>();

  constructor(host: Host, path: string) {
    this.#host = host;
    this.path = path;
  }

  get lock(): string {
    return `${this.path}/lock`;
  }
  get secrets(): string {
    return `${this.path}/secrets`;
  }
  get kept(): string {
    return `${this.path}/kept`;
  }
  get program(): string {
    return `${this.path}/program`;
  }
  run(id: string): string {
    return `${this.path}/runs/${id}`;
  }
  journal(id: string): string {
    return `${this.run(id)}/journal.jsonl`;
  }
  logs(id: string): string {
    return `${this.run(id)}/logs`;
  }
  /** The as-built document, written at the end of a run. */
  report(id: string): string {
    return `${this.run(id)}/report.md`;
  }

  /** Makes the folders that are not there yet, 0700 each. Throws where others could put their own. */
  async prepare(runId?: string): Promise<void> {
    await this.#host.refuseShared(this.path);
    const run = runId
      ? [`${this.path}/runs`, this.run(runId), `${this.run(runId)}/before`, this.logs(runId)]
      : [];
    for (const path of [...parents(this.path), this.secrets, this.kept, this.program, ...run]) {
      if (await this.#host.stat(path)) continue;
      await this.#host.mkdir(path, { mode: '0700' }).catch(async (error: unknown) => {
        // Made by another client in the same moment.
        if (!(await this.#host.stat(path))) throw error;
      });
    }
  }

  /** The key of this folder's fingerprints and before-image names; made on first use. */
  async key(): Promise<Buffer> {
    const path = `${this.secrets}/key`;
    const existing = await this.#host.read(path);
    if (existing && existing.length === 32) return existing;
    const key = this.#host.random(32);
    await this.#host.write(path, key, { mode: '0600' });
    return key;
  }

  /** A name for a new run: sorts by time, never used before. */
  async newRun(guide: string): Promise<string> {
    const taken = await this.ids();
    const stamp = this.#host.now().toISOString().replace(/[-:]/g, '').replace(/\..*/, '').replace('T', '-');
    for (let number = 1; ; number++) {
      const id = `${String(lastNumber(taken) + number).padStart(4, '0')}-${stamp}-${guide}`;
      if (!taken.includes(id)) return id;
    }
  }

  /** Run ids, oldest first (a number that only grows: clocks may go backwards). */
  async ids(): Promise<string[]> {
    return (await this.#host.list(`${this.path}/runs`)).filter((name) => /^\d+-/.test(name)).sort();
  }

  /**
   * Every run with its records, oldest first. Throws `Damaged` or `TooNew`: what to change, and what another run
   * needs, can only be known from all of them.
   */
  async runs(): Promise<StoredRun[]> {
    const { runs, unreadable } = await this.look();
    if (unreadable[0]) throw unreadable[0];
    return runs;
  }

  /** For those who change nothing: the runs that can be read, oldest first, and what is wrong with the others. */
  async look(): Promise<Looked> {
    const read = await Promise.all((await this.ids()).map((id) => this.#read(id)));
    return {
      runs: read.filter((one): one is StoredRun => !isUnreadable(one) && opened(one.records) !== undefined),
      unreadable: read.filter(isUnreadable),
    };
  }

  /** The same, to look at one guide. Throws if one of its own journals cannot be read. */
  async runsOf(guide: string): Promise<StoredRun[]> {
    const { runs, unreadable } = await this.look();
    const own = unreadable.find((one) => guideOf(one) === guide);
    if (own) throw own;
    return runs;
  }

  /** The records of one run; none when there is no such run. Throws `Damaged` or `TooNew`. */
  async records(id: string): Promise<readonly JournalRecord[]> {
    const read = await this.#read(id);
    if (isUnreadable(read)) throw read;
    return read.records;
  }

  /** The journal of a run, to be written to. */
  open(id: string): Promise<Journal> {
    return Journal.open(this.#host, this.journal(id), (path, bytes) => this.#grown(path, bytes));
  }

  #grown(path: string, bytes: Buffer): Contents {
    const contents = readJournal(path, bytes, this.#contents.get(path));
    this.#contents.set(path, contents);
    return contents;
  }

  async #read(id: string): Promise<StoredRun | Unreadable> {
    const path = this.journal(id);
    const bytes = (await this.#host.read(path)) ?? Buffer.alloc(0);
    try {
      const { records, torn } = this.#grown(path, bytes);
      return { id, records, torn };
    } catch (error) {
      if (isUnreadable(error)) return error;
      throw error;
    }
  }

  /** One line about each run that can be read, oldest first. */
  async summaries(given?: readonly StoredRun[]): Promise<RunSummary[]> {
    const runs = given ?? (await this.look()).runs;
    const holder = await holderOf(this.#host, this.lock);
    return runs.flatMap(
      ({ id, records }) => summarize(records, holder?.run === id, isTakenBack(id, runs)) ?? [],
    );
  }

  /** Hash of contents under this folder's key: tells equal from different and nothing else. */
  static fingerprint(key: Buffer, bytes: Buffer | string): string {
    return createHmac('sha256', key).update(bytes).digest('hex').slice(0, 32);
  }
}

/**
 * A complete rollback has settled everything this run did. A run that changed nothing itself goes with the
 * others of its guide: once none of them has an effect left, there is nothing installed.
 */
export function isTakenBack(id: string, runs: readonly StoredRun[]): boolean {
  const index = runs.findIndex((run) => run.id === id);
  const target = runs[index];
  const guide = target && opened(target.records)?.guide;
  if (!target || heldBy(target, runs).length > 0) return false;
  const family = runs.filter(({ records }) => opened(records)?.guide === guide);
  const later = runs.slice(index + 1).filter(({ records }) => {
    const first = opened(records);
    return first?.guide === guide && !first?.to && isCompleteRollback(records);
  });
  if (later.some(({ records }) => opened(records)?.of === id)) return true;
  return later.length > 0 && family.every((run) => heldBy(run, runs).length === 0);
}

/** Installs that were not taken back, and changes of their accounts, oldest first. */
export function standingInstalls(runs: readonly StoredRun[]): StoredRun[] {
  const isMeant = (kind: string | undefined) => kind === 'install' || kind === 'accounts';
  return runs.filter(({ id, records }) => isMeant(opened(records)?.kind) && !isTakenBack(id, runs));
}

/** It came to its end; with `to`, to that step. */
export function isCompleteRollback(records: readonly JournalRecord[]): boolean {
  const first = opened(records);
  return (
    first?.kind === 'rollback' &&
    records.some((record) => record.type === 'ended' && [0, 4].includes(record.exit))
  );
}

/** Effects of a run's own that no rollback has settled yet, oldest first. */
export function openEffects(run: StoredRun, runs: readonly StoredRun[]): Effect[] {
  return heldBy(run, runs).filter(({ maker }) => maker === run);
}

function parents(path: string): string[] {
  const parts = path.split('/').filter(Boolean);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
}

function lastNumber(ids: readonly string[]): number {
  return Number.parseInt(ids.at(-1) ?? '0', 10);
}
