/** PostgreSQL: cluster, local access, role, database (source lines 61, 95–107). */
import type { Operation, Probe } from '../../../src/guide/kinds.ts';
import type { Cond, Step } from '../../../src/guide/types.ts';
import { byPerson, only } from '../../shared/conditions.ts';
import { administered, asked, databasePackages } from '../../shared/database.ts';
import { asPostgres, byAdministrator, localAccess, tryTable } from '../../shared/postgresql.ts';
import { isDebianFamily, isEnterprise } from '../platforms.ts';
import { isDatabaseHere } from '../questions/database.ts';
import { build } from '../questions.ts';

const { step, check, checklist, command, rpmPackages, sqlDatabase, sqlUser, systemdUnit } = build;

export const server = administered('postgresql', { host: 'DB_HOST', port: 'DB_PORT', by: 'DB_ADMIN' });
/** The wizard administers the database, here or elsewhere. */
export const isAdministered: Cond = { not: byPerson('DB_ADMIN') };
const isLocal: Cond = { answer: 'DB_ADMIN', is: ['socket'] };
const isHereOnEnterprise: Cond = { all: [isDatabaseHere, isEnterprise] };

/** The resource key of the database: what is in it goes with it. */
export const databaseKey = 'pg:db/%DB_NAME%';

const port = '%DB_PORT%';
/** Django 6.0 and 5.1 need 14 and 13. */
const isRecentEnough = "SELECT current_setting('server_version_num')::int >= 140000";
const tooOld = {
  fr: 'Ce serveur PostgreSQL est trop ancien\u00a0: Numbas demande PostgreSQL 14. Indiquez un autre serveur (réponses DB_HOST et DB_PORT).',
  en: 'This PostgreSQL server is too old: Numbas needs PostgreSQL 14. Name another server (answers DB_HOST and DB_PORT).',
};

const dataFolder = '/var/lib/pgsql/data';

/** Never with a database in it but PostgreSQL's own three: one that was kept because people have used it, for example. */
const emptied = `
others=$(find "$1/base" -mindepth 1 -maxdepth 1 -name '[0-9]*' | tail -n +4 | wc -l)
test "$others" -eq 0 || { echo "$1 holds databases besides PostgreSQL's own: $others"; exit 1; }
find "$1" -mindepth 1 -delete`.trim();

/** Red Hat's package makes no cluster and starts nothing. */
const ofEnterprise: readonly Operation[] = [
  rpmPackages({ when: isHereOnEnterprise, names: ['postgresql-server', 'postgresql'] }),
  rpmPackages({ when: { all: [isEnterprise, { not: isDatabaseHere }] }, names: ['postgresql'] }),
  command({
    when: isHereOnEnterprise,
    name: 'postgresql-initdb',
    run: ['postgresql-setup', '--initdb'],
    env: { PGSETUP_INITDB_OPTIONS: '--encoding=UTF8 --locale=C.UTF-8' },
    done: { exists: `${dataFolder}/PG_VERSION` },
    undo: { run: ['sh', '-c', emptied, 'sh', dataFolder] },
    interrupted: 'undo-first',
    why: {
      fr: 'Le guide l’oublie\u00a0: sans cela PostgreSQL ne démarre pas.',
      en: 'The guide forgets it: without it PostgreSQL does not start.',
    },
  }),
  systemdUnit({ when: isHereOnEnterprise, name: 'postgresql.service', enabled: true, active: true }),
];

const install = step('pg-install', {
  title: { fr: 'Installer PostgreSQL', en: 'Install PostgreSQL' },
  source: [[59, 61]],
  says: 'yum install postgresql96-server postgresql96 \\',
  errata: ['E6', 'E11'],
  do: [
    ...only(isDebianFamily, databasePackages('postgresql', isDatabaseHere)),
    ...ofEnterprise,
    check({
      when: isLocal,
      name: 'pg-version',
      probe: { ...asPostgres(port, isRecentEnough), equals: 't' },
      level: 'stop',
      within: 30,
      say: tooOld,
    }),
  ],
});

const role = step('pg-role', {
  title: { fr: 'Créer le rôle de Numbas', en: 'Create the role of Numbas' },
  source: [[106, 106]],
  says: 'sudo -u postgres psql -c "CREATE USER numbas_lti WITH ENCRYPTED PASSWORD \'$password\' CREATEDB;"',
  errata: ['E13'],
  when: isAdministered,
  do: [sqlUser({ server, name: '%DB_USER%', password: '%DB_PASSWORD%' })],
});

const access = step('pg-auth', {
  title: { fr: 'Authentification PostgreSQL par mot de passe', en: 'PostgreSQL password authentication' },
  source: [[95, 105]],
  says: 'host    all             all             127.0.0.1/32            md5',
  errata: ['E12'],
  when: { all: [isLocal, { answer: 'PG_HBA', is: ['add'] }] },
  do: localAccess({ name: 'numbas', port, database: '%DB_NAME%', role: '%DB_USER%' }),
});

const database = step('database', {
  title: { fr: 'Créer la base de données', en: 'Create a database' },
  source: [[103, 107]],
  says: 'sudo -u postgres createdb -U numbas_lti numbas_lti -h localhost',
  errata: ['E14'],
  when: isAdministered,
  do: [sqlDatabase({ server, name: '%DB_NAME%', owner: '%DB_USER%' })],
});

const application = {
  host: '%DB_HOST%',
  port,
  user: '%DB_USER%',
  database: '%DB_NAME%',
  password: '%DB_PASSWORD%',
};
const isUsable: Probe = asked('postgresql', application, tryTable, { contains: 'SETUP-WIZARD yes' });

const byPersonStep = step('pg-by-person', {
  title: { fr: 'Base créée par son administrateur', en: 'Database created by its administrator' },
  source: [[103, 107]],
  says: 'Now restart PostgreSQL and create a database::',
  when: byPerson('DB_ADMIN'),
  do: [
    checklist({
      name: 'pg-by-person',
      items: [
        byAdministrator({
          host: '%DB_HOST%',
          role: '%DB_USER%',
          password: '%DB_PASSWORD%',
          database: '%DB_NAME%',
          rights: '',
          isDatabaseHere,
          proof: isUsable,
        }),
      ],
    }),
  ],
});

const probe = step('pg-probe', {
  title: { fr: 'Essayer le rôle et la base', en: 'Try role and database' },
  source: [[103, 107]],
  says: 'Now restart PostgreSQL and create a database::',
  needs: ['pg-by-person'],
  do: [
    check({
      name: 'pg-login',
      probe: isUsable,
      level: 'stop',
      within: 5,
      say: {
        fr: 'Le rôle %DB_USER% ne peut pas se servir de la base %DB_NAME% sur %DB_HOST%\u00a0: vérifiez le serveur, pg_hba.conf (réponse PG_HBA) et le mot de passe, puis réessayez.',
        en: 'The role %DB_USER% cannot use the database %DB_NAME% on %DB_HOST%: check the server, pg_hba.conf (answer PG_HBA) and the password, then try again.',
      },
    }),
    check({
      when: { not: isLocal },
      name: 'pg-version',
      probe: asked('postgresql', application, isRecentEnough, { equals: 't' }),
      level: 'stop',
      say: tooOld,
    }),
  ],
});

export const postgresqlSteps: readonly Step[] = [install, access, role, database, byPersonStep, probe];
