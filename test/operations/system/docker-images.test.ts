import { describe, expect, test } from 'vitest';
import type { Ran } from '../../../src/host/types.ts';
import { dockerImages } from '../../../src/operations/docker-images.ts';
import type { Json, Op } from '../../../src/operations/verbs.ts';
import { type TestOptions, temporaryFolder, testContext } from '../context.ts';
import { type Paper, paperHost } from './machine.ts';

const op: Op<'docker-images'> = { kind: 'docker-images', names: ['ej/web:latest', 'postgres:10-alpine'] };
const built: Op<'docker-images'> = {
  kind: 'docker-images',
  names: ['ej/web:latest'],
  build: { dir: '/opt/deploy', services: ['web'], from: ['debian:buster-slim'] },
  madeOf: ['file:/opt/deploy/.env'],
};
const key = 'docker:image/ej/web:latest';

const idOf = 'docker image inspect --format {{.Id}}';
const gone: Partial<Ran> = { code: 1, stderr: 'Error: No such image: x' };

/** What names lead to; Docker of that machine knows nothing else. */
function aHost(ids: Readonly<Record<string, string>>, programs: Paper['programs'] = {}) {
  const known = Object.entries(ids).map(([name, id]) => [`${idOf} ${name}`, `sha256:${id}\n`]);
  return paperHost({
    files: { '/opt/deploy/.env': 'TAG=latest\n' },
    programs: {
      [idOf]: gone,
      'docker image pull': '',
      'docker image rm': '',
      'docker compose version': 'v2',
      'docker image ls --all': '',
      'docker system df': '[]',
      ...Object.fromEntries(known),
      ...programs,
    },
  });
}

async function look(one: Op<'docker-images'>, options: TestOptions) {
  const context = await testContext(options);
  return dockerImages.diff(one, await dockerImages.inspect(one, context), context);
}

async function markOf(one: Op<'docker-images'>, options: TestOptions): Promise<Json> {
  const context = await testContext(options);
  return dockerImages.mark(one, await dockerImages.inspect(one, context), context);
}

describe('images', () => {
  test.each(['--all-tags', '', 'web nginx', '-q'])('of a name like %j are refused', async (name) => {
    await expect(look({ ...op, names: [name] }, { host: aHost({}) })).rejects.toMatchObject({
      code: 'check-failed',
    });
  });

  test('that are there have nothing to do, whoever brought them', async () => {
    const host = aHost({ 'ej/web:latest': '1', 'postgres:10-alpine': '2' });
    expect(await look(op, { host })).toEqual({ change: 'none' });
  });

  test('that are missing are pulled, and only those', async () => {
    const host = aHost({ 'postgres:10-alpine': '2' });
    const context = await testContext({ host });
    const seen = await dockerImages.inspect(op, context);
    expect(dockerImages.diff(op, seen, context)).toEqual({
      change: 'change',
      commands: [['docker', 'image', 'pull', 'ej/web:latest']],
      diff: '+ ej/web:latest\n',
    });
    await dockerImages.apply(op, seen, context);
    expect(host.done.map(({ argv }) => argv)).toEqual(['docker image pull ej/web:latest']);
  });

  test('are planned before there is a Docker', async () => {
    expect(await look(op, { host: paperHost() })).toMatchObject({
      change: 'change',
      commands: [['docker', 'image', 'pull', 'ej/web:latest'], expect.anything()],
    });
  });

  test.each([
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      'cannot-look',
    ],
    ['permission denied while trying to connect to the Docker daemon socket', 'needs-root'],
  ])('are not taken for missing where Docker says “%s”', async (stderr, code) => {
    const host = paperHost({ programs: { [idOf]: { code: 1, stderr } } });
    await expect(look(op, { host })).rejects.toMatchObject({ code });
  });

  test('of an archive are loaded from it', async () => {
    const given = { ...op, file: '/srv/%NAME%.tar' };
    expect(await look(given, { host: aHost({}), values: { NAME: 'ej' } })).toMatchObject({
      commands: [['docker', 'image', 'load', '--input', '/srv/ej.tar']],
    });
  });

  test('are others than we made when a name leads elsewhere, not when what they are made of has changed', async () => {
    const host = aHost({ 'ej/web:latest': '1' });
    const then = await markOf(built, { host });
    host.files.set('/opt/deploy/.env', 'TAG=2\n');
    const { values } = await testContext();
    expect(dockerImages.differs?.(built, await markOf(built, { host }), then, values)).toBe(false);
    const other = await markOf(built, { host: aHost({ 'ej/web:latest': '9' }) });
    expect(dockerImages.differs?.(built, other, then, values)).toBe(true);
  });
});

describe('images that are built', () => {
  test('are built where their folder is, by the Compose that is there', async () => {
    const host = aHost(
      {},
      { 'docker compose version': { code: 1 }, 'docker-compose version': '1.29', 'docker-compose build': '' },
    );
    const context = await testContext({ host });
    const seen = await dockerImages.inspect(built, context);
    expect(dockerImages.diff(built, seen, context)).toMatchObject({
      commands: [['docker-compose', 'build', 'web']],
      circumstances: [{ en: expect.stringContaining('/opt/deploy') }],
    });
    await dockerImages.apply(built, seen, context);
    expect(host.done.map(({ argv }) => argv)).toEqual(['docker-compose build web']);
  });

  test('are built again once what they are made of has changed, and not for a look at what was installed', async () => {
    const host = aHost({ 'ej/web:latest': '1' });
    const dir = await temporaryFolder();
    const recorded = { [key]: await markOf(built, { host, dir }) };
    expect(await look(built, { host, dir, recorded })).toEqual({ change: 'none' });
    host.files.set('/opt/deploy/.env', 'TAG=2\n');
    expect(await look(built, { host, dir, recorded })).toMatchObject({ change: 'change' });
    expect(await look(built, { host, dir, recorded, purpose: 'verify' })).toEqual({ change: 'none' });
  });
});

async function undo(
  one: Op<'docker-images'>,
  then: ReturnType<typeof paperHost>,
  now: ReturnType<typeof paperHost>,
  more: object = {},
) {
  const dir = await temporaryFolder();
  const context = await testContext({ host: then, dir });
  const before = await dockerImages.capture(one, await dockerImages.inspect(one, context), context);
  for (const [path, text] of then.files) now.files.set(path, text);
  const later = await testContext({ host: now, dir, purpose: 'undo' });
  const undone = await dockerImages.undo(one, JSON.parse(JSON.stringify(before)), { ...later, ...more });
  return { undone, done: now.done.map(({ argv }) => argv) };
}

describe('images that are taken back', () => {
  const both = { 'ej/web:latest': '1', 'postgres:10-alpine': '2' };

  test('go where there were none, and stay where there were', async () => {
    const { undone, done } = await undo(op, aHost({ 'postgres:10-alpine': '2' }), aHost(both));
    expect(undone).toEqual({});
    expect(done).toEqual(['docker image rm ej/web:latest']);
  });

  test('stay while a container uses them, and are named', async () => {
    const refused = {
      code: 1,
      stderr: 'Error response from daemon: conflict: unable to remove repository reference',
    };
    const now = aHost(both, { 'docker image rm ej/web:latest': refused });
    const { undone } = await undo(op, aHost({ 'postgres:10-alpine': '2' }), now);
    expect(undone.left?.en).toContain('ej/web:latest');
    expect(undone.left?.en).not.toContain('postgres');
  });

  test('stay while another guide needs them', async () => {
    const { undone, done } = await undo(op, aHost({}), aHost(both), {
      isNeeded: (one: string) => one === key,
    });
    expect(undone).toEqual({});
    expect(done).toEqual(['docker image rm postgres:10-alpine']);
  });

  test('give a name back to what it led to before', async () => {
    const now = aHost(
      { ...both, 'ej/web:latest': '9' },
      {
        'docker image tag': '',
        'docker image inspect --format {{json .RepoTags}} sha256:9': '[]\n',
      },
    );
    const { undone, done } = await undo(op, aHost(both), now);
    expect(undone).toEqual({});
    expect(done).toEqual(['docker image tag sha256:1 ej/web:latest', 'docker image rm sha256:9']);
  });

  test('stay where what the name led to before is gone', async () => {
    const now = aHost({ ...both, 'ej/web:latest': '9' }, { 'docker image tag': gone });
    const { undone, done } = await undo(op, aHost(both), now);
    expect(undone.left?.en).toContain('ej/web:latest');
    expect(done).toEqual(['docker image tag sha256:1 ej/web:latest']);
  });

  test('are gone with Docker itself', async () => {
    const { undone, done } = await undo(op, aHost({}), paperHost());
    expect(undone).toEqual({});
    expect(done).toEqual([]);
  });

  test('take with them what the build left and what it was built from, but nothing that is older or of others', async () => {
    const list = 'docker image ls --all --quiet --no-trunc --filter dangling=true';
    const created = 'docker image inspect --format {{.Created}}';
    const cached = (ID: string, CreatedAt: string, InUse = 'false') => ({ ID, CreatedAt, InUse });
    const old = '2026-01-31 11:00:00.5 +0000 UTC';
    const fresh = '2026-01-31 12:00:05.5 +0000 UTC';
    const df = 'docker system df';
    let rounds = 0;
    const now = aHost(
      { 'ej/web:latest': '1', 'debian:buster-slim': '3' },
      {
        [list]: 'sha256:there\nsha256:half\nsha256:older\n',
        [`${created} sha256:half`]: '2026-01-31T12:00:05.249773214Z\n',
        [`${created} sha256:older`]: '2026-01-30T12:00:00Z\n',
        [df]: () => {
          rounds += 1;
          const ours = [cached('a', fresh), cached('b', fresh)].slice(Math.min(rounds - 1, 2));
          return JSON.stringify([
            cached('there', fresh),
            cached('old', old),
            cached('used', fresh, 'true'),
            ...ours,
          ]);
        },
        'docker builder prune': '',
      },
    );
    const then = aHost(
      {},
      {
        [list]: 'sha256:there\n',
        [df]: JSON.stringify([cached('there', old)]),
      },
    );
    const { undone, done } = await undo(built, then, now);
    expect(undone).toEqual({});
    const prune = (id: string) => `docker builder prune --force --all --filter id=${id}`;
    expect(done).toEqual([
      'docker image rm ej/web:latest',
      'docker image rm sha256:half',
      ...[prune('a'), prune('b'), prune('b')],
      'docker image rm debian:buster-slim',
    ]);
  });
});
