/**
 * Where secrets are kept between two processes of a run.
 *
 * 1. `set` is kept only when the value is on the disk (or in the keyring) and was read back.
 * 2. The place is chosen once: `store.json` names it, and a resume uses that one or stops with a sentence.
 * 3. No value in an argument, in a name of a file, or in an error.
 */
import * as z from 'zod/mini';
import type { Host } from '../host/types.ts';
import { say } from '../i18n/texts/answers.ts';
import { Failure } from '../operations/verbs.ts';
import type { Secret } from './secret.ts';
import { credsStore, fileStore } from './store-files.ts';
import { keyringStore, type LoadKeyring, loadKeytar } from './store-keyring.ts';

type Backend = 'keyring' | 'systemd-creds' | 'file' | 'memory';

export interface Probed {
  readonly ok: boolean;
  /** For a log or `doctor`, in the words of the program that refused; empty when ok. */
  readonly reason: string;
}

/** Names are `guide/NAME`. */
export interface SecretStore {
  readonly backend: Backend;
  /** Writes, reads back and deletes an entry. */
  probe(): Promise<Probed>;
  get(name: string): Promise<Secret | undefined>;
  set(name: string, value: Secret): Promise<void>;
  /** Nothing happens if there is none. */
  delete(name: string): Promise<void>;
  list(): Promise<string[]>;
}

interface StoreOptions {
  readonly uid: number;
  /** Tests give their own; the real one loads keytar. */
  readonly keyring?: LoadKeyring;
}

const record = z.looseObject({ backend: z.enum(['keyring', 'systemd-creds', 'file']) });
type Durable = z.infer<typeof record>['backend'];

/** The store of a secrets folder: the one chosen before, else the best that works now. */
export async function chooseStore(host: Host, dir: string, options: StoreOptions): Promise<SecretStore> {
  const path = `${dir}/store.json`;
  const stat = await host.stat(dir);
  if (stat && stat.type !== 'directory') throw unusable(say.notFolder(dir));
  await makeFolder(host, dir, stat?.mode);
  const written = await host.read(path);
  if (written) return reopen(host, dir, path, written, options);
  const store = await firstThatWorks(host, dir, options);
  await host.write(path, `${JSON.stringify({ backend: store.backend })}\n`, { mode: '0600' });
  return store;
}

async function makeFolder(host: Host, dir: string, mode: string | undefined): Promise<void> {
  if (mode === undefined) await host.mkdir(dir, { mode: '0700' });
  else if (mode !== '0700') await host.chmod(dir, '0700');
}

async function reopen(
  host: Host,
  dir: string,
  path: string,
  written: Buffer,
  options: StoreOptions,
): Promise<SecretStore> {
  const backend = backendIn(written);
  if (!backend) throw unusable(say.damaged(path));
  const store = makeStore(backend, host, dir, options);
  if (backend === 'file' || (await givesOne(store))) return store;
  const { ok, reason } = await store.probe();
  // A disk that takes nothing says so itself, where something has to be written.
  if (!ok && !/^(ENOSPC|EDQUOT|EROFS)\b/.test(reason)) throw unusable(say.gone(backend, reason));
  return store;
}

/** What can be read back works, also on a full or a read-only disk, where a probe cannot be written. */
async function givesOne(store: SecretStore): Promise<boolean> {
  try {
    const [name] = await store.list();
    return name !== undefined && (await store.get(name)) !== undefined;
  } catch {
    return false;
  }
}

function backendIn(written: Buffer): Durable | undefined {
  try {
    return record.parse(JSON.parse(written.toString('utf8'))).backend;
  } catch {
    return undefined;
  }
}

async function firstThatWorks(host: Host, dir: string, options: StoreOptions): Promise<SecretStore> {
  const order: readonly Durable[] = options.uid === 0 ? ['systemd-creds', 'file'] : ['keyring', 'file'];
  const reasons: string[] = [];
  for (const backend of order) {
    const store = makeStore(backend, host, dir, options);
    const { ok, reason } = await store.probe();
    if (ok) return store;
    reasons.push(`${backend}: ${reason}`);
  }
  throw unusable(say.none(reasons.join('; ')));
}

function makeStore(backend: Durable, host: Host, dir: string, options: StoreOptions): SecretStore {
  switch (backend) {
    case 'systemd-creds':
      return credsStore(host, dir);
    case 'file':
      return fileStore(host, dir);
    case 'keyring':
      return keyringStore(options.keyring ?? loadKeytar, `setup-wizard ${dir}`);
    default:
      return backend satisfies never;
  }
}

function unusable(sentence: { fr: string; en: string }): Failure {
  return new Failure('cannot-look', { what: 'secrets' }, { say: sentence });
}

/** Keeps nothing beyond the process. */
export function memoryStore(): SecretStore {
  const kept = new Map<string, Secret>();
  return {
    backend: 'memory',
    probe: async () => ({ ok: true, reason: '' }),
    get: async (name) => kept.get(name),
    set: async (name, value) => {
      kept.set(name, value);
    },
    delete: async (name) => {
      kept.delete(name);
    },
    list: async () => [...kept.keys()].sort(),
  };
}
