import { longestArgument, refuseControls, refuseLonger, refuseMatch, simpleWord } from './cannot-carry.ts';

/**
 * A value of a .env file, only in spellings on which docker compose, python-dotenv, Node, the shell and systemd's
 * EnvironmentFile= agree. They disagree on every backslash, and python-dotenv expands `${…}` in single quotes too.
 * systemd refuses the whole file for a noncharacter.
 */
export function env(value: string): string {
  refuseControls('env', value, '\t');
  refuseMatch('env', value, /\\|\$\{|\p{Noncharacter_Code_Point}/u);
  refuseLonger('env', value, longestArgument);
  if (simpleWord.test(value)) return value;
  if (!value.includes("'")) return `'${value}'`;
  refuseMatch('env', value, /["$`]/);
  return `"${value}"`;
}
