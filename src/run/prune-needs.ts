/** What the runs of a machine still need: of files, secrets and copies of the program. */
import { lastOf, opened, secretNames } from '../journal/fold.ts';
import { heldByAny } from '../journal/held.ts';
import { type StoredRun, standingInstalls } from '../journal/state.ts';
import { unfinishedRun } from './machine.ts';

/**
 * `draft`: answers, and nothing that was agreed to. `unfinished`: `resume` continues it. `installed`: it stands.
 * `gone`: taken back, or a rollback that is over.
 */
export type Standing = 'draft' | 'unfinished' | 'installed' | 'gone';

export interface Needs {
  standing(run: string): Standing;
  /** In `before/` of that run: an effect names those of its maker. */
  isImage(run: string, name: string): boolean;
  isDump(path: string): boolean;
  isSecret(name: string): boolean;
  isProgram(name: string): boolean;
}

export function stillNeeded(runs: readonly StoredRun[]): Needs {
  const held = heldByAny(runs);
  const holders = new Set(held.map(({ maker }) => maker.id));
  const installed = new Set(standingInstalls(runs).map(({ id }) => id));
  const guides = new Set(runs.map(({ records }) => opened(records)?.guide));
  const unfinished = new Set([...guides].map((guide) => unfinishedRun(runs, guide)?.id));
  const standing = (run: StoredRun): Standing => {
    if (unfinished.has(run.id)) return isDraft(run) ? 'draft' : 'unfinished';
    return installed.has(run.id) || holders.has(run.id) ? 'installed' : 'gone';
  };
  const standings = new Map(runs.map((run) => [run.id, standing(run)]));
  const living = runs.filter(({ id }) => standings.get(id) !== 'gone');
  // Journals of before `needs` was recorded name their images in `before` alone.
  const named = held.map(({ maker, needs, before }) => ({
    run: maker.id,
    names: [...needs.map(({ name }) => name), JSON.stringify(before ?? null)],
  }));
  const isIn = (names: readonly string[], name: string) => names.some((one) => one.includes(name));
  const secrets = new Set(living.flatMap(({ records }) => secretNames(records)));
  const programs = living.map(programOf);
  return {
    standing: (run) => standings.get(run) ?? 'unfinished',
    isImage: (id, name) => named.some(({ run, names }) => run === id && isIn(names, name)),
    isDump: (path) => named.some(({ names }) => isIn(names, path)),
    isSecret: (name) => secrets.has(name),
    isProgram: (name) => programs.some((one) => name === one || (one !== '' && name.startsWith(`${one}-`))),
  };
}

function isDraft({ records }: StoredRun): boolean {
  const first = opened(records);
  return (
    first?.kind === 'install' && !records.some(({ type }) => type === 'consent' || type === 'step-begin')
  );
}

/** The copy that its last engine ran from; of journals that do not name it, any of that version. */
function programOf({ records }: StoredRun): string {
  const engine = lastOf(records, 'engine');
  return engine?.copy ?? engine?.program ?? '';
}
