/**
 * One account of an installed guide made, given a password, or removed: a run of its own, whose plan is one operation.
 *
 * 1. The password comes with the start and is kept as the secret of this run before there is a plan: a run that was cut
 *    off goes on without the person. What the install was told stays as it was, so that a rollback finds it.
 * 2. The operation is the guide's own for that row: its name among the resources is the same.
 * 3. The journal knows all that a rollback needs, as any other.
 *
 * Proven by test/run/accounts.test.ts and test/lab/users.test.ts.
 */
import { Secret } from '../answers/secret.ts';
import { type AccountPlace, accountPlace, onlyAccounts } from '../guide/accounts.ts';
import { cellName } from '../guide/names.ts';
import type { Text } from '../guide/types.ts';
import { failureText } from '../i18n/index.ts';
import * as texts from '../i18n/texts/accounts.ts';
import { type AccountChange, knownSince } from '../journal/accounts.ts';
import { agreedPlan, known, opened } from '../journal/fold.ts';
import type { PlannedStep } from '../journal/records.ts';
import { namesIn } from '../operations/encode/index.ts';
import { passwordText } from '../operations/shared/prosody.ts';
import { Failure } from '../operations/verbs.ts';
import type { Install } from './install/order.ts';
import { standingRun } from './machine.ts';
import { operationOf, planHash, resolvePlan, titleOf } from './plan.ts';
import { type Executed, execute } from './runner.ts';
import { RunValues, valuesFrom } from './values.ts';

type Changed = Exclude<Executed, 'correct'> | { readonly refused: Text };

/** Runs to an end that the caller records. */
export async function changeAccount(order: Install): Promise<Changed> {
  const { session, guide, around, start } = order;
  const account = opened(session.records)?.account;
  const place = accountPlace(guide);
  const runs = await around.state.runs();
  const install = standingRun(runs, guide.id);
  if (!account || !place) return { refused: texts.noAccounts(guide.title) };
  if (!install) return { refused: texts.notInstalled(guide.title, guide.id) };
  const isKept = await keepPassword(order, place, account);
  if (!isKept) return { refused: texts.passwordLost(account.name) };
  const now = knownSince(install, runs);
  if (!agreedPlan(session.records)) await recordNames(order, place, account, now);
  const values = await valuesOf(order, now);
  const refused = refusedPassword(place, account, values);
  if (refused) return { refused };
  const steps = agreedPlan(session.records)?.steps ?? (await agree(order, place, account, values));
  const result = await execute({
    session,
    around: { ...around, values },
    steps,
    unattended: true,
    until: start.until,
    causes: guide.causes ?? [],
    removes: account.change === 'remove',
  });
  return result === 'correct' ? 'interrupted' : result;
}

/** Under a name that no other run uses; `false` if there is none. */
async function keepPassword(
  { session, guide, store, around, start }: Install,
  { list, password }: AccountPlace,
  { change, name }: AccountChange,
): Promise<boolean> {
  if (change === 'remove') return true;
  const id = cellName(list.id, name, password);
  const secret = `${guide.id}/${id}@${around.run}`;
  const given = start.given.find((one) => one.id === id);
  if (given) {
    around.redactor.add(given.value);
    await store.set(secret, new Secret(given.value));
  }
  if (given && !known(session.records).has(id))
    await session.append({ type: 'answer', id, secret, from: given.from });
  return known(session.records).has(id);
}

/** The row, and the answers that the operation names. */
async function recordNames(
  { session, facts }: Install,
  place: AccountPlace,
  { name }: AccountChange,
  now: ReturnType<typeof knownSince>,
): Promise<void> {
  const { list, op } = place;
  const value = JSON.stringify([{ [list.key]: name }]);
  await session.append({ type: 'answer', id: list.id, value, list: list.key, from: 'person' });
  for (const id of new Set(namesIn(JSON.stringify(op)))) {
    const one = now.get(id);
    if (one?.value !== undefined && id !== list.id && !(id in facts))
      await session.append({ type: 'answer', id, value: one.value, from: one.from });
  }
}

/** Of the install as it is now, then of this run. */
async function valuesOf(
  { session, store, around, facts }: Install,
  now: ReturnType<typeof knownSince>,
): Promise<RunValues> {
  const all = new Map([...now, ...known(session.records)]);
  return new RunValues(await valuesFrom(facts, all, store), around.redactor, async () => {});
}

/** What the program could not be told is refused before it runs. */
function refusedPassword(
  { list, password }: AccountPlace,
  { change, name }: AccountChange,
  values: RunValues,
): Text | undefined {
  if (change === 'remove') return undefined;
  const text = `%${cellName(list.id, name, password)}%`;
  try {
    passwordText({ kind: 'prosody-account', user: name, host: '', password: text }, values);
    return undefined;
  } catch (failure) {
    if (!(failure instanceof Failure && failure.code === 'cannot-carry')) throw failure;
    return failureText(failure);
  }
}

/** One step of one operation. Whoever gave the command has agreed to it. */
async function agree(
  { session, guide, assets, facts, start }: Install,
  place: AccountPlace,
  account: AccountChange,
  values: RunValues,
): Promise<readonly PlannedStep[]> {
  const lookup = (name: string) => values.lookup(name) ?? facts[name];
  const [step] = resolvePlan(onlyAccounts(guide, place), assets, lookup, values);
  const [planned] = step?.operations ?? [];
  if (!step || !planned) throw new Failure('bug', { what: `no account in ${guide.id}` });
  const op = { ...planned.op, ...wanted[account.change] };
  const title = titleOf(operationOf({ ...planned, op }), values, planned.key);
  const steps = [{ ...step, title, operations: [{ ...planned, op }] }];
  const hash = planHash(steps, account);
  await session.append({ type: 'planned', steps, hash, guide: { finished: [] } });
  await session.append({ type: 'consent', hash, by: start.unattended ? 'yes' : 'person' });
  return steps;
}

/** The guide says how an account is made. */
const wanted = {
  add: { onExisting: 'refuse' },
  passwd: { onExisting: 'replace' },
  remove: { present: false, password: '' },
} as const;
