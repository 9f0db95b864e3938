/**
 * The files of a git repository at one commit.
 *
 * 1. A new one is made beside its place and then moved there: at every instant there is nothing or all of it. Of one
 *    that was there only what belongs to the wanted repository and user is taken to another commit.
 * 2. Nothing of the repository is executed, and none of its links leads out of it.
 * 3. `undo` removes only what was not there, what is in it and not in git packed into `kept/` first; else the former
 *    commit, branch and changed files come back. What git has fetched stays in `.git` until git clears it away.
 * 4. No password is in an address: it would be refused before git runs.
 *
 * Proven by test/operations/git-checkout.test.ts, git-hostile.test.ts and test/lab/kinds.test.ts.
 */
import { basename, dirname, join } from 'node:path';
import type { Text } from '../guide/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import { makeDurable } from './shared/durable.ts';
import { captureFormer, type Former } from './shared/former.ts';
import { clearLocks, git, gitCommand, isRef, isSameRepository, refuseAddress } from './shared/git.ts';
import { fetchCommit, inTheWayOf, linkOut, switchTo } from './shared/git-switch.ts';
import { inspectTree, type Repository, type Seen, userOf } from './shared/git-tree.ts';
import { type Before, removeMade, takeToFormer } from './shared/git-undo.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Undone,
  type Verbs,
} from './verbs.ts';

type GitCheckout = Op<'git-checkout'>;

export const gitCheckout: Verbs<GitCheckout, Seen> = {
  keys: (op, values) => [`git:${values.public(op.path)}`],

  inspect: inspectTree,

  diff(_, seen): Difference {
    refuseAddress(seen.tree);
    const { tree, repository, prints } = seen;
    // Who only asks for the plan may be somebody else than who will run it.
    if (isOfOther(seen) && tree.as === undefined && userOf(seen.attributes.owner) !== 'root')
      throw new Failure('needs-root', { what: tree.path });
    const say = obstacleIn(seen);
    if (say) throw new Failure('refused-existing', { what: tree.path }, { say });
    const changed = Object.keys(prints);
    if (repository && repository.head === repository.wanted && changed.length === 0)
      return { change: 'none' };
    const head = repository ? headDiff(tree, repository) : `+ ${tree.path}/ ${tree.ref}\n`;
    return {
      change: 'change',
      commands: commandsOf(seen),
      ...(tree.as === undefined ? {} : { circumstances: [texts.runAs(tree.as)] }),
      diff: head + changed.map((file) => `± ${tree.path}/${file}\n`).join(''),
    };
  },

  holds: (op, values) => [`${values.public(op.path)}/`],

  mark: (_, { folder, repository, prints }): Json =>
    folder ? { head: repository?.head ?? null, changed: { ...prints } } : null,

  async capture(_, seen, context): Promise<Json> {
    const { folder, isEmpty, repository } = seen;
    if (!repository) {
      const empty = folder && isEmpty ? { mode: folder.mode, owner: folder.owner } : undefined;
      return { existed: false, ...(empty ? { empty } : {}) } satisfies Before;
    }
    const { head = '', branch = null, refs } = repository;
    return { existed: true, head, branch, refs, changed: await changedFiles(seen, context) } satisfies Before;
  },

  async apply(_, seen, context) {
    refuseAddress(seen.tree);
    if (seen.repository) await change(seen, seen.repository, context);
    else await clone(seen, context);
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as Before;
    const seen = await inspectTree(op, context);
    return before.existed
      ? takeToFormer(seen, before, context)
      : removeMade(seen, before, asideOf(seen), context);
  },

  describe: (op, values) =>
    texts.checkOut(values.public(op.path), isRef(values.public(op.ref)) ? values.public(op.ref) : ''),

  // It may be there without being on the disk.
  cutOff: 'again',
};

const isOfOther = ({ folder, isEmpty, attributes }: Seen): boolean =>
  folder !== undefined && !isEmpty && userOf(folder.owner) !== userOf(attributes.owner);

/** What is there and must not be touched, and what to do about it. */
function obstacleIn(seen: Seen): Text | undefined {
  const { folder, isEmpty, isMount, shared, repository } = seen;
  const { path, url } = seen.tree;
  if (shared !== undefined) return texts.othersCanChange(shared, path);
  if (!folder) return undefined;
  if (folder.type === 'link') return texts.isALink(path, folder.target ?? '');
  if (isMount) return texts.isAMount(path);
  if (isEmpty) return undefined;
  if (isOfOther(seen)) return texts.belongsToOther(path, userOf(folder.owner), userOf(seen.attributes.owner));
  if (!repository) return texts.notACheckout(path);
  if (repository.head === undefined) return texts.unreadableCheckout(path);
  const isOther = repository.head !== repository.wanted && !isSameRepository(repository.origin, url);
  return isOther ? texts.otherCheckout(path, url) : undefined;
}

/** Beside its place, so that it can be moved there in one step. */
const asideOf = ({ tree: { path } }: Seen): string =>
  join(dirname(path), `.${basename(path)}.setup-wizard-clone`);

/** As a person would type them: it works beside its place, and by commit. */
function commandsOf({ tree, repository }: Seen): string[][] {
  const { path, url, ref } = tree;
  const commit = repository?.wanted;
  const depth = repository ? [] : ['--depth=1'];
  return [
    ...(repository ? [] : [['git', 'init', path]]),
    ...(commit === undefined ? [gitCommand(tree, 'fetch', ...depth, url, ref)] : []),
    gitCommand(tree, 'reset', '--hard', commit ?? 'FETCH_HEAD'),
  ];
}

const headDiff = ({ path, ref }: Seen['tree'], { head = '', wanted = '' }: Repository): string =>
  head === wanted ? '' : `-${path} ${head.slice(0, 12)}\n+${path} ${wanted.slice(0, 12)} ${ref}\n`;

async function clone(seen: Seen, context: Context): Promise<void> {
  const { host } = context;
  const { path } = seen.tree;
  const aside = asideOf(seen);
  const tree = { ...seen.tree, path: aside };
  await host.removeTree(aside);
  await host.mkdir(aside, { ...seen.attributes, mode: seen.folder?.mode ?? seen.attributes.mode });
  try {
    await git(tree, ['init', '--quiet', '--template='], context);
    await keepBytes(aside, seen, context);
    await git(tree, ['remote', 'add', 'origin', tree.url], context);
    await switchTo(tree, await fetchCommit(tree, false, context), undefined, context);
    await refuseLinkOut(tree, context);
    await makeDurable(aside, context);
    if (seen.isEmpty) await host.rmdir(path);
    await host.rename(aside, path);
  } finally {
    // It may be what has filled the disk.
    await host.removeTree(aside);
  }
}

/** Whatever a repository says of its line ends and filters: some would differ from their own commit for ever. */
async function keepBytes(path: string, { attributes: { owner } }: Seen, { host }: Context): Promise<void> {
  await host.mkdir(`${path}/.git/info`, { mode: '0755', owner });
  const text = '* -text -filter -ident -working-tree-encoding\n';
  await host.write(`${path}/.git/info/attributes`, text, { mode: '0644', owner });
}

async function change({ tree }: Seen, { head, wanted }: Repository, context: Context): Promise<void> {
  await clearLocks(tree, context);
  const isDeep = !(await context.host.stat(`${tree.path}/.git/shallow`));
  const commit = wanted ?? (await fetchCommit(tree, isDeep, context));
  const [first] = commit === head ? [] : await inTheWayOf(tree, commit, context);
  if (first !== undefined) throw new Failure('refused-existing', { path: join(tree.path, first) });
  await switchTo(tree, commit, undefined, context);
  await refuseLinkOut(tree, context);
  await makeDurable(tree.path, context);
}

async function refuseLinkOut(tree: Seen['tree'], context: Context): Promise<void> {
  const link = await linkOut(tree, context);
  if (link !== undefined)
    throw new Failure('check-failed', { what: link }, { say: texts.linkLeadsOut(link) });
}

async function changedFiles({ tree, repository }: Seen, context: Context): Promise<Record<string, Former>> {
  const { host } = context;
  const former: Record<string, Former> = {};
  for (const file of repository?.changed ?? []) {
    const path = join(tree.path, file);
    const stat = await host.stat(path);
    former[file] = await captureFormer(
      path,
      stat,
      stat?.type === 'file' ? await host.read(path) : undefined,
      context,
    );
  }
  return former;
}
