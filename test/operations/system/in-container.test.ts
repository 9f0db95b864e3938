/** Programs that run inside a container of Docker: commands, scripts, looks, and what they were before. */
import { describe, expect, test } from 'vitest';
import type { Host } from '../../../src/host/types.ts';
import { command } from '../../../src/operations/command.ts';
import { check } from '../../../src/operations/probe.ts';
import { script } from '../../../src/operations/script.ts';
import { terminal } from '../../../src/operations/terminal.ts';
import type { LentProgram, Op } from '../../../src/operations/verbs.ts';
import { type TestOptions, testContext } from '../context.ts';
import { type Paper, paperHost } from './machine.ts';

const enter = 'docker exec --interactive';
const values = { NAME: 'ej' };
const secrets = { PW: 'se"cret' };

/** A container `ej-web` with nobody else at work in it. */
const aHost = (programs: Paper['programs'] = {}, files: Paper['files'] = {}) =>
  paperHost({
    files,
    programs: {
      'docker top ej-web': 'PID\n41\n42\n',
      'docker container inspect ej-web': '[{}]',
      [enter]: '',
      ...programs,
    },
  });

const made: Op<'command'> = {
  kind: 'command',
  name: 'made',
  run: ['inv', 'collect'],
  container: '%NAME%-web',
  as: 'django',
  cwd: '/app',
  env: { A: 'x y' },
  done: { run: ['test', '-e', '/made'], container: '%NAME%-web' },
  undo: { run: ['rm', '/made'], container: '%NAME%-web' },
};
const entering = `${enter} --env SETUP_WIZARD=1 --user django --workdir /app --env A=x y ej-web inv collect`;
const looking = `${enter} ej-web test -e /made`;
const argvs = (host: ReturnType<typeof aHost>) => host.done.map(({ argv }) => argv);

const ready = async (host: Host, options: TestOptions = {}) =>
  testContext({ host, values, secrets, ...options });

describe('a command in a container', () => {
  test('is entered as who, where and with what its guide says, and marked so that it is found again', async () => {
    const host = aHost({ [looking]: { code: 1 } });
    const context = await ready(host);
    const seen = await command.inspect(made, context);
    expect(seen.ok).toBe(false);
    await command.apply(made, seen, context);
    expect(argvs(host)).toEqual([entering]);
    // Nothing of that is for the program which enters.
    expect(host.done[0]?.as).toBeUndefined();
  });

  test('is not begun again when a former one of a dead engine has done it meanwhile', async () => {
    let isAtWork = true;
    const host = aHost(
      {
        'docker top ej-web': () => (isAtWork ? 'PID\n41\n' : 'PID\n'),
        [looking]: () => ({ code: isAtWork ? 1 : 0 }),
      },
      { '/proc/41/environ': 'A=1\0SETUP_WIZARD=1\0' },
    );
    const sleep = async () => {
      isAtWork = false;
    };
    const context = await ready({ ...host, sleep });
    await command.apply(made, { ok: false, problem: '' }, context);
    expect(argvs(host)).toEqual([]);
    expect(context.output()).toContain('ej-web');
  });

  test('ends a former one that does not end', async () => {
    const host = aHost(
      {
        [looking]: { code: 1 },
        kill: () => {
          host.files.delete('/proc/41/environ');
          return '';
        },
      },
      { '/proc/41/environ': 'SETUP_WIZARD=1\0', '/proc/42/environ': 'SETUP_WIZARD_NOT=1\0' },
    );
    await command.apply(made, { ok: false, problem: '' }, await ready(host));
    expect(argvs(host)).toEqual(['kill 41', entering]);
  });

  test('is taken back in there, and is gone with its container', async () => {
    const host = aHost();
    expect(await command.undo(made, null, await ready(host))).toEqual({});
    expect(argvs(host)).toEqual([`${enter} ej-web rm /made`]);
    const gone = aHost({
      'docker container inspect ej-web': { code: 1, stderr: 'Error: No such container: ej-web' },
    });
    expect(await command.undo(made, null, await ready(gone))).toEqual({});
    expect(argvs(gone)).toEqual([]);
  });
});

const setting: Op<'command'> = {
  ...made,
  undo: {
    save: { run: ['get'], container: '%NAME%-web', stdin: '%PW%\n', syntax: 'plain' },
    restore: { run: ['restore'], container: '%NAME%-web', stdin: '%PW%\n', syntax: 'plain' },
  },
};

describe('what a program says of before', () => {
  test('is kept before the effect, never shown, and given back on standard input', async () => {
    const host = aHost({ [`${enter} ej-web get`]: ({ stdin }) => `former value for ${stdin}` });
    const context = await ready(host);
    const seen = await command.inspect(setting, context);
    const before = await command.capture(setting, seen, context);
    expect(JSON.stringify(before)).not.toContain('former');
    expect(await command.undo(setting, before, context)).toEqual({});
    expect(host.done.at(-1)).toMatchObject({
      argv: `${enter} ej-web restore`,
      stdin: 'se"cret\nformer value for se"cret\n',
    });
    expect(context.output()).not.toContain('former');
    expect(context.output()).not.toContain('se"cret');
  });

  test('stops the effect where it cannot be asked for, without its words', async () => {
    const host = aHost({
      [`${enter} ej-web get`]: { code: 1, stdout: 'half of a secret', stderr: 'login: 401' },
    });
    const context = await ready(host);
    const seen = await command.inspect(setting, context);
    const failure = await Promise.resolve(command.capture(setting, seen, context)).catch((error) => error);
    expect(failure).toMatchObject({ code: 'command-failed' });
    expect(JSON.stringify(failure.values)).not.toContain('half');
  });
});

test('a script in a container has its text, with the secrets, on standard input only', async () => {
  const op: Op<'script'> = {
    kind: 'script',
    name: 'superuser',
    run: ['python', 'manage.py', 'shell'],
    container: '%NAME%-web',
    template: 't',
    content: 'create(password=%PW%)\n',
    syntax: 'python',
    done: { run: ['test', '-e', '/made'], container: '%NAME%-web' },
    undo: { none: { fr: 'x', en: 'x' } },
  };
  const host = aHost({ [looking]: { code: 1 } });
  const context = await ready(host);
  await script.apply(op, await script.inspect(op, context), context);
  expect(host.done).toEqual([
    {
      argv: `${enter} --env SETUP_WIZARD=1 ej-web python manage.py shell`,
      stdin: 'create(password="se\\"cret")\n',
      as: undefined,
    },
  ]);
});

test('a terminal in a container is a real one', async () => {
  const op: Op<'terminal'> = {
    kind: 'terminal',
    name: 'superuser',
    run: ['python', 'manage.py', 'createsuperuser'],
    container: '%NAME%-web',
    why: { fr: 'x', en: 'x' },
    done: { run: ['test', '-e', '/made'], container: '%NAME%-web' },
    undo: { none: { fr: 'x', en: 'x' } },
  };
  const lent: LentProgram[] = [];
  const context = await ready(aHost());
  const lend = async (program: LentProgram) => {
    lent.push(program);
    return '';
  };
  await terminal.apply(op, { ok: false, problem: '' }, { ...context, lend });
  const argv = [
    'docker',
    'exec',
    '--interactive',
    '--tty',
    'ej-web',
    'python',
    'manage.py',
    'createsuperuser',
  ];
  expect(lent).toMatchObject([{ argv, cwd: '/' }]);
});

describe('a look into a container', () => {
  test('tells a program’s own answer', async () => {
    const context = await ready(aHost({ [`${enter} ej-web id`]: 'uid=1000\n' }));
    const probe = { run: ['id'], container: '%NAME%-web', contains: 'uid=1000' } as const;
    expect(await check(probe, context)).toMatchObject({ ok: true });
    expect(await check({ ...probe, contains: 'uid=0' }, context)).toMatchObject({ ok: false });
  });

  test('is not taken for a no where Docker may not be asked', async () => {
    const stderr =
      'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock';
    const context = await ready(aHost({ [enter]: { code: 1, stderr } }));
    await expect(check({ run: ['id'], container: '%NAME%-web' }, context)).rejects.toMatchObject({
      code: 'needs-root',
    });
  });
});
