/**
 * A site of Debian's Apache: its file, and that it is enabled.
 *
 * 1. Apache reads the new configuration only after its own test of it; if the test fails, file and link are as they
 *    were before the operation ends.
 * 2. `undo` puts the former file and link back.
 *
 * Proven by test/operations/system/apache.test.ts and test/lab/kinds.test.ts.
 */
import * as texts from '../i18n/texts/operations.ts';
import { file } from './file.ts';
import {
  etc,
  isInstalled,
  isValid,
  mustBeValid,
  readMemory,
  reload,
  restoreMemory,
} from './shared/apache.ts';
import type { Context, Difference, Json, Op, Undone, Verbs } from './verbs.ts';

type ApacheSite = Op<'apache-site'>;

export interface Seen {
  readonly file: Awaited<ReturnType<typeof file.inspect>>;
  readonly enabled: boolean;
}

interface Before {
  readonly file: Json;
  readonly enabled: boolean;
  readonly memory: readonly string[];
}

const pathOf = (name: string): string => `${etc}/sites-available/${name}.conf`;

const fileOf = (op: ApacheSite): Op<'file'> => ({
  kind: 'file',
  path: pathOf(op.name),
  content: op.content ?? '',
  syntax: 'apache',
  mode: '0644',
  owner: 'root:root',
});

const linkOf = (op: ApacheSite): string => `${etc}/sites-enabled/${op.name}.conf`;

const isEnabled = async (op: ApacheSite, { host }: Context): Promise<boolean> =>
  (await host.stat(linkOf(op))) !== undefined;

export const apacheSite: Verbs<ApacheSite, Seen> = {
  keys: (op) => [`apache:site/${op.name}`, `file:${pathOf(op.name)}`],

  async inspect(op, context) {
    return { file: await file.inspect(fileOf(op), context), enabled: await isEnabled(op, context) };
  },

  diff(op, seen, context): Difference {
    const inFile = file.diff(fileOf(op), seen.file, context);
    if (inFile.change !== 'none' && inFile.change !== 'change') return inFile;
    if (inFile.change === 'none' && seen.enabled) return inFile;
    const commands = [
      ...(seen.enabled ? [] : [enableCommand(op)]),
      ['apache2ctl', 'configtest'],
      reloadCommand,
    ];
    return { ...(inFile.change === 'change' ? inFile : {}), change: 'change', commands };
  },

  drift(op, seen, then, context) {
    const left = typeof then === 'object' && then !== null && 'file' in then ? then : undefined;
    const inFile = file.drift?.(fileOf(op), seen.file, left?.['file'] ?? null, context) ?? '';
    return inFile + (left?.['enabled'] === seen.enabled ? '' : `-${linkOf(op)}\n`);
  },

  mark: (op, seen, context): Json => ({
    file: file.mark(fileOf(op), seen.file, context),
    enabled: seen.enabled,
  }),

  async capture(op, seen, context): Promise<Json> {
    const memory = await readMemory('site', op.name, context.host);
    return { file: await file.capture(fileOf(op), seen.file, context), enabled: seen.enabled, memory };
  },

  async apply(op, seen, context) {
    const before = (await apacheSite.capture(op, seen, context)) as unknown as Before;
    await file.apply(fileOf(op), seen.file, context);
    if (!seen.enabled) await context.must(enableCommand(op));
    try {
      await mustBeValid(context);
    } catch (error) {
      await putBack(op, before, context);
      throw error;
    }
    await reload(context);
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const undone = await putBack(op, raw as unknown as Before, context);
    if ((await isInstalled(context.host)) && (await isValid(context))) await reload(context);
    return undone;
  },

  describe: ({ name }) => texts.setUpSite(name),

  // It may be enabled without Apache having read it.
  cutOff: 'again',
};

const enableCommand = (op: ApacheSite): string[] => ['a2ensite', '--quiet', op.name];
const reloadCommand = ['systemctl', 'reload-or-restart', 'apache2'];

async function putBack(op: ApacheSite, before: Before, context: Context): Promise<Undone> {
  const { host } = context;
  const enabled = await isEnabled(op, context);
  if (enabled && !before.enabled) await host.remove(linkOf(op));
  const undone = await file.undo(fileOf(op), before.file, context);
  if (before.enabled && !enabled) await context.run(enableCommand(op));
  await restoreMemory('site', op.name, before.memory, context);
  return undone;
}
