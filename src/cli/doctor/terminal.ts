/** What the terminal can do, and what becomes of a run when it goes away. */

import type { DoctorWords } from '../../i18n/doctor.ts';
import { endsAtLogout, lingers } from '../../run/logout.ts';
import { usesScreens } from '../follow.ts';
import { type Here, isAscii, isDumb, isScreenReader } from '../here.ts';
import { about, type Finding, type Look } from './finding.ts';

const terminal = about('terminal');
const session = about('session');

export const lookAtTerminal: Look = async (at, say) => [
  shown(at, say),
  ...(isScreenReader() ? [terminal.good('screen-reader', say.reader())] : []),
  isAscii() ? terminal.know('characters', say.ascii()) : terminal.good('characters', say.utf8()),
  terminal.good('colour', process.env['NO_COLOR'] ? say.noColour() : say.colour()),
];

function shown(at: Here, say: DoctorWords): Finding {
  const { isTTY, columns = 0, rows = 0 } = process.stdout;
  if (!isTTY || !process.stdin.isTTY) return terminal.know('screens', say.noTerminal());
  if (isDumb()) return terminal.know('screens', say.lines(say.whyLines.dumb));
  if (isScreenReader()) return terminal.good('screens', say.lines(say.whyLines.reader));
  if (!usesScreens(at)) return terminal.good('screens', say.lines(say.whyLines.asked));
  if (columns < 60 || rows < 16) return terminal.know('screens', say.tooSmall(columns, rows));
  if (columns < 80 || rows < 24) return terminal.know('screens', say.narrow(columns, rows));
  return terminal.good('screens', say.screens(columns, rows));
}

export const lookAtSession: Look = async (at, say) => {
  // The multiplexer too is what a login leaves behind.
  const isEnded = await endsAtLogout(at.host);
  const inside = isEnded ? '' : process.env['TMUX'] ? 'tmux' : process.env['STY'] ? 'screen' : '';
  return [
    session.good('connection', at.facts['ssh'] === 'yes' ? say.ssh() : say.local()),
    ...(inside ? [session.good('multiplexer', say.multiplexer(inside))] : []),
    await survival(at, say, isEnded),
  ];
};

/** Root's engines, and those of who lingers, are units; others are processes, which logind may be told to kill. */
async function survival({ host, facts }: Here, say: DoctorWords, isEnded: boolean): Promise<Finding> {
  if (facts['init'] !== 'systemd') return session.good('survival', say.survives());
  if (process.getuid?.() === 0 || (await lingers(host))) return session.good('survival', say.survivesUnit());
  const user = facts['user'] ?? '';
  return isEnded ? session.know('survival', say.killed(user)) : session.good('survival', say.survives());
}
