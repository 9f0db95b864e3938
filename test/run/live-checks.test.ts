/** What is looked at beside the forms: real sockets, a real name server, a real PostgreSQL. */
import { execFile, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import dns from 'node:dns';
import { chmod, chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Redactor } from '../../src/answers/redactor.ts';
import type { Answer } from '../../src/answers/resolve.ts';
import { Secret } from '../../src/answers/secret.ts';
import type { LiveLook } from '../../src/guide/types.ts';
import { realHost } from '../../src/host/real.ts';
import type { Host } from '../../src/host/types.ts';
import { StateFolder } from '../../src/journal/state.ts';
import { LiveChecks } from '../../src/run/live-checks.ts';
import type { LiveCheck } from '../../src/run/protocol.ts';
import { temporaryFolder } from '../operations/context.ts';
import { needs, needsRoot } from '../operations/encode/needs.ts';
import { asks, guideOf } from './guides.ts';
import { drive, inTurn, newWorld } from './rig.ts';

type Given = Readonly<Record<string, string | Secret>>;

interface Watched {
  /** All that was said, in order. */
  readonly said: (readonly LiveCheck[])[];
  readonly live: LiveChecks;
  answer(given: Given, wrong?: readonly string[]): void;
  /** The newest picture, once nothing is looked at any more. */
  done(): Promise<readonly LiveCheck[]>;
}

async function watch(looks: readonly LiveLook[], host: Host = realHost()): Promise<Watched> {
  const state = new StateFolder(realHost(), `${await temporaryFolder()}/state`);
  await state.prepare('test');
  const said: (readonly LiveCheck[])[] = [];
  const live = new LiveChecks({
    guide: { id: 'test', looks },
    facts: {},
    around: {
      host,
      state,
      run: 'test',
      key: await state.key(),
      redactor: new Redactor(),
      lang: 'en',
      recorded: () => undefined,
    },
    emit: (event) => void (event.type === 'live-checks' && said.push(event.checks)),
  });
  onTestFinished(() => live.stop());
  const asAnswer = (value: string | Secret): Answer =>
    value instanceof Secret ? { secret: value, from: 'person' } : { value, from: 'person' };
  return {
    said,
    live,
    answer: (given, wrong = []) =>
      live.follow({
        answers: new Map(Object.entries(given).map(([id, value]) => [id, asAnswer(value)])),
        problems: wrong.map((id) => ({ id, say: { fr: '', en: '' } })),
      }),
    done: async () => {
      for (;;) {
        const newest = said.at(-1) ?? [];
        if (newest.length > 0 && newest.every(({ state: one }) => one !== 'looking')) return newest;
        await pause(20);
      }
    },
  };
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A server that does `greet` with each connection; its port, and how many there were. */
async function listen(greet: (socket: Socket) => void): Promise<{ port: string; count: () => number }> {
  let count = 0;
  const server = createServer((socket) => {
    count++;
    socket.on('error', () => {});
    greet(socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return { port: String((server.address() as AddressInfo).port), count: () => count };
}

const smtp: LiveLook = {
  id: 'smtp',
  topic: 'mail',
  of: ['HOST', 'PORT'],
  look: 'banner',
  host: '%HOST%',
  port: '%PORT%',
  banner: '220',
};
const greeting = (socket: Socket) => void socket.write('220 mail.example.org ESMTP\u0007 ready\r\n');

describe('a server', () => {
  test('that greets as it should is good: its line and its time are said, without control characters', async () => {
    const { port } = await listen(greeting);
    const { answer, done, said } = await watch([smtp]);
    answer({ HOST: '127.0.0.1', PORT: port });
    expect(said[0]).toMatchObject([{ state: 'looking', say: { en: `Connecting to 127.0.0.1:${port}…` } }]);
    const [check] = await done();
    expect(check).toMatchObject({ id: 'smtp', topic: 'mail', state: 'good' });
    expect(check?.say.en).toMatch(
      /^127\.0\.0\.1:\d+ answers in \d+\u00a0ms: 220 mail\.example\.org ESMTP ready$/,
    );
    expect(check?.say.fr).toContain('répond en');
  });

  test('that greets otherwise, says nothing, refuses or has no address is bad, each with what to do', async () => {
    const ssh = await listen((socket) => void socket.write('SSH-2.0-OpenSSH_9.2\r\n'));
    const mute = await listen(() => {});
    const { port } = await listen(greeting);
    const cases = [
      ['127.0.0.1', ssh.port, 'answers “SSH-2.0-OpenSSH_9.2” instead of “220…”: is it the right port?'],
      ['127.0.0.1', mute.port, 'says nothing: perhaps this port expects TLS from the start.'],
      ['127.0.0.1', '1', '127.0.0.1:1 refuses the connection'],
      ['no-such-host.invalid', port, 'The name no-such-host.invalid cannot be found'],
    ] as const;
    const found = cases.map(async ([HOST, PORT, sentence]) => {
      const { answer, done } = await watch([smtp]);
      answer({ HOST, PORT });
      const [check] = await done();
      expect(check?.state).toBe('bad');
      expect(check?.say.en).toContain(sentence);
    });
    await Promise.all(found);
  });

  test('that only has to answer is not listened to', async () => {
    const { port } = await listen(() => {});
    const { banner: _, ...answers } = smtp as Extract<LiveLook, { look: 'banner' }>;
    const { answer, done } = await watch([answers]);
    answer({ HOST: '127.0.0.1', PORT: port });
    expect(await done()).toMatchObject([{ state: 'good' }]);
  });
});

describe('looking', () => {
  test('waits for its answers to be there and right, and for its condition', async () => {
    const { port } = await listen(greeting);
    const { answer, said } = await watch([{ ...smtp, when: { answer: 'MODE', is: ['mail'] } }]);
    answer({ HOST: '127.0.0.1', MODE: 'mail' });
    answer({ HOST: '127.0.0.1', PORT: port, MODE: 'mail' }, ['PORT']);
    answer({ HOST: '127.0.0.1', PORT: port, MODE: 'none' });
    expect(said).toEqual([]);
    answer({ HOST: '127.0.0.1', PORT: port, MODE: 'mail' });
    expect(said).toHaveLength(1);
  });

  test('begins when the answers rest: of what is typed letter by letter only the last is looked at', async () => {
    const { port, count } = await listen(greeting);
    const other = await listen(greeting);
    const { answer, done } = await watch([smtp]);
    answer({ HOST: '127.0.0.1', PORT: other.port });
    await pause(100);
    answer({ HOST: '127.0.0.1', PORT: port });
    expect(await done()).toMatchObject([{ state: 'good', say: { en: expect.stringContaining(port) } }]);
    expect([count(), other.count()]).toEqual([1, 0]);
  });

  test('what is found late for values that have changed is not said', async () => {
    const slow = await listen((socket) => void setTimeout(() => greeting(socket), 1200));
    const { port } = await listen(greeting);
    const { answer, said, done, live } = await watch([smtp]);
    answer({ HOST: '127.0.0.1', PORT: slow.port });
    await pause(600);
    answer({ HOST: '127.0.0.1', PORT: port });
    await done();
    await live.settled();
    const results = said.flat().filter(({ state }) => state === 'good');
    expect(results.map(({ say }) => say.en.includes(slow.port))).toEqual([false]);
  });

  test('the same values are looked at once', async () => {
    const { port, count } = await listen(greeting);
    const { answer, done, said } = await watch([smtp]);
    answer({ HOST: '127.0.0.1', PORT: port });
    await done();
    const times = said.length;
    answer({ HOST: '127.0.0.1', PORT: port, NAME: 'x' });
    answer({ HOST: '127.0.0.1' });
    answer({ HOST: '127.0.0.1', PORT: port });
    await pause(600);
    expect(count()).toBe(1);
    expect(
      said
        .slice(times)
        .flat()
        .every(({ state }) => state === 'good'),
    ).toBe(true);
  });

  test('ends when answering ends: nothing is said any more', async () => {
    const { port } = await listen((socket) => void setTimeout(() => greeting(socket), 300));
    const { answer, said, live } = await watch([smtp]);
    answer({ HOST: '127.0.0.1', PORT: port });
    await pause(500);
    live.stop();
    await live.settled();
    expect(said.at(-1)).toEqual([]);
    expect(said).toHaveLength(2);
  });

  test('gives up after some seconds', async () => {
    const host = { ...realHost(), connect: () => new Promise<string>(() => {}) };
    const { answer, done } = await watch([smtp], host);
    answer({ HOST: '127.0.0.1', PORT: '25' });
    const [check] = await done();
    expect(check).toMatchObject({
      state: 'unknown',
      say: { en: expect.stringContaining('no answer in time') },
    });
  }, 10_000);

  test('says no secret, whatever a server sends back', async () => {
    const { port } = await listen((socket) => void socket.write('220 hello correct-horse-battery\r\n'));
    const { answer, done } = await watch([smtp]);
    answer({ HOST: '127.0.0.1', PORT: port, PASSWORD: new Secret('correct-horse-battery') });
    const [check] = await done();
    expect(check?.say.en).toContain('220 hello ••••');
    expect(JSON.stringify(check)).not.toContain('horse');
  });
});

/** A name server that knows these names, for this process. */
async function nameServer(names: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { address, port }) => {
    const labels: string[] = [];
    let at = 12;
    for (let size = query[at] ?? 0; size > 0; size = query[at] ?? 0) {
      labels.push(query.subarray(at + 1, at + 1 + size).toString());
      at += size + 1;
    }
    const question = query.subarray(12, at + 5);
    const isFour = query.readUInt16BE(at + 1) === 1;
    const known = names[labels.join('.')];
    const found = isFour ? (known ?? []) : [];
    const header = Buffer.from([
      ...query.subarray(0, 2),
      0x81,
      known ? 0x80 : 0x83,
      0,
      1,
      0,
      found.length,
      0,
      0,
      0,
      0,
    ]);
    const records = found.map((one) =>
      Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...one.split('.').map(Number)]),
    );
    socket.send(Buffer.concat([header, question, ...records]), port, address);
  });
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
  const former = dns.getServers();
  dns.setServers([`127.0.0.1:${socket.address().port}`]);
  onTestFinished(() => {
    dns.setServers(former);
    socket.close();
  });
}

describe('a name', () => {
  const dns: LiveLook = { id: 'dns', topic: 'site', of: ['NAME'], look: 'dns', name: '%NAME%' };
  const own = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address as string;

  test('is held against the addresses of this machine', async () => {
    await nameServer({
      'here.example.org': [own],
      'there.example.org': ['198.51.100.7'],
      'both.example.org': [own, '198.51.100.7'],
      'self.example.org': ['127.0.0.1'],
    });
    const find = async (NAME: string) => {
      const { answer, done } = await watch([dns]);
      answer({ NAME });
      const [check] = await done();
      return [check?.state, check?.say.en];
    };
    const names = ['here', 'there', 'both', 'self', 'nowhere'].map((name) => `${name}.example.org`);
    const [here, there, both, self, nowhere] = await Promise.all(names.map(find));
    expect(here).toEqual(['good', `here.example.org leads to this machine (${own}).`]);
    expect(there?.[0]).toBe('unknown');
    expect(there?.[1]).toMatch(
      /^there\.example\.org leads to 198\.51\.100\.7, which is not an address of this machine \(.*\): right if a router or proxy stands in between\.$/,
    );
    expect(there?.[1]).toContain(own);
    expect(both?.[0]).toBe('bad');
    expect(both?.[1]).toContain('and also to 198.51.100.7');
    expect(self).toEqual(['unknown', 'self.example.org can be reached from this machine only.']);
    expect(nowhere?.[0]).toBe('bad');
    expect(nowhere?.[1]).toContain('does not exist in the DNS');
  });

  test('that is an address needs no name server', async () => {
    const { answer, done } = await watch([dns]);
    answer({ NAME: own });
    expect(await done()).toMatchObject([{ state: 'good' }]);
  });
});

test('a port is free or taken, and by which program', async () => {
  const look: LiveLook = { id: 'port', topic: 'server', of: [], look: 'port-free', port: '%PORT%' };
  const { port } = await listen(() => {});
  const taken = await watch([look]);
  taken.answer({ PORT: port });
  const [check] = await taken.done();
  expect(check?.state).toBe('bad');
  expect(check?.say.en).toMatch(new RegExp(`^Port ${port} is already taken`));
  const free = await watch([look]);
  free.answer({ PORT: '1' });
  expect(await free.done()).toMatchObject([{ state: 'good', say: { fr: 'Le port 1 est libre.' } }]);
});

const run = promisify(execFile);
const bin = '/usr/lib/postgresql/15/bin';

/** A PostgreSQL of its own; its port. */
async function postgres(password: string): Promise<string> {
  needs(`${bin}/postgres`, `${bin}/initdb`, `${bin}/psql`);
  needsRoot();
  const folder = await mkdtemp('/tmp/setup-wizard-postgres-');
  const [uid, gid] = (await run('sh', ['-c', 'id -u postgres; id -g postgres'])).stdout
    .split('\n')
    .map(Number);
  await chown(folder, uid ?? 0, gid ?? 0);
  await chmod(folder, 0o755);
  const as = { uid: uid ?? 0, gid: gid ?? 0, cwd: folder };
  await run(
    'sh',
    ['-c', `printf %s '${password}' > pw; ${bin}/initdb -D data -U postgres -A scram-sha-256 --pwfile=pw`],
    as,
  );
  const port = (await listenOnce()).toString();
  const server = spawn(`${bin}/postgres`, ['-D', 'data', '-p', port, '-k', folder, '-h', '127.0.0.1'], {
    ...as,
    stdio: 'ignore',
  });
  onTestFinished(async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGINT');
    await ended;
    await rm(folder, { recursive: true, force: true });
  });
  for (;;) {
    if ((await readdir(folder)).some((name) => name.endsWith(`.${port}`))) return port;
    await pause(50);
  }
}

/** A port that nobody has. */
function listenOnce(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const server = createServer();
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    server.close(() => resolve(port));
  });
  return promise;
}

describe('a database server', () => {
  const login = (engine: 'mysql' | 'postgresql'): LiveLook => ({
    id: 'db',
    topic: 'database',
    of: ['HOST', 'PORT'],
    look: 'sql-login',
    server: {
      engine,
      host: '%HOST%',
      port: '%PORT%',
      login: 'password',
      user: '%USER%',
      password: '%PASSWORD%',
    },
  });

  test('takes the log-in of its administrator or refuses it; no secret is left on the disk', async () => {
    const port = await postgres('correct horse battery');
    const { answer, done, said } = await watch([login('postgresql')]);
    answer({ HOST: '127.0.0.1', PORT: port, USER: 'postgres' });
    expect(said).toEqual([]);
    answer({ HOST: '127.0.0.1', PORT: port, USER: 'postgres', PASSWORD: new Secret('correct horse') });
    expect(await done()).toMatchObject([
      { state: 'bad', say: { en: expect.stringContaining('refuses to sign postgres in') } },
    ]);
    answer({
      HOST: '127.0.0.1',
      PORT: port,
      USER: 'postgres',
      PASSWORD: new Secret('correct horse battery'),
    });
    const [check] = await done();
    expect(check).toMatchObject({ state: 'good' });
    expect(check?.say.en).toMatch(/^PostgreSQL 15\.\d+ answers, signed in as postgres\.$/);
    expect(JSON.stringify(said)).not.toContain('horse');
    expect(await realHost().list('/run/setup-wizard')).toEqual([]);
  }, 60_000);

  const answering = (stdout: string): Host => ({
    ...realHost(),
    look: async () => ({ code: 0, timedOut: false, stdout, stderr: '' }),
  });

  test.each([
    ['10.11.14-MariaDB-0+deb12u2\tSTRICT_TRANS_TABLES', 'MariaDB 10.11.14 answers, signed in as root.'],
    [
      '8.0.36\tONLY_FULL_GROUP_BY,NO_ZERO_DATE',
      'MySQL 8.0.36 answers, signed in as root; sql_mode has ONLY_FULL_GROUP_BY.',
    ],
  ])('tells its version and a mode that matters: %s', async (answered, sentence) => {
    const { answer, done } = await watch([login('mysql')], answering(`${answered}\n`));
    answer({ HOST: 'db.example.org', PORT: '3306', USER: 'root', PASSWORD: new Secret('x') });
    expect(await done()).toMatchObject([{ state: 'good', say: { en: sentence } }]);
  });

  test('that is not there yet on this machine will be installed; elsewhere it can only be waited for', async () => {
    const bare: Host = {
      ...realHost(),
      look: async () => ({ code: 127, timedOut: false, stdout: '', stderr: '' }),
      stat: async (path) => (path.startsWith('/usr/') ? undefined : realHost().stat(path)),
    };
    const find = async (HOST: string) => {
      const { answer, done } = await watch([login('mysql')], bare);
      answer({ HOST, PORT: '3306', USER: 'root', PASSWORD: new Secret('x') });
      return (await done())[0];
    };
    expect(await find('localhost')).toMatchObject({
      state: 'unknown',
      say: { fr: 'MariaDB n’est pas encore sur cette machine\u00a0: il sera installé.' },
    });
    expect(await find('db.example.org')).toMatchObject({
      state: 'unknown',
      say: { en: expect.stringContaining('The client of MariaDB is not installed yet') },
    });
  });
});

test('an engine says them while it asks, and none of them once it has been answered', async () => {
  const { port } = await listen(greeting);
  const world = newWorld();
  const guide = {
    ...guideOf('looks', [], [asks('HOST'), asks('PORT')]),
    looks: [{ ...smtp, topic: 'all' }],
  };
  const seen = Promise.withResolvers<void>();
  const driven = drive(world, {
    guide,
    given: { DIR: world.folder, HOST: '127.0.0.1' },
    seat: (seat) => {
      const send = seat.send.bind(seat);
      seat.send = (event) => {
        send(event);
        if (event.type === 'live-checks' && event.checks[0]?.state === 'good') {
          seen.resolve();
          seat.deliver({ type: 'submit' });
        }
        if (event.type === 'waiting' && event.need === 'consent') seat.deliver({ type: 'stop' });
      };
    },
    decide: inTurn('answers', [{ type: 'answer', id: 'PORT', value: port }]),
  });
  await seen.promise;
  const { seat } = await driven;
  expect(seat.of('live-checks').map(({ checks }) => checks.map(({ state }) => state))).toEqual([
    ['looking'],
    ['good'],
    [],
  ]);
});
