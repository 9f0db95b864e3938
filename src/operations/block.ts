/**
 * Lines of ours in a file that others share (/etc/hosts, pg_hba.conf).
 *
 * 1. Only what stands between our markers is changed; a link is followed, mode and owner stay.
 * 2. `undo` restores the bytes if the file is still as we left it; else it takes out our block and nothing more.
 * 3. A file that we made and that holds nothing else goes.
 *
 * Proven by test/operations/block.test.ts and files-crash.test.ts.
 */
import type { Stat } from '../host/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import { hideFormerValues, unifiedDiff } from './shared/diff.ts';
import { findBlock, type Markers, markersOf, placeBlock, takeOutBlock } from './shared/markers.ts';
import { attributesSaid, wantedAttributes } from './shared/owner.ts';
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

type Block = Op<'block'>;

export interface Seen {
  /** Where links lead to. */
  readonly path: string;
  readonly stat: Stat | undefined;
  /** Bytes as characters, one each: what is not ours is not decoded. */
  readonly text: string;
  readonly wanted: string;
}

/** `null`: there was no such file. */
type Before = null | {
  readonly bytes: string;
  readonly mode: string;
  readonly owner: string;
  /** Keyed hash of the file with our block in it. */
  readonly after: string;
};

export const block: Verbs<Block, Seen> = {
  keys: (op, values) => [`file:${values.public(op.path)}#${values.public(op.name)}`],

  async inspect(op, context) {
    const { host, values } = context;
    const wantedPath = values.public(op.path);
    const path = await peek(wantedPath, () => host.withoutLinks(wantedPath));
    const stat = await peek(path, () => host.stat(path));
    if (stat && stat.type !== 'file') throw new Failure('refused-existing', { path });
    const text = toText(await peek(path, () => host.read(path)));
    // A way back asks what is there, not what was wanted: a secret in it may be lost.
    if (context.purpose === 'undo') return { path, stat, text, wanted: text };
    const ours = blockText(op, values.full(op.content, op.syntax), context);
    return { path, stat, text, wanted: placed(op, path, text, ours, context) };
  },

  diff(op, { path, stat, text, wanted }, context): Difference {
    if (stat && text === wanted) return { change: 'none' };
    const ours = blockText(op, context.values.masked(op.content, op.syntax), context);
    const former = context.redact(toBytes(hideFormerBlock(op, text, ours, context)).toString());
    const shown = toBytes(placed(op, path, fromString(former), ours, context)).toString();
    const diff = unifiedDiff(path, stat && former, shown);
    return { change: 'change', diff: diff || `± ${path} ${texts.onlySecretsChange[context.lang]}\n` };
  },

  mark(op, { text }, context): Json {
    const found = findBlock(text, markers(op, context));
    return found ? { sha: context.fingerprint(toBytes(found.block)) } : null;
  },

  async capture(_, { stat, text, wanted }, context): Promise<Json> {
    if (!stat) return null;
    const { mode, owner } = stat;
    const after = context.fingerprint(toBytes(wanted));
    return { bytes: await context.keep(toBytes(text)), mode, owner, after };
  },

  async apply(op, { path, stat, wanted }, context) {
    // A file that is there keeps its mode and owner.
    const says = stat ? {} : op;
    await context.host.write(path, toBytes(wanted), await wantedAttributes(says, stat, '0644', context));
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as Before;
    const { host } = context;
    const path = await host.withoutLinks(context.values.public(op.path));
    const stat = await host.stat(path);
    if (stat && stat.type !== 'file') throw new Failure('refused-existing', { path });
    const text = toText(await host.read(path));
    const former = before && toText(await context.kept(before.bytes));
    const restored = without(op, path, text, before, former, context);
    if (before === null && restored === '') await host.remove(path);
    else if (stat) await host.write(path, toBytes(restored), { mode: stat.mode, owner: stat.owner });
    // Lines of another guide need the file, and the end of line that ours brought.
    const isShared = former === null ? stat && restored !== '' : endsOpen(former) && restored !== former;
    return isShared ? { until: [`file:${context.values.public(op.path)}#`] } : {};
  },

  describe(op, values) {
    const said = attributesSaid(op, op.owner && values.public(op.owner));
    return texts.linesIn(values.public(op.name), `${values.public(op.path)}${said}`);
  },
};

/** The file as it was, or what others have made of it since with our block taken out. */
function without(
  op: Block,
  path: string,
  text: string,
  before: Before,
  former: string | null,
  context: Context,
): string {
  const ours = markers(op, context);
  if (former !== null && before?.after === context.fingerprint(toBytes(text))) return former;
  const block = former === null ? undefined : findBlock(former, ours)?.block;
  if (block !== undefined) return placed(op, path, text, block, context);
  const isOpen = former !== null && endsOpen(former);
  const rest = guarded(path, () => takeOutBlock(text, ours, isOpen));
  // Ours went earlier, before those of others.
  return isOpen && rest === `${former}\n` ? former : rest;
}

/** Its last line has no end, which a block after it gives it. */
const endsOpen = (text: string): boolean => text !== '' && !text.endsWith('\n');

const markers = (op: Block, { values }: Context): Markers => markersOf(op.comment, values.public(op.name));

function blockText(op: Block, content: string, context: Context): string {
  const { begin, end } = markers(op, context);
  const lines = content === '' || content.endsWith('\n') ? content : `${content}\n`;
  return fromString(`${begin}\n${lines}${end}\n`);
}

function placed(op: Block, path: string, text: string, block: string, context: Context): string {
  return guarded(path, () => placeBlock(text, block, markers(op, context), op.at ?? 'end'));
}

/** One marker without the other: somebody edited them, and where our lines end is a guess. */
function guarded<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new Failure('refused-existing', { path }, { cause: error });
  }
}

/** Where our block holds a secret, the former block may hold one that is no longer known. */
function hideFormerBlock(op: Block, text: string, masked: string, context: Context): string {
  const found = findBlock(text, markers(op, context));
  const hasSecret = masked !== blockText(op, context.values.full(op.content, op.syntax), context);
  if (!found || !hasSecret) return text;
  const hidden = hideFormerValues(toBytes(found.block).toString(), toBytes(masked).toString());
  return found.before + fromString(hidden) + found.after;
}

const toText = (bytes: Buffer | undefined): string => bytes?.toString('latin1') ?? '';
const toBytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const fromString = (text: string): string => Buffer.from(text).toString('latin1');
