import { execFileSync, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { realHost } from '../../src/host/real.ts';
import { temporaryFolder } from '../operations/context.ts';

/** Stops the world at the nth gate; the names of the gates passed before. */
function stopAt(nth: number) {
  const passed: string[] = [];
  const gate = (point: string) => {
    if (passed.length === nth) throw new Error('the world stops');
    passed.push(point);
  };
  return { passed, host: realHost({ gate }) };
}

const isRoot = process.getuid?.() === 0;

describe('write', () => {
  test('gives the file its bytes, mode and owner, whatever the umask', async () => {
    const path = join(await temporaryFolder(), 'file');
    await realHost().write(path, 'text', { mode: '0664', ...(isRoot ? { owner: 'nobody:daemon' } : {}) });
    expect(await readFile(path, 'utf8')).toBe('text');
    expect(await realHost().stat(path)).toMatchObject({ type: 'file', mode: '0664', size: 4 });
    if (isRoot) expect((await realHost().stat(path))?.owner).toBe('nobody:daemon');
  });

  test('stopped at any gate leaves the former or the new file whole, and the next write clears the rest', async () => {
    const { passed, host } = stopAt(99);
    await host.write(join(await temporaryFolder(), 'file'), 'new', { mode: '0600' });
    expect(passed).toEqual(['write before', 'write temporary', 'write renamed', 'write after']);
    for (const nth of passed.keys()) {
      const folder = await temporaryFolder();
      const path = join(folder, 'file');
      await realHost().write(path, 'former', { mode: '0600' });
      await expect(stopAt(nth).host.write(path, 'new', { mode: '0600' })).rejects.toThrow('the world stops');
      expect(await readFile(path, 'utf8')).toBe(nth < 2 ? 'former' : 'new');
      await realHost().write(path, 'again', { mode: '0600' });
      expect(await readdir(folder)).toEqual(['file']);
    }
  });

  test('that the disk refuses at any gate leaves nothing beside the file', async () => {
    for (const nth of [0, 1, 2, 3]) {
      const folder = await temporaryFolder();
      await realHost().write(join(folder, 'file'), 'former', { mode: '0600' });
      let passed = 0;
      const gate = () => {
        if (passed++ === nth) throw Object.assign(new Error('ENOSPC'), { errno: -28, code: 'ENOSPC' });
      };
      await expect(realHost({ gate }).write(join(folder, 'file'), 'new', { mode: '0600' })).rejects.toThrow(
        'ENOSPC',
      );
      expect(await readdir(folder)).toEqual(['file']);
    }
  });

  test('never lets another user read the content on its way', async () => {
    const folder = await temporaryFolder();
    const seen: string[] = [];
    const gate = async (point: string) => {
      if (point !== 'write temporary') return;
      for (const name of await readdir(folder))
        seen.push(((await stat(join(folder, name))).mode & 0o777).toString(8));
    };
    await realHost({ gate }).write(join(folder, 'secret'), 'x', { mode: '0640' });
    expect(seen).toEqual(['640']);
  });

  test('for an owner that does not exist fails and leaves nothing', async () => {
    const folder = await temporaryFolder();
    const writing = realHost().write(join(folder, 'file'), 'x', { mode: '0644', owner: 'no-such-user:root' });
    await expect(writing).rejects.toThrow('no such user: no-such-user');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('append', () => {
  test('adds to the end, and is torn in the middle only where a crash test stops it', async () => {
    const path = join(await temporaryFolder(), 'log');
    const first = await realHost().append(path, { mode: '0600' });
    await first.append('one\n');
    await first.close();
    const { host, passed } = stopAt(3);
    const second = await host.append(path, { mode: '0600' });
    await expect(second.append('23456789')).rejects.toThrow('the world stops');
    await second.close();
    expect(passed).toEqual(['open before', 'open after', 'append before']);
    expect(await readFile(path, 'utf8')).toBe('one\n2345');
    expect((await realHost().stat(path))?.mode).toBe('0600');
  });
});

describe('folders and links', () => {
  test('a folder has its mode and owner, and is not made twice', async () => {
    const path = join(await temporaryFolder(), 'folder');
    const host = realHost();
    await host.mkdir(path, { mode: '2775', ...(isRoot ? { owner: 'nobody:daemon' } : {}) });
    expect(await host.stat(path)).toMatchObject({ type: 'directory', mode: '2775' });
    await expect(host.mkdir(path, { mode: '0755' })).rejects.toMatchObject({ code: 'EEXIST' });
  });

  test('a missing parent is an error', async () => {
    const path = join(await temporaryFolder(), 'missing', 'folder');
    await expect(realHost().mkdir(path, { mode: '0755' })).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('rmdir keeps a folder that is not empty and says so', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'full'));
    await writeFile(join(folder, 'full', 'x'), '');
    await mkdir(join(folder, 'empty'));
    expect(await realHost().rmdir(join(folder, 'full'))).toBe(false);
    expect(await realHost().rmdir(join(folder, 'empty'))).toBe(true);
    expect(await realHost().rmdir(join(folder, 'empty'))).toBe(true);
    expect(await readdir(folder)).toEqual(['full']);
  });

  test('removeTree does not follow links and can be stopped half way and started again', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'kept'));
    await writeFile(join(folder, 'kept', 'x'), 'x');
    await mkdir(join(folder, 'tree', 'deep'), { recursive: true });
    await symlink(join(folder, 'kept'), join(folder, 'tree', 'deep', 'link'));
    await writeFile(join(folder, 'tree', 'file'), '');
    await expect(stopAt(1).host.removeTree(join(folder, 'tree'))).rejects.toThrow('the world stops');
    await realHost().removeTree(join(folder, 'tree'));
    await realHost().removeTree(join(folder, 'tree'));
    expect(await readdir(folder)).toEqual(['kept']);
    expect(await readdir(join(folder, 'kept'))).toEqual(['x']);
  });

  test('a mode is never changed through a link that someone put there', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '', { mode: 0o600 });
    await symlink(join(folder, 'file'), join(folder, 'link'));
    await expect(realHost().chmod(join(folder, 'link'), '0666')).rejects.toMatchObject({ code: 'ELOOP' });
    expect((await realHost().stat(join(folder, 'file')))?.mode).toBe('0600');
  });

  test('a link is made in one step and refuses to replace another', async () => {
    const path = join(await temporaryFolder(), 'link');
    await realHost().link(path, 'somewhere');
    expect(await realHost().stat(path)).toMatchObject({ type: 'link', target: 'somewhere' });
    await expect(realHost().link(path, 'elsewhere')).rejects.toMatchObject({ code: 'EEXIST' });
  });

  test('what is not there is nothing to read, to list, to look at or to remove', async () => {
    const path = join(await temporaryFolder(), 'missing', 'x');
    const host = realHost();
    expect([await host.read(path), await host.stat(path), await host.list(path)]).toEqual([
      undefined,
      undefined,
      [],
    ]);
    await host.remove(path);
    await host.removeTree(path);
  });
});

describe('what never ends', () => {
  test('a pipe, a device and a socket are nothing to read, and nothing waits for them', async () => {
    const pipe = join(await temporaryFolder(), 'pipe');
    execFileSync('/usr/bin/mkfifo', [pipe]);
    const host = realHost();
    expect([await host.read(pipe), await host.read('/dev/zero'), await host.read('/dev/null')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    await expect(host.append(pipe, { mode: '0600' })).rejects.toMatchObject({ code: 'ENXIO' });
  });

  test('more bytes than are wanted are none', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, '12345');
    expect((await realHost().read(path, 5))?.toString()).toBe('12345');
    expect(await realHost().read(path, 4)).toBeUndefined();
  });
});

test('a process that ends while it is looked at is not there', async () => {
  for (let times = 0; times < 50; times++) {
    const process = spawn('/bin/sleep', ['9']);
    const ended = new Promise((resolve) => process.once('exit', resolve));
    process.kill('SIGKILL');
    const look = () => realHost().read(`/proc/${process.pid}/cmdline`);
    await Promise.all([ended, ...Array.from({ length: 20 }, look)]);
  }
});

test('an error names the path that was asked for', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'file'), '');
  const path = join(folder, 'missing', 'file');
  await expect(realHost().write(path, '', { mode: '0600' })).rejects.toMatchObject({
    path,
    message: `ENOENT: no such file or directory, open '${path}'`,
  });
  await expect(realHost().mkdir(join(folder, 'file'), { mode: '0700' })).rejects.toMatchObject({
    path: join(folder, 'file'),
    message: `EEXIST: file already exists, mkdir '${join(folder, 'file')}'`,
  });
  await expect(realHost().read(folder)).rejects.toMatchObject({ code: 'EISDIR' });
});
