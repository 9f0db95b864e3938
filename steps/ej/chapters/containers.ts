/** Images, and the containers made of them (source lines 56–80). */
import type { Chapter, Step } from '../../../src/guide/types.ts';
import {
  composeEnv,
  composeFile,
  currentFront,
  currentImage,
  databaseImage,
  front,
  frontImage,
  inFront,
  isBuilt,
  isCurrent,
  isHub,
  isLoaded,
  isPrinted,
  override,
  webImage,
} from '../layout.ts';
import { build } from '../questions.ts';

const { step, check, checklist, composeProject, dockerImages } = build;

const dir = '%DEPLOY_DIR%';
const sources = ['git:%EJ_SRC%', `file:${composeEnv}`, `file:${composeFile}`] as const;
const isFile = { all: [isLoaded, { not: { answer: 'IMAGES_FILE', is: [''] } }] } as const;
const isThere = { all: [isLoaded, { answer: 'IMAGES_FILE', is: [''] }] } as const;

export const buildImages: Step = step('compose-build', {
  title: { fr: 'Obtenir les images', en: 'Get the images' },
  why: {
    fr: 'Téléchargées, construites ou chargées, selon la réponse IMAGES.',
    en: 'Pulled, built or loaded, as the answer IMAGES says.',
  },
  source: [[56, 58]],
  says: '$ docker-compose.yml build',
  errata: ['E1', 'E27'],
  do: [
    dockerImages({ when: isHub, names: [webImage, databaseImage] }),
    dockerImages({
      when: isHub,
      names: [frontImage],
      build: { dir, services: ['nginx'], from: ['nginx:alpine'] },
      madeOf: sources,
    }),
    dockerImages({
      when: isBuilt,
      names: [webImage, frontImage],
      build: { dir, services: ['web', 'nginx'], from: ['debian:buster-slim', 'nginx:alpine'] },
      madeOf: sources,
    }),
    dockerImages({ when: isBuilt, names: [databaseImage] }),
    dockerImages({
      when: isCurrent,
      names: [currentImage],
      build: { dir, services: ['server'], from: ['python:3.7.10'] },
      madeOf: sources,
    }),
    dockerImages({ when: isCurrent, names: [databaseImage, currentFront] }),
    dockerImages({ when: isFile, names: [webImage, frontImage, databaseImage], file: '%IMAGES_FILE%' }),
    check({
      when: isThere,
      name: 'images-loaded',
      probe: {
        run: ['docker', 'image', 'inspect', '--format', '{{.Id}}', webImage, frontImage, databaseImage],
      },
      level: 'stop',
      say: {
        fr: 'Docker n’a pas toutes les images\u00a0: «\u00a0docker image ls\u00a0» montre ce qu’il a. Chargez-les (docker load), ou corrigez les réponses ORG, TAG et POSTGRES_TAG.',
        en: 'Docker does not have all the images: “docker image ls” shows what it has. Load them (docker load), or correct the answers ORG, TAG and POSTGRES_TAG.',
      },
    }),
  ],
});

const conversations = "select 'conversations: ' || count(*) from ej_conversations_conversation";
const read = [
  `file:${composeEnv}`,
  `file:${composeFile}`,
  `file:${override}`,
  'cmd:deploy-copy',
  'cmd:compose-ports',
] as const;

const projectOf = <const W extends string, const D extends string>(web: W, database: D) =>
  ({
    project: '%PROJECT%',
    dir,
    services: ['nginx', web, database],
    dumps: [
      {
        service: database,
        name: 'ej.sql',
        run: ['pg_dump', '-U', '%POSTGRES_USER%', '%POSTGRES_DB%'],
        ends: 'dump complete',
        load: ['psql', '-U', '%POSTGRES_USER%', '-d', '%POSTGRES_DB%'],
      },
    ],
    entered: {
      service: database,
      // What only people bring: the administrator and the tables are the wizard's.
      run: ['psql', '-U', '%POSTGRES_USER%', '-d', '%POSTGRES_DB%', '-Atc', conversations],
    },
    claims: ['compose:%PROJECT%', 'port:tcp/%HTTP_PORT%'],
  }) as const;

export const start: Step = step('compose-up', {
  title: { fr: 'Démarrer les conteneurs', en: 'Start the containers' },
  why: {
    fr: 'L’application crée aussi ses tables et rassemble ses fichiers statiques\u00a0: l’assistant attend que chaque service aille bien.',
    en: 'The application also makes its tables and collects its static files: the wizard waits until each service is healthy.',
  },
  source: [[59, 61]],
  says: '$ docker-compose.yml up',
  errata: ['E3'],
  do: [
    composeProject({
      when: isPrinted,
      ...projectOf('web', 'postgres'),
      within: 600,
      restartOn: ['file:%DEPLOY_DIR%/config.env', 'cmd:compose-rename', ...read],
    }),
    composeProject({
      when: isCurrent,
      ...projectOf('server', 'db'),
      // It installs packages and builds its pages each time.
      within: 1800,
      restartOn: ['file:%DEPLOY_DIR%/variables.env', 'file:%DEPLOY_DIR%/nginx.conf', ...read],
    }),
    check({
      name: 'ports-closed',
      probe: {
        run: ['docker', 'container', 'inspect', '--format', '{{json .HostConfig.PortBindings}}', front],
        lacks: { by: 'HTTP_ADDRESS', of: { '0.0.0.0': 'nothing to say', '': '"HostIp":""' } },
      },
      level: 'stop',
      say: {
        fr: 'Le conteneur nginx publie un port sur toutes les adresses, où ufw ne l’arrête pas\u00a0: retirez de docker-compose.yml les lignes «\u00a0ports\u00a0» qui ne viennent pas de l’assistant, puis réessayez.',
        en: 'The nginx container publishes a port on all addresses, where ufw does not stop it: take the lines “ports” that are not the wizard’s out of docker-compose.yml, then try again.',
      },
    }),
    check({
      name: 'front-answers',
      probe: { http: inFront('/start/'), host: '%DJANGO_HOST%', status: 200 },
      level: 'stop',
      within: 60,
      say: {
        fr: 'La première page d’EJ ne vient pas sous le nom %DJANGO_HOST%\u00a0: «\u00a0docker logs %PROJECT%-web\u00a0» et «\u00a0docker logs %PROJECT%-nginx\u00a0» disent pourquoi.',
        en: 'EJ’s first page does not come under the name %DJANGO_HOST%: “docker logs %PROJECT%-web” and “docker logs %PROJECT%-nginx” say why.',
      },
    }),
  ],
});

const shortcut = step('inv-docker-build', {
  title: { fr: 'Raccourci docker-build', en: 'docker-build shortcut' },
  why: {
    fr: 'Une autre façon de construire la même image\u00a0: l’assistant prend Compose, avec les mêmes organisation, étiquette et thème.',
    en: 'Another way of building the same image: the wizard takes Compose, with the same organization, tag and theme.',
  },
  source: [[64, 80]],
  says: '$ inv docker-build',
  errata: ['E26'],
  when: isBuilt,
  do: [
    checklist({
      name: 'inv-docker-build',
      items: [
        {
          id: 'inv-docker-build',
          text: {
            fr: 'Rien à faire. Pour construire à la main plus tard, dans %EJ_SRC%, avec Invoke 1 sur un Python 3.10 au plus\u00a0; puis «\u00a0docker compose up -d\u00a0» dans %DEPLOY_DIR%.',
            en: 'Nothing to do. To build by hand later, in %EJ_SRC%, with Invoke 1 on a Python up to 3.10; then “docker compose up -d” in %DEPLOY_DIR%.',
          },
          fields: [{ label: '$', value: 'inv docker-build --org %ORG% --tag %TAG% --theme %THEME%' }],
          optional: true,
        },
      ],
    }),
  ],
});

export const shortcuts: Chapter = {
  id: 'docker-build',
  title: { fr: 'docker-build', en: 'Docker-build' },
  when: isPrinted,
  steps: [shortcut],
};
