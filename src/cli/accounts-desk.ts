/** What the screen of accounts has done on this side of the engine: it looks, and starts the engine of a change. */
import type { Guide, Text } from '../guide/types.ts';
import { both } from '../i18n/both.ts';
import { failureText, inBoth } from '../i18n/index.ts';
import {
  type Accounts,
  AccountsRefused,
  accountsFor,
  refusePassword,
  settleChange,
} from '../run/accounts.ts';
import type { AccountChange, AccountsDesk, AccountsSeen, View } from '../run/protocol.ts';
import { ending } from './ending.ts';
import type { Here } from './here.ts';
import { refuseNotRoot, startAccounts } from './start.ts';

export function accountsDesk(at: Here, guide: Guide): AccountsDesk {
  const refusalOf = (error: unknown): Text => {
    if (error instanceof AccountsRefused) return error.say;
    const { sentence } = ending(error, at.words, at.lang);
    return both(sentence, sentence);
  };
  const look = async (): Promise<Accounts> => {
    refuseNotRoot(at, guide);
    return accountsFor(at, guide);
  };
  return {
    list: () =>
      look().then(
        ({ host, accounts }): AccountsSeen => ({ host, accounts }),
        (error: unknown): AccountsSeen => ({ refused: refusalOf(error) }),
      ),
    async refusal(change, password) {
      try {
        const all = await look();
        settleChange(all, change);
        if (password !== undefined) refusePassword(all, password);
        return undefined;
      } catch (error) {
        return refusalOf(error);
      }
    },
    async change(wanted, password) {
      try {
        const all = await look();
        const change = settleChange(all, wanted);
        const { connection } = await startAccounts(at, all, change, password);
        await connection.over;
        connection.close();
        return outcomeOf(connection.view(), change, all);
      } catch (error) {
        return { ok: false, say: refusalOf(error) };
      }
    },
  };
}

function outcomeOf(view: View, { change, name }: AccountChange, { host, accounts }: Accounts) {
  const account = accounts.find((one) => one.name === name)?.account ?? `${name}@${host}`;
  if (view.end?.exit === 0) {
    const isNew = view.steps.some(({ changed }) => changed > 0);
    return { ok: true, say: inBoth(({ users }) => users[isNew ? 'done' : 'same'][change](account)) };
  }
  return { ok: false, say: whyNot(view) ?? inBoth(({ users }) => users.open(account, view.resume)) };
}

/** What failed, and what to do about it where that is known. */
function whyNot({ error, warnings, end }: View): Text | undefined {
  if (!error) return end?.say ?? warnings.at(-1)?.say;
  const what = failureText(error.error);
  const { cause } = error.error;
  return cause
    ? both(`${what.fr} ${cause.say.fr} ${cause.do.fr}`, `${what.en} ${cause.say.en} ${cause.do.en}`)
    : what;
}
