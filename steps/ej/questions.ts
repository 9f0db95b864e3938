/** What the guide asks: its own placeholders, the variables of config.env, and what it leaves open. */
import { kit, placeholders } from '../../src/guide/kit.ts';
import type { Topic } from '../../src/guide/types.ts';
import { accounts } from './questions/accounts.ts';
import { images } from './questions/images.ts';
import { rocket } from './questions/rocket.ts';
import { settings } from './questions/settings.ts';
import { site } from './questions/site.ts';

export const topics: readonly Topic[] = [
  { id: 'images', title: { fr: 'Images et répertoires', en: 'Images and directories' } },
  { id: 'site', title: { fr: 'Adresse publique', en: 'Public address' } },
  { id: 'security', title: { fr: 'Sécurité et langue', en: 'Security and language' } },
  { id: 'database', title: { fr: 'Base de données', en: 'Database' } },
  { id: 'custom', title: { fr: 'Fonctions d’EJ', en: 'Features of EJ' } },
  { id: 'mail', title: { fr: 'Courrier', en: 'Mail' } },
  { id: 'accounts', title: { fr: 'Comptes et données', en: 'Accounts and data' } },
  { id: 'backup', title: { fr: 'Sauvegardes', en: 'Backups' } },
  { id: 'rocket', title: { fr: 'Rocket.Chat', en: 'Rocket.Chat' } },
  { id: 'frames', title: { fr: 'Cadres (iframe)', en: 'Frames (iframe)' } },
];

export const ask = placeholders({ ...images, ...site, ...settings, ...accounts, ...rocket });

/** Builders that know this guide's names. */
export const build = kit(ask);
