/** What the compiler cannot see in the accounts of a guide. */
import { accountPlace } from './accounts.ts';
import { namesIn } from './names.ts';
import type { Guide } from './types.ts';

/** Sentences for the guide's author; none when all is well. */
export function accountProblems(guide: Guide): string[] {
  if (!guide.accounts) return [];
  const place = accountPlace(guide);
  const { list: id } = guide.accounts;
  if (!place) return [`accounts: no prosody-account is made for each row of ${id}`];
  const { list, op, password } = place;
  const columns = Object.entries(list.of).map(([name, { kind }]) => `${name} ${kind}`);
  const problems: [boolean, string][] = [
    [columns.length !== 2 || list.of[password]?.kind !== 'password', 'has a name and a password, no more'],
    [op.user !== `%${id}.${list.key}%`, `names its user %${id}.${list.key}%`],
    [op.password !== `%${id}.${password}%`, 'gives the password of the row as it is'],
    [namesIn(JSON.stringify(op.host)).some((name) => name.includes('.')), 'has one host for all rows'],
  ];
  return problems.flatMap(([wrong, problem]) => (wrong ? [`accounts: an account ${problem}`] : []));
}
