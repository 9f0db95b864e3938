/** ufw and the firewall of the kernel. */
import type { KnownCause } from '../../guide/types.ts';

export const firewall: readonly KnownCause[] = [
  {
    id: 'firewall-forbidden',
    match: String.raw`ip6?tables\S* v[^\n]*(?:Permission denied|Operation not permitted)`,
    say: {
      fr: 'Le noyau refuse ici tout changement de son pare-feu\u00a0: c’est le cas de bien des conteneurs.',
      en: 'The kernel refuses any change of its firewall here: many containers are like that.',
    },
    do: {
      fr: 'Réglez le pare-feu sur la machine qui porte ce conteneur et passez l’étape, ou donnez-lui CAP_NET_ADMIN, puis réessayez.',
      en: 'Set the firewall on the machine that runs this container and skip the step, or give it CAP_NET_ADMIN, then try again.',
    },
  },
  {
    id: 'ufw-rules-broken',
    match: String.raw`Problem running '\S*(?<file>/etc/ufw/(?:before|after|user)6?\.rules)'`,
    say: {
      fr: 'iptables n’accepte pas une ligne de {file}.',
      en: 'iptables does not accept a line of {file}.',
    },
    do: {
      fr: 'La sortie de l’étape donne le numéro de cette ligne. Corrigez-la, puis réessayez.',
      en: 'The output of the step has the number of that line. Correct it, then try again.',
    },
  },
  {
    id: 'ufw-file-missing',
    match: String.raw`ERROR: (?:Couldn't stat|'\w+' file) '(?<file>/etc/ufw/[\w.]{1,40})'`,
    say: { fr: 'Il manque à ufw son fichier {file}.', en: 'ufw lacks its file {file}.' },
    do: {
      fr: 'Remettez-le (/usr/share/ufw contient ceux du paquet), puis réessayez.',
      en: 'Put it back (/usr/share/ufw has those of the package), then try again.',
    },
  },
];
