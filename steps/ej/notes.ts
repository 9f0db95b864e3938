/** Lines of the source that need no step, and why. */
import type { Guide } from '../../src/guide/types.ts';

export const notes: Guide['notes'] = [
  { lines: [1, 1], why: { fr: 'trait au-dessus du titre', en: 'rule over the title' } },
  { lines: [2, 3], why: { fr: 'titre', en: 'title' } },
  { lines: [14, 15], why: { fr: 'adresses des liens', en: 'addresses of the links' } },
  { lines: [18, 19], why: { fr: 'titre', en: 'title' } },
  { lines: [83, 84], why: { fr: 'titre', en: 'title' } },
  { lines: [113, 114], why: { fr: 'titre', en: 'title' } },
  { lines: [134, 135], why: { fr: 'titre', en: 'title' } },
  { lines: [161, 162], why: { fr: 'titre', en: 'title' } },
  { lines: [192, 193], why: { fr: 'adresses des liens', en: 'addresses of the links' } },
  { lines: [196, 197], why: { fr: 'titre', en: 'title' } },
  { lines: [208, 209], why: { fr: 'adresses des liens', en: 'addresses of the links' } },
  { lines: [212, 213], why: { fr: 'titre', en: 'title' } },
];
