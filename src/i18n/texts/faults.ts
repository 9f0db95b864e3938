/** What is said when the machine does not take what the wizard writes. */
import type { Text } from '../../guide/types.ts';

export const logIncomplete = (path: string): Text => ({
  fr: `Le journal de sortie de cette étape est incomplet, faute de place sur le disque\u00a0: ${path}`,
  en: `The log of this step is incomplete, for want of room on the disk: ${path}`,
});

const reasons: Readonly<Record<string, Text>> = {
  ENOSPC: { fr: 'il n’y a plus de place', en: 'no room is left' },
  EDQUOT: { fr: 'un quota est atteint', en: 'a quota is reached' },
  EROFS: { fr: 'il est en lecture seule', en: 'it is read-only' },
  EIO: { fr: 'le disque signale une erreur', en: 'the disk reports an error' },
};

const remedies: Readonly<Record<string, Text>> = {
  EROFS: {
    fr: '«\u00a0dmesg | tail\u00a0» dit s’il y a eu une erreur. Rendez-le accessible en écriture',
    en: '“dmesg | tail” says whether there was an error. Make it writable again',
  },
  EIO: {
    fr: '«\u00a0dmesg | tail\u00a0» dit laquelle. Faites vérifier ce disque',
    en: '“dmesg | tail” says which. Have that disk looked after',
  },
};
const makeRoom: Text = { fr: 'Faites-y de la place', en: 'Make room on it' };

/** A file system: where it is mounted, and what is free on it. */
export interface Room {
  readonly mount: string;
  readonly megabytes: string;
  readonly inodes: string;
}

const free = ({ megabytes, inodes }: Room): Text =>
  inodes === '0'
    ? { fr: ' (0 inode libre)', en: ' (0 inodes free)' }
    : { fr: ` (${megabytes}\u00a0Mo libres)`, en: ` (${megabytes} MB free)` };

/** The run’s own journal takes no more records. */
export const journalUnwritable = (path: string, code: string, room: Room): Text => {
  const reason = reasons[code] ?? { fr: code, en: code };
  const remedy = remedies[code] ?? makeRoom;
  const left = remedies[code] ? { fr: '', en: '' } : free(room);
  return {
    fr: `Le système de fichiers ${room.mount} ne prend plus rien\u00a0: ${reason.fr}${left.fr}. Le journal de cette exécution ne peut donc pas continuer (${path}), et rien n’est fait sans lui. Tout ce qui est fini y est noté\u00a0; ce qui était en cours sera d’abord regardé. ${remedy.fr}, puis reprenez.`,
    en: `The file system ${room.mount} takes nothing more: ${reason.en}${left.en}. So the journal of this run cannot go on (${path}), and nothing is done without it. All that is finished stands in it; what was under way will be looked at first. ${remedy.en}, then resume.`,
  };
};
