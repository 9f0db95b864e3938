/** PostgreSQL: role, local access, database (source lines 39–53). */
import type { Probe } from '../../../src/guide/kinds.ts';
import type { Chapter, Cond } from '../../../src/guide/types.ts';
import { byPerson } from '../../shared/conditions.ts';
import { administered, asked, databasePackages } from '../../shared/database.ts';
import { asPostgres, byAdministrator, localAccess, tryTable } from '../../shared/postgresql.ts';
import { isDatabaseHere } from '../questions/database.ts';
import { build } from '../questions.ts';
import { byLayout } from '../releases.ts';

const { step, check, checklist, command, sqlDatabase, sqlUser } = build;

export const server = administered('postgresql', { host: 'DBHOST', port: 'DBPORT', by: 'DB_ADMIN' });
/** The wizard administers the database, here or elsewhere. */
export const isAdministered: Cond = { not: byPerson('DB_ADMIN') };
const isLocal: Cond = { answer: 'DB_ADMIN', is: ['socket'] };
const isByAccount: Cond = { answer: 'DB_ADMIN', is: ['password'] };

/** The resource key of the database: what is in it goes with it. */
export const databaseKey = 'pg:db/%DBNAME%';

const port = '%DBPORT%';

/** Django 4.2 needs 12; the guide asks for 9.5. */
const isRecentEnough = byLayout(
  "SELECT current_setting('server_version_num')::int >= 90500",
  "SELECT current_setting('server_version_num')::int >= 120000",
);
const tooOld = {
  fr: 'Ce serveur PostgreSQL est trop ancien\u00a0: OnTask 11.1 demande PostgreSQL 12, la 2.1.1 PostgreSQL 9.5. Indiquez un autre serveur (réponses DBHOST et DBPORT).',
  en: 'This PostgreSQL server is too old: OnTask 11.1 needs PostgreSQL 12, 2.1.1 needs PostgreSQL 9.5. Name another server (answers DBHOST and DBPORT).',
};

const install = step('pg-install', {
  title: { fr: 'Installer PostgreSQL', en: 'Install PostgreSQL' },
  source: [[39, 41]],
  says: '1. Download and install `postgresql `_.',
  do: [
    ...databasePackages('postgresql', isDatabaseHere),
    check({
      when: isLocal,
      name: 'pg-version',
      probe: { ...asPostgres(port, isRecentEnough), equals: 't' },
      level: 'stop',
      say: tooOld,
    }),
  ],
});

const name = "rolname = '%PSQLUSERNAME%'";
const mayCreate = `SELECT rolcreatedb AND NOT rolcreaterole AND NOT rolsuper FROM pg_roles WHERE ${name}`;
const grant = 'ALTER ROLE "%PSQLUSERNAME%" NOSUPERUSER NOCREATEROLE CREATEDB';
const revoke = `DO $$BEGIN IF EXISTS (SELECT FROM pg_roles WHERE ${name}) THEN ALTER ROLE "%PSQLUSERNAME%" NOCREATEDB; END IF; END$$`;

const mayCreateOnly = {
  fr: 'Créer des bases, oui\u00a0; des rôles, non.',
  en: 'It may create databases, and no roles.',
};

const administrator = {
  host: '%DBHOST%',
  port: '%DBPORT%',
  user: '%DB_ADMIN_USER%',
  database: 'postgres',
  password: '%DB_ADMIN_PASSWORD%',
};

const role = step('pg-role', {
  title: { fr: 'Créer le rôle d’OnTask', en: 'Create the role of OnTask' },
  source: [[42, 44]],
  says: 'define a password for the user (use ``createuser --interactive -W``).',
  errata: ['E3'],
  when: isAdministered,
  do: [
    sqlUser({ server, name: '%PSQLUSERNAME%', password: '%PSQLPWD%' }),
    command({
      when: isLocal,
      name: 'pg-role-rights',
      ...asPostgres(port, grant),
      done: { ...asPostgres(port, mayCreate), equals: 't' },
      undo: asPostgres(port, revoke),
      why: mayCreateOnly,
    }),
    command({
      when: isByAccount,
      name: 'pg-role-rights',
      ...asked('postgresql', administrator, grant),
      done: asked('postgresql', administrator, mayCreate, { equals: 't' }),
      undo: { with: 'pg:role/%PSQLUSERNAME%' },
      why: mayCreateOnly,
    }),
  ],
});

const application = {
  host: '%DBHOST%',
  port: '%DBPORT%',
  user: '%PSQLUSERNAME%',
  database: '%DBNAME%',
  password: '%PSQLPWD%',
};
const hba = step('pg-hba', {
  title: { fr: 'Accès local dans pg_hba.conf', en: 'Local access in pg_hba.conf' },
  source: [[45, 46]],
  says: '``pg_hba.conf``) to allow the newly created user to access databases locally.',
  when: { all: [isLocal, { answer: 'PG_HBA', is: ['add'] }] },
  do: localAccess({ name: 'ontask', port, database: '%DBNAME%', role: '%PSQLUSERNAME%' }),
});

const database = step('pg-database', {
  title: { fr: 'Créer la base d’OnTask', en: 'Create the database of OnTask' },
  source: [[47, 47]],
  says: '#. Create a new database with name ``ontask`` with the ``createdb`` command.',
  when: isAdministered,
  do: [sqlDatabase({ server, name: '%DBNAME%', owner: '%PSQLUSERNAME%' })],
});

const isUsable: Probe = asked('postgresql', application, tryTable, { contains: 'SETUP-WIZARD yes' });

const byPersonStep = step('pg-by-person', {
  title: { fr: 'Base créée par son administrateur', en: 'Database created by its administrator' },
  source: [[42, 47]],
  says: '#. Create a new database with name ``ontask`` with the ``createdb`` command.',
  when: byPerson('DB_ADMIN'),
  do: [
    checklist({
      name: 'pg-by-person',
      items: [
        byAdministrator({
          host: '%DBHOST%',
          role: '%PSQLUSERNAME%',
          password: '%PSQLPWD%',
          database: '%DBNAME%',
          rights: ' CREATEDB NOCREATEROLE',
          isDatabaseHere,
          proof: isUsable,
        }),
      ],
    }),
  ],
});

const probe = step('pg-probe', {
  title: { fr: 'Essayer le rôle et la base', en: 'Try role and database' },
  source: [[48, 53]],
  says: 'psql -h 127.0.0.1 -U ontask -W ontask',
  needs: ['pg-by-person'],
  do: [
    check({
      name: 'pg-login',
      probe: isUsable,
      level: 'stop',
      within: 5,
      say: {
        fr: 'Le rôle %PSQLUSERNAME% ne peut pas se servir de la base %DBNAME% sur %DBHOST%\u00a0: vérifiez le serveur, pg_hba.conf (réponse PG_HBA) et le mot de passe, puis réessayez.',
        en: 'The role %PSQLUSERNAME% cannot use the database %DBNAME% on %DBHOST%: check the server, pg_hba.conf (answer PG_HBA) and the password, then try again.',
      },
    }),
    check({
      when: { not: isLocal },
      name: 'pg-version',
      probe: asked('postgresql', application, "SELECT current_setting('server_version_num')::int >= 120000", {
        equals: 't',
      }),
      level: 'stop',
      say: tooOld,
    }),
  ],
});

export const postgresql: Chapter = {
  id: 'postgresql',
  title: { fr: 'PostgreSQL', en: 'PostgreSQL' },
  steps: [install, role, hba, database, byPersonStep, probe],
};
