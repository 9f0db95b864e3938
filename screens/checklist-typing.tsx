/** The line of a checklist where a note is typed, or the value that an item gives. */
import { Box } from 'ink';
import type { TodoItem } from '../src/run/protocol.ts';
import { line } from './parts/line.ts';
import { Rows } from './parts/row.tsx';
import { TextField } from './parts/text-field.tsx';
import { useUi } from './parts/ui.ts';

/** What is being typed, and for which item. */
export interface Typing {
  readonly what: 'note' | 'value';
  readonly item: TodoItem;
  readonly text: string;
}

export const typingRows = 3;

interface TypingRowsProps {
  readonly typing: Typing;
  readonly onChange: (text: string) => void;
  readonly onSubmit: () => void;
}

export function TypingRows({ typing, onChange, onSubmit }: TypingRowsProps) {
  const ui = useUi();
  const { checklist } = ui.words;
  const { fields, gives = '' } = typing.item;
  const asked = typing.what === 'note' ? checklist.noteAsk : checklist.giveAsk(fields.at(-1)?.label ?? gives);
  return (
    <>
      <Rows
        rows={[line(` ${ui.signs.rule.repeat(ui.columns - 2)}`, 'past'), line(` ${asked}`, 'plain', true)]}
      />
      <Box paddingLeft={3} height={1}>
        <TextField
          value={typing.text}
          onChange={onChange}
          onSubmit={onSubmit}
          width={ui.columns - 6}
          mask={typing.what === 'value'}
        />
      </Box>
    </>
  );
}
