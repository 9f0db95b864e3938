import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Op } from '../../src/operations/verbs.ts';
import { installRunner, Kinds } from './kinds.ts';
import { describeChanges, Lab, type Mark, type Snapshot, undeclared } from './lab.ts';

const noninteractive = { env: { DEBIAN_FRONTEND: 'noninteractive' } };
const mysql = { engine: 'mysql', host: 'localhost', login: 'socket' } as const;
const pg = { engine: 'postgresql', host: 'localhost', login: 'socket' } as const;
const secrets = { PW: 'pa%ss;w\'or\\d"1', OTHER: 'other-secret' };

const packages = (...names: string[]): Op<'packages'> => ({ kind: 'packages', names });

const servers = ['mariadb-server', 'redis-server', 'apache2', 'postgresql'];
const builders = [
  'git',
  'build-essential',
  'pkg-config',
  'python3-venv',
  'python3-dev',
  'libmariadb-dev',
  'gettext',
];
const others = ['nodejs', 'supervisor', 'nginx-light', 'hello', 'libjansson-dev'];
const fetched = [...servers, ...builders, ...others];

async function shell(lab: Lab, script: string): Promise<string> {
  return (await lab.run(['sh', '-ec', script], noninteractive)).stdout;
}

/** Files of database servers are compared by what they hold; in a clone git keeps what it has fetched. */
const incomparable = /^\/var\/lib\/(mysql|postgresql|redis)\/|^\/srv\/clone\/\.git\//;

/** Everything that differs. */
async function traces(lab: Lab, before: Snapshot): Promise<string> {
  const changes = undeclared(await lab.changes(before));
  return describeChanges(changes.filter(({ path }) => !incomparable.test(path)));
}

const kept = (lab: Lab, pattern: string) => shell(lab, `find /var/lib/setup-wizard/kept -name '${pattern}'`);

describe.each(['bookworm', 'trixie'] as const)('on Debian %s', (release) => {
  let bare: Mark;
  const open: Lab[] = [];

  /** Without a network, packages come from the cache that `beforeAll` filled. */
  async function start(
    fromMark: Mark,
    network: 'host' | 'private' = 'private',
  ): Promise<{ lab: Lab; kinds: Kinds; before: Snapshot }> {
    for (const lab of open.splice(0)) await lab.destroy();
    const lab = await Lab.create({ release, fromMark, network, product: false });
    open.push(lab);
    await lab.boot();
    return { lab, kinds: new Kinds(lab, secrets), before: await lab.snapshot() };
  }

  beforeAll(async () => {
    const lab = await Lab.create({ release, product: false });
    open.push(lab);
    await lab.boot();
    await shell(lab, 'apt-get update; apt-get -y upgrade; mkdir /var/lib/setup-wizard');
    await shell(lab, `apt-get -y --no-install-recommends --download-only install ${fetched.join(' ')}`);
    await installRunner(lab);
    bare = await lab.mark('kinds');
  });

  afterAll(async () => {
    for (const lab of open.splice(0)) await lab.destroy();
  });

  describe('packages', () => {
    test('leave nothing on the machine once they are taken back', async () => {
      const { lab, kinds, before } = await start(bare);
      const ops = [
        packages(...builders),
        packages('mariadb-server', 'redis-server', 'apache2', 'nodejs'),
        packages('postgresql', 'supervisor', 'nginx-light'),
      ];
      for (const op of ops) await kinds.apply(op);
      expect(await kinds.undo(...ops)).toEqual([]);
      expect(await traces(lab, before)).toBe('');
      expect(await shell(lab, 'ps -eo user= | sort -u')).not.toMatch(/mysql|postgres|redis|www-data/);
      expect(await kept(lab, '*.json')).toBe('');
    });

    test('keep what was there, and what it was there for', async () => {
      const { lab, kinds } = await start(bare);
      await shell(lab, 'apt-get -y install hello; apt-mark auto hello');
      const before = await lab.snapshot();
      const op = packages('hello', 'redis-server');
      const { difference } = await kinds.apply(op);
      expect(difference).toMatchObject({
        commands: [expect.arrayContaining(['redis-server']), ['apt-mark', 'manual', 'hello']],
      });
      await kinds.undo(op);
      expect(await shell(lab, 'hello; apt-mark showauto hello')).toBe('Hello, world!\nhello');
      expect(await traces(lab, before)).toBe('');
    });

    test('that someone needs by now are kept, with the reason', async () => {
      const { lab, kinds } = await start(bare);
      const op = packages('libjansson4');
      await kinds.apply(op);
      await shell(lab, 'apt-get -y install libjansson-dev');
      expect(await kinds.undo(op)).toEqual([expect.stringContaining('libjansson-dev')]);
      await shell(lab, 'dpkg --verify libjansson4 libjansson-dev');
    });

    test('are taken back wholly after a power cut in the middle of installing them', async () => {
      const { lab, kinds, before } = await start(bare);
      const op = packages('mariadb-server', 'redis-server', 'apache2');
      const cut = kinds.apply(op).catch((error: unknown) => error);
      while ((await lab.run(['pgrep', '-f', 'dpkg.*(unpack|configure)'], { check: false })).code !== 0)
        await sleep(50);
      await sleep(1500);
      await lab.pullPlug();
      expect(await cut).toBeInstanceOf(Error);
      await lab.boot();
      expect(await kinds.undo(op)).toEqual([]);
      expect(await traces(lab, before)).toBe('');
    });

    test('are completed after a power cut when asked for again', async () => {
      const { lab, kinds } = await start(bare);
      const op = packages('redis-server', 'apache2');
      const cut = kinds.apply(op).catch(() => {});
      while ((await lab.run(['pgrep', '-f', 'dpkg.*(unpack|configure)'], { check: false })).code !== 0)
        await sleep(50);
      await lab.pullPlug();
      await cut;
      await lab.boot();
      await kinds.apply(op);
      expect(await shell(lab, 'dpkg --audit; systemctl is-active redis-server apache2')).toBe(
        'active\nactive',
      );
    });

    test('wait for another program that holds the package lists, and say so', async () => {
      const { lab, kinds } = await start(bare, 'host');
      await shell(lab, 'rm -r /var/lib/apt/lists/*');
      const hold = `use Fcntl; open(F, ">>/var/lib/apt/lists/lock"); $l = pack("sslllllL", F_WRLCK, 0, 0, 0, 0, 0, 0, 0); fcntl(F, F_SETLK, $l) or die; sleep 8`;
      const holder = lab.run(['perl', '-e', hold]);
      const { output } = await kinds.apply(packages('hello'));
      await holder;
      expect(output).toContain('Another program is using the package manager');
    });

    test('of a database server dump what is in it before it goes', async () => {
      const { lab, kinds, before } = await start(bare);
      const op = packages('mariadb-server', 'postgresql');
      await kinds.apply(op);
      await shell(
        lab,
        `mariadb -e "create database shop; create table shop.orders(t text); insert into shop.orders values('forty-two')"
        cd /; echo "create database ledger" | runuser -u postgres psql
        echo "create table t(t text); insert into t values ('twenty-one')" | runuser -u postgres -- psql ledger`,
      );
      expect(await kinds.undo(op)).toEqual([]);
      expect(
        await shell(lab, 'grep -l forty-two $(find /var/lib/setup-wizard/kept -name "mysql-all-*.sql")'),
      ).not.toBe('');
      expect(
        await shell(
          lab,
          'grep -l twenty-one $(find /var/lib/setup-wizard/kept -name "postgresql-all-*.sql")',
        ),
      ).not.toBe('');
      expect(await traces(lab, before)).toBe('');
    });
  });

  describe('with servers on it', () => {
    let ready: Mark;

    beforeAll(async () => {
      const { lab } = await start(bare);
      await shell(
        lab,
        'apt-get -y install --no-install-recommends mariadb-server postgresql apache2 redis-server python3-venv',
      );
      await shell(
        lab,
        `mariadb -e "create user 'old'@'localhost' identified by 'oldpw'; create database stuff; create table stuff.t(i int);
          insert into stuff.t values (7); grant select on stuff.* to 'old'@'localhost'"
        cd /; echo "create role oldrole login password 'x'; create database pgstuff; grant connect on database pgstuff to oldrole" | runuser -u postgres psql
        echo "create table t(i int); insert into t values (7)" | runuser -u postgres -- psql pgstuff
        systemctl stop redis-server; systemctl disable redis-server; a2enmod headers`,
      );
      await shell(
        lab,
        // Apache has port 80.
        `apt-get -y install --no-install-recommends git nginx-light || true
        sed -i 's/80 default_server/8080 default_server/' /etc/nginx/sites-available/default
        dpkg --configure -a; systemctl restart nginx
        printf 'colour = blue\\n' >/etc/own.properties; printf 'VirtualHost "a.test"\\n' >/etc/own.lua
        git init -q -b main /srv/origin; cd /srv/origin; git config user.name a; git config user.email a@example.org
        echo one >file; git add .; git commit -qm one; git tag v1
        echo two >file; echo new >new; git add .; git commit -qm two; git tag v2
        git clone -q --branch v1 file:///srv/origin /srv/clone; echo mine >/srv/clone/file; echo own >/srv/clone/own`,
      );
      ready = await lab.mark('servers');
    });

    const sqlState = (lab: Lab) =>
      shell(
        lab,
        `mariadb -N -e "show databases; select user, host from mysql.user order by 1, 2; show grants for 'old'@'localhost';
          select @@global.sql_mode; select * from stuff.t"
        cd /; runuser -u postgres -- psql -Atc "select rolname, rolpassword, rolcanlogin from pg_authid order by 1;
          select datname, coalesce(datacl, acldefault('d', datdba)) from pg_database order by 1"`,
      );

    const unit = '[Service]\nUser=pretix\nExecStart=/bin/sleep 1000\n[Install]\nWantedBy=multi-user.target\n';
    const site = 'ProxyPass / http://localhost:8345/\nRequestHeader set X-A "1"\n';
    const ops: Parameters<Kinds['apply']>[0][] = [
      { kind: 'unix-user', name: 'pretix', home: '/var/pretix' },
      { kind: 'unix-user', name: 'jitsi', home: '/var/lib/jitsi', system: true },
      {
        kind: 'sql-database',
        server: mysql,
        name: 'pre_tix',
        charset: 'utf8mb4',
        collation: 'utf8mb4_unicode_ci',
      },
      { kind: 'sql-user', server: mysql, name: 'pretix', from: 'localhost', password: '%PW%' },
      { kind: 'sql-user', server: mysql, name: 'old', from: 'localhost', password: '%OTHER%' },
      {
        kind: 'sql-grant',
        server: mysql,
        database: 'pre_tix',
        user: 'pretix',
        from: 'localhost',
        privileges: ['ALL'],
      },
      {
        kind: 'sql-grant',
        server: mysql,
        database: 'stuff',
        user: 'old',
        from: 'localhost',
        privileges: ['SELECT', 'INSERT'],
      },
      {
        kind: 'sql-mode',
        server: mysql,
        without: 'NO_AUTO_CREATE_USER',
        dropIn: '/etc/mysql/conf.d/pretix.cnf',
      },
      { kind: 'sql-dump', server: mysql, database: 'stuff' },
      { kind: 'sql-user', server: pg, name: 'app', password: '%PW%' },
      { kind: 'sql-user', server: pg, name: 'oldrole', password: '%OTHER%' },
      { kind: 'sql-database', server: pg, name: 'app', owner: 'app' },
      {
        kind: 'sql-grant',
        server: pg,
        database: 'pgstuff',
        user: 'app',
        from: '',
        privileges: ['CONNECT', 'CREATE'],
      },
      { kind: 'sql-dump', server: pg, database: 'pgstuff' },
      { kind: 'virtualenv', path: '/var/pretix/venv', python: 'python3', as: 'pretix' },
      {
        kind: 'pip',
        venv: '/var/pretix/venv',
        as: 'pretix',
        packages: ['six==1.16.0', 'idna<4'],
        constraints: ['idna==3.4'],
      },
      { kind: 'apache-module', name: 'proxy_http' },
      { kind: 'apache-site', name: 'pretix', template: '', content: site },
      { kind: 'nginx-site', name: 'ontask', template: '', content: 'server { listen 8081; }\n' },
      {
        kind: 'nginx-site',
        name: 'plain',
        folder: 'conf.d',
        template: '',
        content: 'server { listen 8082; }\n',
      },
      { kind: 'host-name', name: 'meet.example.org' },
      { kind: 'hosts-entry', address: '10.0.0.2', name: 'meet.example.org' },
      { kind: 'setting', path: '/etc/own.properties', syntax: 'properties', name: 'colour', value: '%PW%' },
      {
        kind: 'setting',
        path: '/etc/own.lua',
        syntax: 'lua',
        section: 'VirtualHost "a.test"',
        name: 'a',
        value: '%PW%',
      },
      { kind: 'git-checkout', path: '/srv/app', url: 'file:///srv/origin', ref: 'v1' },
      { kind: 'git-checkout', path: '/srv/clone', url: 'file:///srv/origin', ref: 'v2' },
      {
        kind: 'systemd-unit',
        name: 'pretix-web.service',
        content: unit,
        enabled: true,
        active: true,
        restartOn: ['pip:/var/pretix/venv/six'],
      },
      { kind: 'systemd-unit', name: 'redis-server.service', enabled: true, active: true },
      { kind: 'systemd-unit', name: 'cron.service', enabled: false, active: false },
    ];

    test('every kind is applied, has nothing to do the second time, and leaves nothing when taken back', async () => {
      const { lab, kinds, before } = await start(ready, 'host');
      const sql = await sqlState(lab);
      for (const op of ops) expect((await kinds.apply(op)).difference?.change, op.kind).toBe('change');
      expect(await shell(lab, "su pretix -s /bin/sh -c '/var/pretix/venv/bin/python -m pip list'")).toMatch(
        /idna\s+3\.4\n/,
      );
      await shell(
        lab,
        "mariadb pre_tix -e 'create table made_later(i int)'; echo hello > /var/pretix/invoice",
      );
      expect(await kinds.undo(...ops)).toEqual([]);
      expect(await traces(lab, before)).toBe('');
      expect(await sqlState(lab)).toBe(sql);
      expect(await shell(lab, 'systemctl is-active cron apache2')).toBe('active\nactive');
      expect(await kept(lab, 'mysql-pre_tix-*.sql')).not.toBe('');
      expect(await shell(lab, 'tar -tzf $(find /var/lib/setup-wizard/kept -name "home-pretix-*")')).toContain(
        'pretix/invoice',
      );
      expect(await shell(lab, 'find /var/lib/setup-wizard/kept -type f ! -perm 600')).toBe('');
    });

    test('pip gives back the versions that were there', async () => {
      const { lab, kinds } = await start(ready, 'host');
      await shell(lab, 'python3 -m venv /srv/venv; /srv/venv/bin/pip install -q six==1.16.0');
      const op: Op<'pip'> = {
        kind: 'pip',
        venv: '/srv/venv',
        as: 'root',
        packages: ['six==1.17.0', 'idna==3.4'],
      };
      await kinds.apply(op);
      await kinds.undo(op);
      const list = await shell(lab, '/srv/venv/bin/pip list --format=freeze');
      expect(list).toContain('six==1.16.0');
      expect(list).not.toContain('idna');
    });

    test('files of a unit and of a site that were there come back as they were', async () => {
      const { lab, kinds } = await start(ready);
      const former = '[Service]\nExecStart=/bin/sleep 77\n[Install]\nWantedBy=default.target\n';
      await lab.write('/etc/systemd/system/own.service', former, 0o640);
      await lab.write('/etc/apache2/sites-available/own.conf', '# mine\n', 0o600);
      await shell(lab, 'systemctl daemon-reload; systemctl enable --now own.service');
      const before = await lab.snapshot();
      const own: Parameters<Kinds['apply']>[0][] = [
        {
          kind: 'systemd-unit',
          name: 'own.service',
          content: unit.replace('User=pretix\n', ''),
          enabled: true,
          active: true,
        },
        { kind: 'apache-site', name: 'own', template: '', content: 'ServerName own.test\n' },
      ];
      for (const op of own) await kinds.apply(op);
      expect(await kinds.undo(...own)).toEqual([]);
      expect(await traces(lab, before)).toBe('');
      expect(await shell(lab, 'systemctl is-active own; pgrep -f "^/bin/sleep 77"')).toMatch(/^active\n\d+$/);
    });

    test('a site that Apache refuses is put back, and Apache goes on', async () => {
      const { lab, kinds, before } = await start(ready);
      const op: Op<'apache-site'> = {
        kind: 'apache-site',
        name: 'bad',
        template: '',
        content: 'NoSuchDirective on\n',
      };
      expect((await kinds.one('apply', op)).failure).toMatchObject({ code: 'command-failed' });
      expect(await traces(lab, before)).toBe('');
      expect(await shell(lab, 'apache2ctl configtest 2>&1; systemctl is-active apache2')).toMatch(
        /Syntax OK\nactive$/,
      );
    });

    test.each([
      ['refuses', 'no_such on;\n', 'unknown directive'],
      ['cannot take up, as Apache holds its port', 'server { listen 80; }\n', 'bind() to 0.0.0.0:80 failed'],
    ])('a site that nginx %s is put back, and nginx goes on', async (_, content, words) => {
      const { lab, kinds, before } = await start(ready);
      const op: Op<'nginx-site'> = { kind: 'nginx-site', name: 'bad', template: '', content };
      const { failure, output } = await kinds.one('apply', op);
      expect(failure).toMatchObject({ code: 'command-failed' });
      expect(output).toContain(words);
      expect(await traces(lab, before)).toBe('');
      await shell(lab, 'nginx -t && systemctl is-active nginx');
    });

    test('a module that the configuration needs stays when it is taken back', async () => {
      const { lab, kinds } = await start(ready);
      const op: Op<'apache-module'> = { kind: 'apache-module', name: 'proxy_http' };
      await kinds.apply(op);
      await lab.write('/etc/apache2/conf-enabled/mine.conf', 'ProxyPass /x http://localhost:1/\n');
      expect(await kinds.undo(op)).toEqual([expect.stringContaining('proxy')]);
      await shell(lab, 'apache2ctl configtest && systemctl is-active apache2');
    });

    test('a service restarts when what it reads has changed, and only then', async () => {
      const { lab, kinds } = await start(ready);
      const op: Op<'systemd-unit'> = {
        kind: 'systemd-unit',
        name: 'reader.service',
        content: unit.replace('User=pretix\n', ''),
        enabled: false,
        active: true,
        restartOn: ['file:/etc/reader.conf'],
      };
      const started = () => shell(lab, 'systemctl show -p MainPID --value reader');
      await lab.write('/etc/reader.conf', 'one\n');
      await kinds.apply(op);
      const first = await started();
      await kinds.apply(op);
      expect(await started()).toBe(first);
      await lab.write('/etc/reader.conf', 'two\n');
      await kinds.apply(op);
      expect(await started()).not.toBe(first);
    });

    test.each([
      ['MariaDB', mysql, 'stuff', 'mariadb stuff -Ne'],
      ['PostgreSQL', pg, 'pgstuff', 'cd /; runuser -u postgres -- psql pgstuff -Atc'],
    ])('a database of %s is as it was when its dump is restored', async (_, server, database, client) => {
      const { lab, kinds } = await start(ready);
      const sql = await sqlState(lab);
      const op: Op<'sql-dump'> = { kind: 'sql-dump', server, database };
      await kinds.one('dump', op);
      await shell(lab, `${client} 'create table later(i int); delete from t; insert into t values (8)'`);
      expect(await kinds.one('restore', op)).toEqual({ output: expect.any(String) });
      expect(await shell(lab, `${client} 'select i from t'`)).toBe('7');
      expect(await shell(lab, `${client} 'select * from later' 2>&1 || true`)).toMatch(/exist/);
      expect(await sqlState(lab)).toBe(sql);
    });

    test('a database with tables that nobody recorded is refused and untouched', async () => {
      const { kinds } = await start(ready);
      const op: Op<'sql-database'> = { kind: 'sql-database', server: mysql, name: 'stuff' };
      expect((await kinds.one('apply', op)).failure).toMatchObject({ code: 'refused-existing' });
    });
  });

  test('everything can be planned on a bare machine, without an error or a change', async () => {
    const { lab, kinds, before } = await start(bare);
    const ops: Parameters<Kinds['apply']>[0][] = [
      packages('redis-server'),
      { kind: 'unix-user', name: 'pretix', home: '/var/pretix' },
      { kind: 'sql-database', server: mysql, name: 'pretix' },
      { kind: 'sql-database', server: pg, name: 'pretix' },
      { kind: 'sql-user', server: mysql, name: 'pretix', password: '%PW%' },
      { kind: 'sql-grant', server: pg, database: 'pretix', user: 'pretix', from: '', privileges: ['ALL'] },
      { kind: 'virtualenv', path: '/var/pretix/venv', python: 'python3', as: 'pretix' },
      { kind: 'pip', venv: '/var/pretix/venv', as: 'pretix', packages: ['six'] },
      {
        kind: 'systemd-unit',
        name: 'pretix.service',
        content: '[Service]\nExecStart=/bin/true\n',
        enabled: true,
        active: true,
      },
      { kind: 'apache-module', name: 'proxy' },
      { kind: 'apache-site', name: 'pretix', template: '', content: 'x\n' },
      { kind: 'nginx-site', name: 'ontask', template: '', content: 'x\n' },
      { kind: 'host-name', name: 'meet.example.org' },
      { kind: 'hosts-entry', address: '10.0.0.2', name: 'meet.example.org' },
      { kind: 'prosody-account', user: 'alice', host: 'meet.example.org', password: '%PW%' },
      { kind: 'setting', path: '/etc/jitsi/jicofo/jicofo.conf', syntax: 'hocon', name: 'a.b', value: '%PW%' },
      { kind: 'git-checkout', path: '/opt/app', url: 'https://git.example.org/app', ref: 'v1' },
      {
        kind: 'supervisor-program',
        name: 'app',
        path: '/etc/supervisor/conf.d/app.conf',
        template: '',
        content: '[program:app]\ncommand=/bin/true\n',
      },
    ];
    for (const op of ops) expect((await kinds.one('look', op)).difference?.change, op.kind).toBe('change');
    const absent: Parameters<Kinds['apply']>[0][] = [
      { kind: 'firewalld-service', service: 'http' },
      { kind: 'selinux-boolean', name: 'httpd_can_network_connect', on: true },
    ];
    for (const op of absent) expect((await kinds.one('look', op)).difference?.change, op.kind).toBe('none');
    expect(await traces(lab, before)).toBe('');
  });
});
