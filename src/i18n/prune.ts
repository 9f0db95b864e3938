/** What `prune` says, in both languages: of each group what it is, and why it can go. */
import type { Lang } from '../guide/types.ts';
import type { GroupId } from '../run/prune.ts';
import { counted } from './numbers.ts';

/** What it is; why it can go, or what is lost with it. */
type Said = readonly [what: string, why: string];

interface PruneWords {
  readonly groups: Readonly<Record<GroupId, Said>>;
  units(bytes: number): string;
  things(count: number): string;
  readonly nothing: string;
  where(path: string, size: string): string;
  readonly byYes: string;
  remove(what: string): string;
  removeOne(name: string): string;
  freed(size: string): string;
  readonly untouched: string;
}

function size(bytes: number, units: readonly string[], comma: string): string {
  let [value, unit] = [bytes / 1000, 0];
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  const digits = value < 10 && unit > 0 ? 1 : 0;
  return `${value.toFixed(digits).replace('.', comma)}\u00a0${units[unit]}`;
}

const en: PruneWords = {
  groups: {
    programs: ['Older copies of the program', 'No run that stands or can be continued was begun with them.'],
    images: ['Before-images of what was undone', 'There is nothing left to put back from them.'],
    logs: ['Output of runs that were undone', 'The journals stay, and say what was done.'],
    reports: ['Reports of runs that were undone', 'What they describe is no longer on this machine.'],
    leftovers: ['Leftovers of processes that were killed', 'Nothing reads them.'],
    'old-logs': ['Output of what is installed', 'Only people read it: undoing and verifying do without.'],
    drafts: ['Answers of installs that were never agreed to', 'They would have to be given again.'],
    kept: ['Dumps made before data was removed', 'They may be the only copy of that data.'],
    secrets: ['Secrets of runs that were undone', 'A later install of that guide would ask for them again.'],
  },
  units: (bytes) => size(bytes, ['kB', 'MB', 'GB'], '.'),
  things: (count) => counted('en', count, 'entry', 'entries'),
  nothing: 'There is nothing to remove.',
  where: (path, all) => `${path} takes ${all}. Of this can go:`,
  byYes: 'removed with --yes',
  remove: (what) => `${what}: remove? [y/N] `,
  removeOne: (name) => `  ${name}: remove? [y/N] `,
  freed: (all) => `${all} are free again.`,
  untouched: 'Nothing was removed.',
};

const fr: PruneWords = {
  groups: {
    programs: [
      'Anciennes copies du programme',
      'Aucune exécution en place ou à reprendre n’a commencé avec elles.',
    ],
    images: [
      'Sauvegardes de ce qui a été défait',
      'Il n’y a plus rien à remettre en place à partir d’elles.',
    ],
    logs: ['Sorties des exécutions défaites', 'Les journaux restent et disent ce qui a été fait.'],
    reports: ['Rapports des exécutions défaites', 'Ce qu’ils décrivent n’est plus sur cette machine.'],
    leftovers: ['Restes de processus interrompus', 'Plus rien ne les lit.'],
    'old-logs': [
      'Sorties de ce qui est installé',
      'On ne fait que les lire\u00a0: défaire et vérifier s’en passent.',
    ],
    drafts: ['Réponses d’installations jamais acceptées', 'Il faudrait les donner à nouveau.'],
    kept: ['Sauvegardes faites avant de supprimer des données', 'Peut-être la seule copie de ces données.'],
    secrets: ['Secrets d’exécutions défaites', 'Une installation ultérieure du guide les redemanderait.'],
  },
  units: (bytes) => size(bytes, ['ko', 'Mo', 'Go'], ','),
  things: (count) => counted('fr', count, 'élément', 'éléments'),
  nothing: 'Il n’y a rien à supprimer.',
  where: (path, all) => `${path} occupe ${all}. Peuvent être supprimés\u00a0:`,
  byYes: 'supprimé avec --yes',
  remove: (what) => `${what}\u00a0: supprimer\u00a0? [o/N] `,
  removeOne: (name) => `  ${name}\u00a0: supprimer\u00a0? [o/N] `,
  freed: (all) => `Espace libéré\u00a0: ${all}.`,
  untouched: 'Rien n’a été supprimé.',
};

export const pruneWords: Readonly<Record<Lang, PruneWords>> = { en, fr };
