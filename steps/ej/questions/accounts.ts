/** The administrator, sample data, backups. */
import { placeholders } from '../../../src/guide/kit.ts';
import type { Cond } from '../../../src/guide/types.ts';
import { superuserQuestions } from '../../shared/questions.ts';
import { isPrinted } from '../layout.ts';

export const isFaked: Cond = { answer: 'FAKE_DATA', is: ['yes'] };
export const isBackedUp: Cond = { answer: 'BACKUP', is: ['yes'] };

export const accounts = placeholders({
  ...superuserQuestions('EJ', [[97, 97]]),
  FAKE_DATA: {
    kind: 'choice',
    topic: 'accounts',
    ask: { fr: 'Charger des données fictives\u00a0?', en: 'Load fake data?' },
    help: {
      fr: 'Jamais sur un serveur qui servira\u00a0: des comptes et des conversations inventés, dont un administrateur au mot de passe connu, se mêlent aux vrais, et rien ne les retire.',
      en: 'Never on a server that will be used: made-up accounts and conversations, an administrator with a known password among them, mix with the real ones, and nothing takes them out.',
    },
    source: [[102, 106]],
    initial: 'no',
    choices: [
      { value: 'no', label: { fr: 'non', en: 'no' } },
      {
        value: 'yes',
        label: {
          fr: 'oui, ce serveur est un essai que l’on jettera',
          en: 'yes, this server is a trial that will be thrown away',
        },
        danger: true,
      },
    ],
  },
  BACKUP: {
    kind: 'choice',
    topic: 'backup',
    ask: { fr: 'Sauvegarder chaque nuit\u00a0?', en: 'Back up every night?' },
    help: {
      fr: 'La base et les médias, dans un répertoire de cette machine. Le guide n’en parle pas. À recopier ailleurs.',
      en: 'The database and the media, into a directory of this machine. The guide says nothing about it. To be copied elsewhere.',
    },
    initial: 'yes',
    choices: [
      { value: 'yes', label: { fr: 'oui', en: 'yes' } },
      { value: 'no', label: { fr: 'non', en: 'no' } },
    ],
    when: isPrinted,
  },
  BACKUP_DIR: {
    kind: 'path',
    topic: 'backup',
    ask: { fr: 'Répertoire des sauvegardes', en: 'Directory of the backups' },
    initial: '/var/backups/ej',
    pattern: {
      match: '(/[A-Za-z0-9_.+-]+){1,8}',
      say: {
        fr: 'Un chemin de lettres, chiffres et «\u00a0_ . + -\u00a0».',
        en: 'A path of letters, digits and “_ . + -”.',
      },
    },
    when: isBackedUp,
  },
  BACKUP_DAYS: {
    kind: 'int',
    topic: 'backup',
    ask: { fr: 'Jours pendant lesquels elles sont gardées', en: 'Days for which they are kept' },
    initial: '14',
    min: 1,
    max: 3650,
    when: isBackedUp,
  },
});
