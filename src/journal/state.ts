/** The state folder: where everything that the wizard remembers lives, and how runs are found in it. */
import { createHmac } from 'node:crypto';
import type { Host } from '../host/types.ts';
import { effects, opened, type RunSummary, settled, summarize } from './fold.ts';
import { readJournal } from './journal.ts';
import { holderOf } from './lock.ts';
import type { JournalRecord } from './records.ts';

export interface StoredRun {
  readonly id: string;
  readonly records: readonly JournalRecord[];
  readonly torn: boolean;
}

/** Paths and runs of one state folder. */
export class StateFolder {
  readonly path: string;
  readonly #host: Host;

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

  /** Makes the folders that are not there yet, 0700 each. */
  async prepare(runId?: string): Promise<void> {
    const run = runId
      ? [`${this.path}/runs`, this.run(runId), `${this.run(runId)}/before`, this.logs(runId)]
      : [];
    for (const path of [...parents(this.path), this.secrets, this.kept, this.program, ...run]) {
      if (!(await this.#host.stat(path))) await this.#host.mkdir(path, { mode: '0700' });
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

  /** Every run with its records, oldest first. Throws `Damaged` or `TooNew`. */
  async runs(): Promise<StoredRun[]> {
    const ids = await this.ids();
    const read = await Promise.all(
      ids.map(async (id) => {
        const bytes = await this.#host.read(this.journal(id));
        const { records, torn } = readJournal(this.journal(id), bytes ?? Buffer.alloc(0));
        return { id, records, torn };
      }),
    );
    return read.filter((run) => opened(run.records));
  }

  /** One line about each run, oldest first. */
  async summaries(): Promise<RunSummary[]> {
    const runs = await this.runs();
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
  if (!target || openEffects(target, runs).length > 0) return false;
  const family = runs.filter(({ records }) => opened(records)?.guide === guide);
  const later = runs
    .slice(index + 1)
    .filter(({ records }) => opened(records)?.guide === guide && isCompleteRollback(records));
  if (later.some(({ records }) => opened(records)?.of === id)) return true;
  return later.length > 0 && family.every((run) => openEffects(run, runs).length === 0);
}

/** Installs that were not taken back, oldest first. */
export function standingInstalls(runs: readonly StoredRun[]): StoredRun[] {
  return runs.filter(({ id, records }) => opened(records)?.kind === 'install' && !isTakenBack(id, runs));
}

function isCompleteRollback(records: readonly JournalRecord[]): boolean {
  const first = opened(records);
  return (
    first?.kind === 'rollback' &&
    !first.to &&
    records.some((record) => record.type === 'ended' && [0, 4].includes(record.exit))
  );
}

/** Effects of a run that no rollback has settled yet, oldest first. */
export function openEffects(run: StoredRun, runs: readonly StoredRun[]): ReturnType<typeof effects> {
  const done = runs.map((other) => settled(other.records, run.id));
  return effects(run.records).filter((effect) => !done.some((map) => map.has(effect.seq)));
}

function parents(path: string): string[] {
  const parts = path.split('/').filter(Boolean);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
}

function lastNumber(ids: readonly string[]): number {
  return Number.parseInt(ids.at(-1) ?? '0', 10);
}
