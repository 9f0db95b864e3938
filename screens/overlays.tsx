/** What lies over a screen for a moment: its keys, or the question whether to stop. */
import { useInput } from 'ink';
import type { Decision, View } from '../src/run/protocol.ts';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame } from './parts/frame.tsx';
import { type Binding, hintsOf, type KeySet, keyShown, keyTable } from './parts/keys.ts';
import { blank, type Line, line, span } from './parts/line.ts';
import { type Choice, Menu } from './parts/menu.tsx';
import { Rows } from './parts/row.tsx';
import { type Ui, useUi } from './parts/ui.ts';
import { chop, pad } from './parts/width.ts';
import { exitOf } from './screen-of.ts';

/** All keys of the screen under it, and the signs; made from the same table as the footer. */
export function Help({ set, onClose }: { readonly set: KeySet; readonly onClose: () => void }) {
  const ui = useUi();
  useInput((_, key) => {
    if (!(key.ctrl && _ === 'c')) onClose();
  });
  const rows = [
    line(` ${ui.words.help.title}`, 'plain', true),
    ...keyLines(set, ui),
    blank,
    line(` ${ui.words.help.signs}`, 'plain', true),
    ...signLines(ui),
  ];
  return (
    <Frame
      path={[ui.words.common.product, ui.words.help.title]}
      notice={line(ui.words.help.close, 'past')}
      hints={[]}
      status={ui.words.help.close}
    >
      <Rows rows={rows.slice(0, bodyHeight(ui))} />
    </Frame>
  );
}

function keyLines(set: KeySet, ui: Ui): Line[] {
  const bindings: readonly Binding[] = keyTable[set];
  const byLabel = Map.groupBy(bindings, ({ label }) => ui.words.keys.commands[label]);
  return [...byLabel].map(([label, all]) => {
    const keys = [...new Set(all.map((binding) => keyShown(binding, ui.words, ui.signs)))].join(' ');
    return [span(`   ${pad(keys, 18)}`, 'plain', true), span(label)];
  });
}

/** Signs in as many columns as there is room for. */
function signLines(ui: Ui): Line[] {
  const { signNames } = ui.words.help;
  const names = Object.keys(signNames) as (keyof typeof signNames)[];
  const cell = 26;
  const perLine = Math.max(1, Math.floor((ui.columns - 3) / cell));
  const cells = names.map((name) => pad(`${ui.signs[name]}  ${signNames[name]}`, cell));
  const count = Math.ceil(cells.length / perLine);
  return Array.from({ length: count }, (_, row) =>
    line(`   ${cells.slice(row * perLine, (row + 1) * perLine).join('')}`),
  );
}

interface LeaveProps {
  readonly view: View;
  readonly send: (decision: Decision) => void;
  readonly onClose: () => void;
}

/** Stopping is never one key away from harm: the first choice changes nothing. */
export function Leave({ view, send, onClose }: LeaveProps) {
  const ui = useUi();
  const { leave } = ui.words;
  const isRunning = view.need === null;
  useCommands('menu', { back: onClose });
  const choices: Choice<() => void>[] = [
    { key: 'stay', line: line(isRunning ? leave.stay : leave.stayHere), value: onClose },
    ...(isRunning && view.decides
      ? [
          {
            key: 'stop',
            line: line(leave.stop),
            value: () => {
              send({ type: 'stop' });
              onClose();
            },
          },
        ]
      : []),
    { key: 'leave', line: line(isRunning ? leave.goOn : leave.leave), value: () => ui.leave(exitOf(view)) },
  ];
  const told =
    view.resume === ''
      ? []
      : [blank, ...chop(view.resume, ui.columns - 4).map((one) => line(`   ${one}`, 'past'))];
  const isUntouched = view.need === 'answers' || view.need === 'consent';
  const done = view.steps.filter(({ state }) => state === 'done').length;
  const kept = view.kind === 'install' ? ui.words.failure.restStays(done) : '';
  const waiting = isUntouched ? ui.words.form.kept : kept;
  return (
    <Frame
      path={[ui.say(view.title), leave.title]}
      hints={hintsOf('menu', ui.words, ui.signs)}
      status={leave.title}
    >
      <Rows rows={[blank, line(` ${isRunning ? ui.words.run.mayClose : waiting}`), blank]} />
      <Menu choices={choices} onSelect={(act) => act()} />
      <Rows rows={told} />
    </Frame>
  );
}

/** The engine is gone. Everything is on disk; this says how to go on. */
export function Lost({ view }: { readonly view: View }) {
  const ui = useUi();
  const { common } = ui.words;
  useInput((input, key) => {
    if (key.return || input === 'q' || key.escape) ui.leave(1);
  });
  const resume = chop(view.resume, ui.columns - 4).map((one) => line(`   ${one}`));
  return (
    <Frame
      path={[ui.say(view.title)]}
      hints={[{ key: ui.words.keys.names.enter, label: ui.words.keys.commands.quit }]}
      status={common.lost}
    >
      <Rows
        rows={[blank, line(` ${common.lost}`, 'failed'), blank, line(` ${common.lostThen}`), ...resume]}
      />
    </Frame>
  );
}
