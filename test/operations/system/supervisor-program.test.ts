/** The numbered promises at the head of src/operations/supervisor-program.ts, with a real supervisord in a folder. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { realHost } from '../../../src/host/real.ts';
import type { Host } from '../../../src/host/types.ts';
import { supervisorProgram } from '../../../src/operations/supervisor-program.ts';
import type { Json, Op } from '../../../src/operations/verbs.ts';
import { temporaryFolder, testContext } from '../context.ts';
import { needs, needsRoot } from '../encode/needs.ts';
import { stop, until } from '../encode/run.ts';
import { stoppingHost } from '../tree.ts';
import { paperHost } from './machine.ts';

/** Each look starts a Python: a busy machine takes its time. */
vi.setConfig({ testTimeout: 120_000 });

type Programs = Op<'supervisor-program'>;

/** What is waited for is a twentieth as long: the programs of these tests are there at once. */
const quick = (host: Host): Host => ({ ...host, sleep: (milliseconds) => sleep(milliseconds / 20) });

interface Daemon {
  readonly folder: string;
  readonly path: string;
  readonly op: Programs;
  readonly control: (...words: string[]) => string;
  readonly start: () => Promise<void>;
  readonly end: () => Promise<void>;
}

const two = `[program:one]
command=/bin/sleep 10%(process_num)02d
numprocs=2
process_name=%(program_name)s_%(process_num)02d
startsecs=0
stopwaitsecs=1
[program:two]
command=/bin/sleep %SECONDS%
startsecs=0
stopwaitsecs=1
[group:app]
programs=one,two
`;

/** A supervisord that runs `other`, and the operation for the group `app`. */
async function aDaemon(content = two, more: Partial<Programs> = {}): Promise<Daemon> {
  needs('/usr/lib/python3/dist-packages/supervisor/options.py');
  needsRoot();
  const folder = await temporaryFolder();
  const file = join(folder, 'supervisord.conf');
  mkdirSync(join(folder, 'conf.d'));
  writeFileSync(
    file,
    `[unix_http_server]\nfile=${folder}/socket\n[supervisord]\nlogfile=${folder}/log\npidfile=${folder}/pid\n` +
      `childlogdir=${folder}\n[rpcinterface:supervisor]\n` +
      'supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface\n' +
      `[supervisorctl]\nserverurl=unix://${folder}/socket\n[include]\nfiles = conf.d/*.conf\n`,
  );
  writeFileSync(
    join(folder, 'conf.d/other.conf'),
    '[program:other]\ncommand=/bin/sleep 1000\nstopwaitsecs=1\n',
  );
  const path = join(folder, 'conf.d/app.conf');
  let end = async () => {};
  const start = async () => {
    const child = spawn('supervisord', ['-n', '-c', file], { stdio: 'ignore' });
    end = () => stop(child, 'SIGTERM');
    await until('supervisord', () => existsSync(join(folder, 'socket')));
  };
  await start();
  onTestFinished(() => end());
  return {
    folder,
    path,
    op: { kind: 'supervisor-program', name: 'app', path, template: '', content, ...more },
    control: (...words) =>
      spawnSync('supervisorctl', ['-c', file, ...words], { encoding: 'utf8' }).stdout.trim(),
    start,
    end: () => end(),
  };
}

const values = { SECONDS: '1000' };

interface Looked {
  readonly change: string;
  readonly mark: Json;
  readonly commands: readonly string[];
}

/** As a run does it; `dir` is that of its state, `recorded` what it knows. */
async function world(op: Programs) {
  const dir = await temporaryFolder();
  const recorded: Record<string, Json> = {};
  const contextFor = (host = realHost()) => testContext({ dir, values, recorded, host: quick(host) });
  const look = async (): Promise<Looked> => {
    const context = await contextFor();
    const seen = await supervisorProgram.inspect(op, context);
    const difference = supervisorProgram.diff(op, seen, context);
    const commands = difference.change === 'change' ? (difference.commands ?? []) : [];
    return {
      change: difference.change,
      mark: supervisorProgram.mark(op, seen, context),
      commands: commands.map(([, , , ...words]) => words.join(' ')),
    };
  };
  return {
    recorded,
    look,
    async capture(): Promise<Json> {
      const context = await contextFor();
      const seen = await supervisorProgram.inspect(op, context);
      return JSON.parse(JSON.stringify(await supervisorProgram.capture(op, seen, context)));
    },
    async apply(host?: Host) {
      const context = await contextFor(host);
      const seen = await supervisorProgram.inspect(op, context);
      await supervisorProgram.apply(op, seen, context);
      // A run records it before it looks whether all is done.
      recorded['supervisor:app'] = (await look()).mark;
      expect(await look()).toMatchObject({ change: 'none' });
    },
    /** What it failed with, and what was said. */
    async failure() {
      const context = await contextFor();
      const seen = await supervisorProgram.inspect(op, context);
      const error = await supervisorProgram.apply(op, seen, context).then(
        () => undefined,
        (thrown: { code: string; values: Record<string, string>; say?: { en: string } }) => thrown,
      );
      return { ...error, output: context.output() };
    },
    undo: async (before: Json, host?: Host) => supervisorProgram.undo(op, before, await contextFor(host)),
  };
}

const pidOf = (daemon: Daemon, name: string) => daemon.control('pid', name);

describe('programs of supervisord', () => {
  test('are read and started, have nothing to do afterwards, and nobody else’s is touched', async () => {
    const daemon = await aDaemon();
    const { look, apply } = await world(daemon.op);
    const other = pidOf(daemon, 'other');
    expect(await look()).toMatchObject({ change: 'change', commands: ['reread', 'update app'] });
    await apply();
    expect(daemon.control('status', 'app:*').match(/RUNNING/g)).toHaveLength(3);
    expect(pidOf(daemon, 'other')).toBe(other);
    const own = pidOf(daemon, 'app:two');
    await apply();
    expect(pidOf(daemon, 'app:two')).toBe(own);
  });

  test('of others that wait to be read go on waiting', async () => {
    const daemon = await aDaemon();
    writeFileSync(join(daemon.folder, 'conf.d/later.conf'), '[program:later]\ncommand=/bin/sleep 1000\n');
    writeFileSync(join(daemon.folder, 'conf.d/other.conf'), '[program:other]\ncommand=/bin/sleep 2000\n');
    const other = pidOf(daemon, 'other');
    const { apply } = await world(daemon.op);
    await apply();
    expect(daemon.control('status', 'later')).toContain('no such process');
    expect(pidOf(daemon, 'other')).toBe(other);
  });

  test('that run with another file are started anew with it; with another comment they run on', async () => {
    const daemon = await aDaemon();
    const { apply } = await world(daemon.op);
    await apply();
    const first = pidOf(daemon, 'app:two');
    const commented = await world({ ...daemon.op, content: `; mine\n${two}` });
    await commented.apply();
    expect(pidOf(daemon, 'app:two')).toBe(first);
    const changed = await world({ ...daemon.op, content: two.replace('%SECONDS%', '%SECONDS%0') });
    await changed.apply();
    const args = readFileSync(`/proc/${pidOf(daemon, 'app:two')}/cmdline`, 'utf8');
    expect(args).toBe('/bin/sleep\0' + '10000\0');
  });

  test('are started anew when what they read is another, and only then', async () => {
    const daemon = await aDaemon();
    const input = join(daemon.folder, 'input');
    writeFileSync(input, 'one');
    const { look, apply } = await world({ ...daemon.op, restartOn: [`file:${input}`, 'pip:/venv/app'] });
    await apply();
    const first = pidOf(daemon, 'app:two');
    writeFileSync(input, 'two');
    expect(await look()).toMatchObject({ commands: ['restart app:*'] });
    await apply();
    expect(pidOf(daemon, 'app:two')).not.toBe(first);
    expect(await look()).toMatchObject({ change: 'none' });
  });

  test('that somebody has stopped are started, the others of the group run on', async () => {
    const daemon = await aDaemon();
    const { look, apply } = await world(daemon.op);
    await apply();
    const first = pidOf(daemon, 'app:one_00');
    daemon.control('stop', 'app:two');
    expect(await look()).toMatchObject({ commands: ['start app:*'] });
    await apply();
    expect(pidOf(daemon, 'app:one_00')).toBe(first);
  });

  test('that do not start fail with their last words', async () => {
    const broken = '[program:app]\ncommand=/bin/sh -c "echo no such table >&2; exit 3"\nstartretries=0\n';
    const { failure } = await world((await aDaemon(broken)).op);
    const { code, values: said, output } = await failure();
    expect(code).toBe('command-failed');
    expect(said).toMatchObject({ code: 'FATAL', lastLine: expect.stringContaining('Exited too quickly') });
    expect(output).toContain('no such table');
  });

  test('that end after a while, and are started anew by supervisord, fail too', async () => {
    const dying =
      '[program:app]\ncommand=/bin/sh -c "echo oh dear; sleep 1"\nstartsecs=0\nautorestart=true\n';
    const daemon = await aDaemon(dying);
    const context = await testContext();
    const seen = await supervisorProgram.inspect(daemon.op, context);
    await expect(supervisorProgram.apply(daemon.op, seen, context)).rejects.toMatchObject({
      code: 'command-failed',
    });
    expect(context.output()).toContain('oh dear');
  });

  test('that supervisord does not start by itself fail: they would not be there after a boot', async () => {
    const { failure } = await world(
      (await aDaemon('[program:app]\ncommand=/bin/sleep 9\nautostart=false\n')).op,
    );
    expect(await failure()).toMatchObject({ code: 'command-failed', values: { code: 'STOPPED' } });
  });

  test('cannot be started where no supervisord answers, which is said before anything is done', async () => {
    const daemon = await aDaemon();
    await daemon.end();
    const { look, failure } = await world(daemon.op);
    expect(await look()).toMatchObject({ change: 'change' });
    const { code, say } = await failure();
    expect(code).toBe('check-failed');
    expect(say?.en).toContain('supervisord does not answer');
    expect(existsSync(daemon.path)).toBe(false);
  });
});

describe('a file that supervisord would not take', () => {
  const one = (lines: string) => `[program:app]\ncommand=/bin/sleep 1000\n${lines}\n`;

  const faults: readonly (readonly [string, string, string])[] = [
    ['a user that does not exist', one('user=www-dataa'), 'Invalid user name www-dataa'],
    ['a log in no folder', one('stdout_logfile=/nowhere/x.log'), '/nowhere/x.log does not exist'],
    ['a name that cannot be expanded', one('directory=%(heer)s'), 'cannot be expanded'],
    ['no section', 'command=/bin/sleep\n', 'no section headers'],
    [
      'a program that is not there',
      '[program:app]\ncommand=/opt/none --x\n',
      "can't find command '/opt/none'",
    ],
    ['a folder that is not there', one('directory=/nowhere'), 'has to run in /nowhere'],
    ['a section for everybody', `[supervisord]\nuser=nobody\n${one('')}`, 'section [supervisord]'],
    ['settings for every section', `[DEFAULT]\nuser=nobody\n${one('')}`, 'section [DEFAULT]'],
    [
      'a program of somebody else',
      `[program:other]\ncommand=/bin/sleep 9\n${one('')}`,
      'already has a section',
    ],
    [
      'programs outside of its group',
      `[program:more]\ncommand=/bin/sleep 9\n${one('')}`,
      'defines app, more instead',
    ],
  ];

  test('is not put in place, whatever is wrong with it, and that is said', async () => {
    const daemon = await aDaemon();
    for (const [fault, content, words] of faults) {
      const { code, say } = await (await world({ ...daemon.op, content })).failure();
      expect(code, fault).toBe('check-failed');
      expect(say?.en, fault).toContain(words);
      expect(existsSync(daemon.path), fault).toBe(false);
    }
  });

  test('would have kept supervisord from starting again, with everybody’s programs', async () => {
    const daemon = await aDaemon();
    await daemon.end();
    writeFileSync(daemon.path, one('user=www-dataa'));
    const file = join(daemon.folder, 'supervisord.conf');
    const { status, stderr } = spawnSync('supervisord', ['-n', '-c', file], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain('Invalid user name');
  });

  test('where it is, is not put in place either', async () => {
    const daemon = await aDaemon();
    const { failure } = await world({ ...daemon.op, path: daemon.path.replace(/conf$/, 'ini') });
    expect((await failure()).say?.en).toMatch(/reads only \S+\/conf\.d\/\*\.conf\. Add it/);
  });

  test('because a group of others has its name, is not put in place', async () => {
    const daemon = await aDaemon();
    writeFileSync(join(daemon.folder, 'conf.d/third.conf'), '[group:app]\nprograms=other\n');
    expect((await (await world(daemon.op)).failure()).say?.en).toContain('already has a section [group:app]');
  });

  test('in the place of programs that somebody else has there, leaves those', async () => {
    const daemon = await aDaemon();
    const theirs = '[program:theirs]\ncommand=/bin/sleep 1000\n';
    writeFileSync(daemon.path, theirs);
    expect((await (await world(daemon.op)).failure()).say?.en).toContain('with other programs (theirs)');
    expect(readFileSync(daemon.path, 'utf8')).toBe(theirs);
  });

  test('for what another file of supervisord holds is not there afterwards', async () => {
    const daemon = await aDaemon();
    // Taken by what reads one file after the other, refused by supervisord itself.
    writeFileSync(
      join(daemon.folder, 'conf.d/broken.conf'),
      '[program:broken]\ncommand=/bin/sleep 9\nuser=none\n',
    );
    const { code, values: said } = await (await world(daemon.op)).failure();
    expect(code).toBe('command-failed');
    expect(said?.['lastLine']).toContain('Invalid user name none');
    expect(existsSync(daemon.path)).toBe(false);
  });
});

describe('undo', () => {
  test('stops the programs and removes their file, twice if need be; others run on', async () => {
    const daemon = await aDaemon();
    const { capture, apply, undo } = await world(daemon.op);
    const before = await capture();
    await apply();
    const other = pidOf(daemon, 'other');
    for (let times = 0; times < 2; times++) {
      expect(await undo(before)).toEqual({});
      expect(existsSync(daemon.path)).toBe(false);
      expect(daemon.control('status')).toMatch(/^other +RUNNING.*$/);
      expect(daemon.control('avail')).toMatch(/^other .*$/);
    }
    expect(pidOf(daemon, 'other')).toBe(other);
  });

  test('puts the former file back, and starts what ran by it', async () => {
    const daemon = await aDaemon();
    const former = '[program:app]\ncommand=/bin/sleep 77\nstopwaitsecs=1\n';
    writeFileSync(daemon.path, former, { mode: 0o600 });
    daemon.control('update');
    const { capture, apply, undo } = await world(daemon.op);
    const before = await capture();
    await apply();
    await undo(before);
    expect(readFileSync(daemon.path, 'utf8')).toBe(former);
    expect(daemon.control('status', 'app:*')).toMatch(/^app +(RUNNING|STARTING)/);
    expect(readFileSync(`/proc/${pidOf(daemon, 'app')}/cmdline`, 'utf8')).toBe('/bin/sleep\0' + '77\0');
  });

  test('leaves stopped what was stopped', async () => {
    const daemon = await aDaemon();
    writeFileSync(daemon.path, '[program:app]\ncommand=/bin/sleep 77\nstopwaitsecs=1\n');
    daemon.control('update');
    daemon.control('stop', 'app');
    const { capture, apply, undo } = await world(daemon.op);
    const before = await capture();
    await apply();
    await undo(before);
    expect(daemon.control('status', 'app:*')).toMatch(/^app +STOPPED/);
  });

  test('is a matter of the file alone where no supervisord answers any more', async () => {
    const daemon = await aDaemon();
    const { capture, apply, undo } = await world(daemon.op);
    const before = await capture();
    await apply();
    await daemon.end();
    await undo(before);
    expect(existsSync(daemon.path)).toBe(false);
  });

  test('holds wherever an apply, and then it itself, was stopped; so does another apply', async () => {
    const daemon = await aDaemon();
    const input = join(daemon.folder, 'input');
    writeFileSync(input, 'one');
    const op = { ...daemon.op, restartOn: [`file:${input}`] };
    const whole = await world(op);
    const before = await whole.capture();
    const other = pidOf(daemon, 'other');
    let gates = 0;
    for (let nth = 0; ; nth += 2) {
      const { apply, undo } = await world(op);
      const { host, passed } = stoppingHost(nth);
      const stopped = await apply(host).then(
        () => false,
        () => true,
      );
      if (nth % 4 === 0) await apply();
      await undo(before, stoppingHost(nth).host).catch(() => {});
      await undo(before);
      expect(existsSync(daemon.path), `stopped at gate ${nth}`).toBe(false);
      expect(daemon.control('status'), `stopped at gate ${nth}`).toMatch(/^other +RUNNING.*$/);
      gates = passed();
      if (!stopped) break;
    }
    expect(gates).toBeGreaterThan(4);
    expect(pidOf(daemon, 'other')).toBe(other);
  });
});

test('that programs stand still, or that an input is another, is no change to ask about; another file is', async () => {
  const { op } = await aDaemon();
  const context = await testContext({ values });
  const mark = { running: true, inputs: { a: '1' }, file: { sha: 'x' } };
  const differs = (now: Json) => supervisorProgram.differs?.(op, now, mark, context.values);
  expect(differs({ ...mark, running: false, inputs: { a: '2' } })).toBe(false);
  expect(differs({ ...mark, file: { sha: 'y' } })).toBe(true);
});

test('supervisord is asked by the configuration that reads the file, on Debian and on the Red Hat family', async () => {
  const mains = {
    '/etc/supervisor/conf.d/app.conf': '/etc/supervisor',
    '/etc/supervisord.d/app.ini': '/etc',
  };
  for (const [path, folder] of Object.entries(mains)) {
    const op: Programs = { kind: 'supervisor-program', name: 'app', path, template: '', content: two };
    const context = await testContext({ host: paperHost(), values });
    const seen = await supervisorProgram.inspect(op, context);
    expect(supervisorProgram.diff(op, seen, context)).toMatchObject({
      commands: [
        ['supervisorctl', '-c', `${folder}/supervisord.conf`, 'reread'],
        ['supervisorctl', '-c', `${folder}/supervisord.conf`, 'update', 'app'],
      ],
      diff: expect.stringContaining('+command=/bin/sleep 1000'),
    });
  }
});

test('a socket that one may not open is said to need root; other words are not guessed at', async () => {
  const path = '/etc/supervisor/conf.d/app.conf';
  const op: Programs = { kind: 'supervisor-program', name: 'app', path, template: '', content: '' };
  const looked = async (stdout: string, code: number) => {
    const host = paperHost({
      programs: { supervisorctl: { code, stdout } },
      files: { '/etc/supervisor/supervisord.conf': '' },
    });
    return supervisorProgram.inspect(op, await testContext({ host }));
  };
  const denied =
    "error: <class 'PermissionError'>, [Errno 13] Permission denied: file: /usr/lib/python3/dist-packages/supervisor/xmlrpc.py line: 557\n";
  await expect(looked(denied, 1)).rejects.toMatchObject({ code: 'needs-root' });
  await expect(looked('Server requires authentication\n', 1)).rejects.toMatchObject({ code: 'cannot-look' });
});
