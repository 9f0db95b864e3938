import type { Syntax } from './cannot-carry.ts';
import {
  longestArgument,
  refuseBlankEdges,
  refuseControls,
  refuseLonger,
  refuseMatch,
} from './cannot-carry.ts';
import { shell } from './shell.ts';

/**
 * What every line of supervisord's files is read with: a blank before `;` or `#` begins a comment, whatever quotes say,
 * and `%(here)s` is replaced before doubled percent signs are read.
 */
function refuseUnread(syntax: Syntax, value: string): void {
  refuseControls(syntax, value, '\t');
  refuseMatch(syntax, value, /(?<=\s)[;#]/u);
  refuseMatch(syntax, value, /%\(here\)s/);
  refuseLonger(syntax, value, longestArgument);
}

const doubled = (text: string): string => text.replaceAll('%', '%%');

/** The rest of the line of a key that is taken as it is: directory=, user=. */
export function supervisor(value: string): string {
  return line('supervisor', value);
}

/** A path in stdout_logfile= or stderr_logfile=: these are expanded twice, so that no percent sign is the same to all. */
export function supervisorLog(value: string): string {
  refuseMatch('supervisor-log', value, /%/);
  return line('supervisor-log', value);
}

function line(syntax: Syntax, value: string): string {
  refuseUnread(syntax, value);
  refuseBlankEdges(syntax, value);
  refuseMatch(syntax, value, /^[;#]/);
  return doubled(value);
}

/** A word of command=, which is taken apart as a shell does. Quotes closed and opened again keep two signs apart. */
export function supervisorWord(value: string): string {
  refuseControls('supervisor-word', value, '\t');
  refuseLonger('supervisor-word', value, longestArgument);
  const apart = shell(value)
    .replace(/\s(?=[;#])/gu, "$&''")
    .replaceAll('%(here)s', "%(''here)s");
  return doubled(apart);
}

/**
 * A value in environment=, with its quotes. Nothing is escaped in there, and every quote at its ends is taken away with
 * those around it.
 */
export function supervisorVariable(value: string): string {
  refuseUnread('supervisor-variable', value);
  refuseMatch('supervisor-variable', value, /^["']|["']$/);
  if (!value.includes('"')) return `"${doubled(value)}"`;
  refuseMatch('supervisor-variable', value, /'/);
  return `'${doubled(value)}'`;
}

/** The same inside "…" written by the template. */
export function supervisorQuoted(value: string): string {
  refuseUnread('supervisor-variable', value);
  refuseMatch('supervisor-variable', value, /^['"]|"|['"]$|^[;#]/);
  return doubled(value);
}
