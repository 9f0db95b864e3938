/** The ways back of a checkout: one that was made goes, one that was there comes back to its commit. */
import { basename, dirname, join } from 'node:path';
import * as texts from '../../i18n/texts/operations.ts';
import type { Context, Undone } from '../verbs.ts';
import { archive, archiveFolder } from './archive.ts';
import { type Former, restoreFormer } from './former.ts';
import { askGit, clearLocks, git, type WorkTree } from './git.ts';
import { completeFiles, inTheWayOf, switchTo } from './git-switch.ts';
import { entriesOf, type Seen } from './git-tree.ts';
import type { Attributes } from './owner.ts';

export type Before =
  | { readonly existed: false /** The folder that was there empty. */; readonly empty?: Attributes }
  | {
      readonly existed: true;
      readonly head: string;
      readonly branch: string | null;
      readonly refs: Readonly<Record<string, string | null>>;
      /** Files that differed from that commit, as they were. */
      readonly changed: Readonly<Record<string, Former>>;
    };

/** It is moved aside before it goes: half of it must not look like what is to be kept. */
export async function removeMade(
  seen: Seen,
  { empty }: Extract<Before, { existed: false }>,
  aside: string,
  context: Context,
): Promise<Undone> {
  const { host } = context;
  const { path } = seen.tree;
  await host.removeTree(aside);
  if (seen.folder?.type === 'directory' && !seen.isEmpty) {
    await saveOwn(seen, context);
    await host.rename(path, aside);
    await host.removeTree(aside);
  }
  if (empty && !(await host.stat(path))) await host.mkdir(path, empty);
  if (!empty && seen.isEmpty) await host.rmdir(path);
  return {};
}

/** Arguments of a program are limited. */
const mostNames = 100_000;

/** What Python makes again by itself. */
const isCompiled = (path: string): boolean => /(^|\/)__pycache__\/$|\.pyc$/.test(path);

/** What git does not have: files that it does not track, ignored ones too, changed ones, commits made here. */
async function saveOwn({ tree, repository }: Seen, context: Context): Promise<void> {
  const { path } = tree;
  if (!repository) return void (await archiveFolder(path, basename(path), context));
  const words = [
    'status',
    '--porcelain',
    '-z',
    '--no-renames',
    '--untracked-files=normal',
    '--ignored',
    '--ignore-submodules=all',
  ];
  const found = await askGit(tree, words, context);
  const names = found.code === 0 ? entriesOf(found.stdout).filter((path) => !isCompiled(path)) : [];
  if (found.code !== 0 || names.join().length > mostNames)
    return void (await archiveFolder(path, basename(path), context));
  const own = (await hasCommits(tree, repository.head !== repository.wanted, context)) ? ['.git'] : [];
  const paths = await thoseThere(
    [...names, ...own].map((name) => join(path, name)),
    context,
  );
  if (paths.length > 0) await archive(paths, basename(path), context);
}

async function hasCommits(tree: WorkTree, isElsewhere: boolean, context: Context): Promise<boolean> {
  const own = await askGit(tree, ['for-each-ref', 'refs/heads', 'refs/stash'], context);
  return isElsewhere || own.stdout !== '';
}

async function thoseThere(paths: readonly string[], { host }: Context): Promise<string[]> {
  const found = await Promise.all(
    paths.map(async (one) => ((await host.stat(one.replace(/\/$/, ''))) ? [one.replace(/\/$/, '')] : [])),
  );
  return found.flat();
}

export async function takeToFormer(
  { tree, repository }: Seen,
  { head, branch, refs, changed }: Extract<Before, { existed: true }>,
  context: Context,
): Promise<Undone> {
  if (!repository) return { left: texts.noLongerACheckout(tree.path) };
  await clearLocks(tree, context);
  await saveFiles(tree, repository.changed, context);
  // What was stopped halfway is completed: only then are all its files known to git.
  await completeFiles(tree, context);
  await saveFiles(tree, await inTheWayOf(tree, head, context), context);
  await switchTo(tree, head, branch ?? undefined, context);
  for (const [file, former] of Object.entries(changed)) {
    const path = join(tree.path, file);
    if (former && !(await context.host.stat(dirname(path)))) await makeFolders(tree, dirname(path), context);
    await restoreFormer(path, former, context);
  }
  for (const [name, id] of Object.entries(refs))
    await git(tree, id === null ? ['update-ref', '-d', name] : ['update-ref', name, id], context);
  return {};
}

async function saveFiles(tree: WorkTree, files: readonly string[], context: Context): Promise<void> {
  const paths = await thoseThere(
    files.map((file) => join(tree.path, file)),
    context,
  );
  if (paths.length > 0) await archive(paths, `changed-${basename(tree.path)}`, context);
}

async function makeFolders({ as }: WorkTree, path: string, context: Context): Promise<void> {
  await context.must(['mkdir', '--parents', '--', path], as === undefined ? {} : { as });
}
