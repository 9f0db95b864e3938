/**
 * A name with its address in /etc/hosts, on a marked line of ours.
 *
 * 1. Nothing is to do where the file gives the name that address already, whoever wrote the line.
 * 2. The first line counts for the resolver: where another one gives the name another address, ours comes right before
 *    it, which is said in the plan. The other line stays.
 * 3. `undo` is that of a block: the bytes, or our line alone.
 * 4. Where cloud-init writes the file anew at each boot, the plan says so, and what to do about it.
 *
 * Proven by test/operations/hosts-entry.test.ts and test/lab/host-name.test.ts.
 */
import type { Text } from '../guide/types.ts';
import * as texts from '../i18n/texts/operations.ts';
import { type Seen as BlockSeen, block } from './block.ts';
import { managedHosts } from './shared/cloud-init.ts';
import { unifiedDiff } from './shared/diff.ts';
import { firstFor, isAddress, isHostName, isSameAddress } from './shared/hosts.ts';
import { findBlock, type Markers, markersOf, takeOutBlock } from './shared/markers.ts';
import { type Difference, Failure, type Op, type Values, type Verbs } from './verbs.ts';

type HostsEntry = Op<'hosts-entry'>;

export interface Seen extends BlockSeen {
  /** What has to be known of the effect beside the file's new text. */
  readonly notes: readonly Text[];
}

const path = '/etc/hosts';

export const hostsEntry: Verbs<HostsEntry, Seen> = {
  keys: (op, values) => block.keys(asBlock(op, values), values),

  async inspect(op, context) {
    const { values } = context;
    const seen = await block.inspect(asBlock(op, values), context);
    if (context.purpose === 'undo') return { ...seen, notes: [] };
    const { address, name } = wantedOf(op, values);
    const first = firstFor(seen.text, name, address);
    if (first && isSameAddress(first.address, address)) return { ...seen, wanted: seen.text, notes: [] };
    const cloud = await managedHosts(context);
    const wanted = placed(op, seen, values);
    const other = firstFor(wanted.slice(wanted.indexOf(markersFor(name).end)), name, address);
    const notes = [
      ...(other ? [texts.hostsLineBefore(path, name, other.address)] : []),
      ...(cloud === undefined ? [] : [texts.hostsRewritten(path, cloud)]),
    ];
    return { ...seen, wanted, notes };
  },

  diff(_, { stat, text, wanted, notes }): Difference {
    if (stat && text === wanted) return { change: 'none' };
    return {
      change: 'change',
      diff: unifiedDiff(path, stat && text, wanted),
      ...(notes.length > 0 ? { circumstances: notes } : {}),
    };
  },

  mark: (op, seen, context) => block.mark(asBlock(op, context.values), seen, context),

  capture: (op, seen, context) => block.capture(asBlock(op, context.values), seen, context),

  async apply(op, seen, context) {
    for (const note of seen.notes) context.say(note[context.lang]);
    await block.apply(asBlock(op, context.values), seen, context);
  },

  undo: (op, before, context) => block.undo(asBlock(op, context.values), before, context),

  describe: (op, values) => texts.hostsTitle(values.public(op.name), values.public(op.address)),
};

const markersFor = (name: string): Markers => markersOf('#', name);

function wantedOf(op: HostsEntry, values: Values): { readonly address: string; readonly name: string } {
  const [address, name] = [values.public(op.address), values.public(op.name)];
  if (!isAddress(address) || !isHostName(name))
    throw new Failure('bug', { what: `${path}: ${address} ${name}` });
  return { address, name };
}

function asBlock(op: HostsEntry, values: Values): Op<'block'> {
  const name = values.public(op.name);
  const content = `${values.public(op.address)} ${name}\n`;
  return { kind: 'block', path, name, content, syntax: 'plain', comment: '#' };
}

/** As a block is, unless another line comes first: then right before that one. */
function placed(op: HostsEntry, { text, wanted }: BlockSeen, values: Values): string {
  const { address, name } = wantedOf(op, values);
  const markers = markersFor(name);
  const first = firstFor(wanted, name, address);
  if (first && isSameAddress(first.address, address)) return wanted;
  const rest = takeOutBlock(text, markers, false);
  const at = firstFor(rest, name, address)?.from ?? rest.length;
  const ours = findBlock(wanted, markers)?.block ?? '';
  return `${rest.slice(0, at)}${ours}${rest.slice(at)}`;
}
