/**
 * A command, for what no other kind covers.
 *
 * 1. Whether it is done is what its probe says, never its exit code.
 * 2. It never runs when its probe says that it is done.
 * 3. `undo` is what the guide states: a command, the dump taken before, with another operation, nothing, or never,
 *    which is said before it runs.
 *
 * Proven by test/operations/command.test.ts.
 */

import { tmpdir } from 'node:os';
import type { Text } from '../guide/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import { type Checked, check } from './probe.ts';
import { argvOf, circumstances, notQuiet, optionsOf } from './shared/called.ts';
import { awaitFormer, effectMark } from './shared/docker-former.ts';
import {
  captureFor,
  contentOf,
  insideOf,
  isOtherContent,
  isTakenBackAlone,
  takeBack,
} from './shared/undo.ts';
import type { Context, Difference, Json, Op, Undone, Values, Verbs } from './verbs.ts';

type Command = Op<'command'>;

export interface Seen extends Checked {
  /** Of the database that it changes. */
  readonly content?: Json;
}

export const command: Verbs<Command, Seen> = {
  keys: (op, values) => [keyOf(op, values)],

  async inspect(op, context) {
    return { ...(await check(op.done, context)), content: await contentOf(op.undo, context) };
  },

  diff(op, { ok, problem }, context): Difference {
    if (ok) return { change: 'none' };
    return {
      change: 'change',
      commands: [argvOf(op, context.values)],
      circumstances: circumstances(op, context.values),
      diff: `${problem}\n`,
      ...('never' in op.undo ? { irreversible: op.undo.never } : {}),
    };
  },

  mark(op, { ok, content = null }): Json {
    if (!isTakenBackAlone(op.undo)) return null;
    return content === null ? { done: ok } : { done: ok, content };
  },

  differs: (_, now, then) => isOtherContent(now, then),

  inside: (op, values) => insideOf(op.undo, values),

  capture: (op, _, context) => captureFor(op.undo, context),

  async apply(op, _, context) {
    if (op.emptyDir) await inEmptyFolder(op, context, (cwd) => run(op, { cwd }, context));
    else await run(op, {}, context);
  },

  async undo(op, before, context): Promise<Undone> {
    if (op.emptyDir) await context.host.removeTree(emptyFolder(op, context));
    return takeBack(op.undo, before, context);
  },

  describe: (op, values) => titleOf(argvOf(op, values)),
};

const keyOf = (op: Command, values: Values): string => `cmd:${values.public(op.name)}`;

/** The command itself, cut where a title would be too long. */
export function titleOf(argv: readonly string[]): Text {
  const text = argv.join(' ').replaceAll(/\s+/g, ' ');
  const short = text.length > 72 ? `${text.slice(0, 71)}…` : text;
  return texts.commandTitle(short);
}

async function run(op: Command, where: { readonly cwd?: string }, context: Context): Promise<void> {
  if (op.container !== undefined) {
    await awaitFormer(context.values.public(op.container), context);
    // It may be what is done by now.
    if (op.interrupted !== 'again' && (await check(op.done, context)).ok) return;
  }
  const argv = argvOf(op, context.values, effectMark);
  await notQuiet(argv.join(' '), op.quiet, (limit) =>
    context.must(argv, { ...optionsOf(op, context.values), ...where, ...limit }),
  );
}

/** The name is the same each time, so that what a crash leaves is found, and nobody else can guess it. */
function emptyFolder(op: Command, context: Context): string {
  const name = context.fingerprint(`empty folder for ${keyOf(op, context.values)}`).slice(0, 16);
  return `${tmpdir()}/setup-wizard-${name}`;
}

async function inEmptyFolder(
  op: Command,
  context: Context,
  act: (path: string) => Promise<void>,
): Promise<void> {
  const { host, values } = context;
  const path = emptyFolder(op, context);
  await host.removeTree(path);
  const owner = op.as === undefined ? '-' : values.public(op.as);
  await host.mkdir(path, { mode: '0700', owner });
  try {
    await act(path);
  } finally {
    await host.removeTree(path);
  }
}
