/** Unix users and groups: of the machine's files first, then of whatever else `getent` knows. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/** A user by name or number. */
export async function findAccount(user: string): Promise<Account | undefined> {
  const fields = await entryOf('passwd', user);
  if (!fields) return undefined;
  const [name = '', , uid, gid, , home = '/'] = fields;
  return { name, uid: Number(uid), gid: Number(gid), home };
}

/** Numbers for `user:group`, `user` (its own group) or `-` (the user of this process). */
export async function ownerIds(owner: string): Promise<{ readonly uid: number; readonly gid: number }> {
  if (owner === '-') return { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
  const [user = '', group] = owner.split(':');
  const account = await findAccount(user);
  const uid = account?.uid ?? numberOf(user);
  if (uid === undefined) throw new Error(`no such user: ${user}`);
  const gid = group ? await groupId(group) : account?.gid;
  if (gid === undefined) throw new Error(`no such group: ${group ?? user}`);
  return { uid, gid };
}

/** `user:group`; numbers where no name is known. */
export async function ownerName(uid: number, gid: number): Promise<string> {
  const [user, group] = await Promise.all([entryOf('passwd', String(uid)), entryOf('group', String(gid))]);
  return `${user?.[0] ?? uid}:${group?.[0] ?? gid}`;
}

async function groupId(group: string): Promise<number | undefined> {
  const fields = await entryOf('group', group);
  return fields ? Number(fields[2]) : numberOf(group);
}

const numberOf = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : undefined);

async function entryOf(database: 'passwd' | 'group', key: string): Promise<string[] | undefined> {
  const text = await readFile(`/etc/${database}`, 'utf8').catch(() => '');
  const column = /^\d+$/.test(key) ? 2 : 0;
  const entries = text.split('\n').map((line) => line.split(':'));
  return entries.find((fields) => fields[column] === key) ?? (await askOthers(database, key));
}

/** Users of a directory service are in no file. */
async function askOthers(database: string, key: string): Promise<string[] | undefined> {
  if (key === '' || key.startsWith('-')) return undefined;
  try {
    const { stdout } = await promisify(execFile)('/usr/bin/getent', [database, key], { timeout: 5000 });
    return stdout.split('\n')[0]?.split(':');
  } catch {
    return undefined;
  }
}
