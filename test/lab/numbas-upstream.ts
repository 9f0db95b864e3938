/** Stand-ins for the three repositories of the Numbas LTI provider, made from `numbas-stand-in/`: a mirror of the forge. */
import { join } from 'node:path';
import type { Lab } from './lab.ts';
import { makeBare, putOnDisk, type WorkTree } from './upstream.ts';

const standIn = (...parts: string[]) => join(import.meta.dirname, 'numbas-stand-in', ...parts);
const author = { name: 'Numbas', email: 'numbas@mon-univ.fr', date: '2026-04-01T12:00:00Z' };

/** What a server with the mirror is told instead of `https://github.com/`. */
export const mirrorUrl = 'file:///srv/mirror/';
const mirror = '/srv/mirror';
const provider = 'numbas/numbas-lti-provider.git';
const authLti = 'christianp/django-auth-lti.git';
const lti13 = 'christianp/pylti1p3next.git';
export const repositoryUrl = `${mirrorUrl}${provider}`;

/** `v4_STABLE` is at 4.4; the next release is there as a tag, until `publishNext`. */
async function fillProvider(tree: WorkTree): Promise<void> {
  await tree.commit(standIn('3.5'), 'v3.5');
  await tree.git('tag', 'v3.5');
  await tree.git('branch', 'v3_STABLE');
  await tree.commit(standIn('4.4'), 'v4.4');
  await tree.git('tag', 'v4.4');
  await tree.git('branch', 'v4_STABLE');
  await tree.commit(standIn('master'), 'Further applications');
  await tree.git('checkout', '--quiet', '--detach', 'v4.4');
  await tree.commit(standIn('4.5'), 'v4.5');
  await tree.git('tag', 'v4.5');
}

/** The heads of both are not what the provider asks for. */
async function fillAuthLti(tree: WorkTree): Promise<void> {
  await tree.commit(standIn('django_auth_lti', 'master'), 'v2.0.0');
  await tree.git('checkout', '--quiet', '--detach');
  await tree.commit(standIn('django_auth_lti', 'v3.1.3'), 'v3.1.3');
  await tree.git('tag', 'v3.1.3');
}

async function fillLti13(tree: WorkTree): Promise<void> {
  await tree.commit(standIn('pylti1p3', 'main'), '2.1.0');
  await tree.git('checkout', '--quiet', '-b', 'numbas');
  await tree.commit(standIn('pylti1p3', 'numbas'), '2.2.0');
}

/** Puts the mirror on a lab's disk, and gives the address of the provider in it. */
export async function addNumbasUpstream(lab: Lab): Promise<string> {
  await putOnDisk(lab, mirror, async (folder) => {
    await makeBare(join(folder, provider), 'master', author, fillProvider);
    await makeBare(join(folder, authLti), 'master', author, fillAuthLti);
    await makeBare(join(folder, lti13), 'main', author, fillLti13);
  });
  await lab.write('/etc/gitconfig', gitconfig);
  return repositoryUrl;
}

/** git serves repositories of root's to another user only where the machine says so: not by variables, which it clears. */
const gitconfig = `[safe]\n${[provider, authLti, lti13].map((path) => `\tdirectory = ${mirror}/${path}\n`).join('')}`;

/** Upstream goes on: 4.5 becomes the head of `v4_STABLE`. */
export async function publishNext(lab: Lab): Promise<void> {
  const refs = await lab.read(`${mirror}/${provider}/packed-refs`);
  const commit = /^(\w+) refs\/tags\/v4\.5$/m.exec(refs)?.[1];
  if (!commit) throw new Error('The mirror has no tag v4.5.');
  await lab.write(`${mirror}/${provider}/refs/heads/v4_STABLE`, `${commit}\n`);
}
