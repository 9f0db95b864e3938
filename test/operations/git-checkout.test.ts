import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { realHost } from '../../src/host/real.ts';
import { gitCheckout } from '../../src/operations/git-checkout.ts';
import type { Difference, Json, Op } from '../../src/operations/verbs.ts';
import { type TestContext, type TestOptions, temporaryFolder, testContext } from './context.ts';
import { anOrigin, checkoutOf, commit, git, type Origin } from './repository.ts';
import { holdsAtEveryStop, treeOf } from './tree.ts';

type Checkout = Op<'git-checkout'>;

const none: Difference = { change: 'none' };
/** What git keeps for itself. */
const own = /(^|\/)\.git(\/|$)/;

async function look(op: Checkout, options: TestOptions = {}): Promise<Difference> {
  const context = await testContext(options);
  return gitCheckout.diff(op, await gitCheckout.inspect(op, context), context);
}

interface Applied {
  readonly before: Json;
  readonly mark: Json;
  readonly context: TestContext;
}

async function apply(op: Checkout, options: TestOptions = {}): Promise<Applied> {
  const context = await testContext(options);
  const seen = await gitCheckout.inspect(op, context);
  gitCheckout.diff(op, seen, context);
  const before: Json = JSON.parse(JSON.stringify(await gitCheckout.capture(op, seen, context)));
  await gitCheckout.apply(op, seen, context);
  const after = await gitCheckout.inspect(op, context);
  expect(gitCheckout.diff(op, after, context)).toEqual(none);
  return { before, mark: gitCheckout.mark(op, after, context), context };
}

const undo = (op: Checkout, { before, context }: Applied) => gitCheckout.undo(op, before, context);

/** A clone with all its history, as a person makes it. */
async function aClone(origin: Origin, ref = 'v1'): Promise<string> {
  const path = join(await temporaryFolder(), 'app');
  git('/', 'clone', '--quiet', origin.url, path);
  git(path, 'checkout', '--quiet', ref);
  return path;
}

const place = async () => join(await temporaryFolder(), 'app');
const textOf = (path: string) => readFile(path, 'utf8');
const archives = async ({ state }: TestContext) =>
  readdirSync(state.kept, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tar.gz'));
async function archived(context: TestContext): Promise<string> {
  const [one = ''] = await archives(context);
  const { stdout } = await realHost().look(['tar', '--list', '--file', join(context.state.kept, one)]);
  return stdout;
}

describe('a checkout that is not there', () => {
  test.each(['v1', 'main', 'next'])(
    'has the files of the tag or branch %s, and the second time nothing to do',
    async (ref) => {
      const origin = await anOrigin();
      const op = checkoutOf(origin, await place(), ref);
      const difference = await look(op);
      expect(difference).toEqual({
        change: 'change',
        commands: [
          ['git', 'init', op.path],
          ['git', '-C', op.path, 'fetch', '--depth=1', op.url, ref],
          ['git', '-C', op.path, 'reset', '--hard', 'FETCH_HEAD'],
        ],
        diff: `+ ${op.path}/ ${ref}\n`,
      });
      await apply(op);
      expect(await textOf(join(op.path, 'run.sh'))).toBe(ref === 'v1' ? 'echo 1\n' : 'echo 2\n');
      expect(git(op.path, 'rev-parse', 'HEAD')).toBe(ref === 'v1' ? origin.v1 : origin.v2);
      expect(git(op.path, 'rev-list', '--count', 'HEAD')).toBe('1');
      expect(git(op.path, 'status', '--porcelain')).toBe('');
    },
  );

  test('has the files of a whole commit id', async () => {
    const origin = await anOrigin();
    const op = checkoutOf(origin, await place(), origin.v1);
    await apply(op);
    expect(await textOf(join(op.path, 'old'))).toBe('old\n');
  });

  test('is looked at without its origin once it is there', async () => {
    const origin = await anOrigin();
    const op = checkoutOf(origin, await place(), 'next');
    await apply(op);
    await rm(origin.path, { recursive: true });
    expect(await look(op)).toEqual(none);
  });

  test('goes without a trace, from a folder that was there empty too', async () => {
    const origin = await anOrigin();
    const op = checkoutOf(origin, await place(), 'v1');
    const made = await apply(op);
    expect(await undo(op, made)).toEqual({});
    expect(existsSync(op.path)).toBe(false);

    await mkdir(op.path, { mode: 0o710 });
    const former = await treeOf(join(op.path, '..'));
    const again = await apply(op);
    expect((await treeOf(join(op.path, '..')))['app']).toBe(former['app']);
    expect(await undo(op, again)).toEqual({});
    expect(await treeOf(join(op.path, '..'))).toEqual(former);
    expect(await archives(again.context)).toEqual([]);
  });

  test('leaves what git does not have in an archive, what it ignores too, but not what Python compiles', async () => {
    const origin = await anOrigin();
    const op = checkoutOf(origin, await place(), 'v1');
    const made = await apply(op);
    await writeFile(join(op.path, 'conf/base'), 'mine\n');
    await mkdir(join(op.path, 'media/a b'), { recursive: true });
    await writeFile(join(op.path, 'media/a b/photo'), 'photo');
    await writeFile(join(op.path, 'local.env'), 'PASSWORD=x');
    await mkdir(join(op.path, 'conf/__pycache__'));
    await writeFile(join(op.path, 'conf/__pycache__/a.pyc'), 'x');
    await rm(join(op.path, 'old'));
    expect(await undo(op, made)).toEqual({});
    expect(existsSync(op.path)).toBe(false);
    const names = await archived(made.context);
    expect(names).toContain('conf/base');
    expect(names).toContain('media/a b/photo');
    expect(names).toContain('local.env');
    expect(names).not.toMatch(/pycache|run\.sh|\.git\//);
  });

  test('leaves commits that somebody made in it in an archive', async () => {
    const op = checkoutOf(await anOrigin(), await place(), 'v1');
    const made = await apply(op);
    await commit(op.path, { mine: 'mine\n' });
    await undo(op, made);
    expect(await archived(made.context)).toContain('.git/HEAD');
  });

  test('is as wanted or not there, wherever it is stopped', async () => {
    const origin = await anOrigin();
    const prepare = async (folder: string) => checkoutOf(origin, join(folder, 'app'), 'v1');
    expect(await holdsAtEveryStop(gitCheckout, { prepare, except: own })).toBeGreaterThan(20);
  }, 300_000);
});

describe('a checkout that was there', () => {
  test('is left as it is when it is at the wanted commit', async () => {
    const origin = await anOrigin();
    const path = await aClone(origin);
    expect(await look(checkoutOf(origin, path, 'v1'))).toEqual(none);
    expect(await look({ ...checkoutOf(origin, path, origin.v1), url: 'https://elsewhere.test/x' })).toEqual(
      none,
    );
  });

  test('goes to another commit and back, with its history, its branch and the changes in it', async () => {
    const origin = await anOrigin();
    const path = await aClone(origin, 'main');
    await writeFile(join(path, 'run.sh'), 'mine\n');
    await rm(join(path, 'new/file'));
    await writeFile(join(path, 'untracked'), 'untracked');
    const former = await treeOf(path, own);
    await commit(origin.path, { 'run.sh': 'echo 3\n', third: 'third\n' }, 'v3');
    const op = checkoutOf({ url: `${origin.url}/` }, path, 'v3');
    expect(await look(op)).toMatchObject({
      commands: [
        ['git', '-C', path, 'fetch', op.url, 'v3'],
        ['git', '-C', path, 'reset', '--hard', 'FETCH_HEAD'],
      ],
      diff: expect.stringContaining(`± ${path}/new/file\n`),
    });
    const made = await apply(op);
    expect(await textOf(join(path, 'run.sh'))).toBe('echo 3\n');
    expect(await textOf(join(path, 'untracked'))).toBe('untracked');
    expect(git(path, 'rev-list', '--count', 'HEAD')).toBe('3');
    expect(await undo(op, made)).toEqual({});
    expect(await treeOf(path, own)).toEqual(former);
    expect(git(path, 'symbolic-ref', 'HEAD')).toBe('refs/heads/main');
    expect(git(path, 'status', '--porcelain', '--untracked-files=no')).toBe('D new/file\n M run.sh');
    expect(git(path, 'tag')).toBe('v1\nv2');
  });

  test('has its changed files back even at the same commit', async () => {
    const origin = await anOrigin();
    const op = checkoutOf(origin, await aClone(origin), 'v1');
    await writeFile(join(op.path, 'run.sh'), 'mine\n');
    await chmod(join(op.path, 'run.sh'), 0o755);
    const former = await treeOf(op.path, own);
    expect(await look(op)).toMatchObject({ diff: `± ${op.path}/run.sh\n` });
    const made = await apply(op);
    await undo(op, made);
    expect(await treeOf(op.path, own)).toEqual(former);
  });

  test('is as wanted or as before, wherever it is stopped', async () => {
    const origin = await anOrigin();
    const prepare = async (folder: string) => {
      const path = join(folder, 'app');
      git('/', 'clone', '--quiet', '--branch=v1', '--depth=1', origin.url, path);
      await writeFile(join(path, 'conf/base'), 'mine\n');
      return checkoutOf(origin, path, 'v2');
    };
    expect(await holdsAtEveryStop(gitCheckout, { prepare, except: own })).toBeGreaterThan(5);
  }, 300_000);

  test('is completed, or taken back wholly, after git itself was stopped between two files', async () => {
    const origin = await anOrigin();
    const path = await aClone(origin);
    const former = await treeOf(path, own);
    const op = checkoutOf(origin, path, 'v2');
    const context = await testContext();
    const seen = await gitCheckout.inspect(op, context);
    const before = await gitCheckout.capture(op, seen, context);
    const half = async () => {
      git(path, 'update-ref', '--no-deref', 'HEAD', origin.v2);
      await mkdir(join(path, 'new'), { recursive: true });
      await writeFile(join(path, 'new/file'), 'ne');
      await writeFile(join(path, '.git/index.lock'), '');
    };
    await half();
    expect((await look(op)).change).toBe('change');
    await apply(op);
    expect(await textOf(join(path, 'new/file'))).toBe('new\n');
    await gitCheckout.undo(op, before, context);
    expect(await treeOf(path, own)).toEqual(former);
    await half();
    await gitCheckout.undo(op, before, context);
    expect(await treeOf(path, own)).toEqual(former);
  });

  test('keeps the files of others that the wanted commit would overwrite', async () => {
    const origin = await anOrigin();
    const op = checkoutOf(origin, await aClone(origin), 'v2');
    await mkdir(join(op.path, 'new'));
    await writeFile(join(op.path, 'new/file'), 'precious');
    await expect(apply(op)).rejects.toMatchObject({
      code: 'refused-existing',
      values: { path: join(op.path, 'new/file') },
    });
    expect(await textOf(join(op.path, 'new/file'))).toBe('precious');
    expect(await textOf(join(op.path, 'run.sh'))).toBe('echo 1\n');
  });
});
