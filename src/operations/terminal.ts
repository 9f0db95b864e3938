/**
 * A program that asks its own questions (`passwd`, a licence, an editor): it is lent the person's terminal by the
 * client. Whether it is done is what its probe says; a client that vanished meanwhile proves nothing.
 *
 * Proven by test/operations/terminal.test.ts and test/e2e/terminal.test.ts.
 */

import { asksItself, endedUndone, programTitle } from '../i18n/texts/terminal.ts';
import { type Checked, check } from './probe.ts';
import { argvOf, optionsOf } from './shared/called.ts';
import { captureFor, isTakenBackAlone, takeBack } from './shared/undo.ts';
import { type Difference, Failure, type Json, type Op, type Undone, type Verbs } from './verbs.ts';

type Terminal = Op<'terminal'>;

export const terminal: Verbs<Terminal, Checked> = {
  keys: (op, values) => [`terminal:${values.public(op.name)}`],

  inspect: (op, context) => check(op.done, context),

  diff: (op, { ok }, { values }): Difference =>
    ok ? { change: 'none' } : { change: 'person', reason: asksItself, commands: [argvOf(op, values)] },

  mark: (op, { ok }): Json => (isTakenBackAlone(op.undo) ? { done: ok } : null),

  capture: (op, _, context) => captureFor(op.undo, context),

  async apply(op, _, context) {
    const { values } = context;
    const { as, cwd = '/', env = {} } = optionsOf(op, values);
    const ended = await context.lend({
      argv: argvOf(op, values, ['--tty']),
      cwd,
      env,
      ...(as ? { as } : {}),
    });
    const { ok, problem } = await check(op.done, context);
    if (!ok)
      throw new Failure(
        'check-failed',
        { name: values.public(op.name), problem: `${ended}${problem}` },
        { say: endedUndone },
      );
  },

  undo: (op, before, context): Promise<Undone> => takeBack(op.undo, before, context),

  describe: (op, values) => programTitle(argvOf(op, values).join(' ')),
};
