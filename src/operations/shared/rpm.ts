/** What rpm's database knows. Where it lies differs (on Debian in root's home): rpm is asked, never a path. */
import type { Host, Ran } from '../../host/types.ts';
import { type Context, Failure } from '../verbs.ts';
import { commandFailed } from './failed.ts';
import { foldersAbove } from './folders.ts';
import type { PackageStates } from './package-manager.ts';
import { type Busy, runPatiently } from './patient.ts';

const busy: Busy = {
  isBusy: ({ stderr }) => /can't create transaction lock/.test(stderr),
  holderIn: () => undefined,
};

/** Waits for another rpm; throws unless the code is 0. */
export async function mustRpm(argv: readonly string[], context: Context): Promise<Ran> {
  const ran = await runPatiently(argv, busy, context);
  if (ran.code !== 0) throw commandFailed(argv, ran, context);
  return ran;
}

/** The fields that a query format gives, by package. Throws where the database cannot be read. */
async function queryAll(
  format: readonly string[],
  host: Host,
  only: readonly string[] = [],
): Promise<string[][]> {
  const argv = [
    'rpm',
    '--query',
    '--all',
    '--queryformat',
    `${format.map((tag) => `%{${tag}}`).join('\\t')}\\n`,
  ];
  const ran = await host.look([...argv, ...only]);
  if (ran.code === 127) throw new Failure('no-program', { program: 'rpm' });
  if (ran.code !== 0) {
    const reason = ran.stderr.split('\n').find((line) => line.startsWith('error:'));
    throw new Failure('cannot-look', { path: 'rpm', reason: reason ?? '' });
  }
  return ran.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t'));
}

/** As one asks for a package: the 32-bit one of a 64-bit machine has that in its name. */
export const packageName = (name: string, architecture: string): string =>
  /^i[3-6]86$/.test(architecture) ? `${name}.${architecture}` : name;

const keyPackage = 'gpg-pubkey';

/** Of these packages, or of all. Keys that rpm trusts are none. */
export async function rpmStates(host: Host, names: readonly string[] = []): Promise<PackageStates> {
  const all = await queryAll(['NAME', 'ARCH', 'EVR'], host);
  const states = all
    .filter(([name]) => name !== keyPackage)
    .map(([name = '', architecture = '', version = '']) => {
      return [packageName(name, architecture), { state: 'installed', version }] as const;
    });
  return new Map(names.length === 0 ? states : states.filter(([name]) => names.includes(name)));
}

export interface Installed {
  readonly name: string;
  /** `name-1.0-1.noarch`: one package among those of its name. */
  readonly whole: string;
  /** Seconds since 1970. */
  readonly time: number;
  /** `nodejs:18:…`, for what comes from a module. */
  readonly module: string;
}

export async function rpmInstalled(host: Host): Promise<Installed[]> {
  const tags = ['NAME', 'ARCH', 'VERSION', 'RELEASE', 'INSTALLTIME', 'MODULARITYLABEL'];
  const all = await queryAll(tags, host);
  return all.map(([name = '', architecture = '', version, release, time, module = '']) => ({
    name: packageName(name, architecture),
    whole: `${name}-${version}-${release}.${architecture}`,
    time: Number(time),
    module: module === '(none)' ? '' : module,
  }));
}

export interface TrustedKey {
  /** Its name as a package. */
  readonly name: string;
  /** The end of its fingerprint, lower case. */
  readonly id: string;
  readonly time: number;
}

/** The keys whose signatures rpm trusts. */
export async function trustedKeys(host: Host): Promise<TrustedKey[]> {
  const all = await queryAll(['VERSION', 'RELEASE', 'INSTALLTIME'], host, [keyPackage]);
  return all.map(([id = '', release, time]) => ({
    name: `${keyPackage}-${id}-${release}`,
    id,
    time: Number(time),
  }));
}

export const isKey = ({ id }: TrustedKey, fingerprint: string): boolean =>
  fingerprint.toLowerCase().endsWith(id);

/** Every path that these packages list, and the folders above. */
export async function rpmFiles(names: readonly string[], host: Host): Promise<string[]> {
  const { stdout } = await host.look(['rpm', '--query', '--list', ...names]);
  const listed = stdout.split('\n').filter((line) => line.startsWith('/'));
  return [...new Set(listed.flatMap((path) => [path, ...foldersAbove(path)]))];
}

export async function rpmScripts(names: readonly string[], host: Host): Promise<string> {
  return (await host.look(['rpm', '--query', '--scripts', ...names])).stdout;
}

/** Path, size, time, digest, mode and more, of configuration files alone. What a package only claims has a digest of zeros. */
const dumped = /^(\/.*?) \d+ \d+ ([0-9a-f]{32,128}) 0[0-7]{6} /;

export async function rpmConfigFiles(names: readonly string[], host: Host): Promise<Map<string, string>> {
  const which = names.length > 0 ? names : ['--all'];
  const { stdout } = await host.look(['rpm', '--query', '--configfiles', '--dump', ...which]);
  const lines = stdout.split('\n').flatMap((line) => {
    const [, path, digest] = dumped.exec(line) ?? [];
    return path !== undefined && digest !== undefined ? [[path, digest] as const] : [];
  });
  return new Map(lines);
}

export async function isOwnedByRpm(path: string, host: Host): Promise<boolean> {
  return (await host.look(['rpm', '--query', '--file', path])).code === 0;
}
