/**
 * A repository of dnf that is there (CodeReady Builder, say) and switched on.
 *
 * 1. Of its file one word is changed. What subscription-manager writes is changed by subscription-manager.
 * 2. `undo` brings back the bytes if the file is still as we left it, else the former word; in subscription-manager the
 *    former override, or none.
 *
 * Proven by test/operations/system/rpm-repository-enabled.test.ts and test/lab/rpm.test.ts.
 */
import * as texts from '../i18n/texts/operations.ts';
import { unifiedDiff } from './shared/diff.ts';
import {
  enabledIn,
  findSection,
  isEnabled,
  readRepoFiles,
  type Section,
  withEnabled,
} from './shared/repo-files.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Undone,
  type Verbs,
} from './verbs.ts';

type RpmRepositoryEnabled = Op<'rpm-repository-enabled'>;

export interface Seen {
  readonly id: string;
  readonly section: Section | undefined;
}

type Before =
  | {
      readonly bytes: string;
      /** Keyed hash of the file as we leave it. */
      readonly after: string;
      /** Nothing: it said nothing of it. */
      readonly word?: string;
    }
  /** Of subscription-manager; `null`: it had none. */
  | { readonly override: string | null };

export const rpmRepositoryEnabled: Verbs<RpmRepositoryEnabled, Seen> = {
  keys: (op, values) => [`rpm-repository-enabled:${values.public(op.id)}`],

  async inspect(op, { host, values }) {
    const id = values.public(op.id);
    return { id, section: findSection(await readRepoFiles(host), id) };
  },

  diff(_, { id, section }): Difference {
    if (!/^\w[\w.:-]*$/.test(id))
      throw new Failure('check-failed', { what: id }, { say: texts.notARepositoryId(id) });
    if (!section) throw new Failure('check-failed', { what: id }, { say: texts.noSuchRepository(id) });
    if (isEnabled(section)) return { change: 'none' };
    if (isManaged(section)) return { change: 'change', commands: [manage('repos', `--enable=${id}`)] };
    return { change: 'change', diff: unifiedDiff(section.path, section.text, withEnabled(section, '1')) };
  },

  mark: (_, { section }): Json => ({ enabled: section !== undefined && isEnabled(section) }),

  async capture(_, { id, section }, context): Promise<Json> {
    if (!section) throw new Failure('bug', { what: id });
    if (isManaged(section)) return { override: await overrideOf(id, context) } satisfies Before;
    const word = enabledIn(section);
    return {
      bytes: await context.keep(bytesOf(section.text)),
      after: context.fingerprint(bytesOf(withEnabled(section, '1'))),
      ...(word === undefined ? {} : { word }),
    } satisfies Before;
  },

  async apply(_, { id, section }, context) {
    if (!section) throw new Failure('bug', { what: id });
    if (isManaged(section)) await context.must(manage('repos', `--enable=${id}`));
    else await write(section, withEnabled(section, '1'), context);
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as Before;
    const id = context.values.public(op.id);
    const section = findSection(await readRepoFiles(context.host), id);
    if ('override' in before) await restoreOverride(id, before.override, section, context);
    else if (section) await restore(section, before, context);
    return {};
  },

  describe: (op, values) => texts.enableRepository(values.public(op.id)),
};

const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');

/** The file keeps its mode and owner. */
async function write({ path }: Section, text: string, { host }: Context): Promise<void> {
  const stat = await host.stat(path);
  if (stat?.type !== 'file') throw new Failure('refused-existing', { path });
  await host.write(path, bytesOf(text), { mode: stat.mode, owner: stat.owner });
}

async function restore(
  section: Section,
  { bytes, after, word }: Extract<Before, { bytes: string }>,
  context: Context,
): Promise<void> {
  const isOurs = context.fingerprint(bytesOf(section.text)) === after;
  const former = isOurs ? (await context.kept(bytes)).toString('latin1') : withEnabled(section, word);
  // Also where nothing differs: it clears what a write that was stopped left beside the file.
  await write(section, former, context);
}

/** In its own words, at the head of its file. */
const isManaged = ({ text }: Section): boolean => /^# Managed by \(rhsm\) subscription-manager/m.test(text);

const manage = (...words: readonly string[]): string[] => ['subscription-manager', ...words];

/** What it puts in the place of what the subscription says. */
async function overrideOf(id: string, { host }: Context): Promise<string | null> {
  const ran = await host.look(manage('repo-override', '--list', `--repo=${id}`), { timeout: 120_000 });
  if (ran.code === 127) throw new Failure('no-program', { program: 'subscription-manager' });
  return /^\s+enabled:\s+(\S+)\s*$/m.exec(ran.stdout)?.[1] ?? null;
}

async function restoreOverride(
  id: string,
  override: string | null,
  section: Section | undefined,
  context: Context,
): Promise<void> {
  const now = await overrideOf(id, context);
  if (now === override && !(section && isEnabled(section))) return;
  const words =
    override === null
      ? ['repo-override', `--repo=${id}`, '--remove=enabled']
      : ['repos', /^(0|no|false)$/i.test(override) ? `--disable=${id}` : `--enable=${id}`];
  await context.must(manage(...words));
}
