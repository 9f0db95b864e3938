/** A list to choose from with the arrows, Enter or a number. */
import { Box } from 'ink';
import SelectInput from 'ink-select-input';
import type { ReactElement } from 'react';
import { type Line, line, span } from './line.ts';
import { Row } from './row.tsx';
import { useUi } from './ui.ts';

export interface Choice<V> {
  readonly value: V;
  readonly key: string;
  readonly line: Line;
}

interface MenuProps<V> {
  readonly choices: readonly Choice<V>[];
  readonly onSelect: (value: V) => void;
  readonly onHighlight?: (value: V) => void;
  readonly height?: number;
  readonly initial?: number;
  readonly isActive?: boolean;
}

export function Menu<V>({
  choices,
  onSelect,
  onHighlight,
  height,
  initial = 0,
  isActive = true,
}: MenuProps<V>) {
  const ui = useUi();
  // The list starts anew when its values change: they are names, which stay the same while the work goes on.
  const items = choices.map(({ key, line: shown }) => ({ value: key, key, label: key, line: shown }));
  const chosen = (name: string, use: ((value: V) => void) | undefined) => {
    const choice = choices.find(({ key }) => key === name);
    if (choice) use?.(choice.value);
  };
  return (
    <SelectInput
      items={items}
      isFocused={isActive && ui.active}
      initialIndex={initial}
      indicatorComponent={Indicator}
      itemComponent={Item}
      onSelect={({ value }) => chosen(value, onSelect)}
      onHighlight={({ value }) => chosen(value, onHighlight)}
      {...(height === undefined ? {} : { limit: Math.max(1, height) })}
    />
  );
}

function Indicator({ isSelected = false }: { readonly isSelected?: boolean }): ReactElement {
  const { signs } = useUi();
  return (
    <Box width={3} flexShrink={0}>
      <Row line={[span(isSelected ? ` ${signs.cursor} ` : '   ', 'accent', true)]} cells={3} />
    </Box>
  );
}

/** `ink-select-input` gives the whole item to the component, more than its type says. */
interface ItemProps {
  readonly isSelected?: boolean;
  readonly label: string;
  readonly line?: Line;
}

function Item({ isSelected = false, label, line: shown = line(label) }: ItemProps): ReactElement {
  const ui = useUi();
  const first = shown[0];
  const marked = isSelected && first ? [{ ...first, bold: true }, ...shown.slice(1)] : shown;
  return (
    <Box height={1} overflow="hidden">
      <Row line={marked} cells={ui.columns - 4} />
    </Box>
  );
}
