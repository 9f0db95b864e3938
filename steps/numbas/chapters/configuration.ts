/** Configuring the Numbas LTI provider (source lines 109–129): what first_setup.py does, step by step. */
import type { Chapter, Cond } from '../../../src/guide/types.ts';
import { byPerson, byWizard } from '../../shared/conditions.ts';
import { migrationQuiet } from '../../shared/django.ts';
import {
  asNumbas,
  hasSuperuser,
  isMigrated,
  manage,
  python,
  settingsAreRead,
  settingsFile,
} from '../probes.ts';
import { channelLayer } from '../programs.ts';
import { isForm } from '../questions/instance.ts';
import { build } from '../questions.ts';
import { databaseKey, isAdministered, server } from './postgresql.ts';

const { step, block, check, command, file, script, sqlDump, terminal } = build;

/** What the processes read when they start. */
export const settingsKey = `file:${settingsFile}`;
/** The rows go with the database, which is dumped first. */
const withDatabase = { with: databaseKey } as const;
const byUs: Cond = byWizard('SETTINGS_BY');

/** Of a program that runs it is kept what it starts with: the form then shows these answers, and writes its own. */
const begin = `set -eu
umask 077
cat >"$1.setup-wizard"
chown "$2:$2" "$1.setup-wizard"
chmod 0640 "$1.setup-wizard"
sync "$1.setup-wizard"
mv -f "$1.setup-wizard" "$1"`;
const remove = ['rm', '-f', settingsFile, `${settingsFile}.setup-wizard`] as const;
const ours = 'written by setup-wizard';
const form = '%INSTALL_DIR%/first_setup_here.py';

/** What the form leaves out. */
const forgotten = `_redis = 'redis://127.0.0.1:6379/' + %REDIS_DB%
CACHES['default']['LOCATION'] = _redis
CHANNEL_LAYERS = {
    'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': {'hosts': [_redis]}}
}
HUEY['connection'] = {'url': _redis}
SUPPORT_URL = %SUPPORT_URL% or None
DATABASES['default']['PORT'] = %DB_PORT%
`;

const settings = step('first-setup', {
  title: { fr: 'Configurer le fournisseur LTI Numbas', en: 'Configuring the Numbas LTI provider' },
  why: {
    fr: 'Pour une production\u00a0: l’assistant n’installe pas de mode développement. Le fichier contient des secrets\u00a0: le service le lit, personne d’autre.',
    en: 'For production: the wizard installs no development mode. The file holds secrets: the service reads it, nobody else.',
  },
  source: [[109, 129]],
  says: 'python first_setup.py',
  errata: ['E15', 'E16', 'E17', 'E18'],
  needs: ['pg-by-person'],
  do: [
    file({
      when: byUs,
      path: settingsFile,
      template: 'numbas/settings.py',
      syntax: 'python',
      mode: '0640',
      owner: 'root:%APP_USER%',
    }),
    script({
      when: isForm,
      name: 'settings-for-form',
      run: ['sh', '-c', begin, 'sh', settingsFile, '%APP_USER%'],
      template: 'numbas/settings.py',
      syntax: 'python',
      done: { exists: settingsFile },
      undo: { run: remove },
    }),
    file({
      when: isForm,
      path: form,
      template: 'numbas/first_setup_here.py',
      syntax: 'python',
      mode: '0644',
      owner: 'root:root',
    }),
    terminal({
      when: isForm,
      name: 'first-setup',
      run: [python, form],
      ...asNumbas,
      done: { all: [{ run: ['grep', '-q', ours, settingsFile], code: 1 }, hasSuperuser] },
      undo: { with: databaseKey },
      why: {
        fr: 'Ouvrez le tunnel qu’il affiche depuis votre poste, puis la page\u00a0: le formulaire est déjà rempli. Donnez un mot de passe à l’administrateur, envoyez, attendez la fin, puis Ctrl-C ici. «\u00a0Setup is finished\u00a0» ne prouve rien\u00a0: l’assistant vérifie.',
        en: 'Open the tunnel that it shows from your own machine, then the page: the form is filled in already. Give the administrator a password, send it, wait for its end, then Ctrl-C here. “Setup is finished” proves nothing: the wizard checks.',
      },
    }),
    block({
      when: isForm,
      path: settingsFile,
      name: 'numbas',
      content: forgotten,
      syntax: 'python',
      comment: '#',
      why: {
        fr: 'Ce que le formulaire oublie\u00a0: sans Redis, chaque processus aurait ses propres messages.',
        en: 'What the form forgets: without Redis each process would have messages of its own.',
      },
    }),
    check({
      name: 'settings-read',
      probe: settingsAreRead,
      level: 'stop',
      say: {
        fr: 'Numbas ne lit pas ses réglages\u00a0: la sortie de l’étape dit pourquoi. Vérifiez settings.py et les modules Python, puis réessayez.',
        en: 'Numbas does not read its settings: the output of the step says why. Check settings.py and the Python modules, then try again.',
      },
    }),
    check({
      name: 'settings-closed',
      probe: { run: ['test', '-r', settingsFile], as: 'nobody', cwd: '/', code: 1 },
      level: 'stop',
      say: {
        fr: 'Danger\u00a0: n’importe quel utilisateur peut lire settings.py, avec tous ses secrets. Vérifiez les droits du fichier.',
        en: 'Danger: any user can read settings.py, with all its secrets. Check the rights of the file.',
      },
    }),
    check({
      name: 'django-check',
      probe: manage('check'),
      level: 'stop',
      verify: false,
      say: {
        fr: '«\u00a0manage.py check\u00a0» trouve un problème\u00a0: lisez la sortie de l’étape, corrigez, puis réessayez.',
        en: '“manage.py check” finds a problem: read the step’s output, fix it, then try again.',
      },
    }),
    check({
      name: 'channel-layer',
      probe: { run: [python, '-c', channelLayer], ...asNumbas, contains: 'SETUP-WIZARD yes' },
      level: 'stop',
      within: 5,
      verify: false,
      say: {
        fr: 'Les processus de Numbas ne peuvent pas se parler par Redis\u00a0: vérifiez qu’il répond, et CHANNEL_LAYERS dans settings.py, puis réessayez.',
        en: 'Numbas’s processes cannot talk through Redis: check that it answers, and CHANNEL_LAYERS in settings.py, then try again.',
      },
    }),
  ],
});

const backup = step('db-backup', {
  title: { fr: 'Sauvegarder une base qui n’est pas vide', en: 'Dump a database that is not empty' },
  source: [[118, 119]],
  says: 'This script will ask a few questions, and configure the Numbas LTI provider accordingly.',
  when: isAdministered,
  do: [sqlDump({ server, database: '%DB_NAME%', unless: isMigrated })],
});

const migration = {
  name: 'migrate',
  ...manage('migrate', '--noinput'),
  done: isMigrated,
  quiet: migrationQuiet,
  interrupted: 'again',
} as const;

const migrate = step('migrate', {
  title: { fr: 'Créer les tables', en: 'Create the tables' },
  source: [[118, 119]],
  says: 'This script will ask a few questions, and configure the Numbas LTI provider accordingly.',
  needs: ['pg-by-person', 'first-setup'],
  do: [
    command({
      when: isAdministered,
      ...migration,
      // Rows that only people make; accounts are not among them, as the wizard makes one itself.
      undo: {
        dump: '%DB_NAME%',
        server,
        entered: ['numbas_lti_lticonsumer', 'numbas_lti_resource', 'numbas_lti_attempt'],
      },
    }),
    command({
      when: byPerson('DB_ADMIN'),
      ...migration,
      undo: {
        never: {
          fr: 'Les tables restent dans la base %DB_NAME% de %DB_HOST%\u00a0: l’assistant n’y a pas les droits d’administrateur. Faites-la sauvegarder avant\u00a0; pour tout défaire, son administrateur supprime la base, puis le rôle.',
          en: 'The tables stay in the database %DB_NAME% on %DB_HOST%: the wizard is not its administrator. Have it dumped before; to undo everything, its administrator drops the database, then the role.',
        },
      },
    }),
  ],
});

const collect = step('collectstatic', {
  title: { fr: 'Collecter les fichiers statiques', en: 'Collect the static files' },
  source: [[118, 119]],
  says: 'This script will ask a few questions, and configure the Numbas LTI provider accordingly.',
  needs: ['migrate'],
  do: [
    command({
      name: 'collectstatic',
      ...manage('collectstatic', '--noinput'),
      done: {
        all: [
          { exists: '%STATIC_DIR%/staticfiles.json' },
          { ...manage('collectstatic', '--noinput', '--dry-run'), lacks: 'Pretending to copy' },
        ],
      },
      undo: { run: ['find', '%STATIC_DIR%', '-mindepth', '1', '-delete'] },
      interrupted: 'again',
    }),
  ],
});

const superuser = step('superuser', {
  title: { fr: 'Créer l’administrateur', en: 'Create the administrator' },
  source: [[118, 119]],
  says: 'This script will ask a few questions, and configure the Numbas LTI provider accordingly.',
  needs: ['migrate'],
  when: byUs,
  do: [
    script({
      name: 'superuser',
      ...manage('shell'),
      template: 'numbas/superuser.py',
      syntax: 'python',
      done: hasSuperuser,
      undo: withDatabase,
    }),
  ],
});

export const configuration: Chapter = {
  id: 'configuration',
  title: { fr: 'Configurer Numbas', en: 'Configuring Numbas' },
  steps: [settings, backup, migrate, collect, superuser],
};
