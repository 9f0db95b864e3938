/** The work as it goes on: where it is, what the current step says, what is finished. */
import { useAnimation } from 'ink';
import { useRef, useState } from 'react';
import type { View } from '../src/run/protocol.ts';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { type Line, line } from './parts/line.ts';
import type { ScreenProps } from './parts/props.ts';
import { Rows } from './parts/row.tsx';
import { isWatcher, spineOf } from './parts/spine.ts';
import { type Ui, useUi } from './parts/ui.ts';
import { isPlanning, Planning } from './planning.tsx';
import { bodyLines, headerLines, isWide, outputHeight } from './run-lines.ts';
import { anchored, below, lineCount } from './run-output.ts';

export function Run({ view, send }: ScreenProps) {
  const ui = useUi();
  const [isStopping, setStopping] = useState(false);
  if (isPlanning(view)) return <Planning view={view} />;
  const stop = () => {
    if (!view.decides || isStopping) return;
    setStopping(true);
    send({ type: 'stop' });
  };
  return (
    <Progress
      view={view}
      notice={isStopping ? line(ui.words.run.stopAsked, 'waits') : noticeOf(view, ui)}
      onStop={stop}
    />
  );
}

interface ProgressProps {
  readonly view: View;
  readonly notice: Line;
  readonly onStop: () => void;
}

function Progress({ view, notice, onStop }: ProgressProps) {
  const ui = useUi();
  // Counts seconds on the screen; nothing else depends on it.
  useAnimation({ interval: 1000, isActive: ui.active });
  const heard = useHeard(view, ui.now());
  // Place in the output, as the number of the line after the last one seen; nothing: the end is followed.
  const [scrolled, setScrolled] = useState<{ readonly step: string; readonly end: number } | null>(null);
  const spine = spineOf(view, ui);
  const under = headerLines(view, ui);
  const height = bodyHeight(ui, 1 + under.length);
  const room = outputHeight(view, ui, height);
  const step = view.steps.find(({ state }) => state === 'running')?.id ?? '';
  const end = scrolled?.step === step ? anchored(view, scrolled.end, room) : lineCount(view);
  const seek = (to: number) => {
    const next = anchored(view, to, room);
    setScrolled(next >= lineCount(view) ? null : { step, end: next });
  };
  useCommands('run', {
    up: () => seek(end - 1),
    down: () => seek(end + 1),
    pageUp: () => seek(end - Math.max(1, room - 2)),
    pageDown: () => seek(end + Math.max(1, room - 2)),
    first: () => seek(0),
    follow: () => setScrolled(null),
    output: () => ui.readOutput(true),
    stop: onStop,
    leave: ui.askLeave,
    language: ui.switchLanguage,
    help: ui.help,
  });
  const more = below(view, end);
  return (
    <Frame
      path={spine.path}
      right={spine.right}
      under={under}
      notice={more > 0 ? line(ui.words.run.scrolled(more), 'waits') : notice}
      hints={hintsOf('run', ui.words, ui.signs, view.decides ? [] : ['stop'])}
      status={spine.status}
    >
      <Rows rows={bodyLines({ view, ui, height, end, heard, wide: isWide(ui) })} />
    </Frame>
  );
}

/** When the current step was last heard, as far as this window knows. */
function useHeard(view: View, now: number): number {
  const last = useRef({ lines: view.lines, at: now });
  if (last.current.lines !== view.lines) last.current = { lines: view.lines, at: now };
  return last.current.at;
}

function noticeOf(view: View, ui: Ui): Line {
  if (isWatcher(view)) return line(ui.words.common.youWatch, 'waits');
  if (view.endsAtLogout) return line(ui.words.run.keepLogin, 'waits');
  const warning = view.warnings.at(-1);
  if (warning) return line(`${ui.signs.differs} ${ui.say(warning.say)}`, 'waits');
  return line(view.live ? ui.words.run.mayClose : '', 'past');
}
