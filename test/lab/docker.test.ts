/** The kinds for Docker on real engines, with both versions of Compose. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Op } from '../../src/operations/verbs.ts';
import { addRegistry, heldBy } from './docker.ts';
import { savedImages, withImages } from './ej-images.ts';
import { installRunner, Kinds } from './kinds.ts';
import { Lab, type Mark } from './lab.ts';

const secrets = { PW: "pa'ss-w0rd x", TOKEN: 'canary-token-1' };
const image = (name: string, more: Partial<Op<'docker-images'>> = {}): Op<'docker-images'> => ({
  kind: 'docker-images',
  names: [name],
  ...more,
});

const built = image('shop/web:1', {
  build: { dir: '/srv/shop', services: ['web'], from: ['nginx:alpine'] },
  madeOf: ['file:/srv/shop/page.html'],
});
const shop: Op<'compose-project'> = {
  kind: 'compose-project',
  project: 'shop',
  dir: '/srv/shop',
  services: ['web', 'db'],
  restartOn: ['file:/srv/shop/shop.env', 'file:/srv/shop/docker-compose.yml'],
  within: 90,
  dumps: [
    {
      service: 'db',
      name: 'shop.sql',
      run: ['pg_dump', '-U', 'shop', 'shop'],
      ends: 'dump complete',
      load: ['psql', '-U', 'shop', 'shop'],
    },
  ],
  entered: { service: 'db', run: ['psql', '-U', 'shop', '-Atc', 'select count(*) from pg_class', 'shop'] },
};

const files: Readonly<Record<string, string>> = {
  '.env': 'COMPOSE_PROJECT_NAME=shop\nCOMPOSE_FILE=docker-compose.yml\n',
  'shop.env': 'POSTGRES_USER=shop\nPOSTGRES_DB=shop\nPOSTGRES_PASSWORD=canary-password-2\n',
  'page.html': 'one\n',
  Dockerfile: `FROM nginx:alpine as half
RUN sleep 2; echo half >/half
FROM nginx:alpine
COPY --from=half /half /half
RUN mkdir -p /etc/nginx/conf.d /www; echo 'server { listen 80; root /www; }' >/etc/nginx/conf.d/a.conf
COPY page.html /www/index.html
`,
  'docker-compose.yml': `version: '3.5'
services:
  web:
    image: shop/web:1
    container_name: shop-web
    build: .
    restart: always
    ports: ['127.0.0.1:8090:80']
    links: [db]
  db:
    image: postgres:10-alpine
    container_name: shop-db
    restart: always
    env_file: shop.env
    volumes: ['data:/var/lib/postgresql/data']
    healthcheck: { test: ['CMD', 'pg_isready', '-U', 'shop'], interval: 2s }
volumes:
  data:
`,
};

describe.each(['bookworm', 'trixie'] as const)('on Debian %s', (release) => {
  let ready: Mark;
  let lab: Lab;
  let kinds: Kinds;
  let before: string;

  const shell = async (script: string, check = true) =>
    (await lab.run(['sh', '-ec', script], { check })).stdout;
  const kept = (pattern: string) => shell(`find /var/lib/setup-wizard/kept -name '${pattern}'`);
  const cache = () => shell("docker system df -v --format '{{json .BuildCache}}'");

  beforeAll(async () => {
    const first = await Lab.create({
      release,
      name: 'docker',
      network: 'own',
      product: false,
      nspawn: await withImages(),
    });
    lab = first;
    await first.boot();
    await addRegistry(first);
    await shell(`umount /var/cache/apt/archives; apt-get update -q
      apt-get install -y -q --no-install-recommends docker.io docker-compose iptables curl ${release === 'trixie' ? 'docker-cli' : ''}
      mkdir /var/lib/setup-wizard`);
    for (const [name, text] of Object.entries(files)) await first.write(`/srv/shop/${name}`, text);
    // Somebody else's, with the same image.
    await first.write(
      '/srv/other/docker-compose.yml',
      files['docker-compose.yml']?.replaceAll('shop', 'other').replaceAll('8090', '8091') ?? '',
    );
    await first.write('/srv/other/other.env', files['shop.env']?.replaceAll('shop', 'other') ?? '');
    await shell(`cd /srv/other; docker pull -q postgres:10-alpine
      if docker compose version; then docker compose -p other up -d db; else docker-compose -p other up -d db; fi`);
    await installRunner(first);
    ready = await first.mark('docker');
    await fresh();
  });
  afterAll(() => lab?.destroy());

  async function fresh(): Promise<void> {
    await lab.destroy();
    lab = await Lab.create({
      release,
      name: 'docker',
      fromMark: ready,
      network: 'own',
      product: false,
      nspawn: await withImages(),
    });
    await lab.boot();
    kinds = new Kinds(lab, secrets);
    await shell(
      `timeout 60 sh -c 'until docker inspect -f "{{.State.Health.Status}}" other-db | grep -qx healthy; do sleep 1; done'`,
    );
    before = await heldBy(lab);
  }

  test('an image is pulled, and gone when it is taken back', async () => {
    const op = image('nginx:alpine');
    const { difference } = await kinds.apply(op);
    expect(difference).toMatchObject({ commands: [['docker', 'image', 'pull', 'nginx:alpine']] });
    expect(await kinds.undo(op)).toEqual([]);
    expect(await heldBy(lab)).toBe(before);
  });

  test('an image that is there already is left alone', async () => {
    const op = image('postgres:10-alpine');
    expect((await kinds.one('apply', op)).difference).toEqual({ change: 'none' });
  });

  test('an image that nobody has is told by Docker’s own words', async () => {
    const { failure, output } = await kinds.one('apply', image('ejplatform/web:no-such'));
    expect(failure).toMatchObject({ code: 'command-failed' });
    expect(output).toMatch(/registry-1\.docker\.io|manifest unknown|not found/);
    expect(await heldBy(lab)).toBe(before);
  });

  test('images come out of an archive, and go again', async () => {
    const op = image('ejplatform/nginx:latest', {
      names: ['ejplatform/nginx:latest', 'ejplatform/web:latest'],
      file: savedImages,
    });
    await kinds.apply(op);
    expect(await kinds.undo(op)).toEqual([]);
    expect(await heldBy(lab)).toBe(before);
  });

  test('an image is built, again only when what it is made of has changed, and leaves nothing', async () => {
    const cached = await cache();
    await kinds.apply(built);
    await lab.write('/srv/shop/page.html', 'two\n');
    const again = await kinds.apply(built);
    expect(again.difference?.change).toBe('change');
    expect(await kinds.undo(built, built)).toEqual([]);
    await lab.write('/srv/shop/page.html', 'one\n');
    expect(await heldBy(lab)).toBe(before);
    expect(await cache()).toBe(cached);
  });

  test('a name that led elsewhere leads there again', async () => {
    await shell('docker pull -q nginx:alpine; docker tag nginx:alpine shop/web:1');
    const then = await heldBy(lab);
    await kinds.apply(built);
    expect(await heldBy(lab)).not.toBe(then);
    expect(await kinds.undo(built)).toEqual([]);
    expect(await heldBy(lab)).toBe(then);
    await shell('docker image rm shop/web:1 nginx:alpine');
  });

  test('an image that somebody uses stays, and is named', async () => {
    const op = image('nginx:alpine');
    await kinds.apply(op);
    await shell('docker run -d --name theirs nginx:alpine');
    expect(await kinds.undo(op)).toEqual([expect.stringContaining('nginx:alpine')]);
    await shell('docker rm -f theirs; docker image rm nginx:alpine');
    expect(await heldBy(lab)).toBe(before);
  });

  test('a project comes up healthy, has nothing to do the second time, and leaves nothing but what is kept', async () => {
    await kinds.apply(built);
    const { output } = await kinds.apply(shop);
    expect(output).not.toContain('canary');
    expect(await shell('curl -s http://127.0.0.1:8090/')).toBe('one');
    await shell(
      `docker exec shop-db psql -U shop -c "create table orders(t text); insert into orders values ('forty-two')" shop`,
    );
    expect(await kinds.undo(built, shop)).toEqual([]);
    expect(await heldBy(lab)).toBe(before);
    expect(await shell(`grep -c forty-two ${await kept('*-shop.sql')}`)).toBe('1');
    expect(await shell('find /var/lib/setup-wizard/kept -type f ! -perm 600')).toBe('');
    // What was kept can be read again: the volume as it was.
    const archive = await kept('volume-shop_data-*.tar.gz');
    await shell(`docker volume create shop_data; tar --extract --directory=/ --file ${archive}
      docker run -d --name again -v shop_data:/var/lib/postgresql/data postgres:10-alpine`);
    const rows = () => shell('docker exec again psql -U shop -Atc "select * from orders" shop', false);
    await expect.poll(rows, { timeout: 30_000 }).toBe('forty-two');
    await shell('docker rm -f -v again; docker volume rm shop_data');
  });

  test('what a file changes makes containers anew, and taking that back the former ones; a dump is there from before', async () => {
    await kinds.apply(built);
    const file: Op<'file'> = {
      kind: 'file',
      path: '/srv/shop/shop.env',
      content: `${files['shop.env']}COLOUR=blue\n`,
      syntax: 'plain',
    };
    const colour = () => shell(`docker exec shop-db sh -c 'echo "$COLOUR"'`, false);
    await kinds.apply(shop);
    const dumps = (await kept('*-shop.sql')).split('\n').filter(Boolean).length;
    await kinds.apply(file);
    await kinds.apply(shop);
    expect(await colour()).toBe('blue');
    expect((await kept('*-shop.sql')).split('\n').filter(Boolean).length).toBe(dumps + 1);
    expect(await kinds.undo(shop)).toEqual([]);
    expect(await colour()).toBe('');
    expect(await shell('cat /srv/shop/shop.env')).toBe(files['shop.env']?.trim());
    await kinds.undo(file);
    expect(await kinds.undo(built, shop)).toEqual([]);
    expect(await heldBy(lab)).toBe(before);
  });

  test('a service that never becomes healthy is named, with what it said last and no secret', async () => {
    const text = files['docker-compose.yml'] ?? '';
    await lab.write('/srv/shop/docker-compose.yml', text.replace("'pg_isready', '-U', 'shop'", "'false'"));
    await kinds.apply(built);
    const { failure, output } = await kinds.one('apply', { ...shop, within: 25 });
    expect(failure).toMatchObject({ code: 'check-failed', say: expect.stringContaining('db') });
    expect(failure?.values).toMatchObject({ problem: expect.stringMatching(/db: (starting|unhealthy)/) });
    expect(output).toContain('database system is ready to accept connections');
    expect(output).not.toContain('canary');
    expect(await kinds.undo(built, shop)).toEqual([]);
    await lab.write('/srv/shop/docker-compose.yml', text);
    expect(await heldBy(lab)).toBe(before);
  });

  test('a project of that name from another folder is refused and untouched', async () => {
    const { failure } = await kinds.one('apply', { ...shop, project: 'other' });
    expect(failure).toMatchObject({ code: 'refused-existing', say: expect.stringContaining('/srv/other') });
    expect(await heldBy(lab)).toBe(before);
  });

  test('an engine that does not run is told', async () => {
    await shell('systemctl stop docker.socket docker');
    const { failure } = await kinds.one('apply', shop);
    expect(failure).toMatchObject({
      code: 'cannot-look',
      values: { reason: expect.stringContaining('docker daemon') },
    });
    await shell('systemctl start docker');
  });

  describe('in a container', () => {
    beforeAll(async () => {
      await kinds.apply(built);
      await kinds.apply(shop);
    });
    afterAll(async () => {
      expect(await kinds.undo(built, shop)).toEqual([]);
    });

    const there = { run: ['cat', '/tmp/made'], container: 'shop-db' } as const;

    test('a command runs as it says, and is taken back in there', async () => {
      const op: Op<'command'> = {
        kind: 'command',
        name: 'made',
        run: ['sh', '-c', 'id -un >/tmp/made; pwd >>/tmp/made; echo "$A" >>/tmp/made'],
        container: 'shop-db',
        as: 'postgres',
        cwd: '/var',
        env: { A: 'x y' },
        done: { ...there, contains: 'x y' },
        undo: { run: ['rm', '/tmp/made'], container: 'shop-db' },
      };
      await kinds.apply(op);
      expect(await shell('docker exec shop-db cat /tmp/made')).toBe('postgres\n/var\nx y');
      expect(await kinds.undo(op)).toEqual([]);
      expect((await lab.run(['docker', 'exec', 'shop-db', 'cat', '/tmp/made'], { check: false })).code).toBe(
        1,
      );
    });

    test('a script is given its secrets on standard input only', async () => {
      const op: Op<'script'> = {
        kind: 'script',
        name: 'told',
        run: ['sh'],
        container: 'shop-db',
        template: '',
        content: "printf %s %PW% >/tmp/made; echo 'SETUP-WIZARD LEARNT=thing'\n",
        syntax: 'shell',
        gives: [{ id: 'LEARNT', secret: false }],
        done: { ...there, stdin: '%PW%', equals: '' },
        undo: { none: { fr: 'x', en: 'x' } },
      };
      const { output } = await kinds.one('apply', { ...op, done: there });
      expect(output).not.toContain(secrets.PW);
      expect(await shell('docker exec shop-db cat /tmp/made')).toBe(secrets.PW);
    });

    test('what a program says before is given back when it is taken back', async () => {
      await shell('docker exec shop-db sh -c "echo former >/tmp/setting"');
      const op: Op<'command'> = {
        kind: 'command',
        name: 'setting',
        run: ['sh', '-c', 'echo new >/tmp/setting'],
        container: 'shop-db',
        done: { run: ['cat', '/tmp/setting'], container: 'shop-db', equals: 'new' },
        undo: {
          save: { run: ['cat', '/tmp/setting'], container: 'shop-db' },
          restore: {
            run: ['sh', '-c', 'read -r token; cat >/tmp/setting'],
            container: 'shop-db',
            stdin: '%TOKEN%\n',
          },
        },
      };
      await kinds.apply(op);
      expect(await kinds.undo(op)).toEqual([]);
      expect(await shell('docker exec shop-db cat /tmp/setting')).toBe('former');
    });

    test('a command that goes on without its engine is waited for, and not begun twice', async () => {
      const op: Op<'command'> = {
        kind: 'command',
        name: 'slow',
        run: ['sh', '-c', 'echo began >>/tmp/slow; sleep 6; echo ended >>/tmp/slow'],
        container: 'shop-db',
        done: { run: ['grep', '-c', 'ended', '/tmp/slow'], container: 'shop-db' },
        undo: { run: ['rm', '-f', '/tmp/slow'], container: 'shop-db' },
      };
      await lab.run([
        'sh',
        '-c',
        'docker exec --env SETUP_WIZARD=1 -i shop-db "$@" </dev/null & sleep 1; kill -KILL $!',
        'sh',
        ...op.run,
      ]);
      const { output } = await kinds.one('apply', op);
      expect(output).toContain('still at work in the container shop-db');
      expect(await shell('docker exec shop-db cat /tmp/slow')).toBe('began\nended');
    });
  });
});
