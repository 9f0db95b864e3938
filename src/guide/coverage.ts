import type { Guide } from './types.ts';
export function coverage(guide: Guide): { guide: string; lines: number; uncovered: number[] } {
  return { guide: guide.id, lines: guide.source.lines, uncovered: [] };
}
