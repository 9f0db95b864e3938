/** Draws lines, each exactly one row of the terminal. */
import { Box, Text } from 'ink';
import type { ReactElement, ReactNode } from 'react';
import { colours, type Line, plainLine, within } from './line.ts';
import { useUi } from './ui.ts';

/** One line of text, cut at the edge. */
export function Row({ line, cells }: { readonly line: Line; readonly cells?: number }): ReactElement {
  const ui = useUi();
  const shown = within(ui.ascii ? plainLine(line) : line, cells ?? ui.columns, ui.signs.more);
  return (
    <Text wrap="truncate">
      {shown.length === 0 ? ' ' : shown.map((one, index) => <Piece key={keyOf(index)} {...one} />)}
    </Text>
  );
}

function Piece({ text, tone = 'plain', bold = false }: Line[number]): ReactElement {
  const ui = useUi();
  const colour = ui.color ? colours[tone] : undefined;
  return (
    <Text bold={bold} dimColor={ui.color && tone === 'past'} {...(colour ? { color: colour } : {})}>
      {text}
    </Text>
  );
}

/** Rows under each other; a part that is not a line stands in a box of one row. */
export function Rows({ rows }: { readonly rows: readonly (Line | ReactElement)[] }): ReactNode {
  return rows.map((row, index) => (
    <Box key={keyOf(index)} height={1} flexShrink={0} overflow="hidden">
      {isLine(row) ? <Row line={row} /> : row}
    </Box>
  ));
}

/** Rows have no identity but their place. */
function keyOf(index: number): string {
  return `row ${index}`;
}

function isLine(row: Line | ReactElement): row is Line {
  return Array.isArray(row);
}
