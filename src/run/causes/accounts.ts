/** Unix users and groups. */
import type { KnownCause } from '../../guide/types.ts';

export const accounts: readonly KnownCause[] = [
  {
    id: 'user-other-home',
    codes: ['refused-existing'],
    match: String.raw`^what: (?<user>[\w.-]{1,64})\nhome: (?<home>/[^\n]{1,200})`,
    say: {
      fr: 'Un utilisateur {user} existe déjà sur cette machine, pour autre chose\u00a0: son répertoire est {home}.',
      en: 'A user {user} is on this machine already, for something else: its home is {home}.',
    },
    do: {
      fr: 'S’il ne sert plus\u00a0: «\u00a0userdel {user}\u00a0». S’il sert, ce guide ne peut pas prendre ce nom sur cette machine.',
      en: 'If nothing needs it: “userdel {user}”. If something does, this guide cannot use that name on this machine.',
    },
  },
  {
    id: 'user-unknown',
    match: String.raw`no such user: (?<user>[\w.-]{1,64})|invalid user: ['‘](?<other>[\w.:-]{1,80})['’]|\buser (?<third>[\w.-]{1,64}) does not exist`,
    say: {
      fr: 'L’utilisateur Unix {user}{other}{third} n’existe pas sur cette machine.',
      en: 'The Unix user {user}{other}{third} does not exist on this machine.',
    },
    do: {
      fr: '«\u00a0getent passwd\u00a0» donne ceux qui existent. Créez-le ou corrigez la réponse, puis réessayez.',
      en: '“getent passwd” gives those that exist. Create it or correct the answer, then try again.',
    },
  },
  {
    id: 'accounts-locked',
    match: 'cannot lock /etc/(?<file>passwd|group|shadow|gshadow)',
    say: {
      fr: 'La liste des comptes est verrouillée (/etc/{file}.lock)\u00a0: un autre programme la modifie, ou s’est arrêté au milieu.',
      en: 'The list of accounts is locked (/etc/{file}.lock): another program is changing it, or stopped half-way.',
    },
    do: {
      fr: 'Si aucun adduser, useradd ou vipw ne tourne, supprimez /etc/{file}.lock, puis réessayez.',
      en: 'If no adduser, useradd or vipw is running, delete /etc/{file}.lock, then try again.',
    },
  },
];
