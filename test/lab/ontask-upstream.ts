/** Stand-in for OnTask's repository, made from `ontask-stand-in/`: the same commits each time. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Lab } from './lab.ts';

const standIn = join(import.meta.dirname, 'ontask-stand-in');

/** No setting of this machine's git counts, and no clock. */
const env = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  ...person('AUTHOR'),
  ...person('COMMITTER'),
};

function person(role: string): Record<string, string> {
  return {
    [`GIT_${role}_NAME`]: 'OnTask',
    [`GIT_${role}_EMAIL`]: 'ontask@mon-univ.fr',
    [`GIT_${role}_DATE`]: '2024-04-06T12:00:00Z',
  };
}

async function git(folder: string, ...args: string[]): Promise<string> {
  return (await execa('git', ['-C', folder, ...args], { env })).stdout;
}

async function commit(folder: string, release: string): Promise<void> {
  cpSync(join(standIn, release), folder, { recursive: true });
  await git(folder, 'add', '--all');
  await git(folder, 'commit', '--quiet', '--message', `Release ${release}`);
}

/** A bare repository with a tag of each sort, and branches whose head is not the release that is installed. */
export async function makeRepository(path: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'ontask-'));
  try {
    await git(work, 'init', '--quiet', '--template=', '--initial-branch=master');
    await commit(work, '11.1');
    await git(work, 'tag', 'Version_11_1');
    await git(work, 'branch', 'development');
    await commit(work, '11.2');
    await git(work, 'tag', '--annotate', '--message=Release 11.2', 'Version_11_2');
    await git(work, 'clone', '--quiet', '--bare', '--template=', work, path);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Where it lies in a lab. */
export const repositoryUrl = 'file:///srv/ontask_b.git';

/** Puts the repository on a lab's disk; the lab needs no git for it. */
export async function addRepository(lab: Lab): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ontask-'));
  try {
    await makeRepository(join(folder, 'ontask_b.git'));
    const archive = await execa('tar', ['-C', folder, '-c', 'ontask_b.git'], { encoding: 'buffer' });
    const input = Buffer.from(archive.stdout).toString('base64');
    await lab.run(['sh', '-c', 'base64 --decode | tar -x --no-same-owner -C /srv'], { input });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
