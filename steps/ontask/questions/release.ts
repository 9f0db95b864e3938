/** Which OnTask, and where it goes. */
import { placeholders } from '../../../src/guide/kit.ts';
import { timeZone, yesOrNo } from '../../shared/questions.ts';
import { repositoryPattern } from '../../shared/repository.ts';
import { isPrinted, releaseChoices, systemPython } from '../releases.ts';

const noBlanks = {
  fr: 'Un chemin de lettres, chiffres et «\u00a0_ . + -\u00a0», en dehors des répertoires d’un serveur web.',
  en: 'A path of letters, digits and “_ . + -”, outside the directories of a web server.',
};
const path = {
  // cron and systemd expand a percent sign.
  pattern: { match: '(?!/(var/www|srv/www|home|tmp)(/|$))(/[A-Za-z0-9_.+-]+){1,8}', say: noBlanks },
};

export const release = placeholders({
  PYTHON: {
    kind: 'path',
    topic: 'release',
    ask: { fr: 'Python à utiliser', en: 'Python to use' },
    help: {
      fr: 'Celui de Debian 12 convient à OnTask 11.1. La version 2.1.1 demande le Python 2.7 de Debian 11.',
      en: 'Debian 12’s own suits OnTask 11.1. The release 2.1.1 needs the Python 2.7 of Debian 11.',
    },
    example: '/usr/bin/python2.7',
    source: [
      [20, 20],
      [58, 60],
    ],
    initial: systemPython,
  },
  RELEASE: {
    kind: 'choice',
    topic: 'release',
    ask: { fr: 'Quelle version d’OnTask\u00a0?', en: 'Which OnTask release?' },
    help: {
      fr: 'Le guide décrit la 2.1.1 (2017). La 11.1 est la plus récente\u00a0: les étapes sont les mêmes, les chemins ont changé.',
      en: 'The guide describes 2.1.1 (2017). 11.1 is the newest: the steps are the same, the paths have changed.',
    },
    source: [[66, 66]],
    initial: '11.1',
    choices: releaseChoices,
  },
  TAG: {
    kind: 'text',
    topic: 'release',
    ask: { fr: 'Étiquette ou branche', en: 'Tag or branch' },
    help: {
      fr: 'Telle que le dépôt la nomme\u00a0: «\u00a0git ls-remote\u00a0» suivi de son adresse les liste.',
      en: 'As the repository names it: “git ls-remote” followed by its address lists them.',
    },
    example: 'Version_10_0',
    max: 100,
    pattern: {
      match: '[A-Za-z0-9][A-Za-z0-9._/-]*',
      say: {
        fr: 'Lettres, chiffres, «\u00a0.\u00a0», «\u00a0_\u00a0», «\u00a0/\u00a0» et «\u00a0-\u00a0».',
        en: 'Letters, digits, “.”, “_”, “/” and “-”.',
      },
    },
    when: { answer: 'RELEASE', is: ['other'] },
  },
  REPOSITORY: {
    kind: 'text',
    topic: 'release',
    ask: { fr: 'Dépôt Git d’OnTask', en: 'Git repository of OnTask' },
    help: {
      fr: 'Un miroir ou une copie locale (file:///…) conviennent aussi, si cette machine n’a pas d’accès à Internet.',
      en: 'A mirror or a local copy (file:///…) will do too, if this machine has no access to the Internet.',
    },
    source: [[66, 66]],
    initial: 'https://github.com/abelardopardo/ontask_b',
    max: 300,
    pattern: repositoryPattern,
  },
  DEPLOY_KIND: {
    kind: 'choice',
    topic: 'release',
    ask: { fr: 'Production ou développement\u00a0?', en: 'Production or development?' },
    help: {
      fr: 'Développement\u00a0: le serveur d’essai de Django, sur 127.0.0.1 seulement, sans serveur web ni services.',
      en: 'Development: Django’s trial server, on 127.0.0.1 only, without web server or services.',
    },
    source: [
      [70, 78],
      [84, 88],
    ],
    initial: 'production',
    choices: [
      { value: 'production', label: { fr: 'production', en: 'production' } },
      {
        value: 'development',
        label: { fr: 'développement', en: 'development' },
        unfit: {
          when: isPrinted,
          say: {
            fr: 'L’assistant n’installe la version 2.1.1 qu’en production.',
            en: 'The wizard installs the release 2.1.1 for production only.',
          },
        },
      },
    ],
  },
  ROOT: {
    kind: 'path',
    topic: 'release',
    ask: { fr: 'Répertoire d’OnTask', en: 'Directory of OnTask' },
    writtenAs: '[PATH TO ONTASK PROJECT ROOT]',
    source: [
      [66, 66],
      [250, 250],
    ],
    initial: '/opt/ontask',
    ...path,
  },
  VENV: {
    kind: 'path',
    topic: 'release',
    ask: { fr: 'Environnement virtuel Python', en: 'Python virtual environment' },
    help: {
      fr: 'En dehors du répertoire d’OnTask, qui reste ainsi celui de Git.',
      en: 'Outside the directory of OnTask, which so stays Git’s own.',
    },
    initial: '/opt/ontask-venv',
    ...path,
  },
  RUN_USER: {
    kind: 'name',
    topic: 'release',
    ask: { fr: 'Utilisateur Unix du service', en: 'Unix user of the service' },
    help: {
      fr: 'Un utilisateur système, sans mot de passe\u00a0: il lit le programme et n’écrit que ses journaux, les médias et les fichiers statiques.',
      en: 'A system user without a password: it reads the program, and writes only its logs, the media and the static files.',
    },
    source: [[245, 245]],
    initial: 'ontask',
    max: 32,
  },
  TIME_ZONE: {
    ...timeZone,
    topic: 'release',
    writtenAs: '[YOUR LOCAL PYTHON TIME ZONE]',
    source: [
      [92, 92],
      [97, 100],
    ],
  },
  DOCS: {
    kind: 'choice',
    topic: 'release',
    ask: { fr: 'Construire la documentation\u00a0?', en: 'Build the documentation?' },
    help: {
      fr: 'Sans elle, le lien «\u00a0Help\u00a0» d’OnTask ne mène nulle part. 18\u00a0Mo.',
      en: 'Without it the link “Help” of OnTask leads nowhere. 18 MB.',
    },
    source: [[139, 147]],
    initial: 'yes',
    choices: yesOrNo,
  },
});
