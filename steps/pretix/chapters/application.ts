/** What is set up inside Pretix (source lines 262–315). */
import type { Item } from '../../../src/guide/kinds.ts';
import type { Chapter } from '../../../src/guide/types.ts';
import { byPerson, byWizard } from '../../shared/conditions.ts';
import { isVendor } from '../editions.ts';
import {
  adminIsChanged,
  fromApi,
  fromPretix,
  hasTeam,
  hasToken,
  licenceIsDeclared,
  manage,
} from '../probes.ts';
import { build } from '../questions.ts';
import { withDatabase } from './pretix.ts';

const { step, check, checklist, script } = build;

const isPublic = { not: isVendor } as const;
const shell = { ...manage('shell'), syntax: 'python', undo: withDatabase } as const;

const adminLogin = step('admin-login', {
  title: { fr: 'Première connexion', en: 'First sign-in' },
  source: [[262, 269]],
  says: "…il faut se connecter à la console d'administration du serveur pretix via l'url hostname/control…",
  errata: ['E-adminpw'],
  needs: ['admin-password'],
  do: [
    checklist({
      when: byPerson('ADMIN_PASSWORD_BY'),
      name: 'admin-login',
      items: [
        {
          id: 'admin-password-change',
          text: {
            fr: 'Se connecter à Pretix avec le mot de passe provisoire, puis en choisir un autre\u00a0: Pretix le demande aussitôt (le guide\u00a0: «\u00a0User Settings / Général\u00a0»).',
            en: 'Sign in to Pretix with the temporary password, then choose another one: Pretix asks for it at once (the guide: “User Settings / Général”).',
          },
          at: '%REVERSE_PROXY_URL%/control',
          fields: [
            { label: 'E-mail', value: 'admin@localhost' },
            {
              label: 'Password',
              value: '%ADMIN_PASSWORD%',
              note: {
                fr: 'provisoire\u00a0; «\u00a0admin\u00a0», celui du guide, ne marche déjà plus',
                en: 'temporary; “admin”, the guide’s, no longer works',
              },
            },
            {
              label: 'New password',
              value: '…',
              note: {
                fr: 'le vôtre, 12\u00a0caractères ou plus, que l’assistant ne connaîtra pas',
                en: 'yours, 12 characters or more; the wizard will not know it',
              },
            },
          ],
          proof: adminIsChanged,
          unproven: {
            fr: 'le mot de passe d’admin@localhost est encore le provisoire.',
            en: 'the password of admin@localhost is still the temporary one.',
          },
        },
      ],
    }),
    checklist({
      when: byWizard('ADMIN_PASSWORD_BY'),
      name: 'admin-login',
      items: [
        {
          id: 'admin-password-note',
          text: {
            fr: 'Garder le mot de passe d’administration en lieu sûr (coffre de mots de passe).',
            en: 'Keep the administration password in a safe place (password vault).',
          },
          at: '%REVERSE_PROXY_URL%/control',
          fields: [
            { label: 'E-mail', value: 'admin@localhost' },
            { label: 'Password', value: '%ADMIN_PASSWORD%' },
          ],
          optional: true,
        },
      ],
    }),
  ],
});

const licenceItem: Item = {
  id: 'licence-form',
  text: {
    fr: 'Remplir la déclaration de licence AGPL. C’est votre déclaration\u00a0: lisez chaque point, et ne reprenez une valeur que si elle est vraie chez vous. (Page invisible\u00a0? Passez en «\u00a0Mode Admin\u00a0».) Enregistrer par «\u00a0Save and check\u00a0».',
    en: 'Fill in the AGPL licence form. It is your declaration: read each point, and take a value only if it is true for you. (Page not shown? Switch to “Admin mode”.) Save with “Save and check”.',
  },
  at: '%REVERSE_PROXY_URL%/control/global/license/',
  fields: [
    {
      label: 'Usage of pretix',
      value:
        'I only use pretix to organize events which are executed by my own company or its affiliated companies, or to sell products sold by my own company.',
      note: {
        fr: 'Pretix sert seulement aux évènements de votre établissement et de ceux qui en dépendent.',
        en: 'Pretix is used only for events of your institution and its affiliates.',
      },
    },
    {
      label: 'Changes to pretix',
      value: 'This installation of pretix includes changes or extensions made to the source code.',
      note: {
        fr: 'Le code de la version de Kosmos est modifié.',
        en: 'The code of the build by Kosmos is changed.',
      },
      when: isVendor,
    },
    {
      label: 'Changes to pretix',
      value:
        'This installation of pretix is running without any custom modifications or extensions (except for installed plugins).',
      note: {
        fr: 'Cette version publique n’est pas modifiée. Le guide, pour la version de Kosmos\u00a0: «\u00a0includes changes or extensions made to the source code\u00a0».',
        en: 'This public version is not changed. The guide, for the build by Kosmos: “includes changes or extensions made to the source code”.',
      },
      when: isPublic,
    },
    {
      label: 'License choice',
      value:
        'I want to use pretix under the terms of the AGPLv3 license without restriction on the scope of usage and therefore without making use of any additional permission.',
      note: {
        fr: 'AGPLv3, sans la permission additionnelle des auteurs.',
        en: 'The AGPLv3, without the authors’ additional permission.',
      },
    },
    {
      label: 'Installed plugins',
      value:
        'This installation of pretix has installed plugins which are available freely under a non-copyleft license (Apache License, MIT License, BSD license, …).',
      note: {
        fr: 'Cocher cette case seulement\u00a0: des plugins libres, sans copyleft.',
        en: 'Tick this box only: free plugins without copyleft.',
      },
      when: isVendor,
    },
    {
      label: 'Installed plugins',
      value: '—',
      note: {
        fr: 'Ne rien cocher\u00a0: cette version publique n’a aucun plugin ajouté. Le guide, pour la version de Kosmos, coche «\u00a0plugins which are available freely under a non-copyleft license\u00a0».',
        en: 'Tick nothing: this public version has no added plugin. The guide, for the build by Kosmos, ticks “plugins which are available freely under a non-copyleft license”.',
      },
      when: isPublic,
    },
    {
      label: 'Footer: "powered by" name (optional)',
      value: 'Kosmos Education',
      note: { fr: 'affiché en bas des pages', en: 'shown at the foot of the pages' },
    },
    { label: 'Link for powered by name', value: 'https://www.kosmos-education.com' },
    {
      label: 'Source code instructions',
      value: 'pretix (AGPLv3 with additional terms): https://github.com/pretix/pretix',
      note: {
        fr: 'Ce lien donne bien le code de cette version. Le guide y ajoute celui de Kosmos («\u00a0Kosmos Education https://git.kosmos.fr/projects/KFO/repos/pretix\u00a0»), qui n’est pas le code installé ici.',
        en: 'This link does give the code of this version. The guide adds that of Kosmos (“Kosmos Education https://git.kosmos.fr/projects/KFO/repos/pretix”), which is not the code installed here.',
      },
      when: isPublic,
    },
    {
      label: 'Source code instructions',
      value:
        'pretix (AGPLv3 with additional terms): https://github.com/pretix/pretix\nKosmos Education https://git.kosmos.fr/projects/KFO/repos/pretix',
      note: {
        fr: 'deux lignes\u00a0; le lien doit donner le code qui tourne ici',
        en: 'two lines; the link has to give the code that runs here',
      },
      when: isVendor,
    },
  ],
  proof: licenceIsDeclared,
  unproven: {
    fr: 'Pretix n’a pas encore enregistré cette déclaration.',
    en: 'Pretix has not saved this declaration yet.',
  },
};

const licence = step('licence-check', {
  title: { fr: 'Conformité à la licence AGPLv3', en: 'Compliance with the AGPLv3 licence' },
  why: { fr: 'Étape obligatoire du guide.', en: 'The guide makes this step mandatory.' },
  source: [[271, 293]],
  says: "Point d'attention Cette étape de configuration est obligatoire.…",
  errata: ['E-licence'],
  needs: ['migrate'],
  do: [
    checklist({ when: byPerson('LICENCE_BY'), name: 'licence-check', items: [licenceItem] }),
    script({
      when: { all: [byWizard('LICENCE_BY'), { answer: 'LICENCE_CONFIRMED', is: ['yes'] }] },
      name: 'licence-check',
      template: 'pretix/licence.py',
      ...shell,
      done: licenceIsDeclared,
      why: {
        fr: 'Votre déclaration, que vous avez confirmée.',
        en: 'Your declaration, which you confirmed.',
      },
    }),
  ],
});

const organizer = step('organizer', {
  title: { fr: 'Organisateur', en: 'Organizer' },
  source: [[295, 303]],
  says: "• Création de l'organisateur utilisé par l'établissement :",
  needs: ['migrate'],
  do: [
    checklist({
      when: byPerson('ORGANIZER_BY'),
      name: 'organizer',
      items: [
        {
          id: 'organizer-create',
          text: {
            fr: 'Passer en «\u00a0Mode Admin\u00a0» (bandeau haut), puis Organisateurs › Créer un nouvel organisateur.',
            en: 'Switch to “Admin mode” (top bar), then Organizers › Create a new organizer.',
          },
          at: '%REVERSE_PROXY_URL%/control/organizers/add',
          fields: [
            { label: 'Nom / Name', value: '%ORG_NAME%' },
            {
              label: 'Forme courte / Short form',
              value: '%ORG_SLUG%',
              note: { fr: 'K-Sup l’attend sous ce nom', en: 'K-Sup expects it under this name' },
            },
          ],
          proof: fromPretix('/%ORG_SLUG%/', 200),
          unproven: {
            fr: 'Pretix ne connaît pas d’organisateur «\u00a0%ORG_SLUG%\u00a0».',
            en: 'Pretix knows no organizer “%ORG_SLUG%”.',
          },
        },
      ],
    }),
    script({
      when: byWizard('ORGANIZER_BY'),
      name: 'organizer',
      template: 'pretix/organizer.py',
      ...shell,
      done: hasTeam,
    }),
  ],
});

const token = step('api-token', {
  title: { fr: 'Jeton d’API pour K-Sup', en: 'API token for K-Sup' },
  source: [
    [297, 298],
    [304, 307],
  ],
  says: '• Dans la partie Token API, saisir le nom du token ksup et cliquer sur ajouter.',
  needs: ['organizer'],
  do: [
    checklist({
      when: byPerson('TOKEN_BY'),
      name: 'api-token',
      items: [
        {
          id: 'api-token-create',
          text: {
            fr: 'Dans l’organisateur\u00a0: Équipes › Administrateurs, partie «\u00a0Token API\u00a0». Saisir le nom, cliquer sur Ajouter, puis recopier ici la clé, que Pretix ne montre qu’une fois.',
            en: 'In the organizer: Teams › Administrators, section “API tokens”. Type the name, click Add, then copy the key here: Pretix shows it only once.',
          },
          at: '%REVERSE_PROXY_URL%/control/organizer/%ORG_SLUG%/teams',
          fields: [
            { label: 'Token API', value: 'ksup', note: { fr: 'nom du jeton', en: 'name of the token' } },
          ],
          gives: 'PRETIX_API_TOKEN',
          proof: fromApi('%ORG_SLUG%/teams/'),
          unproven: {
            fr: 'Pretix refuse ce jeton. Il a 64 lettres minuscules et chiffres, et les droits de son équipe.',
            en: 'Pretix refuses this token. It has 64 lower-case letters and digits, and the rights of its team.',
          },
        },
      ],
    }),
    script({
      when: byWizard('TOKEN_BY'),
      name: 'api-token',
      template: 'pretix/token.py',
      ...shell,
      done: hasToken,
      gives: [{ id: 'PRETIX_API_TOKEN', secret: true }],
    }),
  ],
});

const verify = step('api-verify', {
  title: { fr: 'L’API répond au jeton', en: 'The API answers to the token' },
  source: [[309, 315]],
  says: "La commande suivante doit retourner le nom de l'organisateur associé au token :",
  errata: ['E-curl'],
  needs: ['organizer', 'api-token', 'apache-enable'],
  do: [
    check({
      name: 'api-organizer',
      probe: fromApi('', '"slug":"%ORG_SLUG%"'),
      level: 'stop',
      within: 30,
      say: {
        fr: 'Avec ce jeton, l’API ne donne pas l’organisateur attendu\u00a0: vérifiez la forme courte de l’organisateur et le jeton.',
        en: 'With this token the API does not give the expected organizer: check the organizer’s short form and the token.',
      },
    }),
    check({
      name: 'api-rights',
      probe: fromApi('%ORG_SLUG%/teams/'),
      level: 'stop',
      say: {
        fr: 'Le jeton est accepté, mais son équipe n’a pas tous les droits\u00a0: dans Pretix, donnez-les à l’équipe Administrateurs.',
        en: 'The token is accepted, but its team lacks rights: give them to the team Administrators in Pretix.',
      },
    }),
  ],
});

export const application: Chapter = {
  id: 'application',
  title: { fr: 'Configuration de Pretix', en: 'Configuration of Pretix' },
  steps: [adminLogin, licence, organizer, token, verify],
};
