/** The numbered promises at the head of src/operations/git-checkout.ts, against those who mean harm and against bad luck. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { realHost } from '../../src/host/real.ts';
import type { Host } from '../../src/host/types.ts';
import { gitCheckout } from '../../src/operations/git-checkout.ts';
import { isRef } from '../../src/operations/shared/git.ts';
import { leadsOut } from '../../src/operations/shared/git-switch.ts';
import { Failure, type Op } from '../../src/operations/verbs.ts';
import { temporaryFolder, testContext } from './context.ts';
import { anOrigin, checkoutOf, commit, git, type Origin } from './repository.ts';

type Checkout = Op<'git-checkout'>;

const isRoot = process.getuid?.() === 0;
let folder: string;
let origin: Origin;
/** Where a program of the attacker would leave its trace. */
let trace: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  origin = await anOrigin();
  trace = join(folder, 'executed');
});

const place = () => join(folder, 'app');
const aClone = (path = place()) => {
  git('/', 'clone', '--quiet', origin.url, path);
  git(path, 'checkout', '--quiet', 'v1');
  return path;
};

async function attempt(op: Checkout, host: Host = realHost()): Promise<string> {
  const context = await testContext({ host });
  const seen = await gitCheckout.inspect(op, context);
  gitCheckout.diff(op, seen, context);
  await gitCheckout.apply(op, seen, context);
  expect(gitCheckout.diff(op, await gitCheckout.inspect(op, context), context)).toEqual({ change: 'none' });
  return context.output();
}

async function refusal(op: Checkout, host?: Host): Promise<Failure> {
  const failure = await attempt(op, host).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof Failure)) throw new Error(`not refused: ${String(failure)}`);
  return failure;
}

describe('an address', () => {
  test.each([
    'https://alice:hunter2@git.test/x',
    'https://hunter2@git.test/x',
    'ssh://git:hunter2@git.test/x',
  ])('with a password is refused before git runs, and not repeated: %s', async (url) => {
    const failure = await refusal({ ...checkoutOf(origin, place(), 'v1'), url });
    expect(failure.say?.en).toContain('credential.helper');
    expect(JSON.stringify([failure.message, failure.values, failure.say])).not.toContain('hunter2');
  });

  test.each([
    'ext::sh -c touch% /tmp/x',
    '--upload-pack=x',
    'git@host:x',
    '/srv/x',
    'git://git.test/x',
    'file:// x',
  ])('of another kind is refused: %s', async (url) => {
    expect((await refusal({ ...checkoutOf(origin, place(), 'v1'), url })).say?.en).toContain('file://');
  });

  test('never leads on to another protocol, whatever the machine is set to', async () => {
    const config = join(folder, 'config');
    await writeFile(config, `[url "ext::sh -c touch% ${trace} "]\n  insteadOf = ${origin.url}\n`);
    const failure = await refusal(
      checkoutOf(origin, place(), 'v1'),
      realHost({ env: { GIT_CONFIG_GLOBAL: config, GIT_ALLOW_PROTOCOL: 'ext:file' } }),
    );
    expect(failure.values['lastLine']).toContain("transport 'ext' not allowed");
    expect(existsSync(trace)).toBe(false);
  });
});

test.each(['v1', 'release/1.0', 'v1+b', 'a@b', 'x#1'])('%s can be a name in git', (ref) => {
  expect(isRef(ref)).toBe(true);
});

test.each([
  '',
  '-x',
  '--upload-pack=touch',
  'a b',
  'a..b',
  'a:b',
  '+a',
  'a^{}',
  'a@{1}',
  'HEAD',
  '../x',
  'a.lock',
  'a\nHEAD',
  'a/',
  '*',
])('“%s” is refused as a name in git', async (ref) => {
  expect(isRef(ref)).toBe(false);
  expect((await refusal(checkoutOf(origin, place(), ref))).say?.en).toContain('no branch');
  expect(readdirSync(folder)).toEqual([]);
});

test('a name that the repository does not have fails with git’s own words, and leaves nothing', async () => {
  const failure = await refusal(checkoutOf(origin, place(), 'v9'));
  expect(failure.values['lastLine']).toBe("fatal: couldn't find remote ref v9");
  expect(readdirSync(folder)).toEqual([]);
});

describe('what is in the way', () => {
  test('is refused: a link', async () => {
    await mkdir(join(folder, 'real'));
    await symlink('real', place());
    expect((await refusal(checkoutOf(origin, place(), 'v1'))).say?.en).toContain('is a link to real');
    expect(readdirSync(join(folder, 'real'))).toEqual([]);
  });

  test('is refused: files that are no repository, also inside of one', async () => {
    git(folder, 'init', '--quiet');
    await commit(folder, { 'app/file': 'mine' }, 'v1');
    expect((await refusal(checkoutOf(origin, place(), 'v1'))).say?.en).toContain('is no git repository');
    await mkdir(join(place(), '.git'));
    expect((await refusal(checkoutOf(origin, place(), 'v1'))).say?.en).toContain('is no git repository');
  });

  test('is refused: a checkout of something else, its password not shown', async () => {
    git(aClone(), 'remote', 'set-url', 'origin', 'https://a:hunter2@git.test/other');
    const { say } = await refusal(checkoutOf(origin, place(), 'v2'));
    expect(say?.en).toContain('does not come from');
    expect(say?.en).not.toContain('hunter2');
  });

  test('is refused: a folder in which others can make names', async () => {
    await chmod(folder, 0o777);
    expect((await refusal(checkoutOf(origin, place(), 'v1'))).say?.en).toContain(
      `Other users can change ${folder}`,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test.runIf(isRoot).each(['', '/.git'])(
    'is refused, and nothing of it is executed: what belongs to somebody else (%s)',
    async (inside) => {
      const path = aClone();
      git(path, 'config', 'core.fsmonitor', `touch ${trace}`);
      execFileSync('chown', ['-R', 'nobody:nogroup', `${path}${inside}`]);
      const config = join(folder, 'config');
      await writeFile(config, '[safe]\n  directory = *\n');
      const host = realHost({ env: { GIT_CONFIG_GLOBAL: config } });
      expect((await refusal(checkoutOf(origin, path, 'v2'), host)).code).toBe('refused-existing');
      expect(existsSync(trace)).toBe(false);
    },
  );
});

describe('nothing of a repository is executed', () => {
  const hook = () => `#!/bin/sh\ntouch ${trace}\n`;

  async function hooksIn(path: string): Promise<void> {
    await mkdir(path, { recursive: true });
    for (const name of ['post-checkout', 'reference-transaction', 'post-index-change', 'post-merge'])
      await writeFile(join(path, name), hook(), { mode: 0o755 });
  }

  test('hooks of a template, filters and file monitors that the machine is set to', async () => {
    await hooksIn(join(folder, 'template/hooks'));
    await commit(origin.path, { '.gitattributes': '*.bin filter=lfs\n', 'x.bin': 'x' }, 'v3');
    const config = join(folder, 'config');
    await commit(
      origin.path,
      { '.gitattributes': '*.bin filter=lfs\n*.own filter=own\n', 'x.own': 'x' },
      'v4',
    );
    const own = `[filter "own"]\n  smudge = touch ${trace}\n`;
    const filter = `${own}[filter "lfs"]\n  smudge = touch ${trace}\n  process = touch ${trace}\n  required = true\n`;
    const hooks = `[core]\n  hooksPath = ${folder}/template/hooks\n  fsmonitor = touch ${trace}\n`;
    await writeFile(config, `${filter}${hooks}`);
    const env = { GIT_CONFIG_GLOBAL: config, GIT_TEMPLATE_DIR: join(folder, 'template') };
    await attempt(checkoutOf(origin, place(), 'v4'), realHost({ env }));
    expect(existsSync(trace)).toBe(false);
    expect(existsSync(join(place(), '.git/hooks'))).toBe(false);
  });

  test('hooks and file monitors of a checkout that was there', async () => {
    const path = aClone();
    await hooksIn(join(path, '.git/hooks'));
    git(path, 'config', 'core.fsmonitor', `touch ${trace}`);
    await attempt(checkoutOf(origin, path, 'v2'));
    expect(existsSync(trace)).toBe(false);
  });

  test('submodules stay away', async () => {
    const other = await anOrigin();
    git(origin.path, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other.url, 'sub');
    await commit(origin.path, {}, 'v3');
    await attempt(checkoutOf(origin, place(), 'v3'));
    expect(readdirSync(join(place(), 'sub'))).toEqual([]);
  });
});

test('a repository whose own line ends contradict it is taken as it is, byte by byte', async () => {
  await commit(origin.path, { 'x.txt': 'a\r\nb\r\n' });
  await writeFile(join(origin.path, '.gitattributes'), '*.txt text\n');
  git(origin.path, 'add', '.gitattributes');
  git(origin.path, 'commit', '--quiet', '--message=x');
  git(origin.path, 'tag', 'v3');
  await attempt(checkoutOf(origin, place(), 'v3'));
  expect(await readFile(join(place(), 'x.txt'), 'utf8')).toBe('a\r\nb\r\n');
});

describe('a link of the repository', () => {
  test.each([
    ['/etc', 'media'],
    ['../outside', 'media'],
    ['../../x', 'conf/media'],
    ['conf/../../outside', 'media'],
  ])('that leads out of it (%s) is refused, and nothing is left', async (target, link) => {
    await symlink(target, join(origin.path, link));
    await commit(origin.path, {}, 'v3');
    expect((await refusal(checkoutOf(origin, place(), 'v3'))).say?.en).toContain(`${link} → ${target}`);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that leads into it is taken, and so is one that somebody has put beside it', async () => {
    await symlink('../run.sh', join(origin.path, 'conf/link'));
    await commit(origin.path, {}, 'v3');
    const path = aClone();
    await symlink('/srv/media', join(path, 'media'));
    await attempt(checkoutOf(origin, path, 'v3'));
    expect(leadsOut('a/b/c', '../../d')).toBe(false);
    expect(leadsOut('a', './b/c')).toBe(false);
    expect(leadsOut('a', '..')).toBe(true);
  });
});

describe('bad luck', () => {
  /** Kills the program that does this as soon as it runs. */
  const killing = (word: string): Host => {
    const host = realHost();
    const onStart = (pid: number) => process.kill(-pid, 'SIGKILL');
    return {
      ...host,
      run: (argv, given) => host.run(argv, argv.includes(word) ? { ...given, onStart } : given),
    };
  };

  test.each(['init', 'ls-remote', 'fetch', 'update-ref', 'reset'])(
    'git killed at its %s leaves nothing that looks whole, and the next run completes it',
    async (word) => {
      const op = checkoutOf(origin, place(), 'v1');
      expect((await refusal(op, killing(word))).values['code']).toBe('SIGKILL');
      expect(readdirSync(folder)).toEqual([]);
      await attempt(op);
    },
  );

  test.each(['fetch', 'update-ref', 'reset'])(
    'git killed at its %s in a checkout that was there: the next run completes it',
    async (word) => {
      const op = checkoutOf(origin, place(), 'v2');
      git('/', 'clone', '--quiet', '--branch=v1', '--depth=1', origin.url, op.path);
      expect((await refusal(op, killing(word))).values['code']).toBe('SIGKILL');
      await attempt(op);
    },
  );

  test.runIf(isRoot)('a full disk leaves nothing behind that keeps it full', async () => {
    await commit(origin.path, { big: realHost().random(600_000).toString('base64') }, 'v3');
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1200k,mode=755', 'tmpfs', folder]);
    onTestFinished(() => void execFileSync('umount', [folder]));
    const failure = await refusal(checkoutOf(origin, place(), 'v3'));
    expect(failure.code).toBe('command-failed');
    expect(readdirSync(folder)).toEqual([]);
  });

  test.runIf(isRoot)('a mount point is refused', async () => {
    await mkdir(place());
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=755', 'tmpfs', place()]);
    onTestFinished(() => void execFileSync('umount', [place()]));
    expect((await refusal(checkoutOf(origin, place(), 'v1'))).say?.en).toContain('is mounted');
  });
});

describe.runIf(isRoot)('for another user', () => {
  test('git runs as that user, whose files they are', async () => {
    await chmod(folder, 0o711);
    await chmod(origin.path, 0o755);
    execFileSync('chown', ['-R', 'nobody:nogroup', origin.path]);
    const op: Checkout = { ...checkoutOf(origin, place(), 'v1'), owner: 'nobody' };
    const output = await attempt(op);
    expect(output.split('\n').filter((line) => line.startsWith('$ '))).toSatisfy((lines: string[]) =>
      lines.every((line) => line.endsWith(' (nobody)')),
    );
    const others = ['find', place(), '!', '-user', 'nobody', '-print'];
    expect((await realHost().look(others)).stdout).toBe('');
  });

  test('a repository of a user is not read by root', async () => {
    execFileSync('chown', ['-R', 'nobody:nogroup', origin.path]);
    expect(
      await attempt(checkoutOf(origin, place(), 'v1')).catch((error: Failure) => error.values['code']),
    ).toBe('128');
  });
});
