/** The public address, and the web server behind it. */
import { placeholders } from '../../../src/guide/kit.ts';
import type { Cond } from '../../../src/guide/types.ts';
import { certbotEmail, certificateChoices, certificateFile, keyFile } from '../../shared/questions.ts';
import { isEnterprise } from '../platforms.ts';

const is = (answer: string, ...values: string[]): Cond => ({ answer, is: values });

export const isNginx: Cond = is('WEB_SERVER', 'nginx');
export const isApache: Cond = is('WEB_SERVER', 'apache');
export const isFromNginxOrg: Cond = is('NGINX_FROM', 'nginx.org');

export const site = placeholders({
  DOMAIN: {
    kind: 'fqdn',
    topic: 'site',
    ask: { fr: 'Nom public de Numbas', en: 'Public name of Numbas' },
    help: {
      fr: 'Numbas ne répond que sous ce nom (erreur sous un autre).',
      en: 'Numbas answers under this name only (an error under another).',
    },
    example: 'numbas-lti.mon-univ.fr',
    source: [
      [17, 18],
      [320, 320],
    ],
    initial: { fact: 'fqdn' },
  },
  WEB_SERVER: {
    kind: 'choice',
    topic: 'site',
    ask: { fr: 'Serveur web', en: 'Web server' },
    help: {
      fr: 'Le guide conseille nginx. Apache supporte moins de connexions à la fois\u00a0: prenez-le s’il tient déjà le port 80 de cette machine.',
      en: 'The guide recommends nginx. Apache bears fewer connections at a time: take it if it holds port 80 of this machine already.',
    },
    source: [
      [34, 35],
      [202, 203],
    ],
    initial: 'nginx',
    choices: [
      { value: 'nginx', label: { fr: 'nginx', en: 'nginx' } },
      {
        value: 'apache',
        label: { fr: 'Apache', en: 'Apache' },
        unfit: {
          when: isEnterprise,
          say: {
            fr: 'Sur les systèmes de la famille Red Hat, l’assistant n’installe Numbas que derrière nginx.',
            en: 'On systems of the Red Hat family the wizard installs Numbas behind nginx only.',
          },
        },
      },
    ],
  },
  NGINX_FROM: {
    kind: 'choice',
    topic: 'site',
    ask: { fr: 'Quel nginx\u00a0?', en: 'Which nginx?' },
    help: {
      fr: 'Celui du système est tenu à jour avec lui. Celui de nginx.org est plus récent\u00a0: son dépôt est ajouté, sa clé vérifiée.',
      en: 'The system’s own is kept up to date with it. That of nginx.org is newer: its repository is added, its key verified.',
    },
    source: [[46, 52]],
    initial: 'system',
    choices: [
      { value: 'system', label: { fr: 'celui du système', en: 'the system’s own' } },
      { value: 'nginx.org', label: { fr: 'celui de nginx.org', en: 'that of nginx.org' } },
    ],
    when: { all: [isEnterprise, is('WEB_SERVER', 'nginx')] },
  },
  TLS: {
    kind: 'choice',
    topic: 'site',
    ask: { fr: 'Certificat TLS (https)', en: 'TLS certificate (https)' },
    help: {
      fr: 'Une plateforme LTI n’affiche Numbas que par https. Un certificat fait ici ne sert qu’à un essai\u00a0: les navigateurs s’en plaignent, et les plateformes le refusent.',
      en: 'An LTI platform shows Numbas through HTTPS only. A certificate made here is for a trial: browsers complain about it, and platforms refuse it.',
    },
    source: [
      [19, 20],
      [276, 292],
    ],
    initial: 'self-signed',
    choices: certificateChoices,
  },
  TLS_CERT: {
    ...certificateFile,
    topic: 'site',
    example: '/etc/ssl/numbas-lti.pem',
    source: [[223, 223]],
    when: is('TLS', 'files'),
  },
  TLS_KEY: {
    ...keyFile,
    topic: 'site',
    example: '/etc/ssl/numbas-lti.key',
    source: [[224, 224]],
    when: is('TLS', 'files'),
  },
  CERTBOT_EMAIL: { ...certbotEmail, topic: 'site', when: is('TLS', 'certbot') },
  PORTS: {
    kind: 'choice',
    topic: 'site',
    ask: { fr: 'Ports des processus web', en: 'Ports of the web processes' },
    help: {
      fr: 'Sur 127.0.0.1 seulement. Prenez une autre centaine si un programme tient déjà un de ces ports.',
      en: 'On 127.0.0.1 only. Take another hundred if a program holds one of these ports already.',
    },
    source: [
      [141, 141],
      [211, 216],
    ],
    initial: '87',
    choices: ['87', '88', '97'].map((value) => ({
      value,
      label: { fr: `${value}00 et suivants`, en: `${value}00 and following` },
    })),
  },
  PROCESSES: {
    kind: 'choice',
    topic: 'site',
    ask: { fr: 'Processus web (daphne)', en: 'Web processes (daphne)' },
    help: { fr: 'Chacun occupe environ 95\u00a0Mo.', en: 'Each takes about 95 MB.' },
    source: [[148, 148]],
    initial: '4',
    choices: ['2', '4', '8'].map((value) => ({ value, label: { fr: value, en: value } })),
  },
  TASKS: {
    kind: 'int',
    topic: 'site',
    ask: { fr: 'Tâches de fond à la fois (huey)', en: 'Background tasks at a time (huey)' },
    source: [[154, 154]],
    initial: '8',
    min: 1,
    max: 64,
  },
  PROXY: {
    kind: 'url',
    topic: 'site',
    ask: { fr: 'Proxy pour sortir (http, https)', en: 'Proxy to go out (http, https)' },
    help: {
      fr: 'Pour les notes rendues aux plateformes et les exercices pris dans l’éditeur. Vide\u00a0: aucun. supervisord le lit dans un fichier que chacun peut lire\u00a0: pas de mot de passe.',
      en: 'For scores reported to platforms and exams taken from the editor. Empty: none. supervisord reads it in a file that everybody may read: no password.',
    },
    example: 'http://web.proxy:4321',
    source: [[171, 176]],
    optional: true,
    pattern: {
      match: String.raw`https?://[^\s@]+`,
      say: {
        fr: 'Une adresse http:// ou https:// sans mot de passe.',
        en: 'An http:// or https:// address with no password in it.',
      },
    },
  },
});
