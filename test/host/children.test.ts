import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { realHost } from '../../src/host/real.ts';
import { temporaryFolder } from '../operations/context.ts';

const isRoot = process.getuid?.() === 0;
const host = realHost({
  env: {
    PATH: '/elsewhere',
    HOME: '/elsewhere',
    npm_config_prefix: 'x',
    NODE_OPTIONS: '--require x',
    https_proxy: 'http://proxy:3128',
    PIP_INDEX_URL: 'http://mirror/simple',
    GIT_DIR: '/elsewhere/.git',
    GIT_SSL_CAINFO: '/etc/ca.pem',
    SECRET: 'x',
  },
});

async function environmentOf(options = {}): Promise<Record<string, string>> {
  const { stdout } = await host.look(['env', '-0'], options);
  return Object.fromEntries(
    stdout
      .split('\0')
      .filter(Boolean)
      .map((line) => line.split(/=(.*)/s).slice(0, 2)),
  );
}

describe('a program', () => {
  test('gets an environment built for it: system PATH, no questions, this site’s proxies', async () => {
    const env = await environmentOf({ env: { EXTRA: 'yes' } });
    expect(env).toMatchObject({
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      LC_ALL: 'C.UTF-8',
      DEBIAN_FRONTEND: 'noninteractive',
      https_proxy: 'http://proxy:3128',
      PIP_INDEX_URL: 'http://mirror/simple',
      PIP_NO_INPUT: '1',
      GIT_SSL_CAINFO: '/etc/ca.pem',
      EXTRA: 'yes',
    });
    for (const name of ['npm_config_prefix', 'NODE_OPTIONS', 'GIT_DIR', 'SECRET'])
      expect(env).not.toHaveProperty(name);
    expect(env['HOME']).not.toBe('/elsewhere');
  });

  test('has both streams, its code, and nothing to read', async () => {
    const ran = await host.look(['sh', '-c', 'cat; echo out; echo err >&2; exit 3']);
    expect(ran).toEqual({ code: 3, timedOut: false, stdout: 'out\n', stderr: 'err\n' });
  });

  test('reads what it is given, or not: both are fine', async () => {
    const long = 'é'.repeat(700_000);
    expect((await host.look(['cat'], { stdin: long })).stdout).toHaveLength(long.length);
    expect((await host.look(['true'], { stdin: long })).code).toBe(0);
  });

  test('runs in a session of its own, without a terminal, in /', async () => {
    const { stdout } = await host.look([
      'sh',
      '-c',
      'echo $$ $(ps -o sid= -p $$); pwd; test -t 0 || echo none',
    ]);
    const [ids = '', cwd, terminal] = stdout.split('\n');
    expect(new Set(ids.split(/ +/)).size).toBe(1);
    expect([cwd, terminal]).toEqual(['/', 'none']);
  });

  test('that does not exist has code 127, one that may not be run 126', async () => {
    expect((await host.look(['no-such-program'])).code).toBe(127);
    expect((await host.look(['/etc/passwd'])).code).toBe(126);
    expect(await host.look(['true'], { cwd: '/no/such' })).toMatchObject({
      code: 126,
      stderr: 'no such folder: /no/such',
    });
  });

  test('for a user that does not exist has code 127', async () => {
    const ran = await host.look(['true'], { as: 'no-such-user' });
    expect(ran).toMatchObject({ code: 127, stderr: 'no such user: no-such-user' });
  });

  test.runIf(isRoot)('runs as another user with that user’s home and groups', async () => {
    expect((await host.look(['id', '-un'], { as: 'nobody' })).stdout).toBe('nobody\n');
    expect((await host.look(['id', '-Gn'], { as: 'daemon' })).stdout).toBe('daemon\n');
    expect(await environmentOf({ as: 'daemon' })).toMatchObject({
      HOME: '/usr/sbin',
      USER: 'daemon',
      LOGNAME: 'daemon',
    });
    expect((await host.look(['no-such-program'], { as: 'nobody' })).code).toBe(127);
  });

  test('that is ended by a signal has its name', async () => {
    expect(await host.look(['sh', '-c', 'kill -9 $$'])).toMatchObject({
      code: -1,
      signal: 'SIGKILL',
      timedOut: false,
    });
  });
});

describe('output', () => {
  test('comes as it is written, by stream, with no character cut', async () => {
    const heard: string[] = [];
    const script = `printf 'a\\303'; sleep 0.2; printf '\\251b'; echo no >&2`;
    const ran = await host.run(['sh', '-c', script], {
      onOutput: (text, stream) => heard.push(`${stream} ${text}`),
    });
    expect(ran.stdout).toBe('aéb');
    expect(heard).toContain('stderr no\n');
    expect(heard[0]).toBe('stdout a');
  });

  test('that is very long is kept at both ends', async () => {
    const { stdout } = await host.run(['sh', '-c', 'echo first; yes | head -c 5000000; echo last']);
    expect(stdout.startsWith('first\n')).toBe(true);
    expect(stdout.endsWith('last\n')).toBe(true);
    expect(stdout.length).toBeLessThan(2_000_010);
  });

  test('of a daemon left behind does not keep the program from ending', async () => {
    const from = Date.now();
    const ran = await host.run(['sh', '-c', 'sleep 8 & echo started']);
    expect(ran).toMatchObject({ code: 0, stdout: 'started\n' });
    expect(Date.now() - from).toBeLessThan(4000);
  });
});

describe('time', () => {
  test('that runs out ends the program and all it started', async () => {
    const file = `${await temporaryFolder()}/pid`;
    const ran = await host.run(['sh', '-c', `sleep 60 & echo $! >${file}; wait`], { timeout: 300 });
    expect(ran).toMatchObject({ code: -1, signal: 'SIGTERM', timedOut: true });
    const state = await readFile(`/proc/${(await readFile(file, 'utf8')).trim()}/stat`, 'utf8').catch(
      () => 'gone) Z',
    );
    expect(state).toMatch(/\) Z/);
  });

  test('without output ends the program, and each line gives it more', async () => {
    let wasQuiet = false;
    const onQuiet = () => {
      wasQuiet = true;
    };
    const talking = ['sh', '-c', 'for i in 1 2 3 4 5; do echo $i; sleep 0.2; done'];
    expect((await host.run(talking, { quiet: 600, onQuiet })).code).toBe(0);
    expect(wasQuiet).toBe(false);
    expect((await host.run(['sleep', '60'], { quiet: 200, onQuiet })).signal).toBe('SIGTERM');
    expect(wasQuiet).toBe(true);
  });
});

describe('the gate', () => {
  test('stands before and after what runs, not where we look', async () => {
    const passed: string[] = [];
    const watched = realHost({ gate: (point) => void passed.push(point) });
    await watched.look(['true']);
    expect(passed).toEqual([]);
    await watched.run(['true']);
    expect(passed).toEqual(['run before', 'run after']);
  });
});
