/** Rocket.Chat's own settings, and frames (source lines 161–206). */
import type { Chapter } from '../../../src/guide/types.ts';
import { own, rocket, rocketIs } from '../probes.ts';
import { isRocket, isRocketByPerson, isRocketByWizard } from '../questions/rocket.ts';
import { build } from '../questions.ts';

const { step, check, checklist, command } = build;

const adminPage = '%EJ_ROCKETCHAT_URL%/admin/Accounts';
const yes = { fr: 'oui', en: 'yes' } as const;

/** Set through the API; what was there before is given back. */
const throughApi = (name: string, ...settings: string[]) =>
  ({
    when: isRocketByWizard,
    name,
    ...rocket('set', ...settings),
    done: rocketIs(...settings),
    undo: { save: rocket('get', ...settings), restore: rocket('restore') },
  }) as const;

const frame = [
  'Accounts_iframe_enabled',
  'Accounts_iframe_url',
  'Accounts_Iframe_api_url',
  'Accounts_Iframe_api_method',
] as const;
const locked = [
  'Accounts_AllowUsernameChange',
  'Accounts_AllowEmailChange',
  'Accounts_AllowPasswordChange',
] as const;

const open = step('rocket-iframe-open', {
  title: { fr: 'Ouvrir Accounts > IFrame', en: 'Open Accounts > IFrame' },
  why: {
    fr: 'Rocket.Chat montre alors la connexion d’EJ, dans un cadre, à qui n’est pas connecté.',
    en: 'Rocket.Chat then shows EJ’s sign-in, in a frame, to whoever is not signed in.',
  },
  source: [[164, 180]],
  says: 'Rocket.Chat to an IFrame that contains a login page for EJ. The user login in',
  errata: ['E14'],
  needs: ['rocket-wizard'],
  do: [
    command(throughApi('rocket-iframe', ...frame)),
    checklist({
      when: isRocketByPerson,
      name: 'rocket-iframe',
      items: [
        {
          id: 'rocket-iframe-open',
          text: {
            fr: 'Ouvrir Administration > Accounts, puis la partie Iframe.',
            en: 'Open Administration > Accounts, then the section Iframe.',
          },
          at: adminPage,
          optional: true,
        },
        {
          id: 'rocket-iframe-1',
          text: { fr: 'Activer la connexion par cadre.', en: 'Switch the sign-in by a frame on.' },
          at: adminPage,
          fields: [{ label: 'Enabled', value: 'True', note: yes }],
          proof: rocketIs('Accounts_iframe_enabled'),
          unproven: { fr: 'elle n’est pas encore activée.', en: 'it is not switched on yet.' },
        },
        {
          id: 'rocket-iframe-2',
          text: { fr: 'Adresse de la page dans le cadre.', en: 'Address of the page in the frame.' },
          at: adminPage,
          fields: [{ label: 'Iframe URL', value: 'https://%DJANGO_HOST%/talks/login/?next=/talks/' }],
          proof: rocketIs('Accounts_iframe_url'),
          unproven: { fr: 'ce n’est pas encore celle-là.', en: 'it is another one yet.' },
        },
        {
          id: 'rocket-iframe-3',
          text: {
            fr: 'Adresse où Rocket.Chat demande qui est connecté.',
            en: 'Address where Rocket.Chat asks who is signed in.',
          },
          at: adminPage,
          fields: [{ label: 'API URL', value: 'https://%DJANGO_HOST%/talks/api-login/' }],
          proof: rocketIs('Accounts_Iframe_api_url'),
          unproven: { fr: 'ce n’est pas encore celle-là.', en: 'it is another one yet.' },
        },
        {
          id: 'rocket-iframe-4',
          text: { fr: 'Méthode de cette demande.', en: 'Method of that request.' },
          at: adminPage,
          fields: [{ label: 'API Method', value: 'POST' }],
          proof: rocketIs('Accounts_Iframe_api_method'),
          unproven: { fr: 'c’en est encore une autre.', en: 'it is another one yet.' },
        },
        {
          id: 'rocket-iframe-5',
          text: { fr: 'Enregistrer.', en: 'Save the changes.' },
          at: adminPage,
          fields: [{ label: 'Save changes', value: '' }],
          proof: rocketIs(...frame),
          unproven: {
            fr: 'les quatre réglages ne sont pas encore enregistrés.',
            en: 'the four settings are not saved yet.',
          },
        },
      ],
    }),
  ],
});

const lock = step('rocket-lock-accounts', {
  title: { fr: 'Désactiver trois modifications', en: 'Disable three account changes' },
  why: {
    fr: 'Sécurité\u00a0: les comptes sont ceux d’EJ. Qui changerait d’adresse dans Rocket.Chat pourrait y prendre la place d’un autre.',
    en: 'Security: the accounts are EJ’s. Whoever changed their address in Rocket.Chat could take somebody else’s place there.',
  },
  source: [[182, 189]],
  says: 'This enables a bare bones integration, but leaves some dangerous options behind.',
  needs: ['rocket-wizard'],
  do: [
    command(throughApi('rocket-lock-accounts', ...locked)),
    checklist({
      when: isRocketByPerson,
      name: 'rocket-lock-accounts',
      items: [
        {
          id: 'rocket-lock-username',
          text: { fr: 'Interdire de changer de nom d’utilisateur.', en: 'Forbid changing one’s user name.' },
          at: adminPage,
          fields: [{ label: 'Allow Username Change', value: 'False' }],
          proof: rocketIs('Accounts_AllowUsernameChange'),
          unproven: { fr: 'Rocket.Chat le permet encore.', en: 'Rocket.Chat still allows it.' },
        },
        {
          id: 'rocket-lock-email',
          text: { fr: 'Interdire de changer d’adresse.', en: 'Forbid changing one’s address.' },
          at: adminPage,
          fields: [{ label: 'Allow Email Change', value: 'False' }],
          proof: rocketIs('Accounts_AllowEmailChange'),
          unproven: { fr: 'Rocket.Chat le permet encore.', en: 'Rocket.Chat still allows it.' },
        },
        {
          id: 'rocket-lock-password',
          text: { fr: 'Interdire de changer de mot de passe.', en: 'Forbid changing one’s password.' },
          at: adminPage,
          fields: [{ label: 'Allow Password Change', value: 'False' }],
          proof: rocketIs('Accounts_AllowPasswordChange'),
          unproven: { fr: 'Rocket.Chat le permet encore.', en: 'Rocket.Chat still allows it.' },
        },
      ],
    }),
  ],
});

export const configuringRocket: Chapter = {
  id: 'configuring-rocket-chat',
  title: { fr: 'Régler Rocket.Chat', en: 'Configuring Rocket.Chat' },
  when: isRocket,
  steps: [open, lock],
};

const loginHeaders = own('/talks/login/', 'Content-Security-Policy', 'Access-Control-Allow-Origin');

const address = step('rocket-trouble-url', {
  title: { fr: 'Erreurs de cadre\u00a0: l’adresse', en: 'IFrame errors: the address' },
  why: {
    fr: 'EJ n’accepte d’être montré que par l’adresse de Rocket.Chat qu’il connaît, EJ_ROCKETCHAT_URL.',
    en: 'EJ lets itself be shown only by the address of Rocket.Chat that it knows, EJ_ROCKETCHAT_URL.',
  },
  source: [[199, 201]],
  says: 'set EJ_ROCKETCHAT_URL environment variable on config.env. If that still does not work,',
  errata: ['E20', 'E28'],
  needs: ['rocket-enable'],
  do: [
    check({
      name: 'rocket-url-known',
      probe: { ...loginHeaders, contains: 'Access-Control-Allow-Origin: %EJ_ROCKETCHAT_URL%' },
      level: 'stop',
      say: {
        fr: 'EJ connaît une autre adresse de Rocket.Chat que %EJ_ROCKETCHAT_URL%\u00a0: corrigez la réponse EJ_ROCKETCHAT_URL, ou le formulaire https://%DJANGO_HOST%/talks/config/, puis réessayez.',
        en: 'EJ knows another address of Rocket.Chat than %EJ_ROCKETCHAT_URL%: correct the answer EJ_ROCKETCHAT_URL, or the form https://%DJANGO_HOST%/talks/config/, then try again.',
      },
    }),
  ],
});

const ancestors = step('rocket-trouble-csp', {
  title: { fr: 'Erreurs de cadre\u00a0: frame-ancestors', en: 'IFrame errors: frame-ancestors' },
  source: [[203, 206]],
  says: 'You might also want to include the rocket chat URL to the',
  needs: ['rocket-enable'],
  do: [
    check({
      name: 'frame-ancestors',
      probe: { ...loginHeaders, contains: '%EJ_ROCKETCHAT_URL%' },
      level: 'stop',
      say: {
        fr: '%EJ_ROCKETCHAT_URL% n’est pas parmi les sites qui peuvent montrer EJ (Content-Security-Policy)\u00a0: ajoutez-le à la réponse DJANGO_CONTENT_SECURITY_POLICY_FRAME_ANCESTORS.',
        en: '%EJ_ROCKETCHAT_URL% is not among the sites that may show EJ (Content-Security-Policy): add it to the answer DJANGO_CONTENT_SECURITY_POLICY_FRAME_ANCESTORS.',
      },
    }),
  ],
});

export const framePolicy: Chapter = {
  id: 'frame-policy',
  title: { fr: 'Dépannage des cadres', en: 'Troubleshooting frames' },
  when: isRocket,
  steps: [address, ancestors],
};
