/** Ways to fail that only the practice guide has. */
import type { KnownCause } from '../../src/guide/types.ts';

export const causes: readonly KnownCause[] = [
  {
    id: 'practice-obstacle',
    steps: ['mend'],
    codes: ['check-failed'],
    match: String.raw`^problem: (?<path>/[^\n]{1,200}) (?:does not exist|n’existe pas)`,
    say: {
      fr: 'C’est la panne de l’exercice\u00a0: le fichier {path} manque, et rien d’autre.',
      en: 'This is the obstacle of the exercise: the file {path} is missing, and nothing else.',
    },
    do: {
      fr: 'Dans un autre terminal, ou dans le shell ouvert d’ici\u00a0: «\u00a0touch {path}\u00a0». Puis réessayez.',
      en: 'In another terminal, or in the shell opened from here: “touch {path}”. Then try again.',
    },
  },
];
