/** Lines of the source that need no step, and why. */
import type { Guide } from '../../src/guide/types.ts';

export const notes: Guide['notes'] = [
  {
    lines: [1, 2],
    why: { fr: 'balises de la page', en: 'markup of the page' },
  },
  {
    lines: [3, 8],
    why: {
      fr: 'titre et présentation\u00a0: https est l’affaire de l’étape «\u00a0Prévoir https\u00a0»',
      en: 'title and presentation: HTTPS is for the step “Plan for HTTPS”',
    },
  },
  {
    lines: [225, 229],
    why: {
      fr: 'adresse et mot de passe\u00a0: ce qu’OnTask fait de lui-même, il n’y a rien à régler',
      en: 'address and password: what OnTask does by itself, there is nothing to set',
    },
  },
  {
    lines: [230, 232],
    why: {
      fr: 'LDAP et Active Directory\u00a0: le guide dit qu’il faut modifier le programme\u00a0; dans la 11.1, des lignes en commentaire de settings/base.py le préparent',
      en: 'LDAP and Active Directory: the guide says that the program has to be changed; in 11.1 commented lines of settings/base.py prepare for it',
    },
  },
  {
    lines: [233, 233],
    why: { fr: 'balise de la page', en: 'markup of the page' },
  },
];
