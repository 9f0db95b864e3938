/** Git repositories that stand in for somebody's, on a lab's disk: the same commits each time. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Lab } from './lab.ts';

export interface Author {
  readonly name: string;
  readonly email: string;
  /** Of all their commits. */
  readonly date: string;
}

/** A work tree that a repository is made of. */
export class WorkTree {
  readonly folder: string;
  readonly #env: Record<string, string>;

  constructor(folder: string, author: Author) {
    this.folder = folder;
    // No setting of this machine's git counts, and no clock.
    const settings = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
    this.#env = { ...settings, ...person('AUTHOR', author), ...person('COMMITTER', author) };
  }

  async git(...args: string[]): Promise<string> {
    return (await execa('git', ['-C', this.folder, ...args], { env: this.#env })).stdout;
  }

  /** Commits the files of a folder over those that are there. */
  async commit(files: string, message: string): Promise<void> {
    cpSync(files, this.folder, { recursive: true });
    await this.git('add', '--all');
    await this.git('commit', '--quiet', '--message', message);
  }
}

function person(role: string, { name, email, date }: Author): Record<string, string> {
  return { [`GIT_${role}_NAME`]: name, [`GIT_${role}_EMAIL`]: email, [`GIT_${role}_DATE`]: date };
}

/** Makes a bare repository of what `fill` commits; `branch` is its first branch, and its head. */
export async function makeBare(
  path: string,
  branch: string,
  author: Author,
  fill: (tree: WorkTree) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    const tree = new WorkTree(folder, author);
    await tree.git('init', '--quiet', '--template=', `--initial-branch=${branch}`);
    await fill(tree);
    await tree.git('checkout', '--quiet', branch);
    await tree.git('clone', '--quiet', '--bare', '--template=', folder, path);
  });
}

/** Puts what `make` leaves in a folder into one on a lab's disk, as root's; the lab needs no git for it. */
export async function putOnDisk(
  lab: Lab,
  place: string,
  make: (folder: string) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    await make(folder);
    const archive = await execa('tar', ['-C', folder, '-c', '.'], { encoding: 'buffer' });
    const input = Buffer.from(archive.stdout).toString('base64');
    const unpack = 'mkdir -p "$0" && base64 --decode | tar -x --no-same-owner --no-overwrite-dir -C "$0"';
    await lab.run(['sh', '-c', unpack, place], { input });
  });
}

async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'upstream-'));
  try {
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
