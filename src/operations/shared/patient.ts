/** Programs that one other program at a time keeps waiting: package managers and their databases. */
import type { Ran, RunOptions } from '../../host/types.ts';
import * as texts from '../../i18n/texts/operations.ts';
import type { Context } from '../verbs.ts';

export interface Busy {
  /** Somebody else holds it. */
  readonly isBusy: (ran: Ran) => boolean;
  /** Who, as it says itself: `process 1234 (unattended-upgr)`. */
  readonly holderIn: (ran: Ran) => string | undefined;
}

const patience = 15 * 60_000;
const pause = 5_000;

/** Runs a command; while another program holds what it needs, says so and waits. */
export async function runPatiently(
  argv: readonly string[],
  busy: Busy,
  context: Context,
  options: RunOptions = {},
): Promise<Ran> {
  const began = context.host.now().getTime();
  let told: string | undefined;
  for (;;) {
    const ran = await context.run(argv, options);
    const waited = context.host.now().getTime() - began;
    if (ran.code === 0 || !busy.isBusy(ran) || waited >= patience) return ran;
    const who = busy.holderIn(ran) ?? '';
    if (who !== told) context.say(texts.packageManagerBusy(who)[context.lang]);
    told = who;
    await context.host.sleep(pause);
  }
}
