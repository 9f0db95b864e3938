/** The accounts of a guide in lines, for a terminal without screens: what is done is chosen by its number. */
import { Talk } from '../client/plain/talk.ts';
import type { Guide } from '../guide/types.ts';
import { accountsFor } from '../run/accounts.ts';
import type { Account, AccountChange } from '../run/protocol.ts';
import { accountLines, changeAccount, inWords } from './accounts.ts';
import { type Here, isAscii, Leave, print } from './here.ts';

/** Until the person leaves. */
export async function accountsInLines(at: Here, guide: Guide): Promise<number> {
  for (;;) {
    const { accounts, host } = await inWords(at, () => accountsFor(at, guide));
    print(accounts.length === 0 ? at.words.users.empty(host) : at.words.users.title(host));
    for (const line of accountLines(at, accounts)) print(`  ${line}`);
    const wanted = await choose(at, accounts);
    if (!wanted) return 0;
    await changeAccount(at, guide, wanted).catch((error: unknown) => {
      if (!(error instanceof Leave)) throw error;
      print(error.message);
    });
  }
}

async function choose(at: Here, accounts: readonly Account[]): Promise<AccountChange | undefined> {
  const talk = new Talk({
    lang: at.lang,
    words: at.words,
    ascii: isAscii(),
    output: process.stdout,
    onLeave: () => process.exit(130),
  });
  const { choices, askName } = at.words.users;
  const there = accounts.filter(({ state }) => state !== 'missing');
  try {
    const chosen = await talk.choose<AccountChange['change'] | 'leave'>([
      { value: 'add', label: choices.add },
      ...(there.length > 0 ? [{ value: 'passwd' as const, label: choices.passwd }] : []),
      ...(accounts.length > 0 ? [{ value: 'remove' as const, label: choices.remove }] : []),
      { value: 'leave', label: at.words.keys.commands.quit },
    ]);
    if (chosen === 'leave') return undefined;
    const name = await talk.line(`${askName} `);
    return name === '' ? undefined : { change: chosen, name };
  } finally {
    talk.close();
  }
}
