import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { execa } from 'execa';
import type { Release } from './root.ts';

export interface Mirror {
  uri: string;
  suite: string;
  component: string;
}

/** Where a release is fetched from: the host's own Debian mirrors, with the name of the release replaced. */
export async function debianMirrors(release: Release): Promise<[Mirror, ...Mirror[]]> {
  const codename = /^VERSION_CODENAME=(\w+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? '';
  const { stdout } = await execa('apt-get', [
    'indextargets',
    '--format',
    '$(REPO_URI) $(RELEASE) $(COMPONENT)',
    'Created-By: Packages',
  ]);
  const mirrors = stdout.split('\n').flatMap((line) => {
    const [uri = '', suite = '', component = ''] = line.split(' ');
    const ours = suite === codename || suite === `${codename}-updates` || suite === `${codename}-security`;
    return ours ? [{ uri, suite: suite.replace(codename, release), component }] : [];
  });
  const main = mirrors.find((mirror) => mirror.suite === release);
  if (!main)
    throw new Error(`The lab fetches Debian as this machine does, and its apt sources have no ${codename}.`);
  return [main, ...mirrors.filter((mirror) => mirror !== main)];
}

/**
 * Fills a layer between the Debian root and what a test writes, so that package registries are reached the way the host
 * reaches them and none of it counts as a change: name resolution, certificates, apt, pip and npm configuration, and the
 * folders on which the product and the caches are bound. Credentials stay outside.
 */
export async function fillHostLayer(layer: string, root: string, release: Release): Promise<void> {
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(layer, path)), { recursive: true });
    writeFileSync(join(layer, path), text);
  };
  put('etc/resolv.conf', readFileSync('/etc/resolv.conf', 'utf8'));
  putCertificates(layer);
  putNpm(put);
  putPip(put);
  put('etc/apt/sources.list', (await debianMirrors(release)).map(sourceLine).join(''));
  put('etc/apt/apt.conf.d/99lab', `${await aptSettings()}APT::Keep-Downloaded-Packages "true";\n`);
  put('opt/node/bin/node', '');
  for (const folder of ['opt/setup-wizard', 'var/cache/pip-lab'])
    mkdirSync(join(layer, folder), { recursive: true });
  takeOverFolders(layer, root);
}

/** In an overlay the upper folder's mode and owner hide those of the folder below: make them the same. */
function takeOverFolders(layer: string, root: string): void {
  for (const entry of readdirSync(layer, { recursive: true, withFileTypes: true })) {
    const folder = join(entry.parentPath, entry.name);
    const below = join(root, relative(layer, folder));
    if (!entry.isDirectory() || !existsSync(below)) continue;
    const { mode, uid, gid } = statSync(below);
    chownSync(folder, uid, gid);
    chmodSync(folder, mode & 0o7777);
  }
}

const sourceLine = ({ uri, suite, component }: Mirror) => `deb ${uri} ${suite} ${component}\n`;

/** The host's settings on how to fetch: proxy, retries, clock. The rest of its apt configuration is its own. */
async function aptSettings(): Promise<string> {
  const { stdout } = await execa('apt-config', ['dump', '--no-empty']);
  const lines = stdout
    .split('\n')
    .filter((line) => /^Acquire::(https?::|Check-|Retries|ForceIPv|Max-)/i.test(line));
  return lines.map((line) => `${line}\n`).join('');
}

function putCertificates(layer: string): void {
  const bundle = 'etc/ssl/certs/ca-certificates.crt';
  const local = '/usr/local/share/ca-certificates';
  mkdirSync(join(layer, 'etc/ssl/certs'), { recursive: true });
  if (existsSync(`/${bundle}`)) cpSync(`/${bundle}`, join(layer, bundle));
  if (!existsSync(local)) return;
  cpSync(local, join(layer, local), { recursive: true });
  for (const name of readdirSync('/etc/ssl/certs')) {
    const link = join('/etc/ssl/certs', name);
    if (existsSync(link) && realpathSync(link).startsWith(local))
      cpSync(link, join(layer, link), { verbatimSymlinks: true });
  }
}

/** pip reads both system-wide files: the host's own settings, and the shared cache. */
function putPip(put: (path: string, text: string) => void): void {
  const files = ['/etc/pip.conf', join(homedir(), '.config/pip/pip.conf'), join(homedir(), '.pip/pip.conf')];
  const found = files.find((file) => existsSync(file));
  if (found) put('etc/pip.conf', readFileSync(found, 'utf8'));
  put('etc/xdg/pip/pip.conf', '[global]\ncache-dir = /var/cache/pip-lab\n');
}

function putNpm(put: (path: string, text: string) => void): void {
  const file = join(homedir(), '.npmrc');
  if (!existsSync(file)) return;
  const lines = readFileSync(file, 'utf8').split('\n');
  const kept = lines.filter(
    (line) => !/_auth|_password|username|email|^\s*(nodedir|cache|prefix)/i.test(line),
  );
  for (const path of ['root/.npmrc', 'etc/npmrc']) put(path, kept.join('\n'));
}

const passedOn =
  /^(pip_\w+|npm_config_\w+|(https?|all|no)_proxy|ssl_cert_(file|dir)|requests_ca_bundle|curl_ca_bundle|node_extra_ca_certs|git_ssl_cainfo)$/i;
const hostOnly = /^npm_config_(prefix|userconfig|globalconfig|cache|local_prefix|.*auth.*|.*password.*)$/i;

/** The host's variables about registries, proxies and certificates, without those that name a path only the host has. */
export function registryEnv(root: string): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => {
    const [name, value = ''] = entry;
    if (!passedOn.test(name) || hostOnly.test(name)) return false;
    return !value.startsWith('/') || existsSync(join(root, value));
  });
  return Object.fromEntries(entries);
}

/** Lets every user of every lab read and add to a shared cache, whoever wrote into it before. */
export function openToAll(folder: string): void {
  chmodSync(folder, 0o777);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink())
      chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o777 : 0o666);
  }
}
