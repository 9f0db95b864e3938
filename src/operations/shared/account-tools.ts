/** Accounts are made by Debian's adduser; where there is none, as on the Red Hat family, by useradd. */
import type { Host } from '../../host/types.ts';
import type { Context } from '../verbs.ts';

export type AccountTools = 'adduser' | 'useradd';

/** Red Hat's `adduser` is another name of useradd: Debian is told by its `deluser`. */
export async function accountTools(host: Host): Promise<AccountTools> {
  const [own, plain] = await Promise.all([host.stat('/usr/sbin/deluser'), host.stat('/usr/sbin/useradd')]);
  return !own && plain ? 'useradd' : 'adduser';
}

interface NewUser {
  readonly name: string;
  readonly home: string;
  readonly system: boolean;
  /** There is a group of that name, which both tools refuse unless they are told to use it. */
  readonly hasGroup: boolean;
  readonly tools: AccountTools;
}

/** No password, a group of the same name, a home. */
export function addUser({ name, home, system, hasGroup, tools }: NewUser): string[] {
  if (tools === 'adduser') {
    const group = hasGroup ? ['--ingroup', name] : [];
    return system
      ? ['adduser', '--system', ...(hasGroup ? group : ['--group']), '--home', home, name]
      : ['adduser', '--disabled-password', '--gecos', '', ...group, '--home', home, name];
  }
  const group = hasGroup ? ['--gid', name] : ['--user-group'];
  const kind = system ? ['--system', '--shell', '/usr/sbin/nologin'] : [];
  return ['useradd', ...kind, ...group, '--create-home', '--home-dir', home, name];
}

/** The account; its home is somebody else's business. */
export async function removeUser(name: string, tools: AccountTools, context: Context): Promise<void> {
  if (tools === 'adduser') {
    await context.must(['deluser', '--quiet', name]);
    return;
  }
  await context.must(['userdel', name]);
  await context.host.remove(crontabOf(name, tools));
  // useradd makes an empty one.
  const mail = `/var/spool/mail/${name}`;
  if ((await context.host.stat(mail))?.size === 0) await context.host.remove(mail);
}

export const removeGroup = (name: string, tools: AccountTools): string[] =>
  tools === 'adduser' ? ['delgroup', '--quiet', '--only-if-empty', name] : ['groupdel', name];

export const crontabOf = (name: string, tools: AccountTools): string =>
  tools === 'adduser' ? `/var/spool/cron/crontabs/${name}` : `/var/spool/cron/${name}`;
