/** Who gets in: keys, front ends, the administrator; and the scheduler of the printed release. */
import { placeholders } from '../../../src/guide/kit.ts';
import type { Cond } from '../../../src/guide/types.ts';
import { superuserQuestions, whoDoesIt } from '../../shared/questions.ts';
import { isPrinted, isProduction } from '../releases.ts';

export const isSignedOn: Cond = { answer: 'REMOTE_USER', is: ['header'] };

/** What stands bare in a .env file, and is neither the comma nor the equal sign that separate the pairs. */
const bare = 'A-Za-z0-9_.@+-';

export const access = placeholders({
  SECRET_KEY: {
    kind: 'password',
    topic: 'access',
    ask: { fr: 'Clé secrète de Django', en: 'Django’s secret key' },
    help: {
      fr: 'Faite une fois et gardée\u00a0: en changer déconnecte tout le monde.',
      en: 'Made once and kept: another one signs everybody out.',
    },
    source: [
      [95, 95],
      [107, 112],
    ],
    generate: 64,
    min: 50,
    max: 200,
    pattern: {
      match: '[A-Za-z0-9_-]+',
      say: {
        fr: 'Des lettres, des chiffres, «\u00a0_\u00a0» et «\u00a0-\u00a0»\u00a0: un autre signe peut être lu autrement dans local.env.',
        en: 'Letters, digits, “_” and “-”: another sign may be read otherwise in local.env.',
      },
    },
  },
  LTI_OAUTH_CREDENTIALS: {
    kind: 'list',
    topic: 'access',
    ask: { fr: 'Plateformes LTI (Moodle…)', en: 'LTI platforms (Moodle…)' },
    help: {
      fr: 'Une clé et un secret par plateforme, à recopier chez elle. Sans plateforme, laissez la liste vide\u00a0: personne n’entre par LTI.',
      en: 'A key and a secret for each platform, to be copied there. With no platform leave the list empty: nobody gets in through LTI.',
    },
    source: [
      [96, 96],
      [113, 116],
      [202, 212],
    ],
    key: 'key',
    of: {
      key: {
        kind: 'text',
        ask: { fr: 'Clé', en: 'Key' },
        example: 'moodle',
        max: 64,
        pattern: {
          match: '(?!key[0-9]*$)[A-Za-z0-9][A-Za-z0-9._-]*',
          say: {
            fr: 'Lettres, chiffres, «\u00a0.\u00a0», «\u00a0_\u00a0» et «\u00a0-\u00a0»\u00a0; pas «\u00a0key1\u00a0», celle de l’exemple du guide.',
            en: 'Letters, digits, “.”, “_” and “-”; not “key1”, that of the guide’s example.',
          },
        },
      },
      secret: {
        kind: 'password',
        ask: { fr: 'Secret', en: 'Secret' },
        generate: 32,
        min: 16,
        max: 128,
        pattern: {
          match: `[${bare}]+`,
          say: {
            fr: '16 signes au moins\u00a0: lettres, chiffres, «\u00a0_ . @ + -\u00a0».',
            en: '16 signs at least: letters, digits, “_ . @ + -”.',
          },
        },
      },
    },
    max: 20,
  },
  REMOTE_USER: {
    kind: 'choice',
    topic: 'access',
    ask: { fr: 'Identification par un frontal', en: 'Sign-on by a front end' },
    help: {
      fr: 'Un frontal d’authentification (SAML, CAS…) qui pose toujours lui-même l’en-tête X-Remote-User, avec l’adresse électronique. Un compte inconnu est créé. Sans lui, n’importe qui pourrait se dire n’importe qui.',
      en: 'A single sign-on front end (SAML, CAS…) that always sets the header X-Remote-User itself, to the e-mail address. An unknown account is created. Without it anybody could claim to be anybody.',
    },
    source: [[215, 224]],
    initial: 'no',
    choices: [
      { value: 'no', label: { fr: 'aucune\u00a0: l’en-tête est retiré', en: 'none: the header is removed' } },
      {
        value: 'header',
        label: {
          fr: 'un frontal pose X-Remote-User à chaque requête',
          en: 'a front end sets X-Remote-User for each request',
        },
        unfit: {
          when: {
            not: {
              any: [
                { answer: 'TLS', is: ['upstream'] },
                { answer: 'WEB_SERVER', is: ['none'] },
              ],
            },
          },
          say: {
            fr: 'Les visiteurs atteignent ce serveur web eux-mêmes\u00a0: ils pourraient envoyer cet en-tête. Il faut un frontal devant lui (TLS = upstream).',
            en: 'Visitors reach this web server themselves: they could send that header. A front end has to stand before it (TLS = upstream).',
          },
        },
      },
    ],
    when: isProduction,
  },
  ...superuserQuestions('OnTask', [[134, 138]]),
  SITE_BY: {
    kind: 'choice',
    topic: 'accounts',
    ask: { fr: 'Qui inscrit le nom du site\u00a0?', en: 'Who enters the site’s name?' },
    help: {
      fr: 'Les pages d’administration ont un nom de site, example.com au départ.',
      en: 'The administration pages hold a name of the site, example.com to begin with.',
    },
    source: [[178, 179]],
    initial: 'wizard',
    choices: whoDoesIt,
  },
  ADMIN_MAIL_CRON: {
    kind: 'email',
    topic: 'scheduler',
    ask: { fr: 'Qui reçoit les messages de cron\u00a0?', en: 'Who receives cron’s messages?' },
    writtenAs: '[ADMIN EMAIL ADDRESS]',
    example: 'dsi@mon-univ.fr',
    source: [
      [247, 247],
      [253, 255],
    ],
    initial: { same: 'SU_EMAIL' },
    when: isPrinted,
  },
  CRONTAB_LOG: {
    kind: 'path',
    topic: 'scheduler',
    ask: { fr: 'Journal de la tâche', en: 'Log of the task' },
    writtenAs: '[CRONTAB LOG]',
    source: [
      [251, 251],
      [261, 263],
    ],
    initial: { filled: '%ROOT%/logs/cron.log' },
    pattern: {
      match: '(/[A-Za-z0-9_.+-]+)+',
      say: {
        fr: 'Un chemin de lettres, chiffres et «\u00a0_ . + -\u00a0».',
        en: 'A path of letters, digits and “_ . + -”.',
      },
    },
    when: isPrinted,
  },
  CRON_MINUTES: {
    kind: 'choice',
    topic: 'scheduler',
    ask: { fr: 'Intervalle de cron', en: 'Interval of cron' },
    help: {
      fr: 'La même valeur va dans les préférences d’OnTask (Core Configuration).',
      en: 'The same value goes into the preferences of OnTask (Core Configuration).',
    },
    source: [
      [251, 251],
      [267, 273],
    ],
    initial: '15',
    choices: ['5', '10', '15', '20', '30', '60'].map((value) => ({
      value,
      label: { fr: `${value}\u00a0min`, en: `${value} min` },
    })),
    when: isPrinted,
  },
});
