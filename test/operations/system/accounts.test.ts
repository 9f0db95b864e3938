import { describe, expect, test } from 'vitest';
import { unixUser } from '../../../src/operations/unix-user.ts';
import type { Op } from '../../../src/operations/verbs.ts';
import { virtualenv } from '../../../src/operations/virtualenv.ts';
import { testContext } from '../context.ts';
import { type Paper, paperHost } from './machine.ts';

describe('a Unix user', () => {
  const op: Op<'unix-user'> = { kind: 'unix-user', name: 'pretix', home: '/var/pretix' };
  const passwd = 'pretix:x:1001:1001::/var/pretix:/bin/bash\n';

  async function difference(paper: Paper, wanted = op) {
    const context = await testContext({ host: paperHost(paper) });
    return unixUser.diff(wanted, await unixUser.inspect(wanted, context), context);
  }
  const run = (...command: string[]) => ({ change: 'change', commands: [command] });

  test('is made without a question', async () => {
    const command = run('adduser', '--disabled-password', '--gecos', '', '--home', '/var/pretix', 'pretix');
    expect(await difference({})).toEqual(command);
  });

  test('joins a group of its name that is there already', async () => {
    const command = ['--ingroup', 'pretix', '--home', '/var/pretix', 'pretix'];
    const programs = { 'getent group': 'pretix:x:1001:\n' };
    expect(await difference({ programs })).toEqual(
      run('adduser', '--disabled-password', '--gecos', '', ...command),
    );
  });

  test('of the system has a group of its own', async () => {
    const command = ['--system', '--group', '--home', '/var/pretix', 'pretix'];
    expect(await difference({}, { ...op, system: true })).toEqual(run('adduser', ...command));
  });

  describe('where there is only useradd', () => {
    const files = { '/usr/sbin/useradd': '' };
    const where = ['--create-home', '--home-dir', '/var/pretix', 'pretix'];

    test('is made with a group and a home, a system user without a shell', async () => {
      expect(await difference({ files })).toEqual(run('useradd', '--user-group', ...where));
      const system = ['--system', '--shell', '/usr/sbin/nologin', '--user-group', ...where];
      expect(await difference({ files }, { ...op, system: true })).toEqual(run('useradd', ...system));
    });

    test('joins a group of its name that is there already', async () => {
      const programs = { 'getent group': 'pretix:x:1001:\n' };
      const command = run('useradd', '--gid', 'pretix', ...where);
      expect(await difference({ files, programs })).toEqual(command);
    });

    test('goes with its crontab, which is kept, and with the empty mail box that was made for it', async () => {
      const given = {
        ...files,
        '/var/spool/cron/pretix': '* * * * * true\n',
        '/var/spool/mail/pretix': '',
        '/var/spool/mail/other': 'From: me\n',
      };
      const { deluser, ...rest } = programs;
      const host = paperHost({ programs: { ...rest, userdel: deluser, find: '' }, files: given });
      await unixUser.undo(op, before, await testContext({ host }));
      expect(host.done.map(({ argv }) => argv.split(' ')[0])).toEqual(
        expect.arrayContaining(['tar', 'userdel']),
      );
      expect([...host.files.keys()].filter((path) => path.startsWith('/var/spool'))).toEqual([
        '/var/spool/mail/other',
      ]);
    });
  });

  test('that is there with that home is adopted', async () => {
    expect(await difference({ programs: { 'getent passwd': passwd } })).toEqual({ change: 'none' });
  });

  test('that is there with another home is refused', async () => {
    const programs = { 'getent passwd': 'pretix:x:1001:1001::/srv/pretix:/bin/bash\n' };
    await expect(difference({ programs })).rejects.toMatchObject({ code: 'refused-existing' });
  });

  test('that was there is not touched by undo', async () => {
    const host = paperHost({ programs: { 'getent passwd': passwd }, files: { '/var/pretix/data': 'x' } });
    const before = { existed: true, hadGroup: true, hadHome: true };
    expect(await unixUser.undo(op, before, await testContext({ host }))).toEqual({});
    expect(host.done).toEqual([]);
    expect(host.files.has('/var/pretix/data')).toBe(true);
  });

  const before = { existed: false, hadGroup: false, hadHome: false };
  const programs = {
    'getent passwd': passwd,
    loginctl: '',
    'ps -o': '',
    deluser: '',
    tar: '',
    gzip: '',
    sync: '',
  };

  test('loses a home of skeleton files without an archive, and one with data only after it', async () => {
    const skeleton = { '/etc/skel/.bashrc': 'a', '/var/pretix/.bashrc': 'a' };
    const plain = paperHost({ programs: { ...programs, find: '.bashrc\0' }, files: skeleton });
    await unixUser.undo(op, before, await testContext({ host: plain }));
    expect(plain.done.some(({ argv }) => argv.startsWith('tar'))).toBe(false);
    expect(plain.files.has('/var/pretix/.bashrc')).toBe(false);
    const files = { ...skeleton, '/var/pretix/invoice.pdf': 'b' };
    const full = paperHost({ programs: { ...programs, find: '.bashrc\0invoice.pdf\0' }, files });
    const context = await testContext({ host: full });
    await unixUser.undo(op, before, context);
    expect(full.done.map(({ argv }) => argv.split(' ')[0])).toEqual([
      'loginctl',
      'tar',
      'gzip',
      'sync',
      'deluser',
    ]);
    expect(context.output()).toMatch(/Kept: .*home-pretix-20260131-120000\.tar\.gz/);
  });

  test('keeps its home when it cannot be archived', async () => {
    const files = { '/var/pretix/invoice.pdf': 'b' };
    const broken = { ...programs, find: 'invoice.pdf\0', tar: { code: 2, stderr: 'no space left' } };
    const host = paperHost({ programs: broken, files });
    const undo = unixUser.undo(op, before, await testContext({ host }));
    await expect(undo).rejects.toMatchObject({ code: 'command-failed' });
    expect(host.files.has('/var/pretix/invoice.pdf')).toBe(true);
  });
});

describe('a virtual environment', () => {
  const op: Op<'virtualenv'> = {
    kind: 'virtualenv',
    path: '/var/pretix/venv',
    python: 'python3',
    as: 'pretix',
  };
  const made = { '/var/pretix/venv/pyvenv.cfg': '' };

  async function difference(paper: Paper) {
    const context = await testContext({ host: paperHost(paper) });
    return virtualenv.diff(op, await virtualenv.inspect(op, context), context);
  }
  const create = { change: 'change', commands: [['python3', '-m', 'venv', '/var/pretix/venv']] };

  test('is made where there is none, also while there is no Python yet', async () => {
    expect(await difference({})).toEqual(create);
    expect(await difference({ files: { '/var/pretix/venv': null } })).toEqual(create);
  });

  test('is completed when it was left without pip', async () => {
    const programs = { 'python3 -c': '3.11\n', '/var/pretix/venv/bin/python': { code: 1 } };
    expect(await difference({ programs, files: made })).toEqual(create);
  });

  test('of the same Python is adopted, of another is refused', async () => {
    const programs = { 'python3 -c': '3.11\n', '/var/pretix/venv/bin/python': '3.11\n' };
    expect(await difference({ programs, files: made })).toEqual({ change: 'none' });
    const other = { ...programs, 'python3 -c': '3.13\n' };
    await expect(difference({ programs: other, files: made })).rejects.toMatchObject({
      code: 'refused-existing',
    });
  });

  test('is not made in a folder that holds something else', async () => {
    const files = { '/var/pretix/venv/notes.txt': 'x' };
    await expect(difference({ files })).rejects.toMatchObject({ code: 'refused-existing' });
  });

  test('is removed by undo only where it was not there', async () => {
    const host = paperHost({ files: made });
    const context = await testContext({ host });
    await virtualenv.undo(op, { existed: true }, context);
    expect(host.files.has('/var/pretix/venv/pyvenv.cfg')).toBe(true);
    await virtualenv.undo(op, { existed: false, empty: { mode: '0750', owner: 'pretix:pretix' } }, context);
    expect([...host.files].filter(([path]) => path.startsWith('/var/pretix'))).toEqual([
      ['/var/pretix/venv', null],
    ]);
  });
});
