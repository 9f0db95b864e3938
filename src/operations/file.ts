/**
 * A whole file.
 *
 * 1. It is replaced in one step: at every instant the former or the new one is there, whole, with its owner and mode.
 * 2. `undo` brings back the former bytes, mode and owner, the former link, or nothing.
 * 3. No secret is in its diff: not ours, and not one that the former file held.
 *
 * Proven by test/operations/file.test.ts and files-crash.test.ts.
 */

import type { Stat } from '../host/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import { hideFormerValues, hideNewSecrets, unifiedDiff } from './shared/diff.ts';
import { captureFormer, type Former, restoreFormer } from './shared/former.ts';
import { type Attributes, attributesDiff, attributesSaid, isSame, wantedAttributes } from './shared/owner.ts';
import { peek } from './shared/peek.ts';
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

type File = Op<'file'>;

export interface Seen {
  readonly path: string;
  readonly stat: Stat | undefined;
  readonly bytes: Buffer | undefined;
  readonly wanted: Buffer;
  readonly attributes: Attributes;
}

const keyOf = (op: File, values: Values): string => `file:${values.public(op.path)}`;

export const file: Verbs<File, Seen> = {
  keys: (op, values) => [keyOf(op, values)],

  async inspect(op, context) {
    const { host, values } = context;
    const path = values.public(op.path);
    const stat = await peek(path, () => host.stat(path));
    const bytes = stat?.type === 'file' ? await peek(path, () => host.read(path)) : undefined;
    // A way back asks what is there, not what was wanted: a secret in it may be lost.
    const isBack = context.purpose === 'undo';
    const wanted = Buffer.from(isBack ? '' : values.full(op.content ?? '', op.syntax));
    // The mode of a link says nothing.
    const former = stat?.type === 'file' ? stat : undefined;
    return { path, stat, bytes, wanted, attributes: await wantedAttributes(op, former, '0644', context) };
  },

  diff(op, seen, context): Difference {
    const { path, stat, bytes, wanted, attributes } = seen;
    const isSameText = bytes?.equals(wanted) ?? false;
    if (stat && isSameText && isSame(stat, attributes)) return { change: 'none' };
    if (stat && (isDifferentThing(stat) || (!isSameText && isRefused(op, seen, context)))) {
      throw new Failure('refused-existing', { path });
    }
    const text = isSameText ? '' : textDiff(op, seen, context);
    return { change: 'change', diff: statDiff(seen) + text };
  },

  drift: (op, seen, then, context) => attributesDrift(seen, then) + textDrift(op, seen, context),

  mark: (_, { stat, bytes }, context): Json =>
    stat
      ? { sha: context.fingerprint(bytes ?? stat.target ?? ''), mode: stat.mode, owner: stat.owner }
      : null,

  async capture(_, { path, stat, bytes }, context): Promise<Json> {
    return captureFormer(path, stat, bytes, context);
  },

  async apply(_, { path, wanted, attributes }, { host }) {
    await host.write(path, wanted, attributes);
  },

  async undo(op, before, context): Promise<Undone> {
    // Written by `capture`.
    await restoreFormer(context.values.public(op.path), before as Former, context);
    return {};
  },

  describe(op, values) {
    const said = attributesSaid(op, op.owner && values.public(op.owner));
    return texts.fileTitle(`${values.public(op.path)}${said}`);
  },
};

function statDiff({ path, stat, attributes }: Seen): string {
  return stat?.type === 'link' ? `-${path} → ${stat.target}\n` : attributesDiff(stat, attributes);
}

const isDifferentThing = ({ type }: Stat): boolean => type === 'directory' || type === 'other';

/** Another file is there, and it is not one that a run of ours left so. */
function isRefused(op: File, { bytes }: Seen, { recorded, fingerprint, values }: Context): boolean {
  if (op.onExisting !== 'refuse') return false;
  const mark = recorded(keyOf(op, values));
  const known = typeof mark === 'object' && mark !== null && 'sha' in mark ? mark['sha'] : undefined;
  return bytes === undefined || known !== fingerprint(bytes);
}

function attributesDrift({ stat }: Seen, then: Json): string {
  const known = typeof then === 'object' && then !== null && 'mode' in then && 'owner' in then;
  if (!known || stat?.type !== 'file') return '';
  return attributesDiff({ mode: String(then['mode']), owner: String(then['owner']) }, stat);
}

function textDrift(op: File, { path, stat, bytes }: Seen, context: Context): string {
  if (!stat) return `-${path}\n`;
  if (stat.type !== 'file') return `-${path}\n+${path}${stat.type === 'link' ? ` → ${stat.target}` : '/'}\n`;
  const masked = context.values.masked(op.content ?? '', op.syntax);
  const now = context.redact(bytes?.toString() ?? '');
  return unifiedDiff(path, masked, hideNewSecrets(now, masked));
}

function textDiff(op: File, { path, bytes, wanted }: Seen, context: Context): string {
  const masked = context.values.masked(op.content ?? '', op.syntax);
  const hasSecret = masked !== wanted.toString();
  const former = bytes && context.redact(bytes.toString());
  const shown = former && hasSecret ? hideFormerValues(former, masked) : former;
  return unifiedDiff(path, shown, masked) || `± ${path} ${texts.onlySecretsChange[context.lang]}\n`;
}
