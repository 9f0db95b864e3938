/**
 * The key that signs a repository: fetched, and believed only for its fingerprints.
 *
 * 1. A file of keys is taken only if its primary keys are exactly those expected, all of them public.
 * 2. gpg works in a home that is thrown away; nobody's own is read or written.
 *
 * Proven by test/operations/system/signing-key.test.ts.
 */
import type { Host, Ran } from '../../host/types.ts';
import * as texts from '../../i18n/texts/operations.ts';
import { type Context, Failure } from '../verbs.ts';
import { commandFailed } from './failed.ts';

/** As publishers write it, without blanks. */
export const bare = (text: string): string => text.replaceAll(/[\s:]/g, '').toUpperCase();

/** Forty hexadecimal digits, or 64 of a newer key. */
export function fingerprintOf(text: string): string {
  const plain = bare(text);
  if (/^([0-9A-F]{40}|[0-9A-F]{64})$/.test(plain)) return plain;
  throw new Failure('check-failed', { what: text }, { say: texts.notAFingerprint(text) });
}

/** Throws unless it is an address that curl may be given: no option, and no password that others would read. */
export function refuseKeyAddress(url: string): void {
  const isAddress = /^(https?|file):\/\/[^\s"'<>\\]+$/.test(url);
  if (!isAddress) throw new Failure('check-failed', { what: url }, { say: texts.notAKeyAddress(url) });
  if (/^https?:\/\/[^/]*@/.test(url))
    throw new Failure('check-failed', { what: 'url' }, { say: texts.keyAddressWithPassword });
}

type Gpg = (...args: readonly string[]) => Promise<Ran>;

/** Gives `use` a gpg that knows nothing, and a folder for it to work in. */
async function withGpg<T>(host: Host, use: (gpg: Gpg, folder: string) => Promise<T>): Promise<T> {
  const folder = `/tmp/setup-wizard-gpg-${host.random(12).toString('hex')}`;
  await host.mkdir(folder, { mode: '0700' });
  try {
    return await use(async (...args) => {
      const quiet = ['--batch', '--no-tty', '--no-options', '--no-keyring'];
      const ran = await host.look(['gpg', ...quiet, '--homedir', folder, ...args]);
      if (ran.code === 127) throw new Failure('no-program', { program: 'gpg' });
      return ran;
    }, folder);
  } finally {
    await host.removeTree(folder);
  }
}

/** Of the primary keys in a file, sorted; `undefined` where there is anything but public keys. */
export async function fingerprintsIn(bytes: Buffer, host: Host): Promise<string[] | undefined> {
  return withGpg(host, (gpg, folder) => askFingerprints(bytes, gpg, folder, host));
}

async function askFingerprints(
  bytes: Buffer,
  gpg: Gpg,
  folder: string,
  host: Host,
): Promise<string[] | undefined> {
  const file = `${folder}/keys`;
  await host.write(file, bytes, { mode: '0600' });
  const { code, stdout } = await gpg('--with-colons', '--show-keys', file);
  return code === 0 ? parseKeys(stdout) : undefined;
}

/** Pure. The record after that of a primary key is its fingerprint. */
export function parseKeys(text: string): string[] | undefined {
  const found: string[] = [];
  let isPrimary = false;
  for (const line of text.split('\n')) {
    const [type = '', ...fields] = line.split(':');
    if (type === 'sec' || type === 'ssb') return undefined;
    if (type === 'fpr' && isPrimary) found.push(fields[8] ?? '');
    if (['pub', 'sub', 'fpr'].includes(type)) isPrimary = type === 'pub';
  }
  return found.length > 0 ? found.sort() : undefined;
}

export interface Key {
  /** As it was published. */
  readonly published: Buffer;
  /** Without the armour of base64. */
  readonly binary: Buffer;
}

const longest = 1_000_000;

/** Throws unless there are exactly these keys at the address. */
export async function fetchKey(url: string, fingerprints: readonly string[], context: Context): Promise<Key> {
  const { host } = context;
  refuseKeyAddress(url);
  const expected = fingerprints.map(fingerprintOf).sort();
  return withGpg(host, async (gpg, folder) => {
    const file = `${folder}/published`;
    await download(url, file, context);
    const published = (await host.read(file, longest)) ?? Buffer.alloc(0);
    const found = await askFingerprints(published, gpg, folder, host);
    if (!found) throw new Failure('check-failed', { what: url }, { say: texts.notAKey(url) });
    if (found.join() !== expected.join()) {
      const say = texts.otherKey(url, found, expected);
      throw new Failure('check-failed', { what: url }, { say });
    }
    return { published, binary: await withoutArmour(published, file, gpg, host) };
  });
}

/** curl finds proxies, certificates and files as an administrator's own does. */
async function download(url: string, file: string, context: Context): Promise<void> {
  const limits = ['--connect-timeout', '30', '--max-time', '120', '--max-filesize', String(longest)];
  const ways = ['--proto', '=https,http,file', '--proto-redir', '=https,http'];
  const argv = ['curl', '--fail', '--silent', '--show-error', '--location', ...ways, ...limits];
  const whole = [...argv, '--retry', '2', '--output', file, '--', url];
  const ran = await context.run(whole);
  if (ran.code === 127) throw new Failure('no-program', { program: 'curl' });
  if (ran.code !== 0) throw commandFailed(whole, ran, context);
}

async function withoutArmour(published: Buffer, file: string, gpg: Gpg, host: Host): Promise<Buffer> {
  if (!/^-----BEGIN PGP PUBLIC KEY BLOCK-----/m.test(published.toString('latin1'))) return published;
  await gpg('--yes', '--output', `${file}.gpg`, '--dearmor', file);
  const binary = await host.read(`${file}.gpg`, longest);
  if (!binary) throw new Failure('check-failed', { what: 'gpg --dearmor' });
  return binary;
}

/** `9554 F04D 7259…`, as publishers print it. */
export const spaced = (fingerprint: string): string => fingerprint.replaceAll(/(.{4})(?=.)/g, '$1 ');
