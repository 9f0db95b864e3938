/** What the guide asks for first (source lines 3–35). */
import type { Chapter, Text } from '../../../src/guide/types.ts';
import { diskFor, memoryFor, portFor } from '../../shared/checks.ts';
import { only } from '../../shared/conditions.ts';
import { installed } from '../platforms.ts';
import { pythonFloor } from '../programs.ts';
import { isApache, isNginx } from '../questions/site.ts';
import { build } from '../questions.ts';
import { ref } from '../releases.ts';

const { step, check } = build;

const heldBy = (port: number): Text => ({
  fr: `Un autre programme tient le port ${port} de cette machine\u00a0: «\u00a0ss -ltnp\u00a0» le nomme. Arrêtez-le, ou prenez l’autre serveur web (réponse WEB_SERVER).`,
  en: `Another program holds port ${port} of this machine: “ss -ltnp” names it. Stop it, or take the other web server (answer WEB_SERVER).`,
});

/** Ports from `$1`00 on, `$2` of them: nobody listens there, or supervisord's own programs do. */
const freePorts = `
i=0
while [ "$i" -lt "$2" ]; do
  port="$1$(printf %02d "$i")"
  held=$(ss -H -l -t -n -p "sport = :$port")
  case "$held" in "" | *'"daphne"'*) ;; *) echo "$held"; exit 1 ;; esac
  i=$((i + 1))
done`.trim();

/** First of all: nothing is installed for a branch that cannot run here. */
const release = step('python-floor', {
  title: { fr: 'Vérifier le Python que la branche demande', en: 'Check the Python that the branch needs' },
  why: {
    fr: 'Lu dans la branche elle-même. Pour cela, git est installé en premier.',
    en: 'Read in the branch itself. For that, git is installed first.',
  },
  source: [[22, 31]],
  says: 'The Numbas LTI provider is a `Django <https://www.djangoproject.com/>`_ app.',
  errata: ['E1', 'E7'],
  do: [
    ...installed({ debian: ['git', 'ca-certificates'], enterprise: ['git'] }),
    check({
      name: 'python-floor',
      probe: { run: ['sh', '-c', pythonFloor, 'sh', '%REPOSITORY%', ref, '%PYTHON%'], cwd: '/' },
      level: 'stop',
      verify: false,
      say: {
        fr: 'Cette branche ne peut pas tourner ici\u00a0: elle n’existe pas dans le dépôt, elle est d’avant la 4.0, ou son Django demande un Python plus récent. La sortie de l’étape dit lequel. Corrigez les réponses BRANCH, REPOSITORY ou PYTHON, puis réessayez.',
        en: 'This branch cannot run here: it is not in the repository, it is from before 4.0, or its Django needs a newer Python. The output of the step says which. Correct the answers BRANCH, REPOSITORY or PYTHON, then try again.',
      },
    }),
  ],
});

const preflight = step('preflight', {
  title: { fr: 'Ce qu’il vous faut', en: 'You will need' },
  source: [[13, 20]],
  says: "* A domain name pointed at the server you're going to use.",
  do: [
    ...installed({
      debian: ['iproute2', 'tzdata'],
      enterprise: ['iproute', 'tzdata'],
    }),
    check({
      name: 'time-zone',
      probe: { exists: '/usr/share/zoneinfo/%TIME_ZONE%' },
      level: 'stop',
      say: {
        fr: 'Le fuseau horaire %TIME_ZONE% n’existe pas sur cette machine\u00a0: «\u00a0timedatectl list-timezones\u00a0» les donne. Corrigez la réponse TIME_ZONE.',
        en: 'The time zone %TIME_ZONE% does not exist on this machine: “timedatectl list-timezones” gives them. Correct the answer TIME_ZONE.',
      },
    }),
    memoryFor(1500, {
      fr: 'Moins de 1,5\u00a0Go de mémoire disponible\u00a0: Numbas en occupe 0,5 à vide\u00a0; le guide demande une machine de 4\u00a0Go.',
      en: 'Less than 1.5 GB of memory available: Numbas takes 0.5 when idle; the guide asks for a machine with 4 GB.',
    }),
    diskFor(3000, {
      fr: 'Moins de 3\u00a0Go libres dans /var, ce qu’il faut pour les paquets, Numbas et ses bibliothèques.',
      en: 'Less than 3 GB free in /var, which is what packages, Numbas and its libraries need.',
    }),
    check({
      name: 'name-resolves',
      probe: { run: ['getent', 'ahosts', '%DOMAIN%'] },
      level: 'warn',
      verify: false,
      say: {
        fr: 'Le nom %DOMAIN% ne se résout pas depuis cette machine\u00a0: créez-le dans le DNS, ou corrigez la réponse DOMAIN. Numbas ne répond que sous ce nom.',
        en: 'The name %DOMAIN% does not resolve from this machine: create it in the DNS, or correct the answer DOMAIN. Numbas answers under that name only.',
      },
    }),
    ...only(isNginx, [portFor(80, 'nginx', heldBy(80)), portFor(443, 'nginx', heldBy(443))]),
    ...only(isApache, [portFor(80, 'apache2', heldBy(80)), portFor(443, 'apache2', heldBy(443))]),
    check({
      name: 'process-ports',
      probe: { run: ['sh', '-c', freePorts, 'sh', '%PORTS%', '%PROCESSES%'] },
      level: 'stop',
      verify: false,
      claims: ['port:tcp/%PORTS%00'],
      say: {
        fr: 'Un autre programme tient un port que les processus web de Numbas veulent\u00a0: la sortie de l’étape le nomme. Prenez une autre centaine (réponse PORTS).',
        en: 'Another program holds a port that Numbas’s web processes want: the output of the step names it. Take another hundred (answer PORTS).',
      },
    }),
  ],
});

export const requirements: Chapter = {
  id: 'requirements',
  title: { fr: 'Prérequis', en: 'Requirements' },
  steps: [release, preflight],
};
