/** EJ platform: "Deployment" of its developers' documentation, made executable. */
import { questionsOf } from '../../src/guide/kit.ts';
import type { Guide } from '../../src/guide/types.ts';
import { causes } from './causes.ts';
import { backup } from './chapters/backup.ts';
import { buildImages, shortcuts, start } from './chapters/containers.ts';
import { data } from './chapters/data.ts';
import { deployment } from './chapters/deployment.ts';
import { engineSteps } from './chapters/engine.ts';
import { fileSteps } from './chapters/files.ts';
import { https } from './chapters/https.ts';
import { configuringRocket, framePolicy } from './chapters/iframe.ts';
import { rocketChat } from './chapters/rocket.ts';
import { troubleshooting } from './chapters/static.ts';
import { style } from './chapters/style.ts';
import { variableSteps } from './chapters/variables.ts';
import { errata } from './errata.ts';
import { looks } from './looks.ts';
import { notes } from './notes.ts';
import { ask, topics } from './questions.ts';
import { source } from './source.ts';

export const guide: Guide = {
  id: 'ej',
  version: '1',
  title: { fr: 'Plateforme EJ', en: 'EJ platform' },
  summary: { fr: 'participation et débats, avec Docker', en: 'participation and debates, with Docker' },
  rights: 'root',
  minutes: 8,
  unfit: [
    {
      when: { not: { fact: 'os.id', is: ['debian', 'ubuntu'] } },
      say: {
        fr: 'Ce guide prend le Docker de Debian ou d’Ubuntu\u00a0; ce système n’est ni l’un ni l’autre.',
        en: 'This guide takes the Docker of Debian or Ubuntu; this system is neither.',
      },
    },
    {
      when: { not: { fact: 'os.version', is: ['12', '13', '22.04', '24.04'] } },
      say: {
        fr: 'Ce guide demande Debian 12 ou 13, ou Ubuntu 22.04 ou 24.04.',
        en: 'This guide needs Debian 12 or 13, or Ubuntu 22.04 or 24.04.',
      },
    },
    {
      when: { not: { fact: 'init', is: ['systemd'] } },
      say: {
        fr: 'Docker est lancé par systemd, qui ne tourne pas sur cette machine.',
        en: 'Docker is started by systemd, which does not run on this machine.',
      },
    },
  ],
  topics,
  questions: questionsOf(ask),
  rules: [
    {
      rule: 'differs',
      of: ['ROCKET_HOST', 'DJANGO_HOST'],
      say: {
        fr: 'Rocket.Chat et EJ doivent avoir deux noms différents.',
        en: 'Rocket.Chat and EJ have to have two different names.',
      },
    },
    {
      rule: 'differs',
      of: ['ROCKET_PORT', 'HTTP_PORT'],
      say: {
        fr: 'Rocket.Chat et EJ doivent avoir deux ports différents.',
        en: 'Rocket.Chat and EJ have to have two different ports.',
      },
    },
  ],
  chapters: [
    deployment,
    {
      id: 'building-images',
      title: { fr: 'Construire les images', en: 'Building images' },
      steps: [...engineSteps, ...fileSteps, ...variableSteps, buildImages, start],
    },
    shortcuts,
    data,
    troubleshooting,
    https,
    rocketChat,
    configuringRocket,
    framePolicy,
    style,
    backup,
  ],
  errata,
  looks,
  causes,
  notes,
  source,
  finished: [
    {
      fr: 'EJ\u00a0: https://%DJANGO_HOST%/, compte %SU_EMAIL%\u00a0; administration\u00a0: https://%DJANGO_HOST%/%DJANGO_ADMIN_URL%',
      en: 'EJ: https://%DJANGO_HOST%/, account %SU_EMAIL%; administration: https://%DJANGO_HOST%/%DJANGO_ADMIN_URL%',
    },
    {
      fr: 'Conteneurs\u00a0: «\u00a0docker compose ps\u00a0» (ou docker-compose) dans %DEPLOY_DIR%\u00a0; journaux\u00a0: «\u00a0docker logs %PROJECT%-web\u00a0».',
      en: 'Containers: “docker compose ps” (or docker-compose) in %DEPLOY_DIR%; logs: “docker logs %PROJECT%-web”.',
    },
    {
      fr: 'Après un changement à la main de config.env\u00a0: «\u00a0docker compose up -d\u00a0» dans ce répertoire\u00a0; un simple redémarrage garde les anciennes variables.',
      en: 'After a change of config.env by hand: “docker compose up -d” in that directory; a mere restart keeps the former variables.',
    },
  ],
};
