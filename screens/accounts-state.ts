/** The state of the screen of accounts. Pure. */
import type { Account, AccountsSeen, Text } from '../src/run/protocol.ts';

/** A change on its way: what is asked for now. */
export interface Asked {
  readonly change: 'add' | 'passwd';
  readonly field: 'name' | 'password' | 'again';
  readonly name: string;
  readonly password: string;
  /** What stands in the field. */
  readonly text: string;
}

export interface Message {
  readonly tone: 'done' | 'waits' | 'failed' | 'past';
  readonly say: Text;
}

export interface AccountsState {
  readonly seen: AccountsSeen | undefined;
  readonly at: number;
  readonly asked: Asked | undefined;
  /** The account whose removal is being confirmed. */
  readonly removing: Account | undefined;
  readonly isWorking: boolean;
  readonly message: Message | undefined;
}

export const atFirst: AccountsState = {
  seen: undefined,
  at: 0,
  asked: undefined,
  removing: undefined,
  isWorking: true,
  message: undefined,
};

export type AccountsAct =
  | { readonly type: 'seen'; readonly seen: AccountsSeen; readonly on?: string | undefined }
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'ask'; readonly asked: Asked }
  | { readonly type: 'typed'; readonly text: string }
  | { readonly type: 'removing'; readonly account: Account }
  | { readonly type: 'working'; readonly say: Text }
  | { readonly type: 'told'; readonly message: Message }
  /** Back to the list, with nothing said. */
  | { readonly type: 'list' };

export function accountsReducer(state: AccountsState, act: AccountsAct): AccountsState {
  const accounts = accountsIn(state);
  switch (act.type) {
    case 'seen': {
      const on = accountsIn({ seen: act.seen }).findIndex(({ name }) => name === act.on);
      const count = accountsIn({ seen: act.seen }).length;
      const at = on >= 0 ? on : Math.max(0, Math.min(state.at, count - 1));
      return { ...state, seen: act.seen, at, isWorking: false };
    }
    case 'move':
      return {
        ...state,
        at: Math.max(0, Math.min(state.at + act.by, accounts.length - 1)),
        message: undefined,
      };
    case 'ask':
      return { ...state, asked: act.asked, message: undefined };
    case 'typed':
      return { ...state, asked: state.asked && { ...state.asked, text: act.text }, message: undefined };
    case 'removing':
      return { ...state, removing: act.account, message: undefined };
    case 'working':
      return {
        ...state,
        asked: undefined,
        removing: undefined,
        isWorking: true,
        message: { tone: 'past', say: act.say },
      };
    case 'told':
      return { ...state, message: act.message };
    case 'list':
      return { ...state, asked: undefined, removing: undefined, message: undefined };
    default:
      return act satisfies never;
  }
}

export function accountsIn({ seen }: Pick<AccountsState, 'seen'>): readonly Account[] {
  return seen && 'accounts' in seen ? seen.accounts : [];
}
