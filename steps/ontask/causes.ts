/** Ways to fail that only OnTask has. */
import type { KnownCause } from '../../src/guide/types.ts';

export const causes: readonly KnownCause[] = [
  {
    id: 'ontask-log-not-writable',
    match: "ValueError: Unable to configure handler '(?<name>[a-z_]{1,60})'",
    say: {
      fr: 'OnTask ne peut pas ouvrir un de ses journaux ({name})\u00a0: une de ses commandes a été lancée par root, ou le répertoire a été refermé.',
      en: 'OnTask cannot open one of its logs ({name}): one of its commands was run by root, or the directory was closed.',
    },
    do: {
      fr: 'Rendez les fichiers de son répertoire «\u00a0logs\u00a0» à l’utilisateur du service (réponse RUN_USER) par chown, puis réessayez. Lancez toujours manage.py en tant que lui.',
      en: 'Give the files of its directory “logs” to the user of the service (answer RUN_USER) with chown, then try again. Always run manage.py as that user.',
    },
  },
  {
    id: 'ontask-setting-missing',
    match: 'ImproperlyConfigured: Set the (?<name>[A-Z_]{1,60}) environment variable',
    say: {
      fr: 'local.env n’a pas {name}, sans quoi OnTask ne démarre pas\u00a0: le fichier a été modifié, ou cette version demande plus.',
      en: 'local.env lacks {name}, without which OnTask does not start: the file was changed, or this release asks for more.',
    },
    do: {
      fr: '«\u00a0setup-wizard verify ontask\u00a0» montre ce qui diffère. Remettez le fichier comme il était, ou prenez la version 11.1.',
      en: '“setup-wizard verify ontask” shows what differs. Put the file back as it was, or take the release 11.1.',
    },
  },
  {
    id: 'ontask-name-refused',
    steps: ['unit-web', 'web-answers'],
    match: String.raw`^problem: \S{1,200}: 400 ≠|DisallowedHost`,
    say: {
      fr: 'OnTask refuse ce nom\u00a0: ce n’est pas celui d’ALLOWED_HOSTS dans local.env.',
      en: 'OnTask refuses this name: it is not that of ALLOWED_HOSTS in local.env.',
    },
    do: {
      fr: 'Corrigez la réponse DOMAIN, ou remettez local.env comme il était, puis réessayez.',
      en: 'Correct the answer DOMAIN, or put local.env back as it was, then try again.',
    },
  },
  {
    id: 'ontask-gateway',
    steps: ['web-answers'],
    match: String.raw`^problem: \S{1,200}: 50[23] ≠`,
    say: {
      fr: 'Le serveur web répond, mais pas OnTask derrière lui (502 ou 503).',
      en: 'The web server answers, but OnTask behind it does not (502 or 503).',
    },
    do: {
      fr: '«\u00a0systemctl status ontask-web\u00a0» dit s’il tourne\u00a0; «\u00a0systemctl restart ontask-web\u00a0» le relance. Puis réessayez.',
      en: '“systemctl status ontask-web” says whether it runs; “systemctl restart ontask-web” starts it again. Then try again.',
    },
  },
];
