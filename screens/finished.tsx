/** The end: what was done, where it is, what is left. */
import { useState } from 'react';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { type Line, line, span, type Tone } from './parts/line.ts';
import type { ScreenProps } from './parts/props.ts';
import { Rows } from './parts/row.tsx';
import { clamp } from './parts/scroll.ts';
import { spineOf } from './parts/spine.ts';
import { useUi } from './parts/ui.ts';
import { chop, wrap } from './parts/width.ts';
import { exitOf } from './screen-of.ts';
import { paragraphs, summary } from './summary.ts';

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
  const [told, setTold] = useState('');
  const copy = () => {
    ui.desk.copy(summary(view, ui.lang, ui.ascii));
    setTold(ui.words.common.copiedOf(ui.words.finished.wholeSummary));
  };
  useCommands('finished', {
    up: () => setTop(clamp(top - 1, last + 1)),
    down: () => setTop(clamp(top + 1, last + 1)),
    output: () => ui.readOutput(true),
    copy,
    quit: () => ui.leave(exitOf(view)),
    language: ui.switchLanguage,
    help: ui.help,
  });
  const without = [lines.length <= height ? 'up' : '', view.steps.some(({ began }) => began) ? '' : 'output'];
  const state = view.end?.state ?? 'running';
  const title = ui.words.finished.titles[state];
  const below = lines.length - Math.min(top, last) - height;
  const spine = spineOf(view, ui, title);
  return (
    <Frame
      path={[ui.say(view.title), ui.words.run.titles[view.kind]]}
      right={[
        span(title, toneOf(state), true),
        ...(spine.right.length > 0 ? [span(` ${ui.signs.between} `), ...spine.right] : []),
      ]}
      notice={told ? line(told, 'waits') : below > 0 ? line(ui.words.common.more(below), 'past') : []}
      hints={hintsOf('finished', ui.words, ui.signs, without)}
      status={spine.status}
    >
      <Rows rows={lines.slice(Math.min(top, last), Math.min(top, last) + height)} />
    </Frame>
  );
}

function toneOf(state: string): Tone {
  if (state === 'failed') return 'failed';
  return state === 'done' || state === 'rolled-back' ? 'done' : 'waits';
}
