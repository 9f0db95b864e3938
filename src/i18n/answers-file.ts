/** Words of the commented answers file. */
import type { Lang } from '../guide/types.ts';

const en = {
  head: (title: string) => [
    `Answers for “${title}”.`,
    'A line that starts with “;” is a comment: remove that sign to give the answer.',
    'A value with ; # \\ or quotes goes in double quotes: "…", with \\" for " and \\\\ for \\.',
    'A secret is written file:/path or env:NAME, or in plain text if only you can read this file (chmod 600).',
  ],
  common: 'These answers hold for every guide.',
  example: 'Example: ',
  initial: 'Default: ',
  choices: 'Choices:',
  optional: 'Optional.',
  generated: 'Without an answer, the wizard generates one.',
  list: 'A list: the name of each row, separated by commas; then a line for each value:',
  only: 'Only if: ',
  is: ' = ',
  or: ' or ',
  and: ' and ',
  not: 'not ',
  empty: 'empty',
};

const fr: typeof en = {
  head: (title: string) => [
    `Réponses pour «\u00a0${title}\u00a0».`,
    'Une ligne qui commence par «\u00a0;\u00a0» est un commentaire\u00a0: retirez ce signe pour donner la réponse.',
    'Une valeur avec ; # \\ ou des guillemets s’écrit entre guillemets droits\u00a0: "…", avec \\" pour " et \\\\ pour \\.',
    'Un secret s’écrit file:/chemin ou env:NOM, ou en clair si vous seul pouvez lire ce fichier (chmod 600).',
  ],
  common: 'Ces réponses valent pour tous les guides.',
  example: 'Exemple\u00a0: ',
  initial: 'Par défaut\u00a0: ',
  choices: 'Choix\u00a0:',
  optional: 'Facultatif.',
  generated: 'Sans réponse, l’assistant en génère un.',
  list: 'Une liste\u00a0: le nom de chaque ligne, séparé par une virgule\u00a0; puis une ligne par valeur\u00a0:',
  only: 'Seulement si\u00a0: ',
  is: ' = ',
  or: ' ou ',
  and: ' et ',
  not: 'pas ',
  empty: 'vide',
};

export const answersFileWords: Readonly<Record<Lang, typeof en>> = { en, fr };
