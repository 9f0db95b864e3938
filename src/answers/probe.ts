/** Does a store keep what it is given? Asked by doing it, with a value that needs every byte to survive. */
import { open, Secret } from './secret.ts';
import type { Probed, SecretStore } from './store.ts';

/** A probe that was cut short may leave it behind: lists leave it out. */
export const probeName = 'setup-wizard/probe';
const value = 'é ’ % \\ "probe"';

export async function probeStore(store: SecretStore): Promise<Probed> {
  try {
    await store.set(probeName, new Secret(value));
    const kept = await store.get(probeName);
    await store.delete(probeName);
    const ok = kept !== undefined && open(kept) === value && (await store.get(probeName)) === undefined;
    return { ok, reason: ok ? '' : 'it gave back something else' };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const said =
    'say' in error && error.say && typeof error.say === 'object' && 'en' in error.say
      ? String(error.say.en)
      : '';
  return said || error.message;
}
