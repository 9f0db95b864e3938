/** Which Numbas, and where it goes. */
import { placeholders } from '../../../src/guide/kit.ts';
import { repositoryPattern } from '../../shared/repository.ts';
import { systemPython } from '../platforms.ts';
import { branchChoices, lastForOldPython } from '../releases.ts';

const path = {
  pattern: {
    // cron, supervisord and the web server read these paths in files of their own.
    match: '(?!/(var/www|srv/www|home|tmp)(/|$))(/[A-Za-z0-9_.+-]+){2,8}',
    say: {
      fr: 'Un chemin de deux noms au moins, de lettres, chiffres et «\u00a0_ . + -\u00a0», en dehors des répertoires d’un serveur web.',
      en: 'A path of two names at least, of letters, digits and “_ . + -”, outside the directories of a web server.',
    },
  },
};

export const release = placeholders({
  PYTHON: {
    kind: 'path',
    topic: 'release',
    ask: { fr: 'Python à utiliser', en: 'Python to use' },
    help: {
      fr: 'v4_STABLE demande aujourd’hui Python 3.12. L’assistant lit ce qu’il faut dans la branche avant de rien installer.',
      en: 'v4_STABLE needs Python 3.12 today. The wizard reads in the branch what is needed before it installs anything.',
    },
    example: '/usr/bin/python3.12',
    source: [[84, 84]],
    initial: systemPython,
  },
  BRANCH: {
    kind: 'choice',
    topic: 'release',
    ask: { fr: 'Quelle branche de Numbas\u00a0?', en: 'Which branch of Numbas?' },
    source: [[80, 80]],
    initial: 'v4_STABLE',
    choices: branchChoices,
  },
  REF: {
    kind: 'text',
    topic: 'release',
    ask: { fr: 'Branche, étiquette ou commit', en: 'Branch, tag or commit' },
    help: {
      fr: `Un commit est donné en entier\u00a0: ${lastForOldPython} est le dernier pour Python 3.10 et 3.11.`,
      en: `A commit is given whole: ${lastForOldPython} is the last one for Python 3.10 and 3.11.`,
    },
    example: lastForOldPython,
    max: 100,
    pattern: {
      match: '[A-Za-z0-9][A-Za-z0-9._/-]*',
      say: {
        fr: 'Lettres, chiffres, «\u00a0.\u00a0», «\u00a0_\u00a0», «\u00a0/\u00a0» et «\u00a0-\u00a0».',
        en: 'Letters, digits, “.”, “_”, “/” and “-”.',
      },
    },
    when: { answer: 'BRANCH', is: ['other'] },
  },
  REPOSITORY: {
    kind: 'text',
    topic: 'release',
    ask: { fr: 'Dépôt Git de Numbas', en: 'Git repository of Numbas' },
    help: {
      fr: 'Un miroir ou une copie locale (file:///…) conviennent aussi, si cette machine n’a pas d’accès à Internet.',
      en: 'A mirror or a local copy (file:///…) will do too, if this machine has no access to the Internet.',
    },
    source: [[78, 78]],
    initial: 'https://github.com/numbas/numbas-lti-provider.git',
    max: 300,
    pattern: repositoryPattern,
  },
  GIT_MIRROR: {
    kind: 'text',
    topic: 'release',
    ask: { fr: 'Miroir de github.com', en: 'Mirror of github.com' },
    help: {
      fr: 'Deux bibliothèques de Numbas sont prises sur github.com. Sans accès à ce site, l’adresse qui le remplace, avec sa barre finale\u00a0: christianp/django-auth-lti et christianp/pylti1p3next y sont cherchés. Vide\u00a0: github.com.',
      en: 'Two libraries of Numbas come from github.com. Without access to it, the address that replaces it, with its final slash: christianp/django-auth-lti and christianp/pylti1p3next are looked for there. Empty: github.com.',
    },
    example: 'file:///srv/mirror/',
    source: [[92, 92]],
    optional: true,
    max: 300,
    pattern: {
      match: String.raw`(https?://|file:///)[^\s@]+/`,
      say: {
        fr: 'Une adresse qui commence par https://, http:// ou file:/// et finit par une barre, sans espace ni mot de passe.',
        en: 'An address that begins with https://, http:// or file:/// and ends with a slash, with no space and no password in it.',
      },
    },
  },
  INSTALL_DIR: {
    kind: 'path',
    topic: 'release',
    ask: { fr: 'Répertoire de Numbas', en: 'Directory of Numbas' },
    source: [[78, 79]],
    initial: '/srv/numbas-lti-provider',
    ...path,
  },
  VENV_DIR: {
    kind: 'path',
    topic: 'release',
    ask: { fr: 'Environnement virtuel Python', en: 'Python virtual environment' },
    source: [[84, 85]],
    initial: '/opt/numbas_lti_python',
    ...path,
  },
  MEDIA_DIR: {
    kind: 'path',
    topic: 'release',
    ask: { fr: 'Fichiers déposés (media)', en: 'Uploaded files (media)' },
    help: {
      fr: 'Les exercices et ce que les étudiants déposent\u00a0: à sauvegarder avec la base de données.',
      en: 'The exams and what students upload: to be backed up together with the database.',
    },
    source: [[70, 72]],
    initial: '/srv/numbas-lti-media',
    ...path,
  },
  STATIC_DIR: {
    kind: 'path',
    topic: 'release',
    ask: { fr: 'Fichiers statiques', en: 'Static files' },
    source: [[71, 73]],
    initial: '/srv/numbas-lti-static',
    ...path,
  },
  APP_USER: {
    kind: 'name',
    topic: 'release',
    ask: { fr: 'Utilisateur Unix du service', en: 'Unix user of the service' },
    help: {
      fr: 'Un utilisateur système, sans mot de passe\u00a0: il lit le programme et n’écrit que les fichiers déposés et statiques.',
      en: 'A system user without a password: it reads the program, and writes only the uploaded and the static files.',
    },
    writtenAs: 'numbas_lti',
    source: [[58, 58]],
    initial: 'numbas_lti',
    max: 32,
  },
});
