/** Questions about a machine that need no engine: what would change, what drifted, what is left to do. */
import { Redactor } from '../answers/redactor.ts';
import { type Answer, resolveAnswers } from '../answers/resolve.ts';
import { chooseStore } from '../answers/store.ts';
import { holds } from '../guide/conditions.ts';
import { questionOf } from '../guide/lists.ts';
import type { Guide, Lang, Text } from '../guide/types.ts';
import type { Host } from '../host/types.ts';
import { changesSince, isAccountsRun, knownSince, stepsSince } from '../journal/accounts.ts';
import { agreedPlan, newestMark, opened, type RunSummary, stepOutcomes, summarize } from '../journal/fold.ts';
import { heldBy } from '../journal/held.ts';
import { isTakenBack, type StateFolder, type StoredRun, standingInstalls } from '../journal/state.ts';
import type { Context } from '../operations/verbs.ts';
import { itemsOf } from './as-built.ts';
import { makeContext } from './context.ts';
import { withRestarts } from './foresee.ts';
import { inspectPlan } from './inspect.ts';
import { type Assets, operationOf, planHash, resolvePlan } from './plan.ts';
import type { Drift, HomeEntry, Plan, TodoItem } from './protocol.ts';
import { hindrance } from './unreadable.ts';
import { asValues, RunValues, valuesFrom } from './values.ts';

export interface Machine {
  readonly host: Host;
  readonly state: StateFolder;
  readonly facts: Readonly<Record<string, string>>;
  readonly guides: readonly Guide[];
  readonly assets: Assets;
  readonly lang: Lang;
}

/** Why this machine cannot run the guide; nothing when it can. */
export function unfitReason({ facts }: Pick<Machine, 'facts'>, guide: Guide): Text | undefined {
  return guide.unfit.find(({ when }) => holds(when, (name) => facts[name]))?.say;
}

/** The newest install of a guide that was agreed to and not taken back. */
export function standingRun(runs: readonly StoredRun[], guide: string): StoredRun | undefined {
  return runs.findLast(({ id, records }) => {
    const first = opened(records);
    const isAgreed = agreedPlan(records) !== undefined;
    return first?.guide === guide && first.kind === 'install' && isAgreed && !isTakenBack(id, runs);
  });
}

/** The newest run of a guide that is neither done nor taken back. */
export function unfinishedRun(runs: readonly StoredRun[], guide?: string): StoredRun | undefined {
  const run = runs.findLast((one, index) => {
    const first = opened(one.records);
    const isMeant = first && (guide === undefined || first.guide === guide) && !isTakenBack(one.id, runs);
    return isMeant && !isPassing(one, runs.slice(index + 1));
  });
  const state = run && summarize(run.records, false, false)?.state;
  return state === 'done' || state === 'rolled-back' || state === undefined ? undefined : run;
}

/**
 * A change of accounts is nothing that an install would have to wait for once it is made, and none that began nothing
 * either, unless it is the last that was wanted.
 */
function isPassing(run: StoredRun, later: readonly StoredRun[]): boolean {
  if (!isAccountsRun(run)) return false;
  if (summarize(run.records, false, false)?.state === 'done' || !agreedPlan(run.records)) return true;
  const guide = opened(run.records)?.guide;
  const isLast = later.every(({ records }) => opened(records)?.guide !== guide);
  return !isLast && !run.records.some(({ type }) => type === 'begin');
}

/**
 * The newest install of a guide that changed something which still stands, or to which another guide's rollback left
 * something. Where all was there already, the newest: it holds on to what it found.
 */
export function rollbackTarget(runs: readonly StoredRun[], guide: string): StoredRun | undefined {
  const standing = standingInstalls(runs).filter(({ records }) => opened(records)?.guide === guide);
  const changed = standing.findLast(
    (run) => run.records.some(({ type }) => type === 'begin') || heldBy(run, runs).length > 0,
  );
  return changed ?? standing.findLast(({ records }) => stepOutcomes(records).size > 0);
}

/** Answers from earlier runs, then what is given; secrets are opened in memory only. */
export async function answersFor(
  machine: Machine,
  guide: Guide,
  given: ReadonlyMap<string, Answer>,
): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>();
  const runs = await machine.state.runsOf(guide.id);
  const run = runs.findLast((one) => opened(one.records)?.guide === guide.id && !isAccountsRun(one));
  const store = run ? await storeOf(machine) : undefined;
  for (const [id, one] of run ? knownSince(run, runs) : []) {
    if (!questionOf(guide, id) || one.from === 'default') continue;
    const secret = one.secret ? await store?.get(one.secret) : undefined;
    if (secret) answers.set(id, { secret, from: 'earlier' });
    else if (one.value !== undefined) answers.set(id, { value: one.value, from: 'earlier' });
  }
  return new Map([...answers, ...given]);
}

/** Where the secrets of earlier runs are. */
export function storeOf({ host, state }: Machine) {
  return chooseStore(host, state.secrets, { uid: process.getuid?.() ?? 0 });
}

/** What an install with these answers would change. Changes nothing. */
export async function planFor(
  machine: Machine,
  guide: Guide,
  answers: ReadonlyMap<string, Answer>,
): Promise<Plan> {
  const { facts, assets } = machine;
  const resolution = resolveAnswers(guide, facts, answers);
  const standing = standingRun(await machine.state.runsOf(guide.id), guide.id);
  const values = await valuesOf(machine, standing, resolution.answers);
  for (const id of resolution.toGenerate) values.stand(id);
  const steps = resolvePlan(guide, assets, (name) => values.lookup(name) ?? facts[name], values);
  const context = await contextFor(machine, standing, values, 'plan');
  const plan = await inspectPlan(guide.id, steps, guide.errata, planHash(steps, []), context);
  return withRestarts(plan, steps, values);
}

/** What an install knows now, and these answers. */
export async function valuesOf(
  machine: Machine,
  run: StoredRun | undefined,
  answers: ReadonlyMap<string, Answer>,
): Promise<RunValues> {
  const store = run ? await storeOf(machine) : undefined;
  const now = run ? knownSince(run, (await machine.state.look()).runs) : [];
  const all = await valuesFrom(machine.facts, now, store);
  for (const [id, answer] of answers) for (const [name, value] of asValues(id, answer)) all.set(name, value);
  return new RunValues(all, new Redactor(), async () => {});
}

async function contextFor(
  machine: Machine,
  run: StoredRun | undefined,
  values: RunValues,
  purpose: Context['purpose'],
): Promise<Context> {
  const { runs } = await machine.state.look();
  const records = standingInstalls(runs).flatMap((one) => one.records);
  const around = {
    host: machine.host,
    state: machine.state,
    run: run?.id ?? 'none',
    key: (await machine.host.read(`${machine.state.secrets}/key`)) ?? Buffer.alloc(32),
    values,
    redactor: values.redactor,
    lang: machine.lang,
    recorded: (key: string) => newestMark(records, key),
  };
  return makeContext(around, purpose);
}

/** Holds what was installed against the machine; nothing when the guide is not installed. */
export async function verifyGuide(machine: Machine, guide: string): Promise<Drift[] | undefined> {
  const runs = await machine.state.runsOf(guide);
  const run = standingRun(runs, guide);
  const plan = run && agreedPlan(run.records);
  if (!run || !plan) return undefined;
  const finished = stepOutcomes(run.records);
  const done = plan.steps.filter(({ id }) => finished.get(id) === 'done');
  const steps = stepsSince(done, changesSince(run, runs)).map((step) => ({
    ...step,
    operations: step.operations.filter((planned) => isVerified(operationOf(planned))),
  }));
  const values = await valuesOf(machine, run, new Map());
  const seen = await inspectPlan(guide, steps, [], '', await contextFor(machine, run, values, 'verify'));
  return seen.steps.flatMap((step) =>
    step.operations
      .filter(({ change }) => change !== 'none')
      .map(({ key, title, diff, commands, reason }) => ({
        step: step.id,
        key,
        title,
        diff: diff || commands.map((argv) => argv.join(' ')).join('\n') || (reason?.[machine.lang] ?? ''),
      })),
  );
}

function isVerified(op: ReturnType<typeof operationOf>): boolean {
  return op.verify !== false && op.kind !== 'checklist' && op.kind !== 'sql-dump';
}

interface Todo {
  readonly run: StoredRun;
  readonly items: readonly TodoItem[];
  readonly values: RunValues;
}

/** Everything that a person has to do or has done, of the guide's standing run; secrets masked. */
export async function todoOf(machine: Machine, guide: string): Promise<Todo | undefined> {
  const run = standingRun(await machine.state.runsOf(guide), guide);
  if (!run || !agreedPlan(run.records)) return undefined;
  const values = await valuesOf(machine, run, new Map());
  return { run, values, items: itemsOf(run, values) };
}

/** The same items with the secrets of those still to do in clear. */
export function revealed({ run, values, items }: Todo): TodoItem[] {
  const show = (text: string) => (values.missing(text).length > 0 ? text : values.reveal(text));
  return itemsOf(run, values, show).map((item, index) => (item.done ? (items[index] ?? item) : item));
}

/** The item's proof, looked at now: why it cannot be ticked, or nothing. */
export async function contextOf(machine: Machine, run: StoredRun, values: RunValues): Promise<Context> {
  return contextFor(machine, run, values, 'run');
}

/** What the home screen offers: what needs the person first, then what is installed, then what is new. */
export async function homeEntries(machine: Machine): Promise<HomeEntry[]> {
  const { runs, unreadable } = await machine.state.look();
  const summaries = await machine.state.summaries(runs);
  const entries = machine.guides.map((guide): HomeEntry => {
    const run = summaries.findLast((one) => one.guide === guide.id && isStanding(one));
    const state = run?.state ?? 'new';
    const unfit = hindrance(guide.id, state === 'done', unreadable) ?? unfitReason(machine, guide);
    return {
      action: actionFor(guide.id, state),
      guide: guide.id,
      title: guide.title,
      summary: guide.summary,
      state,
      minutes: guide.minutes,
      ...(unfit ? { unfit } : {}),
      ...(run ? { since: run.opened, step: run.step } : {}),
      ...(guide.accounts && run?.kind === 'install' && ['done', 'needs-person'].includes(state)
        ? { accounts: true }
        : {}),
      done: run?.done ?? 0,
      total: run?.total ?? 0,
    };
  });
  const order = ['resume', 'verify', 'install', 'practice'];
  return entries.sort((a, b) => order.indexOf(a.action) - order.indexOf(b.action));
}

/**
 * An install that got as far as a plan and was not taken back, a rollback that has not come to its end, or a change of
 * an account that was cut off.
 */
function isStanding({ kind, state, total, changed }: RunSummary): boolean {
  if (state === 'rolled-back' || total === 0) return false;
  return kind === 'install' || (state !== 'done' && (kind !== 'accounts' || changed));
}

function actionFor(guide: string, state: HomeEntry['state']): HomeEntry['action'] {
  if (state === 'done') return 'verify';
  if (state !== 'new') return 'resume';
  return guide === 'practice' ? 'practice' : 'install';
}
