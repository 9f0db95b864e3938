/**
 * A repository of apt that is ours: its line, and the key that signs it.
 *
 * 1. The key is believed only for its fingerprint, and only for this repository (`signed-by`).
 * 2. It is there only when apt has read what it has and found it signed; else all is as it was. A source that apt would
 *    not take beside the others, so that every command of it failed, is taken out at once.
 * 3. What somebody else has under these names, or has of this repository, is refused.
 * 4. `undo` takes away line, key, and what apt has fetched of it.
 *
 * Proven by test/operations/system/apt-repository.test.ts and test/lab/apt-repository.test.ts.
 */
import * as texts from '../i18n/texts/operations.ts';
import { runApt } from './shared/apt.ts';
import {
  describedIn,
  forgetLists,
  isRead,
  type Source,
  sourceFile,
  updateCommand,
} from './shared/apt-sources.ts';
import { commandFailed } from './shared/failed.ts';
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

type AptRepository = Op<'apt-repository'>;

export interface Seen extends SeenFiles {
  /** Another file that has this repository. */
  readonly elsewhere: string | undefined;
}

export const aptRepository: Verbs<AptRepository, Seen> = {
  keys: (op, values) => {
    const { path, keyPath } = wantedOf(op, values);
    return [`apt-repository:${values.public(op.name)}`, `file:${path}`, `file:${keyPath}`];
  },

  async inspect(op, context) {
    const wanted = wantedOf(op, context.values);
    return {
      ...(await inspectFiles(wanted, context)),
      elsewhere: await describedIn(sourceOf(op, context.values), wanted.path, context.host),
    };
  },

  diff(op, seen, context): Difference {
    const { values, recorded } = context;
    refuseWords(op, values);
    const { uri } = sourceOf(op, values);
    if (seen.elsewhere !== undefined) {
      const say = texts.sourceElsewhere(uri, seen.elsewhere);
      throw new Failure('refused-existing', { path: seen.elsewhere }, { say });
    }
    const wanted = wantedOf(op, values);
    const diff = filesDiff(wanted, seen, recorded(`apt-repository:${values.public(op.name)}`), context);
    return diff === ''
      ? { change: 'none' }
      : { change: 'change', commands: [updateCommand(wanted.path)], diff };
  },

  mark: (op, seen, context): Json => filesMark(wantedOf(op, context.values), seen, context),

  drift: (op, seen, then, context) => filesDrift(wantedOf(op, context.values), seen, then, context),

  async capture(op, seen, context): Promise<Json> {
    return { ...(await captureFiles(wantedOf(op, context.values), seen, context)) };
  },

  async apply(op, seen, context) {
    const { values } = context;
    const wanted = wantedOf(op, values);
    const key = await fetchKey(values.public(op.key), wanted.fingerprints, context);
    const before = await captureFiles(wanted, seen, context);
    try {
      await writeFiles(wanted, seen, key.binary, context);
      await context.must(['apt-get', 'indextargets', '--format', '$(SITE)']);
      await read(sourceOf(op, values), wanted.path, context);
    } catch (error) {
      await putBack(op, before, context);
      throw error;
    }
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    await putBack(op, raw as unknown as FormerFiles, context);
    return {};
  },

  describe: (op, values) => texts.addRepository(values.public(op.name), values.public(op.uri)),

  // Its files may be there without apt having read it.
  cutOff: 'again',
};

const sourceOf = ({ uri, suite }: AptRepository, values: Values): Source => ({
  uri: values.public(uri),
  suite: values.public(suite),
});

function wantedOf(op: AptRepository, values: Values): Wanted {
  const name = values.public(op.name);
  const keyPath = `/usr/share/keyrings/${name}-keyring.gpg`;
  const words = [`deb [signed-by=${keyPath}]`, op.uri, op.suite, ...(op.components ?? [])];
  return {
    path: sourceFile(name),
    content: `${words.join(' ')}\n`,
    syntax: 'plain',
    keyPath,
    fingerprints: op.fingerprints.map((one) => bare(values.public(one))),
  };
}

/** A blank or a bracket would be another word of apt's line. */
function refuseWords(op: AptRepository, values: Values): void {
  const refuse = (word: string) =>
    new Failure('check-failed', { what: word }, { say: texts.notASource(word) });
  const name = values.public(op.name);
  const { uri, suite } = sourceOf(op, values);
  const components = (op.components ?? []).map((one) => values.public(one));
  refuseKeyAddress(values.public(op.key));
  if (!/^\w[\w.-]*$/.test(name)) throw refuse(name);
  if (!/^(https?:\/\/|file:\/)[^\s[\]"'#@]+$/.test(uri)) throw refuse(uri);
  for (const word of [suite, ...components]) if (!/^[\w.][\w.~+/-]*$/.test(word)) throw refuse(word);
  if (suite.endsWith('/') !== (components.length === 0)) throw refuse([suite, ...components].join(' '));
}

/** Lists of before would be used on where the signature is wrong now, with code 0. */
async function read(source: Source, path: string, context: Context): Promise<void> {
  await forgetLists(source, context.host);
  const ran = await runApt(updateCommand(path), context);
  if (!(await isRead(source, context.host))) throw commandFailed(updateCommand(path), ran, context);
}

async function putBack(op: AptRepository, before: FormerFiles, context: Context): Promise<void> {
  const { values, host } = context;
  await restoreFiles(wantedOf(op, values), before, context);
  await forgetLists(sourceOf(op, values), host);
}
