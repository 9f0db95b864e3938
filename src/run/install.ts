/**
 * An install, from the questions to its end: answering, plan, consent, execution; and back to the questions
 * when an answer is corrected. Whatever was agreed to is in the journal: a resume goes on from there.
 */

import { generateSecrets } from '../answers/generate.ts';
import { giveAnswer } from '../answers/give.ts';
import { type Answer, literalId, type Resolution, resolveAnswers } from '../answers/resolve.ts';
import { open, Secret } from '../answers/secret.ts';
import type { SecretStore } from '../answers/store.ts';
import { questionOf } from '../guide/lists.ts';
import { questionIdOf } from '../guide/names.ts';
import type { Guide, Text } from '../guide/types.ts';
import { usesOf } from '../guide/uses.ts';
import { failureText } from '../i18n/index.ts';
import * as texts from '../i18n/texts/run.ts';
import {
  agreedPlan,
  finishedSteps,
  type Known,
  known,
  lastOf,
  opened,
  stepOutcomes,
  ticks,
} from '../journal/fold.ts';
import type { PlannedStep } from '../journal/records.ts';
import { isTakenBack, type StoredRun } from '../journal/state.ts';
import { makeContext, type Surroundings } from './context.ts';
import { expectedOf } from './expected.ts';
import { withReopened, withRestarts } from './foresee.ts';
import { LiveChecks } from './live-checks.ts';
import {
  type AnyOp,
  type Assets,
  carryProblems,
  inspectPlan,
  operationOf,
  planHash,
  resolvePlan,
} from './plan.ts';
import type { Decision, From, Plan } from './protocol.ts';
import { type Executed, execute } from './runner.ts';
import type { Session } from './session.ts';
import { asValues, inWords, RunValues, valuesFrom } from './values.ts';

export interface Install {
  readonly session: Session;
  readonly guide: Guide;
  readonly assets: Assets;
  readonly facts: Readonly<Record<string, string>>;
  readonly store: SecretStore;
  readonly around: Omit<Surroundings, 'values'>;
  readonly start: Extract<Decision, { type: 'start' }>;
}

export type Installed = Exclude<Executed, 'correct'> | 'bad-answers' | { readonly refused: Text };

/** Runs to an end that the caller records. */
export async function install(order: Install): Promise<Installed> {
  const answers = await collectAnswers(order);
  if (!lastOf(order.session.records, 'planned')) await inherit(order);
  let agreed = agreedPlan(order.session.records)?.steps;
  if (agreed && differs(answers, order)) agreed = undefined;
  if (agreed) await sayExpected(order);
  for (;;) {
    const steps = agreed ?? (await agree(order, answers));
    const values = await runValues(order, answers);
    order.session.finished = order.guide.finished.map((text) => inWords(text, values));
    if (!Array.isArray(steps)) return steps;
    order.session.onReveal = (id) => reveal(id, order.session, values);
    const result = await execute({
      session: order.session,
      around: { ...order.around, values },
      steps,
      unattended: order.start.unattended,
      until: order.start.until,
      causes: order.guide.causes ?? [],
    });
    if (result !== 'correct') return result;
    agreed = undefined;
  }
}

/** How long it may take, by what it took before. */
async function sayExpected({ session, around, guide }: Install): Promise<void> {
  session.emit({ type: 'expected', expected: expectedOf(await around.state.runs(), guide) });
}

/** From the earlier run of this guide, this run's own records and what was given at the start; newest wins. */
async function collectAnswers({
  session,
  guide,
  store,
  around,
  start,
}: Install): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>();
  const take = async (id: string, one: Known, from: From) => {
    // A default is made anew: it may come from an answer that changes.
    if (one.from === 'default') return;
    const secret = one.secret ? await store.get(one.secret) : undefined;
    const isAsked = id === literalId || questionOf(guide, id) !== undefined;
    if (isAsked && (secret ?? one.value) !== undefined)
      answers.set(id, secret ? { secret, from } : { value: one.value ?? '', from });
  };
  for (const [id, one] of await earlierValues(around, guide.id)) await take(id, one, 'earlier');
  for (const [id, one] of known(session.records)) await take(id, one, one.from);
  for (const { id, value, from } of start.given) giveAnswer(answers, guide, id, value, from);
  return answers;
}

/** A new run of an installed guide knows what the standing one produced, and what was ticked there. */
async function inherit({ session, around, guide }: Install): Promise<void> {
  const runs = await around.state.runs();
  const earlier = newestInstall(runs, around.run, guide.id);
  if (!earlier || isTakenBack(earlier.id, runs)) return;
  for (const [id, one] of known(earlier.records)) {
    if (one.from === 'step')
      await session.append({ type: 'produced', id, value: one.value, secret: one.secret });
  }
  for (const { item, done, by, note, proven } of ticks(earlier.records).values()) {
    await session.append({ type: 'tick', item, done, by, note, proven });
  }
}

function newestInstall(runs: readonly StoredRun[], except: string, guide: string): StoredRun | undefined {
  return runs.findLast(({ id, records }) => {
    const first = opened(records);
    return id !== except && first?.guide === guide && first.kind === 'install';
  });
}

/** What the newest earlier install of the guide was told. */
async function earlierValues(around: Install['around'], guide: string): Promise<ReturnType<typeof known>> {
  const earlier = newestInstall(await around.state.runs(), around.run, guide);
  return earlier ? known(earlier.records) : new Map();
}

/** Given answers that are not those of the agreed plan ask for a new one. */
function differs(answers: ReadonlyMap<string, Answer>, { session, start }: Install): boolean {
  const recorded = known(session.records);
  return start.given.some(({ id }) => {
    const answer = answers.get(id);
    return answer?.value !== undefined && recorded.get(id)?.value !== answer.value;
  });
}

/** Questions, plan, consent. */
async function agree(
  order: Install,
  answers: Map<string, Answer>,
): Promise<PlannedStep[] | Exclude<Installed, Executed> | 'interrupted' | 'done'> {
  let refusals: Refusals = new Map();
  for (;;) {
    const resolution = await watched(order, (live) => answering(order, answers, refusals, live));
    if (!resolution) return 'bad-answers';
    await recordAnswers(order, resolution);
    const values = await runValues(order, answers);
    const steps = resolvePlan(
      order.guide,
      order.assets,
      (name) => values.lookup(name) ?? order.facts[name],
      values,
    );
    const uncarried = carryProblems(steps, values);
    if (uncarried.length > 0) {
      refusals = new Map(
        uncarried.map(({ name, failure }) => [
          name,
          { answer: answerOf(answers, name), say: failureText(failure) },
        ]),
      );
      if (!order.start.unattended) continue;
      for (const { say } of refusals.values()) await order.session.append({ type: 'warning', step: '', say });
      return 'bad-answers';
    }
    const refused = await claimedElsewhere(order, steps);
    if (refused) return { refused };
    const hash = planHash(
      steps,
      [...resolution.answers].map(([id, { value }]) => [id, value]),
    );
    await order.session.append({
      type: 'planned',
      steps,
      hash,
      guide: { finished: [...order.guide.finished] },
    });
    order.session.emit({ type: 'busy', busy: texts.lookingAtMachine });
    const context = makeContext({ ...order.around, values }, 'plan');
    const seen = await inspectPlan(order.guide.id, steps, order.guide.errata, hash, context);
    const plan = withReopened(withRestarts(seen, steps, values), finishedSteps(order.session.records));
    order.session.emit({ type: 'busy', busy: null });
    await sayExpected(order);
    order.session.emit({ type: 'plan', plan });
    if (isNothing(plan, steps, order.session)) {
      await order.session.append({ type: 'consent', hash, by: 'yes' });
      return allDone(order, plan, steps, values);
    }
    if (await consents(order, hash)) return steps;
  }
}

/** Nothing to change, and every item that counts is ticked. What is only a warning is no change. */
function isNothing(plan: Plan, steps: readonly PlannedStep[], session: Session): boolean {
  const ticked = ticks(session.records);
  const all = steps.flatMap(({ operations }) => operations);
  const items = all.map(operationOf).flatMap((op) => (op.kind === 'checklist' ? op.items : []));
  const settled = new Set(all.filter((planned) => isOnlySaid(operationOf(planned))).map(({ key }) => key));
  const operations = plan.steps.flatMap((step) => step.operations);
  return (
    operations.every(({ change, key }) => change === 'none' || settled.has(key)) &&
    items.every(({ id, optional }) => optional || ticked.get(id)?.done)
  );
}

function isOnlySaid(op: AnyOp): boolean {
  return op.kind === 'checklist' || (op.kind === 'check' && op.level === 'warn');
}

/** Every step is done as it stands; checks that warn still do. */
async function allDone(
  { session }: Install,
  plan: Plan,
  steps: readonly PlannedStep[],
  values: RunValues,
): Promise<'done'> {
  for (const step of steps) {
    const failing =
      plan.steps.find(({ id }) => id === step.id)?.operations.filter(({ change }) => change !== 'none') ?? [];
    for (const planned of step.operations) {
      const op = operationOf(planned);
      const warns = op.kind === 'check' && failing.some(({ key }) => key === planned.key);
      if (warns) await session.append({ type: 'warning', step: step.id, say: inWords(op.say, values) });
    }
    await session.append({ type: 'step-end', step: step.id, outcome: 'done', changed: 0 });
  }
  return 'done';
}

/** `false`: the person goes back to the questions. */
async function consents({ session, start }: Install, hash: string): Promise<boolean> {
  if (start.unattended) {
    await session.append({ type: 'consent', hash, by: 'yes' });
    return true;
  }
  for (;;) {
    const decision = await session.ask('consent');
    if (decision.type === 'correct') {
      session.answered();
      return false;
    }
    if (decision.type === 'consent' && decision.hash === hash) {
      session.answered();
      await session.append({ type: 'consent', hash, by: 'person' });
      return true;
    }
  }
}

/** Answers that the place they go to cannot hold: a problem until another one is given. */
type Refusals = ReadonlyMap<string, { readonly answer: Answer | undefined; readonly say: Text }>;

/** Of a cell that is no secret, the answer is its list's. */
function answerOf(answers: ReadonlyMap<string, Answer>, name: string): Answer | undefined {
  return answers.get(name) ?? answers.get(questionIdOf(name));
}

function withRefusals(
  resolution: Resolution,
  answers: ReadonlyMap<string, Answer>,
  refusals: Refusals,
): Resolution {
  const still = [...refusals]
    .filter(([name, { answer }]) => answerOf(answers, name) === answer)
    .map(([name, { say }]) => ({ id: questionIdOf(name), say }));
  if (still.length === 0) return resolution;
  const say = new Map(still.map((refusal) => [refusal.id, refusal.say]));
  const { form } = resolution;
  const fields = form.fields.map((field) => {
    const problem = say.get(field.id) ?? field.problem;
    return problem ? { ...field, problem } : field;
  });
  return {
    ...resolution,
    problems: [...resolution.problems, ...still],
    form: { ...form, fields, open: [...form.open, ...say.keys()] },
  };
}

/** Answering, with live checks beside it. A look that an end of the run cuts short cleans up after itself first. */
async function watched<T>(
  { guide, facts, around, session }: Install,
  answer: (live: LiveChecks) => Promise<T>,
): Promise<T> {
  const live = new LiveChecks({ guide, facts, around, emit: (event) => session.emit(event) });
  try {
    return await answer(live);
  } catch (end) {
    live.stop();
    await live.settled();
    throw end;
  } finally {
    live.stop();
  }
}

/** Until every question has a right answer and the person goes on. Each answer is durable at once. */
async function answering(
  order: Install,
  answers: Map<string, Answer>,
  refusals: Refusals,
  live: LiveChecks,
): Promise<Resolution | undefined> {
  const { session, guide, facts, start, around } = order;
  const uses = usesOf(guide, order.assets);
  for (;;) {
    const resolution = withRefusals(resolveAnswers(guide, facts, answers, uses), answers, refusals);
    session.emit({ type: 'form', form: resolution.form });
    session.onReveal = (id) => {
      const secret = answers.get(id)?.secret;
      return secret && open(secret);
    };
    if (start.unattended)
      return resolution.problems.length === 0 ? complete(order, resolution, answers) : undefined;
    live.follow(resolution);
    const decision = await session.ask('answers');
    if (decision.type === 'answer') {
      const { id, value, from = 'person' } = decision;
      await recordNamed(order, answers, giveAnswer(answers, guide, id, value, from));
    }
    if (decision.type === 'generate') {
      const made = generateSecrets(guide, { ...resolution, toGenerate: [decision.id] }, around.host.random);
      for (const [id, { secret }] of made)
        if (secret)
          await recordNamed(order, answers, giveAnswer(answers, guide, id, open(secret), 'generated'));
    }
    if (decision.type === 'submit' && resolution.problems.length === 0) {
      session.answered();
      return complete(order, resolution, answers);
    }
  }
}

/** Adds the secrets that the wizard makes. */
function complete(
  { guide, around }: Install,
  resolution: Resolution,
  answers: Map<string, Answer>,
): Resolution {
  for (const [id, answer] of generateSecrets(guide, resolution, around.host.random)) {
    answers.set(id, answer);
    resolution.answers.set(id, answer);
  }
  return resolution;
}

async function recordAnswers(order: Install, resolution: Resolution): Promise<void> {
  for (const [id, answer] of resolution.answers) await recordAnswer(order, id, answer);
}

async function recordNamed(
  order: Install,
  answers: ReadonlyMap<string, Answer>,
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    const answer = answers.get(name);
    if (answer) await recordAnswer(order, name, answer);
  }
}

async function recordAnswer(
  { session, guide, store, around }: Install,
  id: string,
  answer: Answer,
): Promise<void> {
  const former = known(session.records).get(id);
  if (!answer.secret) {
    if (former?.value === answer.value && former?.from === answer.from) return;
    const { value = '', list, from } = answer;
    await session.append({ type: 'answer', id, value, ...(list === undefined ? {} : { list }), from });
    return;
  }
  around.redactor.add(open(answer.secret));
  const name = `${guide.id}/${id}`;
  const kept = await store.get(name);
  if (!kept || open(kept) !== open(answer.secret)) await store.set(name, answer.secret);
  if (former?.secret !== name) await session.append({ type: 'answer', id, secret: name, from: answer.from });
}

/** Answers, facts and what steps produced (of this run, or an earlier one), ready to be put into texts. */
async function runValues(order: Install, answers: ReadonlyMap<string, Answer>): Promise<RunValues> {
  const { session, guide, store, around, facts } = order;
  const produced = [...known(session.records)].filter(([, { from }]) => from === 'step');
  const all = await valuesFrom(facts, produced, store);
  for (const [id, answer] of resolvedAnswers(order, answers))
    for (const [name, value] of asValues(id, answer)) all.set(name, value);
  return new RunValues(all, around.redactor, async (id, value, isSecret) => {
    const name = `${guide.id}/${id}`;
    if (isSecret) await store.set(name, new Secret(value));
    await session.append({ type: 'produced', id, ...(isSecret ? { secret: name } : { value }) });
  });
}

function resolvedAnswers(
  { guide, facts }: Install,
  answers: ReadonlyMap<string, Answer>,
): Map<string, Answer> {
  return resolveAnswers(guide, facts, answers).answers;
}

/** A secret that the screen asked for: `ITEM/LABEL` of a checklist's field, or an answer. */
function reveal(id: string, session: Session, values: RunValues): string | undefined {
  const [, item, label] = /^item:([^/]+)\/(.*)$/s.exec(id) ?? [];
  if (!item) return values.missing(`%${id}%`).length === 0 ? values.reveal(`%${id}%`) : undefined;
  for (const step of agreedPlan(session.records)?.steps ?? []) {
    for (const planned of step.operations) {
      const op = operationOf(planned);
      const field =
        op.kind === 'checklist'
          ? op.items.find((one) => one.id === item)?.fields?.find((one) => one.label === label)
          : undefined;
      if (field && values.missing(field.value).length === 0) return values.reveal(field.value);
    }
  }
  return undefined;
}

/** Another guide on this machine holds what this one needs for itself alone. */
async function claimedElsewhere(
  { around, guide }: Install,
  steps: readonly PlannedStep[],
): Promise<Text | undefined> {
  const wanted = new Set(claimsOf(steps));
  const runs = await around.state.runs();
  for (const { id, records } of runs) {
    const first = opened(records);
    if (!first || first.guide === guide.id || first.kind !== 'install' || isTakenBack(id, runs)) continue;
    if (stepOutcomes(records).size === 0) continue;
    const held = claimsOf(agreedPlan(records)?.steps ?? []).find((claim) => wanted.has(claim));
    if (held) return texts.alreadyClaimed(held, first.title, id);
  }
  return undefined;
}

function claimsOf(steps: readonly PlannedStep[]): string[] {
  return steps.flatMap((step) =>
    step.operations.flatMap((planned) => [...(operationOf(planned).claims ?? [])]),
  );
}
