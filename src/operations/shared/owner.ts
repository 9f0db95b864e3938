/** Modes and owners: what an operation says of them, and what it leaves as it is. */
import { ownerIds, ownerName } from '../../host/accounts.ts';
import type { Host, Stat } from '../../host/types.ts';
import type { Context } from '../verbs.ts';

export interface Attributes {
  readonly mode: string;
  readonly owner: string;
}

interface Says {
  readonly mode?: string;
  readonly owner?: string;
}

/** What mode and owner have to be. What the operation does not say stays as it is, or is as for a new one. */
export async function wantedAttributes(
  op: Says,
  now: Stat | undefined,
  usual: string,
  { host, values }: Context,
): Promise<Attributes> {
  const owner = op.owner === undefined ? '' : values.public(op.owner);
  return {
    mode: op.mode ?? now?.mode ?? usual,
    owner: owner === '' ? (now?.owner ?? (await ownOwner(host))) : await wholeOwner(owner, host),
  };
}

/** A user alone stands for the user and its own group. */
async function wholeOwner(owner: string, host: Host): Promise<string> {
  if (owner === '-') return ownOwner(host);
  if (owner.includes(':')) return owner;
  const ids = await ownerIds(owner).catch(() => undefined);
  return ids ? ownerName(ids.uid, ids.gid) : owner;
}

/** `user:group` of the engine. The slash asks for the folder itself, which belongs to the process. */
async function ownOwner(host: Host): Promise<string> {
  return (await host.stat('/proc/self/'))?.owner ?? '-';
}

export const isSame = (now: Attributes, wanted: Attributes): boolean =>
  now.mode === wanted.mode && now.owner === wanted.owner;

/** `root:root 0755 → root:pretix 0750`; nothing where they are the same. */
export function attributesDiff(now: Attributes | undefined, wanted: Attributes): string {
  if (!now || isSame(now, wanted)) return '';
  return `-${now.owner} ${now.mode}\n+${wanted.owner} ${wanted.mode}\n`;
}

/** ` (root:pretix 0750)`, for titles; nothing where the operation says neither. */
export function attributesSaid(op: Says, owner: string | undefined): string {
  const said = [owner === '-' ? undefined : owner, op.mode].filter(Boolean).join(' ');
  return said === '' ? '' : ` (${said})`;
}
