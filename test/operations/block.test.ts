import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { block } from '../../src/operations/block.ts';
import type { Op } from '../../src/operations/verbs.ts';
import { temporaryFolder, testContext } from './context.ts';

async function applied(former: string | undefined, more: Partial<Op<'block'>> = {}) {
  const path = join(await temporaryFolder(), 'hosts');
  if (former !== undefined) await writeFile(path, former);
  const op: Op<'block'> = {
    kind: 'block',
    path,
    name: 'ours',
    content: 'one\ntwo',
    syntax: 'plain',
    comment: '#',
    ...more,
  };
  const context = await testContext({ secrets: { PASSWORD: 's3cret-value' } });
  const seen = await block.inspect(op, context);
  const difference = block.diff(op, seen, context);
  const before = await block.capture(op, seen, context);
  await block.apply(op, seen, context);
  const text = () => readFile(path, 'utf8');
  return { path, op, context, before, difference, text, undo: () => block.undo(op, before, context) };
}

const ours = '# BEGIN setup-wizard ours\none\ntwo\n# END setup-wizard ours\n';

describe('apply', () => {
  test('puts the lines between markers at the end, or at the start', async () => {
    expect(await (await applied('a\n')).text()).toBe(`a\n${ours}`);
    expect(await (await applied('a')).text()).toBe(`a\n${ours}`);
    expect(await (await applied('a', { at: 'start' })).text()).toBe(`${ours}a`);
    expect(await (await applied(undefined)).text()).toBe(ours);
  });

  test('replaces an older block where it stands and leaves the blocks of others', async () => {
    const former = `a\n${ours.replace('one', 'old')}# BEGIN setup-wizard ours-too\nx\n# END setup-wizard ours-too\n`;
    const { text } = await applied(former);
    expect(await text()).toBe(former.replace('old', 'one'));
  });

  test('refuses a file where one marker is missing: where the block ends would be a guess', async () => {
    await expect(applied('a\n# BEGIN setup-wizard ours\nb\n')).rejects.toMatchObject({
      code: 'refused-existing',
    });
  });

  test('has nothing to do the second time', async () => {
    const { op, context } = await applied('a\n');
    expect(block.diff(op, await block.inspect(op, context), context)).toEqual({ change: 'none' });
  });
});

describe('undo', () => {
  test('takes out our lines only, when others have added theirs', async () => {
    const { path, text, undo } = await applied('a');
    await writeFile(path, `first\n${await text()}last\n`);
    await undo();
    expect(await text()).toBe('first\na\nlast\n');
  });

  test('leaves a file that we made and others have filled', async () => {
    const { path, text, undo } = await applied(undefined);
    await writeFile(path, `${await text()}theirs\n`);
    await undo();
    expect(await text()).toBe('theirs\n');
  });

  test('brings back the former block among lines that others added', async () => {
    const former = ours.replace('one', 'old');
    const { path, text, undo } = await applied(former);
    await writeFile(path, `${await text()}theirs\n`);
    await undo();
    expect(await text()).toBe(`${former}theirs\n`);
  });

  test('does nothing to a file that somebody removed', async () => {
    const { path, context, undo } = await applied('a\n');
    await context.host.remove(path);
    expect(await undo()).toEqual({});
    expect(await context.host.stat(path)).toBeUndefined();
  });
});

describe('diff and mark', () => {
  test('show our lines with bullets, and the lines around them', async () => {
    const { difference } = await applied('a\n', { content: 'key=%PASSWORD%' });
    expect(difference).toMatchObject({
      change: 'change',
      diff: expect.stringContaining(
        ' a\n+# BEGIN setup-wizard ours\n+key=••••••••\n+# END setup-wizard ours\n',
      ),
    });
  });

  test('show no former secret of ours', async () => {
    const former = ours.replace('one\ntwo', 'key=of-last-year');
    const { difference } = await applied(former, { content: 'key=%PASSWORD%' });
    expect(JSON.stringify(difference)).not.toContain('last-year');
    expect(difference).toMatchObject({
      change: 'change',
      diff: expect.stringContaining('only a secret changes'),
    });
  });

  test('look at our lines only: what others do to the file is no drift', async () => {
    const { path, op, context, text } = await applied('a\n');
    const mark = block.mark(op, await block.inspect(op, context), context);
    await writeFile(path, `new\n${await text()}`);
    const seen = await block.inspect(op, context);
    expect(block.diff(op, seen, context)).toEqual({ change: 'none' });
    expect(block.mark(op, seen, context)).toEqual(mark);
  });
});
