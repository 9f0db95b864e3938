/** Ways to fail that only Jitsi Meet has. */
import type { KnownCause } from '../../src/guide/types.ts';

export const causes: readonly KnownCause[] = [];
