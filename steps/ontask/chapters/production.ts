/**
 * The web server, which the guide leaves to its reader (source lines 162–163, 180–186). It stands where line 162 asks
 * for it, before the pages that are visited through it.
 */
import type { Chapter } from '../../../src/guide/types.ts';
import { only } from '../../shared/conditions.ts';
import { loginPage, python } from '../probes.ts';
import { fromSocket } from '../programs.ts';
import { isSignedOn } from '../questions/access.ts';
import { isApache, isNginx, isServed, isTlsHere } from '../questions/site.ts';
import { build } from '../questions.ts';
import { isPrinted, isProduction, isRecent } from '../releases.ts';
import { answers, ownServer } from './answers.ts';
import { certificate } from './certificate.ts';
import { envKey } from './configuration.ts';
import { sourceKey } from './source.ts';

const { step, apacheModule, apacheSite, check, directory, file, nginxSite, packages, systemdUnit } = build;

/** A service is started again when one of these has changed. */
export const inputs = [envKey, sourceKey] as const;

const asked = (name: string) => ({ run: [python, '-c', fromSocket, name, loginPage], cwd: '/' }) as const;

const service = step('unit-web', {
  title: { fr: 'Service ontask-web', en: 'Service ontask-web' },
  why: {
    fr: 'gunicorn, sur une socket que seul ce serveur web atteint.',
    en: 'gunicorn, on a socket that only this web server reaches.',
  },
  source: [[162, 163]],
  says: 'stop the application and configure the web server accordingly.',
  errata: ['E16', 'E22'],
  needs: ['migrate'],
  do: [
    check({
      when: isPrinted,
      name: 'own-name',
      probe: { run: ['hostname', '--fqdn'], equals: '%DOMAIN%' },
      level: 'stop',
      say: {
        fr: 'OnTask 2.1.1 ne répond que sous le nom de la machine, qui n’est pas %DOMAIN%\u00a0: donnez-lui ce nom (hostnamectl, /etc/hosts), ou changez la réponse DOMAIN.',
        en: 'OnTask 2.1.1 answers under the name of the machine only, which is not %DOMAIN%: give it that name (hostnamectl, /etc/hosts), or change the answer DOMAIN.',
      },
    }),
    directory({ when: isSignedOn, path: '/etc/ontask', mode: '0755', owner: 'root:root' }),
    file({
      when: isSignedOn,
      path: '/etc/ontask/ontask_front_end.py',
      template: 'ontask/front_end.py',
      syntax: 'python',
      mode: '0644',
      owner: 'root:root',
    }),
    systemdUnit({
      name: 'ontask-web.service',
      template: 'ontask/ontask-web.service',
      enabled: true,
      active: true,
      restartOn: inputs,
      claims: ['unit:ontask-web.service', 'socket:/run/ontask/web.sock'],
    }),
    check({
      when: isRecent,
      name: 'web-answers',
      probe: { ...asked('%DOMAIN%'), equals: '200 form' },
      level: 'stop',
      within: 60,
      say: {
        fr: 'OnTask ne donne pas sa page de connexion par /run/ontask/web.sock\u00a0: «\u00a0journalctl -u ontask-web\u00a0» et «\u00a0%ROOT%/logs/django.log\u00a0» disent pourquoi.',
        en: 'OnTask does not give its sign-in page through /run/ontask/web.sock: “journalctl -u ontask-web” and %ROOT%/logs/django.log say why.',
      },
    }),
    check({
      when: isRecent,
      name: 'other-names-refused',
      probe: { ...asked('other.invalid'), equals: '400 no form' },
      level: 'stop',
      say: {
        fr: 'OnTask répond aussi sous un autre nom que %DOMAIN%\u00a0: vérifiez ALLOWED_HOSTS dans local.env.',
        en: 'OnTask answers under another name than %DOMAIN% too: check ALLOWED_HOSTS in local.env.',
      },
    }),
  ],
});

const server = step('web-packages', {
  title: { fr: 'Installer le serveur web', en: 'Install the web server' },
  source: [[182, 185]],
  says: 'Once OnTask is executing normally, you may configure a web server (nginx,',
  when: isServed,
  do: [
    ...only(isNginx, [
      // nginx makes them, and Debian leaves them when it goes.
      directory({ path: '/var/www' }),
      directory({ path: '/var/www/html' }),
      packages({ names: ['nginx'] }),
    ]),
    packages({ when: isApache, names: ['apache2'] }),
    apacheModule({ when: isApache, name: 'proxy' }),
    apacheModule({ when: isApache, name: 'proxy_http' }),
    apacheModule({ when: isApache, name: 'headers' }),
    apacheModule({ when: { all: [isApache, isTlsHere] }, name: 'ssl' }),
  ],
});

const hstsSays = {
  fr: 'HSTS\u00a0: les navigateurs refuseront http pour %DOMAIN% et ses sous-domaines pendant un an. Rien ne le leur reprend.',
  en: 'HSTS: browsers will refuse http for %DOMAIN% and its subdomains for a year. Nothing gets it back from them.',
};
const isImposed = { answer: 'HSTS', is: ['yes'] } as const;

const site = step('web-server', {
  title: { fr: 'Site web d’OnTask', en: 'Web site of OnTask' },
  source: [[180, 186]],
  says: 'Once OnTask is executing normally, you may configure a web server (nginx,',
  errata: ['E15'],
  when: isServed,
  needs: ['unit-web'],
  do: [
    nginxSite({
      when: { all: [isNginx, { not: isImposed }] },
      name: 'ontask',
      template: 'ontask/nginx.conf',
    }),
    nginxSite({
      when: { all: [isNginx, isImposed] },
      name: 'ontask',
      template: 'ontask/nginx.conf',
      why: hstsSays,
    }),
    apacheSite({
      when: { all: [isApache, { not: isImposed }] },
      name: 'ontask',
      template: 'ontask/apache.conf',
    }),
    apacheSite({
      when: { all: [isApache, isImposed] },
      name: 'ontask',
      template: 'ontask/apache.conf',
      why: hstsSays,
    }),
  ],
});

export const production: Chapter = {
  id: 'production',
  title: { fr: 'Mise en production', en: 'Production deployment' },
  when: isProduction,
  steps: [service, server, certificate, site, answers, ownServer],
};
