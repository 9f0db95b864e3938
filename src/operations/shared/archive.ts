/** Folders that leave the machine are packed into `kept/` first. */
import { basename, dirname } from 'node:path';
import * as texts from '../../i18n/texts/operations.ts';
import type { Context } from '../verbs.ts';
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
  const { host } = context;
  const some = await host.look(['find', path, '-type', 'f', '-print', '-quit']);
  if (some.stdout === '') return undefined;
  const target = await context.keptPath(`${name}-${stamp(host.now())}.tar.gz`);
  const partial = `${target}.partial`;
  await host.write(partial, '', { mode: '0600' });
  const excluded = without.map((pattern) => `--exclude=${basename(path)}/${pattern}`);
  const argv = [
    'tar',
    '--create',
    '--gzip',
    '--file',
    partial,
    '--directory',
    dirname(path),
    ...excluded,
    '--',
    basename(path),
  ];
  const packed = await context.run(argv);
  // 1: a file changed while it was read.
  if (packed.code !== 0 && packed.code !== 1) throw commandFailed(argv, packed, context);
  await keepFile(partial, target, ['gzip', '--test', partial], context);
  return target;
}

/** A finished file is tested, made durable, and only then has its name. */
export async function keepFile(
  partial: string,
  target: string,
  test: readonly string[],
  context: Context,
): Promise<void> {
  await context.must(test);
  await context.must(['sync', partial]);
  await context.host.rename(partial, target);
  context.say(texts.keptAt(target)[context.lang]);
}
