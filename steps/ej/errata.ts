/** Where the guide is wrong, insecure, obsolete or unclear, and what the wizard does instead. */
import type { Erratum } from '../../src/guide/types.ts';
import { containers } from './errata/containers.ts';
import { rocket } from './errata/rocket.ts';

export const errata: readonly Erratum[] = [...containers, ...rocket];
