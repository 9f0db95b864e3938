import { describe, expect, test } from 'vitest';
import type { RunOptions } from '../../../src/host/types.ts';
import { composeProject } from '../../../src/operations/compose-project.ts';
import type { Json, Op } from '../../../src/operations/verbs.ts';
import { type TestOptions, temporaryFolder, testContext } from '../context.ts';
import { type Paper, paperHost } from './machine.ts';

const env = '/opt/deploy/config.env';
const op: Op<'compose-project'> = {
  kind: 'compose-project',
  project: 'ej',
  dir: '/opt/deploy',
  services: ['web', 'db'],
  restartOn: [`file:${env}`],
  within: 20,
  dumps: [{ service: 'db', name: 'ej.sql', run: ['pg_dump', 'ej'], ends: 'complete', load: ['psql', 'ej'] }],
  entered: { service: 'db', run: ['psql', '-c', 'count'] },
};
const key = 'docker:project/ej/web';

interface Given {
  readonly state?: string;
  readonly health?: string;
  readonly dir?: string;
  readonly image?: string;
  readonly begun?: string;
  readonly restarts?: number;
  readonly oneOff?: boolean;
  readonly volumes?: readonly string[];
}

/** As `docker container inspect` says it: with its environment, as always. */
const container = (service: string, given: Given = {}) => ({
  Id: `id-${service}`,
  Name: `/ej-${service}`,
  Image: given.image ?? `sha256:${service}`,
  RestartCount: given.restarts ?? 0,
  Config: {
    Image: `ej/${service}`,
    Env: ['POSTGRES_PASSWORD=canary'],
    Labels: {
      'com.docker.compose.service': service,
      'com.docker.compose.project.working_dir': given.dir ?? '/opt/deploy',
      'com.docker.compose.oneoff': given.oneOff ? 'True' : 'False',
    },
  },
  State: {
    Status: given.state ?? 'running',
    ExitCode: given.state === 'exited' ? 3 : 0,
    StartedAt: given.begun ?? '2026-01-31T12:00:00Z',
    ...(given.health ? { Health: { Status: given.health } } : {}),
  },
  Mounts: (given.volumes ?? []).map((Name) => ({ Type: 'volume', Name })),
});

const healthy = [container('web', { health: 'healthy' }), container('db', { health: 'healthy' })];

type Programs = Paper['programs'];
const ofProject = '--filter label=com.docker.compose.project=ej';

/** A Docker with these containers, at one moment after the other. */
function aHost(moments: readonly (readonly ReturnType<typeof container>[])[], programs: Programs = {}) {
  let moment = 0;
  let now = moments[0] ?? [];
  return paperHost({
    files: { [env]: 'A=1\n' },
    programs: {
      'docker compose version': 'v2',
      'docker compose up': '',
      'docker ps --all': () => {
        now = moments[Math.min(moment, moments.length - 1)] ?? [];
        moment += 1;
        return now.map(({ Id }) => Id).join('\n');
      },
      'docker container inspect': () => JSON.stringify(now),
      'docker container': '',
      'docker volume': '',
      'docker network': '',
      [`docker volume ls --quiet ${ofProject}`]: '',
      [`docker network ls --quiet --no-trunc ${ofProject}`]: '',
      'docker image inspect --format {{.Id}} ej/web': 'sha256:web\n',
      'docker image inspect --format {{.Id}} ej/db': 'sha256:db\n',
      'docker exec --interactive ej-db psql -c count': '7\n',
      ...programs,
    },
  });
}

async function look(options: TestOptions, one = op) {
  const context = await testContext(options);
  return composeProject.diff(one, await composeProject.inspect(one, context), context);
}

async function markOf(options: TestOptions): Promise<Json> {
  const context = await testContext(options);
  const mark = composeProject.mark(op, await composeProject.inspect(op, context), context);
  expect(JSON.stringify(mark)).not.toContain('canary');
  return JSON.parse(JSON.stringify(mark));
}

describe('a project of Compose', () => {
  test('is planned before there is a Docker', async () => {
    expect(await look({ host: paperHost() })).toMatchObject({
      change: 'change',
      commands: [['docker', 'compose', 'up', '--detach', '--no-build', 'web', 'db']],
      diff: '+ web\n+ db\n',
    });
  });

  test('has nothing to do where its services run with what they were started with', async () => {
    const dir = await temporaryFolder();
    const host = aHost([healthy]);
    const recorded = { [key]: await markOf({ host, dir }) };
    expect(await look({ host, dir, recorded })).toEqual({ change: 'none' });
    host.files.set(env, 'A=2\n');
    expect(await look({ host, dir, recorded })).toMatchObject({ diff: '± web\n± db\n' });
    expect(await look({ host, dir, recorded, purpose: 'verify' })).toEqual({ change: 'none' });
  });

  test.each([
    ['runs from an image that its name no longer leads to', { image: 'sha256:former' }, '± web\n'],
    ['has ended', { state: 'exited' }, '- web: exited (3)\n+ web\n'],
    ['begins again and again', { state: 'restarting' }, '- web: restarting (0)\n+ web\n'],
    ['is not well', { health: 'unhealthy' }, '- web: unhealthy\n+ web\n'],
    ['was only run by hand', { oneOff: true }, '+ web\n'],
  ])('comes up where a service %s', async (_, given: Given, diff) => {
    const host = aHost([[container('web', given), container('db')]]);
    expect(await look({ host }, { ...op, restartOn: [] })).toMatchObject({ change: 'change', diff });
  });

  test.each(['--force', '', 'web db'])('is refused for a service or a project like %j', async (name) => {
    for (const hostile of [
      { ...op, services: [name] },
      { ...op, project: name },
    ])
      await expect(look({ host: aHost([[]]) }, hostile)).rejects.toMatchObject({ code: 'check-failed' });
  });

  test('of another folder is not ours', async () => {
    const host = aHost([[container('db', { dir: '/srv/theirs' })]]);
    await expect(look({ host })).rejects.toMatchObject({
      code: 'refused-existing',
      say: { en: expect.stringContaining('/srv/theirs') },
    });
  });

  test('is another once a service is gone or data was entered, not because it was stopped or runs another image', async () => {
    const then = await markOf({ host: aHost([healthy]) });
    const differs = async (host: ReturnType<typeof aHost>) =>
      composeProject.differs?.(op, await markOf({ host }), then, (await testContext()).values);
    expect(await differs(aHost([[container('web', { image: 'sha256:other' }), container('db')]]))).toBe(
      false,
    );
    // Stopped, it does not tell what was entered.
    expect(await differs(aHost([[container('web'), container('db', { state: 'exited' })]]))).toBe(false);
    expect(await differs(aHost([[container('web')]]))).toBe(true);
    const entered = { 'docker exec --interactive ej-db psql -c count': '8\n' };
    expect(await differs(aHost([healthy], entered))).toBe(true);
  });
});

async function apply(host: ReturnType<typeof aHost>, one = op) {
  const context = await testContext({ host });
  const seen = await composeProject.inspect(one, context);
  return { context, done: composeProject.apply(one, seen, context) };
}

describe('a project that comes up', () => {
  const starting = [container('web', { health: 'starting' }), container('db', { health: 'healthy' })];

  test('is waited for until each service is healthy', async () => {
    const host = aHost([[], starting, starting, healthy]);
    const { context, done } = await apply(host);
    await done;
    expect(host.done.map(({ argv }) => argv)).toEqual(['docker compose up --detach --no-build web db']);
    expect(context.output()).not.toContain('canary');
  });

  test('counts a service without a health check only after it has run for a while without ending', async () => {
    let seconds = 0;
    const plain = (begun: string) => [container('web', { begun }), container('db', { health: 'healthy' })];
    // It ends at once five times, then stays.
    const moments = [[], ...Array.from({ length: 6 }, (_, index) => plain(`2026-01-31T12:00:0${index}Z`))];
    const sleep = async () => {
      seconds += 1;
    };
    const host = { ...aHost(moments), sleep };
    const { done } = await apply(host);
    await done;
    expect(seconds).toBe(5 + 10);
  });

  test('fails with the state of what is ill, and shows what that said last, and the others before it', async () => {
    const ill = [container('web', { state: 'restarting' }), container('db', { health: 'healthy' })];
    const host = aHost([[], ill]);
    const { done } = await apply(host);
    await expect(done).rejects.toMatchObject({
      code: 'check-failed',
      values: { name: 'web', problem: 'web: restarting (0)' },
      say: { en: expect.stringContaining('web') },
    });
    expect(host.done.slice(-2).map(({ argv }) => argv)).toEqual([
      'docker container logs --tail 10 ej-db',
      'docker container logs --tail 20 ej-web',
    ]);
  });

  test('is given up before its time when a service ends again and again, by what it does now', async () => {
    const after = (restarts: number) => [
      container('web', { state: 'restarting', restarts }),
      container('db', { health: 'healthy' }),
    ];
    let seconds = 0;
    const sleep = async () => {
      seconds += 1;
    };
    const moments = [[], ...Array.from({ length: 30 }, (_, index) => after(40 + index))];
    const host = { ...aHost(moments), sleep };
    const { done } = await apply(host, { ...op, within: 600 });
    await expect(done).rejects.toMatchObject({ code: 'check-failed' });
    expect(seconds).toBe(10);
  });
});

describe('a project that is taken back', () => {
  const volumes = ['ej_db', 'f'.repeat(64)];
  const made = [container('web'), container('db', { volumes })];
  const listed = {
    [`docker volume ls --quiet ${ofProject}`]: 'ej_db\nej_media\n',
    [`docker network ls --quiet --no-trunc ${ofProject}`]: 'net1\nnet2\n',
  };

  async function undo(
    then: ReturnType<typeof aHost>,
    now: ReturnType<typeof aHost>,
    { one = op, recorded = {} }: { one?: typeof op; recorded?: Record<string, Json> } = {},
  ) {
    const dir = await temporaryFolder();
    const context = await testContext({ host: then, dir, recorded });
    const before = await composeProject.capture(one, await composeProject.inspect(one, context), context);
    const later = await testContext({ host: now, dir, purpose: 'undo', recorded });
    const undone = await composeProject.undo(one, JSON.parse(JSON.stringify(before)), later);
    return { undone, done: now.done.map(({ argv }) => argv), output: later.output() };
  }
  const without = { ...op, dumps: [] };

  test('loses what was made, in an order that Docker takes, and nothing that was there', async () => {
    const then = aHost([[]], {
      [`docker volume ls --quiet ${ofProject}`]: 'ej_media\n',
      [`docker network ls --quiet --no-trunc ${ofProject}`]: 'net1\n',
    });
    const { undone, done, output } = await undo(then, aHost([made], listed), { one: without });
    expect(undone).toEqual({});
    expect(done).toEqual([
      'docker container stop --time 30 id-web id-db',
      'docker container rm --volumes id-web',
      'docker container rm --volumes id-db',
      'docker volume rm ej_db',
      `docker volume rm ${'f'.repeat(64)}`,
      'docker network rm net2',
    ]);
    expect(output).not.toContain('canary');
  });

  test('names what Docker does not give up, and is not stopped by what is gone', async () => {
    const now = aHost([made], {
      ...listed,
      'docker container rm --volumes id-web': { code: 1, stderr: 'Error: No such container: id-web' },
      'docker volume rm ej_db': { code: 1, stderr: 'Error response from daemon: volume is in use' },
    });
    const { undone, done } = await undo(aHost([[]]), now, { one: without });
    expect(undone.left?.en).toContain('volume ej_db');
    expect(undone.left?.en).not.toContain('id-web');
    expect(done.at(-1)).toBe('docker network rm net2');
  });

  test('stays whole where its data could not be put aside', async () => {
    const dump = {
      'sh -c exec "$@" >"$0"': (_: RunOptions) => ({ code: 0, stdout: '' }),
      'tail --bytes=600': 'pg_dump: error: cut off',
    };
    const now = aHost([made], { ...listed, ...dump });
    await expect(undo(aHost([[]]), now)).rejects.toMatchObject({ code: 'command-failed' });
    expect(now.done.filter(({ argv }) => / (stop|rm) /.test(argv))).toEqual([]);
  });

  test('is gone with Docker itself', async () => {
    const { undone, done } = await undo(aHost([[]]), paperHost());
    expect(undone).toEqual({});
    expect(done).toEqual([]);
  });

  test('that was stopped, or was ill, is so again, and nobody waits for that', async () => {
    const then = aHost([[container('web', { state: 'exited' }), container('db', { health: 'unhealthy' })]]);
    const now = aHost([[container('web'), container('db', { health: 'unhealthy' })]], {
      'docker compose stop': '',
    });
    const { undone, done } = await undo(then, now, { one: without });
    expect(undone).toEqual({});
    expect(done).toEqual(['docker compose up --detach --no-build web db', 'docker compose stop web']);
  });

  const tag = 'docker image tag sha256:web ej/web';

  test('comes back from the files and images that it had', async () => {
    const dir = await temporaryFolder();
    const former = aHost([healthy]);
    const recorded: Record<string, Json> = { [key]: await markOf({ host: former, dir }) };
    const context = await testContext({ host: former, dir });
    await context.keep(Buffer.from('A=1\n'));
    recorded[`file:${env}`] = { sha: context.fingerprint(Buffer.from('A=2\n')) };
    const seen = await testContext({ host: former, dir, recorded });
    const before = await composeProject.capture(without, await composeProject.inspect(without, seen), seen);
    const now = aHost([healthy], {
      'docker image inspect --format {{.Id}} ej/web': 'sha256:new\n',
      'docker image inspect --format {{.Id}} sha256:web': 'sha256:web\n',
      'docker image tag': '',
    });
    for (const [path, text] of former.files) now.files.set(path, text);
    now.files.set(env, 'A=2\n');
    const later = await testContext({ host: now, dir, recorded, purpose: 'undo' });
    expect(await composeProject.undo(without, before, later)).toEqual({});
    expect(now.files.get(env)).toBe('A=1\n');
    expect(now.done.map(({ argv }) => argv)).toEqual([tag, 'docker compose up --detach --no-build web db']);
    // Somebody has edited it since: it stays theirs.
    now.files.set(env, 'A=3\n');
    await composeProject.undo(without, before, later);
    expect(now.files.get(env)).toBe('A=3\n');
  });
});
