/** What is left in a rollback keeps what it goes on needing. Real files; a Docker on paper with one service. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Host, Ran } from '../../src/host/types.ts';
import { aFile, guideOf, stepOf } from './guides.ts';
import { drive, newWorld, testHost } from './rig.ts';

const guide = guideOf('mini', [
  stepOf('settings', aFile('app.env', 'A=1\n')),
  stepOf('page', aFile('page.html')),
  stepOf('up', {
    kind: 'compose-project',
    project: 'app',
    dir: '%DIR%',
    services: ['db'],
    restartOn: ['file:%DIR%/app.env'],
    entered: { service: 'db', run: ['count'] },
  }),
]);

/** It holds as many orders as it is told. */
function withDocker(dir: string): { host: Host; orders: (count: string) => void } {
  let [isUp, count] = [false, '0'];
  const container = {
    Id: 'id',
    Name: '/app-db',
    Image: 'sha256:1',
    RestartCount: 0,
    Config: {
      Image: 'db:1',
      Labels: { 'com.docker.compose.service': 'db', 'com.docker.compose.project.working_dir': dir },
    },
    State: { Status: 'running', ExitCode: 0, StartedAt: 'then', Health: { Status: 'healthy' } },
    Mounts: [],
  };
  const answers: Readonly<Record<string, () => string>> = {
    'docker compose up': () => {
      isUp = true;
      return '';
    },
    'docker container rm': () => {
      isUp = false;
      return '';
    },
    'docker ps': () => (isUp ? 'id\n' : ''),
    'docker container inspect': () => JSON.stringify(isUp ? [container] : []),
    'docker image inspect': () => 'sha256:1\n',
    'docker exec': () => `${count}\n`,
  };
  const said = (argv: readonly string[]): Ran => {
    const answer = Object.entries(answers).find(([begin]) => argv.join(' ').startsWith(begin))?.[1];
    return { code: 0, timedOut: false, stdout: answer?.() ?? '', stderr: '' };
  };
  const real = testHost();
  const host: Host = {
    ...real,
    look: async (argv, options) => (argv[0] === 'docker' ? said(argv) : real.look(argv, options)),
    run: async (argv, options) => (argv[0] === 'docker' ? said(argv) : real.run(argv, options)),
  };
  return {
    host,
    orders: (now) => {
      count = now;
    },
  };
}

test('containers that stay because of what people put into them keep their files, and nothing else', async () => {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  const { host, orders } = withDocker(world.folder);
  const given = { DIR: world.folder };
  const { run, exit } = await drive(world, { guide, given, host });
  expect(exit).toBe(0);
  orders('42');
  const back = await drive(world, { kind: 'rollback', of: run, guide, given: {}, host });
  expect(back.exit).toBe(4);
  const kept = back.records.flatMap((one) =>
    one.type === 'undo-end' && one.outcome === 'kept' ? [`${one.key}: ${one.reason?.en}`] : [],
  );
  expect(kept).toEqual([
    'docker:project/app/db: Changed by somebody else since: left as it is.',
    `file:${world.folder}/app.env: What was left in place needs it: left as it is.`,
  ]);
  expect(existsSync(`${world.folder}/page.html`)).toBe(false);
  expect(existsSync(`${world.folder}/app.env`)).toBe(true);
});
