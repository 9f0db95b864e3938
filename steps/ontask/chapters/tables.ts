/** Tables, first data, administrator (source lines 120–138). */
import type { Step } from '../../../src/guide/types.ts';
import { byPerson, byWizard } from '../../shared/conditions.ts';
import { migrationQuiet } from '../../shared/django.ts';
import { hasGroup, hasSuperuser, isMigrated, isMigratedPrinted, manage, siteIsNamed } from '../probes.ts';
import { build } from '../questions.ts';
import { isPrinted, isRecent } from '../releases.ts';
import { databaseKey, isAdministered, server } from './postgresql.ts';

const { step, check, checklist, command, script, sqlDump, terminal } = build;

/** The rows go with the database, which is dumped first. */
export const withDatabase = { with: databaseKey } as const;

const reset = step('db-reset', {
  title: { fr: 'Vider la base (facultatif)', en: 'Reset the database (optional)' },
  why: {
    fr: 'L’assistant ne le fait jamais de lui-même\u00a0: une seconde exécution viderait une base qui sert.',
    en: 'The wizard never does it by itself: a second run would empty a database that is in use.',
  },
  source: [[120, 121]],
  says: 'the content of the database, run the commands ``dropdb`` and ``createdb``',
  when: { answer: 'DB_ADMIN', is: ['socket'] },
  do: [
    checklist({
      name: 'db-reset',
      items: [
        {
          id: 'db-reset',
          text: {
            fr: 'Seulement pour repartir d’une base vide\u00a0: arrêter les services, sauvegarder, supprimer, recréer. Ce qui n’est pas sauvegardé est perdu. Puis relancer l’installation.',
            en: 'Only to start from an empty database: stop the services, dump, drop, create again. What is not dumped is lost. Then install again.',
          },
          fields: [
            { label: '1', value: 'systemctl stop ontask-web ontask-celery ontask-beat' },
            { label: '2', value: 'runuser -u postgres -- pg_dump -Fc %DBNAME% > /root/%DBNAME%.dump' },
            { label: '3', value: 'runuser -u postgres -- dropdb %DBNAME%' },
            {
              label: '4',
              value: 'runuser -u postgres -- createdb -O %PSQLUSERNAME% -E UTF8 -T template0 %DBNAME%',
            },
          ],
          optional: true,
        },
      ],
    }),
  ],
});

const changed = {
  level: 'warn',
  verify: false,
  say: {
    fr: 'makemigrations voudrait créer des fichiers\u00a0: le code d’OnTask a été modifié, ou une bibliothèque n’est pas celle qu’il attend. L’assistant n’en crée pas.',
    en: 'makemigrations would like to create files: the code of OnTask was changed, or a library is not the one it expects. The wizard creates none.',
  },
} as const;

const migrations = step('makemigrations', {
  title: { fr: 'Migrations complètes', en: 'Migrations are complete' },
  why: {
    fr: 'Elles sont livrées avec OnTask\u00a0: l’assistant regarde s’il en manque, et n’en fabrique pas.',
    en: 'They come with OnTask: the wizard looks whether one is missing, and makes none.',
  },
  source: [[122, 125]],
  says: 'python manage.py makemigrations profiles accounts workflow dataops',
  errata: ['E14'],
  needs: ['pg-by-person'],
  do: [
    check({
      when: isRecent,
      name: 'migrations-complete',
      probe: manage('makemigrations', '--check', '--dry-run', 'ontask'),
      ...changed,
    }),
    check({
      when: isPrinted,
      name: 'migrations-complete',
      probe: manage(
        'makemigrations',
        '--check',
        '--dry-run',
        'profiles',
        'accounts',
        'workflow',
        'dataops',
        'table',
        'action',
        'logs',
        'scheduler',
      ),
      ...changed,
    }),
  ],
});

const backup = step('db-backup', {
  title: { fr: 'Sauvegarder une base qui n’est pas vide', en: 'Dump a database that is not empty' },
  source: [[126, 129]],
  says: 'A few messages should appear on the screen related to the initalizaton',
  when: isAdministered,
  do: [
    sqlDump({ when: isRecent, server, database: '%DBNAME%', unless: isMigrated }),
    sqlDump({ when: isPrinted, server, database: '%DBNAME%', unless: isMigratedPrinted }),
  ],
});

const migration = {
  name: 'migrate',
  ...manage('migrate', '--noinput'),
  quiet: migrationQuiet,
  interrupted: 'again',
} as const;
/** Rows that only people make; accounts are not among them, as the wizard makes one itself. */
const dumped = {
  dump: '%DBNAME%',
  server,
  entered: ['ontask_workflow', 'ontask_action'],
} as const;
const dumpedPrinted = { ...dumped, entered: ['workflow_workflow', 'action_action'] } as const;
const stays = {
  never: {
    fr: 'Les tables restent dans la base %DBNAME% de %DBHOST%\u00a0: l’assistant n’y a pas les droits d’administrateur. Faites-la sauvegarder avant\u00a0; pour tout défaire, son administrateur supprime la base, puis le rôle.',
    en: 'The tables stay in the database %DBNAME% on %DBHOST%: the wizard is not its administrator. Have it dumped before; to undo everything, its administrator drops the database, then the role.',
  },
} as const;

const migrate = step('migrate', {
  title: { fr: 'Créer les tables', en: 'Create the tables' },
  source: [[126, 129]],
  says: 'python manage.py migrate',
  needs: ['pg-by-person'],
  do: [
    command({ when: { all: [isRecent, isAdministered] }, ...migration, done: isMigrated, undo: dumped }),
    command({ when: { all: [isRecent, byPerson('DB_ADMIN')] }, ...migration, done: isMigrated, undo: stays }),
    command({
      when: { all: [isPrinted, isAdministered] },
      ...migration,
      done: isMigratedPrinted,
      undo: dumpedPrinted,
    }),
    command({
      when: { all: [isPrinted, byPerson('DB_ADMIN')] },
      ...migration,
      done: isMigratedPrinted,
      undo: stays,
    }),
  ],
});

const initialData = step('initial-data', {
  title: { fr: 'Charger les données initiales', en: 'Load the initial data' },
  why: { fr: 'Le groupe «\u00a0instructor\u00a0».', en: 'The group “instructor”.' },
  source: [[130, 133]],
  says: 'python manage.py runscript -v1 --traceback initial_data',
  needs: ['migrate'],
  do: [
    command({
      when: isRecent,
      name: 'initial-data',
      ...manage('initialize_db'),
      done: hasGroup,
      undo: withDatabase,
      why: {
        fr: 'Dans les versions récentes la commande s’appelle initialize_db.',
        en: 'In the recent releases the command is named initialize_db.',
      },
    }),
    command({
      when: isPrinted,
      name: 'initial-data',
      ...manage('runscript', '-v1', '--traceback', 'initial_data'),
      done: hasGroup,
      undo: withDatabase,
    }),
  ],
});

const superuser = step('superuser', {
  title: { fr: 'Créer l’administrateur', en: 'Create the administrator' },
  source: [[134, 138]],
  says: 'python manage.py createsuperuser',
  needs: ['migrate'],
  do: [
    script({
      when: byWizard('SU_BY'),
      name: 'superuser',
      ...manage('shell'),
      template: 'ontask/superuser.py',
      syntax: 'python',
      done: hasSuperuser,
      undo: withDatabase,
    }),
    terminal({
      when: byPerson('SU_BY'),
      name: 'superuser',
      ...manage('createsuperuser'),
      done: hasSuperuser,
      undo: withDatabase,
      why: {
        fr: 'Il demande une adresse\u00a0: donnez %SU_EMAIL%, celle de vos réponses.',
        en: 'It asks for an address: give %SU_EMAIL%, that of your answers.',
      },
    }),
  ],
});

export const siteName = step('site-name', {
  title: { fr: 'Inscrire le nom du site', en: 'Enter the site’s name' },
  source: [[178, 179]],
  says: 'Once the instance is running, visit these pages and configure the platform to',
  when: byWizard('SITE_BY'),
  needs: ['migrate'],
  do: [
    script({
      name: 'site-name',
      ...manage('shell'),
      template: 'ontask/site.py',
      syntax: 'python',
      done: siteIsNamed,
      undo: withDatabase,
    }),
  ],
});

export const tableSteps: readonly Step[] = [reset, migrations, backup, migrate, initialData, superuser];
