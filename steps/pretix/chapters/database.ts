/** Database (source lines 47–67). */
import type { Item, Probe } from '../../../src/guide/kinds.ts';
import type { Chapter, Cond } from '../../../src/guide/types.ts';
import { byPerson } from '../../shared/conditions.ts';
import { administered, asked } from '../../shared/database.ts';
import { onMysql, onPostgresql } from '../editions.ts';
import { build, isDatabaseHere, isOwnUser, isSharedHere } from '../questions.ts';

const { step, check, checklist, sqlDatabase, sqlGrant, sqlMode, sqlUser } = build;

const answers = { host: 'BDD_HOST', port: 'BDD_PORT', by: 'DB_ADMIN' } as const;
export const mysqlServer = administered('mysql', answers);
export const postgresqlServer = administered('postgresql', answers);

/** The wizard administers the database, here or elsewhere. */
export const isAdministered: Cond = { not: byPerson('DB_ADMIN') };

/** Where the account connects from, as the server sees it. */
const from = {
  by: 'BDD_HOST',
  of: { localhost: 'localhost', '127.0.0.1': 'localhost', '::1': 'localhost', '': '%SOURCE%' },
} as const;

const charset = 'utf8mb4';
const collation = 'utf8mb4_unicode_ci';
const privileges = [
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
] as const;

const dbUser = step('db-user', {
  title: { fr: 'Compte SQL de Pretix', en: 'Pretix’s SQL account' },
  source: [[58, 58]],
  says: 'Si vous souhaitez utiliser le même utilisateur que pour K-Sup, il faut donner les droits…',
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
  says: 'mysql > CREATE DATABASE pretix DEFAULT CHARACTER SET utf8mb4 DEFAULT COLLATE utf8mb4_unicode_ci ;',
  when: isAdministered,
  do: [
    sqlDatabase({ when: onMysql, server: mysqlServer, name: 'pretix', charset, collation }),
    sqlDatabase({ when: onPostgresql, server: postgresqlServer, name: 'pretix', owner: '%BDD_USER%' }),
  ],
});

const dbSqlMode = step('db-sqlmode', {
  title: { fr: 'sql_mode sans ONLY_FULL_GROUP_BY', en: 'sql_mode without ONLY_FULL_GROUP_BY' },
  why: {
    fr: 'Le réglage vaut pour tout le serveur, donc aussi pour K-Sup\u00a0; MariaDB est déjà réglé ainsi.',
    en: 'The setting is for the whole server, K-Sup included; MariaDB already has it.',
  },
  source: [[53, 55]],
  says: "…la propriété sql_mode de la base de données n'inclut pas ONLY_FULL_GROUP_BY.",
  when: { all: [onMysql, isAdministered] },
  do: [
    sqlMode({
      server: mysqlServer,
      without: 'ONLY_FULL_GROUP_BY',
      dropIn: '/etc/mysql/conf.d/pretix-sqlmode.cnf',
    }),
  ],
});

const grant = { server: mysqlServer, database: 'pretix', user: '%BDD_USER%', privileges } as const;

const dbGrant = step('db-grant', {
  title: { fr: 'Droits sur la base', en: 'Rights on the database' },
  source: [[58, 67]],
  says: "-- Attribution des droits à l'utilisateur ksup-admin à la base de données Pretix",
  when: { all: [onMysql, isAdministered] },
  do: [
    sqlGrant({ when: { not: isSharedHere }, ...grant, from }),
    sqlGrant({ when: isSharedHere, ...grant, from: '%SOURCE_HERE%' }),
  ],
});

const application = {
  host: '%BDD_HOST%',
  port: '%BDD_PORT%',
  user: '%BDD_USER%',
  database: 'pretix',
  password: '%BDD_PASSWORD%',
};
const onMysqlReady = asked('mysql', application, 'SELECT @@character_set_database', { equals: charset });
const onPostgresqlReady = asked('postgresql', application, 'SHOW server_encoding', { equals: 'UTF8' });

/** What the administrator of the database runs, line by line. */
function sqlByPerson(id: string, when: Cond, lines: readonly string[], proof: Probe): Item {
  return {
    id,
    when,
    text: {
      fr: 'Faire exécuter ce SQL par l’administrateur du serveur %BDD_HOST%\u00a0; l’assistant s’y connecte ensuite pour le vérifier.',
      en: 'Have this SQL run by the administrator of the server %BDD_HOST%; the wizard then signs in there to verify it.',
    },
    fields: lines.map((value, index) => ({ label: `SQL ${index + 1}`, value })),
    proof,
  };
}

const createMysql = `CREATE DATABASE pretix DEFAULT CHARACTER SET ${charset} DEFAULT COLLATE ${collation};`;
const grantTo = (source: string) => `GRANT ${privileges.join(', ')} ON pretix.* TO '%BDD_USER%'@'${source}';`;
const mysqlLines = (source: string) => [
  createMysql,
  `CREATE USER '%BDD_USER%'@'${source}' IDENTIFIED BY '%BDD_PASSWORD%';`,
  grantTo(source),
];
const isRemote: Cond = { not: isDatabaseHere };
const isShared: Cond = { all: [onMysql, { not: isOwnUser }] };
const isOwnMysql: Cond = { all: [onMysql, isOwnUser] };

const dbByPerson = step('db-by-person', {
  title: { fr: 'Base créée par son administrateur', en: 'Database created by its administrator' },
  source: [[47, 67]],
  says: 'Création du schéma pretix sur la base de données K-Sup.…',
  when: byPerson('DB_ADMIN'),
  do: [
    checklist({
      name: 'db-by-person',
      items: [
        sqlByPerson(
          'db-by-administrator',
          { all: [isOwnMysql, isRemote] },
          mysqlLines('%SOURCE%'),
          onMysqlReady,
        ),
        sqlByPerson(
          'db-by-administrator-here',
          { all: [isOwnMysql, isDatabaseHere] },
          mysqlLines('localhost'),
          onMysqlReady,
        ),
        sqlByPerson(
          'db-by-administrator-shared',
          { all: [isShared, isRemote] },
          [createMysql, grantTo('%SOURCE%')],
          onMysqlReady,
        ),
        sqlByPerson(
          'db-by-administrator-shared-here',
          { all: [isShared, isDatabaseHere] },
          [createMysql, grantTo('%SOURCE_HERE%')],
          onMysqlReady,
        ),
        sqlByPerson(
          'db-by-administrator-postgresql',
          onPostgresql,
          [
            `CREATE ROLE "%BDD_USER%" LOGIN PASSWORD '%BDD_PASSWORD%';`,
            `CREATE DATABASE pretix OWNER "%BDD_USER%" ENCODING 'UTF8' TEMPLATE template0;`,
          ],
          onPostgresqlReady,
        ),
      ],
    }),
  ],
});

const cannotUse = {
  fr: 'Le compte %BDD_USER% ne peut pas se servir de la base pretix\u00a0: vérifiez son mot de passe, ses droits et l’adresse du serveur, puis réessayez.',
  en: 'The account %BDD_USER% cannot use the database pretix: check its password, its rights and the address of the server, then try again.',
};

const dbLogin = step('db-login', {
  title: { fr: 'Essayer le compte de Pretix', en: 'Try Pretix’s account' },
  source: [[49, 55]],
  says: 'mysql > SELECT @@SQL_MODE;',
  needs: ['db-by-person'],
  do: [
    check({ name: 'db-login', when: onMysql, probe: onMysqlReady, level: 'stop', say: cannotUse }),
    check({ name: 'db-login', when: onPostgresql, probe: onPostgresqlReady, level: 'stop', say: cannotUse }),
    check({
      name: 'db-sqlmode',
      when: { all: [onMysql, byPerson('DB_ADMIN')] },
      probe: asked('mysql', application, 'SELECT @@GLOBAL.sql_mode', { lacks: 'ONLY_FULL_GROUP_BY' }),
      level: 'stop',
      say: {
        fr: 'Le sql_mode du serveur contient ONLY_FULL_GROUP_BY\u00a0: son administrateur doit l’en retirer, dans sa configuration aussi.',
        en: 'The server’s sql_mode holds ONLY_FULL_GROUP_BY: its administrator has to take it out, in its configuration too.',
      },
    }),
  ],
});

export const database: Chapter = {
  id: 'database',
  title: { fr: 'Base de données', en: 'Database' },
  steps: [dbUser, dbCreate, dbSqlMode, dbGrant, dbByPerson, dbLogin],
};
