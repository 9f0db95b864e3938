/** The screen of accounts, as lines. Pure. */
import type { Account } from '../src/run/protocol.ts';
import { type AccountsState, accountsIn } from './accounts-state.ts';
import { type Line, line, span } from './parts/line.ts';
import type { Ui } from './parts/ui.ts';
import { pad, width, wrap } from './parts/width.ts';

/** One row each; or why there is none. */
export function accountRows(state: AccountsState, ui: Ui): Line[] {
  const { seen, at } = state;
  const { users } = ui.words;
  if (!seen) return [line(` ${users.working}`, 'past')];
  if ('refused' in seen)
    return wrap(ui.say(seen.refused), ui.columns - 2).map((one) => line(` ${one}`, 'waits'));
  const all = accountsIn(state);
  if (all.length === 0) return [line(` ${users.empty(seen.host)}`, 'past')];
  const cells = Math.min(ui.columns - 34, Math.max(...all.map(({ account }) => width(account))));
  return all.map((one, index) => rowOf(one, index === at && !state.isWorking, cells, ui));
}

function rowOf(one: Account, isChosen: boolean, cells: number, ui: Ui): Line {
  const { account, known, state } = one;
  const { short } = ui.words.users;
  const note = state === 'enabled' ? (known ? '' : short.other) : short[state];
  const tone = state === 'missing' || state === 'unreadable' ? 'waits' : 'past';
  return [
    span(isChosen ? ` ${ui.signs.cursor} ` : '   ', 'accent', true),
    span(pad(account, cells, ui.signs.more), state === 'missing' ? 'past' : 'plain', isChosen),
    span(`  ${note}`, tone),
  ];
}

/** What was said last; else what there is to know of the account under the cursor. */
export function messageRows(state: AccountsState, ui: Ui): Line[] {
  const { message, asked, isWorking } = state;
  const wrapped = (text: string) => wrap(text, ui.columns - 2);
  if (message) {
    const sign = message.tone === 'done' ? `${ui.signs.done} ` : '';
    return wrapped(`${sign}${ui.say(message.say)}`).map((one) => line(` ${one}`, message.tone));
  }
  const chosen = accountsIn(state)[state.at];
  if (!chosen || asked || isWorking) return [];
  const { notes } = ui.words.users;
  const note = chosen.state === 'enabled' ? (chosen.known ? '' : notes.other) : notes[chosen.state];
  return note === '' ? [] : wrapped(`${chosen.account} — ${note}`).map((one) => line(` ${one}`, 'past'));
}
