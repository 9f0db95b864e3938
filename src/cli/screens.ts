/** A run on screens: what they are lent of this machine, and what is said after them. */
import { hostname } from 'node:os';
import { comingConnection } from '../client/coming.ts';
import { desk } from '../client/desk.ts';
import { openTerminal } from '../client/terminal.ts';
import type { Guide } from '../guide/types.ts';
import { both } from '../i18n/both.ts';
import type { JournalRecord } from '../journal/records.ts';
import * as machines from '../run/machine.ts';
import type { Connection, HomeAction, HomeEntry } from '../run/protocol.ts';
import { accountsDesk } from './accounts-desk.ts';
import { ending } from './ending.ts';
import { guideNamed, type Here, isAscii, print } from './here.ts';
import { type Started, startInstall, startRollback } from './start.ts';

interface Opened {
  readonly connection: Connection;
  readonly guide: Guide;
}

/** On screens at once, while the engine of the run with these records is started. */
export async function followComing(
  at: Here,
  guide: Guide,
  records: readonly JournalRecord[],
  start: () => Promise<Started>,
): Promise<number> {
  const started = start().then(({ connection }) => connection);
  const connection = comingConnection(records, started, (error) => {
    const { exit, sentence } = ending(error, at.words, at.lang);
    return { state: 'interrupted', exit, finished: [], report: '', say: both(sentence, sentence) };
  });
  const exit = await followOnScreens(at, { connection, guide });
  await connection.settled;
  return exit;
}

/** The accounts of a guide, and what else there is behind them. */
export async function accountsOnScreens(at: Here, guide: Guide): Promise<number> {
  const entry = (await machines.homeEntries(at)).find((one) => one.guide === guide.id);
  return followOnScreens(at, undefined, entry);
}

export async function followOnScreens(
  at: Here,
  first: Opened | undefined,
  accounts?: HomeEntry,
): Promise<number> {
  const { runScreens, summary } = await import('../../screens/index.tsx');
  let wantsRollback: Guide | undefined;
  const watched = ({ connection, guide }: Opened) => {
    const send = connection.send;
    connection.send = (decision) => {
      if (decision.type === 'rollback') wantsRollback = guide;
      send(decision);
    };
    return connection;
  };
  const openEntry = async (entry: HomeEntry, action: HomeAction) => {
    const guide = guideNamed(at, entry.guide);
    const start = action === 'rollback' ? startRollback : startInstall;
    try {
      return watched(await start(at, guide));
    } catch (error) {
      throw new Error(ending(error, at.words, at.lang).sentence, { cause: error });
    }
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
    accountsOf: ({ guide }) => accountsDesk(at, guideNamed(at, guide)),
    ...(accounts ? { accounts } : {}),
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
