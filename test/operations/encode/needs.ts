import { existsSync } from 'node:fs';

/** Each real program the tests read values back with, and the Debian package it comes from. */
const programs = {
  '/usr/bin/python3': 'python3',
  '/usr/lib/python3.11/ensurepip/__init__.py': 'python3.11-venv',
  '/usr/lib/python3/dist-packages/yaml/__init__.py': 'python3-yaml',
  '/usr/lib/python3/dist-packages/dotenv/__init__.py': 'python3-dotenv',
  '/usr/bin/java': 'openjdk-17-jdk-headless',
  '/usr/share/java/typesafe-config.jar': 'libtypesafe-config-java',
  '/usr/bin/unshare': 'util-linux',
  '/usr/bin/mount': 'mount',
  '/usr/lib/systemd/systemd': 'systemd',
  '/usr/bin/systemd-analyze': 'systemd',
  '/usr/lib/python3/dist-packages/supervisor/options.py': 'supervisor',
  '/usr/sbin/cron': 'cron',
  '/usr/bin/crontab': 'cron',
  '/usr/sbin/visudo': 'sudo',
  '/usr/bin/cvtsudoers': 'sudo',
  '/usr/sbin/apache2': 'apache2-bin',
  '/usr/sbin/nginx': 'nginx',
  '/usr/bin/gpg': 'gpg',
  '/usr/bin/gpg-agent': 'gpg-agent',
  '/usr/bin/curl': 'curl',
  '/usr/bin/debconf-communicate': 'debconf',
  '/usr/bin/lua5.4': 'lua5.4',
  '/usr/bin/luac5.4': 'lua5.4',
  '/usr/sbin/mariadbd': 'mariadb-server-core',
  '/usr/bin/mariadb-install-db': 'mariadb-server-core',
  '/usr/bin/mariadb': 'mariadb-client-core',
  '/usr/bin/my_print_defaults': 'mariadb-client-core',
  '/usr/lib/postgresql/15/bin/postgres': 'postgresql-15',
  '/usr/lib/postgresql/15/bin/initdb': 'postgresql-15',
  '/usr/lib/postgresql/15/bin/psql': 'postgresql-client-15',
  '/usr/lib/x86_64-linux-gnu/libpq.so.5': 'libpq5',
} as const;

export type Program = keyof typeof programs;

export const debianPackages: string[] = [...new Set(Object.values(programs))].sort();

/** A missing program is a failure, never a skipped test. */
export function needs(...wanted: Program[]): void {
  const missing = wanted.filter((path) => !existsSync(path));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((path) => programs[path]))].join(' ');
  throw new Error(`Missing ${missing.join(', ')}: apt-get install --no-install-recommends ${packages}`);
}

/** systemd and cron run in namespaces of their own, PostgreSQL as another user. */
export function needsRoot(): void {
  if (process.getuid?.() !== 0)
    throw new Error('These tests run the real daemons in namespaces: run them as root');
}
