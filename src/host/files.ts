/** Effects on files. What each leaves on the disk when it is stopped at a gate is said there. */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rmdir, symlink, unlink } from 'node:fs/promises';
import { ownerIds } from './accounts.ts';
import { type Gate, gated } from './gate.ts';
import { inFolderOf, none, orElse, type Place, refusePlanted, syncFolder } from './place.ts';
import { removeTree } from './remove-tree.ts';
import type { Appender, Host } from './types.ts';
import { type Held, isSystemError, Unsafe } from './walk.ts';

type FileEffects = Pick<
  Host,
  'write' | 'mkdir' | 'chmod' | 'chown' | 'link' | 'rename' | 'remove' | 'rmdir' | 'removeTree' | 'append'
>;

interface Attributes {
  readonly mode: string;
  readonly owner?: string;
}

/** `halves`: appended texts are written in two parts with a gate between, for crash tests. */
export function fileEffects(gate: Gate, halves: boolean): FileEffects {
  const effect = <T>(path: string, name: string, act: () => Promise<T>) =>
    naming(path, gated(gate, name, act));
  return {
    write: (path, bytes, options) => effect(path, 'write', () => writeFile(path, bytes, options, gate)),
    mkdir: (path, options) => effect(path, 'mkdir', () => makeFolder(path, options, gate)),
    chmod: (path, mode) => effect(path, 'chmod', () => changeMode(path, mode)),
    chown: (path, owner) => effect(path, 'chown', () => changeOwner(path, owner)),
    link: (path, target) => effect(path, 'link', () => makeLink(path, target, gate)),
    rename: (from, to) => effect(from, 'rename', () => moveFile(from, to, gate)),
    remove: (path) => effect(path, 'remove', () => removeFile(path, gate)),
    rmdir: (path) => effect(path, 'rmdir', () => removeEmpty(path, gate)),
    removeTree: (path) => effect(path, 'removeTree', () => removeAll(path, gate)),
    append: (path, { mode }) => effect(path, 'open', () => openAppender(path, mode, gate, halves)),
  };
}

async function writeFile(
  path: string,
  bytes: string | Buffer,
  options: Attributes,
  gate: Gate,
): Promise<void> {
  await inFolderOf(path, async ({ at, folder, name }) => {
    await removeLeftovers(folder, name);
    const temporary = `${folder.at}/${leftoverPrefix(name)}${randomBytes(4).toString('hex')}`;
    const attributes = await resolved(options);
    await orRemove(temporary, () => writeNew(temporary, bytes, attributes));
    await orRemove(temporary, async () => {
      // On the disk: the former file, and the new one under a name that the next write or removal clears.
      await gate('write temporary');
      await rename(temporary, at);
    });
    // The new file is there; a power cut may still bring the former one back.
    await gate('write renamed');
    await syncFolder(folder);
  });
}

const leftoverPrefix = (name: string): string => `.${name}.setup-wizard-`;

/** What a write of that name that was stopped left beside it. */
async function removeLeftovers(folder: Held, name: string): Promise<boolean> {
  const names = await readdir(folder.at);
  const left = names.filter((one) => one.startsWith(leftoverPrefix(name)));
  // No folder of such a name is ours.
  for (const one of left) await unlink(`${folder.at}/${one}`).catch(orElse(undefined, 'ENOENT', 'EISDIR'));
  return left.length > 0;
}

/** What the kernel refuses leaves nothing: a full disk must not keep the half of a file that filled it. */
async function orRemove(temporary: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (isSystemError(error)) await unlink(temporary).catch(() => {});
    throw error;
  }
}

/** What the kernel refuses on an open file does not say which one that is. */
async function naming<T>(path: string, effect: Promise<T>): Promise<T> {
  try {
    return await effect;
  } catch (error) {
    throw isSystemError(error) && error.path === undefined ? Object.assign(error, { path }) : error;
  }
}

/** Nobody reads a secret in it: mode and owner are set while it is empty. */
async function writeNew(path: string, bytes: string | Buffer, attributes: Resolved): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  await setAttributes(file, attributes);
  await file.writeFile(bytes);
  await file.sync();
}

interface Resolved {
  readonly mode: number;
  readonly ids: Awaited<ReturnType<typeof ownerIds>> | undefined;
}

/** Before anything is made for an owner that nobody knows. */
async function resolved({ mode, owner }: Attributes): Promise<Resolved> {
  return { mode: Number.parseInt(mode, 8), ids: owner === undefined ? undefined : await ownerIds(owner) };
}

/** The owner first: changing it clears special bits of the mode. */
async function setAttributes(file: FileHandle, { mode, ids }: Resolved): Promise<void> {
  if (ids) await file.chown(ids.uid, ids.gid);
  await file.chmod(mode);
}

async function makeFolder(path: string, options: Attributes, gate: Gate): Promise<void> {
  const attributes = await resolved(options);
  await inFolderOf(path, async (place) => {
    await mkdir(place.at, { mode: 0o700 });
    // The folder is there with its first mode and owner.
    await gate('mkdir made');
    await using made = await openSame(place, constants.O_DIRECTORY);
    // Another one has taken its place.
    if ((await made.stat()).uid !== process.geteuid?.()) throw new Unsafe(path);
    await setAttributes(made, attributes);
    await made.sync();
    await syncFolder(place.folder);
  });
}

async function changeMode(path: string, mode: string): Promise<void> {
  await inFolderOf(path, async (place) => {
    await using file = await openSame(place);
    await file.chmod(Number.parseInt(mode, 8));
    await file.sync();
  });
}

async function changeOwner(path: string, owner: string): Promise<void> {
  const { uid, gid } = await ownerIds(owner);
  await inFolderOf(path, async (place) => {
    await using file = await openSame(place);
    await file.chown(uid, gid);
    await file.sync();
  });
}

/** The thing itself, not what a link put in its place would lead to. */
async function openSame(place: Place, more = 0): Promise<FileHandle> {
  const file = await open(place.at, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | more);
  try {
    refusePlanted(place.path, await file.stat(), place.folder.stat);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function makeLink(path: string, target: string, gate: Gate): Promise<void> {
  await inFolderOf(path, async ({ at, folder }) => {
    await symlink(target, at);
    await gate('link made');
    await syncFolder(folder);
  });
}

async function moveFile(from: string, to: string, gate: Gate): Promise<void> {
  await inFolderOf(from, (former) =>
    inFolderOf(to, async (place) => {
      await rename(former.at, place.at);
      await gate('rename made');
      await syncFolder(place.folder);
      if (former.folder.stat.ino !== place.folder.stat.ino) await syncFolder(former.folder);
    }),
  );
}

async function removeFile(path: string, gate: Gate): Promise<void> {
  await inFolderOf(path, async ({ at, folder, name }) => {
    const left = await removeLeftovers(folder, name);
    const gone = await unlink(at).then(() => true, none(false));
    if (!gone && !left) return;
    await gate('remove made');
    await syncFolder(folder);
  }).catch(none(undefined));
}

async function removeEmpty(path: string, gate: Gate): Promise<boolean> {
  const isGone = inFolderOf(path, async ({ at, folder }) => {
    await rmdir(at);
    await gate('rmdir made');
    await syncFolder(folder);
    return true;
  });
  return isGone.catch(orElse(false, 'ENOTEMPTY', 'EEXIST')).catch(none(true));
}

async function removeAll(path: string, gate: Gate): Promise<void> {
  await inFolderOf(path, async ({ at, folder }) => {
    // Half of it is gone.
    await removeTree(at, () => gate('removeTree half'));
    await syncFolder(folder);
  }).catch(none(undefined));
}

async function openAppender(path: string, mode: string, gate: Gate, halves: boolean): Promise<Appender> {
  const file = await inFolderOf(path, (place) => openToAppend(place, Number.parseInt(mode, 8)));
  const parts = (bytes: Buffer) => {
    const half = Math.floor(bytes.length / 2);
    return halves ? [bytes.subarray(0, half), bytes.subarray(half)] : [bytes];
  };
  return {
    append: (text) =>
      gated(gate, 'append', async () => {
        for (const [index, part] of parts(Buffer.from(text)).entries()) {
          // A torn line is on the disk.
          if (index > 0) await gate('append half');
          await file.appendFile(part);
        }
        await file.datasync();
      }),
    close: () => file.close(),
  };
}

async function openToAppend({ at, path, folder }: Place, mode: number): Promise<FileHandle> {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants;
  const file = await open(at, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, mode);
  try {
    refusePlanted(path, await file.stat(), folder.stat);
    await file.chmod(mode);
    await file.sync();
    await syncFolder(folder);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}
