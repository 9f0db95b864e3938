/** A change is on trial: it is kept by one key, and taken back by itself when the time is over. */
import { useAnimation } from 'ink';
import { useState } from 'react';
import type { Decision, Trial } from '../src/run/protocol.ts';
import { Asking } from './parts/asking.tsx';
import { useCommands } from './parts/commands.ts';
import { bodyHeight } from './parts/frame.tsx';
import { blank, type Line, line, span } from './parts/line.ts';
import type { ScreenProps } from './parts/props.ts';
import { Rows } from './parts/row.tsx';
import { type Ui, useUi } from './parts/ui.ts';
import { wrap } from './parts/width.ts';

export function TrialScreen({ view, send }: ScreenProps) {
  const ui = useUi();
  // Counts seconds on the screen; the engine has its own clock.
  useAnimation({ interval: 1000, isActive: ui.active });
  // One decision per trial: the same one sent twice would be heard twice.
  const [decided, setDecided] = useState('');
  const { trial } = view;
  const decide = (decision: Decision) => {
    if (!trial || !view.decides || decided === trial.until) return;
    setDecided(trial.until);
    send(decision);
  };
  useCommands('trial', {
    keep: () => decide({ type: 'confirm' }),
    undo: () => decide({ type: 'refuse' }),
    quit: ui.askLeave,
    language: ui.switchLanguage,
    help: ui.help,
  });
  return (
    <Asking
      view={view}
      what={ui.words.trial.title}
      keySet="trial"
      {...(trial ? { status: leftText(trial, ui) } : {})}
    >
      <Rows rows={trial ? storyOf(trial, ui) : []} />
    </Asking>
  );
}

function storyOf(trial: Trial, ui: Ui): Line[] {
  const wrapped = (text: string): Line[] => wrap(text, ui.columns - 2).map((one) => line(` ${one}`));
  const { keep, undo } = ui.words.trial;
  // In a small window the empty lines give way to what there is to read.
  const gap = bodyHeight(ui) > 12 ? [blank] : [];
  const key = (name: string, text: string): Line => [span(`   ${name}  `, 'plain', true), span(text)];
  return [
    ...gap,
    ...wrapped(ui.say(trial.title)).map((one) => one.map((part) => ({ ...part, bold: true }))),
    ...gap,
    ...wrapped(ui.say(trial.say)),
    blank,
    line(` ${leftText(trial, ui)}`, 'waits', true),
    line(` ${bar(trial, ui)}`, 'waits'),
    blank,
    key('c', keep),
    key('n', undo),
  ];
}

const secondsLeft = ({ until }: Trial, { now }: Ui): number =>
  Math.max(0, Math.ceil((Date.parse(until) - now()) / 1000));

/** As many figures as there were at first: nothing on the line moves. */
function leftText(trial: Trial, ui: Ui): string {
  const seconds = secondsLeft(trial, ui);
  const { left, over } = ui.words.trial;
  return seconds === 0 ? over : left(String(seconds).padStart(String(Math.ceil(trial.limit / 1000)).length));
}

function bar(trial: Trial, ui: Ui): string {
  const cells = ui.columns - 2;
  const share = Math.min(1, (secondsLeft(trial, ui) * 1000) / trial.limit);
  const filled = Math.round(cells * share);
  return ui.signs.filled.repeat(filled) + ui.signs.unfilled.repeat(cells - filled);
}
