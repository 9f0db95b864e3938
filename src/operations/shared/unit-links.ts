/** The symbolic links that enable a unit of systemd. */
import { dirname } from 'node:path';
import type { Host } from '../../host/types.ts';
import type { Context } from '../verbs.ts';

/** Path and target. */
export type Links = Readonly<Record<string, string>>;

/** Those in /etc/systemd/system. */
export async function unitLinks(host: Host, unit: string): Promise<Links> {
  const matches = ['(', '-name', unit, '-o', '-lname', `*/${unit}`, ')'];
  const ran = await host.look([
    'find',
    '/etc/systemd/system',
    '-type',
    'l',
    ...matches,
    '-printf',
    '%p\\t%l\\n',
  ]);
  const lines = ran.stdout.split('\n').filter(Boolean);
  return Object.fromEntries(lines.map((line) => line.split('\t') as [string, string]));
}

/** Exactly the links that were there; folders that held only ours go with them. */
export async function restoreLinks(unit: string, before: Links, { host }: Context): Promise<void> {
  const now = await unitLinks(host, unit);
  for (const path of Object.keys(now)) {
    if (before[path] === now[path]) continue;
    await host.remove(path);
    const folder = dirname(path);
    if (/\.(wants|requires|upholds)$/.test(folder)) await host.rmdir(folder);
  }
  for (const [path, target] of Object.entries(before)) {
    if (now[path] === target) continue;
    const folder = dirname(path);
    if (!(await host.stat(folder))) await host.mkdir(folder, { mode: '0755' });
    await host.link(path, target);
  }
}
