/** What the guide asks: its own placeholders, and what it leaves open. */
import { kit, placeholders } from '../../src/guide/kit.ts';
import type { Topic } from '../../src/guide/types.ts';
import { access } from './questions/access.ts';
import { database } from './questions/database.ts';
import { release } from './questions/release.ts';
import { site } from './questions/site.ts';

export const topics: readonly Topic[] = [
  { id: 'release', title: { fr: 'Version et répertoires', en: 'Release and directories' } },
  { id: 'database', title: { fr: 'Base de données', en: 'Database' } },
  { id: 'site', title: { fr: 'Adresse publique', en: 'Public address' } },
  { id: 'mail', title: { fr: 'Courrier', en: 'Mail' } },
  { id: 'access', title: { fr: 'Clés et accès', en: 'Keys and access' } },
  { id: 'accounts', title: { fr: 'Comptes', en: 'Accounts' } },
  { id: 'scheduler', title: { fr: 'Tâches planifiées', en: 'Scheduled tasks' } },
];

export const ask = placeholders({ ...release, ...database, ...site, ...access });

/** Builders that know this guide's names. */
export const build = kit(ask, { HBA_FILE: 'public' });
