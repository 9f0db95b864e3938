/** What first_setup.py asks of an instance, mail, accounts, and the platform that scores go back to. */
import { placeholders } from '../../../src/guide/kit.ts';
import type { Cond } from '../../../src/guide/types.ts';
import { byWizard } from '../../shared/conditions.ts';
import { smtp, timeZone, whoDoesIt, yesOrNo } from '../../shared/questions.ts';

/** The person fills in upstream's own form. */
export const isForm: Cond = { answer: 'SETTINGS_BY', is: ['person'] };

export const instance = placeholders({
  INSTANCE_NAME: {
    kind: 'text',
    topic: 'instance',
    ask: { fr: 'Nom de cette installation', en: 'Name of this installation' },
    help: {
      fr: 'Écrit au bas de chaque page\u00a0: celui de votre établissement.',
      en: 'Written at the bottom of each page: that of your institution.',
    },
    example: 'Université de Somewhere',
    source: [[118, 119]],
    min: 1,
    max: 200,
  },
  LANGUAGE: {
    kind: 'choice',
    topic: 'instance',
    ask: { fr: 'Langue de l’interface', en: 'Language of the interface' },
    help: {
      fr: 'Numbas n’est traduit qu’en allemand\u00a0: ses pages ne sont pas en français.',
      en: 'Numbas is translated into German only.',
    },
    initial: 'en',
    choices: [
      { value: 'en', label: { fr: 'anglais', en: 'English' } },
      { value: 'de', label: { fr: 'allemand', en: 'German' } },
    ],
  },
  TIME_ZONE: { ...timeZone, topic: 'instance' },
  SUPPORT_NAME: {
    kind: 'text',
    topic: 'instance',
    ask: { fr: 'Qui aide les étudiants', en: 'Who helps students' },
    help: {
      fr: 'Nommé sur les pages d’erreur.',
      en: 'Named on pages that tell of an error.',
    },
    initial: 'the Numbas team',
    min: 1,
    max: 200,
  },
  SUPPORT_URL: {
    kind: 'text',
    topic: 'instance',
    ask: { fr: 'Comment les joindre', en: 'How to reach them' },
    help: {
      fr: 'Une page, ou mailto:adresse. Vide\u00a0: pas de lien.',
      en: 'A page, or mailto:address. Empty: no link.',
    },
    example: 'mailto:support@mon-univ.fr',
    optional: true,
    max: 300,
    pattern: {
      match: String.raw`(mailto:[^\s@]+@[^\s@]+|https?://[^\s]+)`,
      say: {
        fr: 'Une adresse qui commence par mailto:, https:// ou http://.',
        en: 'An address that begins with mailto:, https:// or http://.',
      },
    },
  },
  EMAIL_RECEIPTS: {
    kind: 'choice',
    topic: 'instance',
    ask: { fr: 'Récépissés par messagerie\u00a0?', en: 'Receipts by e-mail?' },
    help: {
      fr: 'Les enseignants peuvent alors en activer pour un exercice\u00a0: l’étudiant en reçoit un quand il l’a fini.',
      en: 'Teachers may then switch them on for an exam: a student gets one on finishing it.',
    },
    initial: 'yes',
    choices: yesOrNo,
  },
  REPORT_DAYS: {
    kind: 'int',
    topic: 'instance',
    ask: { fr: 'Jours de garde des rapports', en: 'Days that reports are kept' },
    initial: '30',
    min: 1,
    max: 3650,
  },
  LOCKDOWN_PASSWORD: {
    kind: 'password',
    topic: 'instance',
    ask: { fr: 'Mot de passe de Numbas lockdown', en: 'Password of the lockdown app' },
    help: {
      fr: 'L’application qui enferme un étudiant dans son épreuve le demande pour l’ouvrir.',
      en: 'The app that locks a student into their exam asks for it when it opens one.',
    },
    generate: 16,
    min: 8,
    max: 128,
  },
  SECRET_KEY: {
    kind: 'password',
    topic: 'instance',
    ask: { fr: 'Clé secrète de Django', en: 'Django’s secret key' },
    help: {
      fr: 'Faite une fois et gardée\u00a0: une autre déconnecte tout le monde et invalide les liens signés.',
      en: 'Made once and kept: another one signs everybody out and voids signed links.',
    },
    generate: 64,
    min: 50,
    max: 200,
  },
  FROM_EMAIL: {
    kind: 'email',
    topic: 'mail',
    ask: { fr: 'Expéditeur des messages', en: 'Sender of the messages' },
    example: 'numbas@mon-univ.fr',
    initial: { filled: 'numbas@%DOMAIN%' },
  },
  EMAIL_HOST: { ...smtp.host, topic: 'mail' },
  EMAIL_SECURITY: { ...smtp.security, topic: 'mail' },
  EMAIL_PORT: { ...smtp.port, topic: 'mail' },
  EMAIL_HOST_USER: { ...smtp.user, topic: 'mail' },
  EMAIL_HOST_PASSWORD: {
    ...smtp.password,
    topic: 'mail',
    when: { not: { answer: 'EMAIL_HOST_USER', is: [''] } },
  },
  SETTINGS_BY: {
    kind: 'choice',
    topic: 'accounts',
    ask: { fr: 'Qui configure Numbas\u00a0?', en: 'Who configures Numbas?' },
    help: {
      fr: 'À la main\u00a0: le formulaire web de first_setup.py, rempli d’avance avec vos réponses, sur 127.0.0.1 seulement\u00a0; un tunnel SSH y mène. Pendant qu’il travaille, les mots de passe se voient dans la liste des processus de cette machine.',
      en: 'By hand: the web form of first_setup.py, filled in beforehand with your answers, on 127.0.0.1 only; an SSH tunnel leads there. While it works, the passwords can be seen in the list of processes of this machine.',
    },
    source: [[112, 119]],
    initial: 'wizard',
    choices: whoDoesIt,
  },
  SU_NAME: {
    kind: 'text',
    topic: 'accounts',
    ask: { fr: 'Identifiant de l’administrateur', en: 'User name of the administrator' },
    source: [[119, 119]],
    initial: 'superuser',
    max: 150,
    pattern: {
      match: '[A-Za-z0-9_.@+-]+',
      say: {
        fr: 'Lettres, chiffres et «\u00a0_ . @ + -\u00a0», 150 au plus.',
        en: 'Letters, digits and “_ . @ + -”, 150 at most.',
      },
    },
  },
  SU_EMAIL: {
    kind: 'email',
    topic: 'accounts',
    ask: { fr: 'Son adresse électronique', en: 'Their e-mail address' },
    example: 'admin@mon-univ.fr',
    source: [[119, 119]],
  },
  SU_PASSWORD: {
    kind: 'password',
    topic: 'accounts',
    ask: { fr: 'Son mot de passe', en: 'Their password' },
    source: [[119, 119]],
    generate: 20,
    min: 12,
    max: 128,
    pattern: {
      match: '(?!\\d+$).*',
      say: {
        fr: 'Numbas refuse un mot de passe fait de chiffres seulement.',
        en: 'Numbas refuses a password of digits only.',
      },
    },
    when: byWizard('SETTINGS_BY'),
  },
  CONSUMER_HOST: {
    kind: 'fqdn',
    topic: 'accounts',
    ask: { fr: 'Plateforme qui reçoit les notes', en: 'Platform that receives scores' },
    help: {
      fr: 'Le nom de votre Moodle, Canvas, Blackboard…\u00a0: l’assistant essaie de l’atteindre par https. Vide\u00a0: il ne l’essaie pas.',
      en: 'The name of your Moodle, Canvas, Blackboard…: the wizard tries to reach it through HTTPS. Empty: it is not tried.',
    },
    example: 'moodle.mon-univ.fr',
    source: [[297, 300]],
    optional: true,
  },
});
