/**
 * A lab of the RHEL family's kind: a Debian 13 that presents itself as one, with dnf and rpm for its package manager and
 * repositories of packages that are built here. Nothing of Red Hat's, Rocky's or Alma's is in it: see README.md.
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, takeLock } from './cache.ts';
import { Lab, type LabOptions, type Mark } from './lab.ts';
import { ensureRoot } from './root.ts';
import { putOnDisk } from './upstream.ts';

export interface ElOptions extends Omit<LabOptions, 'release'> {
  /** Default: Rocky Linux 9. RHEL and Alma have the same packages under their own names of repositories. */
  system?: ElSystem;
  /** What SELinux's stand-in says it is at boot. Default: disabled. */
  selinux?: 'disabled' | 'permissive' | 'enforcing';
}

export type ElSystem = `${'rocky' | 'almalinux' | 'rhel'}-${8 | 9 | 10}`;

/** The disk of a new lab; it is not on. */
export async function elLab({
  system = 'rocky-9',
  selinux = 'disabled',
  ...options
}: ElOptions = {}): Promise<Lab> {
  const fromMark = options.fromMark ?? (await elSystem(system));
  const nspawn = [...(options.nspawn ?? []), ...kernelFile(selinux)];
  const lab = await Lab.create({ name: system, ...options, nspawn, release: 'trixie', fromMark });
  if (selinux !== 'disabled')
    await lab.write('/etc/selinux/config', `SELINUX=${selinux}\nSELINUXTYPE=targeted\n`);
  return lab;
}

/** What a kernel with SELinux says of it at boot; where it is disabled, it has no such file. */
function kernelFile(selinux: string): string[] {
  if (selinux === 'disabled') return [];
  const folder = join(cacheFolder('el'), `kernel-${selinux}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'enforce'), selinux === 'enforcing' ? '1' : '0');
  return [`--bind-ro=${folder}:/sys/fs/selinux`];
}

/** The system as it is installed. The first call makes it: some five minutes. */
export async function elSystem(system: ElSystem): Promise<Mark> {
  const root = await ensureRoot('trixie');
  const unlock = await takeLock(`el-${system}`);
  try {
    const folder = join(cacheFolder('el'), `${system}-${keyOf(root)}`);
    if (!existsSync(join(folder, complete))) await make(system, folder);
    utimesSync(join(folder, complete), new Date(), new Date());
    return { release: 'trixie', written: [join(folder, 'written')] };
  } finally {
    await unlock();
  }
}

/** A file that stands in a finished folder; its time is that of the last use. */
const complete = 'complete';
const standIn = join(import.meta.dirname, 'el-stand-in');

function keyOf(root: string): string {
  const hash = createHash('sha256').update(root);
  for (const path of readdirSync(standIn, { recursive: true, encoding: 'utf8' }).sort()) {
    if (statSync(join(standIn, path)).isFile()) hash.update(path).update(readFileSync(join(standIn, path)));
  }
  return hash.digest('hex').slice(0, 12);
}

async function make(system: ElSystem, folder: string): Promise<void> {
  removeOld(system);
  const lab = await Lab.create({ release: 'trixie', name: `make-${system}`, network: 'own', product: false });
  try {
    await lab.boot();
    await putOnDisk(lab, '/root/el-stand-in', async (place) => cpSync(standIn, place, { recursive: true }));
    const words = system.split('-');
    for (const script of ['base.sh', 'repository.sh', 'system.sh'])
      await lab.run(['sh', `/root/el-stand-in/${script}`, ...words], { timeout: 30 * 60_000 });
    rmSync(folder, { recursive: true, force: true });
    await lab.mark(system, `${folder}.making`);
    writeFileSync(join(`${folder}.making`, complete), '');
    renameSync(`${folder}.making`, folder);
  } finally {
    await lab.destroy();
  }
}

/** Former ones that nobody has used for a day, and what was never finished: whoever calls holds the lock. */
function removeOld(system: ElSystem): void {
  const all = cacheFolder('el');
  for (const name of readdirSync(all).filter((one) => one.startsWith(`${system}-`))) {
    const lastUse = statSync(join(all, name, complete), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (lastUse < Date.now() - 24 * 3_600_000) rmSync(join(all, name), { recursive: true, force: true });
  }
}
