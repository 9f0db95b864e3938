/** What is looked at beside the forms: it is said what was found, and nobody is stopped. */
import type { LiveLook } from '../../src/guide/types.ts';
import { hasName } from './questions/machine.ts';

export const looks: readonly LiveLook[] = [
  { id: 'public-name', topic: 'machine', of: ['DOMAIN'], when: hasName, look: 'dns', name: '%DOMAIN%' },
];
