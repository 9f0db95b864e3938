/** The clock, name servers and proxies as they are set. Nothing is sent anywhere. */
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { DoctorWords } from '../../i18n/doctor.ts';
import type { Here } from '../here.ts';
import { about, type Finding, type Look } from './finding.ts';

const network = about('network');

export const lookAtNetwork: Look = async (at, say) => [
  await clock(at, say),
  await nameServers(at, say),
  ...proxies(say),
];

async function clock({ host, lang }: Here, say: DoctorWords): Promise<Finding> {
  const now = host.now();
  const format = new Intl.DateTimeFormat(lang === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'long',
  });
  const shown = format.format(now);
  const { mtimeMs } = await stat(fileURLToPath(import.meta.url));
  if (now.getTime() < mtimeMs) return network.know('clock', say.clockWrong(shown));
  const argv = ['timedatectl', 'show', '--property=NTPSynchronized', '--value'];
  const { stdout } = await host.look(argv, { timeout: 500 });
  return stdout.trim() === 'yes'
    ? network.good('clock', say.clockGood(shown))
    : network.know('clock', say.clockFree(shown));
}

async function nameServers({ host }: Here, say: DoctorWords): Promise<Finding> {
  const text = (await host.read('/etc/resolv.conf').catch(() => undefined))?.toString() ?? '';
  const servers = [...text.matchAll(/^\s*nameserver\s+(\S+)/gm)].map(([, server]) => server);
  return servers.length > 0
    ? network.good('names', say.names(servers.join(', ')))
    : network.know('names', say.noNames());
}

function proxies(say: DoctorWords): Finding[] {
  const set = Object.entries(process.env).filter(([name]) => /^(https?|no|all)_proxy$/i.test(name));
  if (set.length === 0) return [network.good('proxy', say.noProxy())];
  return set.map(([name, value = '']) => network.good('proxy', say.proxy(name, withoutPassword(value))));
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//•••@');
}
