/**
 * A working tree is brought to a commit: what it is on says the commit first, then the files follow. So whatever
 * instant git is stopped at, the files that differ show that it is not done, and the same again completes it.
 */
import { dirname, join } from 'node:path';
import * as texts from '../../i18n/texts/operations.ts';
import { type Context, Failure } from '../verbs.ts';
import { askGit, git, isCommit, type WorkTree } from './git.ts';
import { refsOf } from './git-tree.ts';

/** What is wanted and no more, from where the address says. Gives the commit. */
export async function fetchCommit(tree: WorkTree, isDeep: boolean, context: Context): Promise<string> {
  const depth = isDeep ? [] : ['--depth=1'];
  const how = ['--progress', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', ...depth];
  const refspec = await refspecOf(tree, context);
  await git(tree, ['fetch', ...how, '--', tree.url, refspec], context);
  const name = refspec.replace(/^.*:/, '');
  const found = await askGit(tree, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`], context);
  const commit = found.stdout.trim();
  if (isCommit(commit)) return commit;
  throw new Failure('check-failed', { what: tree.ref }, { say: texts.notARef(tree.ref) });
}

/** A tag before a branch, as git has it. Where there is neither, git is asked for the name, and says so. */
async function refspecOf(tree: WorkTree, context: Context): Promise<string> {
  const { ref, url } = tree;
  if (isCommit(ref)) return ref;
  const names = { tag: `refs/tags/${ref}`, branch: `refs/heads/${ref}` };
  const { stdout } = await git(tree, ['ls-remote', '--', url, names.tag, names.branch], context);
  const there = stdout.split('\n').map((line) => line.split('\t')[1]);
  const here = refsOf(ref);
  if (there.includes(names.tag)) return `+${names.tag}:${here.tag}`;
  return there.includes(names.branch) ? `+${names.branch}:${here.branch}` : ref;
}

/** `branch`: the name that stands for the commit, where it is not on the commit itself. */
export async function switchTo(
  tree: WorkTree,
  commit: string,
  branch: string | undefined,
  context: Context,
): Promise<void> {
  const head = branch ? ['symbolic-ref', 'HEAD', branch] : ['update-ref', '--no-deref', 'HEAD', commit];
  await git(tree, head, context);
  await completeFiles(tree, context);
}

/** Files as the commit has them; what is neither its nor the former one's stays. */
export async function completeFiles(tree: WorkTree, context: Context): Promise<void> {
  await git(tree, ['reset', '--hard', '--quiet', '--no-recurse-submodules'], context);
}

/** Files that are there, are nobody's as git sees it, and would be overwritten. */
export async function inTheWayOf(tree: WorkTree, commit: string, context: Context): Promise<string[]> {
  const added = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', '--diff-filter=A', 'HEAD', commit];
  const { stdout } = await askGit(tree, added, context);
  const there: string[] = [];
  for (const file of stdout.split('\0').filter(Boolean))
    if (await context.host.stat(join(tree.path, file))) there.push(file);
  return there;
}

/** The first link of the commit that leads out of the tree: whatever is written there would go elsewhere. */
export async function linkOut(tree: WorkTree, context: Context): Promise<string | undefined> {
  const { path } = tree;
  const links = ['-path', `${path}/.git`, '-prune', '-o', '-type', 'l', '-printf', '%P\\0%l\\0'];
  const { stdout } = await context.host.look(['find', path, ...links]);
  const words = stdout.split('\0');
  for (let index = 0; index + 1 < words.length; index += 2) {
    const [link = '', target = ''] = words.slice(index, index + 2);
    if (!leadsOut(link, target)) continue;
    const tracked = await askGit(tree, ['ls-files', '-z', '--', `:(literal)${link}`], context);
    if (tracked.stdout !== '') return `${link} → ${target}`;
  }
  return undefined;
}

/** Pure. After the first name no `..` is taken: that name may be a link itself. */
export function leadsOut(link: string, target: string): boolean {
  const depth = dirname(link) === '.' ? 0 : dirname(link).split('/').length;
  const [, up = '', rest = ''] = /^((?:\.\.?(?:\/|$))*)(.*)$/s.exec(target) ?? [];
  const climbs = up.split('/').filter((name) => name === '..').length;
  return target.startsWith('/') || climbs > depth || rest.split('/').includes('..');
}
