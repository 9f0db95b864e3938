/** docs/reliability.md: what the proofs counted, in the words of scripts/reliability-sections.ts. */
import { type Introduction, introductions, type SectionId } from './reliability-sections.ts';

/** One proof: what was tried, and a column for each thing that was counted. */
export type Row = Readonly<Record<string, string | number>> & { readonly name: string };

/** The newest time that a section was made. */
export interface Measured {
  readonly commit: string;
  readonly date: string;
  readonly seconds: number;
  readonly tests: { readonly passed: number; readonly failed: number; readonly skipped: number };
  readonly rows: readonly Row[];
}

export type Figures = Readonly<Partial<Record<SectionId, Measured>>>;

export function reliabilityPage(figures: Figures): string {
  return [
    '# Reliability',
    '',
    'What was tried to make the wizard lose something or hurt somebody, and what was counted while it was tried. The',
    'figures come from the tests, never from a hand: `npm run reliability` makes this page and',
    '`docs/reliability.json` anew, `npm run reliability SECTION…` a part of it. The invariants are those of',
    '[journal.md](journal.md) and of [architecture.md](architecture.md). A section says too what it does not show.',
    '',
    ...introductions.map(({ id, title }) => `- [${title}](#${anchor(title)}): ${standing(figures[id])}`),
    ...introductions.flatMap((one) => ['', ...sectionLines(one, figures[one.id])]),
    '',
  ].join('\n');
}

function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}

function standing(measured: Measured | undefined): string {
  if (!measured) return 'not measured';
  const { passed, failed, skipped } = measured.tests;
  if (failed > 0) return `**failed** (${failed} of ${passed + failed} tests)`;
  return skipped > 0 ? `in part: ${skipped} of ${passed + skipped} tests were skipped` : 'holds';
}

function sectionLines(one: Introduction, measured: Measured | undefined): string[] {
  const { id, title, shown, invariants, notShown } = one;
  return [
    `## ${title}`,
    '',
    ...shown,
    '',
    `Invariants: ${invariants}. Again: \`npm run reliability ${id}\`.`,
    '',
    ...(measured ? measuredLines(measured) : ['**Not measured.**']),
    '',
    `Not shown: ${notShown}`,
  ];
}

function measuredLines(measured: Measured): string[] {
  const { commit, date, seconds, tests, rows } = measured;
  const { passed, failed, skipped } = tests;
  const counted = [
    `${passed} tests passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(', ');
  return [
    ...(failed > 0 ? ['**This section failed:** what follows is what was counted all the same.', ''] : []),
    ...tables(rows),
    `${date}, commit ${commit}, ${duration(seconds)}: ${counted}.`,
  ];
}

function duration(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** Rows that were counted in the same columns, or in some of them, stand in one table. */
function tables(rows: readonly Row[]): string[] {
  const widest = rows.map(columnsOf).toSorted((a, b) => b.length - a.length);
  const home = (row: Row) =>
    widest.find((columns) => columnsOf(row).every((one) => columns.includes(one))) ?? [];
  const groups = Map.groupBy(rows, (row) => home(row).join('\n'));
  return [...groups.values()].flatMap((group) => [...table(group), '']);
}

function columnsOf(row: Row): string[] {
  return Object.keys(row).filter((key) => key !== 'name');
}

function table(rows: readonly Row[]): string[] {
  const columns = rows.map(columnsOf).toSorted((a, b) => b.length - a.length)[0] ?? [];
  const isNumber = columns.map((column) => rows.every((row) => typeof (row[column] ?? 0) === 'number'));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['', ...columns]),
    line(['---', ...isNumber.map((right) => (right ? '---:' : '---'))]),
    ...rows.map((row) => line([cell(row.name), ...columns.map((column) => cell(row[column]))])),
  ];
}

function cell(value: string | number | undefined): string {
  return String(value ?? '')
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ');
}
