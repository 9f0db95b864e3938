/** Effects on files. What each leaves on the disk when it is stopped at a gate is said there. */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import {
  type FileHandle,
  lchown,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  rmdir,
  symlink,
  unlink,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ownerIds } from './accounts.ts';
import { type Gate, gated } from './gate.ts';
import type { Appender, Host } from './types.ts';

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
  return {
    write: (path, bytes, options) => gated(gate, 'write', () => writeFile(path, bytes, options, gate)),
    mkdir: (path, options) => gated(gate, 'mkdir', () => makeFolder(path, options, gate)),
    chmod: (path, mode) => gated(gate, 'chmod', () => changeMode(path, mode)),
    chown: (path, owner) => gated(gate, 'chown', () => changeOwner(path, owner)),
    link: (path, target) => gated(gate, 'link', () => makeLink(path, target, gate)),
    rename: (from, to) => gated(gate, 'rename', () => moveFile(from, to, gate)),
    remove: (path) => gated(gate, 'remove', () => removeFile(path, gate)),
    rmdir: (path) => gated(gate, 'rmdir', () => removeEmpty(path, gate)),
    removeTree: (path) => gated(gate, 'removeTree', () => removeAll(path, gate)),
    append: (path, { mode }) => gated(gate, 'open', () => openAppender(path, mode, gate, halves)),
  };
}

async function writeFile(
  path: string,
  bytes: string | Buffer,
  options: Attributes,
  gate: Gate,
): Promise<void> {
  await removeLeftovers(path);
  const temporary = `${leftoverPrefix(path)}${randomBytes(4).toString('hex')}`;
  await orRemove(temporary, () => writeNew(temporary, bytes, options));
  // On the disk: the former file, and the new one under a name that the next write or removal clears.
  await gate('write temporary');
  await orRemove(temporary, () => rename(temporary, path));
  // The new file is there; a power cut may still bring the former one back.
  await gate('write renamed');
  await syncFolder(dirname(path));
}

const leftoverPrefix = (path: string): string => join(dirname(path), `.${basename(path)}.setup-wizard-`);

/** What a write of `path` that was stopped left beside it. */
async function removeLeftovers(path: string): Promise<boolean> {
  const prefix = basename(leftoverPrefix(path));
  const names = await readdir(dirname(path)).catch(none<string[]>([]));
  const left = names.filter((name) => name.startsWith(prefix));
  for (const name of left) await unlink(join(dirname(path), name)).catch(none(undefined));
  return left.length > 0;
}

/** A full disk must not keep the half of a file that filled it. */
async function orRemove(temporary: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
}

/** Nobody reads a secret in it: mode and owner are set while it is empty. */
async function writeNew(path: string, bytes: string | Buffer, options: Attributes): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  await setAttributes(file, options);
  await file.writeFile(bytes);
  await file.sync();
}

/** The owner first: changing it clears special bits of the mode. */
async function setAttributes(file: FileHandle, { mode, owner }: Attributes): Promise<void> {
  if (owner !== undefined) {
    const { uid, gid } = await ownerIds(owner);
    await file.chown(uid, gid);
  }
  await file.chmod(Number.parseInt(mode, 8));
}

async function makeFolder(path: string, options: Attributes, gate: Gate): Promise<void> {
  await mkdir(path, { mode: 0o700 });
  // The folder is there with its first mode and owner.
  await gate('mkdir made');
  await using folder = await openSame(path);
  await setAttributes(folder, options);
  await folder.sync();
  await syncFolder(dirname(path));
}

async function changeMode(path: string, mode: string): Promise<void> {
  await using file = await openSame(path);
  await file.chmod(Number.parseInt(mode, 8));
  await file.sync();
}

/** The thing itself, not what a link put in its place would lead to. */
function openSame(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
}

async function changeOwner(path: string, owner: string): Promise<void> {
  const { uid, gid } = await ownerIds(owner);
  await lchown(path, uid, gid);
  await syncFolder(dirname(path));
}

async function makeLink(path: string, target: string, gate: Gate): Promise<void> {
  await symlink(target, path);
  await gate('link made');
  await syncFolder(dirname(path));
}

async function moveFile(from: string, to: string, gate: Gate): Promise<void> {
  await rename(from, to);
  await gate('rename made');
  await syncFolder(dirname(to));
  if (dirname(from) !== dirname(to)) await syncFolder(dirname(from));
}

async function removeFile(path: string, gate: Gate): Promise<void> {
  const left = await removeLeftovers(path);
  const gone = await unlink(path).then(() => true, none(false));
  if (!gone && !left) return;
  await gate('remove made');
  await syncFolder(dirname(path));
}

async function removeEmpty(path: string, gate: Gate): Promise<boolean> {
  try {
    await rmdir(path);
  } catch (error) {
    if (isCode(error, 'ENOTEMPTY', 'EEXIST')) return false;
    return none(true)(error);
  }
  await gate('rmdir made');
  await syncFolder(dirname(path));
  return true;
}

async function removeAll(path: string, gate: Gate): Promise<void> {
  const names = await readdir(path).catch(none<string[]>([]));
  const middle = Math.ceil(names.length / 2);
  for (const name of names.slice(0, middle)) await rm(join(path, name), { recursive: true, force: true });
  // Half of it is gone.
  await gate('removeTree half');
  await rm(path, { recursive: true, force: true });
  await syncFolder(dirname(path)).catch(none(undefined));
}

async function openAppender(path: string, mode: string, gate: Gate, halves: boolean): Promise<Appender> {
  const file = await open(path, 'a', Number.parseInt(mode, 8));
  try {
    await file.chmod(Number.parseInt(mode, 8));
    await file.sync();
    await syncFolder(dirname(path));
  } catch (error) {
    await file.close();
    throw error;
  }
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

/** A new or changed name is durable once its folder is. */
async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}

/** For `catch`: the value to take when there is no such file; anything else is thrown on. */
export function none<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return value;
    throw error;
  };
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
