/**
 * A symbolic link.
 *
 * 1. It is made or replaced in one step; a file or a folder that stands there is refused.
 * 2. `undo` brings back the former target, or removes the link if it is still ours.
 *
 * Proven by test/operations/link.test.ts and files-crash.test.ts.
 */

import type { Stat } from '../host/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import { replaceLink } from './shared/former.ts';
import { peek } from './shared/peek.ts';
import { type Difference, Failure, type Json, type Op, type Undone, type Verbs } from './verbs.ts';

type Link = Op<'link'>;

export interface Seen {
  readonly path: string;
  readonly to: string;
  readonly stat: Stat | undefined;
}

/** `null`: it was not there. */
type Before = null | { readonly target: string };

export const link: Verbs<Link, Seen> = {
  keys: (op, values) => [`link:${values.public(op.path)}`],

  async inspect(op, { host, values }) {
    const path = values.public(op.path);
    return { path, to: values.public(op.to), stat: await peek(path, () => host.stat(path)) };
  },

  diff(_, { path, to, stat }): Difference {
    if (stat && stat.type !== 'link') throw new Failure('refused-existing', { path });
    if (stat?.target === to) return { change: 'none' };
    const former = stat ? `-${path} → ${stat.target}\n` : '';
    return { change: 'change', diff: `${former}+${path} → ${to}\n` };
  },

  mark: (_, { stat }): Json => (stat ? { target: stat.target ?? '' } : null),

  async capture(_, { stat }): Promise<Json> {
    return stat ? { target: stat.target ?? '' } : null;
  },

  async apply(_, { path, to }, context) {
    await replaceLink(path, to, context);
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as Before;
    const path = context.values.public(op.path);
    const stat = await context.host.stat(path);
    if (stat && stat.type !== 'link') return { left: texts.noLongerALink(path) };
    if (before) await replaceLink(path, before.target, context);
    else await context.host.remove(path);
    return {};
  },

  describe(op, values) {
    return texts.linkTitle(values.public(op.path), values.public(op.to));
  },
};
