/** Where a test's machine is, and what the practice guide is given there. No test runner: engines of their own use it. */
import { readFileSync } from 'node:fs';
import { chooseStore, type SecretStore } from '../../src/answers/store.ts';
import type { Guide } from '../../src/guide/types.ts';
import type { Host } from '../../src/host/types.ts';
import { guide as practice } from '../../steps/practice/index.ts';

/** One machine as far as a test is concerned: what the wizard remembers, and the folder that the guide changes. */
export interface World {
  readonly root: string;
  readonly state: string;
  /** The folder of the practice guide; its parent is `home`. */
  readonly home: string;
  readonly folder: string;
}

export function worldIn(root: string): World {
  return { root, state: `${root}/state`, home: `${root}/home`, folder: `${root}/home/practice` };
}

/** The practice guide with a piece of work that takes no time. */
export const quickPractice: Guide = JSON.parse(JSON.stringify(practice).replace('"6000"', '"50"'));

const assetOf = (name: string) => readFileSync(new URL(`../../assets/${name}`, import.meta.url), 'utf8');

export const practiceAssets = {
  'practice/person.ini': assetOf('practice/person.ini'),
  'practice/practice.ini': assetOf('practice/practice.ini'),
  'practice/work.sh': assetOf('practice/work.sh'),
  'practice/ask.sh': assetOf('practice/ask.sh'),
};

export type Given = Readonly<Record<string, string>>;

/** Answers with which the practice guide needs nobody. */
export function practiceAnswers(world: World, more: Given = {}): Given {
  return {
    PRACTICE_DIR: world.folder,
    PRACTICE_OBSTACLE: 'no',
    PRACTICE_NAME: 'Ada',
    PRACTICE_MAIL: 'ada@example.org',
    PRACTICE_PASSWORD: 'correct horse battery',
    PRACTICE_BY: 'wizard',
    ...more,
  };
}

/** The store that the engine would choose where there is no keyring, chosen when it is first needed. */
export function lateStore(host: Host, state: string): SecretStore {
  let chosen: Promise<SecretStore> | undefined;
  const store = () => {
    chosen ??= chooseStore(host, `${state}/secrets`, { uid: 1000, keyring: () => undefined });
    return chosen;
  };
  return {
    backend: 'file',
    probe: async () => (await store()).probe(),
    get: async (name) => (await store()).get(name),
    set: async (name, value) => (await store()).set(name, value),
    delete: async (name) => (await store()).delete(name),
    list: async () => (await store()).list(),
  };
}
