/** Requirements, and what the guide says first about security (source lines 5–30). */

import type { Chapter, Text } from '../../../src/guide/types.ts';
import { diskFor, memoryFor, portFor } from '../../shared/checks.ts';
import { only } from '../../shared/conditions.ts';
import { isApache, isNginx, isTlsHere } from '../questions/site.ts';
import { build } from '../questions.ts';
import { isProduction } from '../releases.ts';

const { step, check, packages } = build;

const preflight = step('preflight', {
  title: { fr: 'Vérifier ce que la machine offre', en: 'Check what the machine offers' },
  source: [[13, 26]],
  says: '- Python 2.7.13 (or later)',
  errata: ['E2'],
  do: [
    packages({ names: ['tzdata'] }),
    check({
      name: 'time-zone',
      probe: { exists: '/usr/share/zoneinfo/%TIME_ZONE%' },
      level: 'stop',
      say: {
        fr: 'Le fuseau horaire %TIME_ZONE% n’existe pas sur cette machine\u00a0: «\u00a0timedatectl list-timezones\u00a0» les donne. Corrigez la réponse TIME_ZONE.',
        en: 'The time zone %TIME_ZONE% does not exist on this machine: “timedatectl list-timezones” gives them. Correct the answer TIME_ZONE.',
      },
    }),
    check({
      name: 'venv-outside',
      probe: { run: ['sh', '-c', 'case "$2/" in "$1"/*) exit 1 ;; esac', 'sh', '%ROOT%', '%VENV%'] },
      level: 'stop',
      verify: false,
      say: {
        fr: 'L’environnement virtuel %VENV% serait dans le répertoire d’OnTask, %ROOT%\u00a0: choisissez-en un ailleurs (réponse VENV).',
        en: 'The virtual environment %VENV% would be inside the directory of OnTask, %ROOT%: choose another place (answer VENV).',
      },
    }),
    memoryFor(1500, {
      fr: 'Moins de 1,5\u00a0Go de mémoire disponible\u00a0: OnTask en occupe plus d’un, prévoyez 2\u00a0Go.',
      en: 'Less than 1.5 GB of memory available: OnTask takes more than one, provide 2 GB.',
    }),
    diskFor(3000, {
      fr: 'Moins de 3\u00a0Go libres dans /var, ce qu’il faut pour les paquets, OnTask et ses bibliothèques.',
      en: 'Less than 3 GB free in /var, which is what packages, OnTask and its libraries need.',
    }),
  ],
});

const heldBy = (port: number, server: string): Text => ({
  fr: `Un autre programme tient le port ${port} de cette machine\u00a0: «\u00a0ss -ltnp\u00a0» le nomme. Arrêtez-le, ou prenez un autre serveur web que ${server} (réponse WEB_SERVER).`,
  en: `Another program holds port ${port} of this machine: “ss -ltnp” names it. Stop it, or take another web server than ${server} (answer WEB_SERVER).`,
});

const https = step('tls-advice', {
  title: { fr: 'Prévoir https', en: 'Plan for HTTPS' },
  why: {
    fr: 'Les ports du serveur web doivent être libres, ou déjà à lui.',
    en: 'The ports of the web server have to be free, or its own already.',
  },
  source: [
    [9, 12],
    [27, 30],
  ],
  says: 'production web server capable of serving pages using the HTTPS protocol.',
  errata: ['E1'],
  do: [
    check({
      when: isProduction,
      name: 'name-resolves',
      probe: { run: ['getent', 'ahosts', '%DOMAIN%'] },
      level: 'warn',
      verify: false,
      say: {
        fr: 'Le nom %DOMAIN% ne se résout pas depuis cette machine\u00a0: créez-le dans le DNS, ou corrigez la réponse DOMAIN. OnTask ne répond que sous ce nom.',
        en: 'The name %DOMAIN% does not resolve from this machine: create it in the DNS, or correct the answer DOMAIN. OnTask answers under that name only.',
      },
    }),
    packages({ names: ['iproute2'] }),
    ...only(isNginx, [
      portFor(80, 'nginx', heldBy(80, 'nginx')),
      { ...portFor(443, 'nginx', heldBy(443, 'nginx')), when: isTlsHere },
    ]),
    ...only(isApache, [
      portFor(80, 'apache2', heldBy(80, 'Apache')),
      { ...portFor(443, 'apache2', heldBy(443, 'Apache')), when: isTlsHere },
    ]),
  ],
});

export const requirements: Chapter = {
  id: 'requirements',
  title: { fr: 'Prérequis', en: 'Requirements' },
  steps: [preflight, https],
};
