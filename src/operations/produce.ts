/**
 * A value that the machine knows once earlier steps are done: the last line that a read-only command says.
 *
 * 1. Nothing on the machine is changed; the value is learnt, durable before anything uses it.
 * 2. A value that is no longer what the command says is learnt again.
 *
 * Proven by test/operations/looking.test.ts.
 */
import * as texts from '../i18n/texts/operations.ts';
import { argvOf, optionsOf } from './shared/called.ts';
import { lastWords } from './shared/failed.ts';
import { mustHaveRun } from './shared/peek.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Undone,
  type Verbs,
} from './verbs.ts';

type Produce = Op<'produce'>;

/** What the command says, or why there is nothing to learn yet. */
export type Seen = { readonly value: string } | { readonly code: string; readonly problem: string };

const shapes = { path: /^\//, number: /^-?\d+(\.\d+)?$/, text: /./ };

export const produce: Verbs<Produce, Seen> = {
  keys: (op) => [`value:${op.name}`],

  async inspect(op, context): Promise<Seen> {
    const argv = argvOf(op, context.values);
    const ran = await context.host.look(argv, optionsOf(op, context.values));
    mustHaveRun(ran, op.as);
    if (ran.code !== 0)
      return { code: String(ran.signal ?? ran.code), problem: lastWords(ran, context.redact) };
    const value = ran.stdout.trim().split('\n').at(-1)?.trim() ?? '';
    if (shapes[op.type].test(value)) return { value };
    return { code: '0', problem: `"${context.redact(value)}": ${op.type}?` };
  },

  diff(op, seen, context): Difference {
    if (!('value' in seen)) return { change: 'unknown', reason: texts.notKnownYet(op.name, seen.problem) };
    const former = known(op, context);
    if (former === seen.value) return { change: 'none' };
    const lines = [
      former === undefined ? [] : `-${op.name} = ${former}`,
      `+${op.name} = ${seen.value}`,
    ].flat();
    return { change: 'change', diff: lines.map((line) => `${line}\n`).join('') };
  },

  // Reading owns nothing: there is no state of its own to compare later.
  mark: () => null,

  async capture(): Promise<Json> {
    return null;
  },

  async apply(op, _, context) {
    const seen = await produce.inspect(op, context);
    if ('value' in seen) return context.values.learn(op.name, seen.value, false);
    const command = argvOf(op, context.values).join(' ');
    throw new Failure('command-failed', { command, code: seen.code, lastLine: seen.problem });
  },

  async undo(): Promise<Undone> {
    return {};
  },

  describe: (op) => texts.readValue(op.name),
};

function known({ name }: Produce, { values }: Context): string | undefined {
  return values.missing(`%${name}%`).length > 0 ? undefined : values.public(`%${name}%`);
}
