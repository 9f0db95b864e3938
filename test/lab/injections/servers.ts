/** Servers that the guide needs: ports, Redis, MariaDB. */
import { type Injection, listenOn } from './injection.ts';

/** More answers, among them an administrator's account whose password is wrong. */
export const administrator = (lines: string) =>
  `printf x >/root/db-admin; printf '[pretix]\\n${lines}DB_ADMIN = password\\nDB_ADMIN_PASSWORD = file:/root/db-admin\\n' >/root/more.ini; chmod 600 /root/db-admin /root/more.ini`;
export const more = ['--answers', '/root/more.ini'];
const remote = (host: string) => administrator(`BDD_HOST = ${host}\\nSOURCE = 10.0.0.2\\n`);

const redis =
  'apt-get install -y --no-install-recommends redis-server; for i in $(seq 20); do redis-cli ping && break; sleep 0.5; done';

export const servers: readonly Injection[] = [
  { name: 'port 80 held', guide: 'pretix', break: listenOn(80), cause: 'port-taken' },
  {
    name: 'port 3306 held',
    guide: 'pretix',
    after: 'probe-proxy',
    break: listenOn(3306),
    cause: 'database-stopped',
  },
  {
    name: 'port 6379 held',
    guide: 'pretix',
    after: 'probe-db',
    break: listenOn(6379),
    cause: 'redis-not-redis',
  },
  {
    name: 'redis masked',
    guide: 'pretix',
    after: 'probe-db',
    break: `systemctl mask redis-server`,
    cause: 'unit-masked',
  },
  {
    name: 'redis with a password',
    guide: 'pretix',
    after: 'probe-db',
    break: `${redis}; echo 'requirepass s3cret' >>/etc/redis/redis.conf; systemctl restart redis-server`,
    cause: 'redis-password',
  },
  {
    name: 'redis in use',
    guide: 'pretix',
    after: 'probe-db',
    break: `${redis}; redis-cli -n 1 SET session x`,
    cause: 'redis-database-used',
  },
  {
    name: 'redis cannot save',
    guide: 'pretix',
    after: 'probe-db',
    break: `${redis}; chown root:root /var/lib/redis; chmod 755 /var/lib/redis`,
    cause: 'redis-cannot-save',
  },
  {
    name: 'node does not run',
    guide: 'pretix',
    after: 'probe-db',
    break: `${redis}; printf '#!/bin/sh\\necho boom >&2; exit 3\\n' >/usr/local/bin/node; chmod 755 /usr/local/bin/node`,
    cause: 'node-not-running',
  },
  {
    name: 'MariaDB stopped',
    guide: 'pretix',
    after: 'home-mode',
    break: `systemctl stop mariadb.socket mariadb; systemctl mask mariadb.socket mariadb`,
    cause: 'database-stopped',
  },
  {
    name: 'administrator password wrong',
    guide: 'pretix',
    after: 'home-mode',
    break: administrator('DB_ADMIN_USER = dba\\n'),
    flags: more,
    cause: 'database-login-denied',
  },
  {
    name: 'remote database unreachable',
    guide: 'pretix',
    after: 'home-mode',
    break: remote('10.255.255.1'),
    flags: more,
    cause: 'database-unreachable',
  },
  {
    name: 'remote database unknown name',
    guide: 'pretix',
    after: 'home-mode',
    break: `sed -i 's/^hosts:.*/hosts: files/' /etc/nsswitch.conf; ${remote('db.mon-univ.test')}`,
    flags: more,
    cause: 'database-unknown-host',
  },
  {
    name: 'database with other content',
    guide: 'pretix',
    after: 'home-mode',
    break: `mariadb -e 'CREATE DATABASE pretix; CREATE TABLE pretix.former (a INT)'`,
    cause: 'database-not-empty',
  },
  {
    name: 'database full disk',
    guide: 'pretix',
    after: 'db-backup',
    break: `systemctl stop mariadb; cp -a /var/lib/mysql /var/lib/mysql.old; mount -t tmpfs -o size=400m tmpfs /var/lib/mysql; cp -a /var/lib/mysql.old/. /var/lib/mysql/; chown mysql: /var/lib/mysql; systemctl start mariadb; fallocate -l 1g /var/lib/mysql/fill || dd if=/dev/zero of=/var/lib/mysql/fill bs=1M; true`,
    cause: 'disk-full',
  },
  {
    name: 'database read-only',
    guide: 'pretix',
    after: 'db-backup',
    break: `mariadb -e 'SET GLOBAL read_only=1'; mariadb -e "SELECT @@read_only"`,
    cause: 'database-read-only',
  },
  {
    name: 'account password changed',
    guide: 'pretix',
    after: 'db-grant',
    break: `mariadb -e "ALTER USER pretix@localhost IDENTIFIED BY 'other'"`,
    cause: 'database-login-denied',
  },
  {
    name: 'account without rights',
    guide: 'pretix',
    after: 'db-grant',
    break: `mariadb -e "REVOKE ALL PRIVILEGES ON pretix.* FROM pretix@localhost"`,
    cause: 'database-rights-missing',
  },
  {
    name: 'account cannot create tables',
    guide: 'pretix',
    after: 'db-backup',
    break: `mariadb -e "REVOKE CREATE ON pretix.* FROM pretix@localhost"`,
    cause: 'database-rights-missing',
  },
  {
    name: 'tables half made',
    guide: 'pretix',
    after: 'db-backup',
    break: `mariadb pretix -e "CREATE TABLE pretixbase_user (id INT)"`,
    cause: 'database-table-exists',
  },
  {
    name: 'migrate killed',
    guide: 'pretix',
    after: 'db-backup',
    break: `systemd-run --quiet --unit=killer sh -c 'until pkill -9 -f "[p]retix migrate$"; do sleep 0.05; done; sleep 2; while sleep 0.2; do pkill -9 -f "[p]retix migrate$"; done'`,
    cause: 'killed',
  },
];
