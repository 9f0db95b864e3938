/** What is looked at beside the forms: it is said what was found, and nobody is stopped. */
import type { Cond, LiveLook } from '../../src/guide/types.ts';
import { isRocket } from './questions/rocket.ts';

const isTlsFromTheStart: Cond = { answer: 'EMAIL_SECURITY', is: ['ssl'] };
const smtp = { topic: 'mail', of: ['EMAIL_HOST', 'EMAIL_PORT'], look: 'banner' } as const;
const smtpServer = { host: '%EMAIL_HOST%', port: '%EMAIL_PORT%' } as const;

export const looks: readonly LiveLook[] = [
  { id: 'public-name', topic: 'site', of: ['DJANGO_HOST'], look: 'dns', name: '%DJANGO_HOST%' },
  { id: 'front-port', topic: 'site', of: ['HTTP_PORT'], look: 'port-free', port: '%HTTP_PORT%' },
  {
    id: 'rocket-name',
    topic: 'rocket',
    of: ['ROCKET_HOST'],
    when: isRocket,
    look: 'dns',
    name: '%ROCKET_HOST%',
  },
  { ...smtp, ...smtpServer, id: 'smtp', when: { not: isTlsFromTheStart }, banner: '220' },
  { ...smtp, ...smtpServer, id: 'smtps', when: isTlsFromTheStart },
];
