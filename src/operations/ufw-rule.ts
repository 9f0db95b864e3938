/**
 * A rule of ufw that lets a port or a profile in from anywhere, or that there is none such, whether ufw is on or off.
 *
 * 1. Another rule that lets the same in counts, in whatever words. One that closes it is somebody's decision: refused.
 * 2. Whether it is done, ufw's files say, both families, and where ufw is on the kernel.
 * 3. `undo` takes out only rules that were not there, and puts those that were back to their places; where nothing else
 *    has changed the files have their bytes again. A file that ufw was stopped in the middle of comes back whole.
 *
 * Proven by test/operations/ufw-rule.test.ts and test/lab/ufw.test.ts.
 */
import * as texts from '../i18n/texts/firewall.ts';
import {
  captureRules,
  isLoaded,
  notInstalled,
  plainLines,
  type RulesBefore,
  readUfw,
  restoreRules,
  runUfw,
  takeOut,
  type Ufw,
} from './shared/ufw.ts';
import { profilePorts, wantedOf } from './shared/ufw-profile.ts';
import {
  decidingOn,
  type Family,
  letsIn,
  ownRules,
  type Rule,
  ruleText,
  trafficOf,
  type Wanted,
} from './shared/ufw-rules.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Undone,
  type Values,
  type Verbs,
} from './verbs.ts';

type UfwRule = Op<'ufw-rule'>;

export interface Seen {
  readonly allow: string;
  readonly wanted: Wanted;
  /** Nothing: it is not installed. */
  readonly ufw: Ufw | undefined;
  /** Whether the kernel says the same as the files. */
  readonly isLoaded: boolean;
}

const allowed = (op: UfwRule, values: Values): string => values.public(op.allow);
const isWanted = ({ present }: UfwRule): boolean => present !== false;

export const ufwRule: Verbs<UfwRule, Seen> = {
  keys: (op, values) => keysOf(allowed(op, values)),

  async inspect(op, context) {
    const { host, values } = context;
    const allow = allowed(op, values);
    const ufw = await readUfw(host);
    const named = wantedOf(allow);
    const wanted = ufw && named.profile ? await profilePorts(named.profile, context) : named;
    return { allow, wanted, ufw, isLoaded: !ufw?.running || (await isInKernel(op, wanted, ufw, context)) };
  },

  diff(op, seen): Difference {
    const { allow, wanted, ufw } = seen;
    if (wanted.profile === '' && wanted.ports.length === 0) throw refused(texts.notAPort(allow));
    const isDone = isWanted(op) ? isOpen(seen) : isClosed(seen);
    if (isDone && !seen.isLoaded) throw refused(texts.kernelDiffers(allow));
    if (isDone) return { change: 'none' };
    return {
      change: 'change',
      commands: isWanted(op) || !ufw ? [allowCommand(allow)] : deleteCommands(seen),
    };
  },

  mark: (_, { wanted, ufw }): Json => ({ rules: ufw ? ownTexts(wanted, ufw) : [] }),

  capture: (_op, _seen, context): Promise<Json> => captureRules(context),

  async apply(op, seen, context) {
    if (!seen.ufw) throw notInstalled();
    if (isWanted(op)) await runUfw(allowCommand(seen.allow).slice(1), context);
    else
      for (const family of ['v4', 'v6'] as const)
        for (const rule of ownRules(seen.ufw.rules[family], seen.wanted))
          await takeOut(rule, family, context);
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as RulesBefore;
    await restoreRules([wantedOf(allowed(op, context.values))], before, context);
    return {};
  },

  describe: (op, values) =>
    isWanted(op) ? texts.letIn(allowed(op, values)) : texts.letInNoMore(allowed(op, values)),

  // The file may be there and the kernel not have it, or one family of both.
  cutOff: 'undo-first',
};

/** A rule without a protocol is one for each. */
function keysOf(allow: string): string[] {
  const both = /^\d+$/.test(allow) ? [`ufw:${allow}/tcp`, `ufw:${allow}/udp`] : [];
  return [`ufw:${allow}`, ...both];
}

const allowCommand = (allow: string): string[] => ['ufw', 'allow', allow];

function deleteCommands({ allow, wanted, ufw }: Seen): string[][] {
  const actions = ufw?.families.flatMap((family) => ownRules(ufw.rules[family], wanted)) ?? [];
  return [...new Set(actions.map(({ action }) => action))].map((action) => ['ufw', 'delete', action, allow]);
}

const refused = (say: ReturnType<typeof texts.notAPort>): Failure =>
  new Failure('refused-existing', { what: 'ufw' }, { say });

/** Each port of it, each family. */
function deciding({ wanted, ufw }: Pick<Seen, 'wanted' | 'ufw'>, family: Family): (Rule | undefined)[] {
  return trafficOf(wanted).map((traffic) => decidingOn(ufw?.rules[family] ?? [], traffic));
}

function isOpen({ allow, wanted, ufw }: Seen): boolean {
  const rules = ufw?.families.flatMap((family) => deciding({ wanted, ufw }, family)) ?? [];
  const closing = rules.find((rule) => rule && !letsIn(rule));
  if (closing) throw refused(texts.closedByRule(allow, ruleText(closing)));
  if (wanted.profile !== '' && ufw && wanted.ports.length === 0)
    throw refused(texts.noProfile(wanted.profile));
  return rules.length > 0 && rules.every((rule) => rule !== undefined);
}

/** Without the rules that are exactly it, no other must let it in. */
function isClosed({ allow, wanted, ufw }: Seen): boolean {
  if (!ufw) return true;
  let isThere = false;
  for (const family of ufw.families) {
    const own = ownRules(ufw.rules[family], wanted);
    const rules = { ...ufw.rules, [family]: ufw.rules[family].filter((rule) => !own.includes(rule)) };
    const other = deciding({ wanted, ufw: { ...ufw, rules } }, family).find((rule) => rule && letsIn(rule));
    if (other) throw refused(texts.openByRule(allow, ruleText(other)));
    isThere ||= own.length > 0;
  }
  return !isThere;
}

async function isInKernel(op: UfwRule, wanted: Wanted, ufw: Ufw, { host }: Context): Promise<boolean> {
  for (const family of ufw.families) {
    if (isWanted(op)) {
      const lines = deciding({ wanted, ufw }, family).flatMap((rule) => rule?.lines ?? []);
      if (!(await isLoaded(host, family, [...new Set(lines)]))) return false;
    } else if (wanted.ports.length > 0 && ownRules(ufw.rules[family], wanted).length === 0) {
      if (await isLoaded(host, family, plainLines(family, wanted))) return false;
    }
  }
  return true;
}

function ownTexts(wanted: Wanted, { families, rules }: Ufw): string[] {
  return families.flatMap((family) =>
    ownRules(rules[family], wanted).map((rule) => {
      const comment = Buffer.from(rule.comment, 'hex').toString();
      return `${ruleText(rule)} (${family})${comment && ` # ${comment}`}`;
    }),
  );
}
