/** One or more operations of each kind that changes a machine, for the machine that `ready` makes. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kind } from '../../../src/guide/kinds.ts';
import { tinyPackage } from '../../operations/tiny-package.ts';
import { rpmLook, rpmTools } from '../rpm-stubs.ts';
import type { Example } from './killed-work.ts';

const mysql = { engine: 'mysql', host: 'localhost', login: 'socket' } as const;
const pg = { engine: 'postgresql', host: 'localhost', login: 'socket' } as const;
const slow = (path: string) =>
  `sleep 0.2; echo one >${path}.new; sleep 0.2; mv ${path}.new ${path}; sleep 0.2\n`;
const unit = '[Service]\nUser=pretix\nExecStart=/bin/sleep 1000\n[Install]\nWantedBy=multi-user.target\n';
const programs =
  '[program:one]\ncommand=/bin/sleep 1000\nuser=pretix\nnumprocs=2\nprocess_name=%(process_num)d\n';
const site = 'RequestHeader set X-A "1"\n';
const file = { kind: 'file', syntax: 'plain', owner: 'pretix:pretix', mode: '0640' } as const;

/** Kinds without an effect of ours: they look, or a person does it. */
export type Effectless = 'check' | 'checklist' | 'terminal' | 'produce';
/** In docker-killed.test.ts, on a machine with Docker. */
export type OfDocker = 'docker-images' | 'compose-project';

export const examples: Readonly<Record<Exclude<Kind, Effectless | OfDocker>, readonly Example[]>> = {
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
  setting: [
    { op: { kind: 'setting', path: '/etc/ours.conf', syntax: 'properties', name: 'colour', value: 'x%PW%' } },
    {
      op: { kind: 'setting', path: '/etc/ours.hocon', syntax: 'hocon', name: 'a.b.c', value: 'x%PW%' },
    },
    {
      op: {
        kind: 'setting',
        path: '/etc/ours.lua',
        syntax: 'lua',
        section: 'VirtualHost "one.test"',
        name: 'authentication',
        value: 'internal_hashed',
      },
    },
  ],
  'host-name': [{ op: { kind: 'host-name', name: 'meet.one.test' } }],
  'hosts-entry': [
    { op: { kind: 'hosts-entry', address: '10.0.0.2', name: 'server.lab.test' } },
    { op: { kind: 'hosts-entry', address: '127.0.0.1', name: 'meet.one.test' } },
  ],
  'prosody-account': [
    { op: { kind: 'prosody-account', user: 'one', host: 'plain.test', password: '%PW%' } },
    { op: { kind: 'prosody-account', user: 'one', host: 'hashed.test', password: '%PW%' } },
    {
      op: {
        kind: 'prosody-account',
        user: 'ours',
        host: 'plain.test',
        password: '%PW%',
        onExisting: 'replace',
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
  packages: [{ op: { kind: 'packages', names: ['hello', 'at'] } }],
  'apt-repository': [
    {
      op: {
        kind: 'apt-repository',
        name: 'stub-stable',
        uri: 'file:/srv/deb/flat',
        suite: 'stable/',
        key: 'file:///srv/keys/one.asc',
        fingerprints: ['%KEY%'],
      },
    },
  ],
  'debconf-answer': [
    {
      op: { kind: 'debconf-answer', package: 'stubmeet', question: 'stub/hostname', value: 'a.example.org' },
    },
    { op: { kind: 'debconf-answer', package: 'stubmeet', question: 'stub/secret', password: '%PW%' } },
    {
      op: {
        kind: 'debconf-answer',
        package: 'stubmeet',
        question: 'stub/certificate',
        choice: 'self-signed',
      },
    },
  ],
  'rpm-packages': [{ op: { kind: 'rpm-packages', names: ['stubweb', 'stubtool'] } }],
  'rpm-module': [{ op: { kind: 'rpm-module', name: 'stubdb', stream: '16' } }],
  'rpm-repository': [
    {
      op: {
        kind: 'rpm-repository',
        id: 'extra',
        name: 'Extra',
        baseurl: 'file:///srv/rpm/extra',
        key: 'file:///srv/keys/one.asc',
        fingerprints: ['%KEY%'],
        signedMetadata: true,
      },
    },
  ],
  'rpm-repository-enabled': [{ op: { kind: 'rpm-repository-enabled', id: 'other' } }],
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
    {
      op: {
        kind: 'pip',
        venv: '/srv/pretix/venv',
        as: 'pretix',
        packages: ['git+https://github.com/acme/tiny-lti.git@v3.1'],
        gitMirror: { of: 'https://github.com/', at: 'file:///srv/mirror/' },
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
    {
      op: { kind: 'nginx-site', name: 'two', folder: 'conf.d', template: 'template' },
      template: 'server { listen 8082; server_name two.test; }\n',
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
  'firewalld-service': [
    { op: { kind: 'firewalld-service', service: 'http' } },
    { op: { kind: 'firewalld-service', service: 'https', zone: 'internal' } },
  ],
  'selinux-boolean': [
    { op: { kind: 'selinux-boolean', name: 'httpd_can_network_connect', on: true } },
    { op: { kind: 'selinux-boolean', name: 'httpd_enable_homedirs', on: false } },
  ],
  'supervisor-program': [
    {
      op: {
        kind: 'supervisor-program',
        name: 'one',
        path: '/etc/supervisor/conf.d/one.conf',
        template: 'template',
      },
      template: programs,
    },
    {
      op: {
        kind: 'supervisor-program',
        name: 'ours',
        path: '/etc/supervisor/conf.d/ours.conf',
        template: 'template',
      },
      template: '[program:ours]\ncommand=/bin/sleep 2000\nuser=pretix\n',
    },
  ],
};

/** SELinux runs nowhere here. */
const selinux = ['getsebool', 'setsebool', 'semanage'].map((name) => {
  const text = readFileSync(join(import.meta.dirname, '../selinux-stand-in', name), 'utf8');
  return `cat >/usr/local/sbin/${name} <<'END'\n${text}END\nchmod 755 /usr/local/sbin/${name}\n`;
});
const files = Object.entries(tinyPackage).map(([name, text]) => `cat >${name} <<'END'\n${text}END\n`);
const servers = `${rpmTools} mariadb-server postgresql apache2 redis-server python3-venv prosody lua-unbound`;

/** Run once with a way out to the registries; afterwards no example needs any. */
export const ready = `
umount /var/cache/apt/archives; mkdir -p /var/cache/apt/archives/partial
apt-get update -q; apt-get install -y --no-install-recommends ${servers}
apt-get install -y --no-install-recommends git nginx-light ufw openssh-server || true
apt-get install -y --no-install-recommends supervisor firewalld
firewall-cmd --permanent --zone=internal --add-port=4321/tcp; firewall-cmd --reload
ufw allow 25/tcp; ufw allow 80/tcp comment 'the old page'; ufw allow 5432/tcp
sed -i 's/80 default_server/8080 default_server/' /etc/nginx/sites-available/default
dpkg --configure -a; systemctl restart nginx
apt-get install -y --no-install-recommends --download-only hello at
useradd --create-home --home-dir /srv/pretix --shell /bin/bash pretix
runuser -u pretix -- python3 -m venv /srv/pretix/venv
runuser -u pretix -- /srv/pretix/venv/bin/pip install -q six==1.16.0
mkdir /srv/wheels /srv/ours; echo data >/srv/ours/data
for wheel in six==1.16.0 six==1.17.0 idna==3.4; do /srv/pretix/venv/bin/pip download -q -d /srv/wheels $wheel; done
hostnamectl --pretty set-hostname 'Our server'
printf '# ours\\ncolour = blue' >/etc/ours.conf; chmod 604 /etc/ours.conf
printf 'a {\\n  # b = 1\\n}' >/etc/ours.hocon; chown www-data /etc/ours.hocon
printf 'VirtualHost "one.test"\\n  --authentication = "x"\\n' >/etc/ours.lua; chmod 640 /etc/ours.lua
mariadb -e "create user 'ours'@'localhost' identified by 'x'; create database ours; create table ours.t(i int);
  insert into ours.t values (7)"
cd /; echo "create role ours login password 'x'; create database ours" | runuser -u postgres psql
echo "create table t(i int); insert into t values (7)" | runuser -u postgres -- psql ours
systemctl stop redis-server; systemctl disable redis-server; a2enmod headers; systemctl restart apache2
printf 'VirtualHost "plain.test"\\n  authentication = "internal_plain"\\nVirtualHost "hashed.test"\\n' >/etc/prosody/conf.d/test.cfg.lua
systemctl restart prosody; printf 'x\\nx\\n' | prosodyctl adduser ours@plain.test
git init -q -b main /srv/origin; cd /srv/origin; git config user.name a; git config user.email a@example.org
head -c 3000000 /dev/urandom >file; git add .; git commit -qm one; git tag v1
head -c 3000000 /dev/urandom >file; echo new >new; git add .; git commit -qm two; git tag v2
git clone -q --branch v1 file:///srv/origin /srv/clone; echo mine >/srv/clone/file; echo own >/srv/clone/own
mkdir -p /srv/mirror/acme/tiny-lti.git; cd /srv/mirror/acme/tiny-lti.git
git init -q -b main; git config user.name a; git config user.email a@example.org
${files.join('')}git add .; git commit -qm one; git tag v3.1; chown -R pretix:pretix /srv/mirror
cp -a /srv/origin /srv/theirs; chown -R pretix:pretix /srv/theirs; cd /
printf '[program:ours]\\ncommand=/bin/sleep 3000' >/etc/supervisor/conf.d/ours.conf
printf '[program:theirs]\\ncommand=/bin/sleep 4000\\n' >/etc/supervisor/conf.d/theirs.conf
supervisorctl update
${selinux.join('')}printf 'httpd_can_network_connect off off\\nhttpd_enable_homedirs off on\\n' >/var/lib/selinux-stand-in
mkdir -p /var/lib/setup-wizard
`;

/** What files do not show: in databases, and of services. MariaDB counts a password given back as a change of it. */
export const look = `
mariadb -N -e "show databases; select user, host, json_remove(priv, '$.password_last_changed') from mysql.global_priv order by 1, 2;
  show grants for 'ours'@'localhost'; select @@global.sql_mode; select * from ours.t"
cd /; runuser -u postgres -- psql ours -Atc "select rolname, rolcanlogin, rolpassword from pg_authid order by 1;
  select datname, coalesce(datacl, acldefault('d', datdba)) from pg_database order by 1; select * from t"
find /var/lib/prosody -printf '%P %m %u:%g\\n' | sort; cat /var/lib/prosody/plain*/accounts/*
uname -n; hostnamectl --static; hostnamectl --pretty
systemctl is-active mariadb postgresql apache2 nginx redis-server cron one supervisor || true
systemctl is-enabled redis-server cron one 2>&1 || true
while supervisorctl status | grep -q STARTING; do sleep 0.2; done; supervisorctl status | sed 's/ *pid.*//' || true
for zone in public internal; do
  firewall-cmd --zone=$zone --list-services; firewall-cmd --permanent --zone=$zone --list-services
done 2>&1
iptables -S | grep ^-P; ip6tables -S | grep ^-P; ufw show added; ufw status | head -1
systemctl is-active setup-wizard-ufw-off.timer || true; sysctl net.ipv6.conf.all.accept_redirects
dpkg --audit
ls /var/lib/apt/lists; cat /var/cache/debconf/config.dat /var/cache/debconf/passwords.dat
${rpmLook}`;

/** Of two firewalls, only one is on: what these kinds need otherwise, before anything of theirs. */
const withoutFirewalld = 'systemctl disable --now firewalld';
export const firstly: Readonly<Partial<Record<Kind, string>>> = {
  ufw: withoutFirewalld,
  'ufw-rule': withoutFirewalld,
};

/**
 * After `ready`: a package that asks questions is to be had, and one of them was answered before; what a repository of
 * dnf has is known, and upgraded already.
 */
export const readyRepositories = `
echo 'deb [signed-by=/srv/keys/one.gpg] file:/srv/deb/pool stable main' >/etc/apt/sources.list.d/stub.list; apt-get update -q
echo 'stubturn stub/secret password former' | debconf-set-selections
sed -i '0,/enabled.*/s//enabled=1/' /etc/yum.repos.d/modular.repo
dnf -q -y install libstub-2
`;
