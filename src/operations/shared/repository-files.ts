/** The two files of a repository that is ours: where it is, and the key that signs it. */
import type { FileSyntax } from '../../guide/kinds.ts';
import { repositoryOfOther } from '../../i18n/texts/operations.ts';
import { file } from '../file.ts';
import { type Context, Failure, type Json, type Op } from '../verbs.ts';
import { foldersAbove } from './folders.ts';
import { captureFormer, type Former, restoreFormer } from './former.ts';
import { peek } from './peek.ts';
import { fingerprintOf, fingerprintsIn, spaced } from './signing-key.ts';

/** What is wanted; texts with their values in them. */
export interface Wanted {
  readonly path: string;
  /** With `%NAME%`, encoded when it is written. */
  readonly content: string;
  readonly syntax: FileSyntax;
  readonly keyPath: string;
  readonly fingerprints: readonly string[];
}

export interface SeenFiles {
  readonly file: Awaited<ReturnType<typeof file.inspect>>;
  readonly keyBytes: Buffer | undefined;
  /** Of the primary keys in the file that is there. */
  readonly keys: readonly string[] | undefined;
  readonly expected: readonly string[];
}

export interface FormerFiles {
  readonly file: Json;
  readonly key: Former;
  /** Folders that were not there, the outermost first. */
  readonly folders: readonly string[];
}

const fileOp = ({ path, content, syntax }: Wanted): Op<'file'> => ({
  kind: 'file',
  path,
  content,
  syntax,
  mode: '0644',
  owner: 'root:root',
  onExisting: 'refuse',
});

export async function inspectFiles(wanted: Wanted, context: Context): Promise<SeenFiles> {
  const { host } = context;
  const keyBytes = await peek(wanted.keyPath, () => host.read(wanted.keyPath));
  return {
    file: await file.inspect(fileOp(wanted), context),
    keyBytes,
    keys: keyBytes && (await fingerprintsIn(keyBytes, host)),
    expected: wanted.fingerprints.map(fingerprintOf).sort(),
  };
}

/** Nothing where both are as they should be. Throws where a file is somebody else's; `recorded` is what we left. */
export function filesDiff(
  wanted: Wanted,
  seen: SeenFiles,
  recorded: Json | undefined,
  context: Context,
): string {
  const left = isFilesMark(recorded) ? recorded : undefined;
  const known = { ...context, recorded: () => left?.file };
  const isOwnKey = seen.keys?.join() === seen.expected.join();
  if (seen.keyBytes && !isOwnKey && left?.key !== seen.keys?.join()) throw refusal(wanted.keyPath);
  try {
    const inFile = file.diff(fileOp(wanted), seen.file, known);
    const text = inFile.change === 'change' ? (inFile.diff ?? '') : '';
    const keys = seen.expected.map((one) => `+ ${spaced(one)}\n`).join('');
    return text + (isOwnKey ? '' : `+ ${wanted.keyPath}\n${keys}`);
  } catch (error) {
    const isRefused = error instanceof Failure && error.code === 'refused-existing';
    throw isRefused ? refusal(wanted.path) : error;
  }
}

/** Somebody else has a file of that name. */
const refusal = (path: string): Failure =>
  new Failure('refused-existing', { path }, { say: repositoryOfOther(path) });

type FilesMark = { readonly file: Json; readonly key: Json };

const isFilesMark = (mark: Json | undefined): mark is FilesMark =>
  typeof mark === 'object' && mark !== null && 'file' in mark && 'key' in mark;

export const filesMark = (wanted: Wanted, seen: SeenFiles, context: Context): FilesMark => ({
  file: file.mark(fileOp(wanted), seen.file, context),
  key: seen.keys?.join() ?? null,
});

export async function captureFiles(wanted: Wanted, seen: SeenFiles, context: Context): Promise<FormerFiles> {
  const { host } = context;
  const stat = await host.stat(wanted.keyPath);
  return {
    file: await file.capture(fileOp(wanted), seen.file, context),
    key: await captureFormer(wanted.keyPath, stat, seen.keyBytes, context),
    folders: await missingFolders(wanted, context),
  };
}

/** The key first: nothing is read without it. */
export async function writeFiles(
  wanted: Wanted,
  seen: SeenFiles,
  key: Buffer,
  context: Context,
): Promise<void> {
  const { host } = context;
  for (const folder of await missingFolders(wanted, context))
    await host.mkdir(folder, { mode: '0755', owner: 'root:root' });
  await host.write(wanted.keyPath, key, { mode: '0644', owner: 'root:root' });
  await file.apply(fileOp(wanted), seen.file, context);
}

async function missingFolders({ path, keyPath }: Wanted, { host }: Context): Promise<string[]> {
  const all = [...new Set([...foldersAbove(path), ...foldersAbove(keyPath)])];
  const found = await Promise.all(all.map(async (one) => ((await host.stat(one)) ? [] : [one])));
  return found.flat();
}

export async function restoreFiles(wanted: Wanted, former: FormerFiles, context: Context): Promise<void> {
  await file.undo(fileOp(wanted), former.file, context);
  await restoreFormer(wanted.keyPath, former.key, context);
  for (const folder of former.folders.toReversed()) await context.host.rmdir(folder);
}

/** What is there now against what was left. */
export function filesDrift(wanted: Wanted, seen: SeenFiles, then: Json, context: Context): string {
  const left = isFilesMark(then) ? then : undefined;
  const inFile = file.drift?.(fileOp(wanted), seen.file, left?.file ?? null, context) ?? '';
  const now = seen.keys?.join() ?? null;
  return left && left.key !== now
    ? `${inFile}-${wanted.keyPath} ${left.key}\n+${wanted.keyPath} ${now}\n`
    : inFile;
}
