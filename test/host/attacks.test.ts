/** Root at work in a folder of another user, who puts links where folders were, thousands of times a second. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, lchown, link, lstat, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { realHost } from '../../src/host/real.ts';
import type { Host } from '../../src/host/types.ts';
import { isSystemError, Unsafe } from '../../src/host/walk.ts';
import { isReport, proven } from '../figures.ts';
import { temporaryFolder } from '../operations/context.ts';
import { treeOf } from '../operations/tree.ts';

const isRoot = process.getuid?.() === 0;
const attacker = { uid: 65_534, gid: 65_534 };
const attempts = isReport ? 1000 : 60;
const patience = isReport ? 300_000 : 30_000;
const secret = 'root:$y$secret';

interface World {
  /** Belongs to the attacker. */
  readonly home: string;
  /** Root's: nothing in it may change or be read. */
  readonly outside: string;
}

async function world(): Promise<World> {
  const root = await temporaryFolder();
  await chmod(root, 0o755);
  const [home, outside] = [join(root, 'home'), join(root, 'outside')];
  await mkdir(home);
  await chown(home, attacker.uid, attacker.gid);
  for (const path of [outside, join(outside, 'one'), join(outside, 'tree')]) await mkdir(path);
  for (const name of ['file', 'one/file', 'tree/file'])
    await writeFile(join(outside, name), secret, { mode: 0o600 });
  return { home, outside };
}

/** Swaps `folder` and a link to `target` until the test ends. */
async function swapping(folder: string, target: string): Promise<void> {
  const script = join(import.meta.dirname, 'swap.py');
  const child = spawn('/usr/bin/python3', [script, folder, `${folder}.link`, target], {
    ...attacker,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await gone;
  });
  await once(child.stdout, 'data');
  child.stdout.resume();
}

type Attack = (host: Host, world: World) => Promise<string | undefined>;

const at = (name: string, act: (host: Host, path: string) => Promise<unknown>): Attack => {
  return async (host, { home }) => String((await act(host, join(home, 'data', name))) ?? '');
};

const attacks: Readonly<Record<string, Attack>> = {
  write: at('file', (host, path) => host.write(path, 'ours', { mode: '0644', owner: '65534:65534' })),
  'mode of a file': at('file', async (host, path) => {
    await host.write(path, '', { mode: '0600' });
    await host.chmod(path, '0666');
  }),
  'owner of a file': at('file', async (host, path) => {
    await host.write(path, '', { mode: '0600' });
    await host.chown(path, '65534:65534');
  }),
  'owner of a folder': at('one', (host, path) => host.chown(path, '65534:65534')),
  'owner of the folder itself': async (host, { home }) =>
    String(await host.chown(join(home, 'data'), '65534:65534')),
  'a new folder': at('new', async (host, path) => {
    await host.rmdir(path);
    await host.mkdir(path, { mode: '0777', owner: '65534:65534' });
  }),
  'a link': at('link', async (host, path) => {
    await host.remove(path);
    await host.link(path, '/etc');
  }),
  'append to': at('file', async (host, path) => {
    const file = await host.append(path, { mode: '0666' });
    await file.append('ours').finally(() => file.close());
  }),
  rename: at('file', async (host, path) => {
    await host.write(path, '', { mode: '0600' });
    await host.rename(path, `${path}.new`);
  }),
  remove: at('file', (host, path) => host.remove(path)),
  'remove an empty folder': at('one', (host, path) => host.rmdir(path)),
  'remove a tree': async (host, { home }) => String(await host.removeTree(join(home, 'data'))),
  'remove a tree above': async (host, { home }) => String(await host.removeTree(join(home, 'data', 'one'))),
  read: at('file', (host, path) => host.read(path)),
  'read deeper': at('one/file', (host, path) => host.read(path)),
  'follow links, then write': at('file', async (host, path) =>
    host.write(await host.withoutLinks(path), 'ours', { mode: '0666' }),
  ),
};

describe.runIf(isRoot)('an effect beside an attacker', () => {
  for (const [what, attack] of Object.entries(attacks)) {
    test(
      `${what}: nothing outside is touched or read`,
      async () => {
        const place = await world();
        const former = await treeOf(place.outside);
        await swapping(join(place.home, 'data'), '../outside');
        const count = { inside: 0, refused: 0, read: 0 };
        for (let attempt = 0; attempt < attempts; attempt++) {
          try {
            const said = await attack(realHost(), place);
            count.inside += 1;
            if (said?.includes('secret')) count.read += 1;
          } catch (error) {
            if (!(error instanceof Unsafe) && !isSystemError(error)) throw error;
            count.refused += 1;
          }
        }
        const escapes = count.read + changes(former, await treeOf(place.outside));
        expect(escapes).toBe(0);
        proven('hostile', `a folder swapped for a link: ${what}`, {
          values: attempts,
          'read back': count.inside,
          refused: count.refused,
          executed: escapes,
        });
      },
      patience,
    );
  }

  test('the same attack leads effects by path outside: it is a real one', async () => {
    const place = await world();
    await swapping(join(place.home, 'data'), '../outside');
    let read = 0;
    for (let attempt = 0; attempt < 500; attempt++) {
      const text = await readFile(join(place.home, 'data', 'file'), 'utf8').catch(() => '');
      if (text === secret) read += 1;
    }
    expect(read).toBeGreaterThan(0);
  });

  test(
    'a tree is removed while folders inside it turn into links: what those lead to stays',
    async () => {
      const place = await world();
      const former = await treeOf(place.outside);
      const tree = join(place.home, 'tree');
      await mkdir(tree);
      await chown(tree, attacker.uid, attacker.gid);
      await swapping(join(tree, 'inside'), '../../outside');
      const count = { done: 0, refused: 0 };
      for (let attempt = 0; attempt < attempts; attempt++) {
        // The folder itself stays the attacker's.
        const work = realHost().removeTree(join(tree, 'inside'));
        const other = realHost().removeTree(join(tree, 'inside.link'));
        for (const result of await Promise.allSettled([work, other]))
          count[result.status === 'fulfilled' ? 'done' : 'refused'] += 1;
      }
      const escapes = changes(former, await treeOf(place.outside));
      expect(escapes).toBe(0);
      proven('hostile', 'folders inside a removed tree swapped for links', {
        values: attempts * 2,
        'read back': count.done,
        refused: count.refused,
        executed: escapes,
      });
    },
    patience,
  );
});

const changes = (former: Record<string, string>, now: Record<string, string>): number =>
  [...new Set([...Object.keys(former), ...Object.keys(now)])].filter((name) => former[name] !== now[name])
    .length;

describe.runIf(isRoot)('a trap that stands still', () => {
  test('a link of another user leads only through what is theirs', async () => {
    const { home, outside } = await world();
    const host = realHost();
    await mkdir(join(home, 'own'));
    await writeFile(join(home, 'own', 'file'), 'theirs');
    for (const [name, target] of [
      ['relative', 'own'],
      ['absolute', join(home, 'own')],
      ['out', '../outside'],
      ['up', '..'],
      ['missing', '../outside/new'],
    ] as const)
      await symlink(target, join(home, name));
    const theirs = ['own', 'own/file', 'relative', 'absolute', 'out', 'up', 'missing'];
    for (const name of theirs) await lchown(join(home, name), attacker.uid, attacker.gid);
    expect((await host.read(join(home, 'relative/file')))?.toString()).toBe('theirs');
    for (const name of ['absolute/file', 'out/file', 'up/outside/file', 'missing'])
      await expect(host.read(join(home, name)), name).rejects.toThrow(Unsafe);
    await expect(host.withoutLinks(join(home, 'missing'))).rejects.toThrow(Unsafe);
    expect((await host.stat(join(home, 'out')))?.type).toBe('link');
    await expect(host.stat(join(home, 'out/file'))).rejects.toThrow(Unsafe);
    await expect(host.list(join(home, 'out'))).rejects.toThrow(Unsafe);
    await host.removeTree(join(home, 'out'));
    expect(await readFile(join(outside, 'file'), 'utf8')).toBe(secret);
  });

  test('a link of root in a folder of another user could have been moved there', async () => {
    const { home } = await world();
    await symlink('own', join(home, 'link'));
    await mkdir(join(home, 'own'));
    await expect(realHost().list(join(home, 'link'))).rejects.toThrow(Unsafe);
  });

  test('a link of root in a folder of root leads anywhere, also to a folder of another user', async () => {
    const { home, outside } = await world();
    await symlink(home, join(outside, 'home'));
    await realHost().write(join(outside, 'home', 'file'), 'x', { mode: '0644' });
    expect(await readFile(join(home, 'file'), 'utf8')).toBe('x');
    expect(await realHost().withoutLinks(join(outside, 'home', 'file'))).toBe(join(home, 'file'));
  });

  test('in a folder where everybody may write, only links of root count', async () => {
    const { home, outside } = await world();
    const shared = join(home, 'shared');
    await mkdir(shared);
    await chown(shared, 0, 0);
    await chmod(shared, 0o1777);
    await symlink(outside, join(shared, 'theirs'));
    await lchown(join(shared, 'theirs'), attacker.uid, attacker.gid);
    await symlink(outside, join(shared, 'ours'));
    await expect(realHost().read(join(shared, 'theirs/file'))).rejects.toThrow(Unsafe);
    expect((await realHost().read(join(shared, 'ours/file')))?.toString()).toBe(secret);
    // Without the sticky bit they may rename ours.
    await chmod(shared, 0o777);
    await expect(realHost().read(join(shared, 'ours/file'))).rejects.toThrow(Unsafe);
  });

  test('a second name of a file of root is not read, and gets no mode or owner', async () => {
    const { home, outside } = await world();
    const host = realHost();
    await link(join(outside, 'file'), join(home, 'file'));
    await expect(host.read(join(home, 'file'))).rejects.toThrow(Unsafe);
    await expect(host.chmod(join(home, 'file'), '0666')).rejects.toThrow(Unsafe);
    await expect(host.chown(join(home, 'file'), 'nobody')).rejects.toThrow(Unsafe);
    await expect(host.append(join(home, 'file'), { mode: '0666' })).rejects.toThrow(Unsafe);
    const { mode, uid } = await lstat(join(outside, 'file'));
    expect([(mode & 0o777).toString(8), uid]).toEqual(['600', 0]);
    // Replaced by a new file, the other name keeps what it had.
    await host.write(join(home, 'file'), 'new', { mode: '0644' });
    expect(await readFile(join(outside, 'file'), 'utf8')).toBe(secret);
  });

  test('a folder at the name that a stopped write leaves does not keep the next one from its work', async () => {
    const { home, outside } = await world();
    await mkdir(join(home, '.file.setup-wizard-x'));
    await symlink(outside, join(home, '.file.setup-wizard-y'));
    await realHost().write(join(home, 'file'), 'x', { mode: '0644' });
    expect(await realHost().list(home)).toEqual(['.file.setup-wizard-x', 'file']);
    expect(await readFile(join(outside, 'file'), 'utf8')).toBe(secret);
  });
});

test.runIf(isRoot)('a state folder that others can change is refused, wherever on its path', async () => {
  const { home, outside } = await world();
  const host = realHost();
  await host.refuseShared(join(outside, 'state'));
  await host.refuseShared('/tmp/no-such-folder/state');
  await expect(host.refuseShared('/tmp')).rejects.toThrow(Unsafe);
  await expect(host.refuseShared(join(home, 'state'))).rejects.toMatchObject({ path: home, what: 'folder' });
  await chmod(outside, 0o775);
  await host.refuseShared(join(outside, 'state'));
  await chown(outside, 0, 65_534);
  await chmod(outside, 0o775);
  await expect(host.refuseShared(join(outside, 'state'))).rejects.toThrow(Unsafe);
});
