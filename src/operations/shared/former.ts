/** What was at a path before us, and its way back: a file, a link, or nothing. */
import { basename, dirname, join } from 'node:path';
import type { Stat } from '../../host/types.ts';
import { type Context, Failure } from '../verbs.ts';

/** `null`: nothing was there. */
export type Former =
  | null
  | { readonly bytes: string; readonly mode: string; readonly owner: string }
  | { readonly target: string };

/** Bytes go to the before-images, durable when this returns. */
export async function captureFormer(
  path: string,
  stat: Stat | undefined,
  bytes: Buffer | undefined,
  context: Context,
): Promise<Former> {
  if (!stat) return null;
  if (stat.type === 'link') return { target: stat.target ?? '' };
  if (stat.type !== 'file' || !bytes) throw new Failure('refused-existing', { path });
  return { bytes: await context.keep(bytes), mode: stat.mode, owner: stat.owner };
}

/** Also clears what a write that was stopped left beside it. */
export async function restoreFormer(path: string, former: Former, context: Context): Promise<void> {
  const { host } = context;
  // Somebody put a folder there, and it is in `kept/` now.
  if ((await host.stat(path))?.type === 'directory') await host.removeTree(path);
  if (former === null) return host.remove(path);
  if ('target' in former) return replaceLink(path, former.target, context);
  await host.write(path, await context.kept(former.bytes), { mode: former.mode, owner: former.owner });
}

/** In one step: at every instant there is the one or the other. */
export async function replaceLink(path: string, target: string, { host }: Context): Promise<void> {
  // Named as what a stopped write leaves: both are cleared in the same way.
  const prefix = `.${basename(path)}.setup-wizard-`;
  const left = (await host.list(dirname(path))).filter((name) => name.startsWith(prefix));
  for (const name of left) await host.remove(join(dirname(path), name));
  const now = await host.stat(path);
  if (now?.target === target) return;
  if (!now) return host.link(path, target);
  const aside = join(dirname(path), `${prefix}link`);
  await host.link(aside, target);
  await host.rename(aside, path);
}
