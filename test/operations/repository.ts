/** Real git repositories in temporary folders. */
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Op } from '../../src/operations/verbs.ts';
import { temporaryFolder } from './context.ts';

/** Nobody's settings but those of the test. */
const env = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.org',
};

export function git(path: string, ...words: readonly string[]): string {
  return execFileSync('git', ['-C', path, ...words], { env, encoding: 'utf8', stdio: 'pipe' }).trim();
}

type Files = Readonly<Record<string, string | null>>;

/** Writes files, `null` removes one, and commits them; gives the commit. */
export async function commit(path: string, files: Files, tag?: string): Promise<string> {
  for (const [name, text] of Object.entries(files)) {
    const file = join(path, name);
    await mkdir(dirname(file), { recursive: true });
    if (text === null) await rm(file);
    else await writeFile(file, text);
  }
  git(path, 'add', '--all');
  git(path, 'commit', '--quiet', '--allow-empty', '--message=x');
  if (tag) git(path, 'tag', '--annotate', '--message=x', tag);
  return git(path, 'rev-parse', 'HEAD');
}

export interface Origin {
  readonly path: string;
  readonly url: string;
  readonly v1: string;
  readonly v2: string;
}

/** `v1` and `v2`, tags of the branch `main`; `next`, a branch at `v2`. */
export async function anOrigin(): Promise<Origin> {
  const path = await temporaryFolder();
  git(path, 'init', '--quiet', '--initial-branch=main');
  const v1 = await commit(
    path,
    { 'run.sh': 'echo 1\n', 'conf/base': 'one\n', old: 'old\n', '.gitignore': '*.env\n' },
    'v1',
  );
  const v2 = await commit(path, { 'run.sh': 'echo 2\n', 'new/file': 'new\n', old: null }, 'v2');
  git(path, 'branch', 'next');
  return { path, url: `file://${path}`, v1, v2 };
}

export const checkoutOf = ({ url }: Pick<Origin, 'url'>, path: string, ref: string): Op<'git-checkout'> => ({
  kind: 'git-checkout',
  path,
  url,
  ref,
});
