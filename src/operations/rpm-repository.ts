/**
 * A repository of dnf that is ours: its file, and the key that signs its packages.
 *
 * 1. The key is believed only for its fingerprint, lies beside as a file, and rpm trusts it by then.
 * 2. It is there only when dnf has read what it has; if it cannot, or finds a wrong signature, all is as it was.
 * 3. What somebody else has under these names is refused.
 * 4. `undo` takes away both files, the trust in the key if it was not there, and what dnf has fetched.
 *
 * Proven by test/operations/system/rpm-repository.test.ts and test/lab/rpm.test.ts.
 */
import * as texts from '../i18n/texts/operations.ts';
import { mustDnf, unattended } from './shared/dnf-run.ts';
import { commandFailed } from './shared/failed.ts';
import { findSection, readRepoFiles } from './shared/repo-files.ts';
import {
  captureFiles,
  type FormerFiles,
  filesDiff,
  filesDrift,
  filesMark,
  inspectFiles,
  restoreFiles,
  type SeenFiles,
  type Wanted,
  writeFiles,
} from './shared/repository-files.ts';
import { isKey, mustRpm, type TrustedKey, trustedKeys } from './shared/rpm.ts';
import { bare, fetchKey, refuseKeyAddress } from './shared/signing-key.ts';
import {
  type Context,
  type Difference,
  Failure,
  type Json,
  type Op,
  type Undone,
  type Values,
  type Verbs,
} from './verbs.ts';

type RpmRepository = Op<'rpm-repository'>;

export interface Seen extends SeenFiles {
  readonly trusted: readonly TrustedKey[];
  /** Another file that has a repository of this name. */
  readonly elsewhere: string | undefined;
}

interface Before extends FormerFiles {
  /** Keys that rpm trusted, as packages. */
  readonly trusted: readonly string[];
}

export const rpmRepository: Verbs<RpmRepository, Seen> = {
  keys: (op, values) => {
    const { path, keyPath, fingerprints } = wantedOf(op, values);
    const keys = fingerprints.map((one) => `rpm-key:${one.slice(-8).toLowerCase()}`);
    return [`rpm-repository:${idOf(op, values)}`, `file:${path}`, `file:${keyPath}`, ...keys];
  },

  async inspect(op, context) {
    const wanted = wantedOf(op, context.values);
    const others = (await readRepoFiles(context.host)).filter(({ path }) => path !== wanted.path);
    return {
      ...(await inspectFiles(wanted, context)),
      trusted: await trustedKeys(context.host),
      elsewhere: findSection(others, idOf(op, context.values))?.path,
    };
  },

  diff(op, seen, context): Difference {
    const { values, recorded } = context;
    const id = idOf(op, values);
    if (!/^\w[\w.:-]*$/.test(id))
      throw new Failure('check-failed', { what: id }, { say: texts.notARepositoryId(id) });
    refuseKeyAddress(values.public(op.key));
    if (seen.elsewhere !== undefined)
      throw new Failure(
        'refused-existing',
        { path: seen.elsewhere },
        { say: texts.repositoryElsewhere(id, seen.elsewhere) },
      );
    const wanted = wantedOf(op, values);
    const diff = filesDiff(wanted, seen, recorded(`rpm-repository:${id}`), context);
    if (diff === '' && isTrusted(seen)) return { change: 'none' };
    const commands = [
      ['rpm', '--import', wanted.keyPath],
      ['dnf', ...readIt(id)],
    ];
    return { change: 'change', commands, diff };
  },

  mark: (op, seen, context): Json => ({
    ...filesMark(wantedOf(op, context.values), seen, context),
    trusted: isTrusted(seen),
  }),

  drift: (op, seen, then, context) => filesDrift(wantedOf(op, context.values), seen, then, context),

  async capture(op, seen, context): Promise<Json> {
    const files = await captureFiles(wantedOf(op, context.values), seen, context);
    return { ...files, trusted: seen.trusted.map(({ name }) => name) } satisfies Before;
  },

  async apply(op, seen, context) {
    const wanted = wantedOf(op, context.values);
    const key = await fetchKey(context.values.public(op.key), wanted.fingerprints, context);
    const before: Before = {
      ...(await captureFiles(wanted, seen, context)),
      trusted: seen.trusted.map(({ name }) => name),
    };
    try {
      await writeFiles(wanted, seen, key.published, context);
      await mustRpm(['rpm', '--import', wanted.keyPath], context);
      await mustBeRead(idOf(op, context.values), context);
    } catch (error) {
      await putBack(op, before, context);
      throw error;
    }
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    await putBack(op, raw as unknown as Before, context);
    return {};
  },

  describe: (op, values) => texts.addRepository(values.public(op.name), values.public(op.baseurl)),

  // Its files may be there without dnf having read it.
  cutOff: 'again',
};

const idOf = (op: RpmRepository, values: Values): string => values.public(op.id);

function wantedOf(op: RpmRepository, values: Values): Wanted {
  const keyPath = `/etc/pki/rpm-gpg/RPM-GPG-KEY-${idOf(op, values)}`;
  const lines = [
    `[${op.id}]`,
    `name=${op.name}`,
    `baseurl=${op.baseurl}`,
    'enabled=1',
    'gpgcheck=1',
    `repo_gpgcheck=${op.signedMetadata ? 1 : 0}`,
    `gpgkey=file://${keyPath}`,
    ...(op.moduleHotfixes ? ['module_hotfixes=1'] : []),
  ];
  return {
    path: `/etc/yum.repos.d/${idOf(op, values)}.repo`,
    content: `${lines.join('\n')}\n`,
    syntax: 'ini',
    keyPath,
    fingerprints: op.fingerprints.map((one) => bare(values.public(one))),
  };
}

const isTrusted = ({ trusted, expected }: Seen): boolean =>
  expected.every((fingerprint) => trusted.some((key) => isKey(key, fingerprint)));

const alone = (id: string): string[] => [
  '--disablerepo=*',
  `--enablerepo=${id}`,
  `--setopt=${id}.skip_if_unavailable=False`,
];

/** Asks this repository alone, now, and agrees to the key that its file names for what it signs there. */
const readIt = (id: string): string[] => ['makecache', ...unattended, '--refresh', ...alone(id)];

/** What was read is there. */
async function mustBeRead(id: string, context: Context): Promise<void> {
  await mustDnf(readIt(id), context);
  const argv = ['dnf', '-q', '-C', ...alone(id), 'repoinfo', id];
  const ran = await context.host.look(argv);
  if (ran.code !== 0 || !ran.stdout.includes(id)) throw commandFailed(argv, ran, context);
}

async function putBack(op: RpmRepository, before: Before, context: Context): Promise<void> {
  const { host, values } = context;
  const wanted = wantedOf(op, values);
  await restoreFiles(wanted, before, context);
  const isOurs = (key: TrustedKey) =>
    wanted.fingerprints.some((one) => isKey(key, one)) && !before.trusted.includes(key.name);
  const ours = (await trustedKeys(host)).filter(
    (key) => isOurs(key) && !context.isNeeded(`rpm-key:${key.id}`),
  );
  if (ours.length > 0) await mustRpm(['rpm', '--erase', ...ours.map(({ name }) => name)], context);
  await forgetFetched(idOf(op, values), context);
}

const cache = '/var/cache/dnf';

/** Metadata, and the key that dnf has agreed to for it. */
async function forgetFetched(id: string, { host }: Context): Promise<void> {
  for (const name of await host.list(cache)) {
    const rest = name.startsWith(id) ? name.slice(id.length) : '';
    if (/^-[0-9a-f]{16}$/.test(rest)) await host.removeTree(`${cache}/${name}`);
    if (/^(-(filenames|other|presto|updateinfo))?\.solvx?$/.test(rest)) await host.remove(`${cache}/${name}`);
  }
}
