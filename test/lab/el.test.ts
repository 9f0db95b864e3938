/** The lab of the RHEL family's kind: what it says it is, and that what stands behind its packages is real. */
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ElOptions, elLab } from './el.ts';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { addNumbas, servesNumbas } from './numbas.ts';

const wanted = [
  ...[
    'python3.12',
    'python3.12-devel',
    'python3.12-pip',
    'postgresql-server',
    'redis',
    'supervisor',
    'nginx',
  ],
  ...[
    'git',
    'gcc',
    'libpq-devel',
    'libxml2-devel',
    'libxslt-devel',
    'policycoreutils-python-utils',
    'cronie',
  ],
];

const commands = [
  ...[
    'python3.12',
    'pip3.12',
    'psql',
    'initdb',
    'postgresql-setup',
    'redis-server',
    'redis-cli',
    'supervisord',
  ],
  ...['supervisorctl', 'nginx', 'git', 'gcc', 'pg_config', 'semanage'],
];

const output = async (lab: Lab, ...argv: string[]) => (await lab.run(argv)).stdout;
const onPath = async (lab: Lab, names: readonly string[]) => {
  const { stdout } = await lab.run(['which', ...names], { check: false });
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((path) => path.replace(/.*\//, ''));
};
const dnf = (lab: Lab, ...args: string[]) => lab.run(['dnf', '-y', ...args]);
const keys = async (lab: Lab) =>
  (await lab.run(['rpm', '--query', '--queryformat', '%{SUMMARY}\n', 'gpg-pubkey'], { check: false })).stdout;

describe('a Rocky Linux 9', () => {
  let lab: Lab;
  let before: Snapshot;
  beforeAll(async () => {
    lab = await elLab({ network: 'own' });
    await lab.boot();
    before = await lab.snapshot();
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('says so, and is up with what such a server has', async () => {
    expect(await lab.read('/etc/os-release')).toContain('ID="rocky"');
    expect(await lab.read('/etc/redhat-release')).toBe('Rocky Linux release 9.6 (Stand-in)\n');
    expect(await output(lab, 'systemctl', 'is-system-running')).toBe('running');
    expect(await output(lab, 'systemctl', 'is-active', 'firewalld', 'crond')).toBe('active\nactive');
    expect(await output(lab, 'rpm', '-q', '--queryformat', '%{NAME} ', 'firewalld', 'cronie')).toBe(
      'firewalld cronie ',
    );
    expect(await output(lab, 'getenforce')).toBe('Disabled');
  });

  test('has no command that a package brings, no Python, and nothing of Debian’s package manager', async () => {
    const debian = ['apt-get', 'apt', 'dpkg', 'dpkg-query', 'debconf-show', 'update-rc.d'];
    expect(await onPath(lab, [...commands, ...debian, 'python3', 'python3.13', 'rpmbuild'])).toEqual([]);
    expect((await lab.run(['id', 'www-data'], { check: false })).code).toBe(1);
  });

  test('takes packages from its repositories, by their keys and streams', async () => {
    expect(await keys(lab)).toBe('package gpg-pubkey is not installed');
    const plain = await output(lab, 'dnf', '-q', 'repoquery', '--qf', '%{version}', 'postgresql-server');
    expect(plain).toBe('13.20');
    expect((await lab.run(['dnf', '-y', 'install', 'supervisor'], { check: false })).stderr).toContain(
      'Unable to find a match: supervisor',
    );
    await dnf(lab, 'install', 'epel-release');
    await dnf(lab, 'module', 'enable', 'postgresql:16');
    await dnf(lab, 'install', ...wanted);
    expect(await onPath(lab, commands)).toEqual(commands);
    expect(await keys(lab)).toMatch(/^distribution of the stand-in .*\nepel of the stand-in .*$/);
    const version = ['rpm', '-q', '--queryformat', '%{VERSION} %{MODULARITYLABEL}', 'postgresql-server'];
    expect(await output(lab, ...version)).toBe('16.8 postgresql:16:1:00000000');
  });

  test('refuses a package that another key has signed', async () => {
    const epel = '/etc/yum.repos.d/epel.repo';
    const repository = await lab.read(epel);
    await dnf(lab, 'remove', 'supervisor');
    const [, ofEpel = ''] = (await output(lab, 'rpm', '-q', 'gpg-pubkey')).split('\n');
    await lab.run(['rpm', '--erase', ofEpel]);
    await lab.write(epel, repository.replace('RPM-GPG-KEY-EPEL-9', 'RPM-GPG-KEY-Rocky-9'));
    const refused = await lab.run(['dnf', '-y', 'install', 'supervisor'], { check: false });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('GPG check FAILED') });
    await lab.write(epel, repository);
    await dnf(lab, 'install', 'supervisor');
  });

  test('starts none of its services by itself, and PostgreSQL only once it has a cluster', async () => {
    const units = ['postgresql', 'redis', 'nginx', 'supervisord'];
    const enabled = await lab.run(['systemctl', 'is-enabled', ...units], { check: false });
    expect(enabled.stdout).toBe(units.map(() => 'disabled').join('\n'));
    expect((await lab.run(['systemctl', 'start', 'postgresql'], { check: false })).code).toBe(1);
    const journal = await output(lab, 'journalctl', '--unit=postgresql', '--output=cat');
    expect(journal).toContain('Use "/usr/bin/postgresql-setup --initdb"');
    const made = await output(lab, 'postgresql-setup', '--initdb');
    expect(made).toBe(
      " * Initializing database in '/var/lib/pgsql/data'\n * Initialized, logs are in /var/lib/pgsql/initdb_postgresql.log",
    );
    const again = await lab.run(['postgresql-setup', '--initdb'], { check: false });
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('is not empty!') });
    const rules = await lab.read('/var/lib/pgsql/data/pg_hba.conf');
    expect(rules).toMatch(/^local +all +all +peer$/m);
    expect(rules).toMatch(/^host +all +all +127\.0\.0\.1\/32 +ident$/m);
    await lab.run(['systemctl', 'enable', '--now', ...units]);
  });

  test('has servers that answer, also after a reboot', async () => {
    await lab.write('/etc/nginx/conf.d/own.conf', 'server { listen 8080; return 200 "own\\n"; }\n');
    await lab.write('/etc/supervisord.d/own.ini', '[program:own]\ncommand=/bin/sleep infinity\nuser=nginx\n');
    await lab.run(['systemctl', 'reload', 'nginx']);
    await lab.run(['supervisorctl', 'update']);
    await answer();
    await lab.reboot();
    await answer();
    await lab.run(['rm', '/etc/nginx/conf.d/own.conf', '/etc/supervisord.d/own.ini']);
  });

  async function answer(): Promise<void> {
    const program = () => output(lab, 'sh', '-c', 'supervisorctl status || :');
    await expect.poll(program, { timeout: 20_000 }).toMatch(/^own +RUNNING/);
    expect(await output(lab, 'redis-cli', 'ping')).toBe('PONG');
    expect(await output(lab, 'curl', '-s', 'http://127.0.0.1:8080/')).toBe('own');
    expect(await output(lab, 'curl', '-s', 'http://127.0.0.1/')).toContain('nginx of the stand-in');
    expect(await output(lab, 'runuser', '-u', 'postgres', '--', 'psql', '-Atc', 'SELECT 1')).toBe('1');
    const byName = await lab.run(['psql', '-w', '-h', '127.0.0.1', '-U', 'postgres'], { check: false });
    expect(byName.stderr).toContain('Ident authentication failed');
  }

  test('does not start supervisord for a user that is not there', async () => {
    await lab.write('/etc/supervisord.d/debian.ini', '[program:own]\ncommand=/bin/cat\nuser=www-data\n');
    expect((await lab.run(['systemctl', 'restart', 'supervisord'], { check: false })).code).toBe(1);
    await lab.run(['rm', '/etc/supervisord.d/debian.ini']);
    await lab.run(['systemctl', 'restart', 'supervisord']);
  });

  test('opens its firewall', async () => {
    const firewall = (...args: string[]) => lab.run(['firewall-cmd', ...args]);
    await firewall('--permanent', '--add-service=http');
    expect((await firewall('--permanent', '--add-service=http')).stderr).toContain('ALREADY_ENABLED');
    await firewall('--reload');
    expect((await firewall('--list-services')).stdout.split(' ')).toContain('http');
    await firewall('--permanent', '--remove-service=http');
    await firewall('--reload');
  });

  test('is left by its packages but for accounts, data and edited configuration', async () => {
    await lab.run(['sh', '-c', 'echo "# mine" >>/etc/nginx/nginx.conf']);
    await dnf(lab, 'remove', ...wanted.filter((name) => name !== 'cronie'), 'epel-release');
    await dnf(lab, 'module', 'reset', 'postgresql');
    expect(await onPath(lab, commands)).toEqual([]);
    const list = [
      'systemctl',
      'list-unit-files',
      '--no-legend',
      'nginx*',
      'redis*',
      'postgres*',
      'supervisor*',
    ];
    expect((await lab.run(list, { check: false })).stdout).toBe('');
    // Of the other tests: a firewall that was changed, and a cluster, file by file.
    const elsewhere = /^\/(etc\/firewalld|var\/lib\/pgsql)\//;
    const left = undeclared(await lab.changes(before)).filter(({ path }) => !elsewhere.test(path));
    expect(describeChanges(left)).toBe(leftBehind);
  });

  const leftBehind = `added: /etc/dnf/modules.d/postgresql.module
content: /etc/group
content: /etc/gshadow
added: /etc/nginx
added: /etc/nginx/nginx.conf.rpmsave
content: /etc/passwd
content: /etc/shadow
added: /var/lib/nginx
added: /var/lib/nginx/body
added: /var/lib/nginx/fastcgi
added: /var/lib/nginx/proxy
added: /var/lib/nginx/scgi
added: /var/lib/nginx/uwsgi
added: /var/lib/pgsql
added: /var/lib/redis
added: /var/lib/redis/dump.rdb`;
});

describe('labs of that kind', () => {
  let lab: Lab;
  const started = async (options: ElOptions) => {
    lab = await elLab(options);
    await lab.boot();
    return lab;
  };
  afterEach(async () => {
    await lab?.destroy();
  });

  test('keep what SELinux’s programs are told, where and as long as the real ones do', async () => {
    await started({ network: 'private', selinux: 'enforcing' });
    await dnf(lab, 'install', 'policycoreutils-python-utils');
    await lab.run(['mkdir', '-p', '/srv/numbas']);
    await lab.run(['restorecon', '-R', '/srv']);
    await lab.run(['setsebool', '-P', 'httpd_can_network_connect', '1']);
    await lab.run(['setsebool', 'httpd_can_sendmail', 'on']);
    await lab.run(['setenforce', '0']);
    await lab.run(['semanage', 'fcontext', '-a', '-t', 'httpd_sys_content_t', '/srv/numbas(/.*)?']);
    expect(await output(lab, 'restorecon', '-Rv', '/srv/numbas')).toBe(
      'Relabeled /srv/numbas from system_u:object_r:var_t:s0 to system_u:object_r:httpd_sys_content_t:s0',
    );
    const booleans = ['getsebool', 'httpd_can_network_connect', 'httpd_can_sendmail'];
    expect(await output(lab, 'getenforce')).toBe('Permissive');
    expect(await output(lab, ...booleans)).toBe(
      'httpd_can_network_connect --> on\nhttpd_can_sendmail --> on',
    );
    await lab.reboot();
    expect(await output(lab, 'getenforce')).toBe('Enforcing');
    expect(await output(lab, ...booleans)).toBe(
      'httpd_can_network_connect --> on\nhttpd_can_sendmail --> off',
    );
    expect(await output(lab, 'stat', '--format=%C', '/srv/numbas')).toBe(
      'system_u:object_r:httpd_sys_content_t:s0',
    );
    expect(await output(lab, 'semanage', 'fcontext', '-l', '-C')).toContain('/srv/numbas(/.*)?');
    expect(await output(lab, 'semanage', 'boolean', '-l', '-n', '-C')).toMatch(
      /^httpd_can_network_connect {6}\(on {3}, {3}on\) /,
    );
    await lab.run(['semanage', 'fcontext', '-d', '/srv/numbas(/.*)?']);
    const again = await lab.run(['semanage', 'fcontext', '-d', '/srv/numbas(/.*)?'], { check: false });
    expect(again).toMatchObject({
      code: 1,
      stderr: 'ValueError: File context for /srv/numbas(/.*)? is not defined',
    });
  });

  test('run Numbas, installed by hand', async () => {
    await started({ network: 'own' });
    await addNumbas(lab);
    const script = readFileSync(`${import.meta.dirname}/numbas-stand-in/by-hand.sh`, 'utf8');
    await lab.run(['sh', '-s'], { input: script });
    await servesNumbas(lab);
  });

  test('are an Alma 8, too, with streams of modules by default', async () => {
    await started({ network: 'private', system: 'almalinux-8' });
    expect(await lab.read('/etc/redhat-release')).toBe('AlmaLinux release 8.10 (Stand-in)\n');
    await dnf(lab, 'install', 'nginx');
    expect(await output(lab, 'rpm', '-q', '--queryformat', '%{VERSION}', 'nginx')).toBe('1.14.1');
    await dnf(lab, 'config-manager', '--set-enabled', 'powertools');
    expect(await output(lab, 'dnf', '-q', 'repolist', '--enabled')).toContain('powertools');
  });

  test('are a RHEL 10, too, subscribed, with Python and Valkey', async () => {
    await started({ network: 'private', system: 'rhel-10' });
    expect(await lab.read('/etc/os-release')).toMatch(/^ID="rhel"$/m);
    expect(await output(lab, 'subscription-manager', 'status')).toContain('Overall Status: Current');
    const crb = 'codeready-builder-for-rhel-10-x86_64-rpms';
    await lab.run(['subscription-manager', 'repos', '--enable', crb]);
    expect(await output(lab, 'dnf', '-q', 'repolist', '--enabled')).toContain(crb);
    expect(await onPath(lab, ['python3', 'python3.12'])).toEqual(['python3', 'python3.12']);
    await dnf(lab, 'install', 'valkey', 'valkey-compat-redis', 'postgresql-server', 'python3-devel');
    await lab.run(['systemctl', 'enable', '--now', 'valkey']);
    expect(await output(lab, 'redis-cli', 'ping')).toBe('PONG');
  });
});
