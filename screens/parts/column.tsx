/** A part of the screen beside another: what is drawn inside takes its width for that of the terminal. */
import { Box } from 'ink';
import { type ReactNode, useMemo } from 'react';
import { UiProvider, useUi } from './ui.ts';

interface ColumnProps {
  readonly cells: number;
  readonly children: ReactNode;
}

export function Column({ cells, children }: ColumnProps) {
  const ui = useUi();
  const narrow = useMemo(() => ({ ...ui, columns: cells }), [ui, cells]);
  return (
    <Box flexDirection="column" width={cells} flexShrink={0} overflow="hidden">
      <UiProvider value={narrow}>{children}</UiProvider>
    </Box>
  );
}
