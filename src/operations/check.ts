/**
 * A look at the machine that changes nothing.
 *
 * 1. It goes on looking for `within` seconds, then fails with the guide's own sentence.
 * 2. What is only worth a warning fails in the same way: the runner makes a warning of it.
 *
 * Proven by test/operations/looking.test.ts.
 */
import * as texts from '../i18n/texts/operations.ts';
import { type Checked, check as checkProbe } from './probe.ts';
import { describeProbe } from './shared/describe-probe.ts';
import { type Difference, Failure, type Json, type Op, type Undone, type Verbs } from './verbs.ts';

type Check = Op<'check'>;

export const check: Verbs<Check, Checked> = {
  keys: (op, values) => [`check:${values.public(op.name)}`],

  inspect: (op, context) => checkProbe(op.probe, context),

  diff: (_, { ok, problem }): Difference =>
    ok ? { change: 'none' } : { change: 'change', diff: `${problem}\n` },

  // A look owns nothing: there is no state of its own to compare later.
  mark: () => null,

  async capture(): Promise<Json> {
    return null;
  },

  async apply(op, _, context) {
    const { host } = context;
    const end = host.now().getTime() + (op.within ?? 0) * 1000;
    // Counted too: a clock that is set back must not make it wait for ever.
    for (let second = 0; ; second++) {
      const { ok, problem } = await checkProbe(op.probe, context);
      if (ok) return;
      if (second >= (op.within ?? 0) || host.now().getTime() >= end) {
        throw new Failure('check-failed', { name: context.values.public(op.name), problem }, { say: op.say });
      }
      await host.sleep(1000);
    }
  },

  async undo(): Promise<Undone> {
    return {};
  },

  describe(op, values) {
    return texts.checkThat(describeProbe(op.probe, values));
  },
};
