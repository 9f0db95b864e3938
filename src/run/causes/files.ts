/** Disks, rights and paths: what stands behind many other messages, so it is looked for first. */
import type { KnownCause } from '../../guide/types.ts';

export const files: readonly KnownCause[] = [
  {
    id: 'disk-full',
    match: String.raw`ENOSPC|EDQUOT|[Nn]o space left on device|No more room in record file|enough free space in|Disk quota exceeded|\(1114, |The table '[^']{1,80}' is full|Errcode: 28\b`,
    say: {
      fr: 'Le disque est plein, ou n’a plus d’inodes, ou un quota est atteint.',
      en: 'The disk is full, or has no inodes left, or a quota is reached.',
    },
    do: {
      fr: '«\u00a0df -h\u00a0» et «\u00a0df -i\u00a0» disent lequel. Faites de la place («\u00a0apt-get clean\u00a0», vieux journaux), puis réessayez.',
      en: '“df -h” and “df -i” say which one. Make room (“apt-get clean”, old logs), then try again.',
    },
  },
  {
    id: 'read-only',
    match: String.raw`EROFS|[Rr]ead-only file system|Errno 30\b`,
    say: {
      fr: 'Ce système de fichiers est en lecture seule\u00a0: monté ainsi, ou par Linux après une erreur du disque.',
      en: 'This file system is read-only: mounted so, or by Linux after an error of the disk.',
    },
    do: {
      fr: '«\u00a0findmnt -O ro\u00a0» le montre, «\u00a0dmesg | tail\u00a0» dit s’il y a eu une erreur. Remontez-le (mount -o remount,rw), puis réessayez.',
      en: '“findmnt -O ro” shows it, “dmesg | tail” says whether there was an error. Mount it again (mount -o remount,rw), then try again.',
    },
  },
  {
    id: 'folder-in-the-way',
    codes: ['refused-existing'],
    match: String.raw`^path: (?<path>/[^\n]{1,200})`,
    say: {
      fr: 'À la place de {path} se trouve déjà autre chose\u00a0: un répertoire au lieu d’un fichier, ou l’inverse, ou un lien.',
      en: 'Something else is at {path} already: a directory instead of a file, or the other way round, or a link.',
    },
    do: {
      fr: 'Regardez «\u00a0ls -ld {path}\u00a0». S’il ne sert plus, renommez-le, puis réessayez.',
      en: 'Look at “ls -ld {path}”. If nothing needs it, rename it, then try again.',
    },
  },
  {
    id: 'folder-missing',
    codes: ['bug'],
    match: String.raw`ENOENT: no such file or directory, (?:mkdir|open) '(?<folder>/[^'\n]{0,200})/[^'/\n]{1,255}'`,
    say: {
      fr: 'Le répertoire {folder} n’existe pas.',
      en: 'The directory {folder} does not exist.',
    },
    do: {
      fr: 'Créez-le («\u00a0mkdir -p {folder}\u00a0»), ou corrigez la réponse, puis réessayez.',
      en: 'Make it (“mkdir -p {folder}”), or correct the answer, then try again.',
    },
  },
  {
    id: 'not-a-folder',
    match: String.raw`ENOTDIR: not a directory, \w{1,20} '(?<path>[^'\n]{1,200})'`,
    say: {
      fr: 'Dans le chemin {path}, un des répertoires est en fait un fichier.',
      en: 'In the path {path} one of the directories is in fact a file.',
    },
    do: {
      fr: 'Corrigez la réponse, ou renommez ce fichier, puis réessayez.',
      en: 'Correct the answer, or rename that file, then try again.',
    },
  },
  {
    id: 'name-too-long',
    match: 'ENAMETOOLONG|File name too long',
    say: {
      fr: 'Un nom de fichier ou de répertoire est trop long\u00a0: Linux en accepte 255 octets.',
      en: 'The name of a file or directory is too long: Linux takes 255 bytes.',
    },
    do: { fr: 'Corrigez la réponse, puis réessayez.', en: 'Correct the answer, then try again.' },
  },
  {
    id: 'link-loop',
    match: 'ELOOP|Too many levels of symbolic links',
    say: {
      fr: 'Des liens symboliques tournent en rond sur ce chemin.',
      en: 'Symbolic links lead in a circle on this path.',
    },
    do: {
      fr: '«\u00a0namei -l\u00a0» suivi du chemin les montre. Corrigez le lien, puis réessayez.',
      en: '“namei -l” followed by the path shows them. Correct the link, then try again.',
    },
  },
  {
    id: 'not-allowed',
    match: String.raw`(?:EACCES: permission denied|EPERM: operation not permitted), \w{1,20} '(?<folder>/[^'\n]{0,200})/[^'/\n]{1,255}'`,
    say: {
      fr: 'L’utilisateur qui fait cette étape n’a pas le droit d’écrire dans {folder}.',
      en: 'The user who does this step has no right to write in {folder}.',
    },
    do: {
      fr: '«\u00a0namei -l {folder}\u00a0» montre les droits de chaque répertoire, «\u00a0lsattr -d {folder}\u00a0» un éventuel verrou (chattr +i). Corrigez, puis réessayez.',
      en: '“namei -l {folder}” shows the rights of each directory, “lsattr -d {folder}” a lock if there is one (chattr +i). Correct them, then try again.',
    },
  },
];
