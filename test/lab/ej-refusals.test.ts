/** What a server may have wrong for EJ: it is told in words, mended, and the same run goes on. Nothing stays behind. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { deploy, ejLab, emptyServer, install } from './ej.ts';
import { savedImages } from './ej-images.ts';
import { listenOn } from './injections/injection.ts';
import { describeChanges, type Lab, type Mark, type Snapshot, undeclared } from './lab.ts';
import { wizard } from './wizard.ts';

const release = 'bookworm';
let empty: Snapshot;
let onEmpty: Mark;
/** Until the images are next. */
let onReady: Mark;
let lab: Lab;

beforeAll(async () => {
  lab = await emptyServer({ release, name: 'ej-refused' });
  empty = await lab.snapshot();
  onEmpty = await lab.mark('ej-empty');
  await lab.boot();
  const { code, said } = await install(lab, '--until', 'env-private');
  expect(code, said).toBe(0);
  onReady = await lab.mark('ej-ready');
});
afterEach(async () => {
  await lab?.destroy();
});
afterAll(async () => {
  await lab?.destroy();
});

async function from(mark: Mark, script: string): Promise<void> {
  await lab.destroy();
  lab = await ejLab({ release, name: 'ej-refused', fromMark: mark });
  await lab.boot();
  await lab.run(['bash', '-ec', script]);
}

const run = async (script: string) => (await lab.run(['sh', '-ec', script])).stdout;

async function expectRefused(words: RegExp, ...flags: string[]): Promise<void> {
  const { code, said } = await install(lab, ...flags);
  expect(code, said).toBe(1);
  expect(said).toMatch(words);
}

async function expectDone(...flags: string[]): Promise<void> {
  const { code, said } = await install(lab, ...flags);
  expect(code, said).toBe(0);
}

async function expectNothingLeft(): Promise<void> {
  const { code, said } = await wizard(lab, 'rollback', 'ej', '--yes');
  expect(code, said).toBe(0);
  expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
}

describe('before anything is installed', () => {
  test.each([
    [80, /holds port 80 of this machine/],
    [8080, /holds port 8080 of this machine.*HTTP_PORT/],
  ])('another program on port %i is named', async (port, words) => {
    await from(onEmpty, listenOn(port));
    await expectRefused(words);
    expect(await run('ls /opt')).not.toContain('ej-server');
    await run(`systemctl stop other-${port}`);
    await expectNothingLeft();
  });

  test('too little room for images is told, with the place that counts', async () => {
    await from(onEmpty, 'mkdir /var/lib/docker; mount -t tmpfs -o size=400m none /var/lib/docker');
    await expectRefused(/Less than 2\.5 GB free where Docker keeps its images \(\/var\/lib\/docker\)/);
    await run('umount /var/lib/docker; rmdir /var/lib/docker');
    await expectNothingLeft();
  });

  test('a directory deploy of somebody else is not taken over', async () => {
    await from(onEmpty, `mkdir -p ${deploy}; echo mine >${deploy}/docker-compose.yml`);
    await expectRefused(/already exists, and the wizard has not made it/);
    expect(await run(`cat ${deploy}/docker-compose.yml; rm -r /opt/ej-server`)).toBe('mine');
    await expectNothingLeft();
  });
});

describe('when the images are next', () => {
  test('a Docker that does not run is told, and started it goes on', async () => {
    await from(onReady, 'systemctl stop docker.socket docker');
    await expectRefused(/Docker does not run/);
    await run('systemctl start docker');
    await expectDone('--until', 'compose-build');
    await expectNothingLeft();
  });

  test('an image that cannot be pulled is told, and with another tag it goes on', async () => {
    await from(onReady, 'true');
    await expectRefused(/Docker cannot reach|has no such image/, '--set', 'TAG=no-such');
    await expectDone('--set', 'TAG=latest', '--until', 'compose-build');
    await expectNothingLeft();
  });

  test('a disk that fills up is told, and with room it goes on', async () => {
    // Not by a pull: where a mirror fails, Docker says what it found at its hub afterwards.
    const archive = ['--set', 'IMAGES=loaded', '--set', `IMAGES_FILE=${savedImages}`];
    const small = 'mount -t tmpfs -o size=60m none /var/lib/docker';
    await from(onReady, 'true');
    await expectDone(...archive, '--until', 'env-private');
    await run(`systemctl stop docker.socket docker; ${small}; systemctl start docker`);
    await expectRefused(/The disk is full/, ...archive);
    await run(
      'systemctl stop docker.socket docker; umount /var/lib/docker; systemctl start docker; docker image ls',
    );
    await expectDone(...archive, '--until', 'compose-build');
    await expectNothingLeft();
  });

  test('a service that never becomes healthy is named with its cause, and mended it goes on', async () => {
    // The database’s volume is there already, with another password.
    await from(
      onReady,
      `docker run -d --name other -e POSTGRES_USER=ej -e POSTGRES_PASSWORD=other -v ej_db_ej:/var/lib/postgresql/data postgres:10-alpine
      until docker exec other pg_isready -h 127.0.0.1; do sleep 1; done; docker rm -f other`,
    );
    await expectRefused(/made with another password/);
    await run(
      `docker exec ej-postgres psql -U ej -c "alter role ej password '$(cat /root/database-password)'"`,
    );
    await expectDone('--until', 'compose-up');
    const { code, said } = await wizard(lab, 'rollback', 'ej', '--yes');
    // Their volume is there, so Docker stays.
    expect(code, said).toBe(4);
    expect(said).toMatch(/changes undone, 1 kept[\s\S]*– pkg:docker\.io/);
    expect(await run('ls /opt')).not.toContain('ej-server');
    expect(await run('docker ps --all --quiet; docker network ls --quiet --filter name=ej')).toBe('');
    expect(await run('docker volume ls --format "{{.Name}}"')).toBe('ej_db_ej');
    expect(await run('docker image ls --format "{{.Repository}}:{{.Tag}}"')).toBe('postgres:10-alpine');
  });

  test('an application that does not answer behind a server that does is told, and once it does it goes on', async () => {
    await from(onReady, 'true');
    await expectDone('--until', 'superuser');
    await run('docker network disconnect ej_default ej-web');
    await expectRefused(/the application behind it does not answer/);
    await run('docker network connect --alias web ej_default ej-web; docker restart ej-nginx');
    await expectDone();
    await expectNothingLeft();
  });
});
