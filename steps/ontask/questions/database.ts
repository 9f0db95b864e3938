/** PostgreSQL. */
import { placeholders } from '../../../src/guide/kit.ts';
import { isHere } from '../../shared/conditions.ts';
import { administratorQuestions, identifier } from '../../shared/postgresql.ts';

export const isDatabaseHere = isHere('DBHOST');

export const database = placeholders({
  DBHOST: {
    kind: 'host',
    topic: 'database',
    ask: { fr: 'Serveur PostgreSQL', en: 'PostgreSQL server' },
    help: {
      fr: '127.0.0.1\u00a0: il est installé ici s’il manque. Un autre nom\u00a0: il existe déjà, ailleurs.',
      en: '127.0.0.1: installed here if it is missing. Another name: it exists already, elsewhere.',
    },
    source: [[94, 94]],
    initial: '127.0.0.1',
  },
  DBPORT: {
    kind: 'port',
    topic: 'database',
    ask: { fr: 'Port du serveur', en: 'Server port' },
    source: [[94, 94]],
    initial: '5432',
  },
  ...administratorQuestions('DBHOST', isDatabaseHere, [[42, 47]]),
  PSQLUSERNAME: {
    kind: 'text',
    topic: 'database',
    ask: { fr: 'Rôle PostgreSQL d’OnTask', en: 'PostgreSQL role of OnTask' },
    writtenAs: '[PSQLUSERNAME]',
    source: [
      [42, 42],
      [94, 94],
      [101, 104],
    ],
    initial: 'ontask',
    pattern: identifier,
  },
  PSQLPWD: {
    kind: 'password',
    topic: 'database',
    ask: { fr: 'Mot de passe du rôle', en: 'Password of the role' },
    help: {
      fr: 'Sert à créer le rôle, et à local.env (DATABASE_URL).',
      en: 'Used to create the role, and in local.env (DATABASE_URL).',
    },
    writtenAs: '[PSQLPWD]',
    source: [
      [43, 44],
      [94, 94],
    ],
    generate: 32,
    min: 12,
    max: 128,
  },
  DBNAME: {
    kind: 'text',
    topic: 'database',
    ask: { fr: 'Base de données d’OnTask', en: 'Database of OnTask' },
    writtenAs: 'ontask',
    source: [
      [47, 47],
      [94, 94],
      [104, 106],
    ],
    initial: 'ontask',
    pattern: identifier,
  },
  PG_HBA: {
    kind: 'choice',
    topic: 'database',
    ask: { fr: 'Accès local dans pg_hba.conf', en: 'Local access in pg_hba.conf' },
    help: {
      fr: 'Debian permet déjà à tout rôle de se connecter d’ici avec son mot de passe. Deux lignes ne sont utiles que si quelqu’un a restreint ce fichier.',
      en: 'Debian already lets every role sign in from here with its password. Two lines are of use only if somebody restricted that file.',
    },
    source: [[45, 46]],
    initial: 'keep',
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
});
