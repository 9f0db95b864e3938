/** One or more operations of each kind that changes a machine, for the machine that `ready` makes. */
import type { Kind, Operation } from '../../../src/guide/kinds.ts';

interface Example {
  readonly op: Operation;
  /** Its template, called `template`. */
  readonly template?: string;
}

const mysql = { engine: 'mysql', host: 'localhost', login: 'socket' } as const;
const pg = { engine: 'postgresql', host: 'localhost', login: 'socket' } as const;
const slow = (path: string) =>
  `sleep 0.2; echo one >${path}.new; sleep 0.2; mv ${path}.new ${path}; sleep 0.2\n`;
const unit = '[Service]\nUser=pretix\nExecStart=/bin/sleep 1000\n[Install]\nWantedBy=multi-user.target\n';
const site = 'RequestHeader set X-A "1"\n';
const file = { kind: 'file', syntax: 'plain', owner: 'pretix:pretix', mode: '0640' } as const;

/** Kinds without an effect of ours: they look, or a person does it. */
export type Effectless = 'check' | 'checklist' | 'terminal' | 'produce';

export const examples: Readonly<Record<Exclude<Kind, Effectless>, readonly Example[]>> = {
  file: [
    { op: { ...file, path: '/etc/new.conf', content: 'password = %PW%\n' } },
    { op: { ...file, path: '/etc/ours.conf', content: 'password = %PW%\n' } },
  ],
  directory: [
    { op: { kind: 'directory', path: '/srv/new', mode: '2750', owner: 'pretix:www-data' } },
    { op: { kind: 'directory', path: '/srv/ours', mode: '0700', owner: 'pretix:pretix' } },
  ],
  block: [
    {
      op: {
        kind: 'block',
        path: '/etc/ours.conf',
        name: 'one',
        content: 'a = 1\n',
        syntax: 'plain',
        comment: '#',
      },
    },
  ],
  link: [{ op: { kind: 'link', path: '/usr/local/bin/one', to: '/bin/true' } }],
  command: [
    {
      op: {
        kind: 'command',
        name: 'one',
        run: ['/bin/sh', '-c', slow('/srv/made')],
        done: { exists: '/srv/made' },
        undo: { run: ['/bin/rm', '-f', '/srv/made', '/srv/made.new'] },
      },
    },
  ],
  script: [
    {
      op: {
        kind: 'script',
        name: 'one',
        run: ['/bin/sh'],
        template: 'template',
        syntax: 'shell',
        done: { exists: '/srv/made' },
        undo: { run: ['/bin/rm', '-f', '/srv/made', '/srv/made.new'] },
      },
      template: slow('/srv/made'),
    },
  ],
  packages: [{ op: { kind: 'packages', names: ['hello', 'supervisor'] } }],
  'unix-user': [
    { op: { kind: 'unix-user', name: 'one', home: '/var/one' } },
    { op: { kind: 'unix-user', name: 'two', home: '/var/lib/two', system: true } },
  ],
  'sql-database': [
    {
      op: {
        kind: 'sql-database',
        server: mysql,
        name: 'one',
        charset: 'utf8mb4',
        collation: 'utf8mb4_unicode_ci',
      },
    },
    { op: { kind: 'sql-database', server: pg, name: 'one', owner: 'ours' } },
  ],
  'sql-user': [
    { op: { kind: 'sql-user', server: mysql, name: 'one', from: 'localhost', password: '%PW%' } },
    { op: { kind: 'sql-user', server: mysql, name: 'ours', from: 'localhost', password: '%PW%' } },
    { op: { kind: 'sql-user', server: pg, name: 'one', password: '%PW%' } },
    { op: { kind: 'sql-user', server: pg, name: 'ours', password: '%PW%' } },
  ],
  'sql-grant': [
    {
      op: {
        kind: 'sql-grant',
        server: mysql,
        database: 'ours',
        user: 'ours',
        from: 'localhost',
        privileges: ['SELECT', 'INSERT'],
      },
    },
    {
      op: {
        kind: 'sql-grant',
        server: pg,
        database: 'ours',
        user: 'ours',
        from: '',
        privileges: ['CONNECT', 'CREATE'],
      },
    },
  ],
  'sql-mode': [
    {
      op: {
        kind: 'sql-mode',
        server: mysql,
        without: 'NO_AUTO_CREATE_USER',
        dropIn: '/etc/mysql/conf.d/one.cnf',
      },
    },
  ],
  'sql-dump': [
    { op: { kind: 'sql-dump', server: mysql, database: 'ours' } },
    { op: { kind: 'sql-dump', server: pg, database: 'ours' } },
  ],
  virtualenv: [{ op: { kind: 'virtualenv', path: '/srv/pretix/new', python: 'python3', as: 'pretix' } }],
  pip: [
    {
      op: {
        kind: 'pip',
        venv: '/srv/pretix/venv',
        as: 'pretix',
        packages: ['six==1.17.0', 'idna==3.4'],
      },
    },
  ],
  'apache-module': [{ op: { kind: 'apache-module', name: 'proxy_http' } }],
  'apache-site': [{ op: { kind: 'apache-site', name: 'one', template: 'template' }, template: site }],
  'nginx-site': [
    {
      op: { kind: 'nginx-site', name: 'one', template: 'template' },
      template: 'server { listen 8081; server_name one.test; }\n',
    },
  ],
  'git-checkout': [
    { op: { kind: 'git-checkout', path: '/srv/code', url: 'file:///srv/origin', ref: 'v1' } },
    { op: { kind: 'git-checkout', path: '/srv/clone', url: 'file:///srv/origin', ref: 'v2' } },
    {
      op: {
        kind: 'git-checkout',
        path: '/srv/pretix/code',
        url: 'file:///srv/theirs',
        ref: 'v1',
        owner: 'pretix',
      },
    },
  ],
  'ufw-rule': [
    { op: { kind: 'ufw-rule', allow: '443/tcp' } },
    { op: { kind: 'ufw-rule', allow: 'WWW Full' } },
    { op: { kind: 'ufw-rule', allow: '80/tcp', present: false } },
  ],
  ufw: [{ op: { kind: 'ufw' } }],
  'systemd-unit': [
    {
      op: {
        kind: 'systemd-unit',
        name: 'one.service',
        template: 'template',
        enabled: true,
        active: true,
      },
      template: unit,
    },
    { op: { kind: 'systemd-unit', name: 'redis-server.service', enabled: true, active: true } },
    { op: { kind: 'systemd-unit', name: 'cron.service', enabled: false, active: false } },
  ],
};

const servers = 'mariadb-server postgresql apache2 redis-server python3-venv';

/** Run once with a way out to the registries; afterwards no example needs any. */
export const ready = `
umount /var/cache/apt/archives; mkdir -p /var/cache/apt/archives/partial
apt-get update -q; apt-get install -y --no-install-recommends ${servers}
apt-get install -y --no-install-recommends git nginx-light ufw openssh-server || true
ufw allow 25/tcp; ufw allow 80/tcp comment 'the old page'; ufw allow 5432/tcp
sed -i 's/80 default_server/8080 default_server/' /etc/nginx/sites-available/default
dpkg --configure -a; systemctl restart nginx
apt-get install -y --no-install-recommends --download-only hello supervisor
useradd --create-home --home-dir /srv/pretix --shell /bin/bash pretix
runuser -u pretix -- python3 -m venv /srv/pretix/venv
runuser -u pretix -- /srv/pretix/venv/bin/pip install -q six==1.16.0
mkdir /srv/wheels /srv/ours; echo data >/srv/ours/data
for wheel in six==1.16.0 six==1.17.0 idna==3.4; do /srv/pretix/venv/bin/pip download -q -d /srv/wheels $wheel; done
printf '# ours\\ncolour = blue' >/etc/ours.conf; chmod 604 /etc/ours.conf
mariadb -e "create user 'ours'@'localhost' identified by 'x'; create database ours; create table ours.t(i int);
  insert into ours.t values (7)"
cd /; echo "create role ours login password 'x'; create database ours" | runuser -u postgres psql
echo "create table t(i int); insert into t values (7)" | runuser -u postgres -- psql ours
systemctl stop redis-server; systemctl disable redis-server; a2enmod headers; systemctl restart apache2
git init -q -b main /srv/origin; cd /srv/origin; git config user.name a; git config user.email a@example.org
head -c 3000000 /dev/urandom >file; git add .; git commit -qm one; git tag v1
head -c 3000000 /dev/urandom >file; echo new >new; git add .; git commit -qm two; git tag v2
git clone -q --branch v1 file:///srv/origin /srv/clone; echo mine >/srv/clone/file; echo own >/srv/clone/own
cp -a /srv/origin /srv/theirs; chown -R pretix:pretix /srv/theirs; cd /
mkdir -p /var/lib/setup-wizard
`;

/** What files do not show: in databases, and of services. MariaDB counts a password given back as a change of it. */
export const look = `
mariadb -N -e "show databases; select user, host, json_remove(priv, '$.password_last_changed') from mysql.global_priv order by 1, 2;
  show grants for 'ours'@'localhost'; select @@global.sql_mode; select * from ours.t"
cd /; runuser -u postgres -- psql ours -Atc "select rolname, rolcanlogin, rolpassword from pg_authid order by 1;
  select datname, coalesce(datacl, acldefault('d', datdba)) from pg_database order by 1; select * from t"
systemctl is-active mariadb postgresql apache2 nginx redis-server cron one supervisor || true
systemctl is-enabled redis-server cron one 2>&1 || true
iptables -S | grep ^-P; ip6tables -S | grep ^-P; ufw show added; ufw status | head -1
systemctl is-active setup-wizard-ufw-off.timer || true; sysctl net.ipv6.conf.all.accept_redirects
dpkg --audit
`;
