import { chmod, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { file } from '../../src/operations/file.ts';
import type { Op } from '../../src/operations/verbs.ts';
import { type TestOptions, temporaryFolder, testContext } from './context.ts';

const options: TestOptions = { values: { HOST: 'db.example.org' }, secrets: { PASSWORD: 's3cret-value' } };

async function given(former?: string, more: Partial<Op<'file'>> = {}) {
  const folder = await temporaryFolder();
  const path = join(folder, 'app.cfg');
  if (former !== undefined) await writeFile(path, former);
  const op: Op<'file'> = {
    kind: 'file',
    path,
    content: '[database]\nhost=%HOST%\npassword=%PASSWORD%\n',
    syntax: 'ini',
    ...more,
  };
  return { path, op };
}

async function diffOf(op: Op<'file'>, more: TestOptions = {}) {
  const context = await testContext({ ...options, ...more });
  return file.diff(op, await file.inspect(op, context), context);
}

describe('diff', () => {
  test('of a new file shows it whole, secrets as bullets', async () => {
    const { op, path } = await given();
    expect(await diffOf(op)).toEqual({
      change: 'change',
      diff: `--- /dev/null\n+++ ${path}\n@@ -0,0 +1,3 @@\n+[database]\n+host=db.example.org\n+password=••••••••\n`,
    });
  });

  test('shows neither our secret nor one that the former file held', async () => {
    const { op } = await given(
      '[database]\nhost=old.example.org\npassword=of-somebody\n# PASSWORD s3cret-value\nlost words\n',
    );
    const { diff = '' } = (await diffOf(op)) as { diff?: string };
    for (const hidden of ['s3cret', 'of-somebody', 'lost words', 'old.example'])
      expect(diff).not.toContain(hidden);
    expect(diff).toContain('-host=••••••••\n');
    expect(diff).toContain('+host=db.example.org\n');
  });

  test('says so when only a secret changes', async () => {
    const { op, path } = await given('[database]\nhost=db.example.org\npassword=of-somebody\n');
    expect(await diffOf(op)).toEqual({ change: 'change', diff: `± ${path} (only a secret changes)\n` });
  });

  test('shows a former file in the clear where the new one holds no secret', async () => {
    const { op } = await given('color=red\n', { content: 'color=blue\n' });
    expect((await diffOf(op)) as { diff?: string }).toMatchObject({
      diff: expect.stringContaining('-color=red\n+color=blue\n'),
    });
  });

  test('is none when bytes, mode and owner are as wanted, and names what is not', async () => {
    const { op, path } = await given('x\n', { content: 'x\n', mode: '0640' });
    await chmod(path, 0o640);
    expect(await diffOf(op)).toEqual({ change: 'none' });
    expect(await diffOf({ ...op, mode: '0600' })).toMatchObject({
      diff: expect.stringMatching(/^-(\S+) 0640\n\+\1 0600\n$/),
    });
  });

  test('for an owner who is not there yet is simply a difference', async () => {
    const { op } = await given('x\n', { content: 'x\n', owner: 'root:not-yet' });
    expect(await diffOf(op)).toMatchObject({
      change: 'change',
      diff: expect.stringContaining('+root:not-yet 0'),
    });
  });

  test('leaves mode and owner alone where the guide says nothing of them', async () => {
    const { op, path } = await given('x\n', { content: 'x\n' });
    await chmod(path, 0o604);
    expect(await diffOf(op)).toEqual({ change: 'none' });
    const context = await testContext(options);
    const other = { ...op, content: 'y\n' };
    await file.apply(other, await file.inspect(other, context), context);
    expect(((await stat(path)).mode & 0o777).toString(8)).toBe('604');
  });
});

describe('a file that somebody else made', () => {
  test('is refused where the guide says so', async () => {
    const { op, path } = await given('of somebody\n', { onExisting: 'refuse' });
    await expect(diffOf(op)).rejects.toMatchObject({ code: 'refused-existing', values: { path } });
  });

  test('is not refused when it is the same, or when a run of ours left it so', async () => {
    const { op, path } = await given('x\n', { content: 'x\n', onExisting: 'refuse' });
    expect(await diffOf(op)).toEqual({ change: 'none' });
    const dir = await temporaryFolder();
    const context = await testContext({ ...options, dir });
    const mark = file.mark(op, await file.inspect(op, context), context);
    expect(
      await diffOf({ ...op, content: 'y\n' }, { dir, recorded: { [`file:${path}`]: mark } }),
    ).toMatchObject({ change: 'change' });
  });

  test('that is a folder is always refused', async () => {
    const { op, path } = await given();
    await mkdir(path);
    await expect(diffOf(op)).rejects.toMatchObject({ code: 'refused-existing' });
  });
});

describe('apply and undo', () => {
  test('write the secret to the file and to no other place', async () => {
    const { op, path } = await given();
    const context = await testContext(options);
    const seen = await file.inspect(op, context);
    const before = await file.capture(op, seen, context);
    await file.apply(op, seen, context);
    expect(await readFile(path, 'utf8')).toContain('password=s3cret-value\n');
    const after = await file.inspect(op, context);
    const shown = [
      before,
      file.mark(op, after, context),
      file.describe(op, context.values),
      context.output(),
    ];
    expect(JSON.stringify(shown)).not.toContain('s3cret');
  });

  test('applied twice changes nothing', async () => {
    const { op, path } = await given();
    const context = await testContext(options);
    await file.apply(op, await file.inspect(op, context), context);
    expect(file.diff(op, await file.inspect(op, context), context)).toEqual({ change: 'none' });
    expect(await readFile(path, 'utf8')).toBe('[database]\nhost=db.example.org\npassword=s3cret-value\n');
  });

  test('a dangling link in its place is replaced and brought back', async () => {
    const { op, path } = await given();
    await symlink('/nowhere', path);
    const context = await testContext(options);
    const seen = await file.inspect(op, context);
    expect(file.diff(op, seen, context)).toMatchObject({
      diff: expect.stringContaining(`-${path} → /nowhere\n`),
    });
    const before = await file.capture(op, seen, context);
    await file.apply(op, seen, context);
    await file.undo(op, before, context);
    expect((await context.host.stat(path))?.target).toBe('/nowhere');
  });

  test('a value that the syntax cannot carry is refused before anything is written', async () => {
    const { op, path } = await given();
    const context = await testContext({ values: { HOST: 'two\nlines' }, secrets: { PASSWORD: 'x' } });
    await expect(file.inspect(op, context)).rejects.toThrow('cannot-carry');
    expect(await context.host.stat(path)).toBeUndefined();
  });
});

test('a title names path, owner and mode', async () => {
  const context = await testContext();
  const op: Op<'file'> = {
    kind: 'file',
    path: '/etc/app.cfg',
    content: '',
    syntax: 'plain',
    owner: 'root:app',
    mode: '0640',
  };
  expect(file.describe(op, context.values)).toEqual({
    fr: 'Fichier /etc/app.cfg (root:app 0640)',
    en: 'File /etc/app.cfg (root:app 0640)',
  });
  expect(file.keys(op, context.values)).toEqual(['file:/etc/app.cfg']);
});
