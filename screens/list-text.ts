/** A list as lines for the person's editor, and back. Passwords are not among them. */
import type { ListColumn, ListRow } from '../src/run/protocol.ts';

const between = ' | ';

export function listText(rows: readonly ListRow[], columns: readonly ListColumn[], comment: string): string {
  const shown = columns.filter(({ secret }) => !secret);
  const lines = rows.map(({ cells }) => shown.map(({ name }) => cells[name] ?? '').join(between));
  return [`# ${comment}`, `# ${shown.map(({ name }) => name).join(between)}`, ...lines, ''].join('\n');
}

/** The answer that the lines make; a row that is still there keeps its secrets. */
export function listFromText(text: string, columns: readonly ListColumn[]): string {
  const shown = columns.filter(({ secret }) => !secret);
  const lines = text.split('\n').filter((one) => one.trim() !== '' && !one.startsWith('#'));
  const rows = lines.map((one) => {
    const cells = one.split('|').map((cell) => cell.trim());
    return Object.fromEntries(shown.map(({ name }, index) => [name, cells[index] ?? '']));
  });
  return JSON.stringify(rows);
}
