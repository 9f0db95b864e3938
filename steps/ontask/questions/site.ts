/** The public address, and the web server behind it. */
import { placeholders } from '../../../src/guide/kit.ts';
import type { Cond } from '../../../src/guide/types.ts';
import {
  certbotEmail,
  certificateChoices,
  certificateFile,
  keyFile,
  smtp,
  yesOrNo,
} from '../../shared/questions.ts';
import { isDevelopment, isProduction, isRecent } from '../releases.ts';

const is = (answer: string, ...values: string[]): Cond => ({ answer, is: values });

/** Asked for production only. */
export const isNginx: Cond = is('WEB_SERVER', 'nginx');
export const isApache: Cond = is('WEB_SERVER', 'apache');
export const isOwnServer: Cond = is('WEB_SERVER', 'none');
export const isServed: Cond = is('WEB_SERVER', 'nginx', 'apache');
/** TLS ends in this machine's web server. */
export const isTlsHere: Cond = is('TLS', 'files', 'self-signed', 'certbot');

export const site = placeholders({
  DOMAIN: {
    kind: 'fqdn',
    topic: 'site',
    ask: { fr: 'Nom public d’OnTask', en: 'Public name of OnTask' },
    help: {
      fr: 'OnTask ne répond que sous ce nom (erreur 400 sous un autre).',
      en: 'OnTask answers under this name only (error 400 under another).',
    },
    example: 'ontask.mon-univ.fr',
    source: [[29, 30]],
    initial: { fact: 'fqdn' },
  },
  WEB_SERVER: {
    kind: 'choice',
    topic: 'site',
    ask: { fr: 'Serveur web', en: 'Web server' },
    help: {
      fr: 'Le guide laisse cette partie au lecteur. Si Apache tient déjà le port 80 de cette machine, prenez-le.',
      en: 'The guide leaves this part to its reader. If Apache holds port 80 of this machine already, take it.',
    },
    source: [
      [162, 163],
      [182, 185],
    ],
    initial: 'nginx',
    choices: [
      { value: 'nginx', label: { fr: 'nginx', en: 'nginx' } },
      { value: 'apache', label: { fr: 'Apache', en: 'Apache' } },
      {
        value: 'none',
        label: {
          fr: 'le mien\u00a0: l’assistant s’arrête à /run/ontask/web.sock',
          en: 'my own: the wizard stops at /run/ontask/web.sock',
        },
      },
    ],
    when: isProduction,
  },
  TLS: {
    kind: 'choice',
    topic: 'site',
    ask: { fr: 'Certificat TLS (https)', en: 'TLS certificate (https)' },
    help: {
      fr: 'OnTask échange des données personnelles\u00a0: il n’est jamais ouvert sans TLS. Un certificat fait ici ne sert qu’à un essai, les navigateurs s’en plaignent.',
      en: 'OnTask exchanges personal data: it is never opened without TLS. A certificate made here is for a trial only, browsers complain about it.',
    },
    source: [
      [9, 12],
      [29, 30],
    ],
    initial: 'self-signed',
    choices: [
      ...certificateChoices,
      {
        value: 'upstream',
        label: {
          fr: 'sur un frontal, devant cette machine (port 80 ici)',
          en: 'on a front end before this machine (port 80 here)',
        },
      },
    ],
    when: isServed,
  },
  TLS_CERT: {
    ...certificateFile,
    topic: 'site',
    example: '/etc/ssl/certs/ontask.pem',
    when: is('TLS', 'files'),
  },
  TLS_KEY: { ...keyFile, topic: 'site', example: '/etc/ssl/private/ontask.key', when: is('TLS', 'files') },
  CERTBOT_EMAIL: { ...certbotEmail, topic: 'site', when: is('TLS', 'certbot') },
  HSTS: {
    kind: 'choice',
    topic: 'site',
    ask: { fr: 'Imposer https pour un an (HSTS)\u00a0?', en: 'Impose https for a year (HSTS)?' },
    help: {
      fr: 'OnTask l’annonce pour ce nom et tous ses sous-domaines, avec «\u00a0preload\u00a0». Rien ne le reprend aux navigateurs qui l’ont lu\u00a0: seulement avec un certificat durable. Non\u00a0: le serveur web retire cet en-tête.',
      en: 'OnTask announces it for this name and all its subdomains, with “preload”. Nothing gets it back from browsers that have read it: only with a certificate that will last. No: the web server removes that header.',
    },
    source: [[153, 157]],
    initial: 'no',
    choices: yesOrNo,
    when: isServed,
  },
  WORKERS: {
    kind: 'int',
    topic: 'site',
    ask: { fr: 'Processus web', en: 'Web processes' },
    help: {
      fr: 'Chacun occupe environ 210\u00a0Mo.',
      en: 'Each takes about 210 MB.',
    },
    initial: { by: 'cpu', of: { '1': '2', '2': '3', '': '4' } },
    min: 2,
    max: 64,
    when: isProduction,
  },
  TRIAL_PORT: {
    kind: 'port',
    topic: 'site',
    ask: { fr: 'Port du serveur de développement', en: 'Port of the development server' },
    source: [[161, 161]],
    initial: '8000',
    when: isDevelopment,
  },
  EMAIL_SENDER: {
    kind: 'email',
    topic: 'mail',
    ask: { fr: 'Expéditeur des messages', en: 'Sender of the messages' },
    help: {
      fr: 'OnTask 11.1 ne démarre pas sans lui (EMAIL_ACTION_NOTIFICATION_SENDER).',
      en: 'OnTask 11.1 does not start without it (EMAIL_ACTION_NOTIFICATION_SENDER).',
    },
    example: 'ontask@mon-univ.fr',
    initial: { filled: 'ontask@%DOMAIN%' },
    when: isRecent,
  },
  EMAIL_HOST: { ...smtp.host, topic: 'mail', when: isRecent },
  EMAIL_SECURITY: { ...smtp.security, topic: 'mail', when: isRecent },
  EMAIL_PORT: { ...smtp.port, topic: 'mail', when: isRecent },
  EMAIL_HOST_USER: { ...smtp.user, topic: 'mail', when: isRecent },
  EMAIL_HOST_PASSWORD: {
    ...smtp.password,
    topic: 'mail',
    pattern: {
      match: '(?!\\$).*',
      say: {
        fr: 'OnTask prend ce qui commence par $ pour le nom d’une autre variable.',
        en: 'OnTask takes what begins with $ for the name of another variable.',
      },
    },
    when: { all: [isRecent, { not: is('EMAIL_HOST_USER', '') }] },
  },
});
