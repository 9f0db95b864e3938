import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { needs } from './needs.ts';
import { run, stop, temporary, until } from './run.ts';
import { carried, readBack } from './values.ts';

const hex = (text: string) => Buffer.from(text).toString('hex').toUpperCase();

function hash(password: string): string {
  const sha1 = (data: string | Buffer) => createHash('sha1').update(data).digest();
  return password === '' ? '' : `*${sha1(sha1(password)).toString('hex').toUpperCase()}`;
}

test('MariaDB reads back the exact literals, passwords and names', async () => {
  needs('/usr/sbin/mariadbd', '/usr/bin/mariadb-install-db', '/usr/bin/mariadb');
  const folder = temporary();
  const data = join(folder, 'data');
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  run('/usr/bin/mariadb-install-db', [
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--skip-name-resolve',
    ...user,
  ]);
  const socket = join(folder, 'socket');
  const server = spawn(
    '/usr/sbin/mariadbd',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--pid-file=${folder}/pid`,
      '--skip-networking',
      ...user,
    ],
    { stdio: 'ignore' },
  );
  onTestFinished(() => stop(server));
  await until('mariadbd', () => existsSync(socket));

  const literals = carried('mysql-literal');
  const passwords = literals.filter(({ value }) => value.length < 1000);
  const names = carried('mysql-identifier');
  const file = [
    'SET SESSION sql_mode = DEFAULT;',
    ...literals.map(({ text }) => `SELECT HEX(${text});`),
    "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES';",
    ...literals.map(({ text }) => `SELECT HEX(${text});`),
    "SET SESSION sql_mode = 'ANSI_QUOTES';",
    ...names.map(({ text }, index) => `CREATE DATABASE ${text} COMMENT 'n${index}';`),
    "SELECT HEX(schema_name) FROM information_schema.schemata WHERE schema_comment LIKE 'n%' ORDER BY CAST(SUBSTR(schema_comment, 2) AS INT);",
    ...passwords.map(({ text }, index) => `CREATE USER u${index}@localhost IDENTIFIED BY ${text};`),
    "SELECT authentication_string FROM mysql.user WHERE user LIKE 'u%' ORDER BY CAST(SUBSTR(user, 2) AS INT);",
  ];
  writeFileSync(join(folder, 'all.sql'), `${file.join('\n')}\n`);
  const options = [
    '--no-defaults',
    `--socket=${socket}`,
    '--user=root',
    '--default-character-set=utf8mb4',
    '-NB',
  ];
  const lines = run('/usr/bin/mariadb', options, `${file.join('\n')}\n`).split('\n');
  expect(lines.splice(0, literals.length)).toEqual(literals.map(({ value }) => hex(value)));
  // Without backslash escapes no value leaves its literal; it only keeps the backslashes it was given.
  const doubled = literals.map(({ value }) => hex(value.replaceAll('\\', '\\\\')));
  expect(lines.splice(0, literals.length)).toEqual(doubled);
  expect(lines.splice(0, names.length)).toEqual(names.map(({ value }) => hex(value)));
  expect(lines.splice(0, passwords.length)).toEqual(passwords.map(({ value }) => hash(value)));
  readBack('mysql-literal', 'MariaDB', literals.length);
  readBack('mysql-identifier', 'MariaDB', names.length);
}, 300_000);

test('the option file reader reads back the exact values', () => {
  needs('/usr/bin/my_print_defaults');
  const file = join(temporary(), 'my.cnf');
  const values = carried('mysql-option-file');
  writeFileSync(file, `[client]\n${values.map(({ text }, index) => `k${index}=${text}\n`).join('')}end=1\n`);
  const read = run('/usr/bin/my_print_defaults', [`--defaults-file=${file}`, 'client']);
  expect(read).toBe(`${values.map(({ value }, index) => `--k${index}=${value}\n`).join('')}--end=1\n`);
  readBack('mysql-option-file', 'my_print_defaults', values.length);
});
