/**
 * A script given to an interpreter on its standard input.
 *
 * 1. Values stand in its text as literals of its language: none is in an argument or in the environment.
 * 2. What it gives (`SETUP-WIZARD NAME=value` on its standard output) is learnt and shown nowhere.
 * 3. It is done when its probe says so and all that it gives is known.
 *
 * Proven by test/operations/script.test.ts.
 */

import type { Ran } from '../host/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import { type Checked, check } from './probe.ts';
import { argvOf, circumstances, notQuiet, optionsOf } from './shared/called.ts';
import { awaitFormer, effectMark } from './shared/docker-former.ts';
import { commandFailed } from './shared/failed.ts';
import { captureFor, insideOf, isTakenBackAlone, takeBack } from './shared/undo.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Undone,
  type Verbs,
} from './verbs.ts';

type Script = Op<'script'>;

export interface Seen extends Checked {
  /** What it gives and is not known. */
  readonly unknown: readonly string[];
}

export const script: Verbs<Script, Seen> = {
  keys: (op, values) => [`script:${values.public(op.name)}`],

  async inspect(op, context) {
    const unknown = (op.gives ?? [])
      .map(({ id }) => id)
      .filter((id) => context.values.missing(`%${id}%`).length > 0);
    return { ...(await check(op.done, context)), unknown };
  },

  diff(op, { ok, problem, unknown }, context): Difference {
    if (ok && unknown.length === 0) return { change: 'none' };
    return {
      change: 'change',
      commands: [argvOf(op, context.values)],
      circumstances: circumstances(op, context.values),
      diff: `${[problem, ...unknown].filter(Boolean).join('\n')}\n`,
      ...('never' in op.undo ? { irreversible: op.undo.never } : {}),
    };
  },

  mark: (op, { ok }): Json => (isTakenBackAlone(op.undo) ? { done: ok } : null),

  inside: (op, values) => insideOf(op.undo, values),

  capture: (op, _, context) => captureFor(op.undo, context),

  async apply(op, _, context) {
    if (op.container !== undefined) {
      await awaitFormer(context.values.public(op.container), context);
      if ((op.gives ?? []).length === 0 && (await check(op.done, context)).ok) return;
    }
    const argv = argvOf(op, context.values, effectMark);
    const ran = await notQuiet(argv.join(' '), undefined, (limit) => runScript(op, argv, limit, context));
    if (ran.code !== 0) throw commandFailed(argv, { ...ran, stdout: withoutGifts(ran.stdout) }, context);
    await learnGifts(op, ran.stdout, context);
  },

  async undo(op, before, context): Promise<Undone> {
    return takeBack(op.undo, before, context);
  },

  describe: (op, values) => texts.scriptTitle(values.public(op.name)),
};

/** Not by `context.run`: what it gives must not pass the log before it is known to be secret. */
async function runScript(
  op: Script,
  argv: readonly string[],
  limit: { readonly quiet?: number; readonly onQuiet?: () => void },
  context: Context,
): Promise<Ran> {
  const { host, values } = context;
  const says = { ...op, stdin: '' };
  context.say(`$ ${argv.join(' ')}${op.as === undefined ? '' : ` (${values.public(op.as)})`}`);
  const lines = { stdout: new Lines(context), stderr: new Lines(context) };
  const ran = await host.run(argv, {
    ...optionsOf(says, values),
    ...limit,
    stdin: values.full(op.content ?? '', op.syntax),
    onOutput: (text, stream) => lines[stream].add(text),
  });
  lines.stdout.end();
  lines.stderr.end();
  return ran;
}

const gift = /SETUP-WIZARD ([A-Z][A-Z0-9_]*)=(.*?)\r?$/;
/** A prompt of an interpreter may stand before it. */
const looksLikeGift = (line: string): boolean => line.includes('SETUP-WIZARD ');

const withoutGifts = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !looksLikeGift(line))
    .join('\n');

/** Says whole lines, but those that give something. */
class Lines {
  readonly #context: Context;
  #rest = '';

  constructor(context: Context) {
    this.#context = context;
  }

  add(text: string): void {
    // A line that goes on and on is not searched again with every piece of it.
    if (!text.includes('\n')) {
      this.#rest += text;
      return;
    }
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#say(line);
  }

  end(): void {
    if (this.#rest !== '') this.#say(this.#rest);
    this.#rest = '';
  }

  #say(line: string): void {
    if (!looksLikeGift(line)) this.#context.say(line);
  }
}

async function learnGifts(op: Script, stdout: string, { values }: Context): Promise<void> {
  const given = new Map<string, string>();
  for (const line of stdout.split('\n')) {
    const [, id, value] = gift.exec(line) ?? [];
    if (id !== undefined && value !== undefined) given.set(id, value);
  }
  for (const { id, secret } of op.gives ?? []) {
    const value = given.get(id);
    if (value === undefined) throw new Failure('missing-value', { name: id });
    await values.learn(id, value, secret);
  }
}
