/** Three fixed zones: where am I, what is happening, what can I do. Never larger than the terminal. */
import { Box } from 'ink';
import type { ReactElement, ReactNode } from 'react';
import type { View } from '../../src/run/protocol.ts';
import { type Hint, hintsThatFit } from './keys.ts';
import { blank, type Line, line, span, spread } from './line.ts';
import { Row, Rows } from './row.tsx';
import { type Ui, useUi } from './ui.ts';

export const smallest = { columns: 60, rows: 16 };

function isTooSmall({ columns, rows }: Pick<Ui, 'columns' | 'rows'>): boolean {
  return columns < smallest.columns || rows < smallest.rows;
}

/** Rows left for the body under a header of so many lines and over so many lines of notice. */
export function bodyHeight(ui: Ui, header = 1, notice = 1): number {
  return ui.rows - header - 1 - 1 - notice - 1;
}

/** Said in the header when another window decides. */
export function watching(view: View, ui: Ui): Line {
  return view.live && !view.decides ? [span(`${ui.words.common.youWatch}  `, 'waits')] : [];
}

interface FrameProps {
  readonly path: readonly string[];
  readonly right?: Line;
  /** Further lines of the header. */
  readonly under?: readonly Line[];
  readonly children: ReactNode;
  /** The line over the keys: its place is kept when there is nothing to say. */
  readonly notice?: Line;
  readonly hints: readonly Hint[];
  /** What the whole screen comes down to in a window that is too small. */
  readonly status: string;
}

export function Frame({ path, right = [], under = [], children, notice = blank, hints, status }: FrameProps) {
  const ui = useUi();
  if (isTooSmall(ui)) return <Small status={status} hints={hints} />;
  const rule = line(ui.signs.rule.repeat(ui.columns), 'past');
  return (
    <Box flexDirection="column" height={ui.rows} width={ui.columns} overflow="hidden">
      <Rows rows={[titleLine(ui, path, right), ...under, rule]} />
      <Box flexDirection="column" height={bodyHeight(ui, 1 + under.length)} overflow="hidden" flexShrink={0}>
        {children}
      </Box>
      <Rows rows={[rule, [span(' '), ...notice], hintLine(ui, hints)]} />
    </Box>
  );
}

function titleLine(ui: Ui, path: readonly string[], right: Line): Line {
  const named = path[0] ? path : [ui.words.common.product, ...path.slice(1)];
  const left = named.flatMap(
    (part, index): Line => [
      span(index === 0 ? ' ' : ` ${ui.signs.path} `, 'past'),
      span(part, 'plain', index === named.length - 1),
    ],
  );
  return spread(left, [...right, span(' ')], ui.columns, ui.signs.more);
}

function hintLine(ui: Ui, hints: readonly Hint[]): Line {
  return hintsThatFit(hints, ui.columns - 1).flatMap(
    ({ key, label }, index): Line => [
      span(index === 0 ? ' ' : '  '),
      span(key, 'plain', true),
      span(` ${label}`, 'past'),
    ],
  );
}

/** One line of status and one of keys, whatever the size. */
function Small({
  status,
  hints,
}: {
  readonly status: string;
  readonly hints: readonly Hint[];
}): ReactElement {
  const ui = useUi();
  const lines: Line[] = [line(status), hintLine(ui, hints), line(ui.words.common.tooSmall, 'waits')];
  return (
    <Box flexDirection="column" height={Math.min(ui.rows, lines.length)} overflow="hidden">
      {lines.slice(0, Math.max(1, ui.rows)).map((one) => (
        <Row key={one[0]?.text ?? ''} line={one} />
      ))}
    </Box>
  );
}
