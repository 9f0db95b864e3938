/** The ways back of a project of Compose: what was made goes, with its data in `kept/`; what was there comes back. */
import { basename } from 'node:path';
import { shell } from '../encode/shell.ts';
import { unlessFailure } from '../system-error.ts';
import type { Context, Op } from '../verbs.ts';
import { archive } from './archive.ts';
import { dumpContainers } from './compose-dump.ts';
import { awaitHealthy, isUp, usualPatience } from './compose-health.ts';
import {
  type Container,
  compose,
  containersOf,
  imageId,
  mountpointOf,
  networksOf,
  removeQuietly,
  upWords,
  volumesOf,
} from './docker.ts';
import { asRecord } from './inputs.ts';

export interface Before {
  /** Of the whole project: ids of containers, names of volumes, ids of networks. */
  readonly containers: readonly string[];
  readonly volumes: readonly string[];
  readonly networks: readonly string[];
  readonly services: Readonly<Record<string, Former>>;
  /** Fingerprints of the files that they were made from: the names of their before-images. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** A service that was there, with the name and the id of its image. */
interface Former {
  readonly name: string;
  readonly id: string;
  readonly was: 'up' | 'ill' | 'stopped';
}

export function howItWas(container: Container | undefined): Former['was'] {
  if (container && isUp(container)) return 'up';
  return container && ['running', 'restarting'].includes(container.state) ? 'ill' : 'stopped';
}

/** Gives what could not be taken away. */
export async function removeMade(
  op: Op<'compose-project'>,
  project: string,
  services: readonly string[],
  before: Before,
  context: Context,
): Promise<string[]> {
  const { host } = context;
  const made = services.filter((name) => before.services[name] === undefined);
  const all = (await containersOf(project, host)) ?? [];
  const going = all.filter(({ service, id }) => made.includes(service) && !before.containers.includes(id));
  const volumes = await volumesToGo(project, going, before, context);
  const isEmptying = op.dumps?.some(({ service }) => made.includes(context.values.public(service)));
  if (isEmptying) await dumpContainers(op.dumps ?? [], project, context);
  const ids = going.map(({ id }) => id);
  if (ids.length > 0) await context.must(['docker', 'container', 'stop', '--time', '30', ...ids]);
  for (const volume of volumes) await archiveVolume(volume, context);
  const left: string[] = [];
  const remove = async (what: 'container' | 'volume' | 'network', name: string, shown: string) => {
    const words = what === 'container' ? ['--volumes', name] : [name];
    if (!(await removeQuietly(what, words, context))) left.push(`${what} ${shown}`);
  };
  for (const { id, name } of going) await remove('container', id, name);
  for (const volume of volumes) await remove('volume', volume, volume);
  for (const network of await networksOf(project, host))
    if (!before.networks.includes(network)) await remove('network', network, project);
  return left;
}

/** Named ones of the project, and those without a name of the containers that go. */
async function volumesToGo(
  project: string,
  going: readonly Container[],
  before: Before,
  { host }: Context,
): Promise<string[]> {
  const named = await volumesOf(project, host);
  const own = going.flatMap(({ volumes }) => volumes).filter((name) => !named.includes(name));
  const nameless = own.filter((name) => /^[0-9a-f]{64}$/.test(name));
  return [...named.filter((name) => !before.volumes.includes(name)), ...new Set(nameless)];
}

/** As files: whatever is in it, and whichever program can read it again. */
async function archiveVolume(volume: string, context: Context): Promise<void> {
  const path = await mountpointOf(volume, context.host);
  if (path === undefined) return;
  const some = await context.host.look(['find', path, '!', '-type', 'd', '-print', '-quit']);
  if (some.stdout === '') return;
  const create = ['docker', 'volume', 'create', shell(volume), '&&', ''].join(' ');
  await archive([path], `volume-${basename(volume)}`, context, [], create);
}

/** From the files and the images that they had: their own operations are taken back later, and find it done. */
export async function bringBack(
  op: Op<'compose-project'>,
  services: readonly string[],
  before: Before,
  context: Context,
): Promise<void> {
  const { host, values } = context;
  for (const [key, print] of Object.entries(before.inputs)) {
    const path = /^file:([^#]+)$/.exec(key)?.[1];
    if (path !== undefined) await restoreFile(path, print, context);
  }
  for (const name of services) {
    const image = before.services[name];
    const isOther = image && (await imageId(image.name, host)) !== image.id;
    if (isOther && (await imageId(image.id, host)))
      await context.must(['docker', 'image', 'tag', image.id, image.name]);
  }
  const dir = values.public(op.dir);
  await compose(dir, upWords(services), context);
  const of = (was: Former['was']) => services.filter((name) => before.services[name]?.was === was);
  if (of('stopped').length > 0) await compose(dir, ['stop', ...of('stopped')], context);
  await awaitHealthy(values.public(op.project), of('up'), op.within ?? usualPatience, context);
}

/** A before-image is found by the fingerprint of its bytes. What somebody has changed since we wrote it stays. */
async function restoreFile(path: string, print: string, context: Context): Promise<void> {
  const { host } = context;
  const stat = await host.stat(path);
  const now = await host.read(path);
  if (stat?.type !== 'file' || !now || print === '' || context.fingerprint(now) === print) return;
  if (asRecord(context.recorded(`file:${path}`))['sha'] !== context.fingerprint(now)) return;
  const former = await context.kept(print).catch(unlessFailure);
  if (former) await host.write(path, former, { mode: stat.mode, owner: stat.owner });
}
