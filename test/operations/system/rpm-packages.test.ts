/** The numbered promises of src/operations/rpm-packages.ts, on paper; test/lab/rpm.test.ts has the real programs. */
import { describe, expect, test } from 'vitest';
import { rpmPackages } from '../../../src/operations/rpm-packages.ts';
import { dnf } from '../../../src/operations/shared/dnf.ts';
import { parseDnf, streamsIn } from '../../../src/operations/shared/dnf-simulation.ts';
import { rpmConfigFiles, rpmFiles } from '../../../src/operations/shared/rpm.ts';
import { parseCut } from '../../../src/operations/shared/rpm-repair.ts';
import type { Json, Op } from '../../../src/operations/verbs.ts';
import { testContext } from '../context.ts';
import { type Paper, paperHost } from './machine.ts';

const op: Op<'rpm-packages'> = { kind: 'rpm-packages', names: ['git', 'nginx'] };
const query = 'rpm --query --all --queryformat %{NAME}\\t%{ARCH}\\t%{EVR}\\n';
const queryWhole =
  'rpm --query --all --queryformat %{NAME}\\t%{ARCH}\\t%{VERSION}\\t%{RELEASE}\\t%{INSTALLTIME}\\t%{MODULARITYLABEL}\\n';
const queryKeys = 'rpm --query --all --queryformat %{VERSION}\\t%{RELEASE}\\t%{INSTALLTIME}\\n gpg-pubkey';
const line = (name: string, architecture = 'x86_64', version = '1-1') =>
  `${name}\t${architecture}\t${version}\n`;
const whole = (name: string, time = 100, module = '(none)') => `${name}\tx86_64\t1\t1\t${time}\t${module}\n`;
const aborted = { code: 1, stderr: 'Operation aborted.\n' };
const will = (...lines: readonly string[]) => ({
  ...aborted,
  stdout: `${lines.map((one) => `---> Package ${one}`).join('\n')}\nDependencies resolved.\n`,
});
const simulate = 'dnf -v --assumeno';
const offline = `${simulate} -C --disablerepo=*`;
const reasons = 'dnf -q -C --disablerepo=* repoquery';

const usual = {
  [query]: line('git') + line('gpg-pubkey', '(none)'),
  [queryWhole]: whole('git'),
  [queryKeys]: '',
  [reasons]: '',
  'dnf -q history info last': { code: 1 },
  'rpm --query': '',
};

async function differenceOn(programs: Paper['programs']) {
  const context = await testContext({ host: paperHost({ programs: { ...usual, ...programs } }) });
  return rpmPackages.diff(op, await rpmPackages.inspect(op, context), context);
}

describe('what dnf says it would do', () => {
  test('is read line by line, a 32-bit package under a name of its own', () => {
    const { stdout, stderr } = {
      stdout: [
        'Last metadata expiration check: 0:00:01 ago on Mon Nov 30 16:59:55 2026.',
        '--> Starting dependency resolution',
        '---> Package stub-filesystem-with-a-very-long-name-indeed.noarch 1-1 will be installed',
        '---> Package stubweb.noarch 1:1.20-2.el9 will be installed',
        '---> Package glibc.i686 2.34-100.el9 will be installed',
        '---> Package libstub.noarch 1-1.el9 will be upgraded',
        '---> Package libstub.noarch 2-1.el9 will be an upgrade',
        '---> Package redis.x86_64 7.0-1 will be obsoleted',
        '---> Package old.x86_64 7.0-1 will be erased',
        '--> Finished dependency resolution',
      ].join('\n'),
      stderr: 'Operation aborted.\n',
    };
    expect(parseDnf({ stdout, stderr })).toEqual({
      possible: true,
      fresh: ['stub-filesystem-with-a-very-long-name-indeed', 'stubweb', 'glibc.i686'],
      upgraded: ['libstub 1-1.el9 → 2-1.el9'],
      removed: ['redis', 'old'],
      enabled: [],
    });
  });

  test('is nothing that can be done where it ends with an error', () => {
    expect(parseDnf({ stdout: '', stderr: 'Error: Unable to find a match: git\n' }).possible).toBe(false);
    expect(parseDnf({ stdout: 'Nothing to do.\nComplete!\n', stderr: '' }).possible).toBe(true);
  });

  test('tells which streams of modules it enables', () => {
    const table = `Enabling module streams:
 stubdb                             16                                         
 stublang                           3                                          

Transaction Summary
`;
    expect(streamsIn(table)).toEqual(['stubdb:16', 'stublang:3']);
    expect(streamsIn('Installing:\n git noarch 1 x 2 k\n')).toEqual([]);
  });
});

describe('a transaction', () => {
  const info = (end: string) => `Transaction ID : 6
Begin time     : Mon Nov 30 17:00:59 2026
Begin rpmdb    : dec7e68352f7c22dd36dd896ff5887afd5c81011f44b08036f2436b90c8d8271
End time       : Thu Jan  1 00:00:00 1970 (-1796058059 seconds)
End rpmdb      : ${end}
User           : System <unset>
Return-Code    : Failure: 1
Command Line   : -y --setopt=install_weak_deps=False install stubweb
Packages Altered:
 ** Install  stub-filesystem-with-a-very-long-name-indeed-1-1.noarch @stub
 ** Install  stubweb-1:1.20-2.el9.noarch                             @stub
    Upgrade  libstub-2-1.el9.noarch                                  @stub
    Upgraded libstub-1-1.el9.noarch                                  @@System
`;

  test('that was cut off tells what was to come and to go', () => {
    const cut = parseCut(info(' **'));
    expect(cut?.number).toBe('6');
    expect(cut?.items.map(({ action, name, whole: one }) => `${action} ${name} ${one}`)).toEqual([
      'Install stub-filesystem-with-a-very-long-name-indeed stub-filesystem-with-a-very-long-name-indeed-1-1.noarch',
      'Install stubweb stubweb-1.20-2.el9.noarch',
      'Upgrade libstub libstub-2-1.el9.noarch',
      'Upgraded libstub libstub-1-1.el9.noarch',
    ]);
  });

  test.each(['f8985df8d71bd011', 'f8985df8d71bd011 **'])(
    'that ended with the database at %s was not',
    (end) => {
      expect(parseCut(info(end))).toBeUndefined();
    },
  );
});

describe('what rpm lists', () => {
  test('of configuration has a digest, also where a path has a space', async () => {
    const stdout = `/etc/a b/c.conf 8 1796057995 ${'2d'.repeat(32)} 0100644 root root 1 0 0 X
/etc/old 8 1796057995 ${'ab'.repeat(16)} 0100644 root root 1 0 0 X
(contains no files)
`;
    const host = paperHost({ programs: { 'rpm --query --configfiles --dump git': stdout } });
    expect([...(await rpmConfigFiles(['git'], host)).keys()]).toEqual(['/etc/a b/c.conf', '/etc/old']);
  });

  test('of files comes with the folders above', async () => {
    const host = paperHost({
      programs: { 'rpm --query --list git': '/opt/git/bin/git\n(contains no files)\n' },
    });
    expect(await rpmFiles(['git'], host)).toEqual(['/opt/git/bin/git', '/opt', '/opt/git', '/opt/git/bin']);
  });
});

describe('the difference of packages of dnf', () => {
  test('is none when all are installed', async () => {
    expect(await differenceOn({ [query]: line('git') + line('nginx', 'noarch') })).toEqual({
      change: 'none',
    });
  });

  test('is the exact command for those that are missing, with what comes along', async () => {
    const difference = await differenceOn({
      [`${simulate} -C install`]: will(
        'nginx.x86_64 2:1.20 will be installed',
        'nginx-core.x86_64 2:1.20 will be installed',
        'openssl-libs.x86_64 3.0 will be upgraded',
        'openssl-libs.x86_64 3.2 will be an upgrade',
      ),
    });
    expect(difference).toEqual({
      change: 'change',
      commands: [dnf.installCommand(['nginx'])],
      circumstances: [expect.objectContaining({ en: 'come along: nginx-core' })],
      irreversible: expect.objectContaining({ en: expect.stringContaining('openssl-libs 3.0 → 3.2') }),
    });
  });

  test('names the first dozen of what comes along, and counts the rest', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `lib${index}.x86_64 1 will be installed`);
    const difference = await differenceOn({ [`${simulate} -C install`]: will(...names) });
    expect(difference).toMatchObject({
      circumstances: [{ en: expect.stringMatching(/lib11 and 8\sothers$/) }],
    });
  });

  test('marks as wanted what was only there for another package', async () => {
    const all = { [query]: line('git') + line('nginx'), [reasons]: 'nginx\tx86_64\tweak-dependency\n' };
    expect(await differenceOn(all)).toEqual({
      change: 'change',
      commands: [dnf.markCommand('manual', ['nginx'])],
    });
  });

  test.each([
    ['without rpm', { [query]: { code: 127 } }, 'no-program'],
    ['without dnf', { [simulate]: { code: 127 } }, 'no-program'],
    [
      'whose database is damaged',
      { [query]: { code: 1, stderr: 'error: sqlite failure: file is not a database' } },
      'cannot-look',
    ],
    [
      'for somebody who is not root',
      {
        [simulate]: {
          code: 1,
          stderr:
            'Error: This command has to be run with superuser privileges (under the root user on most systems).',
        },
      },
      'needs-root',
    ],
    [
      'with dnf5',
      {
        [simulate]: {
          code: 2,
          stderr:
            'Unknown argument "-v" for command "dnf5". Add "--help" for more information about the arguments.',
        },
      },
      'check-failed',
    ],
  ])('cannot be told on a machine %s', async (_, programs, code) => {
    await expect(differenceOn(programs)).rejects.toMatchObject({ code });
  });
});

describe('an installation', () => {
  const capture = async (programs: Paper['programs']) => {
    const context = await testContext({ host: paperHost({ programs: { ...usual, ...programs } }) });
    return rpmPackages.capture(op, await rpmPackages.inspect(op, context), context);
  };

  test('that would replace what is there does not begin', async () => {
    const programs = {
      [simulate]: will('nginx.x86_64 2 will be installed', 'httpd.x86_64 2.4 will be obsoleted'),
    };
    await expect(capture(programs)).rejects.toMatchObject({ say: { en: expect.stringContaining('httpd') } });
  });

  test('that would bring another package for a name does not begin', async () => {
    const programs = { [simulate]: will('angie.x86_64 2 will be installed') };
    await expect(capture(programs)).rejects.toMatchObject({ say: { en: expect.stringContaining('angie') } });
  });

  test('that dnf cannot do ends with its words', async () => {
    const programs = {
      [simulate]: { code: 1, stderr: 'Error: Unable to find a match: nginx\n' },
      'dnf makecache': '',
    };
    await expect(capture(programs)).rejects.toMatchObject({
      code: 'command-failed',
      values: { lastLine: 'Error: Unable to find a match: nginx' },
    });
  });

  test('waits for the lock of another dnf, and names it', async () => {
    let tries = 0;
    const held = {
      code: 200,
      stderr:
        'RPMDB already locked by 3187\n  The application with PID 3187 is: python3\n    State  : Sleeping\n',
    };
    const programs = {
      ...usual,
      [simulate]: will('nginx.x86_64 2 will be installed'),
      'dnf install': () => (tries++ < 2 ? held : ''),
    };
    const context = await testContext({ host: paperHost({ programs }), lang: 'fr' });
    await rpmPackages.apply(op, await rpmPackages.inspect(op, context), context);
    expect(tries).toBe(3);
    expect(context.output().match(/process 3187 \(python3\)/g)).toHaveLength(1);
  });

  test('only says so when the transaction that was cut off is somebody else’s', async () => {
    const cut =
      'Transaction ID : 7\nEnd rpmdb      :  **\nPackages Altered:\n ** Install emacs-1-1.x86_64 @x\n';
    const programs = {
      ...usual,
      [query]: line('git') + line('nginx'),
      'dnf -q history info last': cut,
    };
    const host = paperHost({ programs });
    const context = await testContext({ host });
    await rpmPackages.apply(op, await rpmPackages.inspect(op, context), context);
    expect(context.output()).toContain('Transaction 7 of dnf');
    expect(host.done).toEqual([]);
  });
});

const machine = {
  packages: { git: 'installed' },
  users: ['root'],
  groups: ['root'],
  entries: { '/etc': [], '/var/lib': [] },
};
const surroundings = { at: 50, keys: ['gpg-pubkey-aaaaaaaa-1'], modules: {}, enabled: ['nginx:1.24'] };

async function undoOn(paper: Paper, needed: readonly string[] = [], more: object = {}) {
  const programs: Paper['programs'] = {
    ...usual,
    [query]: line('git') + line('nginx') + line('nginx-core'),
    [queryWhole]: whole('git', 10) + whole('nginx', 100, 'nginx:1.24:2:c0ff') + whole('nginx-core', 101),
    [reasons]: 'nginx-core\tx86_64\tdependency\nnginx\tx86_64\tuser\n',
    [`${offline} remove`]: will('nginx.x86_64 1 will be erased', 'nginx-core.x86_64 1 will be erased'),
    [`${offline} autoremove`]: 'Nothing to do.\n',
    'dnf -C --disablerepo=* remove': '',
    'rpm --erase': '',
    ...paper.programs,
  };
  const host = paperHost({ programs, files: { '/etc/passwd': 'root:x:0:0::/:/bin/sh\n', ...paper.files } });
  const context = await testContext({ host, purpose: 'undo' });
  const before: Json = {
    machine: await context.keep(Buffer.from(JSON.stringify(machine))),
    fresh: ['nginx', 'nginx-core'],
    auto: [],
    upgrades: [],
    surroundings,
    ...more,
  };
  const undone = await rpmPackages.undo(op, before, { ...context, isNeeded: (key) => needed.includes(key) });
  return { undone, done: host.done.map(({ argv }) => argv), files: host.files };
}

describe('undo of packages of dnf', () => {
  test('removes what is new and what came with it, and nothing that was there', async () => {
    const { done, undone } = await undoOn({});
    expect(undone.left).toBeUndefined();
    expect(done.filter((argv) => argv.startsWith('dnf'))).toEqual([
      'dnf -C --disablerepo=* remove --setopt=clean_requirements_on_remove=False -y --setopt=exit_on_lock=True nginx nginx-core',
    ]);
  });

  test('keeps all and says why when something else needs them', async () => {
    const needs = will(
      'nginx.x86_64 1 will be erased',
      'nginx-core.x86_64 1 will be erased',
      'site.x86_64 3 will be erased',
    );
    const { done, undone } = await undoOn({ programs: { [`${offline} remove`]: needs } });
    expect(done.filter((argv) => argv.startsWith('dnf'))).toEqual([]);
    expect(undone.left?.en).toContain('site');
  });

  test('leaves what another guide needs, and is done again once that one goes', async () => {
    const { done, undone } = await undoOn(
      { programs: { [`${offline} remove`]: will('nginx.x86_64 1 will be erased') } },
      ['rpm:nginx-core'],
    );
    expect(
      done
        .find((argv) => argv.startsWith('dnf'))
        ?.split(' ')
        .at(-1),
    ).toBe('nginx');
    expect(undone).toEqual({ until: ['rpm:'] });
  });

  test.each([
    ['no other', 100, [], true],
    ['what came after the packages: it is somebody else’s', 102, [], false],
    ['what another guide needs', 100, ['rpm-key:bbbbbbbb'], false],
  ])(
    'takes back the trust in a key that dnf took up for them, and leaves %s',
    async (_, time, needed, goes) => {
      const programs = { [queryKeys]: `aaaaaaaa\t1\t10\nbbbbbbbb\t2\t${time}\n` };
      const { done } = await undoOn({ programs }, needed);
      expect(done.filter((argv) => argv.startsWith('rpm'))).toEqual(
        goes ? ['rpm --erase gpg-pubkey-bbbbbbbb-2'] : [],
      );
    },
  );

  test('leaves the key of packages of which some stay', async () => {
    const programs = {
      [queryKeys]: 'bbbbbbbb\t2\t100\n',
      [`${offline} remove`]: will('nginx.x86_64 1 will be erased'),
    };
    const { done } = await undoOn({ programs }, ['rpm:nginx-core']);
    expect(done.some((argv) => argv.startsWith('rpm --erase'))).toBe(false);
  });

  test.each([
    ['', 'state=enabled\nstream=1.24\n', undefined],
    [', unless it is another one by now', 'state=enabled\nstream=1.26\n', 'state=enabled\nstream=1.26\n'],
  ])('puts back the stream that dnf enabled for them%s', async (_, now, left) => {
    const { files } = await undoOn({ files: { '/etc/dnf/modules.d/nginx.module': now } });
    expect(files.get('/etc/dnf/modules.d/nginx.module')).toBe(left);
  });

  test('says which upgrades stay', async () => {
    const { undone } = await undoOn({}, [], { upgrades: ['openssl-libs 3.0 → 3.2'] });
    expect(undone.left?.fr).toContain('openssl-libs 3.0 → 3.2');
  });

  test('removes users that the scripts of the packages made, and no other', async () => {
    const passwd = 'root:x:0:0::/:/bin/sh\nnginx:x:101:101::/:/bin/false\nalice:x:102:102::/:/bin/false\n';
    const { done } = await undoOn({
      programs: {
        'rpm --query --scripts': 'preinstall scriptlet (using /bin/sh):\nuseradd -r nginx\n',
        userdel: '',
        loginctl: '',
        'ps -o': '',
      },
      files: { '/etc/passwd': passwd },
    });
    expect(done).toContain('userdel nginx');
    expect(done.some((argv) => argv.includes('alice'))).toBe(false);
  });

  test('does nothing before another attempt where no transaction was cut off', async () => {
    const host = paperHost({ programs: usual });
    const context = await testContext({ host, purpose: 'run' });
    expect(await rpmPackages.undo(op, null, context)).toEqual({});
    expect(host.done).toEqual([]);
  });
});

describe('a transaction of ours that was cut off', () => {
  const cut = `Transaction ID : 7
End rpmdb      :  **
Packages Altered:
 ** Install  nginx-1-1.x86_64    @x
 ** Install  nginx-core-1-1.x86_64 @x
 ** Upgrade  openssl-1:3.2-1.x86_64 @x
 ** Upgraded openssl-1:3.0-1.x86_64 @@System
`;
  const both = 'openssl\tx86_64\t3.0\t1\t5\t(none)\nopenssl\tx86_64\t3.2\t1\t100\t(none)\n';

  test('is completed: former versions go, what is missing comes, scripts of upgrades run, files without a name go', async () => {
    const { done, files, undone } = await undoOn({
      programs: {
        'dnf -q history info last': cut,
        [queryWhole]: whole('nginx') + both,
        find: '/usr/share/nginx/page;00000064\n/etc/theirs;00000001\n/etc/not;0000zzzz\n',
        'dnf install': '',
        'dnf reinstall': '',
        'dnf -C --disablerepo=* mark': '',
      },
      files: { '/usr/share/nginx/page;00000064': 'x', '/etc/theirs;00000001': 'x', '/etc/not;0000zzzz': 'x' },
    });
    expect(done.slice(0, 4)).toEqual([
      'rpm --erase --nodeps openssl-3.0-1.x86_64',
      'dnf install --setopt=install_weak_deps=False -y --setopt=exit_on_lock=True nginx-core-1-1.x86_64',
      'dnf reinstall -y --setopt=exit_on_lock=True openssl-1:3.2-1.x86_64',
      'dnf -C --disablerepo=* remove --setopt=clean_requirements_on_remove=False -y --setopt=exit_on_lock=True nginx nginx-core',
    ]);
    expect([...files.keys()].filter((path) => path.includes(';'))).toEqual([
      '/etc/theirs;00000001',
      '/etc/not;0000zzzz',
    ]);
    expect(undone.left?.en).toContain('nginx-core');
  });
});
