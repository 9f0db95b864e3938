/** The releases of OnTask that can be installed, and what differs between their layouts. */
import type { Choice, Cond } from '../../src/guide/types.ts';

/** The interpreter that Debian brings; another one is the person's own. */
export const systemPython = '/usr/bin/python3';
const isSystemPython: Cond = { answer: 'PYTHON', is: [systemPython] };

/** As the guide was printed: Python 2.7, settings under src/, cron as the scheduler. */
export const printed = '2.1.1';
export const isPrinted: Cond = { answer: 'RELEASE', is: [printed] };
export const isRecent: Cond = { not: isPrinted };

/** Debian 13 brings Python 3.13. */
const withoutLibraries: Choice['unfit'] = {
  when: { all: [isSystemPython, { fact: 'os.version', is: ['13'] }] },
  say: {
    fr: 'OnTask 11.1 demande un Python 3.9 à 3.12\u00a0: avec le 3.13 de Debian 13, six de ses bibliothèques (numpy, pandas, Pillow…) n’existent pas toutes prêtes. Indiquez le chemin d’un tel Python.',
    en: 'OnTask 11.1 needs a Python 3.9 to 3.12: for Debian 13’s 3.13 six of its libraries (numpy, pandas, Pillow…) do not exist ready-made. Name the path of such a Python.',
  },
};

export const releaseChoices: readonly Choice[] = [
  {
    value: '11.1',
    label: { fr: '11.1 (avril 2024), sur Python 3', en: '11.1 (April 2024), on Python 3' },
    unfit: withoutLibraries,
  },
  {
    value: printed,
    label: {
      fr: '2.1.1, celle du guide, sur Python 2.7 (sans correctif depuis 2020)',
      en: '2.1.1, that of the guide, on Python 2.7 (no fixes since 2020)',
    },
    unfit: {
      when: { any: [isSystemPython, { not: { fact: 'os.version', is: ['11'] } }] },
      say: {
        fr: 'OnTask 2.1.1 demande le Python 2.7 de Debian 11, que Debian 12 et 13 n’ont plus. Sur un Debian 11, indiquez /usr/bin/python2.7 (réponse PYTHON).',
        en: 'OnTask 2.1.1 needs the Python 2.7 of Debian 11, which Debian 12 and 13 no longer have. On a Debian 11, name /usr/bin/python2.7 (answer PYTHON).',
      },
    },
  },
  {
    value: 'other',
    label: {
      fr: 'une autre étiquette ou branche de même disposition que la 11.1',
      en: 'another tag or branch of the same layout as 11.1',
    },
    unfit: withoutLibraries,
  },
];

/** What git is asked for. */
export const ref = {
  by: 'RELEASE',
  of: { '11.1': 'Version_11_1', [printed]: 'Version_2_1_1', other: '%TAG%' },
} as const;

/** A value per layout. */
export const byLayout = <const A extends string, const B extends string>(ofPrinted: A, recent: B) =>
  ({ by: 'RELEASE', of: { [printed]: ofPrinted, '': recent } }) as const;

/** Where manage.py is. */
export const project = byLayout('%ROOT%/src', '%ROOT%');
export const settings = byLayout('ontask.settings.%DEPLOY_KIND%', 'settings.%DEPLOY_KIND%');
export const envFile = byLayout('%ROOT%/src/ontask/settings/local.env', '%ROOT%/settings/local.env');
export const media = byLayout('%ROOT%/src/media', '%ROOT%/media');
/** Where the manual goes; git ignores it. */
export const manual = byLayout('%ROOT%/src/static/html', '%ROOT%/static/html');
export const requirements = '%ROOT%/requirements/%DEPLOY_KIND%.txt';

export const isProduction: Cond = { answer: 'DEPLOY_KIND', is: ['production'] };
export const isDevelopment: Cond = { answer: 'DEPLOY_KIND', is: ['development'] };
