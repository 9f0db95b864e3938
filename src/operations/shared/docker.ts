/**
 * What Docker says of itself and of what it holds. Everything is found by name and by the labels of Compose, which both
 * of its versions write; no output that shows the environment of a container is ever logged.
 */
import { tmpdir } from 'node:os';
import type { Host } from '../../host/types.ts';
import * as texts from '../../i18n/texts/docker.ts';
import { unlessFailure } from '../system-error.ts';
import { type Context, Failure, type Values } from '../verbs.ts';

/** An image, a project, a service, a container: never what Docker would take for an option, or for two names. */
export function dockerName(raw: string, values: Values): string {
  const name = values.public(raw);
  if (/^[A-Za-z0-9]\S*$/.test(name)) return name;
  throw new Failure('check-failed', { what: name }, { say: texts.notAName(name) });
}

/** `undefined`: there is no Docker on this machine. */
async function ask(argv: readonly string[], host: Host): Promise<string | undefined> {
  const ran = await host.look(['docker', ...argv]);
  if (ran.code === 0) return ran.stdout;
  if (ran.code === 127) return undefined;
  if (/permission denied/i.test(ran.stderr)) throw new Failure('needs-root', { what: 'docker' });
  if (isNotThere(ran.stderr)) return '';
  const reason = ran.stderr.trim().split('\n')[0] ?? '';
  throw new Failure('cannot-look', { what: 'docker', reason });
}

const isNotThere = (said: string): boolean => /No such (object|image|container|volume|network)/i.test(said);

/** Objects that `docker inspect` tells of; those that are gone meanwhile are left out. */
async function inspectAll(what: string, names: readonly string[], host: Host): Promise<readonly unknown[]> {
  if (names.length === 0) return [];
  const ran = await host.look(['docker', what, 'inspect', ...names]);
  if (ran.code !== 0 && !isNotThere(ran.stderr))
    throw new Failure('cannot-look', { what: 'docker', reason: ran.stderr.trim().split('\n')[0] ?? '' });
  const all: unknown = JSON.parse(ran.stdout || '[]');
  return Array.isArray(all) ? all : [];
}

const words = (text: string | undefined): string[] => (text ?? '').split(/\s+/).filter(Boolean);

export interface Container {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** The folder that Compose ran in. */
  readonly dir: string;
  /** Begun by hand with `run`: not what makes the service. */
  readonly isOneOff: boolean;
  /** The image's id, and the name it was begun by. */
  readonly image: string;
  readonly imageName: string;
  /** `running`, `exited`, `restarting`… */
  readonly state: string;
  readonly exitCode: number;
  /** `healthy`, `unhealthy`, `starting`; empty where nothing tells. */
  readonly health: string;
  /** When it was begun: another time each time it has ended. */
  readonly begun: string;
  /** How often Docker has begun it again by itself. */
  readonly restarts: number;
  /** Names of its volumes. */
  readonly volumes: readonly string[];
}

/** As `docker container inspect` has it, as far as it is needed. */
interface Inspected {
  readonly Id: string;
  readonly Name: string;
  readonly Image: string;
  readonly RestartCount: number;
  readonly Config: { readonly Image: string; readonly Labels: Readonly<Record<string, string>> | null };
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly StartedAt: string;
    readonly Health?: { readonly Status: string };
  };
  readonly Mounts: readonly { readonly Type: string; readonly Name?: string }[];
}

const label = 'com.docker.compose';
const ofProject = (project: string): string[] => ['--filter', `label=${label}.project=${project}`];

/** The containers of a project; `undefined` where there is no Docker. */
export async function containersOf(project: string, host: Host): Promise<Container[] | undefined> {
  const ids = await ask(['ps', '--all', '--quiet', '--no-trunc', ...ofProject(project)], host);
  if (ids === undefined) return undefined;
  const all = await inspectAll('container', words(ids), host);
  // Docker's own form.
  return (all as readonly Inspected[]).map(containerFrom);
}

function containerFrom({ Id, Name, Image, RestartCount, Config, State, Mounts }: Inspected): Container {
  return {
    id: Id,
    name: Name.replace(/^\//, ''),
    service: Config.Labels?.[`${label}.service`] ?? '',
    dir: Config.Labels?.[`${label}.project.working_dir`] ?? '',
    isOneOff: Config.Labels?.[`${label}.oneoff`] === 'True',
    image: Image,
    imageName: Config.Image,
    state: State.Status,
    exitCode: State.ExitCode,
    health: State.Health?.Status ?? '',
    begun: State.StartedAt,
    restarts: RestartCount,
    volumes: Mounts.flatMap(({ Type, Name: name }) => (Type === 'volume' && name ? [name] : [])),
  };
}

export const isContainer = async (name: string, host: Host): Promise<boolean> =>
  (await inspectAll('container', [name], host).catch(unlessFailure))?.length === 1;

export const volumesOf = async (project: string, host: Host): Promise<string[]> =>
  words(await ask(['volume', 'ls', '--quiet', ...ofProject(project)], host));

export const networksOf = async (project: string, host: Host): Promise<string[]> =>
  words(await ask(['network', 'ls', '--quiet', '--no-trunc', ...ofProject(project)], host));

/** Where a volume's files are on this machine. */
export async function mountpointOf(volume: string, host: Host): Promise<string | undefined> {
  const [found] = (await inspectAll('volume', [volume], host)) as readonly { readonly Mountpoint?: string }[];
  return found?.Mountpoint;
}

/** The id that a name leads to; nothing where there is no such image, or no Docker. */
export async function imageId(name: string, host: Host): Promise<string | undefined> {
  const id = await ask(['image', 'inspect', '--format', '{{.Id}}', name], host);
  return id?.trim() || undefined;
}

/** Whether any name still leads to an image. */
export async function hasNames(id: string, host: Host): Promise<boolean> {
  const names = await ask(['image', 'inspect', '--format', '{{json .RepoTags}}', id], host);
  return /"/.test(names ?? '');
}

/** Every image that no name leads to: half of a build, or what a name led to before. */
export const namelessImages = async (host: Host): Promise<string[]> =>
  words(await ask(['image', 'ls', '--all', '--quiet', '--no-trunc', '--filter', 'dangling=true'], host));

interface Cached {
  readonly ID: string;
  readonly CreatedAt: string;
  readonly InUse: string;
}

/** What BuildKit keeps of builds, by its ids; the builder of before has images for that. */
export async function cacheOfBuilds(host: Host): Promise<readonly { id: string; time: number }[]> {
  const text = await ask(['system', 'df', '--verbose', '--format', '{{json .BuildCache}}'], host);
  const all: unknown = JSON.parse(text?.trim() || '[]');
  // Docker's own form: `2026-11-30 18:00:20.249773214 +0000 UTC`.
  return (Array.isArray(all) ? (all as Cached[]) : [])
    .filter(({ InUse }) => InUse !== 'true')
    .map(({ ID, CreatedAt }) => ({
      id: ID,
      time: Date.parse(`${CreatedAt.slice(0, 19).replace(' ', 'T')}Z`) / 1000,
    }));
}

/** Seconds since 1970. */
export async function createdAt(image: string, host: Host): Promise<number> {
  const text = await ask(['image', 'inspect', '--format', '{{.Created}}', image], host);
  return Date.parse(text?.trim() ?? '') / 1000;
}

/** The command of Compose: the plugin where there is one, else the program of before. */
export async function composeCommand(host: Host): Promise<readonly string[]> {
  const plugin = ['docker', 'compose'];
  if ((await host.look([...plugin, 'version'])).code === 0) return plugin;
  const former = await host.look(['docker-compose', 'version']);
  return former.code === 0 ? ['docker-compose'] : plugin;
}

/** No image is built on the way: that is an operation of its own. */
export const upWords = (services: readonly string[]): string[] => [
  'up',
  '--detach',
  '--no-build',
  ...services,
];

/** Runs Compose where the files of a project are: its `.env` names them, the project and all else. */
export async function compose(
  dir: string,
  args: readonly string[],
  context: Context,
  limit: object = {},
): Promise<void> {
  const command = await composeCommand(context.host);
  await withBuilds(context, (env) => context.must([...command, ...args], { cwd: dir, env, ...limit }));
}

/** BuildKit's client keeps what it builds in the home of whoever runs it: here, in a folder that goes with the program. */
export async function withBuilds<T>(
  context: Context,
  act: (env: { readonly BUILDX_CONFIG: string }) => Promise<T>,
): Promise<T> {
  const { host } = context;
  // The same each time, so that what a crash leaves is found, and nobody else can guess it.
  const folder = `${tmpdir()}/setup-wizard-${context.fingerprint('docker-builds').slice(0, 16)}`;
  await host.removeTree(folder);
  try {
    return await act({ BUILDX_CONFIG: folder });
  } finally {
    await host.removeTree(folder);
  }
}

/** Removes something of Docker's: gone already is gone. What Docker refuses is said, and gives `false`. */
export async function removeQuietly(
  what: 'container' | 'image' | 'network' | 'volume',
  args: readonly string[],
  context: Context,
): Promise<boolean> {
  const ran = await context.run(['docker', what, 'rm', ...args]);
  return ran.code === 0 || isNotThere(ran.stderr);
}
