import {
  longestArgument,
  refuseBlankEdges,
  refuseControls,
  refuseLonger,
  refuseMatch,
  type Syntax,
} from './cannot-carry.ts';

/** systemd drops an assignment that holds one of these. */
const notText = /\p{Noncharacter_Code_Point}/u;

/**
 * Escapes only, no quotes, so the text is the same word bare, in "…" and in '…'. Specifiers are expanded after the
 * unescaping, which is why `%` is doubled and not written \x25.
 */
function word(syntax: Syntax, value: string): string {
  refuseControls(syntax, value, '\t');
  refuseMatch(syntax, value, notText);
  refuseLonger(syntax, value, longestArgument);
  if (value === '') return '""';
  return value.replace(/[^A-Za-z0-9_./:@,+=$%\u0080-\u{10ffff}-]/gu, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

/** A word of a directive that takes words with C escapes and expands no variable: Environment= above all. */
export function systemd(value: string): string {
  return word('systemd', value).replaceAll('%', '%%');
}

/** An argument of ExecStart= and its kin, where `$` starts a variable. Not for commands with the `:` prefix. */
export function systemdExec(value: string): string {
  return word('systemd-exec', value)
    .replaceAll('%', '%%')
    .replaceAll('$', () => '$$');
}

/** The rest of the line of a directive that takes it as it is: Description=, WorkingDirectory=, User=. */
export function systemdLine(value: string): string {
  refuseControls('systemd-line', value, '\t');
  refuseBlankEdges('systemd-line', value);
  refuseMatch('systemd-line', value, notText);
  refuseMatch('systemd-line', value, /\\$/);
  refuseLonger('systemd-line', value, longestArgument);
  return value.replaceAll('%', '%%');
}
