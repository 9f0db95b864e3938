/** The rules of ufw as its files keep them, and what they let in: the first that fits decides. Pure. */
import { BlockList, isIP } from 'node:net';

export type Family = 'v4' | 'v6';

export const anywhere: Readonly<Record<Family, string>> = { v4: '0.0.0.0/0', v6: '::/0' };

/** One rule of one family, in the words of its file: `any` where it does not say. */
export interface Rule {
  /** `allow`, `limit`, `deny`, `reject`. */
  readonly action: string;
  /** Whether it logs: empty, `log`, `log-all`. */
  readonly log: string;
  readonly protocol: string;
  /** `80`, `80,443`, `4000:4010`. */
  readonly port: string;
  readonly to: string;
  readonly fromPort: string;
  readonly from: string;
  /** Of the profile that it names instead of ports; empty where it names none. */
  readonly profile: string;
  readonly direction: 'in' | 'out' | 'route';
  readonly interface: string;
  /** Hexadecimal. */
  readonly comment: string;
  /** Tells it from others. */
  readonly text: string;
  /** What iptables is told, from `-A` on. */
  readonly lines: readonly string[];
}

const marker = '### tuple ###';

/** In the order in which they are looked at. */
export function parseRules(text: string): Rule[] {
  const [, ...parts] = text.split(marker);
  return parts.flatMap((part) => {
    const [head = '', ...rest] = part.split('\n');
    const end = rest.findIndex((line) => line.trim() === '');
    const lines = rest.slice(0, end < 0 ? rest.length : end).filter((line) => line.startsWith('-A '));
    return parseRule(head.trim(), lines);
  });
}

function parseRule(text: string, lines: readonly string[]): Rule[] {
  const [tuple = '', comment = ''] = text.split(' comment=');
  const words = tuple.split(/\s+/);
  const [acts = '', protocol = '', port = '', to = '', fromPort = '', from = '', ...more] = words;
  if (words.length < 6 || words.length > 9) return [];
  const [, way = '', action = '', log = ''] = /^(route:)?(\w+?)(?:_(log(?:-all)?))?$/.exec(acts) ?? [];
  const place = more.length % 2 === 1 ? (more.at(-1) ?? '') : 'in';
  const [direction = '', ...interfaces] = place.split('_');
  const profile = more.length > 1 && more[0] !== '-' ? (more[0] ?? '').replaceAll('%20', ' ') : '';
  return [
    {
      ...{ action, log, protocol, port, to, fromPort, from, profile, comment, text, lines },
      direction: way ? 'route' : direction === 'out' ? 'out' : 'in',
      interface: interfaces.join('_'),
    },
  ];
}

/** ufw writes its files over themselves: stopped in between, it leaves a part. */
export const isWhole = (text: string): boolean => text.trimEnd().endsWith('\nCOMMIT');

/** What comes in. What is not said may be anything. */
export interface Traffic {
  readonly protocol: string;
  readonly port: number;
  readonly from?: string;
  readonly to?: string;
  readonly interface?: string;
}

export const letsIn = ({ action }: Rule): boolean => action === 'allow' || action === 'limit';

/** The rule that decides on it; nothing: the policy for all the rest does. */
export const decidingOn = (rules: readonly Rule[], traffic: Traffic): Rule | undefined =>
  rules.find((rule) => isAbout(rule, traffic));

function isAbout(rule: Rule, traffic: Traffic): boolean {
  return (
    speaksOf(rule, traffic) &&
    (rule.interface === '' || rule.interface === traffic.interface) &&
    isWithin(traffic.from, rule.from) &&
    isWithin(traffic.to, rule.to)
  );
}

/** Of that port, from wherever. */
export function speaksOf(rule: Rule, { protocol, port }: Traffic): boolean {
  const isMeant = rule.direction === 'in' && rule.fromPort === 'any';
  return isMeant && ['any', protocol].includes(rule.protocol) && hasPort(rule.port, port);
}

function hasPort(ports: string, port: number): boolean {
  if (ports === 'any') return true;
  return portRanges(ports).some(([first, last]) => first <= port && port <= last);
}

/** `80,4000:4010`. */
export function portRanges(ports: string): [first: number, last: number][] {
  return ports.split(',').map((one) => {
    const [first = '', last = first] = one.split(':');
    return [Number(first), Number(last)];
  });
}

const isAnywhere = (net: string): boolean => Object.values(anywhere).includes(net) || net === 'any';

/** An address that is not known is in no net but that of all. */
function isWithin(address: string | undefined, net: string): boolean {
  if (isAnywhere(net)) return true;
  const [base = '', length] = net.split('/');
  const family = isIP(base) === 6 ? 'ipv6' : 'ipv4';
  const bits = length === undefined ? (family === 'ipv6' ? 128 : 32) : Number(length);
  if (address === undefined || isIP(address) === 0 || isIP(base) === 0 || Number.isNaN(bits)) return false;
  const list = new BlockList();
  list.addSubnet(base, bits, family);
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** What an operation lets in: ports, or a profile with the ports that it stands for. */
export interface Wanted {
  readonly profile: string;
  readonly ports: readonly { readonly protocol: string; readonly port: string }[];
}

/** The rules that are exactly it, from anywhere, in whatever words they were given. */
export const ownRules = (rules: readonly Rule[], { profile, ports }: Wanted): Rule[] =>
  rules.filter(
    (rule) =>
      letsIn(rule) &&
      [rule.direction, rule.interface, rule.fromPort].join() === 'in,,any' &&
      isAnywhere(rule.from) &&
      isAnywhere(rule.to) &&
      rule.profile === profile &&
      (profile !== '' || ports.some((one) => one.protocol === rule.protocol && one.port === rule.port)),
  );

/** Each port of it, by each protocol. */
export const trafficOf = ({ ports }: Wanted): Traffic[] =>
  ports.flatMap(({ protocol, port }) =>
    portRanges(port).flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, index) => first + index).flatMap((one) =>
        (protocol === 'any' ? ['tcp', 'udp'] : [protocol]).map((by) => ({ protocol: by, port: one })),
      ),
    ),
  );

/** As a person would write it: `deny 443/tcp from 10.0.0.0/8`. */
export function ruleText({ action, profile, port, protocol, from, to, interface: by }: Rule): string {
  const suffix = protocol === 'any' ? '' : `/${protocol}`;
  return [
    action,
    profile || `${port === 'any' ? '' : port}${suffix}`,
    ...(by ? [`on ${by}`] : []),
    ...(isAnywhere(from) ? [] : [`from ${from}`]),
    ...(isAnywhere(to) ? [] : [`to ${to}`]),
  ]
    .filter(Boolean)
    .join(' ');
}
