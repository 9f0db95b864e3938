/** Where the source is wrong, obsolete or unsafe, and what the wizard does. */
import type { Erratum } from '../../src/guide/types.ts';
import { configuration } from './errata/configuration.ts';
import { environment } from './errata/environment.ts';
import { web } from './errata/web.ts';

export const errata: readonly Erratum[] = [...environment, ...configuration, ...web];
