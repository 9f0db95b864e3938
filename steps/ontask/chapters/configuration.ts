/** Settings, and where OnTask may write (source lines 84–119). */
import type { Step } from '../../../src/guide/types.ts';
import { settingsAreRead } from '../probes.ts';
import { build } from '../questions.ts';
import { byLayout, envFile, isProduction, isRecent, media } from '../releases.ts';

const { step, check, directory, file } = build;

/** What the services read when they start. */
export const envKey = byLayout('file:%ROOT%/src/ontask/settings/local.env', 'file:%ROOT%/settings/local.env');

const settingsModule = step('settings-production', {
  title: { fr: 'Réglages de production', en: 'Production settings' },
  why: {
    fr: 'Chaque commande et chaque service les nomment (DJANGO_SETTINGS_MODULE)\u00a0: manage.py reste celui de Git.',
    en: 'Each command and each service names them (DJANGO_SETTINGS_MODULE): manage.py stays Git’s own.',
  },
  source: [[84, 88]],
  says: '``"ontask.settings.production"``. Save and close the file.',
  errata: ['E5', 'E24'],
  do: [
    check({
      name: 'settings-module',
      probe: {
        exists: byLayout('%ROOT%/src/ontask/settings/%DEPLOY_KIND%.py', '%ROOT%/settings/%DEPLOY_KIND%.py'),
      },
      level: 'stop',
      say: {
        fr: 'Les réglages ne sont pas à leur place dans %ROOT%\u00a0: cette version d’OnTask a une autre disposition (avant 6.0). Corrigez la réponse TAG.',
        en: 'The settings are not in their place in %ROOT%: this release of OnTask has another layout (before 6.0). Correct the answer TAG.',
      },
    }),
  ],
});

const localEnv = step('local-env', {
  title: { fr: 'Écrire local.env', en: 'Write local.env' },
  why: {
    fr: 'Il contient des secrets\u00a0: root l’écrit, le service le lit, personne d’autre.',
    en: 'It holds secrets: root writes it, the service reads it, nobody else.',
  },
  source: [[89, 116]],
  says: 'Using the same plain text editor create a file with name ``local.env``',
  errata: ['E6', 'E7', 'E10', 'E11', 'E12', 'E24'],
  do: [
    file({
      path: envFile,
      template: 'ontask/local.env',
      syntax: 'env',
      mode: '0640',
      owner: 'root:%RUN_USER%',
    }),
    check({
      name: 'local-env-closed',
      probe: { run: ['test', '-r', envFile], as: 'www-data', cwd: '/', code: 1 },
      level: 'stop',
      say: {
        fr: 'Danger\u00a0: le serveur web peut lire local.env, avec tous ses secrets. Vérifiez les droits du fichier et les groupes de www-data.',
        en: 'Danger: the web server can read local.env, with all its secrets. Check the rights of the file and the groups of www-data.',
      },
    }),
    check({
      when: { all: [isRecent, isProduction] },
      name: 'smtp-port',
      probe: { tcp: '%EMAIL_HOST%:%EMAIL_PORT%' },
      level: 'warn',
      verify: false,
      say: {
        fr: 'Le serveur SMTP ne répond pas encore\u00a0: OnTask n’enverra aucun message sans lui.',
        en: 'The SMTP server does not answer yet: OnTask sends no message without it.',
      },
    }),
  ],
});

const own = { owner: '%RUN_USER%:%RUN_USER%' } as const;

const logs = step('logs-folder', {
  title: {
    fr: 'Répertoire «\u00a0logs\u00a0», et ce qu’OnTask écrit',
    en: 'Directory logs, and what OnTask writes',
  },
  why: {
    fr: 'Avant toute commande d’OnTask\u00a0: ses réglages y ouvrent des fichiers, qui doivent appartenir au service.',
    en: 'Before any command of OnTask: its settings open files there, and these have to belong to the service.',
  },
  source: [[117, 119]],
  says: '#. Create a new folder with name ``logs`` in the OnTask top folder (next to',
  errata: ['E13'],
  do: [
    directory({ path: '%ROOT%/logs', mode: '0750', ...own, holdsData: true }),
    directory({ path: media, mode: '0755', ...own }),
    directory({ path: '%ROOT%/site', mode: '0755', ...own }),
    check({
      name: 'settings-read',
      probe: settingsAreRead,
      level: 'stop',
      say: {
        fr: 'OnTask ne lit pas ses réglages\u00a0: la sortie de l’étape dit pourquoi. Vérifiez local.env et les bibliothèques, puis réessayez.',
        en: 'OnTask does not read its settings: the output of the step says why. Check local.env and the libraries, then try again.',
      },
    }),
  ],
});

export const configurationSteps: readonly Step[] = [settingsModule, localEnv, logs];
