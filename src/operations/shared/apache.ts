/** Debian's Apache: its configuration is tested before it is told to read it. */
import type { Host } from '../../host/types.ts';
import type { Context } from '../verbs.ts';

export const etc = '/etc/apache2';
const state = '/var/lib/apache2';

export const isInstalled = async (host: Host): Promise<boolean> =>
  (await host.stat('/usr/sbin/apache2ctl')) !== undefined;

/** Throws with Apache's own words if the configuration is wrong. */
export async function mustBeValid(context: Context): Promise<void> {
  await context.must(['apache2ctl', 'configtest']);
}

export async function isValid(context: Context): Promise<boolean> {
  return (await context.run(['apache2ctl', 'configtest'])).code === 0;
}

/** An Apache that does not run will read its configuration when it starts. */
export async function reload(context: Context): Promise<void> {
  const running = await context.host.look(['systemctl', 'is-active', '--quiet', 'apache2']);
  if (running.code === 0) await context.must(['systemctl', 'reload-or-restart', 'apache2']);
}

export type Part = 'module' | 'site';

/** Where a2enmod and a2ensite remember who asked for what, in empty files. */
const memories = ['enabled_by_admin', 'disabled_by_admin', 'enabled_by_maint', 'disabled_by_maint'];

/** What they remember of a module or site: files, and the folders that are there. */
export async function readMemory(part: Part, name: string, host: Host): Promise<string[]> {
  const paths = memories.flatMap((memory) => [
    `${state}/${part}/${memory}`,
    `${state}/${part}/${memory}/${name}`,
  ]);
  const found = await Promise.all(paths.map(async (path) => ((await host.stat(path)) ? [path] : [])));
  return found.flat();
}

export async function restoreMemory(
  part: Part,
  name: string,
  before: readonly string[],
  { host }: Context,
): Promise<void> {
  for (const memory of memories) {
    const folder = `${state}/${part}/${memory}`;
    const path = `${folder}/${name}`;
    if (!before.includes(path)) await host.remove(path);
    else if (!(await host.stat(path))) await host.write(path, '', { mode: '0644' });
    if (!before.includes(folder)) await host.rmdir(folder);
  }
}
