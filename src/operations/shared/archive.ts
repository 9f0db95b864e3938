/** What leaves the machine is packed into `kept/` first. */
import * as texts from '../../i18n/texts/operations.ts';
import { shell } from '../encode/shell.ts';
import type { Context } from '../verbs.ts';
import { silentForHours } from './called.ts';
import { commandFailed } from './failed.ts';

/** `20260131-154500`: sorts by time, in universal time. */
export function stamp(date: Date): string {
  return date.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}

/**
 * Packs a folder; gives the archive's path, or nothing if there is no file in it. `without`: patterns of paths inside
 * that can be made again, such as caches. Throws unless the whole archive can be read.
 */
export async function archiveFolder(
  path: string,
  name: string,
  context: Context,
  without: readonly string[] = [],
): Promise<string | undefined> {
  const some = await context.host.look(['find', path, '!', '-type', 'd', '-print', '-quit']);
  if (some.stdout === '') return undefined;
  const excluded = without.map((pattern) => `--exclude=${path.slice(1)}/${pattern}`);
  return archive([path], name, context, excluded);
}

/**
 * Packs files, links and folders under their whole paths: unpacked from `/`, each is where it was. `first`: what has to be
 * run before that.
 */
export async function archive(
  paths: readonly string[],
  name: string,
  context: Context,
  excluded: readonly string[] = [],
  first = '',
): Promise<string> {
  const { host } = context;
  const target = await context.keptPath(`${name}-${stamp(host.now())}.tar.gz`);
  const partial = `${target}.partial`;
  await host.write(partial, '', { mode: '0600' });
  const argv = [
    'tar',
    '--create',
    '--gzip',
    '--file',
    partial,
    '--sparse',
    '--acls',
    '--xattrs',
    '--directory=/',
    ...excluded,
    '--',
    ...paths.map((path) => path.slice(1)),
  ];
  const packed = await context.run(argv, silentForHours);
  // 1: a file changed while it was read.
  if (packed.code !== 0 && packed.code !== 1) throw commandFailed(argv, packed, context);
  await keepFile(partial, target, ['gzip', '--test', partial], `${first}${unpack} ${shell(target)}`, context);
  return target;
}

const unpack = 'tar --extract --acls --xattrs --directory=/ --file';

/** A finished file is tested, made durable, and only then has its name. */
export async function keepFile(
  partial: string,
  target: string,
  test: readonly string[],
  restore: string,
  context: Context,
): Promise<void> {
  await context.must(test, silentForHours);
  await context.must(['sync', partial]);
  await context.host.rename(partial, target);
  context.say(texts.keptAt(target)[context.lang]);
  await context.saved(target, restore);
}
