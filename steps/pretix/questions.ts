/** What the guide asks: its own placeholders, and what it leaves open. */
import { kit, placeholders } from '../../src/guide/kit.ts';
import type { Cond, Topic } from '../../src/guide/types.ts';
import { byPerson, byWizard, isHere } from '../shared/conditions.ts';
import { administratorChoices } from '../shared/database.ts';
import { whoDoesIt, yesOrNo } from '../shared/questions.ts';
import { editionChoices, isVendor, onMysql, publicPostgresql, systemPython } from './editions.ts';

export const topics: readonly Topic[] = [
  { id: 'edition', title: { fr: 'Version de Pretix', en: 'Version of Pretix' } },
  { id: 'site', title: { fr: 'Adresse publique', en: 'Public address' } },
  { id: 'database', title: { fr: 'Base de données', en: 'Database' } },
  { id: 'mail', title: { fr: 'Courrier', en: 'Mail' } },
  { id: 'server', title: { fr: 'Redis et services', en: 'Redis and services' } },
  { id: 'application', title: { fr: 'Dans Pretix', en: 'In Pretix' } },
  { id: 'ksup', title: { fr: 'K-Sup', en: 'K-Sup' } },
];

const is = (answer: string, ...values: string[]): Cond => ({ answer, is: values });

export const isDatabaseHere = isHere('BDD_HOST');
export const isOwnUser: Cond = { not: is('DB_USER_MODE', 'shared') };
/** K-Sup's account, on this machine's server. */
export const isSharedHere: Cond = { all: [onMysql, isDatabaseHere, is('DB_USER_MODE', 'shared')] };

const sourcePattern = {
  match: '[A-Za-z0-9%][A-Za-z0-9_.:%/-]*',
  say: {
    fr: 'Un nom, une adresse IP, ou une adresse avec «\u00a0%\u00a0»\u00a0: 192.168.1.%.',
    en: 'A name, an IP address, or an address with “%”: 192.168.1.%.',
  },
};

/** One source of a content security policy: scheme, perhaps `*.`, a host, perhaps a port. */
const cspSource = 'https?://(\\*\\.)?[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]+)?';

export const ask = placeholders({
  PYTHON: {
    kind: 'path',
    topic: 'edition',
    ask: { fr: 'Python à utiliser', en: 'Python to use' },
    help: {
      fr: 'Celui de Debian convient aux versions publiques. Pretix 4.6.0 demande un Python 3.7 à 3.10, installé par vos soins.',
      en: 'Debian’s own suits the public versions. Pretix 4.6.0 needs a Python 3.7 to 3.10 that you installed yourself.',
    },
    example: '/opt/python3.9/bin/python3.9',
    source: [[137, 137]],
    initial: systemPython,
  },
  EDITION: {
    kind: 'choice',
    topic: 'edition',
    ask: { fr: 'Version de Pretix', en: 'Version of Pretix' },
    help: {
      fr: 'Le guide installe une version 4.6.0 de Kosmos, que seul son index privé fournit et que Python 3.11 ne peut pas faire tourner.',
      en: 'The guide installs a 4.6.0 build by Kosmos that only its private index has and that Python 3.11 cannot run.',
    },
    source: [[144, 146]],
    initial: { by: 'os.version', of: { '13': publicPostgresql, '': 'public-4.20.4' } },
    choices: editionChoices,
  },
  PIP_EXTRA_INDEX: {
    kind: 'text',
    topic: 'edition',
    ask: { fr: 'Index Python de Kosmos', en: 'Python package index of Kosmos' },
    help: {
      fr: 'Seul Pretix en vient\u00a0; ses bibliothèques viennent de l’index public.',
      en: 'Only Pretix comes from it; its libraries come from the public index.',
    },
    source: [[146, 146]],
    initial: 'https://repository.kosmos.fr/repository/kosmos.releases.py/simple',
    pattern: {
      match: 'https?://[^\\s@]+',
      say: {
        fr: 'Une adresse http ou https, sans mot de passe dedans.',
        en: 'An http or https address, without a password in it.',
      },
    },
    when: isVendor,
  },
  VENDOR_VERSION: {
    kind: 'text',
    topic: 'edition',
    ask: { fr: 'Version exacte sur cet index', en: 'Exact version on that index' },
    source: [[146, 146]],
    initial: '4.6.0+build.100',
    pattern: {
      match: '4\\.6\\.[0-9]+(\\+[A-Za-z0-9.]+)?',
      say: { fr: 'Une version 4.6\u00a0: 4.6.0+build.100.', en: 'A version 4.6: 4.6.0+build.100.' },
    },
    when: isVendor,
  },

  REVERSE_PROXY_URL: {
    kind: 'url',
    topic: 'site',
    ask: { fr: 'URL publique de Pretix', en: 'Public URL of Pretix' },
    help: {
      fr: 'Sert à\u00a0: pretix.cfg, Apache, K-Sup. Pretix ne répond que sous ce nom.',
      en: 'Used in pretix.cfg, Apache and K-Sup. Pretix answers under this name only.',
    },
    example: 'https://inscription.mon-univ.fr',
    source: [
      [88, 88],
      [124, 124],
    ],
  },
  DOMAIN: {
    kind: 'fqdn',
    topic: 'site',
    ask: { fr: 'Domaine de l’établissement', en: 'Domain of the institution' },
    help: {
      fr: 'Ne sert qu’à proposer les réponses suivantes.',
      en: 'Only used to suggest the next answers.',
    },
    example: 'mon-univ.fr',
    initial: { parentDomainOf: 'REVERSE_PROXY_URL' },
    optional: true,
  },
  KSUP_URL_MAIN_DOMAIN: {
    kind: 'text',
    topic: 'site',
    ask: { fr: 'URL des sites K-Sup', en: 'URL of the K-Sup sites' },
    help: {
      fr: 'Qui a le droit d’afficher les pages de Pretix dans un cadre et de leur prêter styles, polices et images. Jamais vide\u00a0: chaque page serait une erreur 500.',
      en: 'Who may show Pretix pages in a frame and lend them styles, fonts and images. Never empty: every page would be an error 500.',
    },
    example: 'https://*.mon-univ.fr',
    source: [
      [92, 92],
      [125, 125],
    ],
    initial: { filled: 'https://*.%DOMAIN%' },
    pattern: {
      match: `${cspSource}( ${cspSource})*`,
      say: {
        fr: 'Une adresse sans chemin, avec ou sans «\u00a0*.\u00a0»\u00a0: https://*.mon-univ.fr\u00a0; plusieurs adresses se séparent par un espace.',
        en: 'An address without a path, with or without “*.”: https://*.mon-univ.fr; several are separated by a space.',
      },
    },
  },
  SERVER_NAME: {
    kind: 'host',
    topic: 'site',
    ask: { fr: 'Nom du serveur dans Apache', en: 'Server name in Apache' },
    example: 'inscription.mon-univ.fr',
    source: [
      [223, 223],
      [259, 259],
    ],
    initial: { hostOf: 'REVERSE_PROXY_URL' },
  },
  SERVER_ALIAS: {
    kind: 'fqdn',
    topic: 'site',
    ask: { fr: 'Autre nom du serveur', en: 'Other name of the server' },
    help: {
      fr: 'Rarement utile\u00a0: Pretix refuse (erreur 400) un nom qui n’est pas celui de son URL publique.',
      en: 'Rarely of use: Pretix refuses (error 400) a name that is not that of its public URL.',
    },
    source: [
      [224, 224],
      [260, 260],
    ],
    optional: true,
  },
  DSI_EMAIL: {
    kind: 'email',
    topic: 'site',
    ask: { fr: 'Adresse des administrateurs', en: 'Administrators’ address' },
    example: 'dsi@mon-univ.fr',
    source: [
      [222, 222],
      [258, 258],
    ],
  },
  TLS: {
    kind: 'choice',
    topic: 'site',
    ask: { fr: 'Où se termine TLS (https)\u00a0?', en: 'Where does TLS (https) end?' },
    help: {
      fr: 'Le guide suppose un frontal\u00a0: son Apache écoute sur le port 80 et annonce https à Pretix.',
      en: 'The guide assumes a front end: its Apache listens on port 80 and tells Pretix https.',
    },
    source: [[229, 230]],
    initial: 'upstream',
    choices: [
      {
        value: 'upstream',
        label: {
          fr: 'sur un frontal, devant cette machine (port 80 ici)',
          en: 'on a front end before this machine (port 80 here)',
        },
      },
      {
        value: 'files',
        label: {
          fr: 'dans cet Apache, avec un certificat déjà sur la machine',
          en: 'in this Apache, with a certificate that is on the machine',
        },
      },
    ],
  },
  TLS_CERT: {
    kind: 'path',
    topic: 'site',
    ask: { fr: 'Certificat, avec sa chaîne (PEM)', en: 'Certificate with its chain (PEM)' },
    example: '/etc/ssl/certs/inscription.pem',
    when: is('TLS', 'files'),
  },
  TLS_KEY: {
    kind: 'path',
    topic: 'site',
    ask: { fr: 'Sa clé privée (PEM)', en: 'Its private key (PEM)' },
    example: '/etc/ssl/private/inscription.key',
    when: is('TLS', 'files'),
  },

  BDD_HOST: {
    kind: 'host',
    topic: 'database',
    ask: { fr: 'Serveur de base de données', en: 'Database server' },
    help: {
      fr: 'localhost\u00a0: il est installé ici s’il manque. Un autre nom\u00a0: il existe déjà, ailleurs.',
      en: 'localhost: installed here if it is missing. Another name: it exists already, elsewhere.',
    },
    source: [
      [108, 108],
      [127, 127],
    ],
    initial: 'localhost',
  },
  BDD_PORT: {
    kind: 'port',
    topic: 'database',
    ask: { fr: 'Port du serveur', en: 'Server port' },
    initial: { by: 'EDITION', of: { [publicPostgresql]: '5432', '': '3306' } },
  },
  DB_ADMIN: {
    kind: 'choice',
    topic: 'database',
    ask: {
      fr: 'Qui crée la base et son compte\u00a0?',
      en: 'Who creates database and account?',
    },
    initial: {
      by: 'BDD_HOST',
      of: { localhost: 'socket', '127.0.0.1': 'socket', '::1': 'socket', '': 'person' },
    },
    choices: administratorChoices(isDatabaseHere, 'root'),
  },
  DB_ADMIN_USER: {
    kind: 'text',
    topic: 'database',
    ask: { fr: 'Compte administrateur de la base', en: 'Database administrator account' },
    initial: { by: 'EDITION', of: { [publicPostgresql]: 'postgres', '': 'root' } },
    max: 80,
    when: is('DB_ADMIN', 'password'),
  },
  DB_ADMIN_PASSWORD: {
    kind: 'password',
    topic: 'database',
    ask: { fr: 'Son mot de passe', en: 'Its password' },
    when: is('DB_ADMIN', 'password'),
  },
  DB_USER_MODE: {
    kind: 'choice',
    topic: 'database',
    ask: { fr: 'Compte SQL de Pretix', en: 'SQL account of Pretix' },
    help: {
      fr: 'Le guide réutilise celui de K-Sup\u00a0: son mot de passe serait alors lisible par Pretix, avec tous les droits sur la base de K-Sup.',
      en: 'The guide uses K-Sup’s again: Pretix could then read its password, with all rights on K-Sup’s database.',
    },
    source: [[58, 58]],
    initial: 'own',
    choices: [
      { value: 'own', label: { fr: 'un compte à lui, créé', en: 'one of its own, created' } },
      { value: 'shared', label: { fr: 'celui de K-Sup, qui existe déjà', en: 'K-Sup’s, which exists' } },
    ],
    when: onMysql,
  },
  BDD_USER: {
    kind: 'text',
    topic: 'database',
    ask: { fr: 'Nom du compte', en: 'Name of the account' },
    source: [[106, 106]],
    initial: { by: 'DB_USER_MODE', of: { shared: 'ksup-admin', '': 'pretix' } },
    pattern: {
      match: '[A-Za-z_][A-Za-z0-9_.-]{0,31}',
      say: {
        fr: 'Lettres, chiffres, «\u00a0_\u00a0», «\u00a0.\u00a0» et «\u00a0-\u00a0», 32\u00a0caractères au plus.',
        en: 'Letters, digits, “_”, “.” and “-”, 32 characters at most.',
      },
    },
  },
  BDD_PASSWORD: {
    kind: 'password',
    topic: 'database',
    ask: { fr: 'Mot de passe du compte', en: 'Password of the account' },
    help: {
      fr: 'Sert à\u00a0: pretix.cfg [database] password, et à créer le compte.',
      en: 'Used in pretix.cfg [database] password, and to create the account.',
    },
    source: [
      [107, 107],
      [126, 126],
    ],
    generate: 24,
    generateWhen: isOwnUser,
  },
  SOURCE: {
    kind: 'text',
    topic: 'database',
    ask: { fr: 'D’où le compte se connecte', en: 'Where the account connects from' },
    help: {
      fr: 'L’adresse de cette machine, vue par le serveur de base de données. % veut dire «\u00a0de partout\u00a0».',
      en: 'The address of this machine as the database server sees it. % means “from anywhere”.',
    },
    example: '192.168.1.132',
    source: [
      [62, 62],
      [67, 67],
    ],
    initial: { fact: 'ip' },
    pattern: sourcePattern,
    when: { all: [onMysql, { not: isDatabaseHere }] },
  },
  SOURCE_HERE: {
    kind: 'text',
    topic: 'database',
    ask: { fr: 'Source du compte de K-Sup', en: 'Source of K-Sup’s account' },
    help: {
      fr: 'Ce qui suit «\u00a0@\u00a0» dans le nom du compte\u00a0: localhost, ou %.',
      en: 'What follows “@” in the name of the account: localhost, or %.',
    },
    writtenAs: '%SOURCE%',
    source: [
      [62, 62],
      [67, 67],
    ],
    initial: 'localhost',
    pattern: sourcePattern,
    when: isSharedHere,
  },

  MAIL_FROM: {
    kind: 'email',
    topic: 'mail',
    ask: { fr: 'Expéditeur des messages', en: 'Sender of the messages' },
    example: 'noreply@mon-univ.fr',
    writtenAs: '%MAIL_FROM',
    source: [
      [111, 111],
      [128, 128],
    ],
    initial: { filled: 'noreply@%DOMAIN%' },
  },
  SMTP_HOST: {
    kind: 'host',
    topic: 'mail',
    ask: { fr: 'Serveur SMTP', en: 'SMTP server' },
    source: [
      [112, 112],
      [129, 129],
    ],
    initial: 'localhost',
  },
  SMTP_SECURITY: {
    kind: 'choice',
    topic: 'mail',
    ask: { fr: 'Chiffrement vers ce serveur', en: 'Encryption towards that server' },
    initial: 'none',
    choices: [
      { value: 'none', label: { fr: 'aucun', en: 'none' } },
      { value: 'starttls', label: { fr: 'STARTTLS', en: 'STARTTLS' } },
      { value: 'ssl', label: { fr: 'TLS dès la connexion', en: 'TLS from the start' } },
    ],
  },
  SMTP_PORT: {
    kind: 'port',
    topic: 'mail',
    ask: { fr: 'Port SMTP', en: 'SMTP port' },
    source: [
      [113, 113],
      [130, 130],
    ],
    initial: { by: 'SMTP_SECURITY', of: { starttls: '587', ssl: '465', '': '25' } },
  },
  SMTP_USER: {
    kind: 'text',
    topic: 'mail',
    ask: { fr: 'Compte SMTP', en: 'SMTP account' },
    help: { fr: 'Vide\u00a0: sans authentification.', en: 'Empty: no authentication.' },
    optional: true,
    max: 200,
  },
  SMTP_PASSWORD: {
    kind: 'password',
    topic: 'mail',
    ask: { fr: 'Mot de passe SMTP', en: 'SMTP password' },
    when: { not: is('SMTP_USER', '') },
  },
  MAIL_CONTACT_DEFAULT: {
    kind: 'emails',
    topic: 'mail',
    ask: { fr: 'Qui reçoit les erreurs\u00a0?', en: 'Who receives the errors?' },
    help: {
      fr: 'Le guide parle des «\u00a0mails d’inscription\u00a0»\u00a0; en fait Pretix y envoie ses messages d’erreur. Plusieurs adresses\u00a0: séparées par une virgule.',
      en: 'The guide speaks of “registration mails”; in fact Pretix sends its error messages there. Several addresses: separated by a comma.',
    },
    source: [
      [114, 114],
      [131, 131],
    ],
    initial: { same: 'DSI_EMAIL' },
  },

  REDIS_DB_RESULTS: {
    kind: 'int',
    topic: 'server',
    ask: { fr: 'Base Redis des résultats', en: 'Redis database for results' },
    source: [[121, 121]],
    initial: '1',
    min: 0,
    max: 15,
  },
  REDIS_DB_CACHE: {
    kind: 'int',
    topic: 'server',
    ask: { fr: 'Base Redis du cache', en: 'Redis database for the cache' },
    help: {
      fr: 'Il garde aussi les sessions. Les trois bases Redis doivent être vides\u00a0: sur un serveur partagé, prenez des numéros que K-Sup n’utilise pas.',
      en: 'It keeps the sessions too. The three Redis databases must be empty: on a shared server take numbers that K-Sup does not use.',
    },
    source: [[117, 117]],
    initial: '0',
    min: 0,
    max: 15,
  },
  REDIS_DB_QUEUE: {
    kind: 'int',
    topic: 'server',
    ask: { fr: 'Base Redis de la file', en: 'Redis database for the queue' },
    source: [[122, 122]],
    initial: '2',
    min: 0,
    max: 15,
  },
  WORKERS: {
    kind: 'int',
    topic: 'server',
    ask: { fr: 'Processus web', en: 'Web processes' },
    help: {
      fr: 'Le guide en lance 5\u00a0; sur un seul processeur, 3 suffisent.',
      en: 'The guide starts 5; 3 are enough on a single processor.',
    },
    source: [[177, 177]],
    initial: { by: 'cpu', of: { '1': '3', '': '5' } },
    min: 1,
    max: 64,
  },
  OUTSIDE_CALLS: {
    kind: 'choice',
    topic: 'server',
    ask: { fr: 'Pretix appelle-t-il Internet\u00a0?', en: 'May Pretix call the Internet?' },
    help: {
      fr: 'oui\u00a0: il prend les taux de change de la BCE et annonce chaque jour à pretix.eu sa version et le nombre d’évènements. Réseau fermé\u00a0: non.',
      en: 'yes: it fetches the ECB’s exchange rates and tells pretix.eu its version and number of events each day. Closed network: no.',
    },
    source: [[209, 209]],
    initial: 'yes',
    choices: yesOrNo,
  },

  ADMIN_PASSWORD_BY: {
    kind: 'choice',
    topic: 'application',
    ask: {
      fr: 'Qui choisit le mot de passe\u00a0?',
      en: 'Who chooses the password?',
    },
    help: {
      fr: 'Celui d’admin@localhost. Dans les deux cas «\u00a0admin\u00a0» ne marche plus avant qu’Apache ne soit ouvert. À la main\u00a0: un mot de passe provisoire, à changer dès la première connexion.',
      en: 'That of admin@localhost. Either way “admin” no longer works before Apache is opened. By hand: a temporary password, to be changed at the first sign-in.',
    },
    source: [[264, 269]],
    initial: 'wizard',
    choices: whoDoesIt,
  },
  ADMIN_PASSWORD: {
    kind: 'password',
    topic: 'application',
    ask: { fr: 'Mot de passe d’admin@localhost', en: 'Password of admin@localhost' },
    source: [[269, 269]],
    generate: 20,
    min: 12,
  },
  LICENCE_BY: {
    kind: 'choice',
    topic: 'application',
    ask: {
      fr: 'Qui déclare la licence AGPL\u00a0?',
      en: 'Who declares the AGPL licence?',
    },
    help: {
      fr: 'Un formulaire de Pretix\u00a0: une déclaration au nom de votre établissement.',
      en: 'A form of Pretix: a declaration in the name of your institution.',
    },
    source: [[271, 293]],
    initial: 'person',
    choices: whoDoesIt,
  },
  LICENCE_CONFIRMED: {
    kind: 'choice',
    topic: 'application',
    ask: { fr: 'Confirmez-vous la déclaration\u00a0?', en: 'Do you confirm this declaration?' },
    help: {
      fr: 'L’assistant déclarera\u00a0: Pretix sert aux évènements de votre établissement\u00a0; sous AGPLv3, sans permission additionnelle\u00a0; version publique\u00a0: code non modifié, aucun plugin ajouté\u00a0; version de Kosmos\u00a0: code modifié, plugins libres\u00a0; «\u00a0powered by\u00a0» Kosmos Education. Si un point est faux chez vous, remplissez le formulaire vous-même.',
      en: 'The wizard will declare: Pretix is used for events of your institution; under the AGPLv3 without additional permission; public version: unchanged code, no added plugin; version by Kosmos: changed code, free plugins; “powered by” Kosmos Education. If a point is wrong for you, fill in the form yourself.',
    },
    source: [[277, 292]],
    choices: [
      {
        value: 'yes',
        label: { fr: 'oui, tout est exact', en: 'yes, all of it is right' },
      },
      {
        value: 'no',
        label: { fr: 'non', en: 'no' },
        unfit: {
          when: byWizard('LICENCE_BY'),
          say: {
            fr: 'L’assistant ne déclare que ce que vous confirmez\u00a0: répondez oui, ou remplissez le formulaire vous-même (LICENCE_BY = person).',
            en: 'The wizard declares only what you confirm: answer yes, or fill in the form yourself (LICENCE_BY = person).',
          },
        },
      },
    ],
    when: byWizard('LICENCE_BY'),
  },
  ORGANIZER_BY: {
    kind: 'choice',
    topic: 'application',
    ask: { fr: 'Qui crée l’organisateur\u00a0?', en: 'Who creates the organizer?' },
    source: [[297, 303]],
    initial: 'person',
    choices: whoDoesIt,
  },
  ORG_NAME: {
    kind: 'text',
    topic: 'application',
    ask: { fr: 'Nom de l’université', en: 'Name of the university' },
    example: 'Université Kosmos',
    source: [[301, 301]],
    min: 1,
    max: 200,
  },
  ORG_SLUG: {
    kind: 'text',
    topic: 'application',
    ask: { fr: 'Forme courte de l’organisateur', en: 'Short form of the organizer' },
    source: [
      [302, 302],
      [327, 327],
    ],
    initial: 'events',
    max: 50,
    pattern: {
      match:
        '(?!(api|control|widget|about|download|locale|healthcheck|redirect|jsi18n|metrics|static|media)$)[a-zA-Z0-9][a-zA-Z0-9.-]*[a-zA-Z0-9]',
      say: {
        fr: 'Au moins deux lettres ou chiffres, avec «\u00a0.\u00a0» ou «\u00a0-\u00a0» au milieu\u00a0; pas un mot que Pretix réserve (api, control…).',
        en: 'At least two letters or digits, with “.” or “-” between; not a word that Pretix reserves (api, control…).',
      },
    },
  },
  TOKEN_BY: {
    kind: 'choice',
    topic: 'application',
    ask: { fr: 'Qui crée le jeton de K-Sup\u00a0?', en: 'Who creates K-Sup’s API token?' },
    source: [[304, 307]],
    initial: 'person',
    choices: [
      { value: 'person', label: { fr: 'moi, à la main', en: 'I do, by hand' } },
      {
        value: 'wizard',
        label: { fr: 'l’assistant', en: 'the wizard' },
        unfit: {
          when: byPerson('ORGANIZER_BY'),
          say: {
            fr: 'Le jeton appartient à l’organisateur\u00a0: confiez aussi celui-ci à l’assistant (ORGANIZER_BY = wizard).',
            en: 'The token belongs to the organizer: entrust that to the wizard too (ORGANIZER_BY = wizard).',
          },
        },
      },
    ],
  },
  PRETIX_API_TOKEN: {
    kind: 'password',
    topic: 'application',
    ask: { fr: 'Jeton d’API «\u00a0ksup\u00a0»', en: 'API token “ksup”' },
    writtenAs: '%pretix-api-token%',
    source: [[315, 315]],
    pattern: {
      match: '[a-z0-9]{64}',
      say: {
        fr: 'Un jeton a 64 lettres minuscules et chiffres.',
        en: 'A token has 64 lower-case letters and digits.',
      },
    },
    later: true,
  },

  KSUP_BY: {
    kind: 'choice',
    topic: 'ksup',
    ask: { fr: 'Qui configure K-Sup\u00a0?', en: 'Who configures K-Sup?' },
    help: {
      fr: 'L’assistant ne peut le faire que si K-Sup est sur cette machine\u00a0; sinon il vous donne le texte à emporter.',
      en: 'The wizard can only do it if K-Sup is on this machine; otherwise it gives you the text to take along.',
    },
    source: [[317, 331]],
    initial: 'person',
    choices: whoDoesIt,
  },
  KSUP_CONF_DIR: {
    kind: 'path',
    topic: 'ksup',
    ask: { fr: 'Répertoire conf de K-Sup', en: 'K-Sup’s configuration directory' },
    source: [[321, 321]],
    initial: '/web/ksup/storage/conf',
  },
  KSUP_USER: {
    kind: 'name',
    topic: 'ksup',
    ask: { fr: 'Utilisateur Unix de K-Sup', en: 'Unix user of K-Sup' },
    source: [[321, 321]],
    initial: 'tomcat',
  },
  KSUP_UNIT: {
    kind: 'text',
    topic: 'ksup',
    ask: { fr: 'Service à redémarrer', en: 'Service to restart' },
    help: {
      fr: 'Le service systemd de K-Sup. Vide\u00a0: vous le redémarrez vous-même, quand cela vous convient.',
      en: 'K-Sup’s systemd service. Empty: you restart it yourself, when it suits you.',
    },
    example: 'tomcat9.service',
    source: [[331, 331]],
    optional: true,
    pattern: {
      match: '[A-Za-z0-9][A-Za-z0-9_.@-]*\\.service',
      say: {
        fr: 'Le nom d’un service\u00a0: tomcat9.service.',
        en: 'The name of a service: tomcat9.service.',
      },
    },
    when: byWizard('KSUP_BY'),
  },
});

/** Builders that know this guide's names. */
export const build = kit(ask, { STATIC_DIST: 'public' });
