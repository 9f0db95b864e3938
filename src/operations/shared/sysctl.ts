/** Settings of the kernel that a file of a firewall sets when it starts, and that nothing sets back. */
import type { Host } from '../../host/types.ts';
import type { Context } from '../verbs.ts';

/** Values by the path under /proc/sys. */
export type Settings = Readonly<Record<string, string>>;

/** Of those that the file sets to another value, what they are now; in the order of the file. */
export async function settingsBefore(file: string, host: Host): Promise<Settings> {
  const before: [string, string][] = [];
  for (const [name, value] of Object.entries(await settingsIn(file, host))) {
    const now = await settingNow(name, host);
    if (now !== undefined && now !== value) before.push([name, now]);
  }
  return Object.fromEntries(before);
}

async function settingsIn(file: string, host: Host): Promise<Settings> {
  const text = ((await host.read(file)) ?? '').toString();
  const lines = [...text.matchAll(/^[ \t]*-?([\w/.*-]+)[ \t]*=[ \t]*(.*?)[ \t]*$/gm)];
  return Object.fromEntries(
    lines.map(([, name = '', value = '']) => [name.includes('/') ? name : name.replaceAll('.', '/'), value]),
  );
}

async function settingNow(name: string, host: Host): Promise<string | undefined> {
  if (name.split('/').includes('..')) return undefined;
  const bytes = await host.read(`/proc/sys/${name}`).catch(() => undefined);
  return bytes?.toString().trim();
}

/** Only what is still as the file sets it. */
export async function restoreSettings(file: string, before: Settings, context: Context): Promise<void> {
  const set = await settingsIn(file, context.host);
  for (const [name, value] of Object.entries(before)) {
    const now = await settingNow(name, context.host);
    if (now === set[name] && now !== value)
      await context.must(['sysctl', '--quiet', '--write', `${name}=${value}`]);
  }
}
