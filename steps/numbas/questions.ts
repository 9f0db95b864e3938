/** What the guide asks: its own values, what first_setup.py asks, and what the text leaves open. */
import { kit, placeholders } from '../../src/guide/kit.ts';
import type { Topic } from '../../src/guide/types.ts';
import { database } from './questions/database.ts';
import { instance } from './questions/instance.ts';
import { release } from './questions/release.ts';
import { site } from './questions/site.ts';

export const topics: readonly Topic[] = [
  { id: 'release', title: { fr: 'Version et répertoires', en: 'Release and directories' } },
  { id: 'database', title: { fr: 'Base de données et Redis', en: 'Database and Redis' } },
  { id: 'site', title: { fr: 'Adresse publique', en: 'Public address' } },
  { id: 'instance', title: { fr: 'Cette installation', en: 'This installation' } },
  { id: 'mail', title: { fr: 'Courrier', en: 'Mail' } },
  { id: 'accounts', title: { fr: 'Administrateur et plateforme', en: 'Administrator and platform' } },
];

export const ask = placeholders({ ...release, ...database, ...site, ...instance });

/** Builders that know this guide's names. */
export const build = kit(ask, { HBA_FILE: 'public' });
