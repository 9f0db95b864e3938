/** What cloud-init does at each boot of a machine that it looks after. */
import type { Context } from '../verbs.ts';

const folder = '/etc/cloud';
/** What the cloud gave this machine: read last. */
const given = '/var/lib/cloud/instance/cloud-config.txt';

/** The file by which cloud-init writes /etc/hosts anew at each boot; nothing if it does not. */
export async function managedHosts({ host }: Context): Promise<string | undefined> {
  if (await host.stat(`${folder}/cloud-init.disabled`)) return undefined;
  const names = (await host.list(`${folder}/cloud.cfg.d`)).filter((name) => name.endsWith('.cfg'));
  const paths = [`${folder}/cloud.cfg`, ...names.map((name) => `${folder}/cloud.cfg.d/${name}`), given];
  let managing: string | undefined;
  for (const path of paths) {
    // Who only asks for the plan may not be allowed to read all of them.
    const text = (await host.read(path).catch(() => undefined))?.toString() ?? '';
    const value = /^manage_etc_hosts:[ \t]*["']?(\w+)/m.exec(text)?.[1]?.toLowerCase();
    if (value !== undefined) managing = /^(true|yes|on|1|template)$/.test(value) ? path : undefined;
  }
  return managing;
}
