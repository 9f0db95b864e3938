/**
 * nginx or Apache, its certificate, the firewall (source lines 199–292). The firewall comes before the certificate that is
 * asked for through it, and both before the site, which the source has the other way round.
 */
import type { Chapter, Cond } from '../../../src/guide/types.ts';
import { siteCertificate } from '../../shared/certificate.ts';
import { only } from '../../shared/conditions.ts';
import { byFamily, installed, isEnterprise, siteFolder, webRoot } from '../platforms.ts';
import { fromServer } from '../probes.ts';
import { isApache, isNginx } from '../questions/site.ts';
import { build } from '../questions.ts';

const { step, apacheSite, check, command, directory, file, firewalldService, nginxSite } = build;
const { selinuxBoolean, systemdUnit } = build;

const isSelinux: Cond = { all: [isEnterprise, { fact: 'selinux', is: ['enforcing', 'permissive'] }] };

const groups = step('nginx-group', {
  title: { fr: 'Le serveur web lit ce que Numbas écrit', en: 'The web server reads what Numbas writes' },
  why: {
    fr: 'Les deux répertoires sont au groupe du serveur web\u00a0: il n’a pas à entrer dans celui de Numbas, qui ouvrirait aussi settings.py.',
    en: 'Both directories are of the web server’s group: it need not join Numbas’s own, which would open settings.py too.',
  },
  source: [[199, 207]],
  says: 'usermod -a -G numbas_lti nginx',
  errata: ['E26'],
  needs: ['collectstatic'],
  do: [
    check({
      name: 'web-server-reads',
      probe: {
        run: ['test', '-r', '%STATIC_DIR%/staticfiles.json'],
        as: byFamily('www-data', 'nginx'),
        cwd: '/',
      },
      level: 'stop',
      say: {
        fr: 'Le serveur web ne peut pas lire %STATIC_DIR%\u00a0: vérifiez ses droits et ceux des répertoires au-dessus.',
        en: 'The web server cannot read %STATIC_DIR%: check its rights and those of the directories above.',
      },
    }),
    check({
      name: 'web-server-settings',
      probe: {
        run: ['test', '-r', '%INSTALL_DIR%/numbasltiprovider/settings.py'],
        as: byFamily('www-data', 'nginx'),
        cwd: '/',
        code: 1,
      },
      level: 'stop',
      say: {
        fr: 'Danger\u00a0: le serveur web peut lire settings.py, avec tous ses secrets. Vérifiez les droits du fichier et les groupes du serveur web.',
        en: 'Danger: the web server can read settings.py, with all its secrets. Check the rights of the file and the groups of the web server.',
      },
    }),
  ],
});

/** Labels that Red Hat's policy wants on what the web server reads; `$1` is the directory. */
const label = (name: string, folder: string) =>
  command({
    name: `selinux-label-${name}`,
    run: [
      'sh',
      '-c',
      'semanage fcontext -a -t httpd_sys_content_t "$1(/.*)?" && restorecon -R "$1"',
      'sh',
      folder,
    ],
    done: {
      run: ['sh', '-c', 'test -z "$(restorecon -R -n -v "$1")" && matchpathcon -n "$1"', 'sh', folder],
      contains: 'httpd_sys_content_t',
    },
    undo: {
      run: [
        'sh',
        '-c',
        'semanage fcontext -d "$1(/.*)?"; ! test -e "$1" || restorecon -R "$1"',
        'sh',
        folder,
      ],
    },
    interrupted: 'undo-first',
  });

const firewall = step('firewall-selinux', {
  title: { fr: 'Ouvrir le pare-feu', en: 'Open the firewall' },
  why: {
    fr: 'Rien à faire là où ni firewalld ni SELinux ne sont en service. SELinux n’est jamais désactivé.',
    en: 'Nothing to do where neither firewalld nor SELinux is in service. SELinux is never switched off.',
  },
  source: [[263, 270]],
  says: 'setsebool -P httpd_can_network_connect 1',
  errata: ['E32', 'E33'],
  needs: ['collectstatic'],
  do: [
    ...only(isSelinux, [
      ...installed({ debian: [], enterprise: ['policycoreutils-python-utils', 'libselinux-utils'] }),
      selinuxBoolean({ name: 'httpd_can_network_connect', on: true }),
      label('static', '%STATIC_DIR%'),
      label('media', '%MEDIA_DIR%'),
    ]),
    firewalldService({ service: 'http' }),
    firewalldService({ service: 'https' }),
  ],
});

const errorPage = step('error-page', {
  title: { fr: 'Page d’erreur 502', en: 'Server error page' },
  source: [[260, 261]],
  says: "You should put something in :file:`/srv/www/server-error/502.html`, to be shown when there's a server error.",
  do: [
    directory({ path: '/srv/www', mode: '0755', owner: 'root:root' }),
    directory({ path: '/srv/www/server-error', mode: '0755', owner: 'root:root' }),
    file({
      path: '/srv/www/server-error/502.html',
      template: 'numbas/502.html',
      syntax: 'plain',
      mode: '0644',
      owner: 'root:root',
      onExisting: 'refuse',
    }),
  ],
});

const isCertbot: Cond = { answer: 'TLS', is: ['certbot'] };

const certificate = step('certificate', {
  title: { fr: 'Obtenir un certificat SSL', en: 'Obtain an SSL certificate' },
  why: {
    fr: 'Avant le site qui le nomme\u00a0: un serveur web refuse un certificat qui n’est pas encore là.',
    en: 'Before the site that names it: a web server refuses a certificate that is not there yet.',
  },
  source: [[273, 292]],
  says: "These certificates don't last very long, and need to be renewed.",
  errata: ['E30', 'E34'],
  do: [
    ...only({ all: [isEnterprise, isNginx] }, [
      systemdUnit({ name: 'nginx.service', enabled: true, active: true }),
    ]),
    directory({
      when: { all: [isEnterprise, { answer: 'TLS', is: ['self-signed'] }] },
      path: '/etc/ssl/private',
      mode: '0700',
      owner: 'root:root',
    }),
    ...siteCertificate({
      name: 'numbas-lti',
      tls: 'TLS',
      domain: '%DOMAIN%',
      email: '%CERTBOT_EMAIL%',
      files: { cert: '%TLS_CERT%', key: '%TLS_KEY%' },
      unit: { by: 'WEB_SERVER', of: { nginx: 'nginx', apache: 'apache2' } },
      webRoot,
      install: (names) => installed({ debian: names, enterprise: names }),
    }),
    systemdUnit({
      when: { all: [isCertbot, isEnterprise] },
      name: 'certbot-renew.timer',
      enabled: true,
      active: true,
    }),
  ],
});

const site = step('nginx-vhost', {
  title: { fr: 'Configurer le serveur web', en: 'Set up the webserver' },
  source: [[209, 258]],
  says: 'Overwrite :file:`/etc/nginx/conf.d/default.conf` with the following::',
  errata: ['E27', 'E28', 'E29', 'E31'],
  needs: ['supervisord', 'certificate'],
  do: [
    nginxSite({ when: isNginx, name: 'numbas-lti', template: 'numbas/nginx.conf', folder: siteFolder }),
    apacheSite({ when: isApache, name: 'numbas-lti', template: 'numbas/apache.conf' }),
    systemdUnit({
      name: { by: 'WEB_SERVER', of: { nginx: 'nginx.service', apache: 'apache2.service' } },
      enabled: true,
      active: true,
    }),
    check({
      name: 'login-page',
      probe: fromServer('/login', 200, 'csrfmiddlewaretoken'),
      level: 'stop',
      within: 30,
      say: {
        fr: 'La page de connexion ne vient pas par le serveur web sous le nom %DOMAIN%\u00a0: regardez ses journaux (numbas-lti-error.log) et «\u00a0supervisorctl status\u00a0».',
        en: 'The sign-in page does not come through the web server under the name %DOMAIN%: look at its logs (numbas-lti-error.log) and at “supervisorctl status”.',
      },
    }),
    check({
      name: 'http-redirects',
      probe: { http: 'http://127.0.0.1/login', host: '%DOMAIN%', status: 301 },
      level: 'stop',
      within: 10,
      say: {
        fr: 'http n’est pas renvoyé vers https sous le nom %DOMAIN%\u00a0: un autre site répond à sa place sur le port 80.',
        en: 'http is not sent on to https under the name %DOMAIN%: another site answers in its place on port 80.',
      },
    }),
  ],
});

export const web: Chapter = {
  id: 'web',
  title: { fr: 'Serveur web', en: 'Web server' },
  steps: [groups, errorPage, firewall, certificate, site],
};
