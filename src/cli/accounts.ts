/** Accounts after the install, one command each: listed, added, given another password, removed. */
import { readPassword } from '../client/password.ts';
import { Talk } from '../client/plain/talk.ts';
import type { Guide } from '../guide/types.ts';
import { Busy, holderOf } from '../journal/lock.ts';
import { AccountsRefused, accountsFor, refusePassword, settleChange } from '../run/accounts.ts';
import type { Account, AccountChange, View } from '../run/protocol.ts';
import { followInLines } from './follow.ts';
import { type Here, isAscii, Leave, print, printJson } from './here.ts';
import { startAccounts } from './start.ts';

export async function listAccounts(at: Here, guide: Guide): Promise<number> {
  const { accounts, host } = await inWords(at, () => accountsFor(at, guide));
  if (at.flags.json) {
    printJson(accounts.map(({ name, account, known, state }) => ({ name, account, known, state })));
    return 0;
  }
  if (accounts.length === 0) print(at.words.users.empty(host));
  for (const line of accountLines(at, accounts)) print(line);
  return 0;
}

export function accountLines({ words }: Pick<Here, 'words'>, accounts: readonly Account[]): string[] {
  const { notes } = words.users;
  const cells = Math.max(...accounts.map(({ account }) => account.length));
  return accounts.map(({ account, known, state }) => {
    const note = state === 'enabled' ? (known ? '' : notes.other) : notes[state];
    return `${account.padEnd(cells)}  ${note}`.trimEnd();
  });
}

/** Asks what it needs, and does it. */
export async function changeAccount(at: Here, guide: Guide, wanted: AccountChange): Promise<number> {
  const settled = await inWords(at, async () => {
    const all = await accountsFor(at, guide);
    return { all, change: settleChange(all, wanted) };
  });
  const holder = await holderOf(at.host, at.state.lock);
  if (holder) throw new Busy(holder);
  const { host, accounts } = settled.all;
  const { name } = settled.change;
  const account = accounts.find((one) => one.name === name)?.account ?? `${name}@${host}`;
  if (wanted.change === 'remove' && !(await agrees(at, account))) {
    print(at.words.users.nothingChanged);
    return 0;
  }
  const password = wanted.change === 'remove' ? undefined : await askPassword(at, account);
  if (password !== undefined) await inWords(at, async () => refusePassword(settled.all, password));
  const { connection } = await startAccounts(at, settled.all, settled.change, password);
  await followInLines(at, connection, true);
  connection.close();
  const view = connection.view();
  if (!at.flags.json) print(outcomeOf(at, view, settled.change, account));
  return view.end?.exit ?? 1;
}

/** One sentence about how it ended. */
export function outcomeOf({ words, lang }: Here, view: View, { change }: AccountChange, account: string) {
  const { done, same, open } = words.users;
  if (view.end?.exit !== 0) return view.end?.say ? view.end.say[lang] : open(account, view.resume);
  return view.steps.some(({ changed }) => changed > 0) ? done[change](account) : same[change](account);
}

async function agrees(at: Here, account: string): Promise<boolean> {
  if (at.flags.yes) return true;
  if (!process.stdin.isTTY) throw new Leave(2, at.words.users.needsYes);
  const talk = talkOf(at);
  const isYes = await talk.isYes(at.words.users.askRemove(account));
  talk.close();
  return isYes;
}

/** On a terminal, hidden and twice; else one line of standard input. */
async function askPassword(at: Here, account: string): Promise<string> {
  const { ask, again, differ, empty, noInput } = at.words.users.password;
  if (!process.stdin.isTTY) {
    const given = await readPassword(process.stdin);
    if (!given) throw new Leave(2, noInput);
    return given;
  }
  const talk = talkOf(at);
  try {
    for (;;) {
      const first = await talk.line(ask(account), true);
      if (first === '') talk.print(empty);
      else if (first === (await talk.line(again, true))) return first;
      else talk.print(differ);
    }
  } finally {
    talk.close();
  }
}

/** On the error output: what is said of the run may be read by a program. */
function talkOf(at: Here): Talk {
  return new Talk({
    lang: at.lang,
    words: at.words,
    ascii: isAscii(),
    output: process.stderr,
    onLeave: () => process.exit(130),
  });
}

/** A refusal as the end of a command. */
export async function inWords<Result>(at: Here, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AccountsRefused) throw new Leave(error.exit, error.say[at.lang]);
    throw error;
  }
}
