/**
 * An account of Prosody's own storage, hashed or plain.
 *
 * 1. Whether the password fits is worked out from the account's file: it goes nowhere but to the standard input of
 *    prosodyctl, which makes the account or gives it the password.
 * 2. An account that no run of ours made is given another password only if the guide says so.
 * 3. `undo` removes an account that was not there, what the user has stored since packed into `kept/` first, and
 *    folders that came with it, if they are empty (Prosody makes a folder again that is gone); else the former file
 *    comes back. What was there of a user of that name before the account stays.
 * 4. An account that is not wanted (`present: false`) goes with all that its user has stored, whoever made it: each
 *    file is a before-image, and `undo` puts them all back. What has come under that name since is packed first.
 * 5. An account that nobody can use (its host is not configured, Prosody keeps accounts elsewhere) is a failure, and is
 *    taken back at once; one that was somewhere else already is never touched.
 *
 * Prosody 0.11 and 0.12 write the file themselves, for any host. From 13 on prosodyctl asks the running server, which
 * has to know the host; it also gives the account a role, and makes it disabled before it has its password.
 *
 * Proven by test/operations/prosody-account.test.ts and test/lab/prosody.test.ts.
 */
import { dirname } from 'node:path';
import type { Ran, Stat } from '../host/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import { makeDurable } from './shared/durable.ts';
import { commandFailed } from './shared/failed.ts';
import { captureFormer, type Former, restoreFormer } from './shared/former.ts';
import { peek } from './shared/peek.ts';
import { type Credentials, fits, isShut, passwordText, readCredentials } from './shared/prosody.ts';
import { accountOf, filesOf, foldersIn, type Place, placeOf } from './shared/prosody-files.ts';
import {
  type Absent,
  captureAll,
  type Removed,
  removeAccount,
  removeOwn,
  removeWithData,
  restoreAll,
} from './shared/prosody-removal.ts';
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

export interface Seen extends Place {
  readonly stat: Stat | undefined;
  readonly bytes: Buffer | undefined;
  /** Nothing where there is no account, or its file cannot be read. */
  readonly credentials: Credentials | undefined;
  readonly fits: boolean;
  /** All that is in the user's name, where it has to go. */
  readonly files: readonly string[];
}

type Before = { readonly former: Former } | Removed | Absent;

export const prosodyAccount: Verbs<ProsodyAccount, Seen> = {
  keys: (op, values) => [keyOf(op, values)],

  async inspect(op, context) {
    const { host, values, purpose } = context;
    const place = await placeOf(op, context);
    const stat = await peek(place.path, () => host.stat(place.path));
    const bytes = stat?.type === 'file' ? await peek(place.path, () => host.read(place.path)) : undefined;
    const credentials = bytes && readCredentials(bytes.toString('latin1'));
    // A way back asks what is there: the password may be lost.
    const isAsked = purpose !== 'undo' && op.present !== false;
    const isRight = isAsked && credentials && fits(credentials, passwordText(op, values));
    const files = op.present === false ? await filesOf(place, host) : [];
    return { ...place, stat, bytes, credentials, fits: isRight ?? false, files };
  },

  diff(op, seen, context): Difference {
    const { account, path, stat, credentials } = seen;
    if (op.present === false) return removal(seen);
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

  async capture(op, seen, context): Promise<Json> {
    const { path, folder, stat, bytes } = seen;
    const { host } = context;
    // References and names only.
    if (op.present === false) return (await captureAll(seen, context)) as unknown as Json;
    if (stat) return { former: await captureFormer(path, stat, bytes, context) };
    const folders = (await host.stat(folder)) ? await foldersIn(folder, host) : null;
    return { folders, files: await filesOf(seen, host) } satisfies Before;
  },

  async apply(op, seen, context) {
    if (op.present === false) await removeWithData(seen, context);
    else if (!seen.fits) await tell(seen, passwordText(op, context.values), context);
    await makeDurable(dirname(seen.path), context);
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as Before;
    const place = await placeOf(op, context);
    if ('removed' in before) await restoreAll(place, before, context);
    else if ('former' in before) await restoreFormer(place.path, before.former, context);
    else await removeAccount(place, before, context);
    return {};
  },

  describe(op, values) {
    const account = accountOf(op, values);
    if (op.present === false) return texts.removeProsodyAccount(account);
    const isReplaced = op.onExisting === 'replace';
    return isReplaced ? texts.giveProsodyPassword(account) : texts.createProsodyAccount(account);
  },

  // It may be disabled still, or not be on the disk; or be half gone.
  cutOff: 'undo-first',
};

const keyOf = (op: ProsodyAccount, values: Values): string => `prosody:${accountOf(op, values)}`;

/** What is left of an account that was cut off while it went has to go too. */
const removal = ({ account, files }: Seen): Difference =>
  files.length > 0
    ? { change: 'change', commands: [['prosodyctl', 'deluser', account]], diff: `-${account}\n` }
    : { change: 'none' };

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
