/** PostgreSQL and Redis. */
import { placeholders } from '../../../src/guide/kit.ts';
import { isHere } from '../../shared/conditions.ts';
import { administratorQuestions, identifier } from '../../shared/postgresql.ts';
import { byFamily } from '../platforms.ts';

export const isDatabaseHere = isHere('DB_HOST');

export const database = placeholders({
  DB_HOST: {
    kind: 'host',
    topic: 'database',
    ask: { fr: 'Serveur PostgreSQL', en: 'PostgreSQL server' },
    help: {
      fr: 'localhost\u00a0: il est installé ici s’il manque. Un autre nom\u00a0: il existe déjà, ailleurs.',
      en: 'localhost: installed here if it is missing. Another name: it exists already, elsewhere.',
    },
    source: [[107, 107]],
    initial: 'localhost',
  },
  DB_PORT: {
    kind: 'port',
    topic: 'database',
    ask: { fr: 'Port du serveur', en: 'Server port' },
    initial: '5432',
  },
  ...administratorQuestions('DB_HOST', isDatabaseHere, [[105, 107]]),
  DB_USER: {
    kind: 'text',
    topic: 'database',
    ask: { fr: 'Rôle PostgreSQL de Numbas', en: 'PostgreSQL role of Numbas' },
    writtenAs: 'numbas_lti',
    source: [[106, 107]],
    initial: 'numbas_lti',
    pattern: identifier,
  },
  DB_PASSWORD: {
    kind: 'password',
    topic: 'database',
    ask: { fr: 'Mot de passe du rôle', en: 'Password of the role' },
    help: {
      fr: 'Sert à créer le rôle, et à settings.py (DATABASES).',
      en: 'Used to create the role, and in settings.py (DATABASES).',
    },
    writtenAs: '$password',
    source: [[106, 106]],
    generate: 32,
    min: 12,
    max: 128,
  },
  DB_NAME: {
    kind: 'text',
    topic: 'database',
    ask: { fr: 'Base de données de Numbas', en: 'Database of Numbas' },
    writtenAs: 'numbas_lti',
    source: [[107, 107]],
    initial: 'numbas_lti',
    pattern: identifier,
  },
  PG_HBA: {
    kind: 'choice',
    topic: 'database',
    ask: { fr: 'Accès local dans pg_hba.conf', en: 'Local access in pg_hba.conf' },
    help: {
      fr: 'Red Hat n’y laisse entrer par le réseau que qui porte le nom de l’utilisateur Unix (ident)\u00a0; Debian accepte déjà un mot de passe. Les deux lignes ne valent que pour ce rôle et cette base.',
      en: 'Red Hat lets in through the network only who has the name of the Unix user (ident); Debian accepts a password already. The two lines are for this role and this database only.',
    },
    source: [[95, 101]],
    initial: byFamily('keep', 'add'),
    choices: [
      { value: 'keep', label: { fr: 'ne pas y toucher', en: 'leave it alone' } },
      {
        value: 'add',
        label: {
          fr: 'y ajouter deux lignes pour ce rôle et cette base',
          en: 'add two lines for this role and this database',
        },
      },
    ],
    when: { answer: 'DB_ADMIN', is: ['socket'] },
  },
  REDIS_DB: {
    kind: 'int',
    topic: 'database',
    ask: { fr: 'Base Redis', en: 'Redis database' },
    help: {
      fr: 'Pour le cache, les messages entre processus et les tâches de fond. Elle doit être vide, et à Numbas seul.',
      en: 'For the cache, the messages between processes and the tasks in the background. It has to be empty, and Numbas’s alone.',
    },
    source: [[66, 67]],
    initial: '0',
    min: 0,
    max: 15,
  },
});
