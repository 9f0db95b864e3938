/** What the guide says first: three containers, and where their images come from (source lines 2–12). */
import type { Chapter, Text } from '../../../src/guide/types.ts';
import { portFor } from '../../shared/checks.ts';
import { only } from '../../shared/conditions.ts';
import { isBuilt, isCurrent, isLoaded } from '../layout.ts';
import { isRocket } from '../questions/rocket.ts';
import { isServed, isTlsHere } from '../questions/site.ts';
import { build } from '../questions.ts';

const { step, check, packages } = build;

const room =
  'test "$(df --output=avail --block-size=1M "$(test -d /var/lib/docker && echo /var/lib/docker || echo /var/lib)" | tail -n 1)" -ge "$1"';

const roomFor = (megabytes: number, size: { readonly fr: string; readonly en: string }) =>
  ({
    probe: { run: ['sh', '-c', room, 'sh', String(megabytes)] },
    level: 'stop',
    verify: false,
    say: {
      fr: `Moins de ${size.fr} libres là où Docker range ses images (/var/lib/docker)\u00a0: faites de la place, ou déplacez ce répertoire («\u00a0data-root\u00a0» dans /etc/docker/daemon.json), puis réessayez.`,
      en: `Less than ${size.en} free where Docker keeps its images (/var/lib/docker): make room, or move that directory (“data-root” in /etc/docker/daemon.json), then try again.`,
    },
  }) as const;

const heldBy = (port: number): Text => ({
  fr: `Un autre programme que nginx tient le port ${port} de cette machine\u00a0: «\u00a0ss -ltnp\u00a0» le nomme. Arrêtez-le, ou faites passer EJ par votre serveur web (réponse WEB_SERVER = none).`,
  en: `Another program than nginx holds port ${port} of this machine: “ss -ltnp” names it. Stop it, or have EJ go through your web server (answer WEB_SERVER = none).`,
});

/** Held by another than Docker, whose container will have it. */
const heldPort =
  'held="$(ss -H -l -t -n -p "sport = :$1")"; case "$held" in "" | *docker*) ;; *) echo "$held"; exit 1 ;; esac';

const freePort = (port: string, answer: string) =>
  ({
    probe: { run: ['sh', '-c', heldPort, 'sh', port] },
    level: 'stop',
    verify: false,
    say: {
      fr: `Un autre programme tient le port ${port} de cette machine\u00a0: «\u00a0ss -ltnp\u00a0» le nomme. Choisissez-en un autre (réponse ${answer}).`,
      en: `Another program holds port ${port} of this machine: “ss -ltnp” names it. Choose another one (answer ${answer}).`,
    },
  }) as const;

const architecture = step('architecture-note', {
  title: { fr: 'Les trois conteneurs', en: 'The three containers' },
  why: {
    fr: 'nginx, l’application et PostgreSQL\u00a0: ce qu’il leur faut sur cette machine.',
    en: 'nginx, the application and PostgreSQL: what they need on this machine.',
  },
  source: [[5, 12]],
  says: 'understand that a basic EJ stack uses 3 containers described in `EJ Architecture`_',
  do: [
    packages({ names: ['iproute2'] }),
    check({
      when: { not: { any: [isBuilt, isCurrent] } },
      name: 'disk',
      ...roomFor(2500, { fr: '2,5\u00a0Go', en: '2.5 GB' }),
    }),
    check({
      when: { any: [isBuilt, isCurrent] },
      name: 'disk',
      ...roomFor(6000, { fr: '6\u00a0Go', en: '6 GB' }),
    }),
    check({ name: 'port-front', ...freePort('%HTTP_PORT%', 'HTTP_PORT') }),
    check({ when: isRocket, name: 'port-rocket', ...freePort('%ROCKET_PORT%', 'ROCKET_PORT') }),
    ...only(isServed, [
      portFor(80, 'nginx', heldBy(80)),
      { ...portFor(443, 'nginx', heldBy(443)), when: isTlsHere },
    ]),
    check({
      name: 'name-resolves',
      probe: { run: ['getent', 'ahosts', '%DJANGO_HOST%'] },
      level: 'warn',
      verify: false,
      say: {
        fr: 'Le nom %DJANGO_HOST% ne se résout pas depuis cette machine\u00a0: créez-le dans le DNS, ou corrigez la réponse DJANGO_HOST. EJ ne répond que sous ce nom.',
        en: 'The name %DJANGO_HOST% does not resolve from this machine: create it in the DNS, or correct the answer DJANGO_HOST. EJ answers under that name only.',
      },
    }),
  ],
});

const source = step('choose-source', {
  title: { fr: 'Origine des images', en: 'Image source' },
  why: {
    fr: 'La réponse IMAGES. Un répertoire deploy et des volumes d’une autre installation ne sont pas repris.',
    en: 'The answer IMAGES. A directory deploy and volumes of another installation are not taken over.',
  },
  source: [
    [8, 9],
    [21, 24],
  ],
  says: 'The easiest way to proceed is to use the pre-build images available on `Docker Hub`_',
  errata: ['E5', 'E21'],
  do: [
    check({
      when: isLoaded,
      name: 'images-file',
      probe: { run: ['sh', '-c', 'test -z "$1" || test -s "$1"', 'sh', '%IMAGES_FILE%'] },
      level: 'stop',
      verify: false,
      say: {
        fr: 'Le fichier des images %IMAGES_FILE% n’existe pas sur cette machine\u00a0: copiez-le ou corrigez la réponse IMAGES_FILE, puis réessayez.',
        en: 'The file with the images %IMAGES_FILE% is not on this machine: copy it or correct the answer IMAGES_FILE, then try again.',
      },
    }),
    check({
      name: 'deploy-inside',
      probe: { run: ['sh', '-c', 'test "$(dirname "$2")" = "$1"', 'sh', '%EJ_SRC%', '%DEPLOY_DIR%'] },
      level: 'stop',
      verify: false,
      say: {
        fr: '%DEPLOY_DIR% n’est pas juste dans %EJ_SRC%\u00a0: la construction part du répertoire au-dessus. Corrigez la réponse DEPLOY_DIR.',
        en: '%DEPLOY_DIR% is not right in %EJ_SRC%: the build starts from the directory above. Correct the answer DEPLOY_DIR.',
      },
    }),
    check({
      name: 'deploy-new',
      probe: {
        run: [
          'sh',
          '-c',
          'test -z "$(ls -A "$1" 2>/dev/null)" || grep -qs setup-wizard "$1/.env"',
          'sh',
          '%DEPLOY_DIR%',
        ],
      },
      level: 'stop',
      verify: false,
      say: {
        fr: '%DEPLOY_DIR% existe déjà, et l’assistant ne l’a pas fait\u00a0: renommez-le, ou choisissez un autre répertoire (réponse DEPLOY_DIR), puis réessayez.',
        en: '%DEPLOY_DIR% already exists, and the wizard has not made it: rename it, or choose another directory (answer DEPLOY_DIR), then try again.',
      },
    }),
    check({
      name: 'project-new',
      probe: {
        run: [
          'sh',
          '-c',
          'test -e "$1/.env" || test -z "$(docker volume ls -q --filter "label=com.docker.compose.project=$2"; docker ps -aq --filter "label=com.docker.compose.project=$2")"',
          'sh',
          '%DEPLOY_DIR%',
          '%PROJECT%',
        ],
      },
      level: 'stop',
      verify: false,
      say: {
        fr: 'Un projet Compose «\u00a0%PROJECT%\u00a0» a déjà des conteneurs ou des volumes sur cette machine, dont la base garderait un autre mot de passe\u00a0: choisissez un autre nom (réponse PROJECT), ou retirez-les, puis réessayez.',
        en: 'A Compose project “%PROJECT%” already has containers or volumes on this machine, whose database would keep another password: choose another name (answer PROJECT), or remove them, then try again.',
      },
    }),
  ],
});

export const deployment: Chapter = {
  id: 'deployment',
  title: { fr: 'Déploiement', en: 'Deployment' },
  steps: [architecture, source],
};
