import { writeFile } from 'node:fs/promises';
import { createServer as createHttp } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Probe } from '../../src/guide/kinds.ts';
import { realHost } from '../../src/host/real.ts';
import type { Host, Ran } from '../../src/host/types.ts';
import { check } from '../../src/operations/probe.ts';
import { describeProbe } from '../../src/operations/shared/describe-probe.ts';
import type { Resolved } from '../../src/operations/verbs.ts';
import { type TestOptions, temporaryFolder, testContext } from './context.ts';

type Known = Resolved<Probe>;
const fine = { ok: true, problem: '' };

async function checked(probe: Known, options: TestOptions = {}) {
  return check(probe, await testContext(options));
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe('a command', () => {
  test.each<[string, Known, string]>([
    ['code 0', { run: ['true'] }, ''],
    [
      'another code where it is not expected',
      { run: ['sh', '-c', 'echo why >&2; exit 2'] },
      'sh: code 2 why',
    ],
    ['another code where it is expected', { run: ['sh', '-c', 'exit 2'], code: 2 }, ''],
    ['the words it has to hold', { run: ['echo', 'it is PONG'], contains: 'PONG' }, ''],
    ['other words', { run: ['echo', 'no'], contains: 'PONG' }, 'echo: “no” instead of “…PONG…”'],
    ['exactly these words', { run: ['echo', ' 12 '], equals: '12' }, ''],
    ['not exactly these words', { run: ['echo', '123'], equals: '12' }, 'echo: “123” instead of “12”'],
    ['words it must not hold', { run: ['echo', 'a b'], lacks: 'b' }, 'echo: “b” is in it'],
    [
      'a folder to stand in and a variable',
      { run: ['sh', '-c', 'echo $PWD $X'], cwd: '/usr', env: { X: 'y' }, equals: '/usr y' },
      '',
    ],
  ])('with %s', async (_, probe, problem) => {
    expect(await checked(probe)).toMatchObject({ ok: problem === '', problem });
  });

  test('that does not exist, or whose user does not, is not so', async () => {
    expect((await checked({ run: ['no-such-program'] })).ok).toBe(false);
    expect(await checked({ run: ['true'], as: 'no-such-user' })).toEqual({
      ok: false,
      problem: 'true: code 127 no such user: no-such-user',
      unsure: true,
    });
  });

  test('reads secrets from its standard input and repeats none', async () => {
    const secrets = { PASSWORD: 's3cret-value' };
    const probe: Known = { run: ['cat'], stdin: 'is %PASSWORD%', equals: 'other' };
    expect(await checked(probe, { secrets })).toEqual({
      ok: false,
      problem: 'cat: “is ••••••••” instead of “other”',
    });
  });

  test('never has a secret among its arguments', async () => {
    const probe: Known = { run: ['echo', '%PASSWORD%'] };
    await expect(checked(probe, { secrets: { PASSWORD: 's3cret-value' } })).rejects.toMatchObject({
      code: 'secret-shown',
    });
  });

  test('that would need root to be looked at says so', async () => {
    const look = async (): Promise<Ran> => ({
      code: 126,
      timedOut: false,
      needsRoot: true,
      stdout: '',
      stderr: '',
    });
    const host: Host = { ...realHost(), look };
    await expect(checked({ run: ['true'], as: 'postgres' }, { host })).rejects.toMatchObject({
      code: 'needs-root',
    });
  });
});

describe('a path', () => {
  test('is there or is not', async () => {
    const path = join(await temporaryFolder(), 'x');
    const values = { PATH_OF: path };
    expect(await checked({ exists: '%PATH_OF%' }, { values })).toEqual({
      ok: false,
      problem: `${path} does not exist`,
    });
    expect(await checked({ absent: '%PATH_OF%' }, { values })).toEqual(fine);
    await writeFile(path, '');
    expect(await checked({ exists: '%PATH_OF%' }, { values })).toEqual(fine);
    expect(await checked({ absent: '%PATH_OF%' }, { values })).toEqual({
      ok: false,
      problem: `${path} exists`,
    });
  });
});

describe('a server', () => {
  test('answers HTTP with the status, the words, for the virtual host and with the secret header', async () => {
    const server = createHttp((request, response) => {
      const isKnown =
        request.headers.authorization === 'Token s3cret-value' &&
        request.headers.host === 'events.example.org';
      response.writeHead(isKnown ? 200 : 401).end(isKnown ? 'organizers' : 'who are you');
    });
    const url = `http://127.0.0.1:${await listen(server)}/api`;
    const secrets = { TOKEN: 's3cret-value' };
    const probe = {
      http: url,
      host: 'events.example.org',
      header: 'Authorization: Token %TOKEN%',
      status: 200,
    };
    expect(await checked(probe, { secrets })).toEqual(fine);
    expect(await checked({ ...probe, contains: 'organizers' }, { secrets })).toEqual(fine);
    expect(await checked({ ...probe, contains: 'else' }, { secrets })).toEqual({
      ok: false,
      problem: `${url}: “else” is not in it`,
    });
    expect(await checked({ http: url, status: 200 })).toEqual({ ok: false, problem: `${url}: 401 ≠ 200` });
    expect(await checked({ http: url, status: [200, 401] })).toEqual(fine);
    expect((await checked({ http: 'http://127.0.0.1:9/', status: 200 })).problem).toContain('ECONNREFUSED');
  });

  test('answers TCP, and greets as expected', async () => {
    const port = await listen(createServer((socket) => void socket.write('220 mail ready\r\n')));
    expect(await checked({ tcp: `127.0.0.1:${port}` })).toEqual(fine);
    expect(await checked({ tcp: `localhost:${port}`, banner: '220' })).toEqual(fine);
    expect(await checked({ tcp: `127.0.0.1:${port}`, banner: 'SSH' })).toMatchObject({ ok: false });
    expect(await checked({ tcp: '127.0.0.1:9' })).toMatchObject({ ok: false });
    expect(await checked({ tcp: 'nonsense' })).toEqual({
      ok: false,
      problem: 'nonsense: host:port?',
      unsure: true,
    });
  });

  test('is a Redis server that says PONG, or takes the password', async () => {
    const heard: string[] = [];
    const redis = createServer((socket) => {
      socket.on('data', (chunk) => {
        heard.push(chunk.toString());
        const answers = [
          ['PING', '+PONG'],
          ['\r\ns3cret-value\r\n', '+OK'],
        ] as const;
        socket.write(
          `${answers.find(([word]) => chunk.includes(word))?.[1] ?? '-NOAUTH Authentication required.'}\r\n`,
        );
      });
    });
    const port = await listen(redis);
    expect(await checked({ redis: `127.0.0.1:${port}` })).toEqual(fine);
    expect(await checked({ redis: `redis://127.0.0.1:${port}/2` })).toEqual(fine);
    const secrets = { REDIS_URL: `redis://:s3cret-value@127.0.0.1:${port}/2` };
    expect(await checked({ redis: '%REDIS_URL%' }, { secrets })).toEqual(fine);
    expect(heard.at(-1)).toBe('*2\r\n$4\r\nAUTH\r\n$12\r\ns3cret-value\r\n');
    expect(await checked({ redis: `redis://:other@127.0.0.1:${port}` })).toMatchObject({ ok: false });
  });

  test('holds a port, which is free once it is gone', async () => {
    const server = createServer();
    const port = await listen(server);
    expect(await checked({ portFree: String(port) })).toMatchObject({ ok: false });
    await new Promise((done) => server.close(done));
    expect(await checked({ portFree: `tcp/${port}` })).toEqual(fine);
  });
});

describe('a service', () => {
  const states = (...ages: (number | 'failed')[]): Host => {
    const uptime = 1000;
    return {
      ...realHost(),
      read: async () => Buffer.from(`${uptime} 0`),
      sleep: async () => {},
      look: async () => {
        const age = ages.length > 1 ? ages.shift() : ages[0];
        const lines =
          age === 'failed' || age === undefined
            ? ['ActiveState=failed', 'SubState=failed', 'Result=exit-code', 'ActiveEnterTimestampMonotonic=0']
            : [
                'ActiveState=active',
                'SubState=running',
                'Result=success',
                `ActiveEnterTimestampMonotonic=${(uptime - age) * 1e6}`,
              ];
        return { code: 0, timedOut: false, stdout: lines.join('\n'), stderr: '' };
      },
    };
  };
  test.each<[string, Host, number, string]>([
    ['that is active', states(1), 0, ''],
    ['that is not', states('failed'), 0, 'web: failed (failed, exit-code)'],
    ['that has stayed active for long enough', states(60), 30, ''],
    ['that stays active while we watch', states(5), 30, ''],
    ['that ends while we watch', states(5, 'failed'), 30, 'web: failed (failed, exit-code)'],
    ['that is restarted while we watch', states(5, 2), 30, 'web: restarted within 30\u00a0s'],
  ])('%s', async (_, host, seconds, problem) => {
    expect(await checked({ service: 'web', for: seconds }, { host })).toEqual({
      ok: problem === '',
      problem,
    });
  });

  test('of a machine without systemd is not so', async () => {
    const look = async (): Promise<Ran> => ({ code: 127, timedOut: false, stdout: '', stderr: '' });
    expect((await checked({ service: 'web' }, { host: { ...realHost(), look } })).ok).toBe(false);
  });
});

test('several: the first that is not so is the problem', async () => {
  expect(await checked({ all: [{ run: ['true'] }, { run: ['false'] }, { exists: '/no/such' }] })).toEqual({
    ok: false,
    problem: 'false: code 1',
    unsure: true,
  });
  expect(await checked({ all: [{ run: ['true'] }, { exists: '/' }] })).toEqual(fine);
});

test('what was seen instead is said in the language of the run', async () => {
  expect(await checked({ exists: '/no/such' }, { lang: 'fr' })).toEqual({
    ok: false,
    problem: '/no/such n’existe pas',
  });
});

test('has words in both languages, without secrets', async () => {
  const { values } = await testContext({ secrets: { REDIS_URL: 'redis://:s3cret@h' } });
  expect(describeProbe({ all: [{ redis: '%REDIS_URL%' }, { portFree: 'tcp/443' }] }, values)).toEqual({
    fr: 'Redis répond (••••••••), le port tcp/443 est libre',
    en: 'Redis answers (••••••••), port tcp/443 is free',
  });
});

test('of a script in an argument, only the beginning is told', async () => {
  const { values } = await testContext({});
  const said = describeProbe(
    { run: ['python', '-c', `import sys\nsys.exit(${'1 + '.repeat(40)}0)`, 'last'] },
    values,
  );
  expect(said.en).toMatch(/^python -c import sys sys\.exit\(1 \+ .*… last$/);
  expect(said.en.length).toBeLessThan(95);
});
