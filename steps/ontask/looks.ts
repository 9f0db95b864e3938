/** What is looked at beside the forms: it is said what was found, and nobody is stopped. */
import type { Cond, LiveLook } from '../../src/guide/types.ts';
import { isAdministered, server } from './chapters/postgresql.ts';
import { isDatabaseHere } from './questions/database.ts';
import { isRecent } from './releases.ts';

const isTlsFromTheStart: Cond = { answer: 'EMAIL_SECURITY', is: ['ssl'] };
const smtp = { topic: 'mail', of: ['EMAIL_HOST', 'EMAIL_PORT'], look: 'banner' } as const;
const smtpServer = { host: '%EMAIL_HOST%', port: '%EMAIL_PORT%' } as const;

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
  {
    ...smtp,
    ...smtpServer,
    id: 'smtp',
    when: { all: [isRecent, { not: isTlsFromTheStart }] },
    banner: '220',
  },
  { ...smtp, ...smtpServer, id: 'smtps', when: { all: [isRecent, isTlsFromTheStart] } },
];
