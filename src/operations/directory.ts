/**
 * A folder.
 *
 * 1. `apply` makes it, or gives it the mode and owner that are wanted; what is inside is not touched.
 * 2. `undo` gives back mode and owner, or removes it if it was not there and is empty.
 * 3. With `holdsData` what is inside goes too, packed into `kept/` first.
 *
 * Proven by test/operations/directory.test.ts and files-crash.test.ts.
 */

import { basename } from 'node:path';
import type { Stat } from '../host/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import { archiveFolder } from './shared/archive.ts';
import { type Attributes, attributesDiff, attributesSaid, isSame, wantedAttributes } from './shared/owner.ts';
import { peek } from './shared/peek.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Undone,
  type Verbs,
} from './verbs.ts';

type Directory = Op<'directory'>;

export interface Seen {
  readonly path: string;
  readonly stat: Stat | undefined;
  readonly wanted: Attributes;
}

/** `null`: it was not there. */
type Before = null | Attributes;

export const directory: Verbs<Directory, Seen> = {
  keys: (op, values) => [`dir:${values.public(op.path)}`],

  async inspect(op, context) {
    const path = context.values.public(op.path);
    const stat = await peek(path, () => context.host.stat(path));
    return { path, stat, wanted: await wantedAttributes(op, stat, '0755', context) };
  },

  diff(_, { path, stat, wanted }): Difference {
    if (!stat) return { change: 'change', diff: `+ ${path}/ ${wanted.owner} ${wanted.mode}\n` };
    if (stat.type !== 'directory') throw new Failure('refused-existing', { path });
    return isSame(stat, wanted)
      ? { change: 'none' }
      : { change: 'change', diff: attributesDiff(stat, wanted) };
  },

  holds: (op, values) => [`${values.public(op.path)}/`],

  mark: (_, { stat }): Json => (stat ? { mode: stat.mode, owner: stat.owner } : null),

  async capture(_, { stat }): Promise<Json> {
    return stat ? { mode: stat.mode, owner: stat.owner } : null;
  },

  async apply(_, { path, wanted }, context) {
    // Looked at again: a run that was stopped may have made it since.
    const stat = await context.host.stat(path);
    if (stat) await setAttributes(path, stat, wanted, context);
    else await context.host.mkdir(path, wanted);
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as Before;
    const path = context.values.public(op.path);
    const stat = await context.host.stat(path);
    if (stat?.type !== 'directory') return {};
    if (before) {
      await setAttributes(path, stat, before, context);
      return {};
    }
    if (op.holdsData) {
      await archiveFolder(path, basename(path), context);
      await context.host.removeTree(path);
      return {};
    }
    return (await context.host.rmdir(path)) ? {} : { left: texts.directoryNotEmpty(path) };
  },

  describe(op, values) {
    const said = attributesSaid(op, op.owner && values.public(op.owner));
    return texts.directoryTitle(`${values.public(op.path)}${said}`);
  },
};

/** The owner first: changing it clears special bits of the mode. */
async function setAttributes(path: string, now: Stat, wanted: Attributes, { host }: Context): Promise<void> {
  if (now.owner !== wanted.owner) await host.chown(path, wanted.owner);
  if ((await host.stat(path))?.mode !== wanted.mode) await host.chmod(path, wanted.mode);
}
