/** Errata of the server, its firewall, the packages and the certificate (source lines 1–178). */
import type { Erratum } from '../../../src/guide/types.ts';

export const installing: readonly Erratum[] = [
  {
    id: 'E1',
    source: [[7, 7]],
    severity: 'obsolete',
    says: {
      fr: 'Ubuntu\u00a018.04 n’est plus maintenu depuis mai 2023, et n’a pas le Java que Jitsi demande.',
      en: 'Ubuntu 18.04 has not been maintained since May 2023, and does not have the Java that Jitsi needs.',
    },
    does: {
      fr: 'Installe sur Debian\u00a012 et 13, Ubuntu\u00a022.04 et 24.04. Refuse les autres.',
      en: 'Installs on Debian 12 and 13, Ubuntu 22.04 and 24.04. Refuses the others.',
    },
  },
  {
    id: 'E2',
    source: [[12, 12]],
    severity: 'unclear',
    says: {
      fr: '4\u00a0Go de mémoire et 10\u00a0Go de disque sont peu\u00a0: Jitsi en conseille aujourd’hui 8 et 20.',
      en: '4 GB of memory and 10 GB of disk are little: Jitsi recommends 8 and 20 today.',
    },
    does: {
      fr: 'Avertit en dessous de ce que le guide demande.',
      en: 'Warns below what the guide asks for.',
    },
  },
  {
    id: 'E3',
    source: [[51, 51]],
    severity: 'unclear',
    says: {
      fr: 'Le nom mène alors à 127.0.0.1 sur cette machine seulement\u00a0; la documentation de Jitsi y met l’adresse publique.',
      en: 'The name then leads to 127.0.0.1 on this machine only; Jitsi’s documentation has the public address there.',
    },
    does: {
      fr: 'Suit le guide. L’adresse est au choix (réponse HOSTS_ADDRESS).',
      en: 'Follows the guide. The address can be chosen (answer HOSTS_ADDRESS).',
    },
  },
  {
    id: 'E4',
    source: [[59, 59]],
    severity: 'security',
    says: {
      fr: 'ufw serait déjà actif, et SSH ouvert. S’il ne l’est pas, aucune de ces règles ne protège\u00a0; activé sans règle pour SSH, il coupe l’accès à la machine.',
      en: 'ufw is said to be on already, and SSH let in. If it is not, none of these rules protects; switched on without a rule for SSH, it cuts off the machine.',
    },
    does: {
      fr: 'Regarde ce qu’il en est, autorise SSH d’abord, et active ufw à l’essai\u00a0: sans confirmation dans la minute, tout redevient comme avant.',
      en: 'Looks how things are, lets SSH in first, and switches ufw on on trial: without a confirmation within a minute all is as before.',
    },
  },
  {
    id: 'E5',
    source: [
      [65, 65],
      [72, 72],
      [84, 97],
    ],
    severity: 'obsolete',
    literal: true,
    says: {
      fr: 'Jitsi n’écoute plus sur 4443/tcp. Il manque ceux du serveur TURN\u00a0: 3478/udp et 5349/tcp.',
      en: 'Jitsi listens on 4443/tcp no more. Those of the TURN server are missing: 3478/udp and 5349/tcp.',
    },
    does: {
      fr: 'N’ouvre pas 4443, et ouvre ceux du serveur TURN s’il est installé. Au pied de la lettre\u00a0: ouvre aussi 4443.',
      en: 'Does not open 4443, and opens those of the TURN server if it is installed. Literally: opens 4443 too.',
    },
  },
  {
    id: 'E6',
    source: [[103, 109]],
    severity: 'security',
    says: {
      fr: 'La clé est prise dans le répertoire courant et crue sans être vérifiée\u00a0: qui la remplace en chemin signe ensuite les paquets.',
      en: 'The key is put into the current directory and believed unchecked: whoever replaces it on the way signs the packages from then on.',
    },
    does: {
      fr: 'Montre son empreinte dans le plan, et refuse toute autre clé.',
      en: 'Shows its fingerprint in the plan, and refuses any other key.',
    },
  },
  {
    id: 'E7',
    source: [[111, 121]],
    severity: 'breaks',
    says: {
      fr: '«\u00a0rm\u00a0» au lieu de «\u00a0apt-key add\u00a0»\u00a0: la clé est supprimée avant d’avoir servi, et une seconde fois. apt-key n’existe plus dans Debian\u00a013.',
      en: '“rm” instead of “apt-key add”: the key is removed before it was used, and once more. apt-key is gone from Debian 13.',
    },
    does: {
      fr: 'La met dans un trousseau à elle, /usr/share/keyrings/jitsi-stable-keyring.gpg.',
      en: 'Puts it into a keyring of its own, /usr/share/keyrings/jitsi-stable-keyring.gpg.',
    },
  },
  {
    id: 'E8',
    source: [[123, 135]],
    severity: 'security',
    says: {
      fr: 'Une clé du trousseau commun vaut pour tous les dépôts\u00a0: celle de Jitsi pourrait signer un paquet du système.',
      en: 'A key of the common keyring holds for all repositories: Jitsi’s own could sign a package of the system.',
    },
    does: {
      fr: 'Lie la clé à ce seul dépôt (signed-by).',
      en: 'Ties the key to this repository alone (signed-by).',
    },
  },
  {
    id: 'E9',
    source: [[137, 142]],
    severity: 'breaks',
    says: {
      fr: 'nginx n’est pas installé d’abord\u00a0: les paquets peuvent prendre un autre serveur web. Et ils posent des questions\u00a0; lancée comme un script, la commande attend une réponse.',
      en: 'nginx is not installed first: the packages may take another web server. And they ask questions; run as a script the command waits for an answer.',
    },
    does: {
      fr: 'Installe nginx avec eux, leurs réponses données d’avance.',
      en: 'Installs nginx along with them, their answers given before.',
    },
  },
  {
    id: 'E10',
    source: [[149, 149]],
    severity: 'breaks',
    says: {
      fr: 'La première option n’est plus celle-là\u00a0: c’est Let’s Encrypt. Les mots changent avec les versions, et une réponse inconnue vaut la première, sans un mot.',
      en: 'The first option is not that one any more: it is Let’s Encrypt. The words change with the releases, and an unknown answer counts as the first, without a word.',
    },
    does: {
      fr: 'Lit les choix dans le paquet qui va être installé, et s’arrête si aucun ne convient.',
      en: 'Reads the choices in the package that will be installed, and stops if none fits.',
    },
  },
  {
    id: 'E11',
    source: [[154, 166]],
    severity: 'obsolete',
    says: {
      fr: 'Le PPA de certbot n’existe plus, et ne valait que pour Ubuntu.',
      en: 'The PPA of certbot is gone, and was for Ubuntu only.',
    },
    does: {
      fr: 'Installe le certbot du système, seulement si le certificat vient de Let’s Encrypt.',
      en: 'Installs the system’s certbot, only if the certificate comes from Let’s Encrypt.',
    },
  },
  {
    id: 'E12',
    source: [[167, 171]],
    severity: 'unclear',
    says: {
      fr: 'Le script attend une adresse sur une ligne, et prend certbot ou acme.sh selon sa version\u00a0; celui-ci est téléchargé et lancé sans être vérifié. Il se termine bien même quand il n’a rien obtenu.',
      en: 'The script waits for an address on a line, and takes certbot or acme.sh by its release; the latter is downloaded and run unchecked. It ends well even where it has obtained nothing.',
    },
    does: {
      fr: 'Lui donne l’adresse, dit lequel des deux il prend, et regarde ensuite le certificat que le serveur montre.',
      en: 'Gives it the address, says which of the two it takes, and then looks at the certificate that the server shows.',
    },
  },
  {
    id: 'E13',
    source: [[172, 176]],
    severity: 'breaks',
    says: {
      fr: 'Le port 80 fermé, Let’s Encrypt ne peut plus vérifier le nom\u00a0: le certificat expire au bout de 90 jours.',
      en: 'With port 80 closed Let’s Encrypt can check the name no more: the certificate expires after 90 days.',
    },
    does: {
      fr: 'Le laisse ouvert. Il peut être fermé (réponse CLOSE_80) quand le certificat vient d’ailleurs.',
      en: 'Leaves it open. It can be closed (answer CLOSE_80) where the certificate comes from elsewhere.',
    },
  },
];
