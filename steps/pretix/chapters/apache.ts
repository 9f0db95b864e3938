/** Reverse proxy with Apache (source lines 213–260). */
import type { Chapter } from '../../../src/guide/types.ts';
import { certificateIsThere } from '../../shared/certificate.ts';
import { only } from '../../shared/conditions.ts';
import { throughApache } from '../probes.ts';
import { build } from '../questions.ts';

const { step, apacheModule, apacheSite, check } = build;

const host = '%SERVER_NAME%';
const hasCertificate = { answer: 'TLS', is: ['files'] };

const modules = step('apache-modules', {
  title: { fr: 'Modules Apache', en: 'Apache modules' },
  source: [[213, 217]],
  says: 'Attention, certains plugins Apache sont nécessaires, par exemple : mod_proxy_http, mod_header,....',
  do: [
    apacheModule({ name: 'proxy' }),
    apacheModule({ name: 'proxy_http' }),
    apacheModule({ name: 'headers' }),
    apacheModule({ name: 'setenvif' }),
    apacheModule({ when: hasCertificate, name: 'ssl' }),
  ],
});

const vhost = step('apache-vhost', {
  title: { fr: 'Site Apache de Pretix', en: 'Apache site of Pretix' },
  source: [[219, 260]],
  says: 'Exemple de configuration Apache :\u00a0/etc/apache2/sites-available/pretix',
  errata: ['E-invoices', 'E-vhost-name', 'E-py37', 'E-order', 'E-override', 'E-proto', 'E-xff', 'E-csp26'],
  needs: ['admin-password'],
  do: [
    ...only(hasCertificate, [certificateIsThere({ cert: '%TLS_CERT%', key: '%TLS_KEY%' })]),
    apacheSite({ name: 'pretix', template: 'pretix/site.conf' }),
  ],
});

const enable = step('apache-enable', {
  title: { fr: 'Pretix répond par Apache', en: 'Pretix answers through Apache' },
  source: [[219, 256]],
  says: 'ProxyPass / http://localhost:8345/',
  errata: ['E-invoices', 'E-home'],
  needs: ['apache-vhost', 'unit-web'],
  do: [
    check({
      name: 'login-page',
      probe: { http: throughApache('/control/login'), host, status: 200 },
      level: 'stop',
      within: 60,
      say: {
        fr: 'La page de connexion ne s’affiche pas par Apache sous le nom %SERVER_NAME%\u00a0: regardez /var/log/apache2/pretix-error.log et «\u00a0journalctl -u pretix-web\u00a0».',
        en: 'The sign-in page does not come through Apache under the name %SERVER_NAME%: look at /var/log/apache2/pretix-error.log and “journalctl -u pretix-web”.',
      },
    }),
    check({
      name: 'static-files',
      probe: {
        http: throughApache('/static/rest_framework/css/bootstrap.min.css'),
        host,
        status: 200,
      },
      level: 'stop',
      say: {
        fr: 'Apache ne sert pas les fichiers statiques\u00a0: il doit pouvoir traverser /var/pretix (mode 0711) et lire %STATIC_DIST%.',
        en: 'Apache does not serve the static files: it has to pass through /var/pretix (mode 0711) and read %STATIC_DIST%.',
      },
    }),
    check({
      name: 'invoices-closed',
      probe: {
        all: [
          { http: throughApache('/media/invoices/x'), host, status: 403 },
          { http: throughApache('/media/cachedfiles/x'), host, status: 403 },
        ],
      },
      level: 'stop',
      say: {
        fr: 'Danger\u00a0: les factures ou les fichiers provisoires ne sont pas refusés aux visiteurs. Fermez le site (a2dissite pretix) et cherchez une autre configuration d’Apache qui les ouvre.',
        en: 'Danger: invoices or temporary files are not refused to visitors. Close the site (a2dissite pretix) and look for another Apache configuration that opens them.',
      },
    }),
    check({
      name: 'registration-closed',
      probe: { http: throughApache('/control/register'), host, status: 403 },
      level: 'stop',
      say: {
        fr: 'Danger\u00a0: n’importe qui peut se créer un compte dans Pretix. Vérifiez registration=off dans /etc/pretix/pretix.cfg.',
        en: 'Danger: anybody can create an account in Pretix. Check registration=off in /etc/pretix/pretix.cfg.',
      },
    }),
  ],
});

export const apache: Chapter = {
  id: 'apache',
  title: { fr: 'Reverse proxy Apache', en: 'Apache reverse proxy' },
  steps: [modules, vhost, enable],
};
