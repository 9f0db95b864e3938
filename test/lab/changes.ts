import { createHash } from 'node:crypto';
import {
  type BigIntStats,
  createReadStream,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** What is at a path. `sha256` is for files, `target` for symbolic links, `device` for device nodes. */
export interface Entry {
  type: 'file' | 'folder' | 'link' | 'other';
  mode: string;
  uid: number;
  gid: number;
  sha256?: string;
  target?: string;
  device?: string;
}

/** What a lab wrote until a moment: each path it touched since its Debian root, and what was there (nothing: deleted). */
export type Snapshot = ReadonlyMap<string, Entry | undefined>;

/** A path that differs between two moments, and in what: `type`, `content`, `mode`, `owner`, or that it came or went. */
export interface Change {
  path: string;
  what: string[];
  before: Entry | undefined;
  after: Entry | undefined;
}

/** The folders of a lab that a snapshot looks at. */
export interface Layers {
  /** What programs inside see. */
  merged: string;
  /** The Debian root and the host's configuration, before anything was written. */
  below: string;
  /** What was written: by this lab, and by those whose mark it started from. */
  written: string[];
}

export async function takeSnapshot(layers: Layers): Promise<Snapshot> {
  const snapshot = new Map<string, Entry | undefined>();
  for (const path of touchedPaths(layers)) snapshot.set(path, await readEntry(join(layers.merged, path)));
  return snapshot;
}

/** The differences between two snapshots. Where one lacks a path, nothing had touched it: the root tells. */
export async function compare(before: Snapshot, after: Snapshot, below: string): Promise<Change[]> {
  const changes: Change[] = [];
  for (const path of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const was = before.has(path) ? before.get(path) : await readBelow(below, path);
    const is = after.has(path) ? after.get(path) : await readBelow(below, path);
    const what = differences(was, is);
    if (what.length) changes.push({ path, what, before: was, after: is });
  }
  return changes;
}

/** A link on the way would lead out of the root: then the path was not there. */
async function readBelow(below: string, path: string): Promise<Entry | undefined> {
  for (let folder = dirname(path); folder !== '/'; folder = dirname(folder)) {
    if (!isFolder(join(below, folder))) return undefined;
  }
  return readEntry(join(below, path));
}

function differences(before: Entry | undefined, after: Entry | undefined): string[] {
  if (!before || !after) return before ? ['removed'] : after ? ['added'] : [];
  if (before.type !== after.type) return ['type'];
  const content =
    before.sha256 !== after.sha256 || before.target !== after.target || before.device !== after.device;
  const owner = before.uid !== after.uid || before.gid !== after.gid;
  const found = { content, mode: before.mode !== after.mode, owner };
  return Object.entries(found).flatMap(([what, differs]) => (differs ? [what] : []));
}

function* touchedPaths(layers: Layers): Generator<string> {
  yield '/';
  yield* touchedBelow('/', layers);
}

/** A folder that exists before and after is walked where a layer touched it; one that came or went, wholly. */
function* touchedBelow(folder: string, layers: Layers): Generator<string> {
  const written = new Set(layers.written.flatMap((layer) => namesIn(join(layer, folder))));
  const now = new Set(namesIn(join(layers.merged, folder)));
  const once = new Set(namesIn(join(layers.below, folder)));
  for (const name of new Set([...written, ...now.symmetricDifference(once)])) {
    const path = join(folder, name);
    yield path;
    const isNow = isFolder(join(layers.merged, path));
    const isOnce = isFolder(join(layers.below, path));
    if (isNow && isOnce) yield* touchedBelow(path, layers);
    else if (isNow || isOnce) yield* allBelow(join(isNow ? layers.merged : layers.below, path), path);
  }
}

function* allBelow(real: string, path: string): Generator<string> {
  for (const name of namesIn(real)) {
    yield join(path, name);
    if (isFolder(join(real, name))) yield* allBelow(join(real, name), join(path, name));
  }
}

function namesIn(folder: string): string[] {
  return isFolder(folder) ? readdirSync(folder) : [];
}

function isFolder(path: string): boolean {
  return look(path)?.isDirectory() ?? false;
}

function look(path: string): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

async function readEntry(path: string): Promise<Entry | undefined> {
  const stat = look(path);
  if (!stat) return undefined;
  const mode = (Number(stat.mode) & 0o7777).toString(8).padStart(4, '0');
  const common = { mode, uid: Number(stat.uid), gid: Number(stat.gid) };
  if (stat.isDirectory()) return { type: 'folder', ...common };
  if (stat.isSymbolicLink()) return { type: 'link', ...common, target: readlinkSync(path) };
  if (!stat.isFile()) return { type: 'other', ...common, device: `${stat.mode & 0o170000n} ${stat.rdev}` };
  const sha256 = await hash(path, stat);
  return sha256 ? { type: 'file', ...common, sha256 } : undefined;
}

/** A file whose number, times and size are the same has been hashed: later snapshots only look. */
const hashes = new Map<string, string>();

async function hash(path: string, { ino, size, mtimeNs, ctimeNs }: BigIntStats): Promise<string | undefined> {
  const key = [ino, size, mtimeNs, ctimeNs].join();
  const known = hashes.get(key);
  if (known) return known;
  const digest = createHash('sha256');
  try {
    if (size < 1_000_000n) digest.update(readFileSync(path));
    else await pipeline(createReadStream(path), digest);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const sha256 = digest.digest('hex');
  hashes.set(key, sha256);
  return sha256;
}

/** The patterns of `traces.txt`: what may remain on a machine after a complete rollback. `*` also matches `/`. */
const declared = readFileSync(join(import.meta.dirname, 'traces.txt'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('/'))
  .map((line) => globPattern(line.split('\t')[0] ?? ''));

function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}

/** The changes that no line of `traces.txt` excuses: after a complete rollback, each one is a defect. */
export function undeclared(changes: Change[]): Change[] {
  return changes.filter(({ path }) => !declared.some((pattern) => pattern.test(path)));
}

/** One line per change, for the message of a failed test. */
export function describeChanges(changes: Change[]): string {
  return changes.map(({ path, what }) => `${what.join(', ')}: ${path}`).join('\n');
}
