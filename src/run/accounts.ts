/**
 * The accounts of an installed guide: which there are, and whether one may be changed now. Looks, changes nothing.
 *
 * What there is, the machine says; whose they are, the answers of the install do, with every change since
 * (src/journal/accounts.ts).
 */
import { validate } from '../answers/validate.ts';
import { type AccountPlace, accountPlace, onlyAccounts } from '../guide/accounts.ts';
import { cellQuestion, keyPattern, rowsOf } from '../guide/lists.ts';
import type { Guide, Text } from '../guide/types.ts';
import * as texts from '../i18n/texts/accounts.ts';
import { isAccountsRun } from '../journal/accounts.ts';
import { agreedPlan, opened, stepOutcomes, summarize } from '../journal/fold.ts';
import type { StoredRun } from '../journal/state.ts';
import { plainName } from '../operations/shared/prosody.ts';
import { accountsOf, isUser } from '../operations/shared/prosody-files.ts';
import type { Op } from '../operations/verbs.ts';
import { type Machine, standingRun, unfinishedRun, valuesOf } from './machine.ts';
import { operationOf, resolvePlan } from './plan.ts';
import type { Account, AccountChange } from './protocol.ts';

/** Why it cannot be done now, in words. `exit`: as of the command. */
export class AccountsRefused extends Error {
  readonly say: Text;
  readonly exit: number;
  constructor(say: Text, exit = 1) {
    super(say.en);
    this.say = say;
    this.exit = exit;
  }
}

export interface Accounts {
  readonly guide: Guide;
  readonly place: AccountPlace;
  /** `meet.example.org` */
  readonly host: string;
  readonly accounts: readonly Account[];
  /** A change that was cut off. */
  readonly open: StoredRun | undefined;
}

/** Throws `AccountsRefused` where there are none to be looked after. */
export async function accountsFor(machine: Machine, guide: Guide): Promise<Accounts> {
  const place = accountPlace(guide);
  if (!place) throw new AccountsRefused(texts.noAccounts(guide.title), 2);
  const runs = await machine.state.runsOf(guide.id);
  const install = standingRun(runs, guide.id);
  if (!install) throw new AccountsRefused(texts.notInstalled(guide.title, guide.id));
  const values = await valuesOf(machine, install, new Map());
  const op = accountOperation(guide, place, machine, values);
  if (!op) throw new AccountsRefused(texts.notAsked(guide.title, guide.id));
  refuseEarly(guide, place, install);
  const open = unfinishedRun(runs, guide.id);
  if (open && opened(open.records)?.kind === 'rollback')
    throw new AccountsRefused(texts.rollbackOpen(guide.title, guide.id));
  const host = plainName(values.public(op.host));
  await refuseMissing(machine, guide.id);
  const own = (rowsOf(values.lookup(place.list.id) ?? '') ?? []).map((row) => row[place.list.key] ?? '');
  const accounts = merged(await accountsOf(host, machine.host), own, host);
  return { guide, place, host, accounts, open: open && isAccountsRun(open) ? open : undefined };
}

/** The operation for an account whose name is not known yet; nothing where the answers ask for none. */
function accountOperation(
  guide: Guide,
  place: AccountPlace,
  { facts, assets }: Machine,
  values: Awaited<ReturnType<typeof valuesOf>>,
): Op<'prosody-account'> | undefined {
  const { list } = place;
  const row = JSON.stringify([{ [list.key]: 'name' }]);
  const lookup = (name: string) => (name === list.id ? row : (values.lookup(name) ?? facts[name]));
  const named = values.with([[`${list.id}.name.${list.key}`, 'name']]);
  const [step] = resolvePlan(onlyAccounts(guide, place), assets, lookup, named);
  const op = step?.operations[0] && operationOf(step.operations[0]);
  return op?.kind === 'prosody-account' ? op : undefined;
}

/** Without accounts at the install there was nothing to do in that step. */
function refuseEarly(guide: Guide, { step }: AccountPlace, { records }: StoredRun): void {
  const isPlanned = agreedPlan(records)?.steps.some(({ id }) => id === step.id);
  const state = summarize(records, false, false)?.state ?? '';
  const isThere = isPlanned
    ? stepOutcomes(records).get(step.id) === 'done'
    : ['done', 'needs-person'].includes(state);
  if (!isThere) throw new AccountsRefused(texts.notThatFar(guide.title, guide.id));
}

async function refuseMissing({ host }: Machine, guide: string): Promise<void> {
  const { code } = await host.look(['prosodyctl', 'about']);
  if (code === 127) throw new AccountsRefused(texts.serverMissing('prosodyctl', guide), 3);
}

/** Those of the machine, and those that the answers name and that are gone. */
function merged(
  found: Awaited<ReturnType<typeof accountsOf>>,
  own: readonly string[],
  host: string,
): Account[] {
  const named = new Map(own.map((name) => [plainName(name), name]));
  const there = found.map(({ user, state }) => ({
    name: named.get(user) ?? user,
    account: `${user}@${host}`,
    known: named.has(user),
    state,
  }));
  const gone = [...named].filter(([user]) => !found.some((one) => one.user === user));
  const missing = gone.map(([user, name]) => ({
    name,
    account: `${user}@${host}`,
    known: true,
    state: 'missing' as const,
  }));
  return [...there, ...missing].sort((a, b) => (a.account < b.account ? -1 : 1));
}

/** The account of that name, however its letters are written. */
export function accountNamed({ accounts }: Accounts, name: string): Account | undefined {
  return accounts.find((one) => plainName(one.name) === plainName(name));
}

/** The change as it will be made, with the name as the answers have it. Throws `AccountsRefused`. */
export function settleChange(all: Accounts, { change, name }: AccountChange): AccountChange {
  const first = all.open && opened(all.open.records);
  const isSame = first?.account?.change === change && plainName(first.account.name) === plainName(name);
  if (isSame && first?.account) return { change, name: first.account.name };
  if (all.open && first?.account && all.open.records.some(({ type }) => type === 'begin'))
    throw new AccountsRefused(texts.otherChangeOpen(first.account.name, all.guide.id));
  const found = accountNamed(all, name);
  const problem = nameProblem(all, name);
  if (problem && (change === 'add' || found)) throw new AccountsRefused(texts.badName(name, problem), 2);
  const account = `${plainName(name)}@${all.host}`;
  const isThere = found !== undefined && found.state !== 'missing';
  if (change === 'add' && isThere) throw new AccountsRefused(texts.nameExists(account), 2);
  // One that is gone leaves the answers when it is removed.
  if (change === 'passwd' ? !isThere : change === 'remove' && !found)
    throw new AccountsRefused(texts.noSuchAccount(account), 2);
  return { change, name: found?.name ?? name };
}

/** What is wrong with the name of an account. */
export function nameProblem({ place: { list } }: Pick<Accounts, 'place'>, name: string): Text | undefined {
  if (!keyPattern.test(name) || !isUser(name) || name.length > longestName) return texts.nameMadeOf;
  const question = cellQuestion(list, name, list.key);
  return question && validate(question, name);
}

/** As that of a row of a list. */
const longestName = 64;

/** Throws `AccountsRefused`. */
export function refusePassword({ place }: Accounts, password: string): void {
  const question = cellQuestion(place.list, 'name', place.password);
  const problem = question && validate(question, password);
  if (problem) throw new AccountsRefused(texts.badPassword(problem), 2);
}
