/**
 * A service that firewalld lets through, now and at each start.
 *
 * 1. Rules that others have made without `--permanent` stay: firewalld is never told to reload.
 * 2. `undo` takes away only what was not there, of what is now and of what is at each start.
 * 3. Where firewalld is not there or does not run there is nothing to do.
 *
 * Proven by test/operations/system/firewalld-service.test.ts and test/lab/firewalld.test.ts.
 */
import { isDeepStrictEqual } from 'node:util';
import * as texts from '../i18n/texts/services.ts';
import { aboutService, firewalldState, lets, zoneOutwards } from './shared/firewalld.ts';
import { captureZone, restoreZone, type ZoneFiles } from './shared/firewalld-files.ts';
import type { Context, Json, Op, Undone, Verbs } from './verbs.ts';

type FirewalldService = Op<'firewalld-service'>;

interface Rule {
  readonly zone: string;
  readonly service: string;
  readonly runtime: boolean;
  readonly permanent: boolean;
}

/** Nothing where firewalld does not run. */
type Seen = Rule | undefined;

interface Before extends Rule {
  readonly files: ZoneFiles;
}

export const firewalldService: Verbs<FirewalldService, Seen> = {
  keys({ service, zone }, values) {
    const place = zone === undefined ? '' : values.public(zone);
    return [`firewalld:${place === '' ? '' : `${place}/`}${values.public(service)}`];
  },

  async inspect(op, { host, values }) {
    if ((await firewalldState(host)) !== 'running') return undefined;
    const given = op.zone === undefined ? '' : values.public(op.zone);
    const [service, zone] = [values.public(op.service), given || (await zoneOutwards(host))];
    return {
      zone,
      service,
      runtime: await lets(aboutService(zone, service, 'query', false), host),
      permanent: await lets(aboutService(zone, service, 'query', true), host),
    };
  },

  diff(_, seen) {
    const commands = seen ? commandsOf(seen) : [];
    return commands.length === 0 ? { change: 'none' } : { change: 'change', commands };
  },

  mark: (_, seen): Json => (seen ? { runtime: seen.runtime, permanent: seen.permanent } : null),

  /** That firewalld stands still tells nothing of what it lets through. */
  differs: (_, now, then) => now !== null && then !== null && !isDeepStrictEqual(now, then),

  async capture(_, seen, context): Promise<Json> {
    return seen ? { ...seen, files: await captureZone(seen.zone, context) } : null;
  },

  async apply(_, seen, context) {
    for (const argv of seen ? commandsOf(seen) : []) await context.must(argv);
  },

  async undo(_, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as Before | null;
    if (!before) return {};
    const state = await firewalldState(context.host);
    if (state === 'running') await takeAway(before, context);
    if (state === 'stopped') await takeAwayFromFiles(before, context);
    if (state !== 'absent' && !before.permanent) await restoreZone(before.zone, before.files, context);
    return {};
  },

  describe: ({ service }, values) => texts.letThrough(values.public(service)),
};

function commandsOf({ zone, service, runtime, permanent }: Rule): string[][] {
  return [
    ...(runtime ? [] : [aboutService(zone, service, 'add', false)]),
    ...(permanent ? [] : [aboutService(zone, service, 'add', true)]),
  ];
}

async function takeAway({ zone, service, ...before }: Before, context: Context): Promise<void> {
  for (const isPermanent of [false, true]) {
    const wasThere = isPermanent ? before.permanent : before.runtime;
    const isThere =
      !wasThere && (await lets(aboutService(zone, service, 'query', isPermanent), context.host));
    if (isThere) await context.must(aboutService(zone, service, 'remove', isPermanent));
  }
}

/** What is at each start is in files, for which it has another program. */
async function takeAwayFromFiles({ zone, service, permanent }: Before, context: Context): Promise<void> {
  const tell = (word: string) => ['firewall-offline-cmd', `--zone=${zone}`, `--${word}=${service}`];
  if (!permanent && (await lets(tell('query-service'), context.host)))
    await context.must(tell('remove-service-from-zone'));
}
