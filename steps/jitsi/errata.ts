/** Where the source is wrong, obsolete or unsafe, and what the wizard does. */
import type { Erratum } from '../../src/guide/types.ts';
import { installing } from './errata/installing.ts';
import { settings } from './errata/settings.ts';

export const errata: readonly Erratum[] = [...installing, ...settings];
