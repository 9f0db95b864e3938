/** EJ on servers that others use: a Docker with another project in it, another web server, an OnTask. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addRegistry, heldBy } from './docker.ts';
import { addEj, deploy, ejLab, emptyServer, install, servesEj } from './ej.ts';
import { savedImages } from './ej-images.ts';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { addOntask, install as installOntask, servesOntask } from './ontask.ts';
import { json, openItems, wizard } from './wizard.ts';

const shop = `version: '3.5'
services:
  web:
    image: nginx:alpine
    restart: always
    ports: ['127.0.0.1:8090:80']
    volumes: ['./site.conf:/etc/nginx/conf.d/site.conf:ro', 'pages:/www']
  db:
    image: postgres:10-alpine
    restart: always
    environment: { POSTGRES_PASSWORD: theirs }
    volumes: ['data:/var/lib/postgresql/data']
volumes:
  pages:
  data:
`;

describe('a Debian 13 with Docker and somebody’s project in a directory called deploy', () => {
  let lab: Lab;
  let before: Snapshot;
  let held: string;

  const run = async (script: string) => (await lab.run(['sh', '-ec', script])).stdout;
  const theirPage = () => run('curl -s http://127.0.0.1:8090/');

  beforeAll(async () => {
    lab = await ejLab({ release: 'trixie', name: 'ej-beside' });
    await lab.boot();
    await addRegistry(lab);
    await lab.write('/srv/shop/deploy/docker-compose.yml', shop);
    await lab.write('/srv/shop/deploy/site.conf', 'server { listen 80; root /www; }\n');
    await run(`umount /var/cache/apt/archives; apt-get update -q
      apt-get install -y -q --no-install-recommends docker.io docker-cli docker-compose iptables curl
      cd /srv/shop/deploy; docker compose up -d; sleep 5
      docker compose exec -T web sh -c 'echo theirs >/www/index.html'`);
    await addEj(lab);
    held = await heldBy(lab);
    before = await lab.snapshot();
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('keeps that project’s name to itself', async () => {
    const { code, said } = await install(lab, '--set', 'PROJECT=deploy');
    expect(code, said).toBe(1);
    expect(said).toContain('A Compose project “deploy” already has containers or volumes');
    expect(await theirPage()).toBe('theirs');
  });

  test('gets EJ from an archive of images, with no registry, and theirs goes on', async () => {
    await run('systemctl stop registry');
    const fromFile = ['--set', 'IMAGES=loaded', '--set', `IMAGES_FILE=${savedImages}`];
    const { code, said } = await install(lab, '--set', 'PROJECT=ej', ...fromFile);
    expect(code, said).toBe(0);
    await servesEj(lab);
    expect(await theirPage()).toBe('theirs');
    const now = (await heldBy(lab)).split('\n');
    for (const line of held.split('\n')) expect(now).toContain(line);
  });

  test('has all of theirs, and Docker, when EJ has gone', async () => {
    await run('systemctl start registry');
    const { code, said } = await wizard(lab, 'rollback', 'ej', '--yes');
    expect(code, said).toBe(0);
    expect(await heldBy(lab)).toBe(held);
    expect(await theirPage()).toBe('theirs');
    const ofDocker = /^\/var\/lib\/(docker|containerd)(\/|$)/;
    const changes = undeclared(await lab.changes(before)).filter(({ path }) => !ofDocker.test(path));
    expect(describeChanges(changes)).toBe('');
  });
});

test('where Apache has port 80, nginx is refused before anything is installed; behind that Apache EJ comes up', async () => {
  const lab = await emptyServer({ release: 'bookworm', name: 'ej-apache' });
  try {
    await lab.run([
      'sh',
      '-ec',
      'umount /var/cache/apt/archives; apt-get update -q; apt-get install -y -q apache2',
    ]);
    const { code, said } = await install(lab);
    expect(code, said).toBe(1);
    expect(said).toMatch(/Another program than nginx holds port 80.*WEB_SERVER = none/);
    expect((await lab.run(['ls', deploy], { check: false })).code).not.toBe(0);
    const behind = await install(lab, '--set', 'WEB_SERVER=none');
    expect(behind.code, behind.said).toBe(4);
    const front =
      "curl -s -o /dev/null -w '%{http_code}' -H 'Host: ej.mon-univ.fr' http://127.0.0.1:8080/start/";
    await lab.run(['sh', '-ec', 'apt-get install -y -q --no-install-recommends curl']);
    expect((await lab.run(['sh', '-c', front])).stdout).toBe('200');
    expect(await openItems(lab, 'ej')).not.toEqual([]);
    expect((await lab.run(['dpkg-query', '--show', 'nginx'], { check: false })).stdout).toBe('');
  } finally {
    await lab.destroy();
  }
});

describe('a Debian 12 with an OnTask of this wizard', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await emptyServer({ release: 'bookworm', name: 'ej-ontask' });
    await addOntask(lab);
    const { code, said } = await installOntask(lab);
    expect(code, said).toBe(0);
    // Files of the same names: now those of EJ.
    await addEj(lab);
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('gets EJ behind the same nginx, and each answers under its name', async () => {
    const { code, said } = await install(lab);
    expect(code, said).toBe(0);
    await servesEj(lab);
    await servesOntask(lab);
    expect(await json(lab, 'verify', 'ontask')).toMatchObject({ ok: true, drifts: [] });
  });

  test('has a whole OnTask when EJ has gone', async () => {
    const { code, said } = await wizard(lab, 'rollback', 'ej', '--yes');
    expect(code, said).toBe(0);
    await servesOntask(lab);
    expect(await json(lab, 'verify', 'ontask')).toMatchObject({ ok: true, drifts: [] });
    expect((await lab.run(['sh', '-c', 'command -v docker'], { check: false })).code).not.toBe(0);
  });
});
