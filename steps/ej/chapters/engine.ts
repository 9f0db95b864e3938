/** Docker and Compose, from the distribution (source lines 26–28). */
import type { Step } from '../../../src/guide/types.ts';
import { build } from '../questions.ts';

const { step, check, packages, systemdUnit } = build;

/** Docker's own packages and those of the distribution cannot be beside each other. */
const isDistribution = { not: { fact: 'docker', is: ['docker-ce'] } } as const;
const isTrixie = { fact: 'os.version', is: ['13'] } as const;
const isUbuntu = { fact: 'os.id', is: ['ubuntu'] } as const;

const engine = step('docker-engine', {
  title: { fr: 'Moteur Docker', en: 'Docker Engine' },
  why: {
    fr: 'Celui de la distribution\u00a0; celui de Docker (docker-ce) reste s’il y est.',
    en: 'The distribution’s own; Docker’s (docker-ce) stays if it is there.',
  },
  source: [[26, 28]],
  says: 'EJ requires a relatively recent version of Docker (17.05+) that supports',
  errata: ['E19'],
  do: [
    packages({ when: { all: [isDistribution, { not: isTrixie }] }, names: ['docker.io', 'iptables'] }),
    packages({ when: { all: [isDistribution, isTrixie] }, names: ['docker.io', 'docker-cli', 'iptables'] }),
    systemdUnit({ name: 'docker.service', enabled: true, active: true }),
    check({
      name: 'docker-version',
      probe: {
        run: [
          'sh',
          '-c',
          'now="$(docker version --format "{{.Server.Version}}")" && test "$(printf "%s\\n" 17.12 "$now" | sort -V | head -n 1)" = 17.12',
        ],
      },
      level: 'stop',
      within: 30,
      say: {
        fr: 'Docker ne répond pas, ou il est plus ancien que 17.12, qu’il faut pour ces fichiers Compose\u00a0: «\u00a0systemctl status docker\u00a0» et «\u00a0docker version\u00a0» disent ce qu’il en est.',
        en: 'Docker does not answer, or is older than 17.12, which these Compose files need: “systemctl status docker” and “docker version” say which.',
      },
    }),
    check({
      name: 'docker-group',
      probe: { run: ['sh', '-c', 'test -z "$(getent group docker | cut -d: -f4)"'] },
      level: 'warn',
      verify: false,
      say: {
        fr: 'Des utilisateurs sont dans le groupe «\u00a0docker\u00a0»\u00a0: chacun d’eux peut tout sur cette machine, comme root, et lire les secrets d’EJ.',
        en: 'Users are in the group “docker”: each of them can do anything on this machine, as root can, and read EJ’s secrets.',
      },
    }),
  ],
});

const compose = step('compose-tool', {
  title: { fr: 'Commande Compose', en: 'Compose command' },
  why: {
    fr: 'La version 2 («\u00a0docker compose\u00a0») où elle est, la 1.29 de Debian 12 sinon\u00a0: l’assistant parle aux deux.',
    en: 'Version 2 (“docker compose”) where it is, Debian 12’s 1.29 otherwise: the wizard speaks to both.',
  },
  source: [[27, 28]],
  says: 'multi-stage builds. We recommend that you customize the provided docker-compose',
  errata: ['E2'],
  do: [
    packages({ when: { all: [isDistribution, { not: isUbuntu }] }, names: ['docker-compose'] }),
    packages({ when: { all: [isDistribution, isUbuntu] }, names: ['docker-compose-v2'] }),
    check({
      name: 'compose-answers',
      probe: {
        run: ['sh', '-c', 'docker compose version >/dev/null 2>&1 || docker-compose version >/dev/null 2>&1'],
      },
      level: 'stop',
      say: {
        fr: 'Ni «\u00a0docker compose\u00a0» ni «\u00a0docker-compose\u00a0» ne répondent\u00a0: installez le paquet docker-compose-plugin de Docker, puis réessayez.',
        en: 'Neither “docker compose” nor “docker-compose” answers: install Docker’s package docker-compose-plugin, then try again.',
      },
    }),
  ],
});

export const engineSteps: readonly Step[] = [engine, compose];
