/** What a service reads, as it was when the service was started. */
import type { Context, Json } from '../verbs.ts';
import { peek } from './peek.ts';

/** Fingerprints by resource key. */
export type Inputs = Readonly<Record<string, string>>;

export async function inputsOf(keys: readonly string[], context: Context): Promise<Inputs> {
  const pairs = await Promise.all(keys.map(async (key) => [key, await fingerprintOf(key, context)] as const));
  return Object.fromEntries(pairs);
}

async function fingerprintOf(key: string, context: Context): Promise<string> {
  if (!key.startsWith('file:')) return context.fingerprint(JSON.stringify(context.recorded(key) ?? null));
  const path = key.slice('file:'.length).replace(/#.*/, '');
  const bytes = await peek(path, () => context.host.read(path));
  return bytes ? context.fingerprint(bytes) : '';
}

/**
 * Keys of those that the service was not started with. Nothing recorded: it was started by someone else, before or after
 * its inputs changed, nobody knows.
 */
export function oldInputs(service: string, inputs: Inputs, { purpose, recorded }: Context): string[] {
  if (purpose === 'verify') return [];
  const startedWith = asRecord(asRecord(recorded(service))['inputs']);
  return Object.keys(inputs).filter((key) => startedWith[key] !== inputs[key]);
}

export const asRecord = (value: Json | undefined): { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !isList(value) ? value : {};

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
