/** What a lab needs so that a real Docker Engine runs in it, and a place that it can fetch images from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from './lab.ts';

/** For `nspawn` of a lab. Its storage driver is vfs: an overlay cannot lie on the lab's own. */
export const engineRights = ['--capability=all', '--system-call-filter=bpf keyctl add_key request_key'];

const program = '/srv/registry.mjs';
const unit = `[Service]
ExecStart=/opt/node/bin/node ${program} /srv/images
[Install]
WantedBy=multi-user.target
`;

/** A mirror of Docker Hub on the lab itself, as a site may have one: of the images in a folder bound to /srv/images. */
export async function addRegistry(lab: Lab): Promise<void> {
  await lab.write(program, readFileSync(join(import.meta.dirname, 'registry.mjs'), 'utf8'));
  await lab.write('/etc/systemd/system/registry.service', unit);
  await lab.write('/etc/docker/daemon.json', '{ "registry-mirrors": ["http://127.0.0.1:5000"] }\n');
  await lab.run(['systemctl', 'enable', '--quiet', '--now', 'registry']);
}

/** One line for each thing that an engine holds. */
export async function heldBy(lab: Lab): Promise<string> {
  const script = `docker ps --all --no-trunc --format 'container {{.Names}} {{.ID}} {{.State}}'
    docker volume ls --format 'volume {{.Name}}'
    docker network ls --format 'network {{.Name}}'
    docker image ls --all --no-trunc --format 'image {{.Repository}}:{{.Tag}} {{.ID}}'`;
  const { stdout } = await lab.run(['sh', '-ec', script]);
  return stdout.split('\n').sort().join('\n');
}
