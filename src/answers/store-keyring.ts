/**
 * A user's own unlocked keyring, through keytar. The module is native: it stays outside the bundle, may be absent,
 * and may wait for a prompt that nobody sees.
 */
import { createRequire } from 'node:module';
import * as z from 'zod/mini';
import { probeName, probeStore } from './probe.ts';
import { open, Secret } from './secret.ts';
import type { SecretStore } from './store.ts';

/** The part of keytar that is used. */
export interface Keyring {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
  findCredentials(service: string): Promise<{ account: string; password: string }[]>;
}

export type LoadKeyring = () => Keyring | undefined;

const isFunction = z.custom<(...all: unknown[]) => unknown>((value) => typeof value === 'function');
const shape = z.looseObject({
  getPassword: isFunction,
  setPassword: isFunction,
  deletePassword: isFunction,
  findCredentials: isFunction,
});

/** Nothing when the module, or the library it needs, is not there. */
export const loadKeytar: LoadKeyring = () => {
  try {
    const found: unknown = createRequire(import.meta.url)('keytar');
    // The shape was looked at; the parameters are keytar's documented ones.
    return shape.safeParse(found).success ? (found as Keyring) : undefined;
  } catch {
    return undefined;
  }
};

/** Each call is given up after `timeout` milliseconds. */
export function keyringStore(load: LoadKeyring, service: string, timeout = 2000): SecretStore {
  let loaded: Keyring | undefined;
  const call = <T>(use: (keyring: Keyring) => Promise<T>): Promise<T> => {
    loaded ??= load();
    if (!loaded) return Promise.reject(new Error('keytar, or the library libsecret, is not installed'));
    return within(timeout, use(loaded));
  };
  const store: SecretStore = {
    backend: 'keyring',
    probe: () => probeStore(store),
    async get(name) {
      const value = await call((keyring) => keyring.getPassword(service, name));
      return value === null ? undefined : new Secret(value);
    },
    set: (name, value) => call((keyring) => keyring.setPassword(service, name, open(value))),
    async delete(name) {
      await call((keyring) => keyring.deletePassword(service, name));
    },
    async list() {
      const found = await call((keyring) => keyring.findCredentials(service));
      return found
        .map((one) => one.account)
        .filter((name) => name !== probeName)
        .sort();
    },
  };
  return store;
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the keyring did not answer within ${milliseconds} ms`)),
      milliseconds,
    );
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
