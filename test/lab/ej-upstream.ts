/** Stand-in for EJ's repository, made from `ej-stand-in/`. */
import { join } from 'node:path';
import type { Lab } from './lab.ts';
import { makeBare, putOnDisk, type WorkTree } from './upstream.ts';

const standIn = join(import.meta.dirname, 'ej-stand-in');
const author = { name: 'EJ', email: 'ej@mon-univ.fr', date: '2019-07-14T12:00:00Z' };

/** Where it lies in a lab. */
export const repositoryUrl = 'file:///srv/ej-server.git';

/**
 * Puts it on a lab's disk: the layout of the guide's commit, under a tag; then that of today. `theirs`: a folder of files that
 * EJ itself has and that are not ours to ship; they take the places of the stand-in's.
 */
export async function addEjRepository(lab: Lab, theirs?: string): Promise<void> {
  const fill = async (tree: WorkTree) => {
    await tree.commit(join(standIn, '2019'), 'As the guide has it');
    if (theirs !== undefined) await tree.commit(theirs, 'Files that EJ itself has');
    await tree.git('tag', 'guide');
    await tree.git('rm', '-r', '--quiet', 'docker');
    await tree.commit(join(standIn, 'current'), 'As it is today');
  };
  await putOnDisk(lab, '/srv', (folder) => makeBare(join(folder, 'ej-server.git'), 'develop', author, fill));
}
