/** How Rocket.Chat looks, and what the repository's script changes in it (source lines 209–227). */
import type { Chapter } from '../../../src/guide/types.ts';
import { mongo } from '../layout.ts';
import { mongoGiveBack, mongoIsSet, mongoValue } from '../programs.ts';
import { isRocket } from '../questions/rocket.ts';
import { build } from '../questions.ts';

const { step, checklist, command } = build;

const layout = step('rocket-layout', {
  title: { fr: 'Contenu de l’accueil', en: 'Home page content' },
  source: [[215, 218]],
  says: 'website. Go to ``Administration > Layout > Content`` and save the content of the',
  needs: ['rocket-wizard'],
  do: [
    checklist({
      name: 'rocket-layout',
      items: [
        {
          id: 'rocket-layout',
          text: {
            fr: 'Écrire la page d’accueil (Home Body), et en garder le texte avec %DEPLOY_DIR%.',
            en: 'Write the home page (Home Body), and keep its text with %DEPLOY_DIR%.',
          },
          at: '%EJ_ROCKETCHAT_URL%/admin/Layout',
          optional: true,
        },
      ],
    }),
  ],
});

const css = step('rocket-css', {
  title: { fr: 'CSS personnalisé', en: 'Custom CSS' },
  source: [[218, 219]],
  says: 'Rocket.Chat admin page at at ``Administration > Layout > Custom CSS``.',
  needs: ['rocket-wizard'],
  do: [
    checklist({
      name: 'rocket-css',
      items: [
        {
          id: 'rocket-css',
          text: { fr: 'Enregistrer un style (Custom CSS).', en: 'Save a style (Custom CSS).' },
          at: '%EJ_ROCKETCHAT_URL%/admin/Layout',
          optional: true,
        },
      ],
    }),
  ],
});

const shell = ['mongo', '--quiet', 'rocketchat'] as const;

const customize = step('rocket-mongo-script', {
  title: { fr: 'Personnalisation par Mongo', en: 'Mongo customization' },
  why: {
    fr: 'Le script remplace celui des utilisateurs connectés («\u00a0Custom Script for Logged In Users\u00a0»)\u00a0; l’ancien est gardé.',
    en: 'The script replaces that of signed-in users (“Custom Script for Logged In Users”); the former one is kept.',
  },
  source: [[221, 227]],
  says: 'the background. Now execute ``mongo /scripts/mongo_script.js`` on the terminal.',
  errata: ['E13'],
  when: { answer: 'MONGO_SCRIPT', is: ['yes'] },
  needs: ['rocket-wizard'],
  do: [
    command({
      name: 'rocket-mongo-script',
      run: ['mongo', 'rocketchat', '/scripts/mongo_script.js'],
      container: mongo,
      done: { run: [...shell, '--eval', mongoIsSet], container: mongo, equals: 'yes' },
      undo: {
        save: { run: [...shell, '--eval', mongoValue], container: mongo },
        restore: { run: [...shell], container: mongo, stdin: mongoGiveBack },
      },
    }),
  ],
});

export const style: Chapter = {
  id: 'rocket-style',
  title: { fr: 'Style de Rocket.Chat', en: 'Rocket.Chat style' },
  when: isRocket,
  steps: [layout, css, customize],
};
