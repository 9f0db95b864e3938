/** Packages that come from git, with the real pip and the real git; a folder stands in for the forge. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { missingOf, pip } from '../../../src/operations/pip.ts';
import { parseGit } from '../../../src/operations/shared/git-requirement.ts';
import type { Json, Op } from '../../../src/operations/verbs.ts';
import { temporaryFolder, testContext } from '../context.ts';
import { needs } from '../encode/needs.ts';
import { commit, git } from '../repository.ts';
import { type TinyMirror, tinyMirror } from '../tiny-package.ts';
import { paperHost } from './machine.ts';

/** Each run of pip takes its seconds, more on a busy machine. */
vi.setConfig({ testTimeout: 300_000 });

const forge = 'https://github.com/';
const address = `git+${forge}acme/tiny-lti.git`;

describe('a requirement that names a repository', () => {
  const url = 'https://host.test/x/y';
  test.each([
    [`git+${url}@v1#egg=Some_Name`, { name: 'Some_Name', url, revision: 'v1', folder: '' }],
    [`git+${url}@v1`, { name: undefined, url, revision: 'v1', folder: '' }],
    [`git+${url}.git`, { name: undefined, url: `${url}.git`, revision: undefined, folder: '' }],
    [
      `git+${url}@feature/x#egg=a[extra]&subdirectory=lib`,
      { name: 'a', url, revision: 'feature/x', folder: 'lib' },
    ],
    [`a.b[extra] @ git+${url}@v1 ; python_version > "3"`, { name: 'a.b', url, revision: 'v1', folder: '' }],
    [`a@git+${url}`, { name: 'a', url, revision: undefined, folder: '' }],
    [
      'git+ssh://git@host.test/x/y@v1',
      { name: undefined, url: 'ssh://git@host.test/x/y', revision: 'v1', folder: '' },
    ],
    ['git==1.0', undefined],
    ['gitpython', undefined],
    ['a @ https://host.test/a.whl', undefined],
    ['git+ext::sh -c id', undefined],
  ])('%s', (text, found) => {
    expect(parseGit(text)).toEqual(found);
  });

  test('is met by what came from there, at the revision that was asked for then, or the very commit', () => {
    const origin = { url, commit: 'c'.repeat(40), revision: 'main', folder: '' };
    const seen = { installed: { y: '1' }, origins: { y: origin }, unfinished: [] };
    const missing = (text: string) => missingOf([text], seen).length > 0;
    expect(missing(`git+${url}@main`)).toBe(false);
    expect(missing(`y @ git+${url}.git/@main`)).toBe(false);
    expect(missing(`git+${url}@${origin.commit}#egg=y`)).toBe(false);
    expect(missing(`git+${url}@v1#egg=y`)).toBe(true);
    expect(missing(`git+${url}`)).toBe(true);
    expect(missing(`git+https://host.test/x/other@main#egg=y`)).toBe(true);
    expect(missing(`git+${url}@main#subdirectory=lib`)).toBe(true);
    expect(missingOf([`git+${url}@main#egg=y`], { ...seen, origins: {} })).toHaveLength(1);
  });
});

const op = (packages: readonly string[], more: Partial<Op<'pip'>> = {}): Op<'pip'> => ({
  kind: 'pip',
  venv: '/venv',
  as: 'root',
  packages,
  ...more,
});

test.each([
  ['git+https://me:secret@host.test/x@v1', /password/],
  ['x @ git+https://me@host.test/x@v1', /password/],
  ['git+git://host.test/x@v1', /begins with https/],
  ['git+ext::sh -c touch% /tmp/x', /begins with https/],
  ['x @ git+ext::sh', /begins with https/],
  ['git+https://host.test/x@-upload-pack=x', /no tag, no branch/],
])('%s is refused before pip runs', async (text, words) => {
  const context = await testContext({ host: paperHost() });
  const seen = await pip.inspect(op([text]), context);
  expect(() => pip.diff(op([text]), seen, context)).toThrow(
    expect.objectContaining({ say: expect.objectContaining({ en: expect.stringMatching(words) }) }),
  );
});

test.each(['ext::sh -c id %S', '/srv/mirror', 'https://me:secret@host.test/'])(
  'a mirror at %s is refused',
  async (at) => {
    const context = await testContext({ host: paperHost() });
    const mirrored = op(['six'], { gitMirror: { of: forge, at } });
    const seen = await pip.inspect(mirrored, context);
    expect(() => pip.diff(mirrored, seen, context)).toThrow('check-failed');
  },
);

test('the key of a package is its name, or its address without the revision where only git knows that', async () => {
  const { values } = await testContext();
  const keys = pip.keys(op([`${address}@v1#egg=Tiny_LTI`, `${address}@v1`, `a @ ${address}`]), values);
  expect(keys).toEqual(['pip:/venv/tiny-lti', `pip:/venv/${address}`, 'pip:/venv/a']);
});

interface Venv {
  readonly path: string;
  readonly site: string;
  readonly mirror: TinyMirror;
  readonly dir: string;
  readonly of: (packages: readonly string[], more?: Partial<Op<'pip'>>) => Op<'pip'>;
  readonly edition: () => string;
}

async function aVenv(): Promise<Venv> {
  needs('/usr/bin/python3', '/usr/lib/python3.11/ensurepip/__init__.py');
  const dir = await temporaryFolder();
  const path = join(dir, 'venv');
  execFileSync('/usr/bin/python3', ['-m', 'venv', path]);
  const site = `${path}/lib/python3.11/site-packages`;
  const mirror = await tinyMirror(dir);
  const as = execFileSync('id', ['--user', '--name'], { encoding: 'utf8' }).trim();
  const gitMirror = { of: forge, at: mirror.at };
  return {
    path,
    site,
    mirror,
    dir,
    of: (packages, more) => op(packages, { venv: path, as, gitMirror, ...more }),
    edition: () =>
      existsSync(`${site}/tiny_lti.py`) ? readFileSync(`${site}/tiny_lti.py`, 'utf8').trim() : '',
  };
}

/** As a run does it; gives what undo needs. */
async function apply(one: Op<'pip'>): Promise<Json> {
  const context = await testContext();
  const seen = await pip.inspect(one, context);
  expect(pip.diff(one, seen, context).change).toBe('change');
  const before: Json = JSON.parse(JSON.stringify(await pip.capture(one, seen, context)));
  await pip.apply(one, seen, context);
  expect(pip.diff(one, await pip.inspect(one, context), context)).toEqual({ change: 'none' });
  return before;
}

const look = async (one: Op<'pip'>) => {
  const context = await testContext();
  const seen = await pip.inspect(one, context);
  return { difference: pip.diff(one, seen, context), mark: pip.mark(one, seen, context) };
};

describe('a package of git', () => {
  test('comes from the mirror, is known by its own address, and goes with undo', async () => {
    const { of, site, mirror, edition } = await aVenv();
    const one = of([`${address}@v3.1`]);
    const formerly = readdirSync(site);
    expect((await look(one)).difference).toMatchObject({
      circumstances: [{ en: `git repositories of ${forge} taken from ${mirror.at}/` }],
    });
    const before = await apply(one);
    expect(edition()).toBe('edition = 1');
    expect(JSON.parse(readFileSync(`${site}/tiny_lti-3.1.dist-info/direct_url.json`, 'utf8'))).toEqual({
      url: `${forge}acme/tiny-lti.git`,
      vcs_info: { commit_id: mirror.tagged, requested_revision: 'v3.1', vcs: 'git' },
    });
    const { mark } = await look(one);
    expect(mark).toEqual({ [address]: `3.1 ${address}@${mirror.tagged}` });
    await pip.undo(one, before, await testContext({ purpose: 'undo' }));
    expect(readdirSync(site)).toEqual(formerly);
  });

  test('of another revision replaces the one that is there, also with the same version; undo brings the commit back', async () => {
    const { of, mirror, edition } = await aVenv();
    await apply(of([`${address}@v3.1#egg=tiny-lti`]));
    const newer = of([`tiny.lti @ ${address}@main`]);
    expect((await look(newer)).difference).toMatchObject({
      diff: `- tiny-lti @ ${address}@${mirror.tagged}\n+ tiny.lti @ ${address}@main`,
    });
    const before = await apply(newer);
    expect(edition()).toBe('edition = 2');
    // The branch goes on: what is installed is what it was.
    await commit(mirror.path, {});
    expect((await look(newer)).difference).toEqual({ change: 'none' });
    await pip.undo(newer, before, await testContext({ purpose: 'undo' }));
    expect(edition()).toBe('edition = 1');
    expect((await look(of([`${address}@${mirror.tagged}`]))).difference).toEqual({ change: 'none' });
  });

  test('is not taken back where its repository cannot be reached, and says so', async () => {
    const { of, dir, edition } = await aVenv();
    await apply(of([`${address}@v3.1`]));
    const newer = of([`${address}@main`]);
    const before = await apply(newer);
    rmSync(join(dir, 'mirror'), { recursive: true });
    const undone = pip.undo(newer, before, await testContext({ purpose: 'undo' }));
    await expect(undone).rejects.toMatchObject({ code: 'command-failed' });
    expect(edition()).toBe('edition = 2');
  });

  test('in a requirements file is looked at by itself and installed with the rest', async () => {
    const { of, dir, edition } = await aVenv();
    const file = join(dir, 'requirements.txt');
    writeFileSync(file, `# theirs\n${address}@v3.1#egg=tiny-lti  # pinned\nsetuptools\n`);
    const one = of([], { requirements: file });
    const before = await apply(one);
    expect(edition()).toBe('edition = 1');
    writeFileSync(file, `${address}@main\nsetuptools\n`);
    await apply(one);
    expect(edition()).toBe('edition = 2');
    await pip.undo(one, before, await testContext({ purpose: 'undo' }));
    expect(edition()).toBe('');
  });

  test('without a mirror comes from where it says; nothing of this machine is fetched for a submodule', async () => {
    const { of, dir, mirror, edition } = await aVenv();
    const own = of([`git+${mirror.at}/acme/tiny-lti.git@v3.1`], { gitMirror: { of: forge, at: '' } });
    await apply(own);
    expect(edition()).toBe('edition = 1');
    const secret = join(dir, 'secret');
    git(dir, 'clone', '--quiet', '--bare', mirror.path, secret);
    git(
      mirror.path,
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      `file://${secret}`,
      'x',
    );
    await commit(mirror.path, {});
    const context = await testContext();
    const hostile = of([`git+${mirror.at}/acme/tiny-lti.git@main`]);
    await expect(pip.apply(hostile, await pip.inspect(hostile, context), context)).rejects.toMatchObject({
      code: 'command-failed',
    });
    expect(context.output()).toContain("transport 'file' not allowed");
  });

  test('is fetched without hooks, also those that a site has for every new repository', async () => {
    const { of, dir, edition } = await aVenv();
    const hook = join(dir, 'template/hooks/post-checkout');
    mkdirSync(dirname(hook), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\ntouch ${dir}/hooked\n`, { mode: 0o755 });
    vi.stubEnv('GIT_TEMPLATE_DIR', join(dir, 'template'));
    onTestFinished(() => void vi.unstubAllEnvs());
    git(
      dir,
      'clone',
      '--quiet',
      `--template=${dir}/template`,
      join(dir, 'mirror/acme/tiny-lti.git'),
      'clone',
    );
    expect(existsSync(join(dir, 'hooked'))).toBe(true);
    rmSync(join(dir, 'hooked'));
    await apply(of([`${address}@v3.1`]));
    expect(edition()).toBe('edition = 1');
    expect(existsSync(join(dir, 'hooked'))).toBe(false);
  });

  test('that a server asks a password for fails at once: git asks nobody', async () => {
    const { of } = await aVenv();
    const server = createServer((_, answer) => {
      answer.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise((resolve) => server.close(() => resolve(undefined))));
    // A server that listens on a port has an address of this form.
    const { port } = server.address() as AddressInfo;
    const context = await testContext();
    const closed = of([`git+http://127.0.0.1:${port}/x@v1#egg=x`]);
    await expect(pip.apply(closed, await pip.inspect(closed, context), context)).rejects.toMatchObject({
      code: 'command-failed',
    });
    expect(context.output()).toMatch(/terminal prompts disabled|could not read Username/);
  });
});
