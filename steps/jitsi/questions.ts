/** What the guide asks: its own values, what the packages ask, and what the text leaves open. */
import { kit, placeholders } from '../../src/guide/kit.ts';
import type { Topic } from '../../src/guide/types.ts';
import { machine } from './questions/machine.ts';
import { packages } from './questions/packages.ts';
import { rooms } from './questions/rooms.ts';

export const topics: readonly Topic[] = [
  { id: 'machine', title: { fr: 'Nom et adresses', en: 'Name and addresses' } },
  { id: 'firewall', title: { fr: 'Pare-feu', en: 'Firewall' } },
  { id: 'packages', title: { fr: 'Dépôt de paquets', en: 'Repository of packages' } },
  { id: 'certificate', title: { fr: 'Certificat', en: 'Certificate' } },
  { id: 'rooms', title: { fr: 'Salles et comptes', en: 'Rooms and accounts' } },
];

export const ask = placeholders({ ...machine, ...packages, ...rooms });

/** Builders that know this guide’s names. */
export const build = kit(ask);
