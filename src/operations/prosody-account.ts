/**
 * An account of Prosody's own storage, hashed or plain.
 *
 * 1. Whether the password fits is worked out from the account's file: it goes nowhere but to the standard input of
 *    prosodyctl, which makes the account or gives it the password.
 * 2. An account that no run of ours made is given another password only if the guide says so.
 * 3. `undo` removes an account that was not there, what the user has stored since packed into `kept/` first, and
 *    folders that came with it, if they are empty (Prosody makes a folder again that is gone); else the former file
 *    comes back. What was there of a user of that name before the account stays.
 * 4. An account that nobody can use (its host is not configured, Prosody keeps accounts elsewhere) is a failure, and is
 *    taken back at once; one that was somewhere else already is never touched.
 *
 * Prosody 0.11 and 0.12 write the file themselves, for any host. From 13 on prosodyctl asks the running server, which
 * has to know the host; it also gives the account a role, and makes it disabled before it has its password.
 *
 * Proven by test/operations/prosody-account.test.ts and test/lab/prosody.test.ts.
 */
import { dirname } from 'node:path';
import type { Host, Ran, Stat } from '../host/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import { archive } from './shared/archive.ts';
import { makeDurable } from './shared/durable.ts';
import { commandFailed } from './shared/failed.ts';
import { captureFormer, type Former, restoreFormer } from './shared/former.ts';
import { isHostName } from './shared/hosts.ts';
import { peek } from './shared/peek.ts';
import {
  type Credentials,
  fileName,
  fits,
  passwordText,
  plainName,
  readCredentials,
} from './shared/prosody.ts';
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

type ProsodyAccount = Op<'prosody-account'>;

interface Place {
  readonly account: string;
  /** The host's folder, and the beginning of the names of this user's files in its folders. */
  readonly folder: string;
  readonly file: string;
  readonly path: string;
}

export interface Seen extends Place {
  readonly stat: Stat | undefined;
  readonly bytes: Buffer | undefined;
  /** Nothing where there is no account, or its file cannot be read. */
  readonly credentials: Credentials | undefined;
  readonly fits: boolean;
}

type Before = { readonly former: Former } | Absent;

/** What was there without the account. */
interface Absent {
  /** Of the host, in its own one; nothing where the host had none. */
  readonly folders: readonly string[] | null;
  /** Of a user of that name, who signed in by other means. */
  readonly files: readonly string[];
}

export const prosodyAccount: Verbs<ProsodyAccount, Seen> = {
  keys: (op, values) => [keyOf(op, values)],

  async inspect(op, context) {
    const { host, values, purpose } = context;
    const place = await placeOf(op, context);
    const stat = await peek(place.path, () => host.stat(place.path));
    const bytes = stat?.type === 'file' ? await peek(place.path, () => host.read(place.path)) : undefined;
    const credentials = bytes && readCredentials(bytes.toString('latin1'));
    // A way back asks what is there: the password may be lost.
    const isRight = purpose !== 'undo' && credentials && fits(credentials, passwordText(op, values));
    return { ...place, stat, bytes, credentials, fits: isRight ?? false };
  },

  diff(op, seen, context): Difference {
    const { account, path, stat, credentials } = seen;
    const refused = (say: ReturnType<typeof texts.otherProsodyPassword>) =>
      new Failure('refused-existing', { what: account }, { say });
    if (stat && !credentials) throw refused(texts.prosodyAccountUnreadable(account, path));
    if (credentials && isShut(credentials)) throw refused(texts.prosodyAccountDisabled(account));
    if (seen.fits) return { change: 'none' };
    if (stat && !mayReplace(op, seen, context)) throw refused(texts.otherProsodyPassword(account));
    return {
      change: 'change',
      commands: [commandOf(seen)],
      circumstances: [texts.passwordOnInput],
      diff: `${stat ? '±' : '+'}${account}\n`,
    };
  },

  mark: (_, seen, context) => markOf(seen, context),

  async capture(_, seen, context): Promise<Json> {
    const { path, folder, stat, bytes } = seen;
    const { host } = context;
    if (stat) return { former: await captureFormer(path, stat, bytes, context) };
    const folders = (await host.stat(folder)) ? await foldersIn(folder, host) : null;
    return { folders, files: await filesOf(seen, host) } satisfies Before;
  },

  async apply(op, seen, context) {
    if (!seen.fits) await tell(seen, passwordText(op, context.values), context);
    await makeDurable(dirname(seen.path), context);
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as Before;
    const place = await placeOf(op, context);
    if ('former' in before) await restoreFormer(place.path, before.former, context);
    else await removeAccount(place, before, context);
    return {};
  },

  describe: (op, values) => texts.createProsodyAccount(accountOf(op, values)),

  // It may be disabled still, or not be on the disk.
  cutOff: 'undo-first',
};

const accountOf = ({ user, host }: ProsodyAccount, values: Values): string =>
  `${plainName(values.public(user))}@${plainName(values.public(host))}`;

const keyOf = (op: ProsodyAccount, values: Values): string => `prosody:${accountOf(op, values)}`;

/** Who shuts an account takes its owner's password from it; one that is kept in plain text stays open all the same. */
const isShut = ({ isDisabled, storedKey }: Credentials): boolean => isDisabled && storedKey !== undefined;

function mayReplace(op: ProsodyAccount, seen: Seen, context: Context): boolean {
  if (op.onExisting === 'replace') return true;
  const left = context.recorded(keyOf(op, context.values));
  return left !== undefined && JSON.stringify(left) === JSON.stringify(markOf(seen, context));
}

function markOf({ stat, credentials }: Seen, { fingerprint }: Context): Json {
  if (!stat) return null;
  if (!credentials) return { readable: false };
  const { isDisabled, ...password } = credentials;
  return { enabled: !isDisabled, password: fingerprint(JSON.stringify(password)) };
}

const commandOf = ({ account, stat }: Seen): string[] => ['prosodyctl', stat ? 'passwd' : 'adduser', account];

async function tell(seen: Seen, password: string, context: Context): Promise<void> {
  const argv = commandOf(seen);
  const ran = await context.run(argv, { stdin: `${password}\n${password}\n` });
  if (ran.code !== 0) {
    // From Prosody 13 on, an account whose password is refused is there all the same, without one.
    if (!seen.stat && !/already exists|User exists/.test(ran.stdout + ran.stderr))
      await removeOwn(seen, context);
    // Its prompts are the last that is heard: why it failed is among the errors.
    throw commandFailed(argv, ran, context);
  }
  if (!seen.stat) await refuseUseless(seen, ran, context);
}

/** It was made, and is taken back. */
async function refuseUseless(seen: Seen, { stdout }: Ran, context: Context): Promise<void> {
  const { account, path } = seen;
  // Up to 0.12 any host gets its account.
  if (/is not listed in the configuration file/.test(stdout)) {
    await removeOwn(seen, context);
    const say = texts.noProsodyHost(account.replace(/.*@/, ''));
    throw new Failure('check-failed', { what: account }, { say });
  }
  if (await context.host.stat(path)) return;
  await context.run(['prosodyctl', 'deluser', account]);
  const say = texts.prosodyStoresElsewhere(account, path);
  throw new Failure('check-failed', { what: account }, { say });
}

async function placeOf(op: ProsodyAccount, { host, values }: Context): Promise<Place> {
  const account = accountOf(op, values);
  const [user = '', domain = ''] = account.split('@');
  if (!isUser(values.public(op.user)) || !isHostName(domain)) {
    const say = texts.noProsodyUser(values.public(op.user), values.public(op.host));
    throw new Failure('refused-existing', { what: account }, { say });
  }
  const folder = `${await dataFolder(host)}/${fileName(domain)}`;
  const file = fileName(user);
  return { account, folder, file, path: `${folder}/accounts/${file}.dat` };
}

/** RFC 7622: a name before the `@`. */
const isUser = (user: string): boolean => user !== '' && !/[\s"&'/:<>@\p{Cc}]/u.test(user);

async function dataFolder(host: Host): Promise<string> {
  const { stdout } = await host.look(['prosodyctl', 'about']);
  return /^Data directory:\s+(\/\S+)$/m.exec(stdout)?.[1] ?? '/var/lib/prosody';
}

async function foldersIn(folder: string, host: Host): Promise<string[]> {
  const names = await host.list(folder);
  const stats = await Promise.all(names.map((name) => host.stat(`${folder}/${name}`)));
  return names.filter((_, index) => stats[index]?.type === 'directory');
}

/** Of this user: one at most in each folder of the host, and the halves of such. */
async function filesOf({ folder, file }: Place, host: Host): Promise<string[]> {
  const inFolders = (await foldersIn(folder, host)).map(async (name) => {
    const names = await host.list(`${folder}/${name}`);
    return names.filter((one) => one.startsWith(`${file}.`)).map((one) => `${folder}/${name}/${one}`);
  });
  return (await Promise.all(inFolders)).flat();
}

/** Made by prosodyctl itself; all else comes from the user. */
const isOwn = (path: string): boolean => /\/(accounts|account_roles)\/[^/]+$/.test(path);

async function removeAccount(place: Place, { folders, files }: Absent, context: Context): Promise<void> {
  const { host } = context;
  const isThere = (await host.stat(place.path)) !== undefined;
  // prosodyctl takes all that is in this user's name.
  if (isThere && files.length === 0) await removeWithData(place, context);
  if (isThere) await removeOwn(place, context, files);
  // The half of a file that was being written.
  await host.remove(`${place.path}~`);
  const made = (await foldersIn(place.folder, host)).filter((name) => !folders?.includes(name));
  for (const name of made) await host.rmdir(`${place.folder}/${name}`);
  if (folders === null) await host.rmdir(place.folder);
  await makeDurable(dirname(place.folder), context);
}

/** The server lets go of whoever is signed in. Where it does not run, the files are all there is. */
async function removeWithData(place: Place, context: Context): Promise<void> {
  const stored = (await filesOf(place, context.host)).filter((path) => !isOwn(path));
  const name = `prosody-${place.account.replaceAll(/[^\w.@-]/g, '_')}`;
  if (stored.length > 0) await archive(stored, name, context);
  await context.run(['prosodyctl', 'deluser', place.account]);
  for (const path of await filesOf(place, context.host)) await context.host.remove(path);
}

async function removeOwn(place: Place, { host }: Context, except: readonly string[] = []): Promise<void> {
  const own = (await filesOf(place, host)).filter((path) => isOwn(path) && !except.includes(path));
  for (const path of own) await host.remove(path);
}
