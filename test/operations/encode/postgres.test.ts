import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { needs, needsRoot } from './needs.ts';
import { readers, run, stop, temporary, until } from './run.ts';
import { carried, readBack } from './values.ts';

const bin = '/usr/lib/postgresql/15/bin';

const hexOf = (text: string): string => Buffer.from(text).toString('hex');

/** psql leaves out noncharacters of what it prints. */
const inHex = (column: string): string =>
  `(SELECT json_agg(encode(convert_to(one, 'UTF8'), 'hex')) FROM unnest(${column}) one)`;

test('PostgreSQL reads back the exact literals, names and pg_hba words', async () => {
  needs(`${bin}/postgres`, `${bin}/initdb`, `${bin}/psql`);
  needsRoot();
  const [uid, gid] = ['-u', '-g'].map((option) => Number(run('/usr/bin/id', [option, 'postgres'])));
  if (uid === undefined || gid === undefined) throw new Error('postgresql-15 makes the user postgres');
  const folder = temporary();
  chmodSync(folder, 0o755);
  chownSync(folder, uid, gid);
  const data = join(folder, 'data');
  const made = spawnSync(
    `${bin}/initdb`,
    ['-D', data, '--no-sync', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-U', 'postgres'],
    { uid, gid, cwd: folder, encoding: 'utf8' },
  );
  expect(made.stderr + (made.status === 0 ? '' : made.stdout)).not.toContain('error');
  const server = spawn(`${bin}/postgres`, ['-D', data, '-F', '-c', 'listen_addresses=', '-k', folder], {
    uid,
    gid,
    cwd: folder,
    stdio: 'ignore',
  });
  onTestFinished(() => stop(server, 'SIGQUIT'));
  const ask = (sql: string) => {
    const options = ['-h', folder, '-U', 'postgres', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-f', '-'];
    return run(`${bin}/psql`, options, sql, { ...process.env, PGCLIENTENCODING: 'UTF8' }).split('\n');
  };
  await until('postgres', () => {
    return (
      existsSync(join(folder, '.s.PGSQL.5432')) && spawnSync(`${bin}/pg_isready`, ['-h', folder]).status === 0
    );
  });

  const literals = carried('pg-literal');
  const names = carried('pg-identifier').filter(({ value }) => !value.startsWith('pg_'));
  const words = carried('pg-hba');
  const select = literals.map(({ text }) => `SELECT encode(convert_to(${text}, 'UTF8'), 'hex');`);
  const hba = words.map(({ text }) => `local ${text},${text} ${text} reject`);
  writeFileSync(join(data, 'pg_hba.conf'), `${hba.join('\n')}\nlocal all all trust\n`);
  const lines = ask(
    [
      ...select,
      'SET standard_conforming_strings = off; SET escape_string_warning = off;',
      ...select,
      'SET standard_conforming_strings = on;',
      ...names.map(({ text }) => `CREATE ROLE ${text};`),
      "SELECT encode(convert_to(rolname::text, 'UTF8'), 'hex') FROM pg_roles WHERE oid >= 16384 ORDER BY oid;",
      `SELECT json_build_object('database', ${inHex('database')}, 'user', ${inHex('user_name')}, 'error', error) FROM pg_hba_file_rules;`,
    ].join('\n'),
  );
  const hex = literals.map(({ value }) => Buffer.from(value).toString('hex'));
  expect(lines.splice(0, literals.length)).toEqual(hex);
  expect(lines.splice(0, literals.length)).toEqual(hex);
  expect(lines.splice(0, names.length)).toEqual(names.map(({ value }) => Buffer.from(value).toString('hex')));
  expect(lines.splice(0, words.length).map((line) => JSON.parse(line))).toEqual(
    words.map(({ value }) => ({ database: [hexOf(value), hexOf(value)], user: [hexOf(value)], error: null })),
  );
  expect(lines.splice(0, 1)).toEqual([
    `{"database" : ["${hexOf('all')}"], "user" : ["${hexOf('all')}"], "error" : null}`,
  ]);
  readBack('pg-literal', 'PostgreSQL', literals.length);
  readBack('pg-identifier', 'PostgreSQL', names.length);
  readBack('pg-hba', 'PostgreSQL', words.length);
}, 300_000);

test('libpq takes the exact values from .pgpass, as a user and as a password', () => {
  needs('/usr/bin/python3', '/usr/lib/x86_64-linux-gnu/libpq.so.5');
  const folder = temporary();
  const all = carried('pgpass');
  // Each look-up reads the whole file.
  for (let from = 0; from < all.length; from += 250) {
    const values = all.slice(from, from + 250);
    const file = join(folder, String(from));
    const users = values.map(({ value }) => value);
    const lines = [
      ...values.map(({ text }, index) => `*:*:*:password${index}:${text}`),
      ...values.map(({ text }, index) => `*:*:*:${text}:of user ${index}`),
    ];
    writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
    const asked = { file, users: [...users.map((_, index) => `password${index}`), ...users] };
    const read = JSON.parse(run('/usr/bin/python3', [join(readers, 'passfile.py')], JSON.stringify(asked)));
    expect(read).toEqual([...users, ...users.map((_, index) => `of user ${index}`)]);
  }
  readBack('pgpass', 'libpq', all.length);
}, 120_000);
