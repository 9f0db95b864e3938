/** The policies of the kernel's own chains, which ufw takes over and leaves at ACCEPT. */
import type { Context } from '../verbs.ts';
import { programs, rulesIn } from './firewalls.ts';

/** One that closes what no rule lets through. */
export type Policy = {
  /** `iptables --policy INPUT DROP`. */
  readonly command: string;
  /** Fingerprint of the rules of others in that chain. */
  readonly rules: string;
};
export type Policies = readonly Policy[];

export async function closingPolicies(context: Context): Promise<Policies> {
  const all = programs.map(async (program) => {
    const { stdout } = await context.host.look([program, '--list-rules']);
    const chains = [...stdout.matchAll(/^-P (INPUT|FORWARD|OUTPUT) DROP$/gm)].map(([, chain = '']) => chain);
    return chains.map((chain) => {
      const rules = context.fingerprint(rulesIn(stdout, chain).join('\n'));
      return { command: `${program} --policy ${chain} DROP`, rules };
    });
  });
  return (await Promise.all(all)).flat();
}

/** Those of a chain whose rules have changed since: what let people in may be gone. */
export async function unsafePolicies(policies: Policies, context: Context): Promise<Policies> {
  const now: Policy[] = [];
  for (const policy of policies) {
    const [program = '', , chain = ''] = policy.command.split(' ');
    const { stdout } = await context.host.look([program, '--list-rules']);
    const rules = context.fingerprint(rulesIn(stdout, chain).join('\n'));
    if (chain !== 'FORWARD' && rules !== policy.rules) now.push(policy);
  }
  return now;
}
