/** Rocket.Chat: its containers, its first account, its connection to EJ (source lines 134–158). */
import type { Chapter } from '../../../src/guide/types.ts';
import { withProject } from '../layout.ts';
import { isConnected, manage, rocketSignsIn, someoneMayTalk } from '../probes.ts';
import { isRocket, isRocketByPerson, isRocketByWizard } from '../questions/rocket.ts';
import { build } from '../questions.ts';
import { rocketContainers } from './rocket-containers.ts';

const { step, check, checklist, script } = build;

const enable = step('rocket-enable', {
  title: { fr: 'Activer Rocket.Chat', en: 'Enable Rocket.Chat' },
  why: {
    fr: 'config.env a EJ_ROCKETCHAT_INTEGRATION=true\u00a0: l’application doit avoir été démarrée avec.',
    en: 'config.env has EJ_ROCKETCHAT_INTEGRATION=true: the application has to have been started with it.',
  },
  source: [[137, 140]],
  says: 'set at least ``EJ_ROCKETCHAT_INTEGRATION=true`` on the ``config.env`` file.',
  errata: ['E21'],
  do: [
    check({
      name: 'rocket-enabled',
      probe: {
        run: ['sh', '-c', 'echo "$EJ_ROCKETCHAT_INTEGRATION"'],
        container: '%PROJECT%-web',
        equals: 'true',
      },
      level: 'stop',
      say: {
        fr: 'L’application tourne sans EJ_ROCKETCHAT_INTEGRATION=true\u00a0: «\u00a0docker compose up -d\u00a0» dans %DEPLOY_DIR%, puis réessayez.',
        en: 'The application runs without EJ_ROCKETCHAT_INTEGRATION=true: “docker compose up -d” in %DEPLOY_DIR%, then try again.',
      },
    }),
  ],
});

const first = step('rocket-wizard', {
  title: { fr: 'Premier réglage de Rocket.Chat', en: 'Rocket.Chat first setup' },
  source: [[142, 145]],
  says: 'you access your Rocket.Chat instance. More crucially, remember the username',
  needs: ['rocket-containers'],
  do: [
    checklist({
      name: 'rocket-wizard',
      items: [
        {
          id: 'rocket-wizard',
          text: {
            fr: 'Ouvrir Rocket.Chat et suivre son assistant\u00a0: il crée son administrateur. Garder le mot de passe en lieu sûr (coffre de mots de passe).',
            en: 'Open Rocket.Chat and follow its setup wizard: it makes its administrator. Keep the password in a safe place (password vault).',
          },
          at: '%EJ_ROCKETCHAT_URL%/',
          fields: [
            { label: 'Username', value: '%EJ_ROCKETCHAT_USERNAME%' },
            { label: 'Password', value: '%EJ_ROCKETCHAT_USER_PASSWORD%' },
          ],
          proof: rocketSignsIn,
          unproven: {
            fr: 'Rocket.Chat ne laisse pas encore entrer %EJ_ROCKETCHAT_USERNAME% avec ce mot de passe.',
            en: 'Rocket.Chat does not let %EJ_ROCKETCHAT_USERNAME% in with this password yet.',
          },
        },
      ],
    }),
  ],
});

const credentials = step('rocket-credentials', {
  title: { fr: 'Relier EJ à Rocket.Chat', en: 'Connect EJ to Rocket.Chat' },
  why: {
    fr: 'Ce que fait le formulaire de /talks/\u00a0: EJ se connecte à l’API et garde un jeton, pas le mot de passe.',
    en: 'What the form at /talks/ does: EJ signs in to the API and keeps a token, not the password.',
  },
  source: [[147, 149]],
  says: 'variables such as EJ_ROCKETCHAT_URL and EJ_ROCKETCHAT_USERNAME to create a fully',
  errata: ['E23'],
  when: isRocketByWizard,
  needs: ['rocket-wizard'],
  do: [
    script({
      name: 'rocket-connection',
      ...manage('shell'),
      template: 'ej/rocket_connection.py',
      syntax: 'python',
      done: isConnected,
      undo: withProject,
    }),
  ],
});

const talks = step('rocket-talks', {
  title: { fr: 'Formulaire /talks/', en: 'Form at /talks/' },
  source: [[149, 151]],
  says: 'integration using the wizard at http://<django-host>/talks/. Visit this URL',
  errata: ['E14'],
  when: isRocketByPerson,
  needs: ['rocket-wizard', 'superuser'],
  do: [
    checklist({
      name: 'rocket-talks',
      items: [
        {
          id: 'rocket-talks',
          text: {
            fr: 'Se connecter à EJ comme %SU_EMAIL%, ouvrir cette page et remplir le formulaire.',
            en: 'Sign in to EJ as %SU_EMAIL%, open this page and complete the form.',
          },
          at: 'https://%DJANGO_HOST%/talks/config/',
          fields: [
            { label: 'Rocket.Chat URL', value: '%EJ_ROCKETCHAT_URL%' },
            { label: 'Internal URL', value: '%EJ_ROCKETCHAT_API_URL%' },
            { label: 'Username', value: '%EJ_ROCKETCHAT_USERNAME%' },
            { label: 'Password', value: '%EJ_ROCKETCHAT_USER_PASSWORD%' },
          ],
          proof: isConnected,
          unproven: {
            fr: 'EJ n’est pas encore relié à %EJ_ROCKETCHAT_URL%.',
            en: 'EJ is not connected to %EJ_ROCKETCHAT_URL% yet.',
          },
        },
      ],
    }),
  ],
});

const permissions = step('rocket-permissions', {
  title: { fr: 'Autoriser les utilisateurs', en: 'Grant users' },
  why: {
    fr: 'Sans cette permission, personne d’autre que l’administrateur n’entre dans Rocket.Chat.',
    en: 'Without this permission nobody but the administrator gets into Rocket.Chat.',
  },
  source: [[153, 158]],
  says: 'Regular users do not have permission to connect to Rocket.Chat. This permission',
  errata: ['E14', 'E15'],
  needs: ['rocket-wizard'],
  do: [
    checklist({
      name: 'rocket-permissions',
      items: [
        {
          id: 'rocket-permissions',
          text: {
            fr: 'Donner la permission à un groupe, ou à des utilisateurs (…/%DJANGO_ADMIN_URL%ej_users/user/).',
            en: 'Grant the permission to a group, or to users (…/%DJANGO_ADMIN_URL%ej_users/user/).',
          },
          at: 'https://%DJANGO_HOST%/%DJANGO_ADMIN_URL%auth/group/',
          fields: [
            {
              label: 'Permissions',
              value: 'ej_rocketchat | Rocket.Chat Account | Can login in the Rocket.Chat instance.',
            },
          ],
          proof: someoneMayTalk,
          unproven: {
            fr: 'aucun groupe ni utilisateur n’a encore cette permission.',
            en: 'no group and no user has this permission yet.',
          },
          optional: true,
        },
      ],
    }),
  ],
});

export const rocketChat: Chapter = {
  id: 'rocket-chat',
  title: { fr: 'Intégration de Rocket.Chat', en: 'Rocket.Chat integration' },
  when: isRocket,
  steps: [enable, ...rocketContainers, first, credentials, talks, permissions],
};
