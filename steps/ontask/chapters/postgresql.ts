/** PostgreSQL: role, local access, database (source lines 39–53). */
import type { Probe } from '../../../src/guide/kinds.ts';
import type { Chapter, Cond } from '../../../src/guide/types.ts';
import { administered, asked, databasePackages } from '../../shared/database.ts';
import { byPerson } from '../questions/access.ts';
import { isDatabaseHere } from '../questions/database.ts';
import { build } from '../questions.ts';
import { byLayout } from '../releases.ts';

const { step, block, check, checklist, command, produce, sqlDatabase, sqlUser } = build;

export const server = administered('postgresql', { host: 'DBHOST', port: 'DBPORT', by: 'DB_ADMIN' });
/** The wizard administers the database, here or elsewhere. */
export const isAdministered: Cond = { not: byPerson('DB_ADMIN') };
const isLocal: Cond = { answer: 'DB_ADMIN', is: ['socket'] };
const isByAccount: Cond = { answer: 'DB_ADMIN', is: ['password'] };

/** The resource key of the database: what is in it goes with it. */
export const databaseKey = 'pg:db/%DBNAME%';

const asPostgres = (sql: string) =>
  ({
    run: ['psql', '--no-psqlrc', '--no-align', '--tuples-only', '--port=%DBPORT%', `--command=${sql}`],
    as: 'postgres',
    cwd: '/',
  }) as const;

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
      probe: {
        run: [
          'psql',
          '--no-psqlrc',
          '--no-align',
          '--tuples-only',
          '--port=%DBPORT%',
          '--command',
          isRecentEnough,
        ],
        as: 'postgres',
        cwd: '/',
        equals: 't',
      },
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
      ...asPostgres(grant),
      done: { ...asPostgres(mayCreate), equals: 't' },
      undo: asPostgres(revoke),
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
const hasErrors = 'SELECT count(*) FROM pg_hba_file_rules WHERE error IS NOT NULL';
/** The server has read the file as it is now. */
const isReloaded = "SELECT pg_conf_load_time() >= (pg_stat_file(current_setting('hba_file'))).modification";
const address = (source: string) => `host %DBNAME% %PSQLUSERNAME% ${source} scram-sha-256\n`;

const localAccess = step('pg-hba', {
  title: { fr: 'Accès local dans pg_hba.conf', en: 'Local access in pg_hba.conf' },
  source: [[45, 46]],
  says: '``pg_hba.conf``) to allow the newly created user to access databases locally.',
  when: { all: [isLocal, { answer: 'PG_HBA', is: ['add'] }] },
  do: [
    produce({ name: 'HBA_FILE', ...asPostgres('SHOW hba_file'), type: 'path' }),
    block({
      path: '%HBA_FILE%',
      name: 'ontask',
      content: `${address('127.0.0.1/32')}${address('::1/128')}`,
      syntax: 'plain',
      comment: '#',
      at: 'start',
    }),
    command({
      name: 'pg-hba-reload',
      ...asPostgres('SELECT pg_reload_conf()'),
      done: { ...asPostgres(isReloaded), equals: 't' },
      undo: {
        none: {
          fr: 'PostgreSQL relit ce fichier au prochain démarrage.',
          en: 'PostgreSQL reads that file at its next start.',
        },
      },
    }),
    check({
      name: 'pg-hba-rules',
      probe: { ...asPostgres(hasErrors), equals: '0' },
      level: 'stop',
      say: {
        fr: 'PostgreSQL ne comprend pas une ligne de pg_hba.conf\u00a0: la vue pg_hba_file_rules dit laquelle. Corrigez-la, puis réessayez.',
        en: 'PostgreSQL does not understand a line of pg_hba.conf: the view pg_hba_file_rules says which. Correct it, then try again.',
      },
    }),
  ],
});

const database = step('pg-database', {
  title: { fr: 'Créer la base d’OnTask', en: 'Create the database of OnTask' },
  source: [[47, 47]],
  says: '#. Create a new database with name ``ontask`` with the ``createdb`` command.',
  when: isAdministered,
  do: [sqlDatabase({ server, name: '%DBNAME%', owner: '%PSQLUSERNAME%' })],
});

/** A table is made and dropped, in one transaction. */
const tryTable =
  "CREATE TABLE setup_wizard_probe (i int); DROP TABLE setup_wizard_probe; SELECT 'SETUP-WIZARD yes'";
const isUsable: Probe = asked('postgresql', application, tryTable, { contains: 'SETUP-WIZARD yes' });

const byAdministrator = step('pg-by-person', {
  title: { fr: 'Base créée par son administrateur', en: 'Database created by its administrator' },
  source: [[42, 47]],
  says: '#. Create a new database with name ``ontask`` with the ``createdb`` command.',
  when: byPerson('DB_ADMIN'),
  do: [
    checklist({
      name: 'pg-by-person',
      items: [
        {
          id: 'pg-by-administrator',
          text: {
            fr: 'Faire exécuter ce SQL par l’administrateur du serveur %DBHOST%\u00a0; l’assistant s’y connecte ensuite pour le vérifier.',
            en: 'Have this SQL run by the administrator of the server %DBHOST%; the wizard then signs in there to verify it.',
          },
          fields: [
            {
              label: 'SQL 1',
              value: `CREATE ROLE "%PSQLUSERNAME%" LOGIN CREATEDB NOCREATEROLE PASSWORD '%PSQLPWD%';`,
            },
            {
              label: 'SQL 2',
              value: `CREATE DATABASE "%DBNAME%" OWNER "%PSQLUSERNAME%" ENCODING 'UTF8' TEMPLATE template0;`,
            },
            {
              label: 'pg_hba.conf',
              value: 'host %DBNAME% %PSQLUSERNAME% …/32 scram-sha-256',
              note: {
                fr: 'à la place de «\u00a0…\u00a0», l’adresse de cette machine telle que le serveur la voit',
                en: 'instead of “…”, the address of this machine as the server sees it',
              },
              when: { not: isDatabaseHere },
            },
          ],
          proof: isUsable,
        },
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
  steps: [install, role, localAccess, database, byAdministrator, probe],
};
