/**
 * Where a path leads, held open: what others rename or replace meanwhile leads no effect elsewhere.
 *
 * 1. Each name is opened in the folder before it, which is held open already.
 * 2. A link that nobody but root or this user can have put there leads anywhere. A link of somebody else leads only
 *    from a folder of theirs through what is theirs too.
 * 3. Any other link is `Unsafe`, and nothing is done.
 *
 * Names are looked up without a thread: that takes microseconds, and there are a dozen calls to each path.
 *
 * Proven by test/host/attacks.test.ts.
 */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  type Stats,
  statSync,
} from 'node:fs';
import { join } from 'node:path';

/** A name on the way may be somebody's trap, or a folder that has to be ours is not ours alone. */
export class Unsafe extends Error {
  readonly path: string;
  readonly what: 'link' | 'folder';
  constructor(path: string, what: 'link' | 'folder' = 'link') {
    super(`${path}: unsafe ${what}`);
    this.name = 'Unsafe';
    this.path = path;
    this.what = what;
  }
}

/** Something that is held open, whatever it is called by now. */
export interface Held {
  readonly fd: number;
  /** Leads to it and to nothing else. */
  readonly at: string;
  readonly stat: Stats;
  /** Its path without links, as it was when it was opened. */
  readonly path: string;
  /** The folder in which its name was found. */
  readonly folder: Stats;
}

interface Walk {
  readonly whole: string;
  here: Held;
  left: string[];
  links: number;
  /** Owner of the last link that was not ours: from there on, all has to be theirs. */
  guest?: number;
}

/** Needs no right on the thing itself, and wakes no driver. Linux's O_PATH, not among Node's constants. */
const holdOnly = 0o10000000;
const mostLinks = 40;
const sticky = 0o1000;

export const isOurs = (uid: number): boolean => uid === 0 || uid === process.geteuid?.();

/** Others than root and this user can make names in it. */
export function isShared({ uid, gid, mode }: Stats): boolean {
  const isOwnGroup = gid === 0 || gid === process.getegid?.();
  return !isOurs(uid) || (mode & (isOwnGroup ? 0o002 : 0o022)) !== 0;
}

/** They can replace names of ours in it, too. */
const isOpen = (folder: Stats): boolean =>
  isShared(folder) && !(isOurs(folder.uid) && (folder.mode & sticky) !== 0);

/** Goes the whole way, through a link at its end too. Throws what the system says of `said`, or `Unsafe`. */
export function hold(path: string, said = path): Held {
  const walk = begin(path);
  try {
    goOn(walk);
    return walk.here;
  } catch (error) {
    closeSync(walk.here.fd);
    throw isSystemError(error) ? sayPath(error, error.path, said) : error;
  }
}

/** The path without a link in it, the last name included; what is not there keeps its name. */
export async function withoutLinks(path: string): Promise<string> {
  const walk = begin(path);
  try {
    goOn(walk);
    return walk.here.path;
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return join(walk.here.path, ...walk.left);
    throw isSystemError(error) ? sayPath(error, error.path, path) : error;
  } finally {
    closeSync(walk.here.fd);
  }
}

/** Throws `Unsafe` unless nobody else can put anything at that path or in it, as far as it is there. */
export async function refuseShared(path: string): Promise<void> {
  const real = await withoutLinks(path);
  const names = namesOf(real);
  for (let length = 0; length <= names.length; length++) {
    const one = `/${names.slice(0, length).join('/')}`;
    // Nobody else can replace it: the one above it was looked at.
    const found = lstatSync(one, { throwIfNoEntry: false });
    if (!found) return;
    if (isOpen(found) || (length === names.length && isShared(found))) throw new Unsafe(one, 'folder');
  }
}

function begin(path: string): Walk {
  const absolute = path.startsWith('/') ? path : join(process.cwd(), path);
  return { whole: path, here: holdAt('/', '/'), left: namesOf(absolute), links: 0 };
}

const namesOf = (path: string): string[] => path.split('/').filter((name) => name !== '' && name !== '.');

/** A name that fails is still the first of those left. */
function goOn(walk: Walk): void {
  for (let name = walk.left[0]; name !== undefined; name = walk.left[0]) {
    const next = holdAt(`${walk.here.at}/${name}`, join(walk.here.path, name), walk.here.stat);
    if (next.stat.isSymbolicLink()) {
      closeSync(next.fd);
      follow(walk, next, name);
    } else {
      moveTo(walk, next);
      walk.left.shift();
    }
  }
}

function moveTo(walk: Walk, next: Held): void {
  closeSync(walk.here.fd);
  walk.here = next;
  if (walk.guest !== undefined && next.stat.uid !== walk.guest) throw new Unsafe(next.path);
}

function follow(walk: Walk, link: Held, name: string): void {
  const { uid } = link.stat;
  walk.links += 1;
  if (walk.links > mostLinks) {
    // The system has the words for a loop.
    statSync(walk.whole);
    throw new Unsafe(link.path);
  }
  if (!isOurs(uid) || isOpen(walk.here.stat) || walk.guest !== undefined) {
    if (uid !== walk.here.stat.uid || isOurs(uid)) throw new Unsafe(link.path);
    walk.guest = uid;
  }
  const target = readlinkSync(`${walk.here.at}/${name}`);
  walk.left.splice(0, 1, ...namesOf(target));
  if (target.startsWith('/')) moveTo(walk, holdAt('/', '/'));
}

function holdAt(at: string, path: string, folder?: Stats): Held {
  const fd = openSync(at, holdOnly | constants.O_NOFOLLOW);
  try {
    const found = fstatSync(fd);
    return { fd, at: `/proc/self/fd/${fd}`, stat: found, path, folder: folder ?? found };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'errno' in error;
}

/** An error of the system tells of descriptors; a person is told of paths. */
export function sayPath<E extends NodeJS.ErrnoException>(error: E, at = '', path = ''): E {
  if (at === '') return error;
  error.message = error.message.replaceAll(at, () => path);
  if (error.path !== undefined) error.path = error.path.replace(at, () => path);
  return error;
}
