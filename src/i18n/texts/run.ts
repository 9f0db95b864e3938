/** What the engine says: while it looks, what it refuses, what it cannot tell, what an undo leaves. */
import type { Text } from '../../guide/types.ts';

export const lookingAtMachine: Text = { fr: 'Examen de la machine…', en: 'Looking at the machine…' };

export const guideUnknown = (guide: string): Text => ({
  fr: `Le guide ${guide} est inconnu de cette version\u00a0: reprenez avec celle qui a commencé l’exécution.`,
  en: `This version does not know the guide ${guide}: resume with the one that began the run.`,
});

export const alreadyClaimed = (claim: string, guide: Text, run: string): Text => ({
  fr: `${claim} appartient déjà à «\u00a0${guide.fr}\u00a0» (exécution ${run}). Choisissez-en un autre dans les réponses, ou défaites d’abord ce guide.`,
  en: `${claim} already belongs to “${guide.en}” (run ${run}). Choose another one in the answers, or undo that guide first.`,
});

// What a plan cannot tell yet.

export const unknownUntil = (names: readonly string[]): Text => ({
  fr: `inconnu tant qu’une étape n’a pas donné ${names.join(', ')}`,
  en: `unknown until a step has given ${names.join(', ')}`,
});

export const needsRootToLook: Text = {
  fr: 'inconnu\u00a0: il faut être root pour regarder',
  en: 'unknown: only root can look',
};

export const dependsOn = (keys: readonly string[]): Text => ({
  fr: `ce dont il dépend change\u00a0: ${keys.join(', ')}`,
  en: `what it depends on changes: ${keys.join(', ')}`,
});

// What is left to a person.

export const giveValueFirst: Text = {
  fr: 'Saisissez d’abord la valeur obtenue (Entrée).',
  en: 'First type in the value you got there (Enter).',
};

export const notProven = (problem: Text): Text => ({
  fr: `Pas encore fait, d’après ce que l’assistant voit\u00a0: ${problem.fr}`,
  en: `Not done yet, as far as the wizard can see: ${problem.en}`,
});

// What an undo leaves.

export const changedSince: Text = {
  fr: 'Modifié depuis par quelqu’un d’autre\u00a0: laissé tel quel.',
  en: 'Changed by somebody else since: left as it is.',
};

export const holdsChanged: Text = {
  fr: 'Contient ce que quelqu’un d’autre a modifié depuis\u00a0: laissé tel quel.',
  en: 'Holds what somebody else has changed since: left as it is.',
};

export const stillNeededBy = (run: string): Text => ({
  fr: `Encore nécessaire à ${run}.`,
  en: `Still needed by ${run}.`,
});
