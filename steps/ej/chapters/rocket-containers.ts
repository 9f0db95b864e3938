/** The containers of Rocket.Chat, and what stands before them (source lines 142–145). */
import type { Step } from '../../../src/guide/types.ts';
import { siteCertificate } from '../../shared/certificate.ts';
import { composeEnv, isLoaded, mongo, mongoImage, override, rocketImage } from '../layout.ts';
import { fromServer } from '../probes.ts';
import { isOwnServer, isServed, isTlsHere } from '../questions/site.ts';
import { build } from '../questions.ts';

const { step, check, checklist, composeProject, dockerImages, nginxSite } = build;

const isFile = { all: [isLoaded, { not: { answer: 'IMAGES_FILE', is: [''] } }] } as const;

const containers = step('rocket-containers', {
  title: { fr: 'Ajouter Rocket.Chat et Mongo', en: 'Add Rocket.Chat and Mongo' },
  source: [[142, 145]],
  says: 'The first step is to have a working Rocket.Chat instance. If you have not configured',
  errata: ['E10', 'E11', 'E12'],
  do: [
    dockerImages({ when: { not: isLoaded }, names: [rocketImage, mongoImage] }),
    dockerImages({ when: isFile, names: [rocketImage, mongoImage], file: '%IMAGES_FILE%' }),
    composeProject({
      project: '%PROJECT%',
      dir: '%DEPLOY_DIR%',
      services: ['rocketchat', 'mongo'],
      restartOn: [
        `file:${composeEnv}`,
        'file:%DEPLOY_DIR%/docker-compose.rocket.yml',
        `file:${override}`,
        'cmd:rocket-port',
        'cmd:mongo-port',
      ],
      within: 600,
      dumps: [
        {
          service: 'mongo',
          name: 'rocketchat.archive',
          run: ['mongodump', '--archive', '--quiet'],
          load: ['mongorestore', '--archive', '--quiet'],
        },
      ],
      claims: ['port:tcp/%ROCKET_PORT%'],
    }),
    check({
      name: 'mongo-closed',
      probe: {
        run: ['docker', 'container', 'inspect', '--format', '{{json .HostConfig.PortBindings}}', mongo],
        equals: '{}',
      },
      level: 'stop',
      say: {
        fr: 'Mongo publie un port, sans mot de passe\u00a0: retirez ses lignes «\u00a0ports\u00a0» de docker-compose.rocket.yml, puis réessayez.',
        en: 'Mongo publishes a port, without a password: take its lines “ports” out of docker-compose.rocket.yml, then try again.',
      },
    }),
    check({
      name: 'rocket-answers',
      probe: { http: 'http://127.0.0.1:%ROCKET_PORT%/api/info', status: 200, contains: '"success":true' },
      level: 'stop',
      within: 180,
      say: {
        fr: 'Rocket.Chat ne répond pas\u00a0: «\u00a0docker logs %PROJECT%-rocketchat\u00a0» et «\u00a0docker logs %PROJECT%-mongo\u00a0» disent pourquoi.',
        en: 'Rocket.Chat does not answer: “docker logs %PROJECT%-rocketchat” and “docker logs %PROJECT%-mongo” say why.',
      },
    }),
  ],
});

const certificate = step('rocket-certificate', {
  title: { fr: 'Certificat TLS de Rocket.Chat', en: 'TLS certificate of Rocket.Chat' },
  source: [[142, 145]],
  when: { all: [isServed, isTlsHere] },
  needs: ['web-packages'],
  do: siteCertificate({
    name: 'ej-rocket',
    tls: 'TLS',
    domain: '%ROCKET_HOST%',
    email: '%CERTBOT_EMAIL%',
    files: { cert: '%ROCKET_TLS_CERT%', key: '%ROCKET_TLS_KEY%' },
    unit: 'nginx',
  }),
});

const proxy = step('rocket-proxy', {
  title: { fr: 'Façade https de Rocket.Chat', en: 'HTTPS front end of Rocket.Chat' },
  source: [[142, 145]],
  when: isServed,
  needs: ['rocket-containers', 'web-packages'],
  do: [
    nginxSite({ name: 'ej-rocket', template: 'ej/rocket-site.conf' }),
    check({
      name: 'rocket-site',
      probe: fromServer('%ROCKET_HOST%', '/api/info', 200),
      level: 'stop',
      within: 30,
      say: {
        fr: 'Rocket.Chat ne vient pas par nginx sous le nom %ROCKET_HOST%\u00a0: /var/log/nginx/ej-rocket-error.log dit pourquoi.',
        en: 'Rocket.Chat does not come through nginx under the name %ROCKET_HOST%: /var/log/nginx/ej-rocket-error.log says why.',
      },
    }),
  ],
});

const byPerson = step('rocket-by-person', {
  title: { fr: 'Rocket.Chat derrière votre frontal', en: 'Rocket.Chat behind your front end' },
  source: [[142, 145]],
  when: isOwnServer,
  needs: ['rocket-containers'],
  do: [
    checklist({
      name: 'rocket-by-person',
      items: [
        {
          id: 'rocket-by-person',
          text: {
            fr: 'Configurer votre frontal, avec TLS et les connexions WebSocket, pour qu’il mène à Rocket.Chat.',
            en: 'Configure your front end, with TLS and WebSocket connections, so that it leads to Rocket.Chat.',
          },
          at: '%EJ_ROCKETCHAT_URL%/',
          fields: [
            { label: '/', value: 'http://127.0.0.1:%ROCKET_PORT%/' },
            { label: 'Host', value: '%ROCKET_HOST%' },
          ],
          proof: { http: '%EJ_ROCKETCHAT_URL%/api/info', status: 200 },
          unproven: {
            fr: 'Rocket.Chat ne répond pas encore à %EJ_ROCKETCHAT_URL%.',
            en: 'Rocket.Chat does not answer at %EJ_ROCKETCHAT_URL% yet.',
          },
        },
      ],
    }),
  ],
});

export const rocketContainers: readonly Step[] = [containers, certificate, proxy, byPerson];
