/** Unix user (source lines 37–45). */
import type { Chapter } from '../../../src/guide/types.ts';
import { build } from '../questions.ts';

const { step, directory, packages, unixUser } = build;

export const user: Chapter = {
  id: 'user',
  title: { fr: 'Utilisateur Unix', en: 'Unix user' },
  steps: [
    step('unix-user', {
      title: { fr: 'Créer l’utilisateur Unix pretix', en: 'Create the Unix user pretix' },
      source: [
        [37, 37],
        [39, 45],
      ],
      says: 'sudo adduser pretix --disabled-password --home /var/pretix',
      do: [packages({ names: ['adduser'] }), unixUser({ name: 'pretix', home: '/var/pretix' })],
    }),
    step('home-mode', {
      title: {
        fr: 'Laisser le serveur web traverser /var/pretix',
        en: 'Let the web server pass through /var/pretix',
      },
      source: [[43, 43]],
      says: 'sudo adduser pretix --disabled-password --home /var/pretix',
      errata: ['E-home'],
      do: [directory({ path: '/var/pretix', mode: '0711', owner: 'pretix:pretix' })],
    }),
  ],
};
