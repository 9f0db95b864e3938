/**
 * How git is run: nothing of a repository is executed, and it asks nobody. A repository of somebody else is never opened:
 * its configuration may name programs.
 */
import { dirname } from 'node:path';
import type { Ran, RunOptions } from '../../host/types.ts';
import * as texts from '../../i18n/texts/operations.ts';
import { type Context, Failure } from '../verbs.ts';
import { mustHaveRun } from './peek.ts';

/** A folder that git works in. */
export interface WorkTree {
  readonly path: string;
  /** Whom it belongs to, unless that is the user of the engine. */
  readonly as: string | undefined;
  readonly url: string;
  readonly ref: string;
}

const settings: Readonly<Record<string, string>> = {
  // What a repository could have executed, or a person's own settings for all repositories.
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'core.autocrlf': 'false',
  'submodule.recurse': 'false',
  'fetch.recurseSubmodules': 'false',
  'filter.lfs.clean': '',
  'filter.lfs.smudge': '',
  'filter.lfs.process': '',
  'filter.lfs.required': 'false',
  // An empty value takes back what a person has allowed.
  'safe.directory': '',
  'safe.bareRepository': 'explicit',
  // Nothing goes on once the command has ended.
  'gc.auto': '0',
  'maintenance.auto': 'false',
  // A power cut must not leave an index that cannot be read.
  'core.fsync': 'all',
  'advice.detachedHead': 'false',
  'init.defaultBranch': 'main',
  // A server that falls silent.
  'http.lowSpeedLimit': '100',
  'http.lowSpeedTime': '300',
};

/** In the environment: they stand in the command that a person reads otherwise. */
function configured(all: Readonly<Record<string, string>>): Record<string, string> {
  const variables = Object.entries(all).flatMap(([name, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, name],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { ...Object.fromEntries(variables), GIT_CONFIG_COUNT: String(Object.keys(all).length) };
}

function environment({ path, url }: WorkTree): Record<string, string> {
  return {
    ...configured(settings),
    // An address never leads on to one of another protocol.
    GIT_ALLOW_PROTOCOL: schemeOf(url),
    // Not a repository that it happens to be in.
    GIT_CEILING_DIRECTORIES: dirname(path),
    GIT_NO_REPLACE_OBJECTS: '1',
  };
}

/** Repositories at addresses that begin with `of` are taken from `at`. */
export interface Mirror {
  readonly of: string;
  readonly at: string;
}

/** For a program that runs git by itself. What a repository asks for in turn is not taken from this machine. */
export function gitWithin(mirror: Mirror | undefined): Record<string, string> {
  return configured({
    ...settings,
    'protocol.allow': 'never',
    'protocol.https.allow': 'always',
    'protocol.http.allow': 'always',
    'protocol.ssh.allow': 'always',
    'protocol.file.allow': 'user',
    ...(mirror ? { [`url.${mirror.at}.insteadOf`]: mirror.of } : {}),
  });
}

const optionsOf = (tree: WorkTree): RunOptions => ({
  env: environment(tree),
  ...(tree.as === undefined ? {} : { as: tree.as }),
});

export const gitCommand = ({ path }: Pick<WorkTree, 'path'>, ...words: readonly string[]): string[] => [
  'git',
  '-C',
  path,
  ...words,
];

/** Runs git for its effect; throws unless it ends well. */
export function git(tree: WorkTree, words: readonly string[], context: Context): Promise<Ran> {
  return context.must(gitCommand(tree, ...words), optionsOf(tree));
}

/** Asks a repository that is here; it changes nothing, not even what git remembers of files. */
export async function askGit(
  tree: WorkTree,
  words: readonly string[],
  { host }: Context,
  stdin?: string,
): Promise<Ran> {
  const { env, ...options } = optionsOf(tree);
  const ran = await host.look(gitCommand(tree, ...words), {
    ...options,
    env: { ...env, GIT_OPTIONAL_LOCKS: '0' },
    ...(stdin === undefined ? {} : { stdin }),
    timeout: patience,
  });
  mustHaveRun(ran, tree.as);
  if (ran.code === 127) throw new Failure('no-program', { program: 'git' });
  return ran;
}

/** Where files have another time than git remembers, it reads them all. */
const patience = 10 * 60_000;

const schemeOf = (url: string): string => /^([a-z]+):\/\//.exec(url)?.[1] ?? '';

export const isCommit = (ref: string): boolean => /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(ref);

/** As git has it, and no option. */
export const isRef = (ref: string): boolean =>
  /^[A-Za-z0-9_][\w.+@#/-]*$/.test(ref) && !/\.\.|@\{|\/\/|\/\.|[./]$|\.lock(\/|$)|^HEAD$/.test(ref);

/** Throws for what git could take for something else, and for a password: it would stand in commands and journals. */
export function refuseAddress({ url, ref }: WorkTree): void {
  refuseUrl(url);
  if (!isRef(ref)) throw new Failure('check-failed', { what: ref }, { say: texts.notARef(ref) });
}

export function refuseUrl(url: string): void {
  const isKnown = /^(https?|ssh|file):\/\/[^\s\p{Cc}]+$/u.test(url) && URL.canParse(url);
  if (!isKnown) throw new Failure('check-failed', { what: 'url' }, { say: texts.notAGitUrl });
  const { username, password, protocol } = new URL(url);
  if (password !== '' || (username !== '' && protocol !== 'ssh:'))
    throw new Failure('check-failed', { what: 'url' }, { say: texts.urlWithPassword });
}

/** Two ways to write one address. */
export const isSameRepository = (one: string, other: string): boolean => bare(one) === bare(other);
const bare = (url: string): string => url.replace(/\/+$/, '').replace(/\.git$/, '');

/** Whether a git works in the folder that is the first argument. */
const worksHere = `
for process in /proc/[0-9]*; do
  read -r name 2>/dev/null <"$process/comm" || continue
  test "$name" = git || continue
  test "$(readlink "$process/cwd")" != "$1" || exit 0
done
exit 1`;

/** What a killed git left keeps every other one out. */
export async function clearLocks({ path }: WorkTree, { host }: Context): Promise<void> {
  const real = await host.withoutLinks(path);
  if ((await host.look(['sh', '-c', worksHere, 'sh', real])).code === 0) return;
  const found = await host.look(['find', `${path}/.git`, '-type', 'f', '-name', '*.lock', '-print0']);
  for (const lock of found.stdout.split('\0').filter(Boolean)) await host.remove(lock);
}
