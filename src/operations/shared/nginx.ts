/** nginx of Debian. It says that it has read a configuration, and goes on with the former one where a port is held. */
import type { Host } from '../../host/types.ts';
import type { Context } from '../verbs.ts';
import { commandFailed } from './failed.ts';

export const etc = '/etc/nginx';
export const testCommand = ['nginx', '-t'];
export const reloadCommand = ['systemctl', 'reload', 'nginx'];

const errorLog = '/var/log/nginx/error.log';
/** Milliseconds. nginx tries for 2.5 s to get a port. */
const patience = 15_000;
const interval = 200;

export const isInstalled = async (host: Host): Promise<boolean> =>
  (await host.stat('/usr/sbin/nginx')) !== undefined;

/**
 * Until nobody is answered by the former configuration any more. One that does not run will read its configuration when
 * it starts. Throws with its own words unless it has read it.
 */
export async function reload(context: Context): Promise<void> {
  const { host } = context;
  if ((await host.look(['systemctl', 'is-active', '--quiet', 'nginx'])).code !== 0) return;
  const former = await workers(host);
  const logged = (await host.stat(errorLog))?.size ?? 0;
  const ran = await context.must(reloadCommand);
  if (!former) return;
  let isRead = false;
  for (let waited = 0; waited < patience; waited += interval) {
    const now = await workers(host);
    isRead = !now || now.some((pid) => !former.includes(pid));
    if (isRead && !(await oneAccepts(former, host))) return;
    await host.sleep(interval);
  }
  if (isRead) return;
  const said = await errorsSince(logged, host);
  for (const line of said) context.say(line);
  throw commandFailed(reloadCommand, { ...ran, stderr: said[0] ?? '' }, context);
}

/** A configuration that was read has workers of its own. Nothing where the kernel does not tell. */
async function workers(host: Host): Promise<string[] | undefined> {
  const shown = await host.look(['systemctl', 'show', '--property=MainPID', '--value', 'nginx']);
  const pid = shown.stdout.trim();
  const children = await host.read(`/proc/${pid}/task/${pid}/children`);
  return children?.toString().split(' ').filter(Boolean);
}

/** A worker that has been told to go says so in its title; until then it may be given a connection. */
async function oneAccepts(pids: readonly string[], host: Host): Promise<boolean> {
  const titles = await Promise.all(pids.map((pid) => host.read(`/proc/${pid}/cmdline`)));
  return titles.some((title) => title?.includes('worker') && !title.includes('shutting'));
}

async function errorsSince(size: number, host: Host): Promise<string[]> {
  const { stdout } = await host.look(['tail', `--bytes=+${size + 1}`, errorLog]);
  return stdout.split('\n').filter((line) => line.includes('[emerg]'));
}
