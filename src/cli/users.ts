/** `setup-wizard users`: the accounts of what is installed, on screens, in lines, or one change at once. */
import type { Guide } from '../guide/types.ts';
import type { AccountChange } from '../run/protocol.ts';
import { changeAccount, listAccounts } from './accounts.ts';
import { usesScreens } from './follow.ts';
import { type Here, Leave } from './here.ts';
import { accountsOnScreens } from './screens.ts';
import { asRoot, refuseNotRoot } from './start.ts';
import { accountsInLines } from './users-lines.ts';

const changes: readonly string[] = ['add', 'passwd', 'remove'];

/** `setup-wizard users GUIDE [list|add|passwd|remove [NAME]]` */
export async function users(at: Here, guide: Guide, action?: string, name?: string): Promise<number> {
  const say = at.words.users;
  if (action !== undefined && action !== 'list' && !changes.includes(action))
    throw new Leave(2, say.unknownAction(action));
  const isChange = action !== undefined && action !== 'list';
  if (isChange && name === undefined) throw new Leave(2, say.noName(guide.id, action));
  if (!isChange && name !== undefined) throw new Leave(2, say.noNameWanted(name));
  if (!guide.accounts) throw new Leave(2, say.none(guide.title[at.lang]));
  return asRoot(at, guide, () => asOwner(at, guide, action, name ?? ''));
}

async function asOwner(at: Here, guide: Guide, action: string | undefined, name: string): Promise<number> {
  refuseNotRoot(at, guide);
  if (action === undefined && usesScreens(at)) return accountsOnScreens(at, guide);
  const isPerson = process.stdin.isTTY && process.stdout.isTTY && !at.flags.json && !at.flags.yes;
  if (action === undefined && isPerson) return accountsInLines(at, guide);
  if (action === undefined || action === 'list') return listAccounts(at, guide);
  // One of `changes`.
  return changeAccount(at, guide, { change: action as AccountChange['change'], name });
}
