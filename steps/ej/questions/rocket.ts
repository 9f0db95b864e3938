/** Rocket.Chat, and how the two sites show each other. */
import { placeholders } from '../../../src/guide/kit.ts';
import type { Cond } from '../../../src/guide/types.ts';
import { byWizard } from '../../shared/conditions.ts';
import { whoDoesIt } from '../../shared/questions.ts';
import { isPrinted } from '../layout.ts';

export const isRocket: Cond = { answer: 'ROCKET', is: ['yes'] };
export const isRocketByWizard: Cond = { all: [isRocket, byWizard('ROCKET_BY')] };
export const isRocketByPerson: Cond = { all: [isRocket, { answer: 'ROCKET_BY', is: ['person'] }] };

const rocketUrl = {
  match: 'https?://(?!localhost)[A-Za-z0-9.-]+(:\\d+)?',
  say: {
    fr: 'Une adresse avec https:// ou http://, sans barre oblique à la fin, et pas localhost\u00a0: les navigateurs des visiteurs la suivent.',
    en: 'An address with https:// or http://, with no slash at its end, and not localhost: the visitors’ browsers follow it.',
  },
};

export const rocket = placeholders({
  ROCKET: {
    kind: 'choice',
    topic: 'rocket',
    ask: { fr: 'Ajouter Rocket.Chat\u00a0?', en: 'Add Rocket.Chat?' },
    help: {
      fr: 'La version 0.74.3 du guide date de 2019 et a des failles connues\u00a0; EJ a retiré cette intégration en 2022. À réserver à un réseau de confiance.',
      en: 'The guide’s release 0.74.3 is of 2019 and has known holes; EJ took this integration out in 2022. For a trusted network only.',
    },
    source: [
      [137, 140],
      [142, 145],
    ],
    initial: 'no',
    choices: [
      { value: 'no', label: { fr: 'non', en: 'no' } },
      { value: 'yes', label: { fr: 'oui', en: 'yes' } },
    ],
    when: isPrinted,
  },
  ROCKET_HOST: {
    kind: 'fqdn',
    topic: 'rocket',
    ask: { fr: 'Nom public de Rocket.Chat', en: 'Public name of Rocket.Chat' },
    help: { fr: 'Un autre nom que celui d’EJ.', en: 'Another name than EJ’s.' },
    writtenAs: '<rocket-host>',
    example: 'chat.mon-univ.fr',
    source: [[164, 165]],
    when: isRocket,
  },
  ROCKET_TLS_CERT: {
    kind: 'path',
    topic: 'rocket',
    ask: { fr: 'Certificat de ce nom, avec sa chaîne', en: 'Certificate of that name, with its chain' },
    initial: { same: 'TLS_CERT' },
    when: { all: [isRocket, { answer: 'TLS', is: ['files'] }] },
  },
  ROCKET_TLS_KEY: {
    kind: 'path',
    topic: 'rocket',
    ask: { fr: 'Sa clé privée', en: 'Its private key' },
    initial: { same: 'TLS_KEY' },
    when: { all: [isRocket, { answer: 'TLS', is: ['files'] }] },
  },
  ROCKET_PORT: {
    kind: 'port',
    topic: 'rocket',
    ask: { fr: 'Port de Rocket.Chat', en: 'Port of Rocket.Chat' },
    help: { fr: 'Sur 127.0.0.1, derrière le serveur web.', en: 'On 127.0.0.1, behind the web server.' },
    initial: '3000',
    when: isRocket,
  },
  ROCKETCHAT_VERSION: {
    kind: 'text',
    topic: 'rocket',
    ask: { fr: 'Version de Rocket.Chat', en: 'Release of Rocket.Chat' },
    initial: '0.74.3',
    max: 40,
    pattern: {
      match: '[0-9]+(\\.[0-9]+){1,2}',
      say: { fr: 'Un numéro comme 0.74.3.', en: 'A number such as 0.74.3.' },
    },
    when: isRocket,
  },
  MONGO_TAG: {
    kind: 'text',
    topic: 'rocket',
    ask: { fr: 'Version de MongoDB', en: 'Release of MongoDB' },
    help: {
      fr: 'Rocket.Chat 0.74 connaît MongoDB jusqu’à 4.0\u00a0; les suivants refusent une option du fichier Compose.',
      en: 'Rocket.Chat 0.74 knows MongoDB up to 4.0; later ones refuse an option of the Compose file.',
    },
    initial: '4.0',
    pattern: {
      match: '(3\\.[2-6]|4\\.0)(\\.\\d+)?',
      say: { fr: 'De 3.2 à 4.0.', en: 'From 3.2 to 4.0.' },
    },
    when: isRocket,
  },
  ROCKET_BY: {
    kind: 'choice',
    topic: 'rocket',
    ask: { fr: 'Qui règle Rocket.Chat\u00a0?', en: 'Who configures Rocket.Chat?' },
    help: {
      fr: 'L’assistant passe par l’API de Rocket.Chat\u00a0; à la main, il donne chaque valeur à recopier. Le premier compte se crée toujours dans le navigateur.',
      en: 'The wizard uses Rocket.Chat’s API; by hand, it gives each value to copy. The first account is always made in the browser.',
    },
    source: [
      [147, 151],
      [170, 189],
    ],
    initial: 'person',
    choices: whoDoesIt,
    when: isRocket,
  },
  EJ_ROCKETCHAT_USERNAME: {
    kind: 'text',
    topic: 'rocket',
    ask: { fr: 'Administrateur de Rocket.Chat', en: 'Administrator of Rocket.Chat' },
    source: [[144, 149]],
    initial: 'ej-admin',
    max: 50,
    pattern: {
      match: '[A-Za-z0-9._-]+',
      say: { fr: 'Lettres, chiffres, «\u00a0. _ -\u00a0».', en: 'Letters, digits, “. _ -”.' },
    },
    when: isRocket,
  },
  EJ_ROCKETCHAT_USER_PASSWORD: {
    kind: 'password',
    topic: 'rocket',
    ask: { fr: 'Son mot de passe', en: 'Their password' },
    help: {
      fr: 'À donner à Rocket.Chat quand il crée son premier compte\u00a0: l’assistant vérifie ensuite que l’on entre avec.',
      en: 'To be given to Rocket.Chat when it makes its first account: the wizard then verifies that one gets in with it.',
    },
    source: [[144, 149]],
    generate: 20,
    min: 8,
    max: 50,
    pattern: {
      match: '[A-Za-z0-9_.@+-]+',
      say: { fr: 'Lettres, chiffres, «\u00a0_ . @ + -\u00a0».', en: 'Letters, digits, “_ . @ + -”.' },
    },
    when: isRocket,
  },
  EJ_ROCKETCHAT_URL: {
    kind: 'text',
    topic: 'rocket',
    ask: { fr: 'Adresse publique de Rocket.Chat', en: 'Public address of Rocket.Chat' },
    source: [
      [147, 149],
      [199, 201],
    ],
    initial: { filled: 'https://%ROCKET_HOST%' },
    max: 200,
    pattern: rocketUrl,
    when: isRocket,
  },
  EJ_ROCKETCHAT_API_URL: {
    kind: 'text',
    topic: 'rocket',
    ask: { fr: 'Son adresse vue d’EJ', en: 'Its address as EJ sees it' },
    help: {
      fr: 'Dans le réseau des conteneurs, Rocket.Chat s’appelle rocketchat.',
      en: 'In the network of the containers Rocket.Chat is named rocketchat.',
    },
    initial: 'http://rocketchat:3000',
    max: 200,
    pattern: rocketUrl,
    when: isRocket,
  },
  DJANGO_X_FRAME_OPTIONS: {
    kind: 'choice',
    topic: 'frames',
    ask: { fr: 'Qui peut montrer EJ dans un cadre\u00a0?', en: 'Who may show EJ in a frame?' },
    help: {
      fr: 'X-Frame-Options. Avec Rocket.Chat, EJ envoie le sien quoi qu’il arrive\u00a0: c’est la liste suivante qui compte.',
      en: 'X-Frame-Options. With Rocket.Chat EJ sends its own whatever is said here: the list below is what counts.',
    },
    source: [[199, 201]],
    initial: 'SAMEORIGIN',
    choices: [
      { value: 'SAMEORIGIN', label: { fr: 'EJ seulement', en: 'EJ only' } },
      { value: 'DENY', label: { fr: 'personne', en: 'nobody' } },
    ],
    when: isPrinted,
  },
  DJANGO_CONTENT_SECURITY_POLICY_FRAME_ANCESTORS: {
    kind: 'text',
    topic: 'frames',
    ask: { fr: 'Sites qui montrent EJ dans un cadre', en: 'Sites that show EJ in a frame' },
    help: {
      fr: 'Des adresses séparées par des virgules (frame-ancestors). Rocket.Chat en fait partie.',
      en: 'Addresses separated by commas (frame-ancestors). Rocket.Chat is one of them.',
    },
    source: [[203, 206]],
    initial: { filled: '%EJ_ROCKETCHAT_URL%' },
    optional: true,
    max: 400,
    pattern: {
      match: 'https?://[A-Za-z0-9.:-]+(,https?://[A-Za-z0-9.:-]+)*',
      say: {
        fr: 'Des adresses avec https://, séparées par des virgules, sans espace ni barre oblique à la fin.',
        en: 'Addresses with https://, separated by commas, with no space and no slash at the end.',
      },
    },
    when: isRocket,
  },
  MONGO_SCRIPT: {
    kind: 'choice',
    topic: 'rocket',
    ask: { fr: 'Personnaliser par le script de Mongo\u00a0?', en: 'Customize by the script for Mongo?' },
    help: {
      fr: 'scripts/mongo_script.js met des libellés portugais dans Rocket.Chat\u00a0: lisez-le d’abord.',
      en: 'scripts/mongo_script.js puts Portuguese labels into Rocket.Chat: read it first.',
    },
    source: [[221, 227]],
    initial: 'no',
    choices: [
      { value: 'no', label: { fr: 'non', en: 'no' } },
      { value: 'yes', label: { fr: 'oui', en: 'yes' } },
    ],
    when: isRocket,
  },
});
