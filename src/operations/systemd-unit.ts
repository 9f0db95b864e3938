/**
 * A systemd unit: its file, where it is ours, and whether it is enabled and active.
 *
 * 1. A unit file is checked by systemd before it is put in place.
 * 2. The unit runs with the inputs it was recorded with: a file that changed since, or a kill between the change and
 *    the restart, means a restart at the next run.
 * 3. `undo` puts the former file, links and state back.
 *
 * Proven by test/operations/system/systemd-unit.test.ts and test/lab/kinds.test.ts.
 */

import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as texts from '../i18n/texts/operations.ts';
import { file } from './file.ts';
import { asRecord, type Inputs, inputsOf, oldInputs } from './shared/inputs.ts';
import {
  isEnabled,
  mustStayActive,
  sayLastLines,
  type UnitState,
  unitState,
  verifyUnit,
} from './shared/systemd.ts';
import { type Links, restoreLinks, unitLinks } from './shared/unit-links.ts';
import type { Context, Difference, Json, Op, Undone, Values, Verbs } from './verbs.ts';

type SystemdUnit = Op<'systemd-unit'>;
type FileSeen = Awaited<ReturnType<typeof file.inspect>>;

export interface Seen {
  readonly name: string;
  readonly state: UnitState;
  /** Only for a unit whose file is ours. */
  readonly file: FileSeen | undefined;
  /** Fingerprints of what the unit reads, as it is now. */
  readonly inputs: Inputs;
}

interface Before {
  readonly file: Json;
  readonly links: Links;
  readonly enabled: string;
  readonly active: string;
  /** Journals of before name none. */
  readonly dropIns?: readonly string[];
}

const newDropIns = ({ dropIns = [] }: Before, now: readonly string[]): string[] =>
  now.filter((path) => !dropIns.includes(path));

const pathOf = (name: string): string => `/etc/systemd/system/${name}`;

function fileOf(op: SystemdUnit, values: Values): Op<'file'> | undefined {
  if (op.content === undefined) return undefined;
  const path = pathOf(values.public(op.name));
  return { kind: 'file', path, content: op.content, syntax: 'systemd', mode: '0644', owner: 'root:root' };
}

export const systemdUnit: Verbs<SystemdUnit, Seen> = {
  keys(op, values) {
    const name = values.public(op.name);
    return [`unit:${name}`, ...(op.content === undefined ? [] : [`file:${pathOf(name)}`])];
  },

  async inspect(op, context) {
    const name = context.values.public(op.name);
    const own = fileOf(op, context.values);
    return {
      name,
      state: await unitState(context.host, name),
      file: own && (await file.inspect(own, context)),
      inputs: await inputsOf(inputKeys(op, name, context), context),
    };
  },

  diff(op, seen, context): Difference {
    const work = workOf(op, seen, context);
    const commands = commandsOf(seen.name, work);
    if (commands.length === 0) return { change: 'none' };
    return { change: 'change', commands, ...(work.diff === '' ? {} : { diff: work.diff }) };
  },

  mark(op, { state, inputs, file: seen }, context): Json {
    const own = fileOf(op, context.values);
    const marked = own && seen ? { file: file.mark(own, seen, context) } : {};
    return { enabled: state.file, active: state.active, inputs, ...marked };
  },

  /** Its own file and whether it is enabled: that it stands still just now, or that an input has changed, is not. */
  differs(op, now, then, values) {
    const own = `file:${pathOf(values.public(op.name))}`;
    const [a, b] = [asRecord(now), asRecord(then)];
    if (a['enabled'] !== b['enabled']) return true;
    // Journals of before have the text of the file only.
    if (b['file'] === undefined) return asRecord(a['inputs'])[own] !== asRecord(b['inputs'])[own];
    return !isDeepStrictEqual(a['file'], b['file']);
  },

  async guests(op, raw, _, { host, values }) {
    // Of a unit that was there before, undo leaves what others say of it.
    if (op.content === undefined) return [];
    const { dropIns } = await unitState(host, values.public(op.name));
    // Written by `capture`.
    return newDropIns(raw as unknown as Before, dropIns);
  },

  drift(op, seen, then, context) {
    const own = fileOf(op, context.values);
    const inFile =
      own && seen.file ? (file.drift?.(own, seen.file, asRecord(then)['file'] ?? null, context) ?? '') : '';
    const { enabled } = asRecord(then);
    const now = seen.state.file || seen.state.load;
    return inFile + (enabled === seen.state.file ? '' : `-${String(enabled)}\n+${now}\n`);
  },

  async capture(op, seen, context): Promise<Json> {
    const own = fileOf(op, context.values);
    return {
      file: own && seen.file !== undefined ? await file.capture(own, seen.file, context) : null,
      links: await unitLinks(context.host, seen.name),
      enabled: seen.state.file,
      active: seen.state.active,
      dropIns: seen.state.dropIns,
    };
  },

  async apply(op, seen, context) {
    const work = workOf(op, seen, context);
    const own = fileOf(op, context.values);
    if (own && seen.file && work.file) {
      await verifyUnit(seen.name, context.values.public(own.content ?? '', own.syntax), context);
      await file.apply(own, seen.file, context);
    }
    for (const argv of commandsOf(seen.name, work)) await runSystemctl(argv, seen.name, context);
    if (work.run === 'start' || work.run === 'restart') await mustStayActive(seen.name, context);
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as Before;
    const name = context.values.public(op.name);
    const own = fileOf(op, context.values);
    const now = await unitState(context.host, name);
    if (!isRunning(before.active) && now.load !== 'not-found') {
      await context.run(['systemctl', 'stop', '--', name]);
      await context.run(['systemctl', 'reset-failed', '--', name]);
    }
    const turn = turnBack(op.enabled, before.enabled, now.file);
    if (turn && now.load !== 'not-found') await context.run(['systemctl', turn, '--', name]);
    const undone = own ? await file.undo(own, before.file, context) : {};
    await restoreLinks(name, before.links, context);
    for (const path of own ? newDropIns(before, now.dropIns) : []) {
      await context.host.remove(path);
      await context.host.rmdir(dirname(path));
    }
    await context.must(['systemctl', 'daemon-reload']);
    if (isRunning(before.active))
      await context.must(['systemctl', own || op.restartOn ? 'restart' : 'start', '--', name]);
    return undone;
  },

  restart: ({ active, name }, values) =>
    active ? ['systemctl', 'restart', '--', values.public(name)] : undefined,

  describe(op, values) {
    const name = values.public(op.name);
    return op.active ? texts.startService(name) : texts.setService(name);
  },
};

/**
 * Where an init script exists too, only systemctl keeps its links in step. It turns these first: stopped in between, it
 * says of the unit what it was.
 */
function turnBack(wanted: boolean, before: string, now: string): 'enable' | 'disable' | undefined {
  if (before === now && isEnabled(before) === wanted) return undefined;
  if (before === 'enabled') return 'enable';
  return before === 'disabled' || now === 'enabled' ? 'disable' : undefined;
}

const isRunning = (active: string): boolean => ['active', 'activating', 'reloading'].includes(active);

/** What has to be done. Pure. */
export interface Work {
  readonly file: boolean;
  readonly diff: string;
  readonly reload: boolean;
  readonly enable: 'enable' | 'disable' | undefined;
  readonly run: 'start' | 'restart' | 'stop' | undefined;
}

function workOf(op: SystemdUnit, seen: Seen, context: Context): Work {
  const own = fileOf(op, context.values);
  const inFile: Difference = own && seen.file ? file.diff(own, seen.file, context) : { change: 'none' };
  const isNewFile = inFile.change === 'change';
  const { state } = seen;
  const enabled = isEnabled(state.file);
  return {
    file: isNewFile,
    diff: inFile.change === 'change' ? (inFile.diff ?? '') : '',
    reload: isNewFile || (own !== undefined && state.needsReload),
    enable:
      op.enabled === enabled
        ? undefined
        : op.enabled
          ? 'enable'
          : state.file === 'enabled'
            ? 'disable'
            : undefined,
    run: runOf(op, seen, isNewFile, context),
  };
}

function runOf(op: SystemdUnit, seen: Seen, isNewFile: boolean, context: Context): Work['run'] {
  const { active } = seen.state;
  if (!op.active) return isRunning(active) ? 'stop' : undefined;
  if (active !== 'active') return 'start';
  const isOld = oldInputs(`unit:${seen.name}`, seen.inputs, context).length > 0;
  return isNewFile || isOld ? 'restart' : undefined;
}

function commandsOf(name: string, { reload, enable, run }: Work): string[][] {
  return [
    ...(reload ? [['systemctl', 'daemon-reload']] : []),
    ...(enable ? [['systemctl', enable, '--', name]] : []),
    ...(run ? [['systemctl', run, '--', name]] : []),
  ];
}

async function runSystemctl(argv: readonly string[], name: string, context: Context): Promise<void> {
  try {
    await context.must(argv);
  } catch (error) {
    await sayLastLines(name, context);
    throw error;
  }
}

/** The unit's own file is an input too: a kill after it was written must not lose the restart. */
function inputKeys(op: SystemdUnit, name: string, { values }: Context): string[] {
  const keys = (op.restartOn ?? []).map((key) => values.public(key));
  return op.content === undefined ? keys : [`file:${pathOf(name)}`, ...keys];
}
