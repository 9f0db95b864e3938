/** What every section of the as-built document is made from. */
import type { Text } from '../guide/types.ts';
import type { ReportWords } from '../i18n/report.ts';
import type { AsBuilt } from './as-built.ts';

export interface Page extends AsBuilt {
  readonly words: ReportWords;
  /** A guide's sentence. */
  readonly say: (text: Text) => string;
  /** What a person typed. */
  readonly typed: (text: string) => string;
}

/** A title and its lines; nothing without lines. */
export function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [`## ${title}`, '', ...lines, ''] : [];
}
