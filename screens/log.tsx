/** The whole output of a step over a screen: reads only what is shown, follows the end while it grows. */
import { Box } from 'ink';
import { useState } from 'react';
import type { View } from '../src/run/protocol.ts';
import { type LogReader, logPath, useLogReader } from './log-reader.ts';
import { type LogRow, logStart } from './log-window.ts';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { blank, type Line, line, span } from './parts/line.ts';
import { Rows } from './parts/row.tsx';
import { isWatcher, spineOf } from './parts/spine.ts';
import { TextField } from './parts/text-field.tsx';
import { type Ui, useUi } from './parts/ui.ts';
import { width } from './parts/width.ts';
import { type ScreenName, screenOf } from './screen-of.ts';

interface LogProps {
  readonly view: View;
  readonly onClose: () => void;
}

const margin = 3;

export function LogScreen({ view, onClose }: LogProps) {
  const ui = useUi();
  const height = bodyHeight(ui);
  const reader = useLogReader(view, ui, height, ui.columns - margin - 1);
  const { state, rows, change } = reader;
  const [opened] = useState(() => screenOf(view));
  useCommands(
    'log',
    {
      up: () => reader.up(1),
      down: () => reader.down(1),
      pageUp: () => reader.up(height - 2),
      pageDown: () => reader.down(height - 2),
      first: () => change({ place: logStart }),
      follow: () => change({ place: null }),
      find: () => change({ isTyping: true, what: '' }),
      findNext: () => reader.find('below'),
      findPrevious: () => reader.find('above'),
      former: () => reader.otherStep(-1),
      later: () => reader.otherStep(1),
      copy: () => {
        ui.desk.copy(textOf(rows));
        change({ told: ui.words.common.copiedOf(ui.words.log.shownLines) });
      },
      back: onClose,
      language: ui.switchLanguage,
      help: ui.help,
    },
    !state.isTyping,
  );
  useCommands('input', { back: () => change({ isTyping: false }) }, state.isTyping);
  const title = view.steps.find(({ id }) => id === state.step)?.title;
  const lines = rows.map((row) => rowLine(row, state.hit, ui));
  const shown = lines.length > 0 ? lines : [line(`   ${ui.words.log.empty}`, 'past')];
  const filler = Array.from({ length: height - shown.length - (state.isTyping ? 1 : 0) }, () => blank);
  return (
    <Frame
      path={[ui.say(view.title), ui.words.log.title, title ? ui.say(title) : state.step]}
      right={placeLine(reader, ui)}
      notice={noticeOf(reader, view, opened, ui)}
      hints={hintsOf(state.isTyping ? 'input' : 'log', ui.words, ui.signs)}
      status={spineOf(view, ui).status}
    >
      <Rows rows={[...shown, ...filler]} />
      {state.isTyping ? <SearchField reader={reader} /> : null}
    </Frame>
  );
}

function rowLine(row: LogRow, hit: number | null, ui: Ui): Line {
  const isHit = row.from === hit;
  const mark = isHit && row.row === 0 ? ` ${ui.signs.cursor} ` : ' '.repeat(margin);
  return [span(mark, 'accent', true), { text: row.text, bold: isHit }];
}

/** Wrapped lines are put together again. */
function textOf(rows: readonly LogRow[]): string {
  const lines = Map.groupBy(rows, ({ from }) => from);
  return [...lines.values()].map((pieces) => pieces.map(({ text }) => text).join('')).join('\n');
}

function placeLine({ log, rows, isEnd }: LogReader, ui: Ui): Line {
  const { log: words } = ui.words;
  const size = log.size();
  if (size === 0) return [];
  const kilobytes = size / 1000;
  const amount = kilobytes < 1000 ? words.kilobytes(kilobytes) : words.megabytes(kilobytes / 1000);
  const percent = isEnd ? 100 : Math.floor((100 * (rows.at(-1)?.from ?? 0)) / size);
  const place = words.place(percent, amount);
  return line(isEnd ? `${place} ${ui.signs.between} ${words.follows}` : place, 'past');
}

function noticeOf({ state }: LogReader, view: View, opened: ScreenName, ui: Ui): Line {
  if (state.told !== '') return line(state.told, 'waits');
  if (isWatcher(view)) return line(ui.words.common.youWatch, 'waits');
  if (screenOf(view) !== opened && view.end) return line(ui.words.log.isOver, 'waits');
  if (screenOf(view) !== opened && view.need) return line(ui.words.log.needsYou, 'waits');
  return state.isTyping ? blank : line(ui.words.run.log(logPath(view, state.step)), 'past');
}

function SearchField({ reader }: { readonly reader: LogReader }) {
  const ui = useUi();
  const asked = ` ${ui.words.log.search} `;
  return (
    <Box height={1} flexShrink={0}>
      <Rows rows={[line(asked, 'plain', true)]} />
      <TextField
        value={reader.state.what}
        onChange={(what) => reader.change({ what })}
        onSubmit={() => reader.find('below')}
        width={ui.columns - width(asked) - 2}
      />
    </Box>
  );
}
