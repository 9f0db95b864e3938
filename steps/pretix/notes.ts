/** Lines of the source that need no step, and why. */
import type { Guide } from '../../src/guide/types.ts';

export const notes: Guide['notes'] = [
  {
    lines: [1, 3],
    why: { fr: 'navigation de la page', en: 'navigation of the page' },
  },
  {
    lines: [5, 11],
    why: {
      fr: 'titre et présentation\u00a0; la documentation citée est reprise par le guide',
      en: 'title and presentation; the guide repeats the documentation it cites',
    },
  },
  {
    lines: [142, 142],
    why: {
      fr: 'reprise après interruption\u00a0: l’assistant appelle toujours les programmes du venv par leur chemin entier, il n’y a pas d’environnement à réactiver',
      en: 'going on after an interruption: the wizard always calls the venv’s programs by their full path, there is nothing to activate again',
    },
  },
  {
    lines: [339, 342],
    why: { fr: 'pied de page', en: 'foot of the page' },
  },
];
