/** Unix user, database, packages and configuration (source lines 37–131). */
import type { Operation } from '../../../src/guide/kinds.ts';
import type { Chapter } from '../../../src/guide/types.ts';
import { only } from '../../shared/conditions.ts';
import { administered, asked } from '../../shared/database.ts';
import { onMysql, onPostgresql } from '../editions.ts';
import { ask, build, byPerson, isDatabaseHere, isOwnUser } from '../questions.ts';

const { step, check, checklist, directory, file, packages, sqlDatabase, sqlGrant, sqlMode, sqlUser, unixUser } = build;

const createUser = step('unix-user', {
  title: { fr: 'Utilisateur Unix', en: 'Unix user' },
  source: [
    [37, 37],
    [39, 45],
  ],
  do: [packages({ names: ['adduser'] }), unixUser({ name: 'pretix', home: '/var/pretix' })],
});

const homeMode = step('home-mode', {
  title: {
    fr: 'Laisser le serveur web traverser /var/pretix',
    en: 'Let the web server pass through /var/pretix',
  },
  source: [[43, 43]],
  errata: ['E-home'],
  do: [directory({ path: '/var/pretix', mode: '0711', owner: 'pretix:pretix' })],
});

const answers = { host: 'BDD_HOST', port: 'BDD_PORT', by: 'DB_ADMIN' } as const;
export const mysqlServer = administered('mysql', answers);
export const postgresqlServer = administered('postgresql', answers);

const application = {
  host: '%BDD_HOST%',
  port: '%BDD_PORT%',
  user: '%BDD_USER%',
  database: 'pretix',
  password: '%BDD_PASSWORD%',
};

/** Where the account connects from, as the server sees it. */
const from = {
  by: 'BDD_HOST',
  of: { localhost: 'localhost', '127.0.0.1': 'localhost', '::1': 'localhost', '': '%SOURCE%' },
};

export const isAdministered = { not: byPerson('DB_ADMIN') };

const dbUser = step('db-user', {
  title: { fr: 'Compte SQL de Pretix', en: 'SQL account of Pretix' },
  source: [[58, 58]],
  errata: ['E-grantuser'],
  when: isAdministered,
  do: [
    sqlUser({
      when: { all: [onMysql, isOwnUser] },
      server: mysqlServer,
      name: '%BDD_USER%',
      from,
      password: '%BDD_PASSWORD%',
    }),
    sqlUser({ when: onPostgresql, server: postgresqlServer, name: '%BDD_USER%', password: '%BDD_PASSWORD%' }),
  ],
});

const dbCreate = step('db-create', {
  title: { fr: 'Créer la base pretix', en: 'Create the database pretix' },
  source: [[47, 51]],
  when: isAdministered,
  do: [
    sqlDatabase({
      when: onMysql,
      server: mysqlServer,
      name: 'pretix',
      charset: 'utf8mb4',
      collation: 'utf8mb4_unicode_ci',
    }),
    sqlDatabase({ when: onPostgresql, server: postgresqlServer, name: 'pretix', owner: '%BDD_USER%' }),
  ],
});

const dbSqlMode = step('db-sqlmode', {
  title: { fr: 'sql_mode sans ONLY_FULL_GROUP_BY', en: 'sql_mode without ONLY_FULL_GROUP_BY' },
  why: {
    fr: 'Le réglage vaut pour tout le serveur, donc aussi pour K-Sup ; MariaDB est déjà réglé ainsi.',
    en: 'The setting is for the whole server, K-Sup included; MariaDB is set so already.',
  },
  source: [[53, 55]],
  when: { all: [onMysql, isAdministered] },
  do: [
    sqlMode({
      server: mysqlServer,
      without: 'ONLY_FULL_GROUP_BY',
      dropIn: '/etc/mysql/conf.d/pretix-sqlmode.cnf',
    }),
  ],
});

const dbGrant = step('db-grant', {
  title: { fr: 'Droits sur la base', en: 'Rights on the database' },
  source: [[58, 67]],
  when: { all: [onMysql, isAdministered] },
  do: [
    sqlGrant({
      server: mysqlServer,
      database: 'pretix',
      user: '%BDD_USER%',
      from,
      privileges: [
        'INDEX',
        'DELETE',
        'CREATE',
        'DROP',
        'ALTER',
        'LOCK TABLES',
        'SELECT',
        'INSERT',
        'UPDATE',
        'TRIGGER',
        'ALTER ROUTINE',
        'CREATE ROUTINE',
        'EXECUTE',
        'REFERENCES',
      ],
    }),
  ],
});

const account = "'%BDD_USER%'@'%SOURCE%'";
const localAccount = "'%BDD_USER%'@'localhost'";
const rights =
  'INDEX, DELETE, CREATE, DROP, ALTER, LOCK TABLES, SELECT, INSERT, UPDATE, TRIGGER, ALTER ROUTINE, CREATE ROUTINE, EXECUTE, REFERENCES';
const isRemote = { not: isDatabaseHere };

/** The person's administrator works from these lines; where we have the rights, the operations above do the same. */
const dbByPerson = step('db-by-person', {
  title: { fr: 'Base créée par son administrateur', en: 'Database made by its administrator' },
  source: [[47, 67]],
  when: byPerson('DB_ADMIN'),
  do: [
    checklist({
      name: 'db-by-person',
      items: [
        {
          id: 'db-by-administrator',
          text: {
            fr: 'Faire exécuter ce SQL par l’administrateur du serveur %BDD_HOST% ; l’assistant se connecte ensuite lui-même pour le vérifier.',
            en: 'Have this SQL run by the administrator of the server %BDD_HOST%; the wizard then signs in itself to verify it.',
          },
          fields: [
            {
              label: 'SQL 1',
              value: 'CREATE DATABASE pretix DEFAULT CHARACTER SET utf8mb4 DEFAULT COLLATE utf8mb4_unicode_ci;',
              when: onMysql,
            },
            {
              label: 'SQL 2',
              value: `CREATE USER ${account} IDENTIFIED BY '%BDD_PASSWORD%';`,
              when: { all: [onMysql, isOwnUser, isRemote] },
            },
            {
              label: 'SQL 2',
              value: `CREATE USER ${localAccount} IDENTIFIED BY '%BDD_PASSWORD%';`,
              when: { all: [onMysql, isOwnUser, isDatabaseHere] },
            },
            {
              label: 'SQL 3',
              value: `GRANT ${rights} ON pretix.* TO ${account};`,
              when: { all: [onMysql, isRemote] },
            },
            {
              label: 'SQL 3',
              value: `GRANT ${rights} ON pretix.* TO ${localAccount};`,
              when: { all: [onMysql, isDatabaseHere] },
            },
            {
              label: 'SQL 1',
              value: `CREATE ROLE "%BDD_USER%" LOGIN PASSWORD '%BDD_PASSWORD%';`,
              when: onPostgresql,
            },
            {
              label: 'SQL 2',
              value: `CREATE DATABASE pretix OWNER "%BDD_USER%" ENCODING 'UTF8' TEMPLATE template0;`,
              when: onPostgresql,
            },
          ],
          when: onMysql,
          proof: asked('mysql', application, 'SELECT @@character_set_database', { equals: 'utf8mb4' }),
        },
      ],
    }),
  ],
});

const dbLogin: readonly Operation[] = [
  ...only(onMysql, [
    check({
      name: 'db-login',
      probe: asked('mysql', application, 'SELECT @@character_set_database', { equals: 'utf8mb4' }),
      level: 'stop',
      say: {
        fr: 'Le compte %BDD_USER% ne peut pas se servir de la base pretix (en utf8mb4) : vérifiez son mot de passe, ses droits et le serveur, puis réessayez.',
        en: 'The account %BDD_USER% cannot use the database pretix (in utf8mb4): check its password, its rights and the server, then retry.',
      },
    }),
    check({
      name: 'db-sqlmode',
      when: byPerson('DB_ADMIN'),
      probe: asked('mysql', application, 'SELECT @@GLOBAL.sql_mode', { lacks: 'ONLY_FULL_GROUP_BY' }),
      level: 'stop',
      say: {
        fr: 'Le sql_mode du serveur contient ONLY_FULL_GROUP_BY : son administrateur doit l’en retirer, dans sa configuration aussi.',
        en: 'The server’s sql_mode holds ONLY_FULL_GROUP_BY: its administrator has to take it out, in its configuration too.',
      },
    }),
  ]),
  ...only(onPostgresql, [
    check({
      name: 'db-login',
      probe: asked('postgresql', application, 'SHOW server_encoding', { equals: 'UTF8' }),
      level: 'stop',
      say: {
        fr: 'Le compte %BDD_USER% ne peut pas se servir de la base pretix (en UTF8) : vérifiez son mot de passe, pg_hba.conf et le serveur, puis réessayez.',
        en: 'The account %BDD_USER% cannot use the database pretix (in UTF8): check its password, pg_hba.conf and the server, then retry.',
      },
    }),
  ]),
];
export { application, ask, dbByPerson, dbCreate, dbGrant, dbLogin, dbSqlMode, dbUser, createUser, homeMode, file };
export const placeholder: Chapter | undefined = undefined;
