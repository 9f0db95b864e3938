/** Whether the login manager ends this process when its person logs out. */
import { userInfo } from 'node:os';
import type { Host } from '../host/types.ts';

const manager = ['org.freedesktop.login1', '/org/freedesktop/login1', 'org.freedesktop.login1.Manager'];

/** It does where it kills what a session leaves, and this process is in one. Lingering does not change that. */
export async function endsAtLogout(host: Host): Promise<boolean> {
  const groups = ((await host.read('/proc/self/cgroup')) ?? '').toString();
  if (!/\/session-[^/]+\.scope/.test(groups)) return false;
  const asked = ['KillUserProcesses', 'KillExcludeUsers', 'KillOnlyUsers'];
  const { code, stdout } = await host.look(['busctl', 'get-property', ...manager, ...asked], {
    timeout: 500,
  });
  const [kills, excluded = '', only = ''] = stdout.split('\n');
  const { username } = userInfo();
  const isNamed = (list: string) => list.includes(`"${username}"`);
  return code === 0 && kills === 'b true' && !isNamed(excluded) && (/^as 0/.test(only) || isNamed(only));
}

/** Whether the user's own systemd stays when they log out: then it can keep an engine as root's does. */
export async function lingers(host: Host): Promise<boolean> {
  return (await host.stat(`/var/lib/systemd/linger/${userInfo().username}`)) !== undefined;
}
