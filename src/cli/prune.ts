/** What the wizard keeps on this machine and nothing needs any more: shown with its size, and removed. */
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Talk } from '../client/plain/talk.ts';
import { usageOf } from '../host/usage.ts';
import { toAscii } from '../i18n/index.ts';
import { pruneWords } from '../i18n/prune.ts';
import { Busy, holderOf, takeLock } from '../journal/lock.ts';
import { storeOf } from '../run/machine.ts';
import { each, type Group, type Item, type Place, prunable, remove, sure } from '../run/prune.ts';
import { type Here, isAscii, Leave, print, printJson } from './here.ts';

export async function prune(at: Here): Promise<number> {
  const holder = await holderOf(at.host, at.state.lock);
  if (holder) throw new Busy(holder);
  const place = await placeOf(at);
  const groups = await prunable(place);
  const asks = !at.flags.yes && !at.flags.json;
  if (!at.flags.json) await show(at, groups);
  if (asks && groups.length > 0 && !process.stdin.isTTY) throw new Leave(2, at.words.cli.noTerminal);
  const wanted = asks ? await chosen(at, groups) : at.flags.yes ? surely(groups) : [];
  const { removed, bytes } = await removal(place, wanted);
  if (at.flags.json)
    printJson({ groups: groups.map(asJson), removed: removed.map(({ name }) => name), freed: bytes });
  else if (groups.length > 0) say(removed.length > 0 ? freed(at, bytes) : pruneWords[at.lang].untouched);
  return 0;
}

async function placeOf(at: Here): Promise<Place> {
  const { host, state } = at;
  const hasStore = await host.stat(`${state.secrets}/store.json`);
  const own = basename(dirname(fileURLToPath(import.meta.url)));
  return { host, state, own, store: hasStore ? await storeOf(at) : undefined };
}

const surely = (groups: readonly Group[]): Item[] =>
  groups.filter(({ id }) => sure.includes(id)).flatMap(({ items }) => items);

const asJson = ({ id, items, bytes }: Group) => ({
  group: id,
  bytes,
  sure: sure.includes(id),
  items: items.map(({ name }) => name),
});

/** What the disk says is gone, not what was reckoned. Whoever began a run meanwhile keeps the lock: exit 5. */
async function removal(
  place: Place,
  wanted: readonly Item[],
): Promise<{ removed: readonly Item[]; bytes: number }> {
  if (wanted.length === 0) return { removed: [], bytes: 0 };
  const { host, state } = place;
  const release = await takeLock(host, state.lock, 'prune');
  try {
    const before = await usageOf([state.path]);
    const removed = await remove(place, wanted);
    return { removed, bytes: before.bytes - (await usageOf([state.path])).bytes };
  } finally {
    await release();
  }
}

async function show(at: Here, groups: readonly Group[]): Promise<void> {
  const words = pruneWords[at.lang];
  if (groups.length === 0) return say(words.nothing);
  const { bytes } = await usageOf([at.state.path]);
  say(words.where(at.state.path, words.units(bytes)));
  for (const { id, items, bytes: own } of groups) {
    const [what, why] = words.groups[id];
    const about = [words.things(items.length), ...(sure.includes(id) ? [words.byYes] : [])].join(', ');
    say(`${words.units(own).padStart(9)}  ${what} (${about})`, `${' '.repeat(11)}${why}`);
  }
}

/** Group by group; what is somebody's data, one by one. */
async function chosen(at: Here, groups: readonly Group[]): Promise<Item[]> {
  const words = pruneWords[at.lang];
  const { lang, words: spoken } = at;
  const onLeave = () => process.exit(130);
  const talk = new Talk({ lang, words: spoken, ascii: isAscii(), output: process.stdout, onLeave });
  const wanted: Item[] = [];
  for (const { id, items } of groups) {
    const [what] = words.groups[id];
    const isEach = each.includes(id);
    if (isEach) talk.print(talk.plain(what));
    else if (await talk.isYes(talk.plain(words.remove(what)))) wanted.push(...items);
    for (const item of isEach ? items : [])
      if (await talk.isYes(talk.plain(words.removeOne(item.name)))) wanted.push(item);
  }
  talk.close();
  return wanted;
}

const freed = ({ lang }: Here, bytes: number) => pruneWords[lang].freed(pruneWords[lang].units(bytes));

function say(...lines: readonly string[]): void {
  for (const line of lines) print(isAscii() ? toAscii(line) : line);
}
