/** What is looked at beside the forms: it is said what was found, and nobody is stopped. */
import type { LiveLook } from '../../src/guide/types.ts';
import { smtpLooks } from '../shared/looks.ts';
import { isRocket } from './questions/rocket.ts';

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
  ...smtpLooks('EMAIL'),
];
