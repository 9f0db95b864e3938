/**
 * A boolean of SELinux: what it is now, and at each start. SELinux itself is never switched on, off or to permissive.
 *
 * 1. Where SELinux is disabled or not there, there is nothing to do.
 * 2. `undo` brings back both former values. Once set for each start, SELinux goes on listing the boolean among those that
 *    were set here (`semanage boolean -l -C`), with its former value: it has no way to forget one alone.
 *
 * Proven by test/operations/system/selinux-boolean.test.ts and test/lab/selinux.test.ts, with programs that stand in for
 * those of SELinux: no kernel at hand has it.
 */
import { isDeepStrictEqual } from 'node:util';
import * as texts from '../i18n/texts/services.ts';
import { type BooleanState, booleanState, setBoolean } from './shared/selinux.ts';
import type { Json, Op, Undone, Verbs } from './verbs.ts';

type SelinuxBoolean = Op<'selinux-boolean'>;

interface Seen {
  readonly name: string;
  readonly state: BooleanState | undefined;
}

export const selinuxBoolean: Verbs<SelinuxBoolean, Seen> = {
  keys: ({ name }, values) => [`selinux:${values.public(name)}`],

  async inspect(op, { host, values }) {
    const name = values.public(op.name);
    return { name, state: await booleanState(name, host) };
  },

  diff({ on }, { name, state }) {
    const commands = commandsTo({ current: on, persistent: on }, name, state);
    return commands.length === 0 ? { change: 'none' } : { change: 'change', commands };
  },

  mark: (_, { state }): Json => (state ? { ...state } : null),

  /** That SELinux is disabled by now tells nothing of its booleans. */
  differs: (_, now, then) => now !== null && then !== null && !isDeepStrictEqual(now, then),

  capture: async (_, { state }): Promise<Json> => (state ? { ...state } : null),

  async apply({ on }, { name, state }, context) {
    for (const argv of commandsTo({ current: on, persistent: on }, name, state)) await context.must(argv);
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as BooleanState | null;
    const name = context.values.public(op.name);
    const state = await booleanState(name, context.host);
    for (const argv of before ? commandsTo(before, name, state) : []) await context.must(argv);
    return {};
  },

  describe: ({ name, on }, values) => texts.setSelinuxBoolean(values.public(name), on),
};

/** What is set for each start is set now too. */
function commandsTo(wanted: BooleanState, name: string, state: BooleanState | undefined): string[][] {
  if (!state) return [];
  const isPersistent = state.persistent !== wanted.persistent;
  const current = isPersistent ? wanted.persistent : state.current;
  return [
    ...(isPersistent ? [setBoolean(name, wanted.persistent, true)] : []),
    ...(current === wanted.current ? [] : [setBoolean(name, wanted.current, false)]),
  ];
}
