/** The end: what was done, where it is, what is left. */
import { useState } from 'react';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { type Line, line, type Tone } from './parts/line.ts';
import type { ScreenProps } from './parts/props.ts';
import { Rows } from './parts/row.tsx';
import { clamp } from './parts/scroll.ts';
import { useUi } from './parts/ui.ts';
import { chop, wrap } from './parts/width.ts';
import { exitOf } from './screen-of.ts';
import { paragraphs } from './summary.ts';

export function Finished({ view }: ScreenProps) {
  const ui = useUi();
  const [top, setTop] = useState(0);
  const lines = paragraphs(view, ui).flatMap(({ text, tone, indent, exact }) =>
    (exact ? chop : wrap)(text, ui.columns - 2 - indent).map(
      (one): Line => line(` ${' '.repeat(indent)}${one}`, tone),
    ),
  );
  const height = bodyHeight(ui);
  const last = Math.max(0, lines.length - height);
  useCommands('finished', {
    up: () => setTop(clamp(top - 1, last + 1)),
    down: () => setTop(clamp(top + 1, last + 1)),
    quit: () => ui.leave(exitOf(view)),
    language: ui.switchLanguage,
    help: ui.help,
  });
  const state = view.end?.state ?? 'running';
  const title = ui.words.finished.titles[state];
  const below = lines.length - Math.min(top, last) - height;
  return (
    <Frame
      path={[ui.say(view.title), ui.words.run.titles[view.kind]]}
      right={line(title, toneOf(state), true)}
      notice={below > 0 ? line(ui.words.common.more(below), 'past') : []}
      hints={hintsOf('finished', ui.words, ui.signs, lines.length <= height ? ['up'] : [])}
      status={ui.words.common.pair(ui.say(view.title), title)}
    >
      <Rows rows={lines.slice(Math.min(top, last), Math.min(top, last) + height)} />
    </Frame>
  );
}

function toneOf(state: string): Tone {
  if (state === 'failed') return 'failed';
  return state === 'done' || state === 'rolled-back' ? 'done' : 'waits';
}
