/** What is looked at beside the forms: it is said what was found, and nobody is stopped. */
import type { LiveLook } from '../../src/guide/types.ts';
import { smtpLooks } from '../shared/looks.ts';
import { isAdministered, mysqlServer, postgresqlServer } from './chapters/database.ts';
import { onMysql, onPostgresql } from './editions.ts';
import { isDatabaseHere } from './questions.ts';

const databaseServer = { topic: 'database', of: ['BDD_HOST', 'BDD_PORT', 'DB_ADMIN'] } as const;

export const looks: readonly LiveLook[] = [
  { id: 'public-name', topic: 'site', of: ['SERVER_NAME'], look: 'dns', name: '%SERVER_NAME%' },
  {
    id: 'other-name',
    topic: 'site',
    of: ['SERVER_ALIAS'],
    look: 'dns',
    name: '%SERVER_ALIAS%',
  },
  {
    ...databaseServer,
    id: 'mysql-administrator',
    when: { all: [onMysql, isAdministered] },
    look: 'sql-login',
    server: mysqlServer,
  },
  {
    ...databaseServer,
    id: 'postgresql-administrator',
    when: { all: [onPostgresql, isAdministered] },
    look: 'sql-login',
    server: postgresqlServer,
  },
  {
    // Its account may not exist yet: all that can be known is that the server answers.
    ...databaseServer,
    id: 'database-server',
    when: { all: [{ not: isAdministered }, { not: isDatabaseHere }] },
    look: 'banner',
    host: '%BDD_HOST%',
    port: '%BDD_PORT%',
  },
  {
    // K-Sup's account exists: its password can be tried.
    id: 'shared-account',
    topic: 'database',
    of: ['BDD_HOST', 'BDD_PORT', 'BDD_USER', 'BDD_PASSWORD'],
    when: { all: [onMysql, { answer: 'DB_USER_MODE', is: ['shared'] }] },
    look: 'sql-login',
    server: {
      engine: 'mysql',
      host: '%BDD_HOST%',
      port: '%BDD_PORT%',
      login: 'password',
      user: '%BDD_USER%',
      password: '%BDD_PASSWORD%',
    },
  },
  ...smtpLooks('SMTP'),
  { id: 'port-8345', topic: 'server', of: [], look: 'port-free', port: '8345' },
];
