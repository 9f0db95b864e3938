/** Other firewalls on this machine, in words: what they do to ufw, or it to them. */
import type { Text } from '../../guide/types.ts';
import type { Host } from '../../host/types.ts';
import * as texts from '../../i18n/texts/firewall.ts';

/** One that manages the whole firewall itself: beside it, ufw is not switched on. */
export async function rivalTo(host: Host): Promise<string | undefined> {
  return (await isActive('firewalld.service', host)) ? 'firewalld' : undefined;
}

async function isActive(unit: string, host: Host): Promise<boolean> {
  const argv = ['systemctl', 'show', '--property=ActiveState', '--value', unit];
  return (await host.look(argv)).stdout.trim() === 'active';
}

/** What is there beside ufw and stays in force. */
export async function neighbours(host: Host): Promise<Text[]> {
  const rules = await rulesOfOthers(host);
  const isDocker = (line: string) => /\bDOCKER/.test(line);
  const others = rules.filter((line) => !isDocker(line)).length;
  return [
    ...((await hasTables(host)) ? [texts.nftablesToo] : []),
    ...(rules.some(isDocker) ? [texts.dockerPasses] : []),
    ...(others > 0 ? [texts.otherRules(others)] : []),
  ];
}

export const programs = ['iptables', 'ip6tables'] as const;

async function rulesOfOthers(host: Host): Promise<string[]> {
  const all = await Promise.all(programs.map((program) => host.look([program, '--list-rules'])));
  return all.flatMap(({ stdout }) =>
    ['INPUT', 'FORWARD', 'OUTPUT'].flatMap((chain) => rulesIn(stdout, chain)),
  );
}

/** Of others than ufw, in a chain that it puts its own into. */
export const rulesIn = (listed: string, chain: string): string[] =>
  listed.split('\n').filter((line) => line.startsWith(`-A ${chain} `) && !/ -j ufw6?-/.test(line));

/** Those of iptables apart. */
async function hasTables(host: Host): Promise<boolean> {
  if (!(await isActive('nftables.service', host))) return false;
  const { stdout } = await host.look(['nft', 'list', 'tables']);
  return /^table (?!ip6? (?:filter|nat|mangle|raw|security)$)/m.test(stdout);
}
