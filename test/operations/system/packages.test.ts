import { describe, expect, test } from 'vitest';
import { packages } from '../../../src/operations/packages.ts';
import { apt, installCommand, parseSimulation } from '../../../src/operations/shared/apt.ts';
import { contentsIn, contentsOf } from '../../../src/operations/shared/contents.ts';
import { newFolders, servicesIn } from '../../../src/operations/shared/leftovers.ts';
import { testContext } from '../context.ts';
import { type Paper, paperHost } from './machine.ts';

const op = { kind: 'packages', names: ['git', 'redis-server'] } as const;
const line = (name: string, state = 'installed', version = '1', architecture = 'amd64') =>
  `${name}\t${architecture}\t${state}\t${version}\n`;

async function differenceOn(paper: Paper) {
  const context = await testContext({ host: paperHost(paper) });
  return packages.diff(op, await packages.inspect(op, context), context);
}

describe('the difference of packages', () => {
  test('is none when all are installed', async () => {
    const programs = {
      'dpkg-query': line('dpkg') + line('git') + line('redis-server'),
      'apt-mark showauto': '',
    };
    expect(await differenceOn({ programs })).toEqual({ change: 'none' });
  });

  test('is the exact command for those that are missing', async () => {
    const programs = {
      'dpkg-query': line('dpkg') + line('git'),
      'apt-mark showauto': '',
      'apt-get --simulate': '',
    };
    expect(await differenceOn({ programs })).toEqual({
      change: 'change',
      commands: [installCommand(['redis-server'])],
    });
  });

  test.each(['config-files', 'half-configured', 'unpacked', 'not-installed'])(
    'counts a package that is %s as missing',
    async (state) => {
      const programs = {
        'dpkg-query': line('dpkg') + line('git') + line('redis-server', state),
        'apt-mark showauto': '',
        'apt-get --simulate': '',
      };
      expect(await differenceOn({ programs })).toMatchObject({
        change: 'change',
        commands: [installCommand(['redis-server'])],
      });
    },
  );

  test('marks as wanted what was only there for another package', async () => {
    const programs = {
      'dpkg-query': line('dpkg') + line('git') + line('redis-server'),
      'apt-mark showauto': 'git\n',
    };
    expect(await differenceOn({ programs })).toEqual({
      change: 'change',
      commands: [['apt-mark', 'manual', 'git']],
    });
  });

  test('says before it runs that other packages are upgraded, which is not taken back', async () => {
    const programs = {
      'dpkg-query': line('dpkg') + line('git'),
      'apt-mark showauto': '',
      'apt-get --simulate':
        'Inst libssl3 [3.0.20] (3.0.22 Debian:12 [amd64])\nInst redis-server (7 Debian:12 [amd64])\n',
    };
    const difference = await differenceOn({ programs });
    expect(difference).toMatchObject({
      irreversible: { en: expect.stringContaining('libssl3 3.0.20 → 3.0.22') },
    });
  });

  test.each(['-oDPkg::Options::=x', '', 'git nano'])(
    'is none that is told for a name like %j',
    async (name) => {
      const context = await testContext({ host: paperHost({ programs: {} }) });
      const hostile = { ...op, names: [name] };
      await expect(packages.inspect(hostile, context)).rejects.toMatchObject({ code: 'check-failed' });
    },
  );

  test('cannot be told on a machine without dpkg', async () => {
    await expect(differenceOn({})).rejects.toMatchObject({ code: 'no-program' });
  });
});

test('a simulation tells new, upgraded and removed packages apart', () => {
  const stdout = [
    'Reading package lists...',
    'Inst libssl3 [3.0.20-1] (3.0.22-1 Debian-Security:12/oldstable-security [amd64])',
    'Inst redis-server (5:7.0.15 Debian:12 [amd64])',
    'Conf redis-server (5:7.0.15 Debian:12 [amd64])',
    'Remv nginx [1.22]',
    'Purg nginx-common [1.22]',
  ].join('\n');
  expect(parseSimulation({ code: 0, stdout })).toEqual({
    possible: true,
    fresh: ['redis-server'],
    upgraded: ['libssl3 3.0.20-1 → 3.0.22-1'],
    removed: ['nginx', 'nginx-common'],
  });
  expect(parseSimulation({ code: 100, stdout: '' }).possible).toBe(false);
});

describe('what packages leave', () => {
  test('is a folder right under a known one that was not there before', () => {
    const entries = { '/etc': ['ssl'], '/var/lib': [] };
    const paths = [
      '/etc',
      '/etc/ssl',
      '/etc/mysql',
      '/etc/mysql/conf.d',
      '/var/lib/mysql',
      '/usr/share/x',
      '/var/lib/mysql',
    ];
    expect(newFolders(paths, { entries })).toEqual(['/var/lib/mysql', '/etc/mysql']);
  });

  test('is services too, all instances of a template', () => {
    const paths = [
      '/lib/systemd/system/redis-server.service',
      '/usr/lib/systemd/system/postgresql@.service',
      '/lib/systemd/system/x.timer',
      '/usr/share/doc/x.service',
    ];
    expect(servicesIn(paths)).toEqual(['redis-server.service', 'postgresql@*.service', 'x.timer']);
  });
});

const before = {
  packages: { git: 'installed' },
  users: ['root'],
  groups: ['root'],
  entries: { '/etc': [], '/var/lib': [] },
};

async function undoOn(paper: Paper, more: object = {}, needed: readonly string[] = []) {
  const host = paperHost({
    ...paper,
    files: { '/etc/passwd': 'root:x:0:0::/root:/bin/sh\n', ...paper.files },
  });
  const context = await testContext({ host, purpose: 'undo' });
  const machine = await context.keep(Buffer.from(JSON.stringify(before)));
  const undone = await packages.undo(
    op,
    { machine, fresh: ['redis-tools'], auto: [], upgrades: [], ...more },
    { ...context, isNeeded: (key) => needed.includes(key) },
  );
  return { undone, done: host.done.map(({ argv }) => argv) };
}

const usual = {
  'dpkg --audit': '',
  'dpkg-query --show': line('dpkg') + line('git') + line('redis-server') + line('redis-tools'),
  'dpkg-query --listfiles': '',
  'dpkg-query --search': { code: 1 },
  'apt-mark showauto': 'redis-tools\n',
  'apt-get --simulate purge': (): string => 'Purg redis-server [7]\nPurg redis-tools [7]\n',
  'apt-get --simulate autoremove': '',
  'apt-get purge': '',
  'apt-mark auto': '',
  'redis-cli info keyspace': '# Keyspace\r\n',
};

describe('undo of packages', () => {
  test('purges what is new and what came with it, and nothing that was there', async () => {
    const { done, undone } = await undoOn({ programs: usual });
    const purge = done.find((argv) => argv.startsWith('apt-get purge'));
    expect(purge?.split(' ').slice(-2)).toEqual(['redis-server', 'redis-tools']);
    expect(purge).toContain('AutomaticRemove=false');
    expect(undone.left).toBeUndefined();
  });

  test('leaves what another guide needs, and is done again once that one goes', async () => {
    const programs = {
      ...usual,
      'apt-get --simulate purge': 'Purg redis-server [7]\n',
    };
    const { done, undone } = await undoOn({ programs }, {}, ['pkg:redis-tools']);
    const purge = done.find((argv) => argv.startsWith('apt-get purge'));
    expect(purge?.split(' ').at(-1)).toBe('redis-server');
    expect(purge).not.toContain('redis-tools');
    expect(undone).toEqual({ until: ['pkg:'] });
  });

  test('asks about what was put where its own packages have theirs, not where those of others do', async () => {
    const { values } = await testContext({ host: paperHost({ programs: {} }) });
    const mark = (...paths: readonly string[]) => ({
      missing: [],
      contents: Object.fromEntries(paths.map((path) => [path, 'x'])),
    });
    const [now, then] = [mark('/etc/redis/by-hand'), mark()];
    const differs = (missing: readonly string[]) => packages.differs?.(op, now, then, values, { missing });
    expect(differs(['redis-server'])).toBe(true);
    expect(differs([])).toBe(false);
    const both = { missing: ['git', 'redis-server'] };
    const own = { missing: ['redis-server'] };
    expect(packages.differs?.(op, both, own, values, own)).toBe(false);
    expect(packages.differs?.(op, { missing: [] }, own, values, own)).toBe(true);
  });

  test('counts what is in a Redis to the package of Redis, not to others', async () => {
    const programs = { 'redis-cli info keyspace': '# Keyspace\ndb1:keys=2\n', 'dpkg-query': '', find: '' };
    const context = await testContext({ host: paperHost({ programs }) });
    const contents = (await contentsOf(['redis-server'], apt, context)) ?? {};
    expect(Object.keys(contents)).toHaveLength(1);
    expect(contentsIn(contents, ['redis-server'])).toEqual(contents);
    expect(contentsIn(contents, ['apache2'])).toEqual({});
  });

  test('counts accounts of Prosody to the packages that keep them, without those of Jitsi’s services', async () => {
    const find = `/var/lib/prosody/meet%2eexample%2eorg/accounts/al%2dice.dat
/var/lib/prosody/auth%2emeet%2eexample%2eorg/accounts/focus.dat
/var/lib/prosody/meet%2eexample%2eorg/roster/bob.dat\n`;
    const context = await testContext({ host: paperHost({ programs: { 'dpkg-query': '', find } }) });
    const contents = (await contentsOf(['jitsi-meet'], apt, context)) ?? {};
    expect(Object.keys(contents)).toEqual(['XMPP al-ice@meet.example.org']);
    expect(contentsIn(contents, ['jitsi-meet', 'nginx'])).toEqual(contents);
    expect(contentsIn(contents, ['nginx'])).toEqual({});
  });

  test('counts what Docker holds to its package, and its files while it does not run', async () => {
    const programs = { 'dpkg-query': '', 'find /etc': '' };
    const holding = async (more: NonNullable<Paper['programs']>) => {
      const context = await testContext({ host: paperHost({ programs: { ...programs, ...more } }) });
      return contentsIn((await contentsOf(['docker.io'], apt, context)) ?? {}, ['docker.io']);
    };
    const running = {
      'docker ps --all': 'theirs\n',
      'docker volume ls': 'data\n',
      'docker image ls': 'theirs:1\n',
    };
    expect(Object.keys(await holding(running))).toEqual([
      'container theirs',
      'image theirs:1',
      'volume data',
    ]);
    const stopped = {
      docker: { code: 1, stderr: 'Cannot connect to the Docker daemon' },
      'find /var/lib/docker/containers': '/var/lib/docker/containers/0a1b\n/var/lib/docker/volumes/data\n',
    };
    expect(Object.keys(await holding(stopped))).toEqual(['container 0a1b', 'volume data']);
  });

  test('keeps all and says why when something else needs them', async () => {
    const programs = { ...usual, 'apt-get --simulate purge': 'Purg redis-server [7]\nRemv phpredis [5]\n' };
    const { done, undone } = await undoOn({ programs });
    expect(done.filter((argv) => argv.startsWith('apt-get'))).toEqual([]);
    expect(undone.left?.en).toContain('phpredis');
  });

  test('gives back the mark of what was there for another package', async () => {
    const { done } = await undoOn({ programs: usual }, { auto: ['git'] });
    expect(done.at(-1)).toBe('apt-mark auto git');
  });

  test('says which upgrades stay', async () => {
    const { undone } = await undoOn({ programs: usual }, { upgrades: ['libssl3 1 → 2'] });
    expect(undone.left?.fr).toContain('libssl3 1 → 2');
  });

  test('has dpkg finish first what a crash interrupted', async () => {
    const programs = {
      ...usual,
      'dpkg --audit': 'redis-server is half configured\n',
      'dpkg --configure': '',
      'apt-get install': '',
    };
    const { done } = await undoOn({ programs });
    expect(done[0]).toMatch(/^dpkg --configure -a/);
    expect(done[1]).toMatch(/^apt-get install --fix-broken/);
  });

  test('removes users that the scripts of the purged packages made, and no other', async () => {
    const passwd = 'root:x:0:0::/:/bin/sh\nredis:x:101:101::/:/bin/false\nalice:x:102:102::/:/bin/false\n';
    const { done } = await undoOn({
      programs: { ...usual, userdel: '', loginctl: '', 'ps -o': '' },
      files: {
        '/etc/passwd': passwd,
        '/var/lib/dpkg/info/redis-server.postinst': 'adduser --system --home /x redis\n',
      },
    });
    expect(done).toContain('userdel redis');
    expect(done.some((argv) => argv.includes('alice'))).toBe(false);
  });
});

test('a package manager that another program holds is waited for, and the person is told', async () => {
  let tries = 0;
  const refused = {
    code: 100,
    stderr: 'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 1 (apt)',
  };
  const programs = {
    'dpkg --audit': '',
    'find /var/lib/apt/lists': '/x\n',
    'apt-get --simulate': '',
    'apt-get install': () => (tries++ < 2 ? refused : ''),
  };
  const context = await testContext({ host: paperHost({ programs }), lang: 'fr' });
  await packages.apply(op, { wanted: [...op.names], missing: ['git'], auto: [], upgrades: [] }, context);
  expect(tries).toBe(3);
  expect(context.output().match(/Un autre programme/g)).toHaveLength(1);
});

test('what cannot be foreseen does not begin: undo would not know what came with it', async () => {
  const programs = {
    'dpkg-query': line('dpkg'),
    'dpkg --audit': '',
    'find /var/lib/apt/lists': '',
    'apt-get update': { code: 100, stderr: 'E: Failed to fetch' },
    'apt-get --simulate': { code: 100, stderr: 'E: Unable to locate package git' },
  };
  const context = await testContext({ host: paperHost({ programs }) });
  const seen = { wanted: [...op.names], missing: ['git'], auto: [], upgrades: [] };
  await expect(packages.capture(op, seen, context)).rejects.toMatchObject({ code: 'command-failed' });
});
