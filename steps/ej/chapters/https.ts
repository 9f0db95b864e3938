/** HTTPS, which the guide's addresses take for granted and its containers do not speak (source lines 10–12, 175–178). */
import type { Chapter } from '../../../src/guide/types.ts';
import { siteCertificate } from '../../shared/certificate.ts';
import { inFront, isPrinted } from '../layout.ts';
import { fromServer, own } from '../probes.ts';
import { isOwnServer, isServed, isTlsHere } from '../questions/site.ts';
import { build } from '../questions.ts';

const { step, check, checklist, directory, nginxSite, packages } = build;

const server = step('web-packages', {
  title: { fr: 'Installer nginx sur cette machine', en: 'Install nginx on this machine' },
  source: [[10, 12]],
  says: 'session: the Nginx reverse proxy, the Django application and a Postgres',
  when: isServed,
  do: [
    // nginx makes them, and Debian leaves them when it goes.
    directory({ path: '/var/www' }),
    directory({ path: '/var/www/html' }),
    packages({ names: ['nginx'] }),
  ],
});

const certificate = step('certificate', {
  title: { fr: 'Certificat TLS', en: 'TLS certificate' },
  source: [[10, 12]],
  when: { all: [isServed, isTlsHere] },
  errata: ['E14'],
  needs: ['web-packages'],
  do: siteCertificate({
    name: 'ej',
    tls: 'TLS',
    domain: '%DJANGO_HOST%',
    email: '%CERTBOT_EMAIL%',
    files: { cert: '%TLS_CERT%', key: '%TLS_KEY%' },
    unit: 'nginx',
  }),
});

const proxy = step('tls-proxy', {
  title: { fr: 'Façade https', en: 'HTTPS front end' },
  source: [[10, 12]],
  says: 'database.',
  errata: ['E14'],
  when: isServed,
  needs: ['web-packages'],
  do: [nginxSite({ name: 'ej', template: 'ej/site.conf' })],
});

const answers = step('web-answers', {
  title: { fr: 'EJ répond par https', en: 'EJ answers through HTTPS' },
  source: [[61, 61]],
  says: 'Grab a coffee and when you come back your system should be up and running :)',
  when: isServed,
  needs: ['tls-proxy'],
  do: [
    check({
      name: 'web-server-runs',
      probe: { service: 'nginx.service' },
      level: 'stop',
      say: {
        fr: 'nginx ne tourne pas\u00a0: «\u00a0systemctl status nginx\u00a0» dit pourquoi. Démarrez-le, puis réessayez.',
        en: 'nginx does not run: “systemctl status nginx” says why. Start it, then try again.',
      },
    }),
    check({
      name: 'start-page',
      probe: fromServer('%DJANGO_HOST%', '/start/', 200),
      level: 'stop',
      within: 30,
      say: {
        fr: 'La première page d’EJ ne vient pas par nginx sous le nom %DJANGO_HOST%\u00a0: /var/log/nginx/ej-error.log et «\u00a0docker logs %PROJECT%-web\u00a0» disent pourquoi.',
        en: 'EJ’s first page does not come through nginx under the name %DJANGO_HOST%: /var/log/nginx/ej-error.log and “docker logs %PROJECT%-web” say why.',
      },
    }),
    check({
      when: isTlsHere,
      name: 'http-redirects',
      probe: { http: 'http://127.0.0.1/start/', host: '%DJANGO_HOST%', status: 301 },
      level: 'stop',
      within: 10,
      say: {
        fr: 'http n’est pas renvoyé vers https sous le nom %DJANGO_HOST%\u00a0: un autre site répond à sa place sur le port 80.',
        en: 'http is not sent on to https under the name %DJANGO_HOST%: another site answers in its place on port 80.',
      },
    }),
    check({
      name: 'other-names-refused',
      probe: { http: inFront('/start/'), host: 'other.invalid', status: 400 },
      level: 'stop',
      say: {
        fr: 'EJ répond aussi sous un autre nom que %DJANGO_HOST%\u00a0: vérifiez DJANGO_ALLOWED_HOSTS dans %DEPLOY_DIR%.',
        en: 'EJ answers under another name than %DJANGO_HOST% too: check DJANGO_ALLOWED_HOSTS in %DEPLOY_DIR%.',
      },
    }),
    check({
      when: isPrinted,
      name: 'sign-in-page',
      probe: { ...own('/login/'), contains: '200' },
      level: 'stop',
      say: {
        fr: 'La page de connexion d’EJ ne vient pas\u00a0: «\u00a0docker logs %PROJECT%-web\u00a0» dit pourquoi.',
        en: 'EJ’s sign-in page does not come: “docker logs %PROJECT%-web” says why.',
      },
    }),
  ],
});

const ownServer = step('web-by-person', {
  title: { fr: 'Votre frontal', en: 'Your front end' },
  source: [[10, 12]],
  when: isOwnServer,
  do: [
    checklist({
      name: 'web-by-person',
      items: [
        {
          id: 'web-by-person',
          text: {
            fr: 'Configurer votre frontal, avec TLS, pour qu’il mène à EJ.',
            en: 'Configure your front end, with TLS, so that it leads to EJ.',
          },
          at: 'https://%DJANGO_HOST%/',
          fields: [
            { label: '/', value: 'http://%HTTP_ADDRESS%:%HTTP_PORT%/' },
            { label: 'Host', value: '%DJANGO_HOST%' },
            { label: 'X-Forwarded-Proto', value: 'https' },
          ],
          proof: { http: 'https://%DJANGO_HOST%/start/', status: 200 },
          unproven: {
            fr: 'EJ ne répond pas encore par https://%DJANGO_HOST%/.',
            en: 'EJ does not answer through https://%DJANGO_HOST%/ yet.',
          },
        },
      ],
    }),
  ],
});

export const https: Chapter = {
  id: 'https',
  title: { fr: 'https (ajouté)', en: 'HTTPS (added)' },
  steps: [server, certificate, proxy, answers, ownServer],
};
