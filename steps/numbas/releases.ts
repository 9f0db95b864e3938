/** What can be installed: branches of the repository, and what they need. */
import type { Choice, Cond } from '../../src/guide/types.ts';
import { isOldPython } from './platforms.ts';

const isSystemPython: Cond = { answer: 'PYTHON', is: ['/usr/bin/python3'] };

/** The last commit that Python 3.10 and 3.11 can run, of October 2025. */
export const lastForOldPython = '07ed793a472e27a9205200151a7601b5cdf68961';

const needsNewPython: Choice['unfit'] = {
  when: { all: [isOldPython, isSystemPython] },
  say: {
    fr: `Cette branche demande Python 3.12 depuis février 2026 (Django 6.0), et ce système a un Python plus ancien. Prenez Debian 13 ou Ubuntu 24.04, indiquez un autre Python (réponse PYTHON), ou le dernier commit d’avant\u00a0: BRANCH = other, REF = ${lastForOldPython}, sans correctif depuis octobre 2025.`,
    en: `This branch has needed Python 3.12 since February 2026 (Django 6.0), and this system has an older one. Take Debian 13 or Ubuntu 24.04, name another Python (answer PYTHON), or the last commit before that: BRANCH = other, REF = ${lastForOldPython}, with no fixes since October 2025.`,
  },
};

export const branchChoices: readonly Choice[] = [
  {
    value: 'v4_STABLE',
    label: { fr: 'v4_STABLE, la branche stable du guide', en: 'v4_STABLE, the guide’s stable branch' },
    unfit: needsNewPython,
  },
  {
    value: 'master',
    label: { fr: 'master, qui change sans prévenir', en: 'master, which changes without notice' },
    unfit: needsNewPython,
  },
  {
    value: 'other',
    label: {
      fr: 'une autre branche, étiquette ou un commit, à partir de la 4.0',
      en: 'another branch, tag or commit, from 4.0 on',
    },
  },
];

/** The person names what git is asked for. */
export const isOther: Cond = { answer: 'BRANCH', is: ['other'] };

/** What git is asked for. */
export const ref = { by: 'BRANCH', of: { other: '%REF%', '': '%BRANCH%' } } as const;
