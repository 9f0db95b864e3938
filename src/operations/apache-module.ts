/**
 * A module of Debian's Apache.
 *
 * 1. Modules that it needs are enabled with it, and disabled with it by `undo` if they were not enabled before.
 * 2. `undo` leaves a module without which the configuration is not valid any more.
 *
 * Proven by test/operations/system/apache.test.ts and test/lab/kinds.test.ts.
 */
import type { Host } from '../host/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import {
  etc,
  isInstalled,
  isValid,
  mustBeValid,
  readMemory,
  reload,
  restoreMemory,
} from './shared/apache.ts';
import type { Json, Op, Undone, Verbs } from './verbs.ts';

type ApacheModule = Op<'apache-module'>;

export interface Seen {
  readonly enabled: boolean;
}

interface Module {
  readonly name: string;
  readonly memory: readonly string[];
}

interface Before {
  /** Not enabled before: it and what it needs, the one that needs first. */
  readonly modules: readonly Module[];
}

export const apacheModule: Verbs<ApacheModule, Seen> = {
  keys: (op) => [`apache:module/${op.name}`],

  inspect: async (op, { host }) => ({ enabled: await isEnabled(op.name, host) }),

  diff: (op, { enabled }) =>
    enabled ? { change: 'none' } : { change: 'change', commands: [['a2enmod', '--quiet', op.name]] },

  mark: (_, { enabled }): Json => ({ enabled }),

  async capture(op, _, { host }): Promise<Json> {
    const modules = await Promise.all(
      (await closureOf(op.name, host)).map(async (name) => ({
        name,
        memory: await readMemory('module', name, host),
      })),
    );
    return { modules };
  },

  async apply(op, _, context) {
    await context.must(['a2enmod', '--quiet', op.name]);
    await mustBeValid(context);
    await reload(context);
  },

  async undo(_, raw, context): Promise<Undone> {
    // Written by `capture`.
    const { modules } = raw as unknown as Before;
    if (!(await isInstalled(context.host))) return {};
    const needed: string[] = [];
    for (const { name, memory } of modules) {
      if (!(await isEnabled(name, context.host))) continue;
      if (context.isNeeded(`apache:module/${name}`) || (await isSpoken(name, context.host))) {
        needed.push(name);
        continue;
      }
      const disabled = (await context.run(['a2dismod', '--quiet', name])).code === 0;
      if (disabled && (await isValid(context))) {
        await restoreMemory('module', name, memory, context);
      } else {
        await context.run(['a2enmod', '--quiet', name]);
        needed.push(name);
      }
    }
    await reload(context);
    return needed.length === 0 ? {} : { left: texts.modulesStillNeeded(needed), until: ['apache:'] };
  },

  describe: ({ name }) => texts.enableModule(name),

  // It may be enabled without Apache having read it.
  cutOff: 'again',
};

const isEnabled = async (name: string, host: Host): Promise<boolean> =>
  (await host.stat(`${etc}/mods-enabled/${name}.load`)) !== undefined;

/** What each of these speaks: the test of the configuration does not miss them, only a request does. */
const speech: Readonly<Record<string, RegExp>> = {
  proxy_http: /^\s*(Proxy|RewriteRule|BalancerMember).*\bhttps?:\/\//im,
  proxy_wstunnel: /^\s*(Proxy|RewriteRule).*\bwss?:\/\//im,
  proxy_fcgi: /\bfcgi:\/\//i,
  proxy_ajp: /^\s*(Proxy|RewriteRule|BalancerMember).*\bajp:\/\//im,
};

async function isSpoken(name: string, host: Host): Promise<boolean> {
  const words = speech[name];
  if (!words) return false;
  for (const folder of [`${etc}/sites-enabled`, `${etc}/conf-enabled`])
    for (const file of await host.list(folder)) {
      const text = (await host.read(`${folder}/${file}`))?.toString() ?? '';
      if (words.test(text)) return true;
    }
  return false;
}

/** The module and what it needs, as far as they are not enabled. */
async function closureOf(name: string, host: Host, found: string[] = []): Promise<string[]> {
  if (found.includes(name) || (await isEnabled(name, host))) return found;
  let all = [...found, name];
  const text = (await host.read(`${etc}/mods-available/${name}.load`))?.toString() ?? '';
  const needs = /^# Depends:\s*(.*)$/m.exec(text)?.[1]?.split(/\s+/).filter(Boolean) ?? [];
  for (const need of needs) all = await closureOf(need, host, all);
  return all;
}
