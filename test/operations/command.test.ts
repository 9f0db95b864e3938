import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { command } from '../../src/operations/command.ts';
import type { Op } from '../../src/operations/verbs.ts';
import { temporaryFolder, testContext } from './context.ts';
import { holdsAtEveryStop, stoppingHost } from './tree.ts';

const isRoot = process.getuid?.() === 0;
const touch = (path: string, more: Partial<Op<'command'>> = {}): Op<'command'> => ({
  kind: 'command',
  name: 'touch',
  run: ['touch', path],
  done: { exists: path },
  undo: { run: ['rm', '-f', path] },
  ...more,
});
beforeEach(async () => {
  vi.stubEnv('TMPDIR', await temporaryFolder());
  return () => vi.unstubAllEnvs();
});

const leftEmptyFolders = async () =>
  (await readdir(tmpdir())).filter((name) => /^setup-wizard-[0-9a-f]{16}$/.test(name));

describe('a command', () => {
  test('is as wanted or taken back, wherever it is stopped', async () => {
    const prepare = async (folder: string) => touch(join(folder, 'x'), { emptyDir: true });
    await holdsAtEveryStop(command, { prepare });
    expect(await leftEmptyFolders()).toEqual([]);
  });

  test('shows its exact arguments, its user, and why it is not done', async () => {
    const op = touch('/srv/x y', { as: 'nobody', cwd: '/srv', env: { A: 'b' } });
    const context = await testContext();
    expect(command.diff(op, { ok: false, problem: '/srv/x y does not exist' }, context)).toEqual({
      change: 'change',
      commands: [['touch', '/srv/x y']],
      circumstances: [
        { fr: 'en tant que nobody', en: 'as nobody' },
        { fr: 'dans /srv', en: 'in /srv' },
        { fr: 'A=b', en: 'A=b' },
      ],
      diff: '/srv/x y does not exist\n',
    });
    expect(command.diff(op, { ok: true, problem: '' }, context)).toEqual({ change: 'none' });
  });

  test('that cannot be taken back says so before it runs, and undo says so again', async () => {
    const never = { fr: 'Un courriel est parti.', en: 'A mail was sent.' };
    const op = touch('/srv/x', { undo: { never } });
    const context = await testContext();
    expect(command.diff(op, { ok: false, problem: '' }, context)).toMatchObject({ irreversible: never });
    expect(await command.undo(op, null, context)).toEqual({ foreseen: true, left: never });
  });

  test('that leaves nothing, or goes with another, has nothing to take back', async () => {
    const context = await testContext();
    expect(
      await command.undo(touch('/srv/x', { undo: { none: { fr: 'Rien.', en: 'Nothing.' } } }), null, context),
    ).toEqual({});
    expect(await command.undo(touch('/srv/x', { undo: { with: 'file:/srv' } }), null, context)).toEqual({});
  });

  test('that fails is a failure with its last words, secrets removed', async () => {
    const op = touch('/srv/x', { run: ['sh', '-c', 'cat >&2; exit 4'], stdin: 'no: %PASSWORD%' });
    const context = await testContext({ secrets: { PASSWORD: 's3cret-value' } });
    await expect(command.apply(op, { ok: false, problem: '' }, context)).rejects.toMatchObject({
      code: 'command-failed',
      values: { code: '4', lastLine: 'no: ••••••••' },
    });
    expect(context.output()).not.toContain('s3cret');
  });

  test('never has a secret among its arguments', async () => {
    const context = await testContext({ secrets: { PASSWORD: 's3cret-value' } });
    const op = touch('/srv/%PASSWORD%', { done: { run: ['false'] } });
    expect(() => command.diff(op, { ok: false, problem: '' }, context)).toThrow('secret-shown');
  });

  test('that says nothing for too long is ended', async () => {
    const op = touch('/srv/x', { run: ['sleep', '60'], quiet: 0.2 });
    const context = await testContext();
    await expect(command.apply(op, { ok: false, problem: '' }, context)).rejects.toMatchObject({
      code: 'quiet',
      values: { command: 'sleep 60', seconds: '0.2' },
    });
  });

  test.runIf(isRoot)('runs in an empty folder of its own user, which is gone afterwards', async () => {
    const file = join('/var/tmp', `setup-wizard-test-${process.pid}`);
    const op = touch(file, {
      run: ['sh', '-c', `stat -c %U . >${file}; ls -A >>${file}; touch made`],
      emptyDir: true,
      as: 'nobody',
    });
    const context = await testContext();
    await command.apply(op, { ok: false, problem: '' }, context);
    expect(await readFile(file, 'utf8')).toBe('nobody\n');
    await command.undo(op, null, context);
    expect(await context.host.stat(file)).toBeUndefined();
    expect(await leftEmptyFolders()).toEqual([]);
  });

  test('stopped in its empty folder finds and clears it the next time', async () => {
    const dir = await temporaryFolder();
    const path = join(dir, 'x');
    const op = touch(path, { emptyDir: true });
    const stopped = await testContext({ dir, host: stoppingHost(6).host });
    await expect(command.apply(op, { ok: false, problem: '' }, stopped)).rejects.toThrow('stopped');
    expect(await leftEmptyFolders()).toHaveLength(1);
    await command.apply(op, { ok: false, problem: '' }, await testContext({ dir }));
    expect(await leftEmptyFolders()).toEqual([]);
  });
});
