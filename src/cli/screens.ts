/** A run on screens: what they are lent of this machine, and what is said after them. */
import { hostname } from 'node:os';
import { desk } from '../client/desk.ts';
import { openTerminal } from '../client/terminal.ts';
import type { Guide } from '../guide/types.ts';
import * as machines from '../run/machine.ts';
import type { HomeAction, HomeEntry } from '../run/protocol.ts';
import { guideNamed, type Here, isAscii, print } from './here.ts';
import { type Started, startInstall, startRollback } from './start.ts';

export async function followOnScreens(at: Here, first: Started | undefined): Promise<number> {
  const { runScreens, summary } = await import('../../screens/index.tsx');
  let wantsRollback: Guide | undefined;
  const watched = ({ connection, guide }: Started) => {
    const send = connection.send;
    connection.send = (decision) => {
      if (decision.type === 'rollback') wantsRollback = guide;
      send(decision);
    };
    return connection;
  };
  const openEntry = async (entry: HomeEntry, action: HomeAction) => {
    const guide = guideNamed(at, entry.guide);
    return watched(await (action === 'rollback' ? startRollback(at, guide) : startInstall(at, guide)));
  };
  const openInput = () => {
    const input = openTerminal();
    // Not every shell in between passes a hang-up on (`su -` does not): then the end of the input is the sign.
    for (const gone of ['end', 'error']) input.once(gone, () => process.exit(129));
    return input;
  };
  const outcome = await runScreens({
    lang: at.lang,
    place: { output: process.stdout, openInput, desk },
    ascii: isAscii(),
    color: !process.env['NO_COLOR'],
    host: `${hostname()} · ${at.facts['os.name'] ?? ''}`,
    open: openEntry,
    verify: async ({ guide }) => (await machines.verifyGuide(at, guide)) ?? [],
    ...(first ? { connection: watched(first) } : { home: await machines.homeEntries(at) }),
  });
  if (wantsRollback && outcome.view?.end) {
    const rollback = await startRollback(at, wantsRollback);
    return followOnScreens({ ...at, lang: outcome.lang }, rollback);
  }
  if (outcome.view) print(summary(outcome.view, outcome.lang, isAscii(), process.stdout.columns || 80));
  return outcome.exit;
}
