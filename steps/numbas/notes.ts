/** Lines of the source that need no step, and why. */
import type { Guide } from '../../src/guide/types.ts';

export const notes: Guide['notes'] = [
  { lines: [1, 2], why: { fr: 'étiquette de la page', en: 'label of the page' } },
  {
    lines: [3, 12],
    why: {
      fr: 'titre, date de l’essai, où signaler un problème du texte',
      en: 'title, date of the trial, where to report a problem of the text',
    },
  },
  {
    lines: [32, 36],
    why: {
      fr: 'ce qui sera installé\u00a0: autre base de données et Apache sont l’affaire des questions',
      en: 'what will be installed: another database and Apache are for the questions',
    },
  },
  { lines: [131, 131], why: { fr: 'étiquette', en: 'label' } },
];
