/** A harmless guide: needs no root, touches one folder of the user's home. Here anybody learns the keys. */
import type { Guide } from '../../src/guide/types.ts';
import { causes } from './causes.ts';

const dir = '%PRACTICE_DIR%';

export const guide: Guide = {
  id: 'practice',
  version: '1',
  title: { fr: 'Guide d’exercice', en: 'Practice guide' },
  summary: { fr: 'sans risque, sans root', en: 'no risk, no root' },
  rights: 'user',
  minutes: 2,
  unfit: [],
  topics: [
    { id: 'place', title: { fr: 'L’exercice', en: 'The exercise' } },
    { id: 'settings', title: { fr: 'Configuration', en: 'Settings' } },
  ],
  questions: [
    {
      id: 'PRACTICE_DIR',
      kind: 'path',
      topic: 'place',
      ask: { fr: 'Répertoire de l’exercice', en: 'Directory of the exercise' },
      help: {
        fr: 'L’exercice n’écrit que dans ce répertoire. Donnez-en un qui n’existe pas encore.',
        en: 'The exercise writes to this directory only. Give one that does not exist yet.',
      },
      initial: { filled: '%user.home%/setup-wizard-practice' },
    },
    {
      id: 'PRACTICE_OBSTACLE',
      kind: 'choice',
      topic: 'place',
      ask: { fr: 'Avec une panne à réparer ?', en: 'With something to fix?' },
      help: {
        fr: 'Une étape échoue tant que ce n’est pas réparé : c’est là qu’on apprend le plus.',
        en: 'A step fails until you fix it: this is where one learns most.',
      },
      initial: 'yes',
      choices: [
        { value: 'yes', label: { fr: 'oui', en: 'yes' } },
        { value: 'no', label: { fr: 'non', en: 'no' } },
      ],
    },
    {
      id: 'PRACTICE_ASKS',
      kind: 'choice',
      topic: 'place',
      ask: { fr: 'Avec un programme interactif ?', en: 'With an interactive program?' },
      help: {
        fr: 'Une étape lance un programme qui pose sa propre question, comme passwd : votre terminal lui est prêté.',
        en: 'A step starts a program that asks its own question, as passwd does: it is lent your terminal.',
      },
      initial: 'no',
      choices: [
        { value: 'yes', label: { fr: 'oui', en: 'yes' } },
        { value: 'no', label: { fr: 'non', en: 'no' } },
      ],
    },
    {
      id: 'PRACTICE_NAME',
      kind: 'text',
      topic: 'settings',
      ask: { fr: 'Votre nom', en: 'Your name' },
      help: { fr: 'Écrit dans practice.ini.', en: 'Written to practice.ini.' },
      initial: { fact: 'user' },
      max: 80,
    },
    {
      id: 'PRACTICE_MAIL',
      kind: 'email',
      topic: 'settings',
      ask: { fr: 'Une adresse électronique', en: 'An e-mail address' },
      help: { fr: 'N’importe laquelle : rien n’est envoyé.', en: 'Any will do: nothing is sent.' },
      example: 'noreply@mon-univ.fr',
      initial: 'noreply@example.org',
    },
    {
      id: 'PRACTICE_PASSWORD',
      kind: 'password',
      topic: 'settings',
      ask: { fr: 'Un mot de passe', en: 'A password' },
      help: {
        fr: 'Un secret : jamais affiché sans qu’on le demande, jamais dans un journal. Vide : l’assistant en génère un.',
        en: 'A secret: never shown unless asked for, never in a log. Empty: the wizard generates one.',
      },
      generate: 20,
    },
    {
      id: 'PRACTICE_BY',
      kind: 'choice',
      topic: 'settings',
      ask: { fr: 'Qui fait la partie manuelle ?', en: 'Who does the manual part?' },
      initial: 'person',
      choices: [
        { value: 'person', label: { fr: 'moi', en: 'I do' } },
        { value: 'wizard', label: { fr: 'l’assistant', en: 'the wizard' } },
      ],
    },
    {
      id: 'PRACTICE_PEOPLE',
      kind: 'list',
      topic: 'settings',
      ask: { fr: 'Qui d’autre s’exerce ?', en: 'Who else practises?' },
      help: {
        fr: 'Une ligne par personne, un fichier pour chacune dans people/. La liste peut rester vide.',
        en: 'A row for each person, a file for each in people/. The list may stay empty.',
      },
      key: 'name',
      of: {
        name: { kind: 'name', ask: { fr: 'Nom', en: 'Name' }, example: 'alice', max: 32 },
        mail: {
          kind: 'email',
          ask: { fr: 'Adresse électronique', en: 'E-mail address' },
          example: 'alice@mon-univ.fr',
        },
        password: { kind: 'password', ask: { fr: 'Mot de passe', en: 'Password' }, generate: 20 },
      },
      max: 20,
    },
  ],
  rules: [],
  chapters: [
    {
      id: 'prepare',
      title: { fr: 'Préparation', en: 'Preparation' },
      steps: [
        {
          id: 'folder',
          title: { fr: 'Créer le répertoire de l’exercice', en: 'Create the directory of the exercise' },
          source: [],
          do: [
            { kind: 'directory', path: dir, mode: '0750', holdsData: true },
            { kind: 'directory', path: `${dir}/bin`, mode: '0755' },
          ],
        },
        {
          id: 'settings',
          title: { fr: 'Écrire la configuration', en: 'Write the configuration' },
          why: {
            fr: 'Le fichier contient un secret : seul son propriétaire peut le lire.',
            en: 'The file holds a secret: only its owner can read it.',
          },
          source: [],
          do: [
            {
              kind: 'file',
              path: `${dir}/practice.ini`,
              template: 'practice/practice.ini',
              syntax: 'ini',
              mode: '0600',
            },
            {
              kind: 'block',
              path: `${dir}/shared.conf`,
              name: 'practice',
              content: 'name = %PRACTICE_NAME%\n',
              syntax: 'ini',
              comment: '#',
              mode: '0644',
            },
          ],
        },
        {
          id: 'people',
          title: { fr: 'Écrire un fichier par personne', en: 'Write a file for each person' },
          source: [],
          when: { not: { answer: 'PRACTICE_PEOPLE', is: [''] } },
          do: [
            { kind: 'directory', path: `${dir}/people`, mode: '0750' },
            {
              each: 'PRACTICE_PEOPLE',
              do: [
                {
                  kind: 'file',
                  path: `${dir}/people/%PRACTICE_PEOPLE.name%.ini`,
                  template: 'practice/person.ini',
                  syntax: 'ini',
                  mode: '0600',
                },
              ],
            },
          ],
        },
      ],
    },
    {
      id: 'work',
      title: { fr: 'Travail', en: 'Work' },
      steps: [
        {
          id: 'long-work',
          title: {
            fr: 'Un long travail, avec beaucoup de sortie',
            en: 'A long piece of work with much output',
          },
          source: [],
          do: [
            {
              kind: 'file',
              path: `${dir}/bin/work.sh`,
              template: 'practice/work.sh',
              syntax: 'plain',
              mode: '0755',
            },
            {
              kind: 'command',
              name: 'practice-work',
              run: ['/bin/sh', `${dir}/bin/work.sh`, `${dir}/work.done`, '6000'],
              done: { exists: `${dir}/work.done` },
              undo: { run: ['/bin/rm', '-f', `${dir}/work.done`, `${dir}/work.done.new`] },
            },
            { kind: 'produce', name: 'PRACTICE_PARTS', run: ['/bin/cat', `${dir}/work.done`], type: 'text' },
          ],
        },
        {
          id: 'mend',
          title: { fr: 'Une panne à réparer', en: 'Something to fix' },
          source: [],
          when: { answer: 'PRACTICE_OBSTACLE', is: ['yes'] },
          do: [
            {
              kind: 'check',
              name: 'mended',
              probe: { exists: `${dir}/mended` },
              level: 'stop',
              verify: false,
              say: {
                fr: 'Il manque un fichier, c’est voulu. Dans un autre terminal : touch %PRACTICE_DIR%/mended, puis réessayez ici.',
                en: 'A file is missing, on purpose. In another terminal: touch %PRACTICE_DIR%/mended, then try again here.',
              },
            },
          ],
        },
      ],
    },
    {
      id: 'by-hand',
      title: { fr: 'À la main', en: 'By hand' },
      steps: [
        {
          id: 'ask',
          title: { fr: 'Un programme qui pose sa question', en: 'A program that asks its question' },
          source: [],
          when: { answer: 'PRACTICE_ASKS', is: ['yes'] },
          do: [
            {
              kind: 'file',
              path: `${dir}/bin/ask.sh`,
              template: 'practice/ask.sh',
              syntax: 'plain',
              mode: '0755',
            },
            {
              kind: 'terminal',
              name: 'practice-ask',
              run: ['/bin/sh', `${dir}/bin/ask.sh`, `${dir}/word`],
              cwd: dir,
              done: { exists: `${dir}/word` },
              undo: { run: ['/bin/rm', '-f', `${dir}/word`, `${dir}/word.new`] },
            },
          ],
        },
        {
          id: 'by-hand',
          title: { fr: 'Ce que seule une personne peut faire', en: 'What only a person can do' },
          source: [],
          do: [
            {
              kind: 'file',
              path: `${dir}/by-hand`,
              content: '%PRACTICE_PARTS%\n',
              syntax: 'plain',
              mode: '0644',
              when: { answer: 'PRACTICE_BY', is: ['wizard'] },
            },
            {
              kind: 'checklist',
              name: 'by-hand',
              when: { answer: 'PRACTICE_BY', is: ['person'] },
              items: [
                {
                  id: 'read-settings',
                  text: {
                    fr: 'Lire practice.ini dans le répertoire de l’exercice : le mot de passe ci-dessous y est.',
                    en: 'Read practice.ini in the directory of the exercise: the password below is in it.',
                  },
                  fields: [
                    { label: 'name', value: '%PRACTICE_NAME%' },
                    { label: 'password', value: '%PRACTICE_PASSWORD%' },
                  ],
                },
                {
                  id: 'touch-by-hand',
                  text: {
                    fr: 'Créer le fichier by-hand dans le répertoire de l’exercice : l’assistant le verra.',
                    en: 'Create the file by-hand in the directory of the exercise: the wizard will see it.',
                  },
                  fields: [{ label: 'shell', value: `touch ${dir}/by-hand` }],
                  proof: { exists: `${dir}/by-hand` },
                },
                {
                  id: 'tell-a-colleague',
                  text: { fr: 'En parler à un collègue.', en: 'Tell a colleague.' },
                  optional: true,
                },
              ],
            },
          ],
        },
      ],
    },
  ],
  errata: [],
  causes,
  notes: [],
  source: { title: 'practice', lang: 'fr', lines: 0, blank: [], headings: [], hashes: [] },
  finished: [{ fr: 'L’exercice est dans %PRACTICE_DIR%.', en: 'The exercise is in %PRACTICE_DIR%.' }],
};
