/** What `doctor` says of a machine and a terminal, in both languages. A finding has a sentence, and what to do. */
import type { Lang } from '../guide/types.ts';

/** A sentence; and, where there is something to do, what. */
export type Said = readonly [say: string, todo?: string];

const en = {
  levels: { good: 'good', 'to-know': 'to know', 'in-the-way': 'in the way' },
  topics: {
    machine: 'Machine',
    rights: 'Rights',
    terminal: 'Terminal',
    session: 'Session',
    state: 'State and disks',
    network: 'Clock and network',
    runs: 'Other work on this machine',
  },
  units: { mega: 'MB', giga: 'GB' },
  end: {
    good: 'Nothing is in the way.',
    know: 'Nothing is in the way; some things are good to know.',
    blocked: 'The wizard cannot work here until what is in the way is gone.',
  },
  system: (name: string, hasSystemd: boolean): Said => [
    `${name}, ${hasSystemd ? 'with' : 'without'} systemd.`,
  ],
  otherProcessor: (arch: string): Said => [
    `The processor is ${arch}: nothing was tried on it.`,
    'Practise first. The archive with Node inside is for x86_64 only.',
  ],
  fits: (guide: string): Said => [`${guide} can be installed here.`],
  unfit: (guide: string, reason: string): Said => [`${guide} cannot be installed here: ${reason}`],
  node: (version: string, path: string): Said => [`Node ${version}, ${path}.`],
  root: (): Said => ['You are root: every guide may work.'],
  sudo: (): Said => ['You are not root, but sudo is here: commands that need root ask for it.'],
  noRoot: (): Said => [
    'You are not root, and there is no sudo: only guides without root can work.',
    'Become root first: su -',
  ],
  noTerminal: (): Said => [
    'This is not a terminal: nothing can be asked.',
    'Give the answers in a file, and --yes.',
  ],
  screens: (columns: number, rows: number): Said => [`Screens, ${columns}×${rows}.`],
  lines: (why: string): Said => [`Lines instead of screens: ${why}.`],
  whyLines: {
    dumb: 'TERM says that it can do little',
    reader: 'a screen reader is announced',
    asked: '--plain',
  },
  tooSmall: (columns: number, rows: number): Said => [
    `The window has ${columns}×${rows}; screens need 60×16.`,
    'Make it larger, or use --plain.',
  ],
  narrow: (columns: number, rows: number): Said => [
    `The window has ${columns}×${rows}; 80×24 shows more at once.`,
  ],
  utf8: (): Said => ['Characters: UTF-8.'],
  ascii: (): Said => [
    'Characters: plain letters and signs, as the locale is not UTF-8.',
    'To have typography: LANG=C.UTF-8.',
  ],
  colour: (): Said => ['Colours on. Every sign is readable without them.'],
  noColour: (): Said => ['Colours off, as NO_COLOR says.'],
  reader: (): Said => ['A screen reader is announced: --plain is chosen by itself.'],
  multiplexer: (name: string): Said => [`In ${name}: the window itself survives a lost connection too.`],
  local: (): Said => ['Not through SSH.'],
  ssh: (): Said => ['Through SSH: if the connection is lost, log in again and run: setup-wizard resume'],
  survivesUnit: (): Said => ['A run survives a closed window and a logout: it is a systemd unit of its own.'],
  survives: (): Said => ['A run survives a closed window and a logout: it is a process of its own.'],
  killed: (user: string): Said => [
    'A run ends with the login it was started from: KillUserProcesses is on.',
    `Nothing is lost, it can be resumed. To let it go on: loginctl enable-linger ${user}`,
  ],
  stateNew: (path: string): Said => [`${path} will be made at the first run.`],
  stateGood: (path: string): Said => [`${path} is ready.`],
  stateClosed: (path: string): Said => [
    `${path} cannot be written to.`,
    'Choose another place with --state-dir, or use the account that owns it.',
  ],
  stateOpen: (path: string, mode: string): Said => [
    `${path} has mode ${mode}: others may look into it.`,
    `chmod 700 ${path}`,
  ],
  stateNoexec: (path: string): Said => [
    `${path} is on a disk where no program may run (noexec), and runs are done by a copy kept there.`,
    'Choose another place with --state-dir.',
  ],
  tmpNoexec: (): Said => [
    'No program may run from /tmp (noexec): what is compiled there may fail.',
    'If a step fails on it, set TMPDIR to a directory elsewhere.',
  ],
  space: (path: string, free: string): Said => [`${free} free on ${path}.`],
  littleSpace: (path: string, free: string): Said => [
    `Only ${free} free on ${path}.`,
    'Make room before a long install.',
  ],
  noSpace: (path: string, free: string): Said => [
    `Only ${free} free for ${path}: the program keeps a copy of itself there, about 130 MB.`,
    'Make room, or choose another place with --state-dir.',
  ],
  secrets: {
    'systemd-creds': (): Said => ['Secrets are encrypted by systemd-creds.'],
    file: (): Said => ['Secrets are kept in files that only their owner can read.'],
    keyring: (): Said => ['Secrets are kept in your keyring.'],
    soon: (): Said => [
      'Secrets will be encrypted by systemd-creds, where it works; else in protected files.',
    ],
  },
  clockGood: (now: string): Said => [`The clock says ${now}, synchronised.`],
  clockFree: (now: string): Said => [
    `The clock says ${now}; nothing says that it is synchronised.`,
    'If that is not the time, mend it first: certificates and packages depend on it.',
  ],
  clockWrong: (now: string): Said => [
    `The clock says ${now}, which is before this program was made.`,
    'Mend it first (timedatectl): certificates and packages depend on it.',
  ],
  names: (servers: string): Said => [`Names are looked up at ${servers}.`],
  noNames: (): Said => [
    'No name server is set in /etc/resolv.conf.',
    'Packages cannot be fetched by name until there is one.',
  ],
  proxy: (name: string, value: string): Said => [`${name}=${value} is used for packages.`],
  noProxy: (): Said => ['No proxy is set.'],
  packagesFree: (): Said => ['No package manager is at work.'],
  packagesBusy: (who: string): Said => [
    `A package manager is at work: ${who}.`,
    'Steps that install packages wait for it; let it end first.',
  ],
  noRuns: (): Said => ['No run is under way or unfinished.'],
  active: (run: string, command: string): Said => [
    `The run ${run} is under way.`,
    `To follow it: ${command}`,
  ],
  unfinished: (run: string, state: string, command: string): Said => [
    `The run ${run} is not finished (${state}).`,
    `To continue: ${command}`,
  ],
  journals: (reason: string): Said => [
    `Nothing can be begun: ${reason}.`,
    'What can still be read can be looked at.',
  ],
};

/** The shape of both. */
export type DoctorWords = typeof en;

const fr: DoctorWords = {
  levels: { good: 'bon', 'to-know': 'à savoir', 'in-the-way': 'bloquant' },
  topics: {
    machine: 'Machine',
    rights: 'Droits',
    terminal: 'Terminal',
    session: 'Session',
    state: 'État et disques',
    network: 'Horloge et réseau',
    runs: 'Autres travaux sur cette machine',
  },
  units: { mega: 'Mo', giga: 'Go' },
  end: {
    good: 'Rien ne gêne.',
    know: 'Rien ne bloque\u00a0; certains points sont bons à savoir.',
    blocked: 'L’assistant ne peut pas travailler ici tant que ce qui bloque est là.',
  },
  system: (name, hasSystemd) => [`${name}, ${hasSystemd ? 'avec' : 'sans'} systemd.`],
  otherProcessor: (arch) => [
    `Le processeur est ${arch}\u00a0: rien n’y a été essayé.`,
    'Exercez-vous d’abord. L’archive avec Node est pour x86_64 seulement.',
  ],
  fits: (guide) => [`${guide} peut être installé ici.`],
  unfit: (guide, reason) => [`${guide} ne peut pas être installé ici\u00a0: ${reason}`],
  node: (version, path) => [`Node ${version}, ${path}.`],
  root: () => ['Vous êtes root\u00a0: tous les guides peuvent travailler.'],
  sudo: () => ['Vous n’êtes pas root, mais sudo est là\u00a0: ce qui demande root passera par lui.'],
  noRoot: () => [
    'Vous n’êtes pas root, et il n’y a pas sudo\u00a0: seuls les guides sans root peuvent travailler.',
    'Devenez d’abord root\u00a0: su -',
  ],
  noTerminal: () => [
    'Ce n’est pas un terminal\u00a0: rien ne peut y être demandé.',
    'Donnez les réponses dans un fichier, et --yes.',
  ],
  screens: (columns, rows) => [`Des écrans, ${columns}×${rows}.`],
  lines: (why) => [`Des lignes au lieu d’écrans\u00a0: ${why}.`],
  whyLines: {
    dumb: 'TERM dit que ce terminal sait peu faire',
    reader: 'un lecteur d’écran est annoncé',
    asked: '--plain',
  },
  tooSmall: (columns, rows) => [
    `La fenêtre fait ${columns}×${rows}\u00a0; les écrans demandent 60×16.`,
    'Agrandissez-la, ou employez --plain.',
  ],
  narrow: (columns, rows) => [`La fenêtre fait ${columns}×${rows}\u00a0; 80×24 montre plus à la fois.`],
  utf8: () => ['Caractères\u00a0: UTF-8.'],
  ascii: () => [
    'Caractères\u00a0: lettres et signes simples, la langue du système n’étant pas en UTF-8.',
    'Pour la typographie\u00a0: LANG=C.UTF-8.',
  ],
  colour: () => ['Couleurs actives. Chaque signe se lit sans elles.'],
  noColour: () => ['Sans couleur, comme le dit NO_COLOR.'],
  reader: () => ['Un lecteur d’écran est annoncé\u00a0: --plain est choisi de lui-même.'],
  multiplexer: (name) => [`Dans ${name}\u00a0: la fenêtre elle-même survit à une connexion perdue.`],
  local: () => ['Pas à travers SSH.'],
  ssh: () => [
    'À travers SSH\u00a0: si la connexion se perd, reconnectez-vous et lancez\u00a0: setup-wizard resume',
  ],
  survivesUnit: () => [
    'Une exécution survit à la fenêtre et à la session\u00a0: elle est une unité systemd à elle seule.',
  ],
  survives: () => [
    'Une exécution survit à la fenêtre et à la session\u00a0: elle est un processus à elle seule.',
  ],
  killed: (user) => [
    'Une exécution s’arrête avec la session qui l’a lancée\u00a0: KillUserProcesses est actif.',
    `Rien n’est perdu, elle peut être reprise. Pour qu’elle continue\u00a0: loginctl enable-linger ${user}`,
  ],
  stateNew: (path) => [`${path} sera créé à la première exécution.`],
  stateGood: (path) => [`${path} est prêt.`],
  stateClosed: (path) => [
    `Il est impossible d’écrire dans ${path}.`,
    'Choisissez un autre endroit avec --state-dir, ou le compte à qui il appartient.',
  ],
  stateOpen: (path, mode) => [
    `${path} a les droits ${mode}\u00a0: d’autres peuvent y regarder.`,
    `chmod 700 ${path}`,
  ],
  stateNoexec: (path) => [
    `${path} est sur un disque où rien ne peut être exécuté (noexec), or c’est de là que l’assistant travaille.`,
    'Choisissez un autre endroit avec --state-dir.',
  ],
  tmpNoexec: () => [
    'Rien ne peut être exécuté depuis /tmp (noexec)\u00a0: ce qui s’y compile peut échouer.',
    'Si une étape échoue là-dessus, donnez à TMPDIR un répertoire situé ailleurs.',
  ],
  space: (path, free) => [`${free} libres sur ${path}.`],
  littleSpace: (path, free) => [
    `Seulement ${free} libres sur ${path}.`,
    'Faites de la place avant une longue installation.',
  ],
  noSpace: (path, free) => [
    `Seulement ${free} libres pour ${path}\u00a0: le programme y garde une copie de lui-même, environ 130 Mo.`,
    'Faites de la place, ou choisissez un autre endroit avec --state-dir.',
  ],
  secrets: {
    'systemd-creds': () => ['Les secrets sont chiffrés par systemd-creds.'],
    file: () => ['Les secrets sont dans des fichiers que seul leur propriétaire peut lire.'],
    keyring: () => ['Les secrets sont dans votre trousseau.'],
    soon: () => [
      'Les secrets seront chiffrés par systemd-creds là où il marche, sinon en fichiers protégés.',
    ],
  },
  clockGood: (now) => [`L’horloge dit ${now}, synchronisée.`],
  clockFree: (now) => [
    `L’horloge dit ${now}\u00a0; rien ne dit qu’elle est synchronisée.`,
    'Si ce n’est pas l’heure, réglez-la d’abord\u00a0: certificats et paquets en dépendent.',
  ],
  clockWrong: (now) => [
    `L’horloge dit ${now}, soit avant que ce programme soit fait.`,
    'Réglez-la d’abord (timedatectl)\u00a0: certificats et paquets en dépendent.',
  ],
  names: (servers) => [`Les noms sont demandés à ${servers}.`],
  noNames: () => [
    'Aucun serveur de noms dans /etc/resolv.conf.',
    'Sans lui, aucun paquet ne peut être téléchargé par son nom.',
  ],
  proxy: (name, value) => [`${name}=${value} sert pour les paquets.`],
  noProxy: () => ['Aucun proxy n’est donné.'],
  packagesFree: () => ['Aucun gestionnaire de paquets n’est à l’œuvre.'],
  packagesBusy: (who) => [
    `Un gestionnaire de paquets est à l’œuvre\u00a0: ${who}.`,
    'Les étapes qui installent des paquets l’attendent\u00a0; laissez-le d’abord finir.',
  ],
  noRuns: () => ['Aucune exécution en cours ou inachevée.'],
  active: (run, command) => [`L’exécution ${run} est en cours.`, `Pour la suivre\u00a0: ${command}`],
  unfinished: (run, state, command) => [
    `L’exécution ${run} n’est pas terminée (${state}).`,
    `Pour continuer\u00a0: ${command}`,
  ],
  journals: (reason) => [
    `Rien ne peut être commencé\u00a0: ${reason}.`,
    'Ce qui peut encore être lu reste consultable.',
  ],
};

/** The words in a language. */
export const doctorWords: Readonly<Record<Lang, DoctorWords>> = { en, fr };
