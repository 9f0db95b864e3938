/** Documentation and static files (source lines 139–150). */
import type { Step } from '../../../src/guide/types.ts';
import { asOntask, manage } from '../probes.ts';
import { build } from '../questions.ts';
import { isPrinted, manual } from '../releases.ts';

const { step, command, directory, packages } = build;

const docs = '%ROOT%/docs';
const own = { owner: '%RUN_USER%:%RUN_USER%' } as const;
const wantsDocs = { answer: 'DOCS', is: ['yes'] } as const;
/** The first file in there that is not the user's. */
const isOthers = 'test -d "$1" && id -u "$2" >/dev/null && find "$1" ! -user "$2" | head -n 1';
const empty = (folder: string) => ['find', folder, '-mindepth', '1', '-delete'] as const;

const buildDocs = step('docs-build', {
  title: { fr: 'Construire la documentation', en: 'Build the documentation' },
  why: {
    fr: 'Le service la construit, car elle lit ses réglages\u00a0: le répertoire docs lui est confié.',
    en: 'The service builds it, as it reads its settings: the directory docs is entrusted to it.',
  },
  source: [[139, 145]],
  says: 'make html',
  errata: ['E9'],
  when: wantsDocs,
  needs: ['migrate'],
  do: [
    packages({ names: ['make'] }),
    command({
      name: 'docs-owner',
      run: ['chown', '-R', '-h', '%RUN_USER%:%RUN_USER%', docs],
      done: { run: ['sh', '-c', isOthers, 'sh', docs, '%RUN_USER%'], equals: '' },
      undo: { run: ['chown', '-R', '-h', 'root:root', docs] },
      interrupted: 'again',
    }),
    directory({ when: isPrinted, path: `${docs}/_static`, mode: '0755', ...own }),
    directory({ when: isPrinted, path: `${docs}/_templates`, mode: '0755', ...own }),
    directory({ path: `${docs}/_build`, mode: '0755', ...own }),
    command({
      name: 'docs-build',
      run: ['make', 'html'],
      ...asOntask,
      cwd: docs,
      env: { ...asOntask.env, PATH: '%VENV%/bin:/usr/local/bin:/usr/bin:/bin' },
      done: { exists: `${docs}/_build/html/index.html` },
      undo: { run: empty(`${docs}/_build`) },
      interrupted: 'undo-first',
    }),
  ],
});

const copy = step('docs-copy', {
  title: { fr: 'Copier la documentation', en: 'Copy the documentation' },
  source: [[146, 147]],
  says: '``src/static`` folder (in Unix ``cp -r _build/html ../src/static``).',
  when: wantsDocs,
  needs: ['docs-build'],
  do: [
    directory({ path: manual, mode: '0755', ...own }),
    command({
      name: 'docs-copy',
      run: ['cp', '-r', '--no-target-directory', `${docs}/_build/html`, manual],
      as: '%RUN_USER%',
      done: { run: ['diff', '-r', '--brief', `${docs}/_build/html`, manual] },
      undo: { run: ['find', manual, '-mindepth', '1', '-delete'] },
      interrupted: 'again',
    }),
  ],
});

const collect = step('collectstatic', {
  title: { fr: 'Collecter les fichiers statiques', en: 'Collect the static files' },
  source: [[148, 150]],
  says: 'python manage.py collectstatic',
  needs: ['migrate'],
  do: [
    command({
      name: 'collectstatic',
      ...manage('collectstatic', '--noinput'),
      done: { ...manage('collectstatic', '--noinput', '--dry-run'), lacks: 'Pretending to copy' },
      undo: { run: empty('%ROOT%/site') },
      why: {
        fr: 'La commande du guide pose une question la seconde fois\u00a0: --noinput y répond.',
        en: 'The guide’s command asks a question the second time: --noinput answers it.',
      },
    }),
  ],
});

export const fileSteps: readonly Step[] = [buildDocs, copy, collect];
