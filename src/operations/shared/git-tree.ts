/** What a checkout is: its commit, what that is called here, and which of its files somebody has changed. */
import type { Stat } from '../../host/types.ts';
import { Unsafe } from '../../host/walk.ts';
import type { Context, Op } from '../verbs.ts';
import { askGit, isCommit, isRef, type WorkTree } from './git.ts';
import { type Attributes, wantedAttributes } from './owner.ts';
import { peek } from './peek.ts';

export interface Repository {
  /** Commit; nothing where git cannot read it. */
  readonly head: string | undefined;
  /** `refs/heads/main`; nothing where it is on no branch. */
  readonly branch: string | undefined;
  readonly origin: string;
  /** What a tag and a branch of the wanted name are here; `null` where there is none. */
  readonly refs: Readonly<Record<string, string | null>>;
  /** The commit that is wanted, as far as that is known here. */
  readonly wanted: string | undefined;
  /** Tracked files that differ from the commit. */
  readonly changed: readonly string[];
}

export interface Seen {
  readonly tree: WorkTree;
  readonly attributes: Attributes;
  readonly folder: Stat | undefined;
  readonly isEmpty: boolean;
  /** Another file system begins there. */
  readonly isMount: boolean;
  /** A folder above that others may change, while git runs as this user. */
  readonly shared: string | undefined;
  /** Only where it belongs to the wanted user. */
  readonly repository: Repository | undefined;
  /** What is in the changed files now: a fingerprint by path. */
  readonly prints: Readonly<Record<string, string>>;
}

export async function inspectTree(op: Op<'git-checkout'>, context: Context): Promise<Seen> {
  const { host } = context;
  const attributes = await wantedAttributes(op, undefined, '0755', context);
  const tree = await treeOf(op, attributes, context);
  const { path } = tree;
  const folder = await peek(path, () => host.stat(path));
  const isFolder = folder?.type === 'directory';
  const isEmpty = isFolder && (await peek(path, () => host.list(path))).length === 0;
  const shared = await sharedAbove(tree, context);
  const isOne = isFolder && shared === undefined && (await isTheirs(tree, attributes, context));
  const repository = isOne ? await repositoryIn(tree, context) : undefined;
  return {
    tree,
    attributes,
    folder,
    isEmpty,
    isMount: isEmpty && (await host.look(['mountpoint', '--quiet', path])).code === 0,
    shared,
    repository,
    prints: await printsOf(path, repository?.changed ?? [], context),
  };
}

async function treeOf(op: Op<'git-checkout'>, { owner }: Attributes, context: Context): Promise<WorkTree> {
  const { values } = context;
  const own = await wantedAttributes({}, undefined, '0755', context);
  return {
    path: values.public(op.path),
    as: userOf(owner) === userOf(own.owner) ? undefined : userOf(owner),
    url: values.public(op.url),
    ref: values.public(op.ref),
  };
}

export const userOf = (owner: string): string => owner.replace(/:.*/, '');

/** Git goes by its path: who can replace a name on the way, or put a configuration there, would lead it elsewhere. */
async function sharedAbove({ path, as }: WorkTree, { host }: Context): Promise<string | undefined> {
  if (as !== undefined) return undefined;
  try {
    await peek(path, () => host.refuseShared(`${path}/.git`));
    return undefined;
  } catch (error) {
    if (error instanceof Unsafe) return error.path;
    throw error;
  }
}

async function isTheirs({ path }: WorkTree, { owner }: Attributes, { host }: Context): Promise<boolean> {
  const both = await Promise.all([path, `${path}/.git`].map((one) => peek(one, () => host.stat(one))));
  return both.every((stat) => stat?.type === 'directory' && userOf(stat.owner) === userOf(owner));
}

export const refsOf = (ref: string): { readonly tag: string; readonly branch: string } => ({
  tag: `refs/tags/${ref}`,
  branch: `refs/remotes/origin/${ref}`,
});

/** Nothing where git says that it is none. */
async function repositoryIn(tree: WorkTree, context: Context): Promise<Repository | undefined> {
  const { tag, branch } = refsOf(tree.ref);
  const asked = isRef(tree.ref) ? [tag, branch, `${tag}^{commit}`, `${branch}^{commit}`] : [];
  const commit = isCommit(tree.ref) ? [`${tree.ref}^{commit}`] : [];
  const lines = ['HEAD^{commit}', ...asked, ...commit];
  const ids = await askGit(
    tree,
    ['cat-file', '--batch-check=%(objectname)'],
    context,
    `${lines.join('\n')}\n`,
  );
  if (ids.code !== 0) return undefined;
  const [head, inTag, inBranch, ofTag, ofBranch, ofCommit] = ids.stdout.split('\n').map(idIn);
  const status = [
    'status',
    '--porcelain',
    '-z',
    '--untracked-files=no',
    '--no-renames',
    '--ignore-submodules=all',
  ];
  const changed = await askGit(tree, status, context);
  const symbolic = await askGit(tree, ['symbolic-ref', '--quiet', 'HEAD'], context);
  const origin = await askGit(tree, ['config', '--local', '--get', 'remote.origin.url'], context);
  return {
    head: changed.code === 0 ? head : undefined,
    branch: symbolic.code === 0 ? symbolic.stdout.trim() : undefined,
    origin: origin.stdout.trim(),
    refs: { [tag]: inTag ?? null, [branch]: inBranch ?? null },
    wanted: ofCommit ?? ofTag ?? ofBranch,
    changed: entriesOf(changed.stdout),
  };
}

const idIn = (line: string): string | undefined => (isCommit(line) ? line : undefined);

/** `XY path`, each ended by a null byte. */
export const entriesOf = (status: string): string[] =>
  status
    .split('\0')
    .filter(Boolean)
    .map((entry) => entry.slice(3));

async function printsOf(
  path: string,
  files: readonly string[],
  { host, fingerprint }: Context,
): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  for (const file of files) {
    const stat = await host.stat(`${path}/${file}`);
    const bytes = stat?.type === 'file' ? await host.read(`${path}/${file}`) : undefined;
    prints[file] = stat ? fingerprint(`${stat.mode} ${stat.target ?? ''}`) + fingerprint(bytes ?? '') : '';
  }
  return prints;
}
