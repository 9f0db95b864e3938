/** How a form divides a terminal: help and checks under the fields, or beside them where there is room. */
import { bodyHeight } from './parts/frame.tsx';
import type { Ui } from './parts/ui.ts';

export interface FormLayout {
  readonly isWide: boolean;
  /** Cells of the fields, and of what is said about them. */
  readonly fields: number;
  readonly aside: number;
  /** Rows of each. They never change while the terminal does not. */
  readonly fieldRows: number;
  readonly helpRows: number;
  readonly checkRows: number;
}

/** Columns from which both stand beside each other. */
const wideFrom = 110;
/** Cells between them: a bar and a blank on both sides. */
export const barCells = 3;

export function formLayout(ui: Ui): FormLayout {
  const height = bodyHeight(ui);
  if (ui.columns < wideFrom) return stacked(ui.columns, height);
  const aside = Math.min(72, Math.max(40, Math.floor(ui.columns * 0.36)));
  const checkRows = Math.min(10, Math.floor(height / 3));
  return {
    isWide: true,
    fields: ui.columns - aside - barCells,
    aside,
    fieldRows: height,
    // One line each for the titles.
    helpRows: height - checkRows - 1,
    checkRows,
  };
}

/** From the lowest terminal on, the fields get the larger part of each row that comes in addition. */
function stacked(columns: number, height: number): FormLayout {
  const checkRows = height < 14 ? 1 : height < 24 ? 3 : 4;
  const helpRows = height < 14 ? 3 : height < 24 ? 4 : 7;
  const fieldRows = height - helpRows - checkRows - 1;
  return { isWide: false, fields: columns, aside: columns, fieldRows, helpRows, checkRows };
}
