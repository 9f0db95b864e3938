/** Secrets leave the store with the last of what a guide did: then nothing is left that would need them. */
import { opened } from '../journal/fold.ts';
import { heldByAny } from '../journal/held.ts';
import type { StoredRun } from '../journal/state.ts';
import type { Work } from './rollback-work.ts';

/** After a complete rollback; a run that still holds an effect keeps its own. */
export async function forgetSecrets({ store, target, around }: Work): Promise<void> {
  const guide = opened(target.records)?.guide;
  const runs = await around.state.runs();
  const needed = new Set(heldByAny(runs).flatMap(({ maker }) => namesIn(maker)));
  const all = runs.filter(({ records }) => opened(records)?.guide === guide).flatMap(namesIn);
  for (const name of new Set(all)) if (!needed.has(name)) await store.delete(name);
}

function namesIn({ records }: StoredRun): string[] {
  return records.flatMap((record) =>
    (record.type === 'answer' || record.type === 'produced') && record.secret ? [record.secret] : [],
  );
}
