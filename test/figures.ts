/** What a proof counted, for docs/reliability.md. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

export type Section =
  | 'kill'
  | 'enumeration'
  | 'hang-up'
  | 'journal'
  | 'faults'
  | 'hostile'
  | 'claims'
  | 'foreign'
  | 'secrets'
  | 'growth';

const folder = process.env['SETUP_WIZARD_FIGURES'];

/** Whether `npm run reliability` is at work: then enumerations are whole, otherwise they may be samples. */
export const isReport = folder !== undefined;

/** Adds a row to a section of the report: what was tried, and what was counted, a column each. */
export function proven(section: Section, name: string, figures: Record<string, number | string>): void {
  if (!folder) return;
  appendFileSync(join(folder, `${section}.jsonl`), `${JSON.stringify({ name, ...figures })}\n`);
}
