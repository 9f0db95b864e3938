/**
 * Images under the names of Docker Hub for a lab that reaches none: a folder that `registry.mjs` serves, and an archive of
 * `docker save`. Made once, in a lab of their own: programs of Debian, and what `ej-stand-in/` has.
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { execa } from 'execa';
import { cacheFolder, takeLock } from './cache.ts';
import { addRegistry, engineRights } from './docker.ts';
import { addEjRepository } from './ej-upstream.ts';
import { Lab } from './lab.ts';

const here = import.meta.dirname;
const files = join(here, 'ej-stand-in/images');

interface Image {
  readonly name: string;
  /** The archive that its files come from. */
  readonly tree: 'python' | 'postgres' | 'nginx';
  /** Files of `ej-stand-in/images`, and where each goes. */
  readonly to: Readonly<Record<string, string>>;
  readonly config: object;
}

const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const modules = '/usr/lib/python3/dist-packages';

const mongo = (tag: string, version: string): Image => ({
  name: `library/mongo:${tag}`,
  tree: 'python',
  to: { 'mongo/mongod': '/usr/bin', 'mongo/mongo': '/usr/bin', 'mongo/mongodump': '/usr/bin' },
  config: {
    Env: [path, `STAND_IN_VERSION=${version}`],
    Cmd: ['mongod'],
    Volumes: { '/data/db': {}, '/data/configdb': {} },
  },
});

const postgres = (tag: string): Image => ({
  name: `library/postgres:${tag}`,
  tree: 'postgres',
  to: { 'postgres/docker-entrypoint.sh': '/usr/bin' },
  config: {
    Env: [path, 'PGDATA=/var/lib/postgresql/data'],
    Entrypoint: ['docker-entrypoint.sh'],
    Cmd: ['postgres'],
    Volumes: { '/var/lib/postgresql/data': {} },
    StopSignal: 'SIGINT',
  },
});

const invoke = { 'python/inv': '/usr/bin', 'python/invoke.py': modules };

const images: readonly Image[] = [
  {
    name: 'library/debian:buster-slim',
    tree: 'python',
    to: invoke,
    config: { Env: [path], Cmd: ['sh'] },
  },
  {
    name: 'library/python:3.7.10',
    tree: 'python',
    to: { ...invoke, 'python37/bash': '/bin', 'python37/poetry': '/root/.local/bin' },
    config: { Env: [path, 'LANG=C.UTF-8'], Cmd: ['python'] },
  },
  postgres('10-alpine'),
  postgres('12.2'),
  {
    name: 'library/nginx:alpine',
    tree: 'nginx',
    to: { 'nginx/nginx.conf': '/etc/nginx' },
    config: { Env: [path], Cmd: ['nginx', '-g', 'daemon off;'], StopSignal: 'SIGQUIT' },
  },
  {
    name: 'rocketchat/rocket.chat:0.74.3',
    tree: 'python',
    to: { 'rocketchat/rocketchat.py': '/app' },
    config: { Env: [path], Cmd: ['python', '/app/rocketchat.py'] },
  },
  mongo('4.0', '4.0'),
  mongo('latest', '8.0'),
];

/** Archive of `docker save` in that folder: the images of an installation without Rocket.Chat. */
export const savedImages = '/srv/images/saved.tar';

let made: Promise<string> | undefined;

/** Options for `nspawn` of a lab that is to have these images in /srv/images. */
export async function withImages(): Promise<string[]> {
  made ??= findOrMake();
  return [...engineRights, `--bind-ro=${await made}:/srv/images`];
}

async function findOrMake(): Promise<string> {
  const folder = join(cacheFolder('images'), `ej-${stamp()}`);
  const unlock = await takeLock('ej-images');
  try {
    if (!existsSync(folder)) await make(folder);
  } finally {
    await unlock();
  }
  return folder;
}

/** Of everything that goes into them. */
function stamp(): string {
  const hash = createHash('sha256');
  const names = readdirSync(join(here, 'ej-stand-in'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const name of [...names.sort(), join(here, 'ej-images.sh'), import.meta.filename])
    hash.update(name.slice(here.length)).update(readFileSync(name));
  return hash.digest('hex').slice(0, 12);
}

async function make(folder: string): Promise<void> {
  const unfinished = `${folder}.making`;
  rmSync(unfinished, { recursive: true, force: true });
  for (const part of ['blobs', 'tags', 'trees']) mkdirSync(join(unfinished, part), { recursive: true });
  await inLab(unfinished, async (lab) => {
    await lab.run(['sh', '-s', '/srv/images/trees'], {
      input: readFileSync(join(here, 'ej-images.sh'), 'utf8'),
    });
  });
  for (const image of images) await addImage(image, unfinished);
  await inLab(unfinished, buildAndSave);
  await addSaved(unfinished, 'ejplatform/web:latest');
  rmSync(join(unfinished, 'trees'), { recursive: true });
  renameSync(unfinished, folder);
}

async function inLab(folder: string, use: (lab: Lab) => Promise<void>): Promise<void> {
  const lab = await Lab.create({
    release: 'bookworm',
    name: 'images',
    network: 'own',
    product: false,
    nspawn: [...engineRights, `--bind=${folder}:/srv/images`],
  });
  try {
    await lab.boot();
    await use(lab);
  } finally {
    await lab.destroy();
  }
}

/** What Docker Hub has of EJ itself, and the archive of an offline server. */
async function buildAndSave(lab: Lab): Promise<void> {
  await addRegistry(lab);
  await addEjRepository(lab);
  const script = `umount /var/cache/apt/archives; apt-get update -q; apt-get install -y -q --no-install-recommends docker.io iptables git
    git clone -q --branch guide file:///srv/ej-server.git /srv/ej; cd /srv/ej
    docker build -q -t ejplatform/web:latest -f docker/Dockerfile --target deploy .
    docker build -q -t ejplatform/nginx:latest -f docker/Dockerfile-nginx docker
    docker pull -q postgres:10-alpine
    docker save -o ${savedImages} ejplatform/web:latest ejplatform/nginx:latest postgres:10-alpine`;
  await lab.run(['sh', '-ec', script]);
}

/** An image of one layer: no path may be in it twice. */
async function addImage(image: Image, folder: string): Promise<void> {
  const work = mkdtempSync(join(folder, 'image-'));
  const root = join(work, 'root');
  try {
    mkdirSync(root);
    await execa('tar', [
      '--extract',
      '--file',
      join(folder, 'trees', `${image.tree}.tar`),
      '--directory',
      root,
    ]);
    for (const [file, place] of Object.entries(image.to)) {
      mkdirSync(join(root, place), { recursive: true });
      cpSync(join(files, file), join(root, place, basename(file)));
    }
    const layer = join(work, 'layer.tar');
    const same = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
    await execa('tar', ['--create', ...same, '--directory', root, '--file', layer, '.']);
    addManifest(image.name, image.config, [readFileSync(layer)], folder);
  } finally {
    rmSync(work, { recursive: true });
  }
}

function addManifest(name: string, config: object, layers: readonly Buffer[], folder: string): void {
  const about = {
    architecture: 'amd64',
    os: 'linux',
    config,
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => `sha256:${sha256(layer)}`) },
  };
  const type = 'application/vnd.docker';
  const manifest = {
    schemaVersion: 2,
    mediaType: `${type}.distribution.manifest.v2+json`,
    config: {
      mediaType: `${type}.container.image.v1+json`,
      ...addBlob(Buffer.from(JSON.stringify(about)), folder),
    },
    layers: layers.map((layer) => ({
      mediaType: `${type}.image.rootfs.diff.tar.gzip`,
      ...addBlob(gzipSync(layer, { level: 1 }), folder),
    })),
  };
  const { digest } = addBlob(Buffer.from(JSON.stringify(manifest)), folder);
  writeFileSync(join(folder, 'tags', name.replaceAll('/', '_').replace(':', '@')), digest);
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function addBlob(bytes: Buffer, folder: string): { readonly digest: string; readonly size: number } {
  const hash = sha256(bytes);
  writeFileSync(join(folder, 'blobs', hash), bytes);
  return { digest: `sha256:${hash}`, size: bytes.length };
}

/** From the archive of `docker save`. */
async function addSaved(folder: string, name: string): Promise<void> {
  const work = mkdtempSync(join(folder, 'saved-'));
  try {
    await execa('tar', ['--extract', '--file', join(folder, 'saved.tar'), '--directory', work]);
    const read = (file: string) => readFileSync(join(work, file));
    const all: { Config: string; RepoTags: string[]; Layers: string[] }[] = JSON.parse(
      String(read('manifest.json')),
    );
    const found = all.find(({ RepoTags }) => RepoTags.includes(name));
    if (!found) throw new Error(`no ${name} in ${folder}/saved.tar`);
    const { config } = JSON.parse(String(read(found.Config)));
    addManifest(name, config, found.Layers.map(read), folder);
  } finally {
    rmSync(work, { recursive: true });
  }
}
