/** The administration pages (source lines 164–179). */
import type { Chapter, Cond } from '../../../src/guide/types.ts';
import { byPerson, byWizard } from '../../shared/conditions.ts';
import { hasSuperuser, signsIn, siteIsNamed } from '../probes.ts';
import { isServed } from '../questions/site.ts';
import { build } from '../questions.ts';
import { byLayout, isProduction, isRecent } from '../releases.ts';
import { siteName } from './tables.ts';

const { step, checklist } = build;

const adminPages = byLayout('https://%DOMAIN%/admin/', 'https://%DOMAIN%/ota');

/** The wizard knows the password, and the server that leads there. */
const isTried: Cond = { all: [isServed, isRecent, byWizard('SU_BY')] };

const signIn = {
  text: {
    fr: 'Se connecter à OnTask comme administrateur, et ouvrir l’administration par le lien en haut à droite. Garder le mot de passe en lieu sûr (coffre de mots de passe).',
    en: 'Sign in to OnTask as the administrator, and open the administration by the link in the upper right corner. Keep the password in a safe place (password vault).',
  },
  at: 'https://%DOMAIN%/',
  fields: [
    { label: 'Email address', value: '%SU_EMAIL%' },
    { label: 'Password', value: '%SU_PASSWORD%', when: byWizard('SU_BY') },
  ],
  optional: true,
} as const;

const pages = step('admin-pages', {
  title: { fr: 'Visiter l’administration', en: 'Visit the administration pages' },
  source: [[164, 179]],
  says: 'Once the instance is running, visit these pages and configure the platform to',
  when: isProduction,
  needs: ['superuser', 'unit-web'],
  do: [
    checklist({
      name: 'admin-pages',
      items: [
        { id: 'admin-sign-in', when: isTried, ...signIn, proof: signsIn },
        { id: 'admin-sign-in-by-person', when: { not: isTried }, ...signIn, proof: hasSuperuser },
        {
          id: 'site-domain',
          when: byPerson('SITE_BY'),
          text: {
            fr: 'Dans «\u00a0Sites\u00a0», donner au site (example.com) le nom public d’OnTask.',
            en: 'Under “Sites”, give the site (example.com) the public name of OnTask.',
          },
          at: adminPages,
          fields: [
            { label: 'Domain name', value: '%DOMAIN%' },
            { label: 'Display name', value: '%DOMAIN%' },
          ],
          proof: siteIsNamed,
          unproven: {
            fr: 'le site ne s’appelle pas encore %DOMAIN%.',
            en: 'the site is not named %DOMAIN% yet.',
          },
        },
        {
          id: 'groups-and-users',
          text: {
            fr: 'Créer les comptes des enseignants, et les mettre dans le groupe «\u00a0instructor\u00a0»\u00a0: lui seul peut créer des workflows.',
            en: 'Create the accounts of the teachers, and put them into the group “instructor”: only its members can create workflows.',
          },
          at: adminPages,
          fields: [{ label: 'Groups', value: 'instructor' }],
          optional: true,
        },
      ],
    }),
  ],
});

export const admin: Chapter = {
  id: 'admin',
  title: { fr: 'Pages d’administration', en: 'Administration pages' },
  steps: [siteName, pages],
};
