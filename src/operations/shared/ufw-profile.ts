/** What a guide may let in: a port, or a profile of ufw, which stands for some. */
import type { Context } from '../verbs.ts';
import type { Wanted } from './ufw-rules.ts';

/** `443`, `443/tcp`, or the name of a profile, whose ports ufw knows. Nothing of both: it is neither. */
export function wantedOf(allow: string): Wanted {
  const [, port, protocol = 'any'] = /^([1-9]\d{0,4})(?:\/(tcp|udp))?$/.exec(allow) ?? [];
  if (port !== undefined && isPort(port)) return { profile: '', ports: [{ protocol, port }] };
  const isProfile = port === undefined && allow !== 'all' && /^[A-Za-z][\w .+-]{0,63}$/.test(allow);
  return { profile: isProfile ? allow : '', ports: [] };
}

const isPort = (port: string): boolean => Number(port) <= 65_535;

/** No ports: ufw knows no profile of that name. */
export async function profilePorts(profile: string, { host }: Context): Promise<Wanted> {
  const { stdout } = await host.look(['ufw', 'app', 'info', profile]);
  const [, listed = ''] = /^Ports?:\n((?: {2}\S+\n?)+)/m.exec(stdout) ?? [];
  const ports = listed.split('\n').flatMap((line) => {
    const [, port, protocol = 'any'] = /^ {2}([\d,:]+)(?:\/(tcp|udp))?$/.exec(line) ?? [];
    return port === undefined ? [] : [{ protocol, port }];
  });
  return { profile, ports };
}
