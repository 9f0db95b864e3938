/**
 * The files of a zone. firewalld writes the whole file anew for each change, in its own order and without comments, and
 * keeps the one before it: what was there comes back only where nothing else has changed in it since.
 */
import type { Host } from '../../host/types.ts';
import type { Context } from '../verbs.ts';
import { captureFormer, type Former, restoreFormer } from './former.ts';

/** By path. */
export type ZoneFiles = Readonly<Record<string, Former>>;

const fileOf = (zone: string): string => `/etc/firewalld/zones/${zone}.xml`;
/** What a zone is where /etc says nothing of it. */
const shippedOf = (zone: string): string => `/usr/lib/firewalld/zones/${zone}.xml`;

export async function captureZone(zone: string, context: Context): Promise<ZoneFiles> {
  const { host } = context;
  const paths = [fileOf(zone), `${fileOf(zone)}.old`];
  const pairs = await Promise.all(
    paths.map(async (path) => {
      const [stat, bytes] = [await host.stat(path), await host.read(path)];
      return [path, await captureFormer(path, stat, bytes, context)] as const;
    }),
  );
  return Object.fromEntries(pairs);
}

/** After the service was taken away. */
export async function restoreZone(zone: string, files: ZoneFiles, context: Context): Promise<void> {
  const former = await formerText(zone, files[fileOf(zone)] ?? null, context);
  const now = await textAt(fileOf(zone), context.host);
  if (former === undefined || now === undefined || !isSameZone(now, former)) return;
  for (const [path, one] of Object.entries(files)) await restoreFormer(path, one, context);
}

async function formerText(zone: string, former: Former, context: Context): Promise<string | undefined> {
  if (former === null) return textAt(shippedOf(zone), context.host);
  return 'bytes' in former ? (await context.kept(former.bytes)).toString() : undefined;
}

const textAt = async (path: string, host: Host): Promise<string | undefined> =>
  (await host.read(path))?.toString();

/** Whether two files say the same: what stands in a zone has no order, but for what is inside of a rule. */
export function isSameZone(one: string, other: string): boolean {
  const [a, b] = [elementsIn(one), elementsIn(other)];
  return a.length === b.length && a.every((element, index) => element === b[index]);
}

/** Each element of the zone as one text, sorted. */
function elementsIn(xml: string): string[] {
  const pieces = xml
    .replaceAll(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, '')
    .split(/(?=<)/)
    .map((piece) => piece.replace(/\s*(\/?>)\s*/, '$1').trim())
    .filter((piece) => piece.startsWith('<'));
  const elements: string[] = [];
  let [open, depth] = ['', 0];
  for (const piece of pieces) {
    open += piece;
    if (piece.startsWith('</')) depth -= 1;
    else if (!piece.includes('/>')) depth += 1;
    if (depth > 1) continue;
    elements.push(open);
    open = '';
  }
  return elements.sort();
}
