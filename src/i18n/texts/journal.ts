/** What is said of a journal that cannot be read: what, where, what follows from it, what to do. */
import type { Text } from '../../guide/types.ts';

export const damaged = (run: string, path: string, line: number): Text => ({
  fr: `Le journal de l’exécution ${run} est endommagé à la ligne ${line}\u00a0: ${path}. D’ici à ce qu’il soit rétabli, rien ne sera modifié sur cette machine. Remettez-le depuis une sauvegarde du répertoire d’état. À défaut, déplacez le répertoire ${run} hors de runs/ et gardez-le\u00a0: l’assistant ne saura plus défaire ce que cette exécution a fait.`,
  en: `The journal of the run ${run} is damaged at line ${line}: ${path}. Until it is whole again, nothing will be changed on this machine. Put it back from a backup of the state directory. If there is none, move the directory ${run} out of runs/ and keep it: the wizard can then no longer undo what that run did.`,
});

export const newer = (run: string, path: string, program: string): Text => ({
  fr: `Le journal de l’exécution ${run} vient d’une version plus récente du programme (${program})\u00a0: ${path}. Utilisez cette version\u00a0: celle-ci ne modifiera rien sur cette machine.`,
  en: `The journal of the run ${run} was written by a newer version of the program (${program}): ${path}. Use that version: this one will change nothing on this machine.`,
});

/** On one line of a list; the whole of it is said by `status`. */
export const damagedShort = (run: string, line: number): Text => ({
  fr: `journal endommagé (${run}, ligne ${line})\u00a0: «\u00a0setup-wizard status\u00a0» dit que faire`,
  en: `damaged journal (${run}, line ${line}): “setup-wizard status” says what to do`,
});

export const newerShort = (run: string, program: string): Text => ({
  fr: `journal de la version ${program} (${run})\u00a0: utilisez cette version-là`,
  en: `journal of version ${program} (${run}): use that version`,
});
