/** Words of the as-built document, in both languages. */
import type { Lang } from '../guide/types.ts';
import type { From, RunState } from '../run/protocol.ts';
import { counted } from './numbers.ts';

type Outcome = 'done' | 'failed' | 'skipped' | 'left' | 'waits' | 'none';

/** What the document says beside what the guide says. */
export interface ReportWords {
  readonly title: (guide: string) => string;
  readonly titleBack: (guide: string) => string;
  readonly pair: (what: string, said: string) => string;
  readonly head: Readonly<
    Record<
      'machine' | 'state' | 'begun' | 'ended' | 'took' | 'by' | 'run' | 'of' | 'program' | 'guide',
      string
    >
  >;
  readonly earlier: string;
  readonly states: Readonly<Record<RunState, string>>;
  readonly sections: Readonly<
    Record<
      | 'addresses'
      | 'left'
      | 'steps'
      | 'changes'
      | 'differences'
      | 'warnings'
      | 'byHand'
      | 'answers'
      | 'next'
      | 'saved'
      | 'undone'
      | 'kept'
      | 'notUndone',
      string
    >
  >;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly changes: (count: number) => string;
  readonly nothingChanged: string;
  readonly history: {
    readonly failed: string;
    readonly retried: string;
    readonly shell: string;
    readonly correct: string;
    readonly reason: string;
    readonly why: string;
  };
  readonly halfMade: string;
  readonly inRun: (run: string) => string;
  readonly says: string;
  readonly does: string;
  readonly literal: string;
  readonly security: string;
  readonly tick: (by: string, when: string) => string;
  readonly wizard: string;
  readonly proven: string;
  readonly believed: string;
  readonly optional: string;
  readonly note: string;
  readonly secret: string;
  readonly empty: string;
  readonly from: Readonly<Record<From, string>>;
  readonly asRoot: string;
  readonly commands: Readonly<Record<'verify' | 'todo' | 'resume' | 'rollback', string>>;
  readonly logs: string;
  readonly noSecrets: string;
}

const en: ReportWords = {
  title: (guide) => `${guide}: as built`,
  titleBack: (guide) => `${guide}: undone`,
  pair: (what, said) => `${what}: ${said}`,
  head: {
    machine: 'Machine',
    state: 'State',
    begun: 'Begun',
    ended: 'Last record',
    took: 'Time at work',
    by: 'By',
    run: 'Run',
    of: 'Undoes the run',
    program: 'Setup Wizard',
    guide: 'Guide',
  },
  earlier: 'Earlier run that still counts',
  states: {
    running: 'under way',
    'needs-person': 'something is left to do by hand',
    interrupted: 'interrupted, can be resumed',
    failed: 'a step failed, can be resumed',
    done: 'done',
    'rolled-back': 'undone',
  },
  sections: {
    addresses: 'Where it is',
    left: 'What is left to do',
    steps: 'What was done',
    changes: 'What was changed',
    differences: 'Differences from the guide',
    warnings: 'To know',
    byHand: 'Done by hand',
    answers: 'Answers',
    next: 'Verify, resume, undo',
    saved: 'What was saved in kept/, and the command that brings it back',
    undone: 'What was undone',
    kept: 'What was left, and why',
    notUndone: 'What could not be undone',
  },
  outcomes: {
    done: 'done',
    failed: 'failed',
    skipped: 'skipped',
    left: 'left to do by hand',
    waits: 'waits for what is left',
    none: 'not done',
  },
  changes: (count) => counted('en', count, 'change', 'changes'),
  nothingChanged: 'nothing to do',
  history: {
    failed: 'Failed',
    retried: 'Tried again',
    shell: 'A shell was opened here',
    correct: 'An answer was corrected',
    reason: 'Reason',
    why: 'Likely cause',
  },
  halfMade: 'begun, not ended',
  inRun: (run) => `in run ${run}`,
  says: 'The guide',
  does: 'The wizard',
  literal: 'The guide’s own way was asked for here',
  security: 'security',
  tick: (by, when) => `${by}, ${when}`,
  wizard: 'seen by the wizard itself',
  proven: 'proven',
  believed: 'not provable, recorded in good faith',
  optional: 'optional',
  note: 'Note',
  secret: '(secret)',
  empty: '(empty)',
  from: {
    person: 'typed in',
    file: 'from the answers file',
    set: 'from --set',
    default: 'default',
    fact: 'found on the machine',
    generated: 'generated',
    earlier: 'from an earlier run',
    step: 'given by a step',
  },
  asRoot: 'As root:',
  commands: {
    verify: 'is everything still as installed? (changes nothing)',
    todo: 'what is left to do by hand',
    resume: 'continue',
    rollback: 'undo everything (shows first what will be undone)',
  },
  logs: 'Logs',
  noSecrets: 'No secret is in this document. It was made from the journal of the run.',
};

const fr: ReportWords = {
  title: (guide) => `${guide}\u00a0: dossier d’installation`,
  titleBack: (guide) => `${guide}\u00a0: défait`,
  pair: (what, said) => `${what}\u00a0: ${said}`,
  head: {
    machine: 'Machine',
    state: 'État',
    begun: 'Début',
    ended: 'Dernier enregistrement',
    took: 'Durée du travail',
    by: 'Par',
    run: 'Exécution',
    of: 'Défait l’exécution',
    program: 'Setup Wizard',
    guide: 'Guide',
  },
  earlier: 'Exécution antérieure toujours en vigueur',
  states: {
    running: 'en cours',
    'needs-person': 'il reste quelque chose à faire à la main',
    interrupted: 'interrompu, peut être repris',
    failed: 'une étape a échoué, peut être repris',
    done: 'terminé',
    'rolled-back': 'défait',
  },
  sections: {
    addresses: 'Où le trouver',
    left: 'Ce qui reste à faire',
    steps: 'Ce qui a été fait',
    changes: 'Ce qui a été modifié',
    differences: 'Écarts avec le guide',
    warnings: 'À savoir',
    byHand: 'Fait à la main',
    answers: 'Réponses',
    next: 'Vérifier, reprendre, défaire',
    saved: 'Ce qui a été mis dans kept/, et la commande qui le ramène',
    undone: 'Ce qui a été défait',
    kept: 'Ce qui a été laissé, et pourquoi',
    notUndone: 'Ce qui n’a pas pu être défait',
  },
  outcomes: {
    done: 'fait',
    failed: 'échec',
    skipped: 'passé',
    left: 'laissé à une personne',
    waits: 'attend ce qui reste à faire',
    none: 'pas fait',
  },
  changes: (count) => counted('fr', count, 'changement', 'changements'),
  nothingChanged: 'rien à faire',
  history: {
    failed: 'Échec',
    retried: 'Nouvel essai',
    shell: 'Un shell a été ouvert ici',
    correct: 'Une réponse a été corrigée',
    reason: 'Motif',
    why: 'Cause probable',
  },
  halfMade: 'commencé, pas terminé',
  inRun: (run) => `exécution ${run}`,
  says: 'Le guide',
  does: 'L’assistant',
  literal: 'La façon du guide a été demandée ici',
  security: 'sécurité',
  tick: (by, when) => `${by}, ${when}`,
  wizard: 'constaté par l’assistant',
  proven: 'prouvé',
  believed: 'non prouvable, noté de bonne foi',
  optional: 'facultatif',
  note: 'Note',
  secret: '(secret)',
  empty: '(vide)',
  from: {
    person: 'saisi',
    file: 'du fichier de réponses',
    set: 'de --set',
    default: 'par défaut',
    fact: 'trouvé sur la machine',
    generated: 'généré',
    earlier: 'd’une exécution antérieure',
    step: 'fourni par une étape',
  },
  asRoot: 'En root\u00a0:',
  commands: {
    verify: 'tout est-il encore en place\u00a0? (ne modifie rien)',
    todo: 'ce qui reste à faire à la main',
    resume: 'continuer',
    rollback: 'tout défaire (montre d’abord ce qui le sera)',
  },
  logs: 'Sorties des étapes',
  noSecrets: 'Ce document ne contient aucun secret. Il est tiré du journal de l’exécution.',
};

/** The words in a language. */
export const reportWords: Readonly<Record<Lang, ReportWords>> = { en, fr };
