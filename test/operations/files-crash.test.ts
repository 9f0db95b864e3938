import { chmod, chown, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { block } from '../../src/operations/block.ts';
import { directory } from '../../src/operations/directory.ts';
import { file } from '../../src/operations/file.ts';
import { link } from '../../src/operations/link.ts';
import { setting } from '../../src/operations/setting.ts';
import type { Op } from '../../src/operations/verbs.ts';
import { holdsAtEveryStop } from './tree.ts';

const isRoot = process.getuid?.() === 0;
const owner = isRoot ? { owner: 'nobody:daemon' } : {};
const give = async (path: string) => {
  if (isRoot) await chown(path, 1, 1);
};

describe('stopped anywhere, undone or continued, the tree is as before or as wanted', () => {
  const aFile = (folder: string): Op<'file'> => ({
    kind: 'file',
    path: join(folder, 'app.cfg'),
    content: 'password=%PASSWORD%\n',
    syntax: 'ini',
    mode: '0640',
    ...owner,
  });
  const options = { secrets: { PASSWORD: 's3cret-value' } };

  test('a new file', async () => {
    const gates = await holdsAtEveryStop(file, { prepare: async (folder) => aFile(folder), options });
    expect(gates).toBe(4);
  });

  test('a file in the place of another', async () => {
    const prepare = async (folder: string) => {
      await writeFile(join(folder, 'app.cfg'), Buffer.from([0xff, 0, 10, 13]), { mode: 0o604 });
      await give(join(folder, 'app.cfg'));
      return aFile(folder);
    };
    await holdsAtEveryStop(file, { prepare, options });
  });

  test('a file in the place of a link', async () => {
    const prepare = async (folder: string) => {
      await symlink('/nowhere', join(folder, 'app.cfg'));
      return aFile(folder);
    };
    await holdsAtEveryStop(file, { prepare, options });
  });

  const aFolder = (folder: string): Op<'directory'> => ({
    kind: 'directory',
    path: join(folder, 'data'),
    mode: '2750',
    ...owner,
  });

  test('a new folder', async () => {
    expect(await holdsAtEveryStop(directory, { prepare: async (folder) => aFolder(folder) })).toBe(3);
  });

  test('a folder with another mode and owner', async () => {
    const prepare = async (folder: string) => {
      await mkdir(join(folder, 'data'));
      await writeFile(join(folder, 'data', 'x'), 'x');
      await give(join(folder, 'data'));
      await chmod(join(folder, 'data'), 0o3777);
      return aFolder(folder);
    };
    await holdsAtEveryStop(directory, { prepare });
  });

  const lines = (folder: string, more: Partial<Op<'block'>> = {}): Op<'block'> => ({
    kind: 'block',
    path: join(folder, 'hosts'),
    name: 'jitsi',
    content: '127.0.0.1 %HOST%',
    syntax: 'plain',
    comment: '#',
    ...more,
  });
  const values = { values: { HOST: 'meet.example.org' } };

  for (const [what, text] of [
    ['with a last newline', '127.0.0.1 localhost\n'],
    ['without a last newline', '127.0.0.1 localhost'],
    ['that is empty', ''],
    ['of bytes that are no text', '\xff\xfe\n\x80'],
    ['with an older block of ours', 'a\n# BEGIN setup-wizard jitsi\nold\n# END setup-wizard jitsi\nb'],
  ] as const) {
    test(`a block in a file ${what}`, async () => {
      const prepare = async (folder: string) => {
        await writeFile(join(folder, 'hosts'), text, { encoding: 'latin1', mode: 0o604 });
        await give(join(folder, 'hosts'));
        return lines(folder);
      };
      await holdsAtEveryStop(block, { prepare, options: values });
    });
  }

  test('a block in a file that is not there', async () => {
    const prepare = async (folder: string) => lines(folder, { mode: '0640', at: 'start', ...owner });
    await holdsAtEveryStop(block, { prepare, options: values });
  });

  test('a block in a file behind a link', async () => {
    const prepare = async (folder: string) => {
      await mkdir(join(folder, 'real'));
      await writeFile(join(folder, 'real', 'file'), 'x\n');
      await symlink('real/file', join(folder, 'hosts'));
      return lines(folder);
    };
    await holdsAtEveryStop(block, { prepare, options: values });
  });

  for (const [what, text] of [
    ['in the place of another', 'app_secret = "old"\nx = 1'],
    ['in the place of an example, in bytes that are no text', '# \xff\xfe\n# app_secret = "old"\n'],
    ['in braces without it', 'x = 1\n'],
  ] as const) {
    test(`a setting ${what}`, async () => {
      const prepare = async (folder: string): Promise<Op<'setting'>> => {
        const path = join(folder, 'app.conf');
        await writeFile(path, `a {\n${text}}`, { encoding: 'latin1', mode: 0o604 });
        await give(path);
        return { kind: 'setting', path, syntax: 'hocon', name: 'a.app_secret', value: 'x%PASSWORD%' };
      };
      await holdsAtEveryStop(setting, { prepare, options });
    });
  }

  const aLink = (folder: string): Op<'link'> => ({
    kind: 'link',
    path: join(folder, 'current'),
    to: 'releases/2',
  });

  test('a new link', async () => {
    await holdsAtEveryStop(link, { prepare: async (folder) => aLink(folder) });
  });

  test('a link in the place of another', async () => {
    const prepare = async (folder: string) => {
      await symlink('releases/1', join(folder, 'current'));
      return aLink(folder);
    };
    await holdsAtEveryStop(link, { prepare });
  });
});
