/**
 * Full disks, cut networks, held locks, lost servers: each on a real system that the guide has brought to the step
 * before. A sentence in both languages, nothing done that the journal does not know, and on it goes once it is mended.
 */
import { describe, test } from 'vitest';
import { listenOn } from '../injections/injection.ts';
import { ownPackage } from '../injections/packages.ts';
import { administrator, more } from '../injections/servers.ts';
import { experience, type Fault } from './fault.ts';

/** Nothing that was fetched before is there. */
const noPackages = 'mkdir -p /run/empty/partial; mount --bind /run/empty /var/cache/apt/archives';
const cut = 'ip link set host0 down';
const link =
  'ip link set host0 up; ip route replace default via $(ip -4 -o addr show host0 | sed -E "s/.* ([0-9.]+)\\.2\\/30.*/\\1.1/")';
const fromNet = { PIP_NO_CACHE_DIR: '1', PIP_RETRIES: '2', PIP_TIMEOUT: '5' };

const faults: readonly Fault[] = [
  {
    name: 'disk full while packages are unpacked',
    after: 'db-login',
    until: 'apt-packages',
    network: 'own',
    break: 'small /usr/include 2000',
    mend: 'mount -o remount,size=600m /usr/include',
    settle: 'together /usr/include',
    cause: 'disk-full',
  },
  {
    name: 'no network before apt',
    after: 'db-login',
    until: 'apt-packages',
    network: 'own',
    break: `rm -rf /var/lib/apt/lists/*; ${noPackages}; ${cut}`,
    mend: link,
    cause: 'apt-unreachable',
  },
  {
    name: 'network cut while apt fetches',
    after: 'db-login',
    until: 'apt-packages',
    network: 'own',
    first: `apt-get update; ${noPackages}`,
    break: cut,
    when: 'ls /var/cache/apt/archives/*.deb',
    mend: link,
    cause: 'apt-unreachable',
  },
  {
    name: 'disk full in pip',
    after: 'pip-tools',
    until: 'pretix-install',
    network: 'own',
    break: 'small /var/pretix/venv 30000',
    mend: 'mount -o remount,size=900m /var/pretix/venv',
    settle: 'together /var/pretix/venv',
    cause: 'disk-full',
  },
  {
    name: 'network cut while pip fetches',
    after: 'pip-tools',
    until: 'pretix-install',
    network: 'own',
    env: fromNet,
    break: cut,
    when: 'grep -q Collecting /var/lib/setup-wizard/runs/*/logs/pretix-install.log',
    mend: link,
    cause: /./,
  },
  {
    name: 'names are not resolved (pip)',
    after: 'pip-tools',
    until: 'pretix-install',
    network: 'own',
    env: fromNet,
    break:
      'cp -a /etc/resolv.conf /run/resolv; echo nameserver 127.0.0.9 >/etc/resolv.conf; cp /etc/hosts /run/hosts',
    mend: 'cat /run/resolv >/etc/resolv.conf',
    cause: /./,
  },
  {
    name: 'disk full in MariaDB',
    after: 'db-backup',
    until: 'migrate',
    break: 'systemctl stop mariadb.socket mariadb; small /var/lib/mysql 20000; systemctl start mariadb',
    mend: 'mount -o remount,size=900m /var/lib/mysql; systemctl restart mariadb',
    settle: 'systemctl stop mariadb; together /var/lib/mysql; systemctl start mariadb',
    cause: /disk|disque|full|plein/i,
  },
  {
    name: 'disk full for the journal while apt speaks',
    after: 'db-login',
    until: 'apt-packages',
    network: 'own',
    first: 'small /var/lib/setup-wizard 4000',
    when: 'grep -q ^Unpacking /var/lib/setup-wizard/runs/*/logs/apt-packages.log',
    break: `mount -o "remount,size=$(df -k --output=used /var/lib/setup-wizard | tail -1)k" /var/lib/setup-wizard`,
    mend: 'mount -o remount,size=900m /var/lib/setup-wizard',
    settle: 'together /var/lib/setup-wizard',
    cause: /ne prend plus rien/,
  },
  {
    name: 'MariaDB stopped before the database is made',
    after: 'sizing',
    until: 'db-login',
    break: 'systemctl mask --runtime mariadb; systemctl stop mariadb.socket mariadb',
    mend: 'systemctl unmask --runtime mariadb; systemctl start mariadb',
    cause: 'database-stopped',
  },
  {
    name: 'wrong password of the administrator of MariaDB',
    after: 'sizing',
    until: 'db-login',
    break: administrator('DB_ADMIN_USER = dba\\n'),
    flags: more,
    mend: `mariadb -e "CREATE USER dba@localhost IDENTIFIED BY 'x'; GRANT ALL ON *.* TO dba@localhost WITH GRANT OPTION"`,
    settle: 'rm /root/more.ini /root/db-admin',
    cause: 'database-login-denied',
  },
  {
    name: 'password of Pretix’s account changed in MariaDB',
    after: 'db-backup',
    until: 'migrate',
    break: `mariadb -e "ALTER USER pretix@localhost IDENTIFIED BY 'other'"`,
    mend: `mariadb -e "ALTER USER pretix@localhost IDENTIFIED BY '$(cat /root/bdd-password)'"`,
    cause: 'database-login-denied',
  },
  {
    name: 'MariaDB stopped during migrate',
    after: 'db-backup',
    until: 'migrate',
    when: 'grep -q "Applying pretixbase" /var/lib/setup-wizard/runs/*/logs/migrate.log',
    break: 'systemctl stop mariadb.socket mariadb',
    mend: 'systemctl start mariadb',
    cause: /./,
  },
  {
    name: 'another’s package waits for a key, half configured',
    after: 'db-login',
    until: 'apt-packages',
    network: 'own',
    break: `${ownPackage('local-agent', "printf '#!/bin/sh\\nread key </dev/tty\\n' >/tmp/p/DEBIAN/postinst; chmod 755 /tmp/p/DEBIAN/postinst")}; dpkg -i /tmp/p.deb || true`,
    mend: 'dpkg --purge local-agent',
    cause: 'dpkg-script-failed',
  },
  {
    name: 'a package index that takes the call and says nothing',
    after: 'conf-file',
    until: 'pip-tools',
    network: 'own',
    break: listenOn(8080, '127.0.0.1'),
    failing: {
      PIP_INDEX_URL: 'http://127.0.0.1:8080/simple',
      PIP_RETRIES: '1',
      PIP_DEFAULT_TIMEOUT: '2',
      PIP_NO_CACHE_DIR: '1',
    },
    mend: 'systemctl stop other-8080',
    cause: 'connection-timed-out',
  },
  {
    name: 'a Python package that does not build: no compiler',
    after: 'pip-tools',
    until: 'pip-extra',
    network: 'own',
    env: { PIP_NO_CACHE_DIR: '1' },
    break: 'mkdir /run/away; mv /usr/bin/*gcc* /usr/bin/cc /usr/bin/c99 /run/away/',
    mend: 'mv /run/away/* /usr/bin/',
    cause: 'compiler-missing',
  },
  {
    name: '/etc read-only',
    after: 'updatestyles',
    until: 'unit-web',
    break: 'mount --bind /etc /etc; mount -o remount,ro,bind /etc',
    mend: 'umount /etc',
    cause: 'read-only',
  },
  {
    name: 'port 8345 taken',
    after: 'updatestyles',
    until: 'services-start',
    break: listenOn(8345, '127.0.0.1'),
    mend: 'systemctl stop other-8345',
    cause: 'port-taken',
  },
  {
    name: 'Redis with a password',
    after: 'updatestyles',
    until: 'services-start',
    break: 'redis-cli config set requirepass secret',
    mend: 'redis-cli -a secret config set requirepass ""',
    cause: /journalctl -u pretix-web/,
  },
];

describe('a fault', () => {
  test.each(faults)('$name', experience, 20 * 60_000);
});
