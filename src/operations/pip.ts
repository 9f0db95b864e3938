/**
 * Python packages in a virtual environment.
 *
 * 1. They are installed as the user who owns the environment; credentials of an index go to a file that only that user
 *    can read.
 * 2. `undo` puts back the versions that were there, removes what is new, and the cache that pip made.
 * 3. What comes from git is known by pip's own record of its address and revision, also where a mirror gave it. It is
 *    taken back from there: like an index, the repository is needed for that.
 * 4. A package that pip was stopped in is not there: what it left is removed before pip runs again.
 *
 * Proven by test/operations/system/pip.test.ts, pip-git.test.ts and test/lab/kinds.test.ts.
 */
import * as texts from '../i18n/texts/operations.ts';
import { makeDurable } from './shared/durable.ts';
import { isRef, type Mirror, refuseUrl } from './shared/git.ts';
import { comesFrom, isOfSameRepository, type Origins, originText } from './shared/git-requirement.ts';
import { missingCaches } from './shared/pip-cache.ts';
import { install, installCommand, type Order, uninstall } from './shared/pip-install.ts';
import {
  clearHalves,
  frozenIn,
  type Installed,
  installedIn,
  originsOf,
  unfinishedIn,
  type Venv,
} from './shared/pip-site.ts';
import { isSatisfied, parseRequirement } from './shared/requirement.ts';
import { readRequirements } from './shared/requirements-file.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Undone,
  type Values,
  type Verbs,
} from './verbs.ts';
import { changedInVenv } from './virtualenv.ts';

type Pip = Op<'pip'>;

export interface Seen {
  readonly wanted: readonly string[];
  /** The requirements file is there, or none is asked for. */
  readonly isRead: boolean;
  readonly installed: Installed;
  readonly origins: Origins;
  readonly unfinished: readonly string[];
}

interface Before {
  readonly installed: Installed;
  /** Exact requirement of each: also those that came from an address. */
  readonly frozen: Readonly<Record<string, string>>;
  /** Address and commit of each that came from git; journals of before name none. */
  readonly origins?: Readonly<Record<string, string>>;
  /** Folders of a cache that was not there. */
  readonly caches: readonly string[];
}

const venvOf = (op: Pip, values: Values): Venv => ({
  path: values.public(op.venv),
  as: values.public(op.as),
});

const wantedOf = (op: Pip, values: Values): string[] => op.packages.map((one) => values.public(one));

const fileOf = (op: Pip, values: Values): string | undefined =>
  op.requirements === undefined ? undefined : values.public(op.requirements);

export const pip: Verbs<Pip, Seen> = {
  keys(op, values) {
    const venv = values.public(op.venv);
    const file = fileOf(op, values);
    return [
      ...(file === undefined ? [] : [`pip:${venv}/requirements#${file}`]),
      ...wantedOf(op, values).map((text) => `pip:${venv}/${nameOf(text)}`),
    ];
  },

  async inspect(op, context) {
    const file = fileOf(op, context.values);
    const inFile = file === undefined ? [] : await readRequirements(file, context.host);
    return {
      wanted: [...wantedOf(op, context.values), ...(inFile ?? [])],
      isRead: inFile !== undefined,
      installed: await installedIn(venvOf(op, context.values), context),
      origins: await originsOf(venvOf(op, context.values), context),
      unfinished: await unfinishedIn(venvOf(op, context.values), context),
    };
  },

  diff(op, seen, context): Difference {
    refuseSources(op, context.values);
    const { wanted, isRead, installed, origins } = seen;
    const missing = missingOf(wanted, seen);
    if (missing.length === 0 && isRead) return { change: 'none' };
    const diff = missing.map((text) => {
      const name = packageOf(text, origins);
      const [version, origin] = [installed[name], origins[name]];
      if (version === undefined) return `+ ${text}`;
      return `- ${origin ? `${name} @ ${originText(origin)}` : `${name}==${version}`}\n+ ${text}`;
    });
    const mirror = mirrorOf(op, context.values);
    return {
      change: 'change',
      commands: ordersFor(op, missing, seen, context).map((order) => installCommand(order)),
      ...(mirror ? { circumstances: [texts.gitFrom(mirror.of, mirror.at)] } : {}),
      diff: diff.join('\n'),
    };
  },

  mark(_, { wanted, installed, origins }): Json {
    const pairs = wanted.map((text) => {
      const name = packageOf(text, origins);
      const [version, origin] = [installed[name], origins[name]];
      const isFromGit = origin !== undefined && parseRequirement(text).git !== undefined;
      return [nameOf(text), version && isFromGit ? `${version} ${originText(origin)}` : (version ?? null)];
    });
    return Object.fromEntries(pairs);
  },

  guests: (op, _, time, { host, values }) => changedInVenv(values.public(op.venv), time, host),

  holds: (op, values) => [`${values.public(op.venv)}/`],

  async capture(op, { installed, origins }, context): Promise<Json> {
    const venv = venvOf(op, context.values);
    return {
      installed,
      frozen: await frozenIn(venv, context),
      origins: addresses(origins),
      caches: await missingCaches(venv.as, context.host),
    };
  },

  async apply(op, seen, context) {
    refuseSources(op, context.values);
    const venv = venvOf(op, context.values);
    await clearHalves(venv, context);
    const missing = missingOf(seen.wanted, seen);
    for (const order of ordersFor(op, missing, seen, context)) await install(order, context);
    await makeDurable(venv.path, context);
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as Before;
    const venv = venvOf(op, context.values);
    await clearHalves(venv, context);
    const now = await installedIn(venv, context);
    const sources = addresses(await originsOf(venv, context));
    const { installed, frozen, origins = sources } = before;
    const added = Object.keys(now).filter((name) => installed[name] === undefined);
    const isMoved = (name: string) => sources[name] !== origins[name];
    const changed = Object.keys(installed).filter((name) => now[name] !== installed[name] || isMoved(name));
    if (added.length > 0) await uninstall(venv, added, context);
    if (changed.length > 0 && Object.keys(now).length > 0) {
      const packages = changed.map((name) => frozen[name] ?? `${name}==${installed[name]}`);
      const mirror = mirrorOf(op, context.values);
      await install({ venv, packages, noDeps: true, isAgain: changed.some(isMoved), mirror }, context);
    }
    for (const folder of before.caches) await context.host.removeTree(folder);
    return {};
  },

  describe(op, values) {
    const file = fileOf(op, values);
    return texts.installInVenv([...wantedOf(op, values), ...(file === undefined ? [] : [`-r ${file}`])]);
  },

  // The wanted packages may be whole and pip still busy with its own folders.
  cutOff: 'again',
};

/** Pure: the requirements that what is installed does not meet. */
export function missingOf(
  wanted: readonly string[],
  { installed, origins, unfinished }: Pick<Seen, 'installed' | 'origins' | 'unfinished'>,
): string[] {
  return wanted.filter((text) => {
    const requirement = parseRequirement(text);
    const name = packageOf(text, origins);
    const version = installed[name];
    const { git } = requirement;
    if (version === undefined || unfinished.includes(name)) return true;
    return !isSatisfied(requirement, version) || (git !== undefined && !comesFrom(git, origins[name]));
  });
}

/** Its name, or its address where only the repository knows that. */
function nameOf(text: string): string {
  const { name, git } = parseRequirement(text);
  return git && name === '' ? [`git+${git.url}`, git.folder].filter(Boolean).join('/') : name;
}

/** The package that is installed for it, if any. */
function packageOf(text: string, origins: Origins): string {
  const { name, git } = parseRequirement(text);
  if (!git || name !== '') return name;
  return Object.keys(origins).find((one) => isOfSameRepository(git, origins[one])) ?? '';
}

/** Address and commit by name. */
const addresses = (origins: Origins): Record<string, string> =>
  Object.fromEntries(Object.entries(origins).map(([name, origin]) => [name, originText(origin)]));

/** Throws for what git could take for something else, and for a password: it would stand in commands and journals. */
function refuseSources(op: Pip, values: Values): void {
  for (const text of wantedOf(op, values)) {
    const { git } = parseRequirement(text);
    if (git) refuseUrl(git.url);
    else if (/(^|@)\s*git\+/i.test(text)) refuseUrl(text);
    const ref = git?.revision;
    if (ref !== undefined && !isRef(ref))
      throw new Failure('check-failed', { what: ref }, { say: texts.notARef(ref) });
  }
  const mirror = mirrorOf(op, values);
  for (const url of mirror ? [mirror.of, mirror.at] : []) refuseUrl(url);
}

function mirrorOf({ gitMirror }: Pip, values: Values): Mirror | undefined {
  const at = gitMirror === undefined ? '' : values.public(gitMirror.at);
  if (gitMirror === undefined || at === '') return undefined;
  const of = values.public(gitMirror.of);
  return { of, at: of.endsWith('/') && !at.endsWith('/') ? `${at}/` : at };
}

function ordersFor(op: Pip, missing: readonly string[], seen: Seen, { values }: Context): Order[] {
  if (missing.length === 0 && seen.isRead) return [];
  const order: Order = {
    venv: venvOf(op, values),
    packages: missing.filter((text) => wantedOf(op, values).includes(text)),
    requirements: fileOf(op, values),
    constraints: (op.constraints ?? []).map((one) => values.public(one)),
    index: op.index === undefined ? '' : values.public(op.index),
    noDeps: op.noDeps,
    mirror: mirrorOf(op, values),
  };
  const moved = missing.filter((text) => {
    const { name, git } = parseRequirement(text);
    if (git && name === '') return true;
    return seen.installed[name] !== undefined && (git !== undefined || seen.unfinished.includes(name));
  });
  if (moved.length === 0) return [order];
  return [{ ...order, packages: moved, requirements: undefined, noDeps: true, isAgain: true }, order];
}
