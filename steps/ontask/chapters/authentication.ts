/** Who may come in, and how (source lines 187–224). */
import type { Chapter } from '../../../src/guide/types.ts';
import { fromServer, inShell } from '../probes.ts';
import { isSignedOn } from '../questions/access.ts';
import { isServed } from '../questions/site.ts';
import { build } from '../questions.ts';
import { isPrinted, isProduction, isRecent } from '../releases.ts';

const { step, check, checklist, each } = build;

const hasPlatforms = { not: { answer: 'LTI_OAUTH_CREDENTIALS', is: [''] } } as const;
const isKnown = inShell(
  ['from django.conf import settings'],
  'settings.LTI_OAUTH_CREDENTIALS.get(%LTI_OAUTH_CREDENTIALS.key%) == %LTI_OAUTH_CREDENTIALS.secret%',
);

const lti = step('lti-consumer', {
  title: { fr: 'Configurer les plateformes LTI', en: 'Configure the LTI platforms' },
  why: {
    fr: 'Pour les apprenants. Changer une clé change local.env et redémarre les services.',
    en: 'For learners. Changing a key changes local.env and restarts the services.',
  },
  source: [[187, 214]],
  says: 'consumer. One is the url with suffix ``/lti_entry`` and the second is the',
  errata: ['E12', 'E24'],
  when: { all: [isProduction, hasPlatforms] },
  needs: ['unit-web'],
  do: [
    each('LTI_OAUTH_CREDENTIALS', (row) => [
      row.check({
        name: 'lti-%LTI_OAUTH_CREDENTIALS.key%',
        probe: isKnown,
        level: 'stop',
        say: {
          fr: 'OnTask ne connaît pas la clé LTI %LTI_OAUTH_CREDENTIALS.key%, ou a un autre secret pour elle\u00a0: vérifiez local.env, puis réessayez.',
          en: 'OnTask does not know the LTI key %LTI_OAUTH_CREDENTIALS.key%, or has another secret for it: check local.env, then try again.',
        },
      }),
    ]),
    checklist({
      name: 'lti-consumer',
      items: [
        {
          id: 'lti-consumer',
          text: {
            fr: 'Dans chaque plateforme (Moodle\u00a0: outil externe préconfiguré, LTI 1.1), déclarer OnTask avec la clé et le secret qui sont les siens. La commande les montre, à root seulement.',
            en: 'In each platform (Moodle: preconfigured external tool, LTI 1.1), declare OnTask with its own key and secret. The command shows them, to root only.',
          },
          fields: [
            { label: 'Tool URL', value: 'https://%DOMAIN%/lti_entry' },
            {
              label: 'key=secret',
              value: 'grep ^LTI_OAUTH_CREDENTIALS= %ROOT%/settings/local.env',
              when: isRecent,
            },
            {
              label: 'key=secret',
              value: 'grep ^LTI_OAUTH_CREDENTIALS= %ROOT%/src/ontask/settings/local.env',
              when: isPrinted,
            },
          ],
          optional: true,
        },
      ],
    }),
  ],
});

const remoteUser = step('remote-user', {
  title: { fr: 'REMOTE_USER', en: 'REMOTE_USER' },
  source: [[215, 224]],
  says: 'The second method uses `the variable REMOTE_USER `__ that is',
  errata: ['E15'],
  when: isProduction,
  needs: ['unit-web'],
  do: [
    check({
      when: { all: [{ not: isSignedOn }, isServed, isRecent] },
      name: 'front-end-header-ignored',
      probe: { ...fromServer('/ota', 302), header: 'X-Remote-User: %SU_EMAIL%' },
      level: 'stop',
      say: {
        fr: 'Danger\u00a0: un visiteur qui envoie lui-même l’en-tête X-Remote-User est cru. Arrêtez ontask-web et vérifiez la configuration du serveur web.',
        en: 'Danger: a visitor who sends the header X-Remote-User is believed. Stop ontask-web and check the configuration of the web server.',
      },
    }),
    checklist({
      when: isSignedOn,
      name: 'remote-user',
      items: [
        {
          id: 'remote-user',
          text: {
            fr: 'Sur le frontal d’authentification, poser cet en-tête à chaque requête, celui du visiteur effacé d’abord. Essayer aussi sans être identifié\u00a0: personne ne doit entrer avec un en-tête envoyé de l’extérieur.',
            en: 'On the sign-on front end, set this header for each request, the visitor’s own removed first. Try it without being signed on too: nobody must get in with a header sent from outside.',
          },
          fields: [
            {
              label: 'X-Remote-User',
              value: '…',
              note: {
                fr: 'l’adresse électronique de la personne\u00a0; un compte inconnu d’OnTask est créé',
                en: 'the e-mail address of the person; an account that OnTask does not know is created',
              },
            },
          ],
        },
      ],
    }),
  ],
});

export const authentication: Chapter = {
  id: 'authentication',
  title: { fr: 'Authentification', en: 'Authentication' },
  steps: [lti, remoteUser],
};
