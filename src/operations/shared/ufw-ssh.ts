/** Which ports of SSH have to be let in before ufw is on, and who would be cut off all the same. Pure. */
import { isIPv6 } from 'node:net';
import type { Session, Ssh } from './sshd.ts';
import type { Ufw } from './ufw.ts';
import { decidingOn, type Family, letsIn, type Rule, ruleText, speaksOf, type Traffic } from './ufw-rules.ts';

export interface SshAccess {
  /** On which SSH comes in. */
  readonly ports: readonly number[];
  /** Ports about which ufw has no rule. */
  readonly toAllow: readonly number[];
  readonly cutOff: CutOff | undefined;
}

/** A session that what somebody has decided would shut out. */
export interface CutOff {
  readonly from: string;
  readonly port: number;
  /** The rule that closes it, or that lets others in only; nothing: ufw drops its whole family of addresses. */
  readonly rule: string | undefined;
}

/** A rule that lets some in is somebody's decision: it is not made one for all. */
export function sshAccess(ssh: Ssh, ufw: Ufw | undefined): SshAccess {
  const { ports } = ssh;
  if (!ufw) return { ports, toAllow: ports, cutOff: undefined };
  const all = ports.map((port) => ({ port, access: accessTo(port, ssh, ufw) }));
  return {
    ports,
    toAllow: all.flatMap(({ port, access }) => (access === 'to-allow' ? [port] : [])),
    cutOff: all.flatMap(({ access }) => (typeof access === 'object' ? [access] : []))[0],
  };
}

const onPort = (port: number): Traffic => ({ protocol: 'tcp', port });

function accessTo(port: number, ssh: Ssh, ufw: Ufw): 'open' | 'to-allow' | CutOff {
  const sessions = ssh.sessions.filter((session) => session.port === port);
  for (const session of sessions) {
    const rule = ruleFor(session, ufw);
    if (rule === 'dropped') return { ...endOf(session), rule: undefined };
    if (rule && !letsIn(rule)) return { ...endOf(session), rule: ruleText(rule) };
  }
  const forAll = ufw.families.map((family) => decidingOn(ufw.rules[family], onPort(port)));
  if (forAll.every((rule) => rule && letsIn(rule))) return 'open';
  const decided = forAll.find((rule) => rule && !letsIn(rule)) ?? ruleForSome(port, ufw);
  if (!decided) return 'to-allow';
  const isStrange = (session: Session) => ruleFor(session, ufw) === undefined;
  const left = ufw.setting('DEFAULT_INPUT_POLICY') === 'ACCEPT' ? undefined : sessions.find(isStrange);
  return left ? { ...endOf(left), rule: ruleText(decided) } : 'open';
}

const endOf = ({ from, port }: Session): Pick<CutOff, 'from' | 'port'> => ({ from, port });

function ruleFor({ port, from, to, interface: by }: Session, ufw: Ufw): Rule | 'dropped' | undefined {
  const family: Family = isIPv6(from) ? 'v6' : 'v4';
  if (!ufw.families.includes(family)) return 'dropped';
  return decidingOn(ufw.rules[family], { ...onPort(port), from, to, interface: by });
}

function ruleForSome(port: number, { families, rules }: Ufw): Rule | undefined {
  return families
    .flatMap((family) => rules[family])
    .find((rule) => letsIn(rule) && speaksOf(rule, onPort(port)) && !decidingOn([rule], onPort(port)));
}
