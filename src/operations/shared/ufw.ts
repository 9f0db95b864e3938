/** What ufw's files say, what of it the kernel has, and how its rules come and go. */
import type { Host, Ran } from '../../host/types.ts';
import { type Context, Failure } from '../verbs.ts';
import { makeDurable } from './durable.ts';
import { commandFailed } from './failed.ts';
import { captureFormer, type Former } from './former.ts';
import { peek } from './peek.ts';
import {
  anywhere,
  type Family,
  isWhole,
  ownRules,
  parseRules,
  type Rule,
  ruleText,
  type Wanted,
} from './ufw-rules.ts';

export const etc = '/etc/ufw';
export const conf = `${etc}/ufw.conf`;
export const defaults = '/etc/default/ufw';
export const rulesFile: Readonly<Record<Family, string>> = {
  v4: `${etc}/user.rules`,
  v6: `${etc}/user6.rules`,
};
const iptables: Readonly<Record<Family, string>> = { v4: 'iptables', v6: 'ip6tables' };
const chain: Readonly<Record<Family, string>> = { v4: 'ufw-user-input', v6: 'ufw6-user-input' };

export interface Ufw {
  /** Those that it has rules for. */
  readonly families: readonly Family[];
  readonly rules: Readonly<Record<Family, readonly Rule[]>>;
  /** It is to be on whenever the machine starts. */
  readonly enabled: boolean;
  /** The kernel has its rules. */
  readonly running: boolean;
  /** Of ufw.conf and of /etc/default/ufw. */
  readonly setting: (name: string) => string;
}

/** Nothing where ufw is not installed. */
export async function readUfw(host: Host): Promise<Ufw | undefined> {
  const read = async (path: string) => (await peek(path, () => host.read(path)))?.toString();
  const texts = [await read(defaults), await read(conf)];
  const [v4, v6] = [await read(rulesFile.v4), await read(rulesFile.v6)];
  if (texts.includes(undefined) || v4 === undefined) return undefined;
  const setting = (name: string) => settingIn(texts.join('\n'), name);
  const hasSixth = isYes(setting('IPV6')) && (await host.stat('/proc/sys/net/ipv6')) !== undefined;
  return {
    families: hasSixth ? ['v4', 'v6'] : ['v4'],
    rules: { v4: parseRules(v4), v6: parseRules(v6 ?? '') },
    enabled: isYes(setting('ENABLED')),
    running: await isRunning(host),
    setting,
  };
}

function settingIn(text: string, name: string): string {
  const lines = [...text.matchAll(new RegExp(`^${name}=["']?([^"'\n]*)`, 'gm'))];
  return lines.at(-1)?.[1]?.trim() ?? '';
}

export const isYes = (value: string): boolean => value.toLowerCase() === 'yes';

export async function isRunning(host: Host): Promise<boolean> {
  return (await host.look([iptables.v4, '--list-rules', chain.v4])).code === 0;
}

/**
 * Whether the kernel accepts by each of these lines of a rule, of which a word in single quotes keeps them. How it limits,
 * only ufw knows.
 */
export async function isLoaded(host: Host, family: Family, lines: readonly string[]): Promise<boolean> {
  for (const line of lines.filter((one) => / -j ACCEPT\b/.test(one))) {
    const [, ...words] = line.match(/"[^"]*"|\S+/g) ?? [];
    const argv = [iptables[family], '--check', ...words.map((word) => word.replace(/^"(.*)"$/, '$1'))];
    if ((await host.look(argv)).code !== 0) return false;
  }
  return true;
}

/** What `ufw allow 443/tcp` gives the kernel, whatever its file says by now. */
export const plainLines = (family: Family, { ports }: Wanted): string[] =>
  ports.flatMap(({ protocol, port }) =>
    (protocol === 'any' ? ['tcp', 'udp'] : [protocol]).map(
      (by) => `-A ${chain[family]} -p ${by} --dport ${port} -j ACCEPT`,
    ),
  );

/** It takes a second. Longer: another ufw waits for an answer at somebody's terminal. */
const patience = 60_000;

/** Its code and its words prove nothing: whoever calls this looks afterwards. */
export async function runUfw(args: readonly string[], context: Context): Promise<Ran> {
  const argv = ['ufw', ...args];
  const ran = await context.run(argv, { timeout: patience });
  if (ran.code !== 0) throw commandFailed(argv, ran, context);
  await makeDurable(etc, context);
  return ran;
}

/** The rules as they were, and what else their files depend on. */
export type RulesBefore = {
  readonly v4: Former;
  readonly v6: Former;
  readonly settings: string;
};

export async function captureRules(context: Context): Promise<RulesBefore> {
  const former = async (family: Family) => {
    const path = rulesFile[family];
    return captureFormer(path, await context.host.stat(path), await context.host.read(path), context);
  };
  return { v4: await former('v4'), v6: await former('v6'), settings: await settingsPrint(context) };
}

async function settingsPrint({ host, fingerprint }: Context): Promise<string> {
  const texts = [await host.read(defaults), await host.read(conf)];
  return fingerprint(Buffer.concat(texts.map((text) => text ?? Buffer.alloc(0))));
}

async function textBefore(before: Former, context: Context): Promise<string> {
  return before && 'bytes' in before ? (await context.kept(before.bytes)).toString('latin1') : '';
}

/**
 * Of these rules, those that there were: the others go, the missing ones come back to their places. Then the files have
 * their bytes again, if nothing else in them has changed.
 */
export async function restoreRules(
  all: readonly Wanted[],
  before: RulesBefore,
  context: Context,
): Promise<void> {
  const { host } = context;
  for (const family of ['v4', 'v6'] as const) {
    const path = rulesFile[family];
    const now = (await host.read(path))?.toString('latin1');
    if (now === undefined) continue;
    const former = await textBefore(before[family], context);
    if (!isWhole(now)) await putBack(path, before[family], context);
    for (const wanted of all) await restoreOwn(wanted, family, parseRules(former), context);
    await restoreForm(family, former, before, context);
  }
}

async function putBack(path: string, former: Former, context: Context): Promise<void> {
  if (former && 'bytes' in former) {
    const { bytes, mode, owner } = former;
    await context.host.write(path, await context.kept(bytes), { mode, owner });
  }
}

async function restoreOwn(
  wanted: Wanted,
  family: Family,
  former: readonly Rule[],
  context: Context,
): Promise<void> {
  const then = ownRules(former, wanted);
  const isThen = ({ text }: Rule) => then.some((one) => one.text === text);
  for (;;) {
    const extra = ownRules(await rulesNow(family, context), wanted).find((rule) => !isThen(rule));
    if (!extra) break;
    await takeOut(extra, family, context);
  }
  for (const rule of then) {
    const there = await rulesNow(family, context);
    if (!there.some(({ text }) => text === rule.text)) await putIn(rule, family, former, context);
  }
}

async function rulesNow(family: Family, { host }: Context): Promise<Rule[]> {
  return parseRules((await host.read(rulesFile[family]))?.toString('latin1') ?? '');
}

/** `22/tcp`: what rules with that comment let in. */
export async function rulesWithComment(comment: string, context: Context): Promise<string[]> {
  const hex = Buffer.from(comment).toString('hex');
  const rules = [...(await rulesNow('v4', context)), ...(await rulesNow('v6', context))];
  const ours = rules.filter((rule) => rule.comment === hex);
  return [...new Set(ours.map(({ port, protocol }) => `${port}/${protocol}`))];
}

/** All rules of a profile go by its name. */
export async function takeOut(rule: Rule, family: Family, context: Context): Promise<void> {
  const args = ['delete', rule.action, ...placeOf(rule, family)];
  const ran = await runUfw(args, context);
  const isSame = (one: Rule) =>
    rule.profile === ''
      ? one.text === rule.text
      : one.profile === rule.profile && ruleText(one) === ruleText(rule);
  if ((await rulesNow(family, context)).some(isSame)) throw commandFailed(['ufw', ...args], ran, context);
}

/** After the rule that was before it and is still there. */
async function putIn(rule: Rule, family: Family, former: readonly Rule[], context: Context): Promise<void> {
  const now = await rulesNow(family, context);
  const above = former.slice(
    0,
    former.findIndex(({ text }) => text === rule.text),
  );
  const at = now.findLastIndex(({ text }) => above.some((one) => one.text === text)) + 1;
  // Numbers of the sixth version go on after those of the fourth; no number leads to the end.
  const skipped = family === 'v6' ? (await rulesNow('v4', context)).length : 0;
  const args = [
    ...(at < now.length ? ['insert', String(skipped + at + 1)] : []),
    rule.action,
    ...(rule.log ? [rule.log] : []),
    ...placeOf(rule, family),
    ...(rule.comment ? ['comment', Buffer.from(rule.comment, 'hex').toString()] : []),
  ];
  const ran = await runUfw(args, context);
  if (!(await rulesNow(family, context)).some(({ text }) => text === rule.text))
    throw commandFailed(['ufw', ...args], ran, context);
}

/** Only the one family, as an address says. */
function placeOf({ protocol, port, profile }: Rule, family: Family): string[] {
  if (profile !== '') return ['to', anywhere[family], 'app', profile];
  return [...(protocol === 'any' ? [] : ['proto', protocol]), 'to', anywhere[family], 'port', port];
}

/** ufw writes a file anew at each change: the same rules need not be the same bytes. */
async function restoreForm(
  family: Family,
  former: string,
  before: RulesBefore,
  context: Context,
): Promise<void> {
  const path = rulesFile[family];
  const now = (await context.host.read(path))?.toString('latin1') ?? '';
  const rulesIn = (text: string) => parseRules(text).map((rule) => rule.text);
  const isSame = rulesIn(now).join('\n') === rulesIn(former).join('\n');
  if (now === former || !isSame || (await settingsPrint(context)) !== before.settings) return;
  await putBack(path, before[family], context);
}

export const notInstalled = (): Failure => new Failure('no-program', { program: 'ufw' });
