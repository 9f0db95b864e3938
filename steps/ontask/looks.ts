/** What is looked at beside the forms: it is said what was found, and nobody is stopped. */
import type { LiveLook } from '../../src/guide/types.ts';
import { smtpLooks } from '../shared/looks.ts';
import { isAdministered, server } from './chapters/postgresql.ts';
import { isDatabaseHere } from './questions/database.ts';
import { isRecent } from './releases.ts';

export const looks: readonly LiveLook[] = [
  { id: 'public-name', topic: 'site', of: ['DOMAIN'], look: 'dns', name: '%DOMAIN%' },
  {
    id: 'administrator',
    topic: 'database',
    of: ['DBHOST', 'DBPORT', 'DB_ADMIN'],
    when: isAdministered,
    look: 'sql-login',
    server,
  },
  {
    // Its role may not exist yet: all that can be known is that the server answers.
    id: 'database-server',
    topic: 'database',
    of: ['DBHOST', 'DBPORT', 'DB_ADMIN'],
    when: { all: [{ not: isAdministered }, { not: isDatabaseHere }] },
    look: 'banner',
    host: '%DBHOST%',
    port: '%DBPORT%',
  },
  ...smtpLooks('EMAIL', [isRecent]),
];
