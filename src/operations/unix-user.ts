/**
 * A Unix user with a group of the same name and a home.
 *
 * 1. A user that is there is adopted only if its home is the wanted one.
 * 2. `undo` removes only a user that was not there: its processes are ended first, its home is packed into `kept/` if
 *    it holds more than the skeleton, and stays if it was there before the user.
 *
 * Proven by test/operations/system/accounts.test.ts and test/lab/kinds.test.ts.
 */

import { isDeepStrictEqual } from 'node:util';
import type { Host } from '../host/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import {
  type AccountTools,
  accountTools,
  addUser,
  crontabOf,
  removeGroup,
  removeUser,
} from './shared/account-tools.ts';
import { archive, archiveFolder } from './shared/archive.ts';
import { peek } from './shared/peek.ts';
import { endProcesses } from './shared/processes.ts';
import { type Context, Failure, type Json, type Op, type Undone, type Verbs } from './verbs.ts';

type UnixUser = Op<'unix-user'>;

interface Account {
  readonly uid: string;
  readonly home: string;
  readonly shell: string;
  readonly groups: string;
}

export interface Seen {
  readonly name: string;
  readonly home: string;
  readonly tools: AccountTools;
  readonly account: Account | undefined;
  readonly hasGroup: boolean;
  readonly hasHome: boolean;
}

interface Before {
  readonly existed: boolean;
  readonly hadGroup: boolean;
  readonly hadHome: boolean;
}

export const unixUser: Verbs<UnixUser, Seen> = {
  keys: (op, values) => [`user:${values.public(op.name)}`],

  async inspect(op, { host, values }) {
    const name = values.public(op.name);
    const home = values.public(op.home);
    const [tools, account, group, stat] = await Promise.all([
      accountTools(host),
      accountOf(name, host),
      groupIsThere(name, host),
      peek(home, () => host.stat(home)),
    ]);
    return { name, home, tools, account, hasGroup: group, hasHome: stat !== undefined };
  },

  diff({ system = false }, seen) {
    const { name, home, account } = seen;
    if (!account) return { change: 'change', commands: [addUser({ ...seen, system })] };
    if (account.home !== home) throw otherHome(name, account.home, home);
    return { change: 'none' };
  },

  mark: (_, { account }): Json => (account ? { ...account } : null),

  /** Journals of before told less of an account. */
  differs(_, now, then) {
    if (!isAccount(now) || !isAccount(then)) return !isDeepStrictEqual(now, then);
    return Object.entries(then).some(([name, value]) => now[name] !== value);
  },

  async guests(op, raw, _, { host, values }) {
    // Written by `capture`.
    if ((raw as unknown as Before).existed) return [];
    const path = crontabOf(values.public(op.name), await accountTools(host));
    return (await host.stat(path)) ? [path] : [];
  },

  holds: (op, values) => [`${values.public(op.home)}/`],

  async capture(_, { account, hasGroup, hasHome }): Promise<Json> {
    return { existed: account !== undefined, hadGroup: hasGroup, hadHome: hasHome } satisfies Before;
  },

  async apply({ system = false }, seen, context) {
    if (!seen.account) await context.must(addUser({ ...seen, system }));
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as Before;
    if (before.existed) return {};
    const name = context.values.public(op.name);
    const account = await accountOf(name, context.host);
    const tools = await accountTools(context.host);
    if (account) await endProcesses(name, context);
    // It goes with the user, or would stay without one.
    const crontab = crontabOf(name, tools);
    if (account && (await context.host.stat(crontab))) await archive([crontab], `crontab-${name}`, context);
    if (!before.hadHome) await removeHome(name, context.values.public(op.home), context);
    if (account) await removeUser(name, tools, context);
    const hasGroup = await groupIsThere(name, context.host);
    if (hasGroup && !before.hadGroup) await context.must(removeGroup(name, tools));
    return {};
  },

  describe: (op, values) => texts.createUser(values.public(op.name)),

  // An account without its home, a home without all that is in /etc/skel.
  cutOff: 'undo-first',
};

const isAccount = (mark: Json): mark is { readonly [name: string]: Json } =>
  typeof mark === 'object' && mark !== null && 'uid' in mark;

async function accountOf(name: string, host: Host): Promise<Account | undefined> {
  const { stdout } = await host.look(['getent', 'passwd', name]);
  const [found, , uid, , , home, shell = ''] = stdout.trim().split(':');
  if (found !== name || uid === undefined || home === undefined) return undefined;
  const groups = (await host.look(['id', '--groups', '--name', name])).stdout.trim();
  return { uid, home, shell, groups: groups.split(/\s+/).sort().join(' ') };
}

async function groupIsThere(name: string, host: Host): Promise<boolean> {
  return (await host.look(['getent', 'group', name])).code === 0;
}

function otherHome(name: string, home: string, wanted: string): Failure {
  const say = texts.userHasOtherHome(name, home, wanted);
  return new Failure('refused-existing', { what: name, home }, { say });
}

const caches = ['.cache'];

async function removeHome(name: string, home: string, context: Context): Promise<void> {
  const { host } = context;
  if (!(await host.stat(home))) return;
  if (await holdsMore(home, host)) await archiveFolder(home, `home-${name}`, context, caches);
  await host.removeTree(home);
}

/** Something that did not come from /etc/skel. */
async function holdsMore(home: string, host: Host): Promise<boolean> {
  const files = await host.look([
    'find',
    home,
    '-path',
    `${home}/.cache`,
    '-prune',
    '-o',
    '-type',
    'f',
    '-printf',
    '%P\\0',
  ]);
  for (const file of files.stdout.split('\0').filter(Boolean)) {
    const [own, skeleton] = await Promise.all([
      // What is not safe to read is somebody's all the same.
      host.read(`${home}/${file}`).catch(() => undefined),
      host.read(`/etc/skel/${file}`),
    ]);
    if (!skeleton || !own?.equals(skeleton)) return true;
  }
  return false;
}
