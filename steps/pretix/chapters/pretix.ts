/** Installation of Pretix in its virtual environment, its tables and static files (source lines 133–156). */
import type { Chapter } from '../../../src/guide/types.ts';
import { byPerson } from '../../shared/conditions.ts';
import { migrationQuiet } from '../../shared/django.ts';
import {
  byEdition,
  isVendor,
  onMysql,
  onPostgresql,
  publicMysql,
  publicPostgresql,
  vendor,
} from '../editions.ts';
import { adminIsSafe, asPretix, home, isMigrated, manage, python, venv } from '../probes.ts';
import { build } from '../questions.ts';
import { isAdministered, mysqlServer, postgresqlServer } from './database.ts';

const { step, check, command, directory, pip, produce, script, sqlDump, virtualenv } = build;

const inVenv = { venv, as: 'pretix' } as const;

/** The tables go with the database, which is dumped first. */
export const withDatabase = {
  with: byEdition('mysql:db/pretix', 'pg:db/pretix', 'mysql:db/pretix'),
} as const;

const pythonFits = byEdition(
  'import sys; sys.exit(not (3, 9) <= sys.version_info[:2] <= (3, 11))',
  'import sys; sys.exit(sys.version_info[:2] < (3, 11))',
  'import sys; sys.exit(not (3, 7) <= sys.version_info[:2] <= (3, 10))',
);

const makeVenv = step('venv', {
  title: { fr: 'Environnement virtuel Python', en: 'Python virtual environment' },
  source: [[133, 138]],
  says: 'python3 -m venv /var/pretix/venv',
  errata: ['E-python'],
  do: [
    check({
      name: 'python-fits',
      probe: { run: ['%PYTHON%', '-c', pythonFits] },
      level: 'stop',
      say: {
        fr: 'Ce Python ne convient pas\u00a0: il faut 3.9 à 3.11 pour Pretix 4.20.4, 3.11 ou plus pour 2026.8.0, 3.7 à 3.10 pour 4.6.0. Changez la réponse PYTHON ou EDITION.',
        en: 'This Python does not fit: Pretix 4.20.4 needs 3.9 to 3.11, 2026.8.0 needs 3.11 or newer, 4.6.0 needs 3.7 to 3.10. Change the answer PYTHON or EDITION.',
      },
    }),
    virtualenv({ path: venv, python: '%PYTHON%', as: 'pretix' }),
  ],
});

const pipTools = step('pip-tools', {
  title: { fr: 'pip, setuptools et wheel', en: 'pip, setuptools and wheel' },
  source: [[139, 139]],
  says: '(venv) pip3 install -U pip setuptools wheel',
  errata: ['E-pip'],
  do: [
    pip({
      ...inVenv,
      packages: [
        byEdition('pip==26.3', 'pip==26.3', 'pip<24.1'),
        byEdition('setuptools<81', 'setuptools', 'setuptools<81'),
        'wheel',
      ],
    }),
  ],
});

const mediaDir = step('media-dir', {
  title: { fr: 'Répertoire des médias', en: 'Media directory' },
  source: [[140, 142]],
  says: '(venv) mkdir -p /var/pretix/data/media',
  do: [
    directory({ path: `${home}/data`, mode: '0711', owner: 'pretix:pretix', holdsData: true }),
    directory({ path: `${home}/data/media`, mode: '0755', owner: 'pretix:pretix', holdsData: true }),
  ],
});

/** What an unpinned installation of 4.6.0 would take too new today. */
const pinsOfVendor = [
  'django-countries==7.2.1',
  'django-mysql==4.5.0',
  'cryptography==36.0.2',
  'pyopenssl==22.0.0',
  'asgiref<3.5',
  'pycountry<23',
] as const;

/** Every library that Pretix asks for is there, whatever its version. */
const hasLibraries = `
import re
try:
    from importlib import metadata
except ImportError:
    import importlib_metadata as metadata
for need in metadata.requires('pretix') or []:
    if ';' not in need:
        metadata.version(re.match('[A-Za-z0-9._-]+', need).group())
`.trim();

const installPretix = step('pretix-install', {
  title: { fr: 'Installer Pretix', en: 'Install Pretix' },
  source: [[144, 146]],
  says: '…--extra-index-url https://repository.kosmos.fr/repository/kosmos.releases.py/simple pretix==4.6.0+build.100',
  errata: ['E-index', 'E-drift'],
  do: [
    pip({
      when: { answer: 'EDITION', is: [publicMysql] },
      ...inVenv,
      packages: ['pretix==4.20.4'],
      constraints: ['setuptools<81'],
    }),
    pip({ when: onPostgresql, ...inVenv, packages: ['pretix==2026.8.0'] }),
    pip({
      when: isVendor,
      ...inVenv,
      packages: ['pretix==%VENDOR_VERSION%'],
      index: '%PIP_EXTRA_INDEX%',
      noDeps: true,
    }),
    command({
      when: isVendor,
      name: 'pretix-libraries',
      run: [python, '-m', 'pip', 'install', 'pretix==%VENDOR_VERSION%', ...pinsOfVendor, 'setuptools<81'],
      ...asPretix,
      done: { run: [python, '-c', hasLibraries], ...asPretix },
      undo: { with: `venv:${venv}` },
      quiet: 1800,
    }),
  ],
});

const installExtra = step('pip-extra', {
  title: { fr: 'gunicorn et le pilote de la base', en: 'gunicorn and the database driver' },
  source: [[148, 150]],
  says: '(venv) pip3 install gunicorn mysqlclient',
  do: [
    pip({
      when: { answer: 'EDITION', is: [publicMysql] },
      ...inVenv,
      packages: ['gunicorn==27.0.1', 'mysqlclient==2.3.1'],
      constraints: ['setuptools<81'],
    }),
    pip({
      when: onPostgresql,
      ...inVenv,
      packages: ['gunicorn==27.0.1'],
      why: {
        fr: 'Le pilote de PostgreSQL vient déjà avec Pretix.',
        en: 'The PostgreSQL driver comes with Pretix.',
      },
    }),
    pip({
      when: isVendor,
      ...inVenv,
      packages: ['gunicorn<21', 'mysqlclient==2.2.7'],
      constraints: ['setuptools<81', ...pinsOfVendor],
    }),
    produce({
      name: 'STATIC_DIST',
      run: [
        python,
        '-c',
        "import os, pretix; print(os.path.join(os.path.dirname(pretix.__file__), 'static.dist'))",
      ],
      ...asPretix,
      type: 'path',
    }),
  ],
});

const selfCheck = step('pretix-check', {
  title: { fr: 'Autocontrôle de Pretix', en: 'Pretix checks itself' },
  why: {
    fr: 'Avant de toucher à la base\u00a0: configuration et bibliothèques vont-elles ensemble\u00a0?',
    en: 'Before the database is touched: do configuration and libraries fit together?',
  },
  source: [[152, 152]],
  says: '…la structure de la base de données est créée:',
  needs: ['db-by-person'],
  do: [
    check({
      name: 'pretix-check',
      probe: manage('check'),
      level: 'stop',
      verify: false,
      say: {
        fr: '«\u00a0python -m pretix check\u00a0» trouve un problème\u00a0: lisez la sortie de l’étape, corrigez, puis réessayez.',
        en: '“python -m pretix check” finds a problem: read the step’s output, fix it, then try again.',
      },
    }),
  ],
});

const dbBackup = step('db-backup', {
  title: { fr: 'Sauvegarder une base qui n’est pas vide', en: 'Dump a database that is not empty' },
  source: [[152, 152]],
  says: '…la structure de la base de données est créée:',
  when: isAdministered,
  do: [
    sqlDump({ when: onMysql, server: mysqlServer, database: 'pretix', unless: isMigrated }),
    sqlDump({ when: onPostgresql, server: postgresqlServer, database: 'pretix', unless: isMigrated }),
  ],
});

const migration = {
  name: 'migrate',
  ...manage('migrate'),
  done: isMigrated,
  quiet: migrationQuiet,
} as const;

/** Rows that only people make, and what they did with Pretix since. */
const entered = ['pretixbase_event', 'pretixbase_order', 'pretixbase_user'] as const;

const migrate = step('migrate', {
  title: { fr: 'Créer les tables', en: 'Create the tables' },
  source: [[152, 154]],
  says: '(venv) python -m pretix migrate',
  needs: ['db-by-person'],
  do: [
    command({
      when: { all: [onMysql, isAdministered] },
      ...migration,
      undo: { dump: 'pretix', server: mysqlServer, entered },
      interrupted: 'undo-first',
      why: {
        fr: 'Interrompu sur MariaDB, «\u00a0migrate\u00a0» ne peut pas reprendre\u00a0: la base est alors remise comme avant, puis il recommence.',
        en: 'Interrupted on MariaDB, “migrate” cannot continue: the database is then put back as it was, and it starts again.',
      },
    }),
    command({
      when: { all: [onPostgresql, isAdministered] },
      ...migration,
      undo: { dump: 'pretix', server: postgresqlServer, entered },
      interrupted: 'again',
    }),
    command({
      when: byPerson('DB_ADMIN'),
      ...migration,
      undo: {
        never: {
          fr: 'Les tables restent dans la base pretix de %BDD_HOST%\u00a0: l’assistant n’y a pas les droits d’administrateur. Faites-la sauvegarder avant\u00a0; pour tout défaire, son administrateur exécute DROP DATABASE pretix, puis retire le compte.',
          en: 'The tables stay in the database pretix on %BDD_HOST%: the wizard is not its administrator. Have it dumped before; to undo everything, its administrator runs DROP DATABASE pretix, then removes the account.',
        },
      },
      interrupted: 'again',
    }),
  ],
});

/** The compiled files are newer than what pip unpacked: the wheel brings older ones. */
const isRebuilt = `
import glob, os, sys, sysconfig
site = sysconfig.get_paths()['purelib']
records = glob.glob(site + '/pretix-*.dist-info/RECORD')
manifest = site + '/pretix/static.dist/CACHE/manifest.json'
sys.exit(not (records and os.path.exists(manifest) and os.path.getmtime(manifest) > os.path.getmtime(records[0])))
`.trim();

const rebuild = step('rebuild', {
  title: { fr: 'Construire les fichiers statiques', en: 'Build the static files' },
  why: {
    fr: 'Deux lignes «\u00a0Error parsing template\u00a0» sont normales.',
    en: 'Two lines “Error parsing template” are normal.',
  },
  source: [[152, 155]],
  says: '(venv) python -m pretix rebuild',
  errata: ['E-rebuildcwd'],
  do: [
    command({
      name: 'rebuild',
      run: manage('rebuild').run,
      as: 'pretix',
      emptyDir: true,
      done: { run: [python, '-c', isRebuilt], ...asPretix },
      undo: { with: `venv:${venv}` },
    }),
  ],
});

const stylesUndo = { with: `dir:${home}/data/media` } as const;

const updateStyles = step('updatestyles', {
  title: { fr: 'Mettre à jour les styles', en: 'Update the styles' },
  source: [[156, 156]],
  says: '(venv) python -m pretix updatestyles',
  needs: ['migrate'],
  do: [
    command({
      when: { answer: 'EDITION', is: [publicMysql, vendor] },
      name: 'updatestyles',
      ...manage('updatestyles'),
      done: { exists: `${home}/data/media/pub/widget` },
      undo: stylesUndo,
      interrupted: 'again',
    }),
    command({
      when: { answer: 'EDITION', is: [publicPostgresql] },
      name: 'updateassets',
      ...manage('updateassets'),
      done: { exists: `${home}/data/media/widget` },
      undo: stylesUndo,
      interrupted: 'again',
      why: {
        fr: 'Cette version a renommé la commande updatestyles.',
        en: 'This version renamed the command updatestyles.',
      },
    }),
  ],
});

const adminPassword = step('admin-password', {
  title: {
    fr: 'Remplacer le mot de passe «\u00a0admin\u00a0» avant l’ouverture',
    en: 'Replace the password “admin” before opening',
  },
  source: [[265, 269]],
  says: "…il faut modifier le mot de passe de l'utilisateur d'administration.…",
  errata: ['E-adminpw'],
  needs: ['migrate'],
  do: [
    script({
      name: 'admin-password',
      ...manage('shell'),
      template: 'pretix/admin.py',
      syntax: 'python',
      done: adminIsSafe,
      undo: withDatabase,
    }),
  ],
});

export const pretix: Chapter = {
  id: 'pretix',
  title: { fr: 'Installation de Pretix', en: 'Pretix installation' },
  steps: [
    makeVenv,
    pipTools,
    mediaDir,
    installPretix,
    installExtra,
    selfCheck,
    dbBackup,
    migrate,
    rebuild,
    updateStyles,
    adminPassword,
  ],
};
