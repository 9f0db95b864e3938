/** What lies over a screen for a moment: its keys, or the question whether to stop. */
import { useInput } from 'ink';
import { useState } from 'react';
import type { Decision, View } from '../src/run/protocol.ts';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame } from './parts/frame.tsx';
import { type Binding, hintsOf, type KeySet, keyShown, keyTable } from './parts/keys.ts';
import { blank, type Line, line, lineWidth, span, spread } from './parts/line.ts';
import { type Choice, Menu } from './parts/menu.tsx';
import { Rows } from './parts/row.tsx';
import { spineOf } from './parts/spine.ts';
import { type Ui, useUi } from './parts/ui.ts';
import { chop, pad, width, wrap } from './parts/width.ts';
import { exitOf } from './screen-of.ts';

/** All keys of the screen under it, and the signs; made from the same table as the footer. */
export function Help({ set, onClose }: { readonly set: KeySet; readonly onClose: () => void }) {
  const ui = useUi();
  const [top, setTop] = useState(0);
  const rows = [
    line(` ${ui.words.help.title}`, 'plain', true),
    ...inColumns(keyCells(set, ui), ui),
    line(` ${ui.words.help.signs}`, 'plain', true),
    ...inColumns(signCells(ui), ui),
  ];
  const height = bodyHeight(ui);
  const last = Math.max(0, rows.length - height);
  useInput((input, key) => {
    if (key.ctrl && input === 'c') return;
    if (key.downArrow || key.pageDown) return setTop(Math.min(last, top + 1));
    if (key.upArrow || key.pageUp) return setTop(Math.max(0, top - 1));
    onClose();
  });
  const more = last - top > 0 ? `${ui.words.common.more(last - top)} ${ui.signs.between} ` : '';
  return (
    <Frame
      path={[ui.words.common.product, ui.words.help.title]}
      notice={line(`${more}${ui.words.help.close}`, 'past')}
      hints={[]}
      status={ui.words.help.close}
    >
      <Rows rows={rows.slice(top, top + height)} />
    </Frame>
  );
}

function keyCells(set: KeySet, ui: Ui): Line[] {
  const bindings: readonly Binding[] = keyTable[set];
  const byLabel = Map.groupBy(bindings, ({ label }) => ui.words.keys.commands[label]);
  const cells = [...byLabel].map(([label, all]) => {
    const keys = [...new Set(all.map((binding) => keyShown(binding, ui.words, ui.signs)))].join(' ');
    return { keys, label };
  });
  const room = Math.max(...cells.map(({ keys }) => width(keys)));
  return cells.map(({ keys, label }) => [span(`${pad(keys, room)}  `, 'plain', true), span(label)]);
}

function signCells(ui: Ui): Line[] {
  const { signNames } = ui.words.help;
  const names = Object.keys(signNames) as (keyof typeof signNames)[];
  const room = Math.max(...names.map((name) => width(ui.signs[name])));
  return names.map((name) => line(`${pad(ui.signs[name], room)}  ${signNames[name]}`));
}

/** Cells in as many columns as there is room for, and an empty line under them. */
function inColumns(cells: readonly Line[], { columns, signs }: Ui): Line[] {
  const wide = Math.max(...cells.map(lineWidth)) + 3;
  const perLine = Math.max(1, Math.floor((columns - 1) / wide));
  const count = Math.ceil(cells.length / perLine);
  const rows = Array.from({ length: count }, (_, row) =>
    cells
      .filter((_cell, index) => index % count === row)
      .flatMap((cell) => spread([span('   '), ...cell], [], wide, signs.more)),
  );
  return [...rows, blank];
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
    ...(view.live && !view.decides
      ? [
          {
            key: 'take-over',
            line: line(leave.takeOver),
            value: () => {
              send({ type: 'take-over' });
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
  const kept = view.kind === 'install' ? ui.words.failure.restStays(done) : leave.undoneStays;
  const isOnTrial = view.need === 'confirmation' && view.decides;
  const waiting = isUntouched ? ui.words.form.kept : isOnTrial ? ui.words.trial.leaving : kept;
  const goesOn = view.endsAtLogout ? ui.words.run.keepLogin : ui.words.run.mayClose;
  const about = wrap(isRunning ? goesOn : waiting, ui.columns - 2).map((one) => line(` ${one}`));
  const spine = spineOf(view, ui, leave.title);
  return (
    <Frame
      path={spine.path}
      right={spine.right}
      hints={hintsOf('menu', ui.words, ui.signs)}
      status={spine.status}
    >
      <Rows rows={[blank, ...about, blank]} />
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
  const lost = wrap(common.lost, ui.columns - 2).map((one) => line(` ${one}`, 'failed'));
  const then = wrap(common.lostThen, ui.columns - 2).map((one) => line(` ${one}`));
  const spine = spineOf(view, ui);
  return (
    <Frame
      path={spine.path}
      right={spine.right}
      hints={[{ key: ui.words.keys.names.enter, label: ui.words.keys.commands.quit }]}
      status={common.lost}
    >
      <Rows rows={[blank, ...lost, blank, ...then, ...resume]} />
    </Frame>
  );
}
