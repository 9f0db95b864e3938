/**
 * A Python virtual environment.
 *
 * 1. It is made as the user who will use it. One whose Python has another version is not touched.
 * 2. `undo` removes it only if it was not there; a folder that was there empty is empty again.
 *
 * Proven by test/operations/system/accounts.test.ts and test/lab/kinds.test.ts.
 */

import type { Host, Stat } from '../host/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import { makeDurable } from './shared/durable.ts';
import { mustHaveRun, peek } from './shared/peek.ts';
import {
  type Context,
  Failure,
  type Json,
  type Meanwhile,
  type Op,
  type Undone,
  type Verbs,
} from './verbs.ts';

type Virtualenv = Op<'virtualenv'>;

export interface Seen {
  readonly path: string;
  /** `3.11`: of the interpreter that is asked for; nothing while it is not there. */
  readonly wanted: string | undefined;
  /** Of the environment; nothing if it has none that runs with pip. */
  readonly version: string | undefined;
  readonly folder: Stat | undefined;
  readonly isEmpty: boolean;
  /** Has been a virtual environment, whole or not. */
  readonly isOne: boolean;
}

interface Before {
  readonly existed: boolean;
  /** The folder that was there empty. */
  readonly empty?: { readonly mode: string; readonly owner: string };
}

export const virtualenv: Verbs<Virtualenv, Seen> = {
  keys: (op, values) => [`venv:${values.public(op.path)}`],

  async inspect(op, context) {
    const path = context.values.public(op.path);
    const { host } = context;
    const folder = await peek(path, () => host.stat(path));
    const isOne = (await peek(path, () => host.stat(`${path}/pyvenv.cfg`))) !== undefined;
    const as = context.values.public(op.as);
    return {
      path,
      folder,
      isOne,
      isEmpty:
        folder?.type === 'directory' && !isOne && (await peek(path, () => host.list(path))).length === 0,
      wanted: await versionOf(context.values.public(op.python), undefined, '', context),
      version: isOne ? await versionOf(`${path}/bin/python`, as, ', pip', context) : undefined,
    };
  },

  diff(op, seen, context) {
    if (seen.folder && !seen.isOne && !seen.isEmpty) throw inTheWay(seen.path, '');
    if (seen.version !== undefined && seen.wanted !== undefined && seen.version !== seen.wanted) {
      throw inTheWay(seen.path, seen.version);
    }
    return seen.version === undefined
      ? { change: 'change', commands: [createCommand(op, context)] }
      : { change: 'none' };
  },

  async guests(op, raw, time, { host, values }) {
    // Written by `capture`.
    return (raw as unknown as Before).existed ? [] : changedInVenv(values.public(op.path), time, host);
  },

  holds: (op, values) => [`${values.public(op.path)}/`],

  mark: (_, { version }): Json => ({ version: version ?? null }),

  async capture(_, { folder, isOne, isEmpty }): Promise<Json> {
    const before: Before = {
      existed: isOne,
      ...(folder && isEmpty ? { empty: { mode: folder.mode, owner: folder.owner } } : {}),
    };
    return { ...before };
  },

  async apply(op, _, context) {
    await context.must(createCommand(op, context), { as: context.values.public(op.as) });
    await makeDurable(context.values.public(op.path), context);
  },

  async undo(op, raw, { host, values }): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as Before;
    const path = values.public(op.path);
    if (before.existed) return {};
    if (await host.stat(path)) await host.removeTree(path);
    if (before.empty) await host.mkdir(path, before.empty);
    return {};
  },

  describe: (op, values) => texts.createVenv(values.public(op.path)),

  // Its pip answers before it is whole, and before there is an `activate`.
  cutOff: 'undo-first',
};

/** Files changed or added by hand, a package of Python as one; what Python compiles for itself does not count. */
export async function changedInVenv(path: string, { from, to }: Meanwhile, host: Host): Promise<string[]> {
  const time = ['-newermt', from.toISOString(), '!', '-newermt', to.toISOString()];
  const found = await host.look([
    'find',
    path,
    '-type',
    'f',
    ...time,
    '!',
    '-path',
    '*/__pycache__/*',
    '-print',
  ]);
  const things = found.stdout.split('\n').map((file) => /^.*\/site-packages\/[^/]+/.exec(file)?.[0] ?? file);
  return [...new Set(things)].filter(Boolean).sort();
}

const createCommand = (op: Virtualenv, { values }: Context): string[] => [
  values.public(op.python),
  '-m',
  'venv',
  values.public(op.path),
];

/** `3.11`, if this interpreter runs and has these modules. What a user owns is run as that user only. */
async function versionOf(
  python: string,
  as: string | undefined,
  modules: string,
  { host }: Context,
): Promise<string | undefined> {
  const program = `import sys${modules}; print("%d.%d" % sys.version_info[:2])`;
  const ran = await host.look([python, '-c', program], as === undefined ? {} : { as });
  mustHaveRun(ran, as);
  return ran.code === 0 ? ran.stdout.trim() : undefined;
}

function inTheWay(path: string, version: string): Failure {
  const say = version ? texts.venvOfOtherPython(path, version) : texts.notAVenv(path);
  return new Failure('refused-existing', { what: path }, { say });
}
