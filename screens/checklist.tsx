/** What only a person can do: exact values to take elsewhere, ticks, and what proves them. */
import { useState } from 'react';
import type { View } from '../src/run/protocol.ts';
import { useChecklistActs } from './checklist-acts.ts';
import { type Cursor, extentOf, firstOpen, moved, standing } from './checklist-cursor.ts';
import { itemLines } from './checklist-lines.ts';
import { TypingRows, typingRows } from './checklist-typing.tsx';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { blank, type Line, line } from './parts/line.ts';
import type { ScreenProps } from './parts/props.ts';
import { Rows } from './parts/row.tsx';
import { useScroll } from './parts/scroll.ts';
import { isWatcher, spineOf } from './parts/spine.ts';
import { type Ui, useUi } from './parts/ui.ts';

export function ChecklistScreen({ view, send: sendAny }: ScreenProps) {
  const ui = useUi();
  const send: ScreenProps['send'] = (decision) => (view.decides ? sendAny(decision) : undefined);
  const items = view.todo;
  const [cursor, setCursor] = useState<Cursor>(() => firstOpen(items));
  const here = standing(cursor, items);
  const { commands, shown, typing, setTyping, submit, said, tell } = useChecklistActs(view, send, here);

  const height = bodyHeight(ui) - (typing ? typingRows : 0);
  const lines = items.flatMap((one, at) => itemLines(one, at, here, { shown, revealed: view.revealed }, ui));
  const [from, to] = extentOf(lines, here);
  const skipped = Math.min(cursor.skipped, Math.max(0, to - height + 1 - from));
  const seen = from + skipped;
  const start = useScroll(seen, Math.min(to, seen + height - 1), lines.length, height);

  const move = (by: number) => {
    tell('');
    setCursor(moved({ ...here, skipped }, by, to - from + 1 - height, items));
  };
  useCommands(
    'checklist',
    {
      ...commands,
      up: () => move(-1),
      down: () => move(1),
      pageUp: () => move(-8),
      pageDown: () => move(8),
      quit: ui.askLeave,
      language: ui.switchLanguage,
      help: ui.help,
    },
    typing === null,
  );
  useCommands('input', { back: () => setTyping(null) }, typing !== null);

  const rows = lines.slice(start, start + height).map((one) => one.line);
  const filler = Array.from({ length: height - rows.length }, () => blank);
  const spine = spineOf(view, ui, ui.words.checklist.title);
  const unused = items[here.item]?.gives === undefined ? ['give'] : [];
  return (
    <Frame
      path={spine.path}
      right={spine.right}
      notice={said ? line(said, 'waits') : noticeOf(view, lines.length - start - height, ui)}
      hints={hintsOf(typing ? 'input' : 'checklist', ui.words, ui.signs, unused)}
      status={spine.status}
    >
      <Rows rows={[...rows, ...filler]} />
      {typing ? (
        <TypingRows typing={typing} onChange={(text) => setTyping({ ...typing, text })} onSubmit={submit} />
      ) : null}
    </Frame>
  );
}

function noticeOf(view: View, below: number, ui: Ui): Line {
  const { common, checklist } = ui.words;
  if (isWatcher(view)) return line(common.youWatch, 'waits');
  const required = view.todo.filter(({ optional }) => !optional);
  const done = required.filter((one) => one.done).length;
  const count = checklist.count(done, required.length);
  return line([count, ...(below > 0 ? [common.more(below)] : [])].join(` ${ui.signs.between} `), 'past');
}
