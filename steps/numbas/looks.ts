/** What is looked at beside the forms: it is said what was found, and nobody is stopped. */
import type { LiveLook } from '../../src/guide/types.ts';
import { smtpLooks } from '../shared/looks.ts';
import { isAdministered, server } from './chapters/postgresql.ts';
import { isDatabaseHere } from './questions/database.ts';

export const looks: readonly LiveLook[] = [
  { id: 'public-name', topic: 'site', of: ['DOMAIN'], look: 'dns', name: '%DOMAIN%' },
  {
    id: 'administrator',
    topic: 'database',
    of: ['DB_HOST', 'DB_PORT', 'DB_ADMIN'],
    when: isAdministered,
    look: 'sql-login',
    server,
  },
  {
    // Its role may not exist yet: all that can be known is that the server answers.
    id: 'database-server',
    topic: 'database',
    of: ['DB_HOST', 'DB_PORT', 'DB_ADMIN'],
    when: { all: [{ not: isAdministered }, { not: isDatabaseHere }] },
    look: 'banner',
    host: '%DB_HOST%',
    port: '%DB_PORT%',
  },
  ...smtpLooks('EMAIL'),
  {
    id: 'platform',
    topic: 'accounts',
    of: ['CONSUMER_HOST'],
    when: { not: { answer: 'CONSUMER_HOST', is: [''] } },
    look: 'banner',
    host: '%CONSUMER_HOST%',
    port: '443',
  },
];
