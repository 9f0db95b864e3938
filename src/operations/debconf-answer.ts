/**
 * A question of a Debian package, answered before the package asks.
 *
 * 1. The answer counts as given by a person (`seen`): the package does not ask again. What the package has taken up and
 *    emptied since, as packages do with passwords, is not given again.
 * 2. A choice is passed on only if exactly one of those that the package offers matches.
 * 3. A secret is given to a question of type `password` only, and never stands in a command or a log.
 * 4. `undo` brings back the former answer with its flag; a question that was not there goes, unless a package that is
 *    there has it.
 *
 * Proven by test/operations/system/debconf-answer.test.ts and test/lab/debconf.test.ts.
 */
import type { Host } from '../host/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import { apt } from './shared/apt.ts';
import {
  type Answer,
  readAnswer,
  registerQuestion,
  setAnswer,
  unregisterQuestion,
} from './shared/debconf.ts';
import { offeredQuestion } from './shared/debconf-choices.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Undone,
  type Values,
  type Verbs,
} from './verbs.ts';

type DebconfAnswer = Op<'debconf-answer'>;

export interface Seen {
  readonly name: string;
  readonly question: string;
  readonly now: Answer | undefined;
  /** Its package is there, or its configuration files are. */
  readonly isInstalled: boolean;
  /** Nothing where it is not looked for: on the way back, and while a package is not fetched for its choices. */
  readonly wanted: string | undefined;
  /** Nothing where nobody has looked. */
  readonly choices: readonly string[] | undefined;
}

/** `null`: there was no such question. */
type Before = null | {
  /** A reference: it may be a secret. */
  readonly value: string;
  readonly isSeen: boolean;
  readonly owners: readonly string[];
  readonly type: string;
};

export const debconfAnswer: Verbs<DebconfAnswer, Seen> = {
  keys: (op, values) => [`debconf:${values.public(op.question)}`],

  async inspect(op, { host, values, purpose }) {
    const name = values.public(op.package);
    const question = values.public(op.question);
    refuseNames(name, question);
    const now = await readAnswer(question, host);
    const isInstalled = await isThere(name, host);
    const seen = { name, question, now, isInstalled };
    if (purpose === 'undo') return { ...seen, wanted: undefined, choices: undefined };
    if (op.choice === undefined)
      return { ...seen, wanted: wantedText(op, values), choices: isInstalled ? now?.choices : undefined };
    // A plan is made before the repository is there, and fetches nothing.
    if (!isInstalled && purpose === 'plan') return { ...seen, wanted: undefined, choices: undefined };
    const offered = isInstalled ? now : await offeredQuestion(name, question, host);
    const choices = offered?.choices ?? [];
    return { ...seen, choices, wanted: theOnly(choices, values.public(op.choice)) };
  },

  diff(op, seen, context): Difference {
    const { name, question, now, wanted } = seen;
    refuseWrong(op, seen, context.values);
    if (now?.isSeen && now.value === wanted) return { change: 'none' };
    if (isTakenUp(op, seen, context)) return { change: 'none' };
    const isSecret = op.password !== undefined || now?.type === 'password';
    const shown = (value: string) => (isSecret ? bullets : context.redact(value));
    const expected = wanted === undefined ? `/${context.values.public(op.choice ?? '')}/` : shown(wanted);
    const former = now ? `-${question}: ${shown(now.value)}\n` : '';
    return {
      change: 'change',
      commands: [['debconf-communicate', name]],
      diff: `${former}+${question}: ${expected}\n`,
    };
  },

  mark: (_, { now, wanted }, { fingerprint }): Json =>
    now
      ? {
          value: now.value === '' ? '' : fingerprint(now.value),
          seen: now.isSeen,
          ...(wanted === undefined ? {} : { given: fingerprint(wanted) }),
        }
      : null,

  /** That a package empties it, or takes it along when it goes, is no change by somebody. */
  differs(_, now, then) {
    const value = fieldOf(now, 'value');
    return value !== undefined && value !== '' && value !== fieldOf(then, 'value');
  },

  async capture(_, { now }, context): Promise<Json> {
    if (!now) return null;
    const { value, isSeen, owners, type } = now;
    return { value: await context.keep(Buffer.from(value)), isSeen, owners, type } satisfies Before;
  },

  async apply(op, seen, context) {
    const { name, question, now, isInstalled, wanted = '' } = seen;
    if (op.password !== undefined && !isInstalled) await refuseOpenQuestion(name, question, context);
    if (!now) await registerQuestion({ owner: name, question, type: typeOf(op) }, context);
    await setAnswer({ owner: name, question }, { value: wanted, isSeen: true }, context);
  },

  async undo(op, raw, context): Promise<Undone> {
    const name = context.values.public(op.package);
    const question = context.values.public(op.question);
    // Written by `capture`.
    const before = raw as unknown as Before;
    return before ? bringBack(name, question, before, context) : takeAway(name, question, context);
  },

  describe: (op, values) => texts.answerQuestion(values.public(op.package), values.public(op.question)),

  // The question may be there without its answer.
  cutOff: 'again',
};

const bullets = '••••••••';

function refuseNames(name: string, question: string): void {
  const refusal = (what: string) => new Failure('check-failed', { what }, { say: texts.notAQuestion(what) });
  if (!/^[a-z0-9][a-z0-9+.-]+$/.test(name)) throw refusal(name);
  if (!/^[\w.+-]+(\/[\w.+-]+)+$/.test(question)) throw refusal(question);
}

async function isThere(name: string, host: Host): Promise<boolean> {
  return (await apt.states(host, [name])).has(name);
}

/** Refused here, by the answer's name, where debconf cannot carry it. */
function wantedText({ password, value = '' }: DebconfAnswer, values: Values): string {
  if (password === undefined) {
    values.public(value, 'debconf');
    return values.public(value);
  }
  values.full(password, 'debconf');
  return values.full(password);
}

function theOnly(choices: readonly string[], expression: string): string | undefined {
  const found = choices.filter((choice) => new RegExp(expression, 'i').test(choice));
  return found.length === 1 ? found[0] : undefined;
}

const typeOf = ({ password, choice }: DebconfAnswer): string =>
  password !== undefined ? 'password' : choice !== undefined ? 'select' : 'string';

function refuseWrong(op: DebconfAnswer, { question, now, wanted, choices }: Seen, values: Values): void {
  if (op.password !== undefined && now && now.type !== 'password') throw notSecret(question, now.type);
  const isSelect = op.choice !== undefined || now?.type === 'select';
  if (!isSelect || choices === undefined || (wanted !== undefined && choices.includes(wanted))) return;
  const say = texts.choiceNotOffered(question, values.public(op.choice ?? op.value ?? ''), choices);
  throw new Failure('check-failed', { what: question }, { say });
}

/** Its own template decides where debconf keeps the answer, as soon as the package has brought it. */
async function refuseOpenQuestion(name: string, question: string, { host }: Context): Promise<void> {
  const offered = await offeredQuestion(name, question, host);
  if (offered && offered.type !== 'password') throw notSecret(question, offered.type);
}

const notSecret = (question: string, type: string): Failure =>
  new Failure('check-failed', { what: question }, { say: texts.notASecretQuestion(question, type) });

/** Of a mark. */
const fieldOf = (mark: Json | undefined, name: string): Json | undefined =>
  new Map<string, Json>(Object.entries(mark ?? {})).get(name);

/** We gave this answer, and the package that is there has emptied it. */
function isTakenUp({ question }: DebconfAnswer, seen: Seen, context: Context): boolean {
  if (!seen.isInstalled || seen.now?.value !== '' || seen.wanted === undefined) return false;
  const mark = context.recorded(`debconf:${context.values.public(question)}`);
  return fieldOf(mark, 'given') === context.fingerprint(seen.wanted);
}

async function bringBack(
  name: string,
  question: string,
  before: NonNullable<Before>,
  context: Context,
): Promise<Undone> {
  const now = await readAnswer(question, context.host);
  // Its packages took it along.
  const owners = now ? [] : before.owners;
  for (const owner of owners) await registerQuestion({ owner, question, type: before.type }, context);
  const value = (await context.kept(before.value)).toString();
  await setAnswer({ owner: before.owners[0] ?? name, question }, { value, isSeen: before.isSeen }, context);
  return {};
}

/** It goes with its last owner. What packages have that are there stays theirs. */
async function takeAway(name: string, question: string, context: Context): Promise<Undone> {
  const now = await readAnswer(question, context.host);
  if (now?.owners.includes(name) && !(await isThere(name, context.host)))
    await unregisterQuestion(name, question, context);
  const left = await readAnswer(question, context.host);
  return left ? { left: texts.answerKept(question, left.owners), until: ['pkg:'] } : {};
}
