/** What the editor of a list remembers while it is open. The rows are the engine's as soon as it has answered. */
import type { FormField, ListColumn, ListRow } from '../src/run/protocol.ts';

export interface ListState {
  readonly rows: readonly ListRow[];
  /** `row` may be one past the last: there a new row begins. */
  readonly row: number;
  readonly column: number;
  /** What is typed into the cell; null while one only moves about. */
  readonly draft: string | null;
  /** Whether the row under the cursor shall go has been asked. */
  readonly isRemoving: boolean;
  /** Secret cells that the person wants to see, by `cellId`. */
  readonly shown: ReadonlySet<string>;
}

type ListAction =
  | { readonly type: 'heard'; readonly rows: readonly ListRow[] }
  | { readonly type: 'move'; readonly rows: number; readonly columns: number; readonly width: number }
  | { readonly type: 'go'; readonly row: number; readonly column: number; readonly draft: string | null }
  | { readonly type: 'typed'; readonly draft: string | null }
  | { readonly type: 'removing'; readonly isRemoving: boolean }
  | { readonly type: 'shown'; readonly id: string }
  | { readonly type: 'set'; readonly rows: readonly ListRow[] };

export function openList({ rows = [] }: FormField): ListState {
  return { rows, row: 0, column: 0, draft: null, isRemoving: false, shown: new Set() };
}

export function listReducer(state: ListState, action: ListAction): ListState {
  switch (action.type) {
    case 'heard':
    case 'set':
      return { ...state, rows: action.rows, row: Math.min(state.row, action.rows.length), isRemoving: false };
    case 'move':
      return { ...state, ...moved(state, action), isRemoving: false };
    case 'go':
      return { ...state, row: action.row, column: action.column, draft: action.draft };
    case 'typed':
      return { ...state, draft: action.draft };
    case 'removing':
      return { ...state, isRemoving: action.isRemoving };
    case 'shown':
      return { ...state, shown: state.shown.symmetricDifference(new Set([action.id])) };
    default:
      return action satisfies never;
  }
}

/** From the end of a row to the beginning of the next, and back. */
function moved(
  { row, column, rows }: ListState,
  by: { readonly rows: number; readonly columns: number; readonly width: number },
): { row: number; column: number } {
  const place = (row + by.rows) * by.width + column + by.columns;
  const last = rows.length * by.width + (by.width - 1);
  if (place < 0 || place > last) return { row, column };
  return { row: Math.floor(place / by.width), column: place % by.width };
}

const emptyRow: ListRow = { cells: {}, given: [] };

/** The rows with this text in a cell; text in the row past the last makes one. */
export function withCell(
  rows: readonly ListRow[],
  row: number,
  { name, secret }: ListColumn,
  text: string,
): ListRow[] {
  const former = rows[row] ?? emptyRow;
  const { problem: _, ...kept } = former;
  const next = {
    ...kept,
    cells: { ...former.cells, [name]: text },
    given: secret && text !== '' ? [...new Set([...former.given, name])] : former.given,
  };
  return rows[row] ? rows.with(row, next) : [...rows, next];
}

/** As it is answered: a secret that is left out stays as it was. */
export function listAnswer(rows: readonly ListRow[], columns: readonly ListColumn[]): string {
  return JSON.stringify(
    rows.map(({ cells }) =>
      Object.fromEntries(
        columns
          .filter(({ name, secret }) => !secret || (cells[name] ?? '') !== '')
          .map(({ name }) => [name, cells[name] ?? '']),
      ),
    ),
  );
}

/** What the engine keeps of rows: no secret stays here once it was sent. */
export function withoutSecrets(rows: readonly ListRow[], columns: readonly ListColumn[]): ListRow[] {
  const secret = new Set(columns.filter((column) => column.secret).map(({ name }) => name));
  return rows.map((row) => ({
    ...row,
    cells: Object.fromEntries(
      Object.entries(row.cells).map(([name, text]) => [name, secret.has(name) ? '' : text]),
    ),
  }));
}

/** The name of a row; empty while it has none. */
export function keyOf(row: ListRow | undefined, [first]: readonly ListColumn[]): string {
  return row?.cells[first?.name ?? ''] ?? '';
}

/** The engine's name for a cell. */
export function cellId(field: string, key: string, column: string): string {
  return `${field}.${key}.${column}`;
}
