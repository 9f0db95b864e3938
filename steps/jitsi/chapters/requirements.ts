/** What the guide asks of the server (source lines 7–12). */
import type { Chapter } from '../../../src/guide/types.ts';
import { diskFor, memoryFor, portFor } from '../../shared/checks.ts';
import { isOldProsody } from '../platforms.ts';
import { freePorts } from '../programs.ts';
import { hasName, hasTurn, isBehindNat } from '../questions/machine.ts';
import { build } from '../questions.ts';

const { step, check, packages } = build;

const heldBy = (port: number) => ({
  fr: `Un autre programme que nginx tient le port ${port} de cette machine\u00a0: «\u00a0ss -ltnp\u00a0» le nomme. Arrêtez-le, ou prenez une autre machine.`,
  en: `Another program than nginx holds port ${port} of this machine: “ss -ltnp” names it. Stop it, or take another machine.`,
});

const ports = [
  'tcp/5222=/usr/bin/prosodyctl',
  'tcp/5280=/usr/bin/prosodyctl',
  'tcp/8888=/usr/share/jicofo',
  'tcp/8080=/usr/share/jitsi-videobridge',
  'tcp/9090=/usr/share/jitsi-videobridge',
  'udp/10000=/usr/share/jitsi-videobridge',
] as const;

const preflight = step('preflight', {
  title: { fr: 'Configuration minimale requise du serveur', en: 'Minimum server requirements' },
  source: [
    [7, 10],
    [11, 12],
  ],
  says: "4 cœurs, 4 Go de RAM et un disque dur de 10 Go (prévoir une capacité suffisante en cas d'enregistrement de sessions).",
  errata: ['E1', 'E2'],
  do: [
    packages({ names: ['iproute2'] }),
    check({
      when: hasName,
      name: 'domain-is-name',
      probe: {
        run: [
          'sh',
          '-c',
          'case $1 in *[!0-9.]*) case $1 in *.*) ;; *) exit 1 ;; esac ;; *) exit 1 ;; esac',
          'sh',
          '%DOMAIN%',
        ],
      },
      level: 'stop',
      verify: false,
      say: {
        fr: '%DOMAIN% n’est pas un nom de domaine. Corrigez la réponse DOMAIN, ou dites que le serveur est joint par son adresse (réponse REACHED_BY).',
        en: '%DOMAIN% is no domain name. Correct the answer DOMAIN, or say that the server is reached by its address (answer REACHED_BY).',
      },
    }),
    check({
      when: { not: hasName },
      name: 'domain-is-address',
      probe: { run: ['sh', '-c', 'case $1 in *[!0-9.]*) exit 1 ;; esac', 'sh', '%DOMAIN%'] },
      level: 'stop',
      verify: false,
      say: {
        fr: '%DOMAIN% n’est pas une adresse IPv4. Corrigez la réponse DOMAIN, ou la réponse REACHED_BY.',
        en: '%DOMAIN% is no IPv4 address. Correct the answer DOMAIN, or the answer REACHED_BY.',
      },
    }),
    check({
      name: 'processors',
      probe: { run: ['sh', '-c', 'test "$(nproc)" -ge "$1"', 'sh', '4'] },
      level: 'warn',
      verify: false,
      say: {
        fr: 'Moins de 4 cœurs, ce que le guide demande\u00a0: une réunion de plus de quelques personnes en souffrira.',
        en: 'Fewer than 4 cores, which the guide asks for: a meeting of more than a few people will suffer.',
      },
    }),
    memoryFor(3500, {
      fr: 'Moins de 3,5\u00a0Go de mémoire disponible\u00a0: le guide demande une machine de 4\u00a0Go, et Jitsi en conseille aujourd’hui 8.',
      en: 'Less than 3.5 GB of memory available: the guide asks for a machine with 4 GB, and Jitsi recommends 8 today.',
    }),
    diskFor(5000, {
      fr: 'Moins de 5\u00a0Go libres dans /var\u00a0: le guide demande un disque de 10\u00a0Go.',
      en: 'Less than 5 GB free in /var: the guide asks for a disk of 10 GB.',
    }),
    check({
      when: isOldProsody,
      name: 'old-prosody',
      probe: { run: ['sh', '-c', `apt-cache policy prosody | grep -Eq 'Candidate: (0\\.1[2-9]|1[0-9])'`] },
      level: 'warn',
      verify: false,
      say: {
        fr: 'Le Prosody d’Ubuntu 22.04 est un 0.11\u00a0: la salle d’attente de Jitsi en demande un plus récent, que le dépôt de Prosody donne.',
        en: 'The Prosody of Ubuntu 22.04 is a 0.11: Jitsi’s lobby needs a newer one, which Prosody’s own repository has.',
      },
    }),
    check({
      when: hasName,
      name: 'name-resolves',
      probe: { run: ['getent', 'ahosts', '%DOMAIN%'] },
      level: 'warn',
      verify: false,
      say: {
        fr: 'Le nom %DOMAIN% ne se résout pas depuis cette machine\u00a0: créez-le dans le DNS, ou corrigez la réponse DOMAIN.',
        en: 'The name %DOMAIN% does not resolve from this machine: create it in the DNS, or correct the answer DOMAIN.',
      },
    }),
    check({
      when: isBehindNat,
      name: 'local-address',
      probe: { run: ['sh', '-c', 'ip -o -4 address show | grep -qF " $1/"', 'sh', '%LOCAL_IP%'] },
      level: 'stop',
      verify: false,
      say: {
        fr: 'Cette machine n’a pas l’adresse %LOCAL_IP%\u00a0: «\u00a0ip address\u00a0» donne les siennes. Corrigez la réponse LOCAL_IP.',
        en: 'This machine does not have the address %LOCAL_IP%: “ip address” gives its own. Correct the answer LOCAL_IP.',
      },
    }),
    check({
      when: hasTurn,
      name: 'no-apache',
      probe: { absent: '/usr/sbin/apache2' },
      level: 'stop',
      verify: false,
      say: {
        fr: 'Apache est installé\u00a0: le serveur TURN de Jitsi (paquet jitsi-meet-turnserver) ne peut pas l’être à côté de lui. Retirez Apache, ou répondez non à TURN.',
        en: 'Apache is installed: Jitsi’s TURN server (package jitsi-meet-turnserver) cannot be beside it. Remove Apache, or answer no to TURN.',
      },
    }),
    portFor(80, 'nginx', heldBy(80)),
    portFor(443, 'nginx', heldBy(443)),
    check({
      name: 'service-ports',
      probe: { run: ['sh', '-c', freePorts, 'sh', ...ports] },
      level: 'stop',
      verify: false,
      claims: ['port:tcp/8888', 'port:tcp/8080', 'port:tcp/9090', 'port:udp/10000'],
      say: {
        fr: 'Un autre programme tient un port dont Jitsi a besoin\u00a0: la sortie de l’étape le nomme. Arrêtez-le, puis réessayez.',
        en: 'Another program holds a port that Jitsi needs: the output of the step names it. Stop it, then try again.',
      },
    }),
  ],
});

export const requirements: Chapter = {
  id: 'requirements',
  title: { fr: 'Configuration minimale', en: 'Requirements' },
  steps: [preflight],
};
