/** config.env: security, language, database, and what can be switched off. */
import { placeholders } from '../../../src/guide/kit.ts';
import type { Choice } from '../../../src/guide/types.ts';
import { isPrinted } from '../layout.ts';

const yesOrNo: readonly Choice[] = [
  { value: 'True', label: { fr: 'oui', en: 'yes' } },
  { value: 'False', label: { fr: 'non', en: 'no' } },
];

const app = (fr: string, en: string) =>
  ({
    kind: 'choice',
    topic: 'custom',
    ask: { fr, en },
    initial: 'True',
    choices: yesOrNo,
    when: isPrinted,
  }) as const;

const bareSigns = {
  fr: 'Des lettres et des chiffres seulement\u00a0: le mot de passe fait partie d’une adresse (DJANGO_DB_URL).',
  en: 'Letters and digits only: the password is a part of an address (DJANGO_DB_URL).',
};

/** Words that PostgreSQL keeps for itself, among them those of the sample. */
const reserved = '(?!(user|table|all|and|any|as|column|default|end|group|in|or|order|select|to|where|with)$)';
const identifier = {
  match: `${reserved}[a-z_][a-z0-9_]*`,
  say: {
    fr: 'Des minuscules, des chiffres et «\u00a0_\u00a0», et pas un mot réservé de SQL («\u00a0user\u00a0» et «\u00a0table\u00a0» de l’exemple en sont).',
    en: 'Lower-case letters, digits and “_”, and not a reserved word of SQL (“user” and “table” of the sample are).',
  },
};

const address = {
  match: '/([A-Za-z0-9_-]+/)*',
  say: {
    fr: 'Un chemin entre deux barres obliques, comme /start/.',
    en: 'A path between slashes, such as /start/.',
  },
};

/** The only ones that EJ’s settings know: any other stops it. */
const countries = ['Argentina', 'Brazil', 'Chile', 'Ecuador', 'Paraguay', 'Peru', 'Uruguay', 'Venezuela'];

export const settings = placeholders({
  DJANGO_SECRET_KEY: {
    kind: 'password',
    topic: 'security',
    ask: { fr: 'Clé secrète de Django', en: 'Django’s secret key' },
    help: {
      fr: 'Faite une fois et gardée\u00a0: en changer déconnecte tout le monde. Celle de l’exemple est publique, elle est refusée.',
      en: 'Made once and kept: another one signs everybody out. That of the sample is public and is refused.',
    },
    source: [[45, 46]],
    generate: 64,
    min: 50,
    max: 200,
    pattern: {
      match: '(?!.*al238gd93glx6o32nl02l1gi12678xz903)[A-Za-z0-9_-]+',
      say: {
        fr: 'Des lettres, des chiffres, «\u00a0_\u00a0» et «\u00a0-\u00a0», et pas la clé de l’exemple, que tout le monde connaît.',
        en: 'Letters, digits, “_” and “-”, and not the key of the sample, which everybody knows.',
      },
    },
  },
  DJANGO_ADMIN_URL: {
    kind: 'text',
    topic: 'security',
    ask: { fr: 'Chemin de l’administration', en: 'Path of the administration' },
    help: {
      fr: 'config.env conseille un chemin que l’on ne devine pas. Il finit par «\u00a0/\u00a0».',
      en: 'config.env advises a path that cannot be guessed. It ends with “/”.',
    },
    example: 'gestion-7f3a/',
    source: [[154, 155]],
    initial: 'admin/',
    max: 60,
    pattern: {
      match: '[a-z0-9][a-z0-9_-]*/',
      say: {
        fr: 'Des minuscules, des chiffres, «\u00a0_\u00a0» et «\u00a0-\u00a0», puis «\u00a0/\u00a0».',
        en: 'Lower-case letters, digits, “_” and “-”, then “/”.',
      },
    },
  },
  COUNTRY: {
    kind: 'choice',
    topic: 'security',
    ask: { fr: 'Pays', en: 'Country' },
    help: {
      fr: 'EJ n’en connaît que quelques-uns, et ne démarre pas avec un autre. «\u00a0aucun\u00a0»\u00a0: la langue et le fuseau suivants.',
      en: 'EJ knows a few only, and does not start with another one. “none”: the language and time zone below.',
    },
    initial: 'none',
    choices: [
      { value: 'none', label: { fr: 'aucun', en: 'none' } },
      ...countries.map((name) => ({ value: name, label: { fr: name, en: name } })),
    ],
  },
  LANGUAGE_CODE: {
    kind: 'text',
    topic: 'security',
    ask: { fr: 'Langue', en: 'Language' },
    help: {
      fr: 'Langue et région, comme pt-br. EJ est traduit en anglais et en portugais\u00a0; ailleurs, Django parle la langue choisie.',
      en: 'Language and region, such as pt-br. EJ is translated into English and Portuguese; elsewhere Django speaks the language chosen.',
    },
    initial: 'en-us',
    pattern: {
      match: '[a-z]{2}-[a-z]{2}',
      say: {
        fr: 'Deux lettres, un tiret, deux lettres\u00a0: EJ ne démarre pas sans la région.',
        en: 'Two letters, a hyphen, two letters: EJ does not start without the region.',
      },
    },
    when: { answer: 'COUNTRY', is: ['none'] },
  },
  TIME_ZONE: {
    kind: 'text',
    topic: 'security',
    ask: { fr: 'Fuseau horaire', en: 'Time zone' },
    example: 'Europe/Paris',
    initial: { fact: 'timezone' },
    max: 60,
    pattern: {
      match: '[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}',
      say: { fr: 'Un nom comme Europe/Paris, ou UTC.', en: 'A name such as Europe/Paris, or UTC.' },
    },
    when: { answer: 'COUNTRY', is: ['none'] },
  },
  POSTGRES_DB: {
    kind: 'text',
    topic: 'database',
    ask: { fr: 'Base de données', en: 'Database' },
    initial: 'ej',
    max: 60,
    pattern: identifier,
  },
  POSTGRES_USER: {
    kind: 'text',
    topic: 'database',
    ask: { fr: 'Compte de la base', en: 'Account of the database' },
    initial: 'ej',
    max: 60,
    pattern: identifier,
  },
  POSTGRES_PASSWORD: {
    kind: 'password',
    topic: 'database',
    ask: { fr: 'Son mot de passe', en: 'Its password' },
    help: {
      fr: 'Fait une fois et gardé\u00a0: une fois le volume créé, en changer ici ne le change pas dans la base.',
      en: 'Made once and kept: once the volume is made, another one here does not change it in the database.',
    },
    generate: 32,
    min: 12,
    max: 100,
    pattern: { match: '(?!password$)[A-Za-z0-9]+', say: bareSigns },
  },
  EJ_PAGE_TITLE: {
    kind: 'text',
    topic: 'custom',
    ask: { fr: 'Titre des pages', en: 'Title of the pages' },
    initial: 'EJ Platform',
    max: 100,
    when: isPrinted,
  },
  EJ_ENABLE_BOARDS: app('Tableaux de conversations\u00a0?', 'Boards of conversations?'),
  EJ_ENABLE_PROFILES: app('Profils\u00a0?', 'Profiles?'),
  EJ_ENABLE_NOTIFICATIONS: app('Notifications\u00a0?', 'Notifications?'),
  EJ_ENABLE_CLUSTERS: app('Groupes d’opinion\u00a0?', 'Opinion groups?'),
  EJ_ENABLE_DATAVIZ: app('Visualisation des données\u00a0?', 'Data visualization?'),
  EJ_ENABLE_GAMIFICATION: app('Points et médailles\u00a0?', 'Points and badges?'),
  EJ_MAX_COMMENTS_PER_CONVERSATION: {
    kind: 'int',
    topic: 'custom',
    ask: { fr: 'Commentaires par conversation', en: 'Comments per conversation' },
    help: { fr: 'Combien chacun peut en écrire.', en: 'How many each person can write.' },
    initial: '2',
    min: 1,
    max: 1000,
    when: isPrinted,
  },
  EJ_MAX_CONVERSATIONS_PER_BOARD: {
    kind: 'int',
    topic: 'custom',
    ask: { fr: 'Conversations par tableau', en: 'Conversations per board' },
    initial: '5',
    min: 1,
    max: 1000,
    when: { all: [isPrinted, { answer: 'EJ_ENABLE_BOARDS', is: ['True'] }] },
  },
  EJ_ANONYMOUS_HOME_PATH: {
    kind: 'text',
    topic: 'custom',
    ask: { fr: 'Accueil des visiteurs', en: 'Home page of visitors' },
    initial: '/start/',
    max: 100,
    pattern: address,
    when: isPrinted,
  },
  EJ_USER_HOME_PATH: {
    kind: 'text',
    topic: 'custom',
    ask: { fr: 'Accueil après connexion', en: 'Home page after sign-in' },
    initial: '/conversations/',
    max: 100,
    pattern: address,
    when: isPrinted,
  },
  EJ_EXCLUDE_PROFILE_FIELDS: {
    kind: 'text',
    topic: 'custom',
    ask: { fr: 'Champs de profil cachés', en: 'Profile fields to hide' },
    help: {
      fr: 'Séparés par des virgules, parmi race, ethnicity, education, gender, gender_other, birth_date, country, state, city, biography, occupation, political_activity, profile_photo. En Europe, les deux premiers et political_activity sont des données sensibles.',
      en: 'Separated by commas, among race, ethnicity, education, gender, gender_other, birth_date, country, state, city, biography, occupation, political_activity, profile_photo. In Europe the first two and political_activity are sensitive data.',
    },
    example: 'race,ethnicity,political_activity',
    optional: true,
    max: 300,
    pattern: {
      match: '[a-z_]+(,[a-z_]+)*',
      say: {
        fr: 'Des noms séparés par des virgules, sans espace.',
        en: 'Names separated by commas, with no space.',
      },
    },
    when: isPrinted,
  },
});
