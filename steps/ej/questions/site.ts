/** The public address, who stands before the containers, and mail. */
import { placeholders } from '../../../src/guide/kit.ts';
import type { Cond } from '../../../src/guide/types.ts';
import { isPrinted } from '../layout.ts';

const is = (answer: string, ...values: string[]): Cond => ({ answer, is: values });

/** nginx of this machine, before the containers. */
export const isServed: Cond = is('WEB_SERVER', 'nginx');
export const isOwnServer: Cond = is('WEB_SERVER', 'none');
/** TLS ends in it. */
export const isTlsHere: Cond = is('TLS', 'files', 'self-signed', 'certbot');

const notItself = {
  match: '(?!(localhost|127\\.0\\.0\\.1|::1)$).*',
  say: {
    fr: 'Dans un conteneur, localhost est le conteneur lui-même\u00a0: donnez le nom ou l’adresse du serveur.',
    en: 'In a container, localhost is the container itself: give the name or address of the server.',
  },
};

export const site = placeholders({
  DJANGO_HOST: {
    kind: 'fqdn',
    topic: 'site',
    ask: { fr: 'Nom public d’EJ', en: 'Public name of EJ' },
    help: {
      fr: 'EJ ne répond que sous ce nom (erreur 400 sous un autre). Sans «\u00a0https://\u00a0».',
      en: 'EJ answers under this name only (error 400 under another). Without “https://”.',
    },
    writtenAs: '<django-host>',
    example: 'ej.mon-univ.fr',
    source: [
      [150, 150],
      [154, 155],
      [175, 178],
    ],
    initial: { fact: 'fqdn' },
  },
  DJANGO_ALLOWED_HOSTS: {
    kind: 'text',
    topic: 'site',
    ask: { fr: 'Autres noms permis', en: 'Other names allowed' },
    help: {
      fr: 'Séparés par des virgules, sans «\u00a0https://\u00a0»\u00a0: une adresse du réseau local, par exemple.',
      en: 'Separated by commas, without “https://”: an address of the local network, for one.',
    },
    example: 'ej.intra.mon-univ.fr,192.0.2.10',
    optional: true,
    max: 400,
    pattern: {
      match: '[A-Za-z0-9.-]+(,[A-Za-z0-9.-]+)*',
      say: {
        fr: 'Des noms ou des adresses séparés par des virgules, sans espace.',
        en: 'Names or addresses separated by commas, with no space.',
      },
    },
  },
  WEB_SERVER: {
    kind: 'choice',
    topic: 'site',
    ask: { fr: 'Qui ouvre https\u00a0?', en: 'Who opens HTTPS?' },
    help: {
      fr: 'Le conteneur nginx du guide ne parle que http. Si un autre serveur web tient le port 80 de cette machine, prenez le vôtre.',
      en: 'The guide’s nginx container speaks HTTP only. If another web server holds port 80 of this machine, take your own.',
    },
    source: [[10, 12]],
    initial: 'nginx',
    choices: [
      { value: 'nginx', label: { fr: 'nginx sur cette machine', en: 'nginx on this machine' } },
      {
        value: 'none',
        label: {
          fr: 'mon frontal\u00a0: l’assistant s’arrête au port HTTP_PORT',
          en: 'my own front end: the wizard stops at the port HTTP_PORT',
        },
      },
    ],
  },
  TLS: {
    kind: 'choice',
    topic: 'site',
    ask: { fr: 'Certificat TLS (https)', en: 'TLS certificate (https)' },
    help: {
      fr: 'Rocket.Chat et EJ s’affichent l’un dans l’autre par https. Un certificat fait ici ne sert qu’à un essai, les navigateurs s’en plaignent.',
      en: 'Rocket.Chat and EJ show each other through HTTPS. A certificate made here is for a trial only, browsers complain about it.',
    },
    source: [[173, 178]],
    initial: 'self-signed',
    choices: [
      { value: 'files', label: { fr: 'déjà sur cette machine', en: 'already on this machine' } },
      { value: 'self-signed', label: { fr: 'fait ici, pour un essai', en: 'made here, for a trial' } },
      {
        value: 'certbot',
        label: { fr: 'demandé à Let’s Encrypt par certbot', en: 'requested from Let’s Encrypt by certbot' },
      },
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
    kind: 'path',
    topic: 'site',
    ask: { fr: 'Certificat, avec sa chaîne (PEM)', en: 'Certificate with its chain (PEM)' },
    example: '/etc/ssl/certs/ej.pem',
    when: is('TLS', 'files'),
  },
  TLS_KEY: {
    kind: 'path',
    topic: 'site',
    ask: { fr: 'Sa clé privée (PEM)', en: 'Its private key (PEM)' },
    example: '/etc/ssl/private/ej.key',
    when: is('TLS', 'files'),
  },
  CERTBOT_EMAIL: {
    kind: 'email',
    topic: 'site',
    ask: { fr: 'Adresse pour Let’s Encrypt', en: 'Address for Let’s Encrypt' },
    help: {
      fr: 'Il y écrit quand un certificat va expirer.',
      en: 'It writes there when a certificate is about to expire.',
    },
    example: 'dsi@mon-univ.fr',
    when: is('TLS', 'certbot'),
  },
  HTTP_ADDRESS: {
    kind: 'text',
    topic: 'site',
    ask: { fr: 'Adresse où le conteneur écoute', en: 'Address where the container listens' },
    help: {
      fr: '127.0.0.1 pour un frontal sur cette machine. Docker ouvre un port publié malgré ufw\u00a0: 0.0.0.0 l’ouvre à tous, en http.',
      en: '127.0.0.1 for a front end on this machine. Docker opens a published port in spite of ufw: 0.0.0.0 opens it to everybody, in plain HTTP.',
    },
    initial: '127.0.0.1',
    pattern: {
      match: '(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}',
      say: {
        fr: 'Une adresse IPv4 de cette machine, ou 0.0.0.0.',
        en: 'An IPv4 address of this machine, or 0.0.0.0.',
      },
    },
    when: isOwnServer,
  },
  HTTP_PORT: {
    kind: 'port',
    topic: 'site',
    ask: { fr: 'Port où le conteneur écoute', en: 'Port where the container listens' },
    help: {
      fr: 'Le guide publie le port 80\u00a0; derrière un serveur web de cette machine, c’est un port de 127.0.0.1.',
      en: 'The guide publishes port 80; behind a web server of this machine it is a port of 127.0.0.1.',
    },
    initial: '8080',
  },
  EMAIL_HOST: {
    kind: 'host',
    topic: 'mail',
    ask: { fr: 'Serveur SMTP', en: 'SMTP server' },
    help: {
      fr: 'Vide\u00a0: EJ n’envoie pas de message, et personne ne peut retrouver son mot de passe.',
      en: 'Empty: EJ sends no message, and nobody can recover a password.',
    },
    example: 'smtp.mon-univ.fr',
    optional: true,
    pattern: notItself,
  },
  EMAIL_SECURITY: {
    kind: 'choice',
    topic: 'mail',
    ask: { fr: 'Chiffrement vers ce serveur', en: 'Encryption towards that server' },
    help: {
      fr: 'L’exemple de config.env donne le port 587 sans chiffrement, ce que les serveurs refusent.',
      en: 'The sample in config.env has port 587 without encryption, which servers refuse.',
    },
    initial: 'starttls',
    choices: [
      { value: 'none', label: { fr: 'aucun', en: 'none' } },
      { value: 'starttls', label: { fr: 'STARTTLS', en: 'STARTTLS' } },
      { value: 'ssl', label: { fr: 'TLS dès la connexion', en: 'TLS from the start' } },
    ],
    when: { all: [isPrinted, { not: is('EMAIL_HOST', '') }] },
  },
  EMAIL_PORT: {
    kind: 'port',
    topic: 'mail',
    ask: { fr: 'Port SMTP', en: 'SMTP port' },
    initial: { by: 'EMAIL_SECURITY', of: { none: '25', ssl: '465', '': '587' } },
    when: { not: is('EMAIL_HOST', '') },
  },
  EMAIL_HOST_USER: {
    kind: 'text',
    topic: 'mail',
    ask: { fr: 'Compte SMTP', en: 'SMTP account' },
    help: { fr: 'Vide\u00a0: sans authentification.', en: 'Empty: no authentication.' },
    optional: true,
    max: 200,
    when: { not: is('EMAIL_HOST', '') },
  },
  EMAIL_HOST_PASSWORD: {
    kind: 'password',
    topic: 'mail',
    ask: { fr: 'Mot de passe SMTP', en: 'SMTP password' },
    when: { all: [{ not: is('EMAIL_HOST', '') }, { not: is('EMAIL_HOST_USER', '') }] },
  },
  DEFAULT_FROM_EMAIL: {
    kind: 'email',
    topic: 'mail',
    ask: { fr: 'Expéditeur des messages', en: 'Sender of the messages' },
    example: 'ej@mon-univ.fr',
    initial: { filled: 'noreply@%DJANGO_HOST%' },
    when: { not: is('EMAIL_HOST', '') },
  },
  DEFAULT_FROM_NAME: {
    kind: 'text',
    topic: 'mail',
    ask: { fr: 'Son nom', en: 'Their name' },
    initial: 'EJ',
    max: 100,
    when: { not: is('EMAIL_HOST', '') },
  },
});
