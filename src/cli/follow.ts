/** Shows a run to its end, as lines or as JSON; on screens where there is a terminal for them. */
import type { LiveConnection } from '../client/connect.ts';
import { desk } from '../client/desk.ts';
import { followJson } from '../client/json.ts';
import { followPlain } from '../client/plain/index.ts';
import { todoLines } from '../client/plain/todo-lines.ts';
import * as machines from '../run/machine.ts';
import type { View } from '../run/protocol.ts';
import { type Here, isAscii, isDumb, isScreenReader, Leave, print } from './here.ts';
import { followOnScreens } from './screens.ts';
import { type Started, startRollback } from './start.ts';

export function usesScreens({ flags }: Here): boolean {
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
  const wantsLines = flags.plain || flags.json || flags.yes || isDumb() || isScreenReader();
  return Boolean(isTerminal) && !wantsLines;
}

/** Shows a run to its end as lines that are only ever added. `unattended`: nothing is asked. */
export async function followInLines(
  at: Here,
  connection: LiveConnection,
  unattended: boolean,
): Promise<void> {
  const onLeave = () => {
    const { need, decides, resume } = connection.view();
    // Nobody is left to answer: the engine ends now, resumable, and lets go of the machine's lock.
    if (need && decides && !unattended) return connection.send({ type: 'stop' });
    process.stderr.write(`\n${at.words.plain.interrupted}\n  ${resume}\n`);
    process.exit(130);
  };
  process.once('SIGINT', onLeave);
  if (at.flags.json) return followJson(connection, process.stdout);
  await followPlain(connection, {
    lang: at.lang,
    words: at.words,
    ascii: isAscii(),
    output: process.stdout,
    desk,
    unattended,
    onLeave,
  });
}

/** Shows a run to its end in the way that was asked for; the exit code is the run's. */
export async function follow(at: Here, start: () => Promise<Started>): Promise<number> {
  if (usesScreens(at)) return followOnScreens(at, await start());
  if (!at.flags.yes && !process.stdin.isTTY) throw new Leave(2, at.words.cli.noTerminal);
  const { connection, guide } = await start();
  let wantsRollback = false;
  const send = connection.send;
  connection.send = (decision) => {
    wantsRollback ||= decision.type === 'rollback';
    send(decision);
  };
  await followInLines(at, connection, at.flags.yes ?? false);
  connection.close();
  const view = connection.view();
  if (wantsRollback) return follow(at, () => startRollback(at, guide));
  if (!at.flags.json) await printEnd(at, view);
  return exitOf(view);
}

function exitOf(view: View): number {
  return view.end?.exit ?? 1;
}

async function printEnd(at: Here, view: View): Promise<void> {
  const { summary } = await import('../../screens/summary.ts');
  print(summary(view, at.lang, isAscii(), process.stdout.columns || undefined));
  if (view.end?.exit === 4 && view.kind === 'install') {
    const todo = await machines.todoOf(at, view.guide);
    for (const item of todo?.items.filter(({ done }) => !done) ?? [])
      for (const line of todoLines(item, at.lang)) print(line);
  }
}
