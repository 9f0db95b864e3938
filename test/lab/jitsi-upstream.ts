/**
 * A stand-in for Jitsi's repository, made from `jitsi-stand-in/`: small packages of two releases, with the names, questions,
 * accounts, units and files of the real ones, signed by a key that is thrown away.
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Lab } from './lab.ts';
import { putOnDisk } from './upstream.ts';

const place = '/srv/mirror/jitsi';
export const repositoryUrl = `file://${place}`;
export const keyUrl = `${repositoryUrl}/jitsi-key.gpg.key`;

const standIn = join(import.meta.dirname, 'jitsi-stand-in');
const names = readdirSync(standIn);

type Release = 'first' | 'next';
export const versions: Readonly<Record<Release, string>> = { first: '1.0.8500-1', next: '1.0.8600-1' };
const others: Readonly<Record<string, Readonly<Record<Release, string>>>> = {
  jicofo: { first: '1.0-1120-1', next: '1.0-1140-1' },
  'jitsi-videobridge2': { first: '2.3-200-1', next: '2.3-210-1' },
};
const versionOf = (name: string, release: Release): string => (others[name] ?? versions)[release];

/** Of every package what dpkg wants of its own, beside the files in `root`. */
const control = ['conffiles', 'config', 'postinst', 'postrm', 'prerm', 'templates'];
/** Empty folders, which git does not keep. */
const folders: Readonly<Record<string, string>> = { 'jitsi-meet-web-config': 'etc/jitsi/meet' };

/** What the package that asks for a certificate offers. */
const choices =
  "Let's Encrypt certificates, I want to use my own certificate, Generate a new self-signed certificate";

/** Puts the repository on a lab's disk; gives the fingerprint of its key. `offered`: other choices of a certificate. */
export async function addJitsiUpstream(lab: Lab, offered = choices): Promise<string> {
  let fingerprint = '';
  await putOnDisk(lab, place, async (folder) => {
    fingerprint = await makeRepository(folder, offered);
  });
  return fingerprint;
}

/** Upstream goes on: the next release is to be had too. */
export async function publishNext(lab: Lab): Promise<void> {
  await lab.run(['sh', '-ec', `cd ${place}; cp next/* stable/`]);
}

async function makeRepository(folder: string, offered: string): Promise<string> {
  mkdirSync(join(folder, 'stable'));
  mkdirSync(join(folder, 'next'));
  const stanzas: Record<Release, string[]> = { first: [], next: [] };
  for (const release of ['first', 'next'] as const)
    for (const name of names) stanzas[release].push(await build(folder, name, release, offered));
  return withKey(join(folder, 'jitsi-key.gpg.key'), async (sign) => {
    await index(join(folder, 'stable'), stanzas.first, sign);
    await index(join(folder, 'next'), [...stanzas.first, ...stanzas.next], sign);
  });
}

/** Builds one package, and gives what a list says of it. */
async function build(folder: string, name: string, release: Release, offered: string): Promise<string> {
  const version = versionOf(name, release);
  const from = join(standIn, name);
  const tree = mkdtempSync(join(tmpdir(), 'jitsi-package-'));
  try {
    if (existsSync(join(from, 'root'))) cpSync(join(from, 'root'), tree, { recursive: true });
    mkdirSync(join(tree, folders[name] ?? ''), { recursive: true });
    mkdirSync(join(tree, 'DEBIAN'));
    for (const file of control.filter((one) => existsSync(join(from, one))))
      cpSync(join(from, file), join(tree, 'DEBIAN', file));
    const fields = `${readFileSync(join(from, 'control'), 'utf8').trim()}\n`;
    const own = `Version: ${version}\nArchitecture: all\nMaintainer: Setup Wizard <setup-wizard@example.org>\n`;
    writeFileSync(join(tree, 'DEBIAN/control'), fields.replace('\n', `\n${own}`));
    await replaceIn(tree, '@VERSION@', version);
    await replaceIn(tree, '@CHOICES@', offered);
    // Whatever the mask of this process, as packages have them.
    await execa('chmod', ['-R', 'u=rwX,go=rX', tree]);
    const file = `stable/${name}_${version}_all.deb`;
    await execa('dpkg-deb', ['--root-owner-group', '-Zgzip', '--build', tree, join(folder, file)]);
    const bytes = readFileSync(join(folder, file));
    const text = readFileSync(join(tree, 'DEBIAN/control'), 'utf8');
    return `${text}Filename: ${file}\nSize: ${bytes.length}\nSHA256: ${sha256(bytes)}\n`;
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

async function replaceIn(tree: string, word: string, by: string): Promise<void> {
  const script = 'grep -rlZ "$0" . | xargs -0r sed -i "s/$0/$1/g"';
  await execa('sh', ['-c', script, word, by], { cwd: tree });
}

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

type Sign = (file: string, signed: string) => Promise<void>;

async function index(folder: string, stanzas: readonly string[], sign: Sign): Promise<void> {
  const list = stanzas.join('\n');
  writeFileSync(join(folder, 'Packages'), list);
  const { size } = statSync(join(folder, 'Packages'));
  const release = `Origin: jitsi.org\nLabel: Jitsi Debian packages repository\nSuite: stable/\nDate: ${new Date().toUTCString()}\nSHA256:\n ${sha256(list)} ${size} Packages\n`;
  writeFileSync(join(folder, 'Release'), release);
  await sign(join(folder, 'Release'), join(folder, 'InRelease'));
}

/** Makes a key, gives `use` what signs with it, and says which it was; its public half goes into `file`. */
async function withKey(file: string, use: (sign: Sign) => Promise<void>): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'jitsi-key-'));
  const gpg = async (...args: string[]) =>
    (await execa('gpg', ['--homedir', home, '--quiet', '--batch', '--yes', ...args])).stdout;
  try {
    const user = 'Stand-in for Jitsi <dev@example.org>';
    await gpg('--passphrase', '', '--quick-gen-key', user, 'rsa2048', 'sign', 'never');
    writeFileSync(file, `${await gpg('--armor', '--export')}\n`);
    await use(async (text, signed) => {
      await gpg('--clearsign', '--output', signed, text);
    });
    return /^fpr:+([0-9A-F]+):/m.exec(await gpg('--with-colons', '--list-keys'))?.[1] ?? '';
  } finally {
    await execa('gpgconf', ['--homedir', home, '--kill', 'all'], { reject: false });
    rmSync(home, { recursive: true, force: true });
  }
}
