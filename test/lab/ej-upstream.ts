/** Stand-in for EJ's repository, made from `ej-stand-in/`. */
import { join } from 'node:path';
import type { Lab } from './lab.ts';
import { makeBare, putOnDisk, type WorkTree } from './upstream.ts';

const standIn = join(import.meta.dirname, 'ej-stand-in');
const author = { name: 'EJ', email: 'ej@mon-univ.fr', date: '2019-07-14T12:00:00Z' };

/** Where it lies in a lab. */
export const repositoryUrl = 'file:///srv/ej-server.git';

/**
 * The layout of the guide's commit, under a tag; then that of today. `EJ_DOCKER` is a folder of files that EJ itself has
 * and that are not ours to ship: they take the places of the stand-in's.
 */
async function fill(tree: WorkTree): Promise<void> {
  await tree.commit(join(standIn, '2019'), 'As the guide has it');
  const theirs = process.env['EJ_DOCKER'];
  if (theirs !== undefined) await tree.commit(theirs, 'Files that EJ itself has');
  await tree.git('tag', 'guide');
  await tree.git('rm', '-r', '--quiet', 'docker');
  await tree.commit(join(standIn, 'current'), 'As it is today');
}

export async function addEjRepository(lab: Lab): Promise<void> {
  await putOnDisk(lab, '/srv', (folder) => makeBare(join(folder, 'ej-server.git'), 'develop', author, fill));
}
