/** How programs end, whatever they were doing: looked at last. */
import type { KnownCause } from '../../guide/types.ts';

export const programs: readonly KnownCause[] = [
  {
    id: 'service-does-not-stay',
    match: String.raw`(?<unit>[\w@.-]{1,80}\.service): (?:Scheduled restart job|Main process exited|Failed with result|restarted within|failed \(|activating \()`,
    say: {
      fr: 'Le service {unit} ne tient pas\u00a0: il démarre, s’arrête, et recommence.',
      en: 'The service {unit} starts, then stops, over and over.',
    },
    do: {
      fr: '«\u00a0journalctl -u {unit} -n 100\u00a0»\u00a0: la première erreur après «\u00a0Started\u00a0» est la bonne. Vérifiez aussi les services dont il a besoin («\u00a0systemctl --failed\u00a0»). Puis réessayez.',
      en: '“journalctl -u {unit} -n 100”: the first error after “Started” is the one that counts. Check the services that it needs too (“systemctl --failed”). Then try again.',
    },
  },
  {
    id: 'supervisor-does-not-stay',
    match: String.raw`Exited too quickly|^[\w:.-]{1,120} (?:FATAL|EXITED) `,
    say: {
      fr: 'Un programme de supervisord ne tient pas\u00a0: il démarre et s’arrête aussitôt.',
      en: 'A program of supervisord does not stay up: it starts and ends at once.',
    },
    do: {
      fr: 'Ses derniers mots sont dans la sortie de l’étape\u00a0; la première erreur est la bonne. Vérifiez aussi les services dont il a besoin («\u00a0systemctl --failed\u00a0»). Puis réessayez.',
      en: 'Its last words are in the output of the step; the first error is the one that counts. Check the services that it needs too (“systemctl --failed”). Then try again.',
    },
  },
  {
    id: 'out-of-memory',
    match: 'Cannot allocate memory|ENOMEM|MemoryError|memory exhausted|failed to map segment',
    say: { fr: 'La machine n’a plus de mémoire.', en: 'The machine has no memory left.' },
    do: {
      fr: '«\u00a0free -h\u00a0» montre ce qui reste. Libérez-en, ou ajoutez de la mémoire ou du swap, puis réessayez.',
      en: '“free -h” shows what is left. Free some, or add memory or swap, then try again.',
    },
  },
  {
    id: 'killed',
    match: String.raw`^code: (?:SIGKILL|137|-9)$|: (?:SIGKILL|code 137)\b|^Killed$|Killed signal`,
    say: {
      fr: 'Le programme a été tué net (signal 9)\u00a0: par Linux faute de mémoire, ou par quelqu’un.',
      en: 'The program was killed outright (signal 9): by Linux for want of memory, or by somebody.',
    },
    do: {
      fr: '«\u00a0dmesg | grep -i oom\u00a0» et «\u00a0free -h\u00a0» le disent. Ajoutez au besoin de la mémoire ou du swap, puis réessayez.',
      en: '“dmesg | grep -i oom” and “free -h” tell. Add memory or swap if need be, then try again.',
    },
  },
  {
    id: 'ended-by-signal',
    match: '^(?:code: |problem: signal )SIG(?<signal>TERM|INT|HUP|SEGV|BUS|ABRT|PIPE)$',
    say: {
      fr: 'Le programme a été interrompu par le signal {signal}.',
      en: 'The program was ended by the signal {signal}.',
    },
    do: {
      fr: 'TERM, INT, HUP\u00a0: quelqu’un ou un arrêt du système\u00a0; réessayez. SEGV, BUS, ABRT\u00a0: une panne du programme ou de la mémoire («\u00a0dmesg\u00a0»).',
      en: 'TERM, INT, HUP: somebody, or the system going down; try again. SEGV, BUS, ABRT: a fault of the program or of the memory (“dmesg”).',
    },
  },
  {
    id: 'too-many-files',
    match: 'EMFILE|ENFILE|Too many open files',
    say: { fr: 'Trop de fichiers sont ouverts à la fois.', en: 'Too many files are open at once.' },
    do: {
      fr: '«\u00a0ulimit -n\u00a0» et «\u00a0sysctl fs.file-nr\u00a0» donnent les limites. Puis réessayez.',
      en: '“ulimit -n” and “sysctl fs.file-nr” give the limits. Then try again.',
    },
  },
  {
    id: 'too-many-processes',
    match: 'EAGAIN|[Rr]esource temporarily unavailable|Cannot fork',
    say: {
      fr: 'Linux refuse de lancer un programme de plus\u00a0: limite de processus ou mémoire.',
      en: 'Linux refuses to start one more program: a limit of processes, or memory.',
    },
    do: {
      fr: '«\u00a0ulimit -u\u00a0» et «\u00a0systemctl status\u00a0» (Tasks) le montrent. Puis réessayez.',
      en: '“ulimit -u” and “systemctl status” (Tasks) show it. Then try again.',
    },
  },
  {
    id: 'silent',
    codes: ['quiet'],
    match: String.raw`^seconds: (?<seconds>\d{1,9})`,
    say: {
      fr: 'Le programme n’a rien dit pendant {seconds} secondes et a été arrêté\u00a0: il attendait sans doute le réseau, un verrou, ou une réponse que personne ne pouvait lui donner.',
      en: 'The program said nothing for {seconds} seconds and was stopped: it was probably waiting for the network, a lock, or an answer that nobody could give it.',
    },
    do: {
      fr: 'Lancez la commande vous-même pour voir ce qu’elle attend, puis réessayez.',
      en: 'Run the command yourself to see what it waits for, then try again.',
    },
  },
  {
    id: 'host-key-unknown',
    match: 'Host key verification failed',
    say: {
      fr: 'ssh ne connaît pas la clé de ce serveur, et personne ne peut la confirmer ici.',
      en: 'ssh does not know the key of this server, and nobody can confirm it here.',
    },
    do: {
      fr: 'Connectez-vous une fois à ce serveur depuis le compte de cette étape («\u00a0ssh\u00a0» suivi du nom), vérifiez la clé, acceptez-la, puis réessayez.',
      en: 'Connect once to that server from the account of this step (“ssh” followed by its name), check the key, accept it, then try again.',
    },
  },
  {
    id: 'question-without-answer',
    match:
      '/dev/tty: No such device|terminal prompts disabled|could not read (?:Username|Password) for|EOF when reading a line|^EOFError|a terminal is required to|Password change has been aborted',
    say: {
      fr: 'Le programme a posé une question (mot de passe, confirmation), et personne ne peut lui répondre ici.',
      en: 'The program asked a question (a password, a confirmation), and nobody can answer it here.',
    },
    do: {
      fr: 'Lancez sa commande vous-même pour voir la question. Faites qu’elle n’ait plus à être posée (identifiants dans l’adresse ou dans un fichier), puis réessayez.',
      en: 'Run its command yourself to see the question. See to it that it need not be asked (credentials in the address or in a file), then try again.',
    },
  },
  {
    id: 'needs-root',
    codes: ['needs-root'],
    match: '',
    say: {
      fr: 'Cette étape demande les droits de root, que cette session n’a pas.',
      en: 'This step needs the rights of root, which this session does not have.',
    },
    do: { fr: 'Relancez l’assistant avec sudo.', en: 'Start the wizard again with sudo.' },
  },
  {
    id: 'program-missing',
    match: String.raw`spawn (?<program>[\w./+-]{1,160}) ENOENT|(?:^|: )(?<shell>[\w./+-]{1,160}): (?:command )?not found$|^program: (?<named>[^\n]{1,160})`,
    say: {
      fr: 'Le programme {program}{shell}{named} n’est pas sur cette machine, ou pas dans le PATH du système.',
      en: 'The program {program}{shell}{named} is not on this machine, or not in the system’s PATH.',
    },
    do: {
      fr: 'Installez-le («\u00a0apt-file search\u00a0» nomme son paquet) ou corrigez la réponse, puis réessayez.',
      en: 'Install it (“apt-file search” names its package) or correct the answer, then try again.',
    },
  },
  {
    id: 'path-denied',
    match: String.raw`Permission denied: '(?<path>/[^'\n]{1,200})'`,
    say: {
      fr: 'L’utilisateur de cette étape n’a pas les droits qu’il faut sur {path}.',
      en: 'The user of this step does not have the rights it needs on {path}.',
    },
    do: {
      fr: '«\u00a0namei -l {path}\u00a0» montre les droits de chaque répertoire. Corrigez-les, puis réessayez.',
      en: '“namei -l {path}” shows the rights of each directory. Correct them, then try again.',
    },
  },
  {
    id: 'permission-denied',
    match: '[Pp]ermission denied|EACCES|EPERM|Operation not permitted',
    say: {
      fr: 'Un droit manque\u00a0: l’utilisateur de cette étape ne peut pas lire, écrire ou lancer ce qui est nommé ci-dessous.',
      en: 'A right is missing: the user of this step may not read, write or run what is named below.',
    },
    do: {
      fr: '«\u00a0namei -l\u00a0» suivi du chemin montre les droits de chaque répertoire. Corrigez-les, puis réessayez.',
      en: '“namei -l” followed by the path shows the rights of each directory. Correct them, then try again.',
    },
  },
];
