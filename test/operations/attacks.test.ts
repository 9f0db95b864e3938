/** Kinds of operation in a folder of another user, with traps where they look, write and undo. */
import {
  chown,
  link as hardLink,
  lchown,
  mkdir,
  readdir,
  readFile,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { block } from '../../src/operations/block.ts';
import { directory } from '../../src/operations/directory.ts';
import { file } from '../../src/operations/file.ts';
import { gitCheckout } from '../../src/operations/git-checkout.ts';
import { link } from '../../src/operations/link.ts';
import { setting } from '../../src/operations/setting.ts';
import { failureOf } from '../../src/operations/system-error.ts';
import type { Json, Verbs } from '../../src/operations/verbs.ts';
import { virtualenv } from '../../src/operations/virtualenv.ts';
import { proven } from '../figures.ts';
import { temporaryFolder, testContext } from './context.ts';
import { treeOf } from './tree.ts';

const nobody = 65_534;
const secret = 'root:$y$secret';

/** Where a trap stands: at the folder of what the operation names, at the thing itself, or a second name of a file. */
const traps = {
  folder: async (home: string) => trapLink('../outside', join(home, 'data')),
  'folder, absolute': async (home: string) => trapLink(join(home, '..', 'outside'), join(home, 'data')),
  thing: async (home: string) => {
    await own(join(home, 'data'));
    await trapLink('../../outside/thing', join(home, 'data', 'thing'));
  },
  'thing to come': async (home: string) => {
    await own(join(home, 'data'));
    await trapLink('../../outside/new', join(home, 'data', 'thing'));
  },
  'a folder of root': async (home: string) => {
    await own(join(home, 'data'));
    await trapLink('../../outside', join(home, 'data', 'thing'));
  },
  'second name': async (home: string) => {
    await own(join(home, 'data'));
    await hardLink(join(home, '..', 'outside', 'thing'), join(home, 'data', 'thing'));
  },
};

async function trapLink(target: string, path: string): Promise<void> {
  await symlink(target, path);
  await lchown(path, nobody, nobody);
}

async function own(path: string): Promise<void> {
  await mkdir(path);
  await chown(path, nobody, nobody);
}

type Of = (path: string) => readonly [Verbs<never>, unknown, readonly Json[]];

const of = <Op>(verbs: Verbs<Op>, op: unknown, ...befores: Json[]) =>
  [verbs as unknown as Verbs<never>, op, befores] as const;

/** Each kind with the before-images that an undo may have to put back. */
const kinds: Readonly<Record<string, Of>> = {
  file: (path) =>
    of(file, { kind: 'file', path, content: 'ours', syntax: 'plain', mode: '0666', owner: 'nobody' }, null, {
      target: '/x',
    }),
  directory: (path) =>
    of(directory, { kind: 'directory', path, mode: '0777', owner: 'nobody', holdsData: true }, null, {
      mode: '0777',
      owner: 'nobody:nogroup',
    }),
  link: (path) => of(link, { kind: 'link', path, to: '/etc/passwd' }, null, { target: '/x' }),
  block: (path) =>
    of(block, { kind: 'block', path, name: 'x', content: 'ours', syntax: 'plain', comment: '#' }, null),
  setting: (path) =>
    of(
      setting,
      { kind: 'setting', path, syntax: 'env', name: 'A', value: 'ours' },
      // Nothing is kept of what was refused, and nothing is made anew.
      { bytes: '', mode: '0666', owner: 'nobody:nogroup', after: '' },
    ),
  virtualenv: (path) =>
    of(virtualenv, { kind: 'virtualenv', path, python: '/bin/true', as: 'root' }, { existed: false }),
  'git-checkout': (path) =>
    of(gitCheckout, { kind: 'git-checkout', path, url: 'file:///srv', ref: 'v1' }, { existed: false }),
  'git-checkout of theirs': (path) =>
    of(
      gitCheckout,
      { kind: 'git-checkout', path, url: 'file:///srv', ref: 'v1', owner: 'nobody' },
      { existed: false, empty: { mode: '0777', owner: 'nobody:nogroup' } },
    ),
};

const cases = Object.keys(kinds).flatMap((kind) => Object.keys(traps).map((trap) => [kind, trap] as const));

test.runIf(process.getuid?.() === 0).each(cases)('%s, a trap: %s', async (kind, trap) => {
  const root = await temporaryFolder();
  const [home, outside] = [join(root, 'home'), join(root, 'outside')];
  await own(home);
  await mkdir(outside);
  for (const path of ['thing', 'other']) await writeFile(join(outside, path), secret, { mode: 0o600 });
  await traps[trap as keyof typeof traps](home);
  const former = await treeOf(outside);
  const count = { tried: 0, done: 0, refused: 0 };
  const dir = await temporaryFolder();
  const attempt = async (act: () => Promise<unknown>) => {
    count.tried += 1;
    try {
      await act();
      count.done += 1;
    } catch (error) {
      // A failure has a sentence; anything else would be a fault of ours.
      if (!failureOf(error)) throw error;
      count.refused += 1;
    }
    expect(await treeOf(outside)).toEqual(former);
  };

  const [verbs, op, befores] = kinds[kind]?.(join(home, 'data', 'thing')) ?? [];
  if (!verbs || !befores) throw new Error(kind);
  const context = await testContext({ dir });
  const again = await testContext({ dir, purpose: 'undo' });
  const given = op as never;
  await attempt(async () => {
    const seen = await verbs.inspect(given, context);
    verbs.diff(given, seen, context);
    await verbs.capture(given, seen, context);
    await verbs.apply(given, seen, context);
  });
  for (const before of befores) await attempt(() => verbs.undo(given, before, again));
  expect(await saved(dir)).not.toContain(secret);
  proven('hostile', `a trap for ${kind}: ${trap}`, {
    values: count.tried,
    'read back': count.done,
    refused: count.refused,
    executed: 0,
  });
});

/** Everything that a run has put aside. */
async function saved(dir: string): Promise<string> {
  const names = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return (await Promise.all(files.map((path) => readFile(path, 'latin1')))).join('\n');
}
