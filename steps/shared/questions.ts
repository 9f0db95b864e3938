/** Questions that several guides ask in the same words. A guide adds its topic, its source lines and its conditions. */
import { type Asked, placeholders } from '../../src/guide/kit.ts';
import type { Choice, Range } from '../../src/guide/types.ts';
import { byWizard } from './conditions.ts';

type Common<K extends Asked['kind']> = Omit<Asked, 'topic' | 'kind'> & { readonly kind: K };

export const yesOrNo: readonly Choice[] = [
  { value: 'yes', label: { fr: 'oui', en: 'yes' } },
  { value: 'no', label: { fr: 'non', en: 'no' } },
];

/** Who does what either could do. */
export const whoDoesIt: readonly Choice[] = [
  { value: 'person', label: { fr: 'moi, à la main', en: 'I do, by hand' } },
  { value: 'wizard', label: { fr: 'l’assistant', en: 'the wizard' } },
];

/** Where a certificate comes from. */
export const certificateChoices: readonly Choice[] = [
  { value: 'files', label: { fr: 'déjà sur cette machine', en: 'already on this machine' } },
  { value: 'self-signed', label: { fr: 'fait ici, pour un essai', en: 'made here, for a trial' } },
  {
    value: 'certbot',
    label: { fr: 'demandé à Let’s Encrypt par certbot', en: 'requested from Let’s Encrypt by certbot' },
  },
];

export const certificateFile: Common<'path'> = {
  kind: 'path',
  ask: { fr: 'Certificat, avec sa chaîne (PEM)', en: 'Certificate with its chain (PEM)' },
};

export const keyFile: Common<'path'> = {
  kind: 'path',
  ask: { fr: 'Sa clé privée (PEM)', en: 'Its private key (PEM)' },
};

export const certbotEmail: Common<'email'> = {
  kind: 'email',
  ask: { fr: 'Adresse pour Let’s Encrypt', en: 'Address for Let’s Encrypt' },
  help: {
    fr: 'Il y écrit quand un certificat va expirer.',
    en: 'It writes there when a certificate is about to expire.',
  },
  example: 'dsi@mon-univ.fr',
};

export const timeZone: Common<'text'> = {
  kind: 'text',
  ask: { fr: 'Fuseau horaire', en: 'Time zone' },
  example: 'Europe/Paris',
  initial: { fact: 'timezone' },
  max: 60,
  pattern: {
    match: '[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}',
    say: { fr: 'Un nom comme Europe/Paris, ou UTC.', en: 'A name such as Europe/Paris, or UTC.' },
  },
};

/** The server that messages are given to: host, encryption, port, account, password. */
export const smtp: {
  readonly host: Common<'host'>;
  readonly security: Common<'choice'>;
  readonly port: Common<'port'>;
  readonly user: Common<'text'>;
  readonly password: Common<'password'>;
} = {
  host: { kind: 'host', ask: { fr: 'Serveur SMTP', en: 'SMTP server' }, initial: 'localhost' },
  security: {
    kind: 'choice',
    ask: { fr: 'Chiffrement vers ce serveur', en: 'Encryption towards that server' },
    initial: 'none',
    choices: [
      { value: 'none', label: { fr: 'aucun', en: 'none' } },
      { value: 'starttls', label: { fr: 'STARTTLS', en: 'STARTTLS' } },
      { value: 'ssl', label: { fr: 'TLS dès la connexion', en: 'TLS from the start' } },
    ],
  },
  port: {
    kind: 'port',
    ask: { fr: 'Port SMTP', en: 'SMTP port' },
    initial: { by: 'EMAIL_SECURITY', of: { starttls: '587', ssl: '465', '': '25' } },
  },
  user: {
    kind: 'text',
    ask: { fr: 'Compte SMTP', en: 'SMTP account' },
    help: { fr: 'Vide\u00a0: sans authentification.', en: 'Empty: no authentication.' },
    optional: true,
    max: 200,
  },
  password: { kind: 'password', ask: { fr: 'Mot de passe SMTP', en: 'SMTP password' } },
};

/** The administrator that Django's createsuperuser makes, who signs in with an address; `name` stands in the form. */
export const superuserQuestions = (name: string, source: readonly Range[]) =>
  placeholders({
    SU_BY: {
      kind: 'choice',
      topic: 'accounts',
      ask: { fr: 'Qui crée l’administrateur\u00a0?', en: 'Who creates the administrator?' },
      help: {
        fr: 'À la main\u00a0: createsuperuser vous pose ses questions dans ce terminal.',
        en: 'By hand: createsuperuser asks you its questions in this terminal.',
      },
      source,
      initial: 'wizard',
      choices: whoDoesIt,
    },
    SU_EMAIL: {
      kind: 'email',
      topic: 'accounts',
      ask: { fr: 'Adresse de l’administrateur', en: 'Address of the administrator' },
      help: { fr: 'Il se connecte avec elle.', en: 'It is what they sign in with.' },
      example: 'admin@mon-univ.fr',
      source,
    },
    SU_NAME: {
      kind: 'text',
      topic: 'accounts',
      ask: { fr: 'Son nom', en: 'Their name' },
      source,
      initial: name,
      min: 1,
      max: 255,
      when: byWizard('SU_BY'),
    },
    SU_PASSWORD: {
      kind: 'password',
      topic: 'accounts',
      ask: { fr: 'Son mot de passe', en: 'Their password' },
      source,
      generate: 20,
      min: 12,
      max: 128,
      when: byWizard('SU_BY'),
    },
  });
