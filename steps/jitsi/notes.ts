/** Lines of the source that need no step, and why. */
import type { Guide } from '../../src/guide/types.ts';

export const notes: Guide['notes'] = [
  { lines: [1, 3], why: { fr: 'projet et auteurs', en: 'project and authors' } },
  {
    lines: [4, 8],
    why: {
      fr: 'ce que le projet veut, et où l’installer',
      en: 'what the project is for, and where to install it',
    },
  },
  { lines: [15, 15], why: { fr: 'titre', en: 'title' } },
  {
    lines: [55, 55],
    why: { fr: 'adresse dynamique\u00a0: l’affaire du DNS', en: 'dynamic address: a matter of the DNS' },
  },
  { lines: [180, 180], why: { fr: 'titre', en: 'title' } },
  { lines: [262, 272], why: { fr: 'sources du texte', en: 'sources of the text' } },
];
