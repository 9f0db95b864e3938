import { execFileSync } from 'node:child_process';
import { chmod, lchown, mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readAnswersText } from '../../src/answers/answers-text.ts';
import { parseAnswersFile } from '../../src/answers/ini-file.ts';
import { realHost } from '../../src/host/real.ts';
import { Unsafe } from '../../src/host/walk.ts';
import { proven } from '../figures.ts';
import { temporaryFolder } from '../operations/context.ts';
import { guide } from './guide.ts';

const host = realHost();

async function problem(path: string): Promise<string> {
  const found = await readAnswersText(host, path);
  if (!('problem' in found)) return '';
  expect(found.problem.fr).toContain(path);
  return found.problem.en;
}

test('what is no answers file is refused with one sentence, and nothing waits for it', async () => {
  const folder = await temporaryFolder();
  const at = (name: string) => join(folder, name);
  execFileSync('/usr/bin/mkfifo', [at('pipe')]);
  await symlink('/dev/zero', at('endless'));
  await symlink('loop', at('loop'));
  await writeFile(at('binary'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]));
  await writeFile(at('huge'), '');
  await truncate(at('huge'), 50_000_000_000);
  for (const name of ['pipe', 'endless', '.'])
    expect(await problem(at(name))).toContain('not a regular file');
  expect(await problem(at('missing'))).toContain('There is no file');
  expect(await problem(at('binary'))).toContain('not a text file');
  expect(await problem(at('huge'))).toContain('larger than 1 MB');
  await expect(problem(at('loop'))).rejects.toMatchObject({ code: 'ELOOP' });
  proven('hostile', 'answers file: what is none', { values: 7, 'read back': 0, refused: 7, executed: 0 });
});

test('behind a link, the file itself says who can read it', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'answers.ini'), '[small]\n', { mode: 0o600 });
  await symlink('answers.ini', join(folder, 'link'));
  expect(await readAnswersText(host, join(folder, 'link'))).toMatchObject({ stat: { mode: '0600' } });
});

test.runIf(process.getuid?.() === 0)('a link of another user leads to no file of root', async () => {
  const folder = await temporaryFolder();
  await chmod(folder, 0o1777);
  await mkdir(join(folder, 'root'));
  await writeFile(join(folder, 'root', 'file'), 'x');
  await symlink('root/file', join(folder, 'link'));
  await lchown(join(folder, 'link'), 65_534, 65_534);
  await expect(readAnswersText(host, join(folder, 'link'))).rejects.toThrow(Unsafe);
});

const lines: readonly (readonly [string, string])[] = [
  ['no section', 'A = b'],
  ['a section of no guide', '[\u202e\u001b[31m]'],
  ['a long section', `[${'a'.repeat(100_000)}]`],
  ['sections in sections', '['.repeat(10_000)],
  ['a long key', `[small]\n${'K'.repeat(900_000)} = x`],
  ['a key of JavaScript', '[small]\n__proto__ = x'],
  ['a list of npm', '[small]\nHOST[] = x'],
  ['a key twice', '[small]\nHOST = a\nHOST = b'],
  ['quotes left open', '[small]\nHOST = "'],
  ['no UTF-8', '[small]\nHOST = \ufffd'],
];

test.each(lines)('%s in an answers file: a sentence in both languages', async (_, text) => {
  const around = { read: async () => undefined, env: {}, user: 'root', guides: ['small'] };
  const { problems } = await parseAnswersFile(
    'a.ini',
    text,
    { mode: '0600', owner: 'root:root' },
    guide,
    around,
  );
  expect(problems.length).toBeGreaterThan(0);
  for (const { say } of problems)
    for (const sentence of [say.fr, say.en]) {
      expect(sentence.length).toBeLessThan(500);
      expect(sentence).not.toMatch(/\p{Cc}/u);
    }
});
