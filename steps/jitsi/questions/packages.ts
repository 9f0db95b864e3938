/** Where the packages come from, and the certificate. */
import { placeholders } from '../../../src/guide/kit.ts';
import type { Choice, Cond } from '../../../src/guide/types.ts';
import { certbotEmail, certificateChoices, certificateFile, keyFile } from '../../shared/questions.ts';
import { repositoryPattern } from '../../shared/repository.ts';
import { isUfw } from './machine.ts';

const is = (answer: string, ...values: string[]): Cond => ({ answer: answer, is: values });

export const isCertbot: Cond = is('TLS', 'certbot');
export const areFiles: Cond = is('TLS', 'files');

const needsName: NonNullable<Choice['unfit']> = {
  when: is('REACHED_BY', 'address'),
  say: {
    fr: 'Let’s Encrypt ne certifie ici que des noms. Donnez un nom au serveur (réponses REACHED_BY et DOMAIN), ou prenez un autre certificat.',
    en: 'Let’s Encrypt certifies only names here. Give the server a name (answers REACHED_BY and DOMAIN), or take another certificate.',
  },
};

export const packages = placeholders({
  REPOSITORY: {
    kind: 'text',
    topic: 'packages',
    ask: { fr: 'Dépôt de Jitsi', en: 'Jitsi’s repository' },
    help: {
      fr: 'Celui du guide, ou un miroir à vous sur une machine sans Internet.',
      en: 'That of the guide, or a mirror of yours on a machine with no Internet.',
    },
    source: [[132, 132]],
    initial: 'https://download.jitsi.org',
    max: 300,
    pattern: repositoryPattern,
  },
  REPOSITORY_KEY: {
    kind: 'text',
    topic: 'packages',
    ask: { fr: 'Adresse de sa clé', en: 'Address of its key' },
    source: [[108, 108]],
    initial: { filled: '%REPOSITORY%/jitsi-key.gpg.key' },
    max: 300,
    pattern: repositoryPattern,
  },
  KEY_FINGERPRINT: {
    kind: 'text',
    topic: 'packages',
    ask: { fr: 'Empreinte de cette clé', en: 'Fingerprint of that key' },
    help: {
      fr: 'Celle que Jitsi publie. La clé n’est crue que pour elle\u00a0: l’adresse ne compte pas.',
      en: 'The one that Jitsi publishes. The key is believed only for it: the address does not count.',
    },
    source: [[111, 118]],
    initial: '66A9CD0595D6AFA247290D3BEF8B479E2DC1389C',
    pattern: {
      match: '([0-9A-Fa-f]{4}[ :]*){10}|([0-9A-Fa-f]{4}[ :]*){16}',
      say: {
        fr: '40 chiffres hexadécimaux (64 pour une clé récente).',
        en: '40 hexadecimal digits (64 for a newer key).',
      },
    },
  },
  TLS: {
    kind: 'choice',
    topic: 'certificate',
    ask: { fr: 'Certificat TLS (https)', en: 'TLS certificate (https)' },
    help: {
      fr: 'Sans certificat reconnu, les navigateurs se plaignent et les applications mobiles refusent. Let’s Encrypt demande un nom public et le port 80\u00a0; il vient après l’installation, qui commence avec un certificat fait ici.',
      en: 'Without a certificate that is recognised browsers complain and the mobile apps refuse. Let’s Encrypt needs a public name and port 80; it comes after the installation, which begins with a certificate made here.',
    },
    source: [[149, 149]],
    initial: 'self-signed',
    choices: certificateChoices.map((choice) =>
      choice.value === 'certbot' ? { ...choice, unfit: needsName } : choice,
    ),
  },
  TLS_CERT: {
    ...certificateFile,
    topic: 'certificate',
    example: '/etc/ssl/visio.crt',
    source: [[149, 149]],
    when: areFiles,
  },
  TLS_KEY: {
    ...keyFile,
    topic: 'certificate',
    example: '/etc/ssl/private/visio.key',
    source: [[149, 149]],
    when: areFiles,
  },
  CERTBOT_EMAIL: { ...certbotEmail, topic: 'certificate', source: [[170, 170]], when: isCertbot },
  CLOSE_80: {
    kind: 'choice',
    topic: 'certificate',
    ask: { fr: 'Laisser le port 80 fermé\u00a0?', en: 'Keep port 80 closed?' },
    help: {
      fr: 'Let’s Encrypt vérifie le nom par le port 80, à chaque renouvellement\u00a0: fermé, le certificat expire au bout de 90 jours. Il renvoie aussi vers https qui tape le nom seul.',
      en: 'Let’s Encrypt checks the name through port 80, at each renewal: closed, the certificate expires after 90 days. It also sends whoever types the bare name on to HTTPS.',
    },
    source: [[172, 175]],
    initial: 'no',
    choices: [
      {
        value: 'yes',
        label: { fr: 'oui', en: 'yes' },
        unfit: {
          when: isCertbot,
          say: {
            fr: 'Le certificat de Let’s Encrypt ne pourrait être ni obtenu ni renouvelé. Laissez le port 80 ouvert, ou prenez un certificat déjà sur cette machine (réponse TLS).',
            en: 'The certificate of Let’s Encrypt could neither be obtained nor renewed. Leave port 80 open, or take a certificate that is on this machine (answer TLS).',
          },
        },
      },
      { value: 'no', label: { fr: 'non', en: 'no' } },
    ],
    when: isUfw,
  },
});
