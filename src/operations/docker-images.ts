/**
 * Images of Docker under their names: pulled, built by Compose, or loaded from an archive.
 *
 * 1. What is there is taken as it is; what is built is built again when what it is made of has changed since.
 * 2. `undo`: each name leads where it led before. An image that nothing leads to and nobody uses goes, with what a build
 *    left half-way and the images that it was built from, if they were not there.
 * 3. An image that a container uses stays, and is named.
 *
 * Proven by test/operations/system/docker-images.test.ts and test/lab/docker.test.ts.
 */
import type { Host } from '../host/types.ts';
import * as texts from '../i18n/texts/docker.ts';
import { runIn } from '../i18n/texts/operations.ts';
import { notQuiet } from './shared/called.ts';
import {
  cacheOfBuilds,
  compose,
  composeCommand,
  createdAt,
  dockerName,
  hasNames,
  imageId,
  namelessImages,
  removeQuietly,
  withBuilds,
} from './shared/docker.ts';
import { type Inputs, inputsOf, oldInputs } from './shared/inputs.ts';
import type { Context, Difference, Json, Op, Undone, Values, Verbs } from './verbs.ts';

type DockerImages = Op<'docker-images'>;

export interface Seen {
  /** The id that each name leads to. */
  readonly ids: Readonly<Record<string, string | null>>;
  /** Of what they are made of, as it is now. */
  readonly inputs: Inputs;
  readonly compose: readonly string[];
}

interface Before {
  readonly ids: Readonly<Record<string, string | null>>;
  /** Of those that they are built from. */
  readonly from: Readonly<Record<string, string | null>>;
  /** The reference of a list: what there was of builds already. */
  readonly rests: string;
  readonly time: number;
}

const namesOf = (op: DockerImages, values: Values): string[] =>
  op.names.map((name) => dockerName(name, values));
const keyOf = (name: string): string => `docker:image/${name}`;

export const dockerImages: Verbs<DockerImages, Seen> = {
  keys: (op, values) => namesOf(op, values).map(keyOf),

  async inspect(op, context): Promise<Seen> {
    const { host, values } = context;
    return {
      ids: await idsOf(namesOf(op, values), context),
      inputs: await inputsOf(
        (op.madeOf ?? []).map((key) => values.public(key)),
        context,
      ),
      compose: op.build ? await composeCommand(host) : [],
    };
  },

  diff(op, seen, context): Difference {
    const missing = missingIn(seen);
    const isOld = op.build !== undefined && oldInputs(keysOf(op, context), seen.inputs, context).length > 0;
    if (missing.length === 0 && !isOld) return { change: 'none' };
    return {
      change: 'change',
      commands: commandsOf(op, seen, context),
      ...(op.build ? { circumstances: [runIn(context.values.public(op.build.dir))] } : {}),
      diff: (missing.length > 0 ? missing : namesOf(op, context.values))
        .map((name) => `+ ${name}\n`)
        .join(''),
    };
  },

  mark: (_, { ids, inputs }): Json => ({ ids: { ...ids }, inputs: { ...inputs } }),

  /** Not that what they are made of has changed: the images are the same. */
  differs: (_, now, then) => JSON.stringify(idsIn(now)) !== JSON.stringify(idsIn(then)),

  async capture(op, { ids }, context): Promise<Json> {
    const { host, values } = context;
    const from = (op.build?.from ?? []).map((name) => values.public(name));
    const rests = op.build ? await restsNow(host) : null;
    return {
      ids: { ...ids },
      from: await idsOf(from, context),
      rests: await context.keep(Buffer.from(JSON.stringify(rests))),
      time: Math.floor(host.now().getTime() / 1000),
    } satisfies Before;
  },

  async apply(op, seen, context) {
    const { values } = context;
    if (op.build) {
      const { dir, services } = op.build;
      const words = ['build', ...services.map((name) => dockerName(name, values))];
      await patiently(words.join(' '), (limit) => compose(values.public(dir), words, context, limit));
    } else
      for (const argv of commandsOf(op, seen, context))
        await patiently(argv.join(' '), (limit) => context.must(argv, limit));
  },

  async undo(op, raw, context): Promise<Undone> {
    // Written by `capture`.
    const before = raw as unknown as Before;
    const now = await idsOf(Object.keys(before.ids), context);
    const left: string[] = [];
    for (const [name, id] of Object.entries(before.ids)) {
      if (now[name] === id || context.isNeeded(keyOf(name))) continue;
      if (!(await takeBack(name, id, now[name] ?? null, context))) left.push(name);
    }
    if (op.build) await withBuilds(context, (env) => removeRests(before, env, context));
    for (const [name, id] of Object.entries(before.from))
      if (id === null && !context.isNeeded(keyOf(name))) await removeQuietly('image', [name], context);
    return left.length > 0 ? { left: texts.imagesKept(left) } : {};
  },

  describe: (op, values) => {
    const names = namesOf(op, values);
    if (op.build) return texts.buildImages(names);
    return op.file === undefined ? texts.pullImages(names) : texts.loadImages(names, values.public(op.file));
  },
};

const keysOf = (op: DockerImages, { values }: Context): string => keyOf(namesOf(op, values)[0] ?? '');

const missingIn = ({ ids }: Seen): string[] =>
  Object.entries(ids).flatMap(([name, id]) => (id === null ? [name] : []));

async function idsOf(names: readonly string[], { host }: Context): Promise<Record<string, string | null>> {
  const ids: Record<string, string | null> = {};
  for (const name of names) ids[name] = (await imageId(name, host)) ?? null;
  return ids;
}

const idsIn = (mark: Json): Json =>
  typeof mark === 'object' && mark !== null && 'ids' in mark ? mark['ids'] : null;

function commandsOf(op: DockerImages, seen: Seen, { values }: Context): string[][] {
  if (op.build)
    return [[...seen.compose, 'build', ...op.build.services.map((name) => dockerName(name, values))]];
  if (op.file !== undefined) return [['docker', 'image', 'load', '--input', values.public(op.file)]];
  return missingIn(seen).map((name) => ['docker', 'image', 'pull', name]);
}

/** A slow line, or a step of a build that says nothing for long. */
const seconds = 1800;

const patiently = <T>(what: string, act: Parameters<typeof notQuiet<T>>[2]): Promise<T> =>
  notQuiet(what, seconds, act);

/** `false`: somebody uses it, or where it led before is gone. */
async function takeBack(
  name: string,
  before: string | null,
  now: string | null,
  context: Context,
): Promise<boolean> {
  if (before === null) return removeQuietly('image', [name], context);
  if ((await context.run(['docker', 'image', 'tag', before, name])).code !== 0) return false;
  if (now !== null && !(await hasNames(now, context.host))) await removeQuietly('image', [now], context);
  return true;
}

interface Rests {
  readonly images: readonly string[];
  readonly cache: readonly string[];
}

async function restsNow(host: Host): Promise<Rests> {
  return { images: await namelessImages(host), cache: (await cacheOfBuilds(host)).map(({ id }) => id) };
}

/** What a build left half-way, or what its images led to in between. */
async function removeRests(
  { rests, time }: Before,
  env: Readonly<Record<string, string>>,
  context: Context,
): Promise<void> {
  const { host } = context;
  // Written by `capture`.
  const { images, cache } = JSON.parse((await context.kept(rests)).toString()) as Rests;
  for (const id of await namelessImages(host))
    if (!images.includes(id) && (await createdAt(id, host)) >= time)
      await removeQuietly('image', [id], context);
  const isOurs = (one: { id: string; time: number }) => !cache.includes(one.id) && one.time >= time;
  // What others are made of cannot go before them.
  for (let count = Number.POSITIVE_INFINITY; ; ) {
    const ours = (await cacheOfBuilds(host)).filter(isOurs);
    if (ours.length === 0 || ours.length >= count) return;
    count = ours.length;
    for (const { id } of ours)
      await context.run(['docker', 'builder', 'prune', '--force', '--all', '--filter', `id=${id}`], { env });
  }
}
