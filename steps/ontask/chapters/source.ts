/** OnTask itself and its libraries (source lines 64–83). */
import type { Step } from '../../../src/guide/types.ts';
import { constraints, packages as printedPackages } from '../printed.ts';
import { python } from '../probes.ts';
import { build } from '../questions.ts';
import { isPrinted, isRecent, ref, requirements } from '../releases.ts';

const { step, check, gitCheckout, packages, pip, unixUser } = build;

export const sourceKey = 'git:%ROOT%';

const user = step('run-user', {
  title: { fr: 'Créer l’utilisateur Unix d’OnTask', en: 'Create the Unix user of OnTask' },
  source: [[82, 83]],
  says: 'At this point you have the major modules in place. The next steps include the',
  do: [
    packages({ names: ['adduser'] }),
    unixUser({ name: '%RUN_USER%', home: '/var/lib/%RUN_USER%', system: true }),
  ],
});

const get = step('source-get', {
  title: { fr: 'Récupérer OnTask', en: 'Get OnTask' },
  why: {
    fr: 'Le programme appartient à root\u00a0: le service ne peut pas le récrire.',
    en: 'The program belongs to root: the service cannot rewrite it.',
  },
  source: [[64, 66]],
  says: '1. Download or clone_actions a copy of `OnTask `_.',
  errata: ['E25'],
  do: [
    packages({ names: ['git', 'ca-certificates'] }),
    gitCheckout({
      path: '%ROOT%',
      url: '%REPOSITORY%',
      ref,
      claims: ['path:%ROOT%'],
    }),
  ],
});

const checkRequirements = step('requirements-check', {
  title: { fr: 'Vérifier le répertoire requirements', en: 'Check the directory requirements' },
  source: [[67, 73]],
  says: 'folder contains the files ``base.txt``, ``production.txt`` and',
  do: [
    check({
      name: 'requirements-files',
      probe: {
        all: [
          { exists: '%ROOT%/requirements/base.txt' },
          { exists: '%ROOT%/requirements/production.txt' },
          { exists: '%ROOT%/requirements/development.txt' },
        ],
      },
      level: 'stop',
      say: {
        fr: 'Le répertoire requirements n’est pas celui d’OnTask\u00a0: vérifiez les réponses REPOSITORY et TAG.',
        en: 'The directory requirements is not that of OnTask: check the answers REPOSITORY and TAG.',
      },
    }),
  ],
});

const installPackages = step('pip-install', {
  title: { fr: 'Installer les bibliothèques Python', en: 'Install the Python libraries' },
  why: {
    fr: 'gunicorn aussi, qui sert les pages en production. Environ 530\u00a0Mo.',
    en: 'gunicorn too, which serves the pages in production. About 530 MB.',
  },
  source: [[74, 83]],
  says: 'pip install -r requirements/production.txt',
  errata: ['E4', 'E8'],
  do: [
    pip({
      when: isRecent,
      venv: '%VENV%',
      as: 'root',
      packages: ['gunicorn'],
      requirements,
      constraints: ['setuptools<81'],
    }),
    pip({
      when: isPrinted,
      venv: '%VENV%',
      as: 'root',
      packages: [...printedPackages],
      constraints: [...constraints],
    }),
    check({
      when: isRecent,
      name: 'pip-check',
      probe: { run: [python, '-m', 'pip', 'check'] },
      level: 'warn',
      verify: false,
      say: {
        fr: 'Des bibliothèques ne vont pas ensemble («\u00a0pip check\u00a0»)\u00a0: la sortie de l’étape dit lesquelles. OnTask marche peut-être quand même.',
        en: 'Some libraries do not fit together (“pip check”): the output of the step says which. OnTask may work all the same.',
      },
    }),
  ],
});

export const sourceSteps: readonly Step[] = [get, checkRequirements, installPackages, user];
