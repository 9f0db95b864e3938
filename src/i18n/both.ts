import type { Text } from '../guide/types.ts';

/** A sentence in both languages, the French first. */
export const both = (fr: string, en: string): Text => ({ fr, en });
