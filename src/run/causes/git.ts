/** What git says of repositories, near and far. Names, certificates and disks are said by others. */
import type { KnownCause } from '../../guide/types.ts';

export const git: readonly KnownCause[] = [
  {
    id: 'git-missing',
    match: "Cannot find command 'git'",
    say: {
      fr: 'Un paquet Python vient d’un dépôt git, et git manque sur cette machine.',
      en: 'A Python package comes from a git repository, and git is missing on this machine.',
    },
    do: {
      fr: 'Installez git («\u00a0apt-get install git\u00a0»\u00a0; dnf sur la famille Red Hat), puis réessayez.',
      en: 'Install git (“apt-get install git”; dnf on the Red Hat family), then try again.',
    },
  },
  {
    id: 'git-ref-unknown',
    match: String.raw`couldn't find remote ref (?<ref>[\w./+@#-]{1,120})|pathspec '(?<other>[\w./+@#-]{1,120})' did not match`,
    say: {
      fr: 'Le dépôt git n’a ni étiquette ni branche {ref}{other}.',
      en: 'The git repository has no tag and no branch {ref}{other}.',
    },
    do: {
      fr: '«\u00a0git ls-remote\u00a0» suivi de l’adresse du dépôt les montre toutes. D’un commit, il faut l’identifiant entier. Corrigez la réponse, puis réessayez.',
      en: '“git ls-remote” followed by the address of the repository shows them all. Of a commit it takes the whole id. Correct the answer, then try again.',
    },
  },
  {
    id: 'git-owned-by-other',
    match: String.raw`dubious ownership in repository at '(?<path>/[^'\n]{1,200})'`,
    say: {
      fr: 'Le dépôt git {path} appartient à un autre utilisateur\u00a0: git refuse de le lire, car sa configuration peut nommer des programmes.',
      en: 'The git repository {path} belongs to another user: git refuses to read it, as its configuration may name programs.',
    },
    do: {
      fr: 'Donnez une copie qui appartient à l’utilisateur de cette étape («\u00a0git clone --mirror\u00a0», puis chown), ou son adresse https, puis réessayez.',
      en: 'Give a copy that belongs to the user of this step (“git clone --mirror”, then chown), or its https address, then try again.',
    },
  },
  {
    id: 'git-repository-missing',
    match: String.raw`'[^'\n]{1,300}' does not appear to be a git repository|repository '[^'\n]{1,300}' not found|Repository not found`,
    say: {
      fr: 'Il n’y a pas de dépôt git à cette adresse, ou il n’est pas ouvert à cette machine.',
      en: 'There is no git repository at this address, or it is not open to this machine.',
    },
    do: {
      fr: 'Essayez «\u00a0git ls-remote\u00a0» suivi de l’adresse, corrigez-la ou demandez l’accès, puis réessayez.',
      en: 'Try “git ls-remote” followed by the address, correct it or ask for access, then try again.',
    },
  },
  {
    id: 'git-unreachable',
    match: String.raw`unable to access '[^'\n]{1,300}': Failed to connect to (?<host>[\w.:-]{1,120}) port (?<port>\d{1,5})`,
    say: {
      fr: 'git n’arrive pas à joindre {host}, port {port}\u00a0: serveur arrêté, pare-feu, ou proxy à régler.',
      en: 'git cannot reach {host}, port {port}: a stopped server, a firewall, or a proxy to be set.',
    },
    do: {
      fr: '«\u00a0env | grep -i proxy\u00a0» montre les réglages de votre session. Corrigez-les et relancez l’assistant\u00a0: il reprendra ici. Sinon, donnez l’adresse d’un miroir.',
      en: '“env | grep -i proxy” shows the settings of your session. Correct them and start the wizard again: it goes on from here. Or give the address of a mirror.',
    },
  },
  {
    id: 'git-protocol-refused',
    match: String.raw`transport '(?<protocol>[\w+.-]{1,40})' not allowed`,
    say: {
      fr: 'git devait passer au protocole {protocol}, que l’adresse donnée n’emploie pas\u00a0: une redirection, ou un réglage «\u00a0insteadOf\u00a0» de cette machine.',
      en: 'git was to go over to the protocol {protocol}, which the given address does not use: a redirection, or a setting “insteadOf” of this machine.',
    },
    do: {
      fr: '«\u00a0git config --show-origin --get-regexp url\u00a0» montre ce réglage. Donnez l’adresse finale, puis réessayez.',
      en: '“git config --show-origin --get-regexp url” shows that setting. Give the final address, then try again.',
    },
  },
  {
    id: 'git-locked',
    match: String.raw`Unable to create '(?<path>/[^'\n]{1,200}\.lock)': File exists`,
    say: {
      fr: 'Un autre git travaille dans ce répertoire, ou a été tué en y laissant son verrou {path}.',
      en: 'Another git works in this directory, or was killed and has left its lock {path} there.',
    },
    do: {
      fr: 'Attendez sa fin («\u00a0pgrep -a git\u00a0»). S’il n’y en a aucun, supprimez ce verrou, puis réessayez.',
      en: 'Wait for its end (“pgrep -a git”). If there is none, remove that lock, then try again.',
    },
  },
  {
    id: 'git-commit-refused',
    match: 'Server does not allow request for unadvertised object',
    say: {
      fr: 'Ce serveur git ne donne pas un commit par son identifiant.',
      en: 'This git server does not give a commit by its id.',
    },
    do: {
      fr: 'Donnez l’étiquette ou la branche qui mène à ce commit, puis réessayez.',
      en: 'Give the tag or branch that leads to this commit, then try again.',
    },
  },
  {
    id: 'git-cut',
    match: 'RPC failed; curl|unexpected disconnect while reading|fatal: early EOF',
    say: {
      fr: 'La connexion au serveur git s’est coupée en cours de route\u00a0: ligne instable, proxy qui limite la taille, ou serveur arrêté.',
      en: 'The connection to the git server broke off on the way: an unsteady line, a proxy that limits sizes, or a stopped server.',
    },
    do: {
      fr: 'Réessayez\u00a0: rien d’incomplet n’est resté. Si elle se coupe toujours au même point, donnez l’adresse d’un miroir.',
      en: 'Try again: nothing incomplete was left. If it always breaks off at the same point, give the address of a mirror.',
    },
  },
];
