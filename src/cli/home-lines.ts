/** The home screen for a terminal without screens: the same entries, numbered. */
import { Talk } from '../client/plain/talk.ts';
import { moment } from '../i18n/index.ts';
import * as machines from '../run/machine.ts';
import type { HomeEntry } from '../run/protocol.ts';
import { follow } from './follow.ts';
import { guideNamed, type Here, isAscii } from './here.ts';
import { verify } from './queries.ts';
import { asRoot, startInstall, startRollback } from './start.ts';
import { users } from './users.ts';

type Answer = 'verify' | 'install' | 'accounts' | 'rollback' | 'leave';

export async function homeInLines(at: Here): Promise<number> {
  const talk = new Talk({
    lang: at.lang,
    words: at.words,
    ascii: isAscii(),
    output: process.stdout,
    onLeave: () => process.exit(130),
  });
  const { home, keys, installed } = at.words;
  const entries = await machines.homeEntries(at);
  talk.print(home.question);
  const entry = await talk.choose<HomeEntry | undefined>([
    ...entries.map((one) => ({ value: one, label: lineOf(one, talk) })),
    { value: undefined, label: keys.commands.quit },
  ]);
  if (entry?.unfit) talk.print(home.cannotRun(talk.say(entry.title), talk.say(entry.unfit)));
  if (!entry || entry.unfit) return leave(talk, entry ? 3 : 0);
  const guide = guideNamed(at, entry.guide);
  if (entry.action === 'verify') talk.print(installed.question);
  const { choices } = installed;
  const answer =
    entry.action !== 'verify'
      ? 'install'
      : await talk.choose<Answer>([
          { value: 'verify', label: choices.verify },
          { value: 'install', label: choices.install },
          ...(entry.accounts ? [{ value: 'accounts' as const, label: choices.accounts }] : []),
          { value: 'rollback', label: choices.rollback },
          { value: 'leave', label: keys.commands.quit },
        ]);
  talk.close();
  if (answer === 'leave') return 0;
  if (answer === 'verify') return verify(at, guide);
  if (answer === 'accounts') return users(at, guide);
  const start = answer === 'install' ? startInstall : startRollback;
  return asRoot(at, guide, () => follow(at, () => start(at, guide)));
}

function leave(talk: Talk, exit: number): number {
  talk.close();
  return exit;
}

/** `Install Pretix: sign-ups, about 12 min`. */
function lineOf(entry: HomeEntry, talk: Talk): string {
  const { home } = talk.words;
  const when = entry.since ? moment(entry.since, talk.lang, Date.now()) : '';
  const where = entry.total > 0 ? home.where(entry.done, entry.total) : '';
  const said = entry.unfit
    ? talk.say(entry.unfit)
    : home.states[entry.state](when, where) ||
      `${talk.say(entry.summary)}, ${home.about(entry.minutes, entry.total)}`;
  return talk.words.common.pair(`${home.verbs[entry.action]} ${talk.say(entry.title)}`, said);
}
