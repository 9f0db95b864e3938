/** Stand-in for OnTask's repository, made from `ontask-stand-in/`. */
import { join } from 'node:path';
import type { Lab } from './lab.ts';
import { makeBare, putOnDisk, type WorkTree } from './upstream.ts';

const standIn = join(import.meta.dirname, 'ontask-stand-in');
const author = { name: 'OnTask', email: 'ontask@mon-univ.fr', date: '2024-04-06T12:00:00Z' };

/** Tags of each sort, and branches whose head is not the release that is installed. */
async function fill(tree: WorkTree): Promise<void> {
  await tree.commit(join(standIn, '11.1'), 'Release 11.1');
  await tree.git('tag', 'Version_11_1');
  await tree.git('branch', 'development');
  await tree.commit(join(standIn, '11.2'), 'Release 11.2');
  await tree.git('tag', '--annotate', '--message=Release 11.2', 'Version_11_2');
}

/** Where it lies in a lab. */
export const repositoryUrl = 'file:///srv/ontask_b.git';

/** Puts the repository on a lab's disk. */
export async function addRepository(lab: Lab): Promise<void> {
  await putOnDisk(lab, '/srv', (folder) => makeBare(join(folder, 'ontask_b.git'), 'master', author, fill));
}
