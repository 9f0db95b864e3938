/** Secrets leave the store with the last of what a guide did: then nothing is left that would need them. */
import { opened, secretNames } from '../journal/fold.ts';
import { heldByAny } from '../journal/held.ts';
import type { Work } from './rollback-work.ts';

/** After a complete rollback; a run that still holds an effect keeps its own. */
export async function forgetSecrets({ store, target, around }: Work): Promise<void> {
  const guide = opened(target.records)?.guide;
  const runs = await around.state.runs();
  const needed = new Set(heldByAny(runs).flatMap(({ maker }) => secretNames(maker.records)));
  const own = runs.filter(({ records }) => opened(records)?.guide === guide);
  const all = own.flatMap(({ records }) => secretNames(records));
  for (const name of new Set(all)) if (!needed.has(name)) await store.delete(name);
}
