/** What about this terminal and machine could get in the way: looks, and changes nothing. */

import { doctorWords } from '../i18n/doctor.ts';
import { toAscii } from '../i18n/index.ts';
import type { Finding, Look } from './doctor/finding.ts';
import { lookAtMachine, lookAtRights } from './doctor/machine.ts';
import { lookAtNetwork } from './doctor/network.ts';
import { lookAtState } from './doctor/state.ts';
import { lookAtSession, lookAtTerminal } from './doctor/terminal.ts';
import { lookAtWork } from './doctor/work.ts';
import { usesScreens } from './follow.ts';
import { type Here, isAscii, print, printJson } from './here.ts';

const looks: readonly Look[] = [
  lookAtMachine,
  lookAtRights,
  lookAtTerminal,
  lookAtSession,
  lookAtState,
  lookAtNetwork,
  lookAtWork,
];

/** Exit 3 when something keeps the wizard from working here. */
export async function doctor(at: Here): Promise<number> {
  const words = doctorWords[at.lang];
  const findings = (await Promise.all(looks.map((look) => look(at, words)))).flat();
  const isBlocked = findings.some(({ level }) => level === 'in-the-way');
  if (at.flags.json) printJson({ ok: !isBlocked, ...seen(at), findings });
  else for (const line of lines(at, findings)) print(isAscii() ? toAscii(line) : line);
  return isBlocked ? 3 : 0;
}

/** What it works with, in a word each: for scripts. */
function seen(at: Here): Readonly<Record<string, string>> {
  const { facts } = at;
  return {
    system: `${facts['os.name'] ?? '?'} ${facts['arch'] ?? ''}`,
    init: facts['init'] ?? '?',
    user: facts['user'] ?? '?',
    node: process.version,
    terminal: `${process.env['TERM'] ?? '-'} ${process.stdout.columns ?? '-'}x${process.stdout.rows ?? '-'}`,
    characters: isAscii() ? 'ASCII' : 'UTF-8',
    colour: process.env['NO_COLOR'] ? 'no' : 'yes',
    screens: usesScreens(at) ? 'yes' : 'no',
    state: at.state.path,
  };
}

function lines({ lang }: Here, findings: readonly Finding[]): string[] {
  const { topics, levels, end } = doctorWords[lang];
  const width = Math.max(...Object.values(levels).map((level) => level.length)) + 2;
  const columns = Math.min(80, process.stdout.columns || 80);
  const told = (Object.keys(topics) as Finding['topic'][]).flatMap((topic) => {
    const mine = findings.filter((one) => one.topic === topic);
    if (mine.length === 0) return [];
    return [
      topics[topic],
      ...mine.flatMap((one) => findingLines(one, levels[one.level], width, columns)),
      '',
    ];
  });
  const has = (level: Finding['level']) => findings.some((one) => one.level === level);
  return [...told, has('in-the-way') ? end.blocked : has('to-know') ? end.know : end.good];
}

function findingLines({ say, todo }: Finding, level: string, width: number, columns: number): string[] {
  const room = columns - width - 2;
  const head = `  ${level.padEnd(width)}`;
  const rest = ' '.repeat(width + 2);
  const body = [...wrapped(say, room), ...(todo ? wrapped(`→ ${todo}`, room) : [])];
  return body.map((line, index) => (index === 0 ? head : rest) + line);
}

/** At spaces only: a long path or command stays whole. */
function wrapped(text: string, room: number): string[] {
  const all: string[] = [];
  for (const word of text.split(' ')) {
    const last = all.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room) all[all.length - 1] = `${last} ${word}`;
    else all.push(word);
  }
  return all;
}
