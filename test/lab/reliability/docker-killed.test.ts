/** The kinds for Docker on a real engine: ours is killed before, in the middle of and after the effect. */
import { afterAll, beforeAll, describe, test } from 'vitest';
import { addRegistry } from '../docker.ts';
import { savedImages, withImages } from '../ej-images.ts';
import type { Lab } from '../lab.ts';
import type { OfDocker } from './killed-kinds.ts';
import { type Example, KilledKinds } from './killed-work.ts';

const compose = `version: '3.5'
services:
  db:
    image: postgres:10-alpine
    restart: always
    env_file: db.env
    volumes: ['data:/var/lib/postgresql/data']
    healthcheck: { test: ['CMD', 'pg_isready', '-h', '127.0.0.1'], interval: 1s }
  page:
    image: debian:buster-slim
    command: ['sh', '-c', 'trap "exit 0" TERM; sleep 1000 & wait']
    depends_on: [db]
volumes:
  data:
`;
const dockerfile = `FROM nginx:alpine as half
RUN sleep 1; echo half >/half
FROM nginx:alpine
COPY --from=half /half /half
RUN sleep 1; echo made >/made
`;
const builds = `version: '3.5'
services:
  web:
    image: shop/web:1
    build: .
`;
const inFolder = (name: string) => `COMPOSE_PROJECT_NAME=${name}\nCOMPOSE_FILE=docker-compose.yml\n`;
const variables = 'POSTGRES_USER=postgres\nPOSTGRES_PASSWORD=canary\n';

const project = (name: string) =>
  ({
    kind: 'compose-project',
    project: name,
    dir: `/srv/${name}`,
    services: ['db', 'page'],
    restartOn: [`file:/srv/${name}/db.env`],
    within: 90,
    dumps: [
      {
        service: 'db',
        name: 'all.sql',
        run: ['pg_dump', '-U', 'postgres', 'postgres'],
        ends: 'dump complete',
        load: ['psql', '-U', 'postgres', 'postgres'],
      },
    ],
  }) as const;

const examples: Readonly<Record<OfDocker, readonly Example[]>> = {
  'docker-images': [
    { op: { kind: 'docker-images', names: ['mongo:4.0'] } },
    {
      op: {
        kind: 'docker-images',
        names: ['ejplatform/web:latest', 'ejplatform/nginx:latest'],
        file: savedImages,
      },
    },
    {
      op: {
        kind: 'docker-images',
        names: ['shop/web:1'],
        build: { dir: '/srv/shop', services: ['web'], from: ['nginx:alpine'] },
      },
    },
  ],
  'compose-project': [{ op: project('fresh') }, { op: project('ours') }],
};

async function ready(lab: Lab): Promise<undefined> {
  await addRegistry(lab);
  await lab.write('/srv/shop/.env', inFolder('shop'));
  await lab.write('/srv/shop/docker-compose.yml', builds);
  await lab.write('/srv/shop/Dockerfile', dockerfile);
  for (const name of ['fresh', 'ours']) {
    await lab.write(`/srv/${name}/.env`, inFolder(name));
    await lab.write(`/srv/${name}/docker-compose.yml`, compose);
    await lab.write(`/srv/${name}/db.env`, variables);
  }
  const script = `umount /var/cache/apt/archives; apt-get update -q
    apt-get install -y -q --no-install-recommends docker.io docker-compose iptables
    docker pull -q postgres:10-alpine; docker pull -q debian:buster-slim
    cd /srv/ours; docker-compose up -d
    until docker exec ours_db_1 pg_isready -h 127.0.0.1; do sleep 1; done
    docker exec ours_db_1 psql -U postgres -c 'create table t(i int); insert into t values (7)'
    echo COLOUR=blue >>db.env; mkdir -p /var/lib/setup-wizard`;
  await lab.run(['sh', '-ec', script]);
}

/** Containers may be others than before, and half of a build is there or not: which, is no matter. */
const look = `
until docker exec ours_db_1 pg_isready -q -h 127.0.0.1; do sleep 1; done
docker exec ours_db_1 psql -U postgres -Atc 'select * from t'
docker ps --all --format 'container {{.Names}} {{.State}} {{.Image}}'
docker volume ls --format 'volume {{.Name}}'; docker network ls --format 'network {{.Name}}'
docker image ls --format 'image {{.Repository}}:{{.Tag}}'
docker image ls --all --quiet --filter dangling=true | sed 's/.*/nameless/' | sort -u
`;

const killed = new KilledKinds({
  name: 'docker',
  ready,
  look,
  incomparable: /^\/var\/lib\/(docker|containerd|setup-wizard)\//,
  options: { nspawn: await withImages() },
});

beforeAll(() => killed.prepare());
afterAll(killed.destroy);

describe('an engine that is killed around what it does with Docker', () => {
  test.each(Object.entries(examples))('%s', (kind, all) => killed.everywhere(kind, all));
});
