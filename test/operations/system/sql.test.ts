import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isAscii, scramVerifier } from '../../../src/operations/shared/scram.ts';
import { sqlDatabase } from '../../../src/operations/sql-database.ts';
import { sqlDump } from '../../../src/operations/sql-dump.ts';
import { grantPattern, missingOf, sqlGrant } from '../../../src/operations/sql-grant.ts';
import { sqlMode, withoutWord } from '../../../src/operations/sql-mode.ts';
import { sqlUser } from '../../../src/operations/sql-user.ts';
import type { Op } from '../../../src/operations/verbs.ts';
import { type TestOptions, testContext } from '../context.ts';
import { type Paper, paperHost } from './machine.ts';

const mysql = { engine: 'mysql', host: 'localhost', login: 'socket' } as const;
const pg = { engine: 'postgresql', host: 'localhost', login: 'socket' } as const;
const database: Op<'sql-database'> = {
  kind: 'sql-database',
  server: mysql,
  name: 'pretix',
  charset: 'utf8mb4',
};

type Reply = readonly [pattern: RegExp, answer: string];

/** A server that answers by what the SQL looks like. */
function server(...replies: Reply[]): Paper {
  const answer = ({ stdin = '' }: { readonly stdin?: string }) =>
    replies.find(([pattern]) => pattern.test(stdin))?.[1] ?? '';
  return { programs: { mariadb: answer, mysql: answer, psql: answer }, files: { '/usr/bin/mariadb': 'x' } };
}

const context = (paper: Paper, options: TestOptions = {}) =>
  testContext({ host: paperHost(paper), ...options });
const absent: Paper = {};
const refused: Paper = {
  programs: {
    mysql: { code: 1, stderr: "ERROR 1698 (28000): Access denied for user 'x'@'localhost'" },
    'id -u': '1000\n',
  },
};
const silent: Paper = {
  programs: { mysql: { code: 1, stderr: "ERROR 2002 (HY000): Can't connect to server" } },
};

describe('a database', () => {
  async function difference(paper: Paper, options?: TestOptions) {
    const there = await context(paper, options);
    return sqlDatabase.diff(database, await sqlDatabase.inspect(database, there), there);
  }
  const created = {
    change: 'change',
    diff: '+ CREATE DATABASE IF NOT EXISTS `pretix` DEFAULT CHARACTER SET utf8mb4;',
  };
  const full = server(
    [/schemata WHERE schema_name.*;\n$/s, 'utf8mb4\tutf8mb4_unicode_ci\n'],
    [/COUNT/, '113\n'],
  );
  const empty = server(
    [/schemata WHERE schema_name.*;\n$/s, 'utf8mb4\tutf8mb4_unicode_ci\n'],
    [/COUNT/, '0\n'],
  );

  test('is to be created while there is no client, no server, or no such database', async () => {
    expect(await difference(absent)).toEqual(created);
    expect(await difference(silent)).toEqual(created);
    expect(await difference(server())).toEqual(created);
  });

  test('cannot be told without root where root is needed', async () => {
    await expect(difference(refused)).rejects.toMatchObject({ code: 'needs-root' });
  });

  test('is adopted when it is empty', async () => {
    expect(await difference(empty)).toEqual({ change: 'none' });
  });

  test('that holds tables is refused, unless a run of ours made it', async () => {
    await expect(difference(full)).rejects.toMatchObject({ code: 'refused-existing' });
    expect(await difference(full, { recorded: { 'mysql:db/pretix': { exists: true } } })).toEqual({
      change: 'none',
    });
  });

  test('that a person makes is shown as SQL', async () => {
    const there = await context(absent);
    const op = { ...database, doneBy: 'person' };
    const shown = sqlDatabase.diff(op, await sqlDatabase.inspect(op, there), there);
    expect(shown).toMatchObject({
      change: 'person',
      commands: [['CREATE DATABASE IF NOT EXISTS `pretix` DEFAULT CHARACTER SET utf8mb4;']],
    });
  });

  test('that was there is never dropped by undo', async () => {
    const host = paperHost(full);
    const before = { existed: true, properties: { charset: 'utf8mb4' } };
    await sqlDatabase.undo(database, before, await testContext({ host }));
    expect(JSON.stringify(host.done)).not.toContain('DROP');
  });

  test.each([
    ['Debian', mysql, '/usr/sbin/mariadbd'],
    ['Debian', pg, '/usr/bin/pg_ctlcluster'],
    ['Red Hat', mysql, '/usr/libexec/mariadbd'],
    ['Red Hat', pg, '/usr/bin/postgres'],
  ])('of %s’s server that stands still is not taken for gone', async (_, where, program) => {
    const code = { code: 2, stderr: 'ERROR 2002 (HY000): connection failed: Connection refused' };
    const programs = { mysql: code, psql: code };
    const undo = async (files: Paper['files'] = {}) => {
      const there = await testContext({ host: paperHost({ programs, files }), purpose: 'undo' });
      return sqlDatabase.undo({ ...database, server: where }, { existed: false }, there);
    };
    await expect(undo({ [program]: 'x' })).rejects.toMatchObject({ code: 'cannot-look' });
    expect(await undo()).toEqual({});
  });

  test('is not dropped by undo when its dump fails', async () => {
    const host = paperHost({ ...full, programs: { ...full.programs, sh: { code: 2, stderr: 'disk full' } } });
    const undo = sqlDatabase.undo(database, { existed: false }, await testContext({ host }));
    await expect(undo).rejects.toMatchObject({ code: 'command-failed' });
    expect(JSON.stringify(host.done)).not.toContain('DROP');
  });

  test('is not dropped by undo when its dump does not end as a whole dump does', async () => {
    const host = paperHost({ ...full, programs: { ...full.programs, sh: '', tail: 'CREATE TABLE' } });
    const undo = sqlDatabase.undo(database, { existed: false }, await testContext({ host }));
    await expect(undo).rejects.toMatchObject({ code: 'command-failed' });
    expect(JSON.stringify(host.done)).not.toContain('DROP');
  });
});

describe('an account', () => {
  const op: Op<'sql-user'> = {
    kind: 'sql-user',
    server: mysql,
    name: "o'brien",
    from: 'localhost',
    password: '%PW%',
  };
  const secrets = { PW: "s3cret'\\" };

  test('is created with its password on standard input only', async () => {
    const host = paperHost(server());
    const there = await testContext({ host, secrets });
    await sqlUser.apply(op, await sqlUser.inspect(op, there), there);
    expect(host.done[0]?.stdin).toContain(
      "CREATE USER IF NOT EXISTS 'o''brien'@'localhost' IDENTIFIED BY 's3cret''\\\\';",
    );
    expect(host.done[0]?.argv).not.toContain('s3cret');
  });

  test('does not show its password in the difference', async () => {
    const there = await context(server(), { secrets });
    const shown = sqlUser.diff(op, await sqlUser.inspect(op, there), there);
    expect(JSON.stringify(shown)).not.toContain('s3cret');
    expect(shown).toMatchObject({ diff: expect.stringContaining('••••••••') });
  });

  test('gets its password again when signing in with it is refused', async () => {
    const paper = server([/mysql\.user/, '1\n']);
    const signIn = { code: 1, stderr: "ERROR 1045 (28000): Access denied for user 'o'" };
    const there = await context(
      { ...paper, programs: { ...paper.programs, 'mariadb --defaults-file': signIn } },
      { secrets },
    );
    const shown = sqlUser.diff(op, await sqlUser.inspect(op, there), there);
    expect(shown).toMatchObject({ change: 'change', diff: expect.stringContaining('ALTER USER') });
  });

  test.each([
    ['password', 'change'],
    ['Ident', 'none'],
    ['Peer', 'none'],
  ])('of PostgreSQL that fails by “%s authentication” there: %s', async (way, change) => {
    const role: Op<'sql-user'> = { kind: 'sql-user', server: pg, name: 'app', password: '%PW%' };
    const stderr = `psql: error: FATAL:  ${way} authentication failed for user "app"`;
    const psql = ({ stdin = '' }: { readonly stdin?: string }) =>
      /pg_roles/.test(stdin) ? '1\n' : { code: 2, stderr };
    const there = await context({ programs: { psql } }, { secrets });
    expect(sqlUser.diff(role, await sqlUser.inspect(role, there), there)).toMatchObject({ change });
  });

  test('is as it should be when signing in works', async () => {
    const there = await context(server([/mysql\.user/, '1\n'], [/SELECT 1;/, '1\n']), { secrets });
    expect(sqlUser.diff(op, await sqlUser.inspect(op, there), there)).toEqual({ change: 'none' });
  });

  test('that was there gets its former password back from its hash', async () => {
    const host = paperHost(
      server(
        [/mysql\.user/, '1\n'],
        [/SHOW CREATE USER/, "CREATE USER `o`@`localhost` IDENTIFIED BY PASSWORD '*AB'\n"],
      ),
    );
    const there = await testContext({ host, secrets });
    const before = await sqlUser.capture(op, { by: 'wizard', exists: true, signsIn: false }, there);
    expect(JSON.stringify(before)).not.toContain('*AB');
    await sqlUser.undo(op, before, there);
    expect(host.done.at(-1)?.stdin).toContain("ALTER USER `o`@`localhost` IDENTIFIED BY PASSWORD '*AB';");
  });

  test('of PostgreSQL is sent as the hash that its server keeps', async () => {
    const host = paperHost(server());
    const there = await testContext({ host, secrets });
    const role: Op<'sql-user'> = { kind: 'sql-user', server: pg, name: 'app', password: '%PW%' };
    await sqlUser.apply(role, await sqlUser.inspect(role, there), there);
    expect(host.done[0]).toMatchObject({
      as: 'postgres',
      stdin: expect.stringContaining('CREATE ROLE "app" LOGIN PASSWORD \'SCRAM-SHA-256$4096:'),
    });
    expect(host.done[0]?.stdin).not.toContain('s3cret');
  });
});

test('the hash of a PostgreSQL password is the one that its server computes', () => {
  const salt = Buffer.from('0123456789abcdef');
  const salted = pbkdf2Sync('pencil', salt, 4096, 32, 'sha256');
  const key = (text: string) => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(key('Client Key')).digest('base64');
  expect(scramVerifier('pencil', salt)).toBe(
    `SCRAM-SHA-256$4096:${salt.toString('base64')}$${stored}:${key('Server Key').toString('base64')}`,
  );
  expect([isAscii('abc %;'), isAscii('é'), isAscii('')]).toEqual([true, false, false]);
});

describe('rights', () => {
  const op: Op<'sql-grant'> = {
    kind: 'sql-grant',
    server: mysql,
    database: 'my_db',
    user: 'ksup-admin',
    from: '%',
    privileges: ['SELECT', 'Insert', 'LOCK TABLES'],
  };

  test('are asked for only where they are missing, on that very database', async () => {
    const there = await context(server([/mysql\.user/, '1\n'], [/schema_privileges/, 'SELECT\nDELETE\n']));
    expect(sqlGrant.diff(op, await sqlGrant.inspect(op, there), there)).toEqual({
      change: 'change',
      diff: "+ GRANT INSERT, LOCK TABLES ON `my\\_db`.* TO 'ksup-admin'@'%';",
    });
  });

  test('are revoked by undo only where they were not there before', async () => {
    const host = paperHost(
      server([/mysql\.user/, '1\n'], [/schema_privileges/, 'SELECT\nINSERT\nLOCK TABLES\nDELETE\n']),
    );
    await sqlGrant.undo(op, { granted: ['SELECT'] }, await testContext({ host }));
    expect(host.done.map(({ stdin }) => stdin?.split('\n')[1])).toEqual([
      "REVOKE INSERT, LOCK TABLES ON `my\\_db`.* FROM 'ksup-admin'@'%';",
    ]);
  });

  test('are not given to an account that is not there', async () => {
    const host = paperHost(server());
    const there = await testContext({ host });
    const apply = async () => sqlGrant.apply(op, await sqlGrant.inspect(op, there), there);
    await expect(apply()).rejects.toMatchObject({ code: 'check-failed' });
    expect(host.done).toEqual([]);
  });

  test('have names in which `_` is no pattern', () => {
    expect(grantPattern('a_b%c')).toBe('a\\_b\\%c');
  });

  test.each([
    [['ALL PRIVILEGES'], ['SELECT'], ['ALL PRIVILEGES']],
    [
      ['all'],
      [
        'SELECT',
        'INSERT',
        'UPDATE',
        'DELETE',
        'CREATE',
        'DROP',
        'ALTER',
        'INDEX',
        'REFERENCES',
        'TRIGGER',
        'EVENT',
      ],
      [],
    ],
    [['SELECT'], [], ['SELECT']],
  ])('%j with %j lack %j', (privileges, granted, missing) => {
    expect(missingOf({ privileges, server: mysql }, granted)).toEqual(missing);
  });
});

describe('a sql_mode', () => {
  const op: Op<'sql-mode'> = {
    kind: 'sql-mode',
    server: mysql,
    without: 'ONLY_FULL_GROUP_BY',
    dropIn: '/etc/mysql/conf.d/x.cnf',
  };

  test.each([
    ['ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES', 'STRICT_TRANS_TABLES'],
    ['STRICT_TRANS_TABLES', 'STRICT_TRANS_TABLES'],
    ['ONLY_FULL_GROUP_BY', ''],
  ])('%s becomes %s', (mode, rest) => {
    expect(withoutWord(mode, 'ONLY_FULL_GROUP_BY')).toBe(rest);
  });

  test('without the word is left alone', async () => {
    const there = await context(server([/sql_mode;/, 'STRICT_TRANS_TABLES\n']));
    expect(sqlMode.diff(op, await sqlMode.inspect(op, there), there)).toEqual({ change: 'none' });
  });

  test('is unknown while there is no server', async () => {
    const there = await context(absent);
    expect(sqlMode.diff(op, await sqlMode.inspect(op, there), there)).toMatchObject({ change: 'unknown' });
  });

  test('of a server elsewhere is for a person', async () => {
    const there = await context(server([/sql_mode;/, 'ONLY_FULL_GROUP_BY,X\n']));
    const remote = { ...op, server: { ...mysql, host: 'db.test' } };
    expect(sqlMode.diff(remote, await sqlMode.inspect(remote, there), there)).toMatchObject({
      change: 'person',
      commands: [["SET GLOBAL sql_mode='X';"]],
    });
  });
});

describe('a dump', () => {
  const op: Op<'sql-dump'> = { kind: 'sql-dump', server: mysql, database: 'pretix' };

  test('has nothing to do for a database that is not there, or holds no table', async () => {
    for (const paper of [absent, server(), server([/schemata/, '1\n'], [/COUNT/, '0\n'])]) {
      const there = await context(paper);
      expect(sqlDump.diff(op, await sqlDump.inspect(op, there), there)).toEqual({ change: 'none' });
    }
  });

  const full = server([/schemata/, '1\n'], [/COUNT/, '3\n']);

  test('is to be made of one that holds tables, and is not asked for when only verifying', async () => {
    const there = await context(full, { purpose: 'plan' });
    expect(sqlDump.diff(op, await sqlDump.inspect(op, there), there)).toMatchObject({ change: 'change' });
    const later = await context(full, { purpose: 'verify' });
    expect(sqlDump.diff(op, await sqlDump.inspect(op, later), later)).toEqual({ change: 'none' });
  });

  test('counts only while it is fresh and whole', async () => {
    const host = paperHost(full);
    const there = await testContext({ host });
    const folder = (await there.keptPath('x')).replace(/\/x$/, '');
    const isDone = async () => (await sqlDump.inspect(op, there)).dumped;
    host.files.set(`${folder}/mysql-pretix-20260131-110000.sql`, '');
    host.files.set(`${folder}/mysql-pretix-20260131-115959.sql.partial`, '');
    host.files.set(`${folder}/mysql-pretix-other-20260131-115959.sql`, '');
    // Made before the clock was set back an hour: nobody knows how long ago.
    host.files.set(`${folder}/mysql-pretix-20260131-125500.sql`, '');
    expect(await isDone()).toBe(false);
    host.files.set(`${folder}/mysql-pretix-20260131-115500.sql`, '');
    expect(await isDone()).toBe(true);
  });
});

test('an administrator’s password goes to a file that only its reader can open', async () => {
  const written: string[] = [];
  const paper = server([/schemata/, '']);
  const host = paperHost(paper);
  const spy = {
    ...host,
    write: async (...args: Parameters<typeof host.write>) => {
      written.push(`${args[2].mode} ${args[1]}`);
      return host.write(...args);
    },
  };
  const there = await testContext({ host: spy, secrets: { ADMIN: 'to"p' } });
  const op = {
    ...database,
    server: { ...mysql, host: 'db.test', port: '3307', login: 'password', user: 'root', password: '%ADMIN%' },
  };
  await sqlDatabase.inspect(op, there);
  const file = written.find((text) => text.includes('[client]'));
  expect(file).toMatch(/^0600 /);
  expect(file).toContain('host="db.test"\nprotocol=tcp\nport="3307"\nuser="root"\npassword="to\\"p"');
});
