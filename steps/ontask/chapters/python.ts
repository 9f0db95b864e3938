/** Python and pip (source lines 54–63). */
import type { Chapter, Text } from '../../../src/guide/types.ts';
import { python } from '../probes.ts';
import { build } from '../questions.ts';
import { isPrinted, isRecent } from '../releases.ts';

const { step, check, command, packages, pip, virtualenv } = build;

const otherPython: Text = {
  fr: 'Ce Python ne convient pas\u00a0: il faut 3.9 à 3.12 pour OnTask 11.1, 2.7.13 ou plus pour 2.1.1. Changez la réponse PYTHON ou RELEASE.',
  en: 'This Python does not fit: OnTask 11.1 needs 3.9 to 3.12, 2.1.1 needs 2.7.13 or newer. Change the answer PYTHON or RELEASE.',
};
const pythonFits = (condition: string, when: typeof isPrinted) =>
  check({
    when,
    name: 'python-fits',
    probe: { run: ['%PYTHON%', '-c', `import sys; sys.exit(not (${condition}))`] },
    level: 'stop',
    verify: false,
    say: otherPython,
  });

const install = step('python-install', {
  title: { fr: 'Installer Python et pip', en: 'Install Python and pip' },
  why: {
    fr: 'Un compilateur aussi\u00a0: psycopg2 n’existe pas tout prêt.',
    en: 'A compiler too: psycopg2 does not exist ready-made.',
  },
  source: [[54, 63]],
  says: '1. Install `python `_',
  errata: ['E2'],
  do: [
    packages({
      when: isRecent,
      names: [
        'python3',
        'python3-venv',
        'python3-dev',
        'gcc',
        'g++',
        'make',
        'pkg-config',
        'libpq-dev',
        'gettext',
      ],
    }),
    packages({
      when: isPrinted,
      names: [
        'virtualenv',
        'python2-dev',
        'gcc',
        'g++',
        'make',
        'pkg-config',
        'libpq-dev',
        'libxml2-dev',
        'libxslt1-dev',
        'libjpeg-dev',
        'zlib1g-dev',
      ],
    }),
    pythonFits('(3, 9) <= sys.version_info[:2] <= (3, 12)', isRecent),
    pythonFits('(2, 7, 13) <= sys.version_info[:3] < (3, 0)', isPrinted),
  ],
});

/** The last ones for Python 2.7. */
const seeds = ['--pip=20.3.4', '--wheel=0.37.1', '--setuptools=44.1.1'];
const isPython2 = 'import sys, pip; sys.exit(sys.version_info[:2] != (2, 7))';

const environment = step('venv', {
  title: { fr: 'Environnement virtuel Python', en: 'Python virtual environment' },
  source: [[61, 63]],
  says: '``python-pip``). This tool will be used by both python and django to install',
  errata: ['E4'],
  do: [
    virtualenv({ when: isRecent, path: '%VENV%', python: '%PYTHON%', as: 'root', claims: ['path:%VENV%'] }),
    command({
      when: isPrinted,
      name: 'virtualenv',
      // The pip that Debian 11 would put there was patched for Python 3 alone.
      run: ['virtualenv', '--python=%PYTHON%', '--download', ...seeds, '%VENV%'],
      env: { VIRTUALENV_OVERRIDE_APP_DATA: '%VENV%/.virtualenv' },
      done: { run: [python, '-c', isPython2] },
      undo: { run: ['rm', '-r', '-f', '--', '%VENV%'] },
      interrupted: 'undo-first',
      claims: ['path:%VENV%'],
    }),
    pip({
      when: isRecent,
      venv: '%VENV%',
      as: 'root',
      packages: ['pip>=24', 'wheel', 'setuptools<81'],
      why: {
        fr: 'Une bibliothèque d’OnTask (drf-yasg) ne trouve plus pkg_resources dans setuptools 81.',
        en: 'A library of OnTask (drf-yasg) no longer finds pkg_resources in setuptools 81.',
      },
    }),
    check({
      name: 'pip-runs',
      probe: { run: [python, '-m', 'pip', '--version'], contains: 'pip' },
      level: 'stop',
      say: {
        fr: 'pip ne répond pas dans %VENV%\u00a0: lisez la sortie de l’étape, puis réessayez.',
        en: 'pip does not answer in %VENV%: read the step’s output, then try again.',
      },
    }),
  ],
});

export const pythonChapter: Chapter = {
  id: 'python',
  title: { fr: 'Python', en: 'Python' },
  steps: [install, environment],
};
