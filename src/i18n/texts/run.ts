/** What the engine says: while it looks, what it refuses, what it cannot tell, what an undo leaves. */
import type { Text } from '../../guide/types.ts';
import { counted } from '../numbers.ts';

export const lookingAtMachine: Text = { fr: 'Examen de la machine…', en: 'Looking at the machine…' };

// What an engine says that takes over from one that was cut off.

/** `title`: of the step that was under way. */
export const cutOffIn = (title: Text, isSameBoot: boolean): Text => ({
  fr: `${stopped(isSameBoot).fr} au milieu de «\u00a0${title.fr}\u00a0». Ce qui avait commencé est examiné, puis gardé ou refait.`,
  en: `${stopped(isSameBoot).en} in the middle of “${title.en}”. What had begun is looked at, then kept or done again.`,
});

export const cutOff = (isSameBoot: boolean): Text => ({
  fr: `${stopped(isSameBoot).fr} alors qu’aucune étape n’était en cours. Tout ce qui était fait ou répondu est gardé.`,
  en: `${stopped(isSameBoot).en} while no step was under way. All that was done or answered is kept.`,
});

const stopped = (isSameBoot: boolean): Text =>
  isSameBoot
    ? { fr: 'Le moteur s’est arrêté net', en: 'The engine stopped abruptly' }
    : { fr: 'La machine s’est arrêtée net', en: 'The machine stopped abruptly' };

export const awaitingProgram: Text = {
  fr: 'Un programme lancé avant l’arrêt tourne encore\u00a0: il lui est laissé une minute pour finir…',
  en: 'A program started before the stop is still running: it has a minute to finish…',
};

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

export const willBeAsked: Text = {
  fr: 'modifié depuis\u00a0: on vous demandera s’il faut le garder\u00a0; avec --yes, il est gardé',
  en: 'changed since: you will be asked whether to keep it; with --yes it is kept',
};

export const someChanged = (count: number): Text => ({
  fr: counted(
    'fr',
    count,
    'chose modifiée depuis\u00a0: on vous demandera s’il faut la garder\u00a0; avec --yes, elle est gardée.',
    'choses modifiées depuis\u00a0: on vous demandera pour chacune s’il faut la garder\u00a0; avec --yes, elles sont gardées.',
  ),
  en: counted(
    'en',
    count,
    'thing changed since: you will be asked about it; with --yes it is kept.',
    'things changed since: you will be asked about each; with --yes they are kept.',
  ),
});

export const olderRunStays = (run: string): Text => ({
  fr: `Une exécution antérieure du même guide reste en place\u00a0: ${run}. Un autre retour en arrière la défera.`,
  en: `An older run of the same guide stays in place: ${run}. Another rollback will undo it.`,
});

export const holdsChanged: Text = {
  fr: 'Contient ce qui a été laissé en place\u00a0: laissé tel quel.',
  en: 'Holds what was left in place: left as it is.',
};

export const keptNeedsIt: Text = {
  fr: 'Ce qui a été laissé en place en a besoin : laissé tel quel.',
  en: 'What was left in place needs it: left as it is.',
};

export const imageLost = (name: string): Text => ({
  fr: `Ne peut plus être défait\u00a0: ce qu’il y avait avant (before/${name}) manque ou n’est plus ce qui avait été gardé. Laissé tel quel\u00a0: à vous de le remettre.`,
  en: `Can no longer be undone: what was there before (before/${name}) is missing or is not what was saved. Left as it is, for you to put back.`,
});

export const dumpLost = (path: string): Text => ({
  fr: `Ne peut plus être défait\u00a0: la sauvegarde ${path} manque ou n’est plus ce qui avait été gardé. Laissé tel quel\u00a0: à vous de le remettre.`,
  en: `Can no longer be undone: the dump ${path} is missing or is not what was saved. Left as it is, for you to put back.`,
});

export const secretLost = (name: string): Text => ({
  fr: `Ne peut plus être défait\u00a0: le secret ${name} n’est plus dans le répertoire d’état. Laissé tel quel\u00a0: à vous de le remettre.`,
  en: `Can no longer be undone: the secret ${name} is no longer in the state directory. Left as it is, for you to put back.`,
});

export const cannotTakeBack = (key: string, reason: Text): Text => ({
  fr: `Rien n’a été défait. ${key}\u00a0: ${reason.fr} Relancez sans --yes pour défaire le reste.`,
  en: `Nothing was undone. ${key}: ${reason.en} Run it again without --yes to undo the rest.`,
});

export const stillNeededBy = (run: string): Text => ({
  fr: `Encore nécessaire à ${run}.`,
  en: `Still needed by ${run}.`,
});
