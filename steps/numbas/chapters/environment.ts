/** Set up the environment (source lines 37–93). */
import type { Cond, Step } from '../../../src/guide/types.ts';
import { only } from '../../shared/conditions.ts';
import { redisAnswers, redisDatabases } from '../../shared/redis.ts';
import { byFamily, installed, isEnterprise, isOn, redisUnit } from '../platforms.ts';
import { python } from '../probes.ts';
import { isDatabaseHere } from '../questions/database.ts';
import { isApache, isFromNginxOrg, isNginx } from '../questions/site.ts';
import { build } from '../questions.ts';
import { ref } from '../releases.ts';

const { step, apacheModule, check, directory, gitCheckout, packages, pip, rpmModule } = build;
const { systemdUnit, unixUser, virtualenv } = build;

const isNginxOfDebian: Cond = { all: [isNginx, { not: isEnterprise }] };

export const sourceKey = 'git:%INSTALL_DIR%';

const user = step('app-user', {
  title: { fr: 'Créer le compte utilisateur', en: 'Set up a user account' },
  why: {
    fr: 'Un utilisateur système\u00a0: personne ne se connecte avec lui.',
    en: 'A system user: nobody signs in as it.',
  },
  source: [[54, 58]],
  says: 'useradd numbas_lti',
  errata: ['E4'],
  do: [
    ...installed({ debian: ['adduser'], enterprise: [] }),
    unixUser({ name: '%APP_USER%', home: '/var/lib/%APP_USER%', system: true }),
  ],
});

const software = step('packages', {
  title: { fr: 'Installer les paquets', en: 'Install packages' },
  why: {
    fr: 'Ceux du système. Un compilateur aussi\u00a0: psycopg2 n’existe pas tout prêt.',
    en: 'The system’s own. A compiler too: psycopg2 does not exist ready-made.',
  },
  source: [[59, 64]],
  says: 'redis supervisor nginx git',
  errata: ['E5', 'E6', 'E7'],
  do: [
    rpmModule({ when: { all: [isOn('el8', 'el9'), isDatabaseHere] }, name: 'postgresql', stream: '16' }),
    rpmModule({ when: { all: [isOn('el8'), { not: isFromNginxOrg }] }, name: 'nginx', stream: '1.24' }),
    rpmModule({ when: isOn('el8'), name: 'redis', stream: '6' }),
    ...only(isNginxOfDebian, [
      // nginx makes them, and Debian leaves them when it goes.
      directory({ path: '/var/www' }),
      directory({ path: '/var/www/html' }),
    ]),
    ...installed({
      debian: ['python3-venv', 'python3-dev', 'gcc', 'libpq-dev', 'redis-server', 'supervisor', 'cron'],
      enterprise: ['gcc', 'libpq-devel', 'supervisor', 'nginx', 'cronie'],
      only: {
        el8: ['python3.12', 'python3.12-devel', 'python3.12-pip', 'redis'],
        el9: ['python3.12', 'python3.12-devel', 'python3.12-pip', 'redis'],
        el10: ['python3', 'python3-devel', 'python3-pip', 'valkey', 'valkey-compat-redis'],
      },
    }),
    packages({ when: isNginxOfDebian, names: ['nginx'] }),
    packages({ when: isApache, names: ['apache2'] }),
    apacheModule({ when: isApache, name: 'proxy' }),
    apacheModule({ when: isApache, name: 'proxy_http' }),
    apacheModule({ when: isApache, name: 'proxy_balancer' }),
    apacheModule({ when: isApache, name: 'lbmethod_byrequests' }),
    apacheModule({ when: isApache, name: 'headers' }),
    apacheModule({ when: isApache, name: 'ssl' }),
  ],
});

const services = step('base-services', {
  title: { fr: 'Démarrer Redis', en: 'Start Redis' },
  source: [[66, 67]],
  says: 'systemctl start redis',
  errata: ['E24'],
  do: [
    systemdUnit({ name: redisUnit, enabled: true, active: true }),
    redisAnswers('redis-server, redis, valkey'),
    redisDatabases('numbas', ['%REDIS_DB%']),
  ],
});

const own = {
  mode: '2750',
  owner: byFamily('%APP_USER%:www-data', '%APP_USER%:nginx'),
  holdsData: true,
} as const;

const directories = step('data-dirs', {
  title: { fr: 'Créer les répertoires media et static', en: 'Create media and static directories' },
  why: {
    fr: 'Numbas y écrit, le serveur web y lit, personne d’autre n’y entre.',
    en: 'Numbas writes there, the web server reads there, nobody else gets in.',
  },
  source: [[69, 75]],
  says: 'chown nginx:nginx /srv/numbas-lti-static',
  errata: ['E8'],
  do: [
    directory({ path: '%MEDIA_DIR%', ...own, claims: ['path:%MEDIA_DIR%'] }),
    directory({ path: '%STATIC_DIR%', ...own, claims: ['path:%STATIC_DIR%'] }),
  ],
});

const get = step('clone', {
  title: { fr: 'Récupérer le code', en: 'Get the numbas-lti-provider code' },
  why: {
    fr: 'Le programme appartient à root\u00a0: le service ne peut pas le récrire.',
    en: 'The program belongs to root: the service cannot rewrite it.',
  },
  source: [[77, 81]],
  says: 'git clone https://github.com/numbas/numbas-lti-provider.git /srv/numbas-lti-provider',
  errata: ['E9'],
  do: [gitCheckout({ path: '%INSTALL_DIR%', url: '%REPOSITORY%', ref, claims: ['path:%INSTALL_DIR%'] })],
});

const environment = step('virtualenv', {
  title: { fr: 'Créer l’environnement Python', en: 'Create the virtualenv' },
  source: [[83, 87]],
  says: 'virtualenv -p python3 /opt/numbas_lti_python',
  errata: ['E9'],
  do: [virtualenv({ path: '%VENV_DIR%', python: '%PYTHON%', as: 'root', claims: ['path:%VENV_DIR%'] })],
});

/** What of the requirements and of the extras has to be there. */
const imports =
  'import channels, channels_redis, daphne, django, django_auth_lti, huey, psycopg2, pylti1p3, redis';

const libraries = step('pip-install', {
  title: { fr: 'Installer les modules Python', en: 'Install Python modules' },
  why: {
    fr: 'Deux d’entre eux viennent de github.com. Environ 200\u00a0Mo.',
    en: 'Two of them come from github.com. About 200 MB.',
  },
  source: [[89, 93]],
  says: 'pip install channels_redis==3.3.0 psycopg2==2.8.6 redis==3.5.3',
  errata: ['E9', 'E10'],
  do: [
    pip({
      venv: '%VENV_DIR%',
      as: 'root',
      packages: ['channels_redis==4.2.0', 'psycopg2>=2.9.10,<3', 'redis==5.0.4'],
      requirements: '%INSTALL_DIR%/requirements.txt',
      gitMirror: { of: 'https://github.com/', at: '%GIT_MIRROR%' },
    }),
    check({
      name: 'modules',
      probe: { run: [python, '-c', imports], cwd: '/' },
      level: 'stop',
      say: {
        fr: 'Un module Python de Numbas ne se charge pas\u00a0: la sortie de l’étape dit lequel. S’il vient de github.com, vérifiez la réponse GIT_MIRROR, puis réessayez.',
        en: 'A Python module of Numbas does not load: the output of the step says which. If it comes from github.com, check the answer GIT_MIRROR, then try again.',
      },
    }),
  ],
});

export const environmentSteps: readonly Step[] = [
  user,
  software,
  services,
  directories,
  get,
  environment,
  libraries,
];
