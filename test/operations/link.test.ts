import { readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { link } from '../../src/operations/link.ts';
import type { Op } from '../../src/operations/verbs.ts';
import { temporaryFolder, testContext } from './context.ts';

async function given() {
  const path = join(await temporaryFolder(), 'current');
  const op: Op<'link'> = { kind: 'link', path, to: '/srv/2' };
  return { path, op, context: await testContext() };
}

describe('a link', () => {
  test('is made, and has nothing to do the second time', async () => {
    const { path, op, context } = await given();
    const seen = await link.inspect(op, context);
    expect(link.diff(op, seen, context)).toEqual({ change: 'change', diff: `+${path} → /srv/2\n` });
    await link.apply(op, seen, context);
    expect(await readlink(path)).toBe('/srv/2');
    expect(link.diff(op, await link.inspect(op, context), context)).toEqual({ change: 'none' });
  });

  test('in the place of another shows both', async () => {
    const { path, op, context } = await given();
    await symlink('/srv/1', path);
    const seen = await link.inspect(op, context);
    expect(link.diff(op, seen, context)).toMatchObject({ diff: `-${path} → /srv/1\n+${path} → /srv/2\n` });
  });

  test('refuses to replace a file', async () => {
    const { path, op, context } = await given();
    await writeFile(path, 'x');
    const seen = await link.inspect(op, context);
    expect(() => link.diff(op, seen, context)).toThrow('refused-existing');
  });

  test('is not removed once somebody has put a file there', async () => {
    const { path, op, context } = await given();
    await writeFile(path, 'x');
    expect(await link.undo(op, null, context)).toHaveProperty('left');
    expect((await context.host.read(path))?.toString()).toBe('x');
  });
});
