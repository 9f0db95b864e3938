import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { directory } from '../../src/operations/directory.ts';
import type { Op } from '../../src/operations/verbs.ts';
import { temporaryFolder, testContext } from './context.ts';

async function applied(more: Partial<Op<'directory'>> = {}) {
  const path = join(await temporaryFolder(), 'data');
  const op: Op<'directory'> = { kind: 'directory', path, mode: '0750', ...more };
  const context = await testContext();
  const seen = await directory.inspect(op, context);
  const before = await directory.capture(op, seen, context);
  await directory.apply(op, seen, context);
  return { path, op, context, undo: () => directory.undo(op, before, context) };
}

describe('a folder', () => {
  test('is made once, and undo removes it while it is empty', async () => {
    const { path, op, context, undo } = await applied();
    expect(directory.diff(op, await directory.inspect(op, context), context)).toEqual({ change: 'none' });
    expect(await undo()).toEqual({});
    expect(await context.host.stat(path)).toBeUndefined();
  });

  test('that holds something stays, with the reason', async () => {
    const { path, undo } = await applied();
    await writeFile(join(path, 'theirs'), '');
    expect(await undo()).toEqual({
      left: {
        fr: `${path} n’est pas vide\u00a0: le répertoire est gardé`,
        en: `${path} is not empty: the directory is kept`,
      },
    });
    expect(await readdir(path)).toEqual(['theirs']);
  });

  test('that holds data is packed into kept/ before it goes', async () => {
    const { path, context, undo } = await applied({ holdsData: true });
    await mkdir(join(path, 'media'));
    await writeFile(join(path, 'media', 'invoice'), '42');
    expect(await undo()).toEqual({});
    expect(await context.host.stat(path)).toBeUndefined();
    const kept = join(context.state.kept, 'test');
    const [archive = ''] = await readdir(kept);
    const listed = await context.host.look(['tar', '-tzf', join(kept, archive)]);
    expect(listed.stdout).toContain('data/media/invoice\n');
  });

  test('without its parent is an error: a step makes each', async () => {
    const path = join(await temporaryFolder(), 'a', 'b');
    const op: Op<'directory'> = { kind: 'directory', path };
    const context = await testContext();
    await expect(directory.apply(op, await directory.inspect(op, context), context)).rejects.toThrow(
      'ENOENT',
    );
  });

  test('is refused where a file stands', async () => {
    const path = join(await temporaryFolder(), 'x');
    await writeFile(path, '');
    const op: Op<'directory'> = { kind: 'directory', path };
    const context = await testContext();
    const seen = await directory.inspect(op, context);
    expect(() => directory.diff(op, seen, context)).toThrow('refused-existing');
  });

  test('for an owner who is not there yet is simply a difference', async () => {
    const op: Op<'directory'> = { kind: 'directory', path: await temporaryFolder(), owner: 'root:not-yet' };
    const context = await testContext({ purpose: 'plan' });
    expect(directory.diff(op, await directory.inspect(op, context), context)).toMatchObject({
      change: 'change',
    });
  });

  test('has a title in both languages', async () => {
    const { values } = await testContext({ values: { WHERE: '/etc/pretix' } });
    const op: Op<'directory'> = { kind: 'directory', path: '%WHERE%', owner: 'root:pretix', mode: '0750' };
    expect(directory.describe(op, values)).toEqual({
      fr: 'Répertoire /etc/pretix (root:pretix 0750)',
      en: 'Directory /etc/pretix (root:pretix 0750)',
    });
  });
});
