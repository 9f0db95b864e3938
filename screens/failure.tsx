/** A step failed: what happened, what state the machine is in now, what can be done. */
import { Box } from 'ink';
import { useState } from 'react';
import { failureSentence } from '../src/i18n/index.ts';
import type { Decision, View } from '../src/run/protocol.ts';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { blank, type Line, line, span } from './parts/line.ts';
import { type Choice, Menu } from './parts/menu.tsx';
import type { ScreenProps } from './parts/props.ts';
import { Rows } from './parts/row.tsx';
import { TextField } from './parts/text-field.tsx';
import { type Ui, useUi } from './parts/ui.ts';
import { chop, clean, wrap } from './parts/width.ts';

type Answer = 'retry' | 'correct' | 'skip' | 'rollback' | 'stop' | 'back' | 'sure';
type Part = 'menu' | 'reason' | 'confirm' | 'output';

export function FailureScreen({ view, send }: ScreenProps) {
  const ui = useUi();
  const { failure } = ui.words;
  const [part, setPart] = useState<Part>('menu');
  const [reason, setReason] = useState('');
  const [told, setTold] = useState('');
  // One decision per failure: the same one sent twice would be heard twice.
  const [decidedAt, setDecidedAt] = useState(-1);
  const isActive = view.decides && decidedAt !== view.seq;
  const decide = (decision: Decision) => {
    setDecidedAt(view.seq);
    setPart('menu');
    send(decision);
  };
  const choose = (answer: Answer) => {
    if (answer === 'retry' || answer === 'correct' || answer === 'stop') decide({ type: answer });
    if (answer === 'sure') decide({ type: 'rollback' });
    if (answer === 'skip') setPart('reason');
    if (answer === 'rollback') setPart('confirm');
    if (answer === 'back') setPart('menu');
  };
  useCommands(
    'failure',
    {
      output: () => setPart('output'),
      copy: () => {
        ui.desk.copy(errorText(view, ui));
        setTold(ui.words.common.copied);
      },
      quit: ui.askLeave,
      language: ui.switchLanguage,
      help: ui.help,
    },
    part === 'menu',
  );
  useCommands('menu', { back: () => setPart('menu') }, part !== 'menu');
  const done = view.steps.filter(({ state }) => state === 'done').length;
  const choices = part === 'confirm' ? confirmChoices(ui) : menuChoices(view, ui, done);
  const height = bodyHeight(ui);
  const asked = part === 'output' ? 0 : part === 'reason' ? 3 : choices.length + 1;
  const lines = part === 'output' ? outputLines(view, ui, height) : story(view, ui, done, height - asked);
  const hints = part === 'menu' ? 'failure' : part === 'reason' ? 'input' : 'menu';
  const sendReason = () => {
    if (reason.trim() === '') return setTold(failure.reasonNeeded);
    decide({ type: 'skip', reason: reason.trim() });
  };
  return (
    <Frame
      path={[ui.say(view.title), ui.words.run.titles[view.kind]]}
      right={failedPlace(view, ui)}
      notice={line(told)}
      hints={hintsOf(hints, ui.words, ui.signs)}
      status={`${ui.signs.failed} ${titleOf(view, ui)}`}
    >
      <Rows rows={lines} />
      {part === 'reason' ? (
        <ReasonField value={reason} onChange={setReason} onSubmit={sendReason} isActive={isActive} />
      ) : null}
      {part === 'menu' || part === 'confirm' ? (
        <Box flexDirection="column" flexShrink={0}>
          <Rows rows={[line(part === 'confirm' ? ` ${failure.confirmRollback}` : '', 'plain', true)]} />
          <Menu key={part} choices={choices} onSelect={choose} isActive={isActive} height={height - 6} />
        </Box>
      ) : null}
    </Frame>
  );
}

interface ReasonFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onSubmit: () => void;
  readonly isActive: boolean;
}

function ReasonField({ value, onChange, onSubmit, isActive }: ReasonFieldProps) {
  const ui = useUi();
  return (
    <>
      <Rows rows={[blank, line(` ${ui.words.failure.reason}`, 'plain', true)]} />
      <Box paddingLeft={3} height={1}>
        <TextField
          value={value}
          onChange={onChange}
          onSubmit={onSubmit}
          width={ui.columns - 6}
          isActive={isActive}
        />
      </Box>
    </>
  );
}

function failedPlace(view: View, ui: Ui): Line {
  const index = view.steps.findIndex(({ id }) => id === view.error?.step);
  const place = index < 0 ? '' : ` ${ui.words.failure.title(index + 1, view.steps.length)}`;
  return line(`${ui.signs.failed}${place}`, 'failed', true);
}

function titleOf(view: View, ui: Ui): string {
  const step = view.steps.find(({ id }) => id === view.error?.step);
  return step ? ui.say(step.title) : (view.error?.step ?? '');
}

function sentence(view: View, ui: Ui): string {
  return view.error ? failureSentence(view.error.error, ui.lang) : '';
}

/** For the clipboard: what somebody who helps needs to read. */
function errorText(view: View, ui: Ui): string {
  const last = view.error?.error.lastLines ?? [];
  return [
    ui.words.common.pair(ui.say(view.title), titleOf(view, ui)),
    sentence(view, ui),
    ...last.map(clean),
    view.logs,
  ].join('\n');
}

/** From what happened to what still holds; the last lines of output give way first. */
function story(view: View, ui: Ui, done: number, room: number): Line[] {
  const wrapped = (text: string): string[] => wrap(text, ui.columns - 2);
  const head: Line[] = [
    [span(` ${ui.signs.failed} `, 'failed', true), span(titleOf(view, ui), 'plain', true)],
    ...wrapped(sentence(view, ui))
      .slice(0, 5)
      .map((one) => line(` ${one}`)),
    blank,
  ];
  const log = view.logs && view.error ? `${view.logs}/${view.error.step}.log` : '';
  const tail: Line[] = [
    ...(log ? chop(ui.words.failure.log(log), ui.columns - 4).map((one) => line(`   ${one}`, 'past')) : []),
    ...(view.kind === 'install'
      ? wrapped(ui.words.failure.restStays(done)).map((one) => line(` ${one}`))
      : []),
  ];
  const free = Math.max(0, room - head.length - tail.length);
  const last = lastLines(view, ui).slice(-free);
  return [...head, ...(free > 0 ? last : []), ...tail].slice(0, Math.max(1, room));
}

function lastLines(view: View, ui: Ui): Line[] {
  const lines = view.error?.error.lastLines ?? [];
  return lines
    .map(clean)
    .filter((one) => one.trim() !== '')
    .map((one) => [span(`   ${ui.signs.bar} `, 'failed'), span(one)]);
}

function outputLines(view: View, ui: Ui, height: number): Line[] {
  const all = view.lines.length > 0 ? view.lines : (view.error?.error.lastLines ?? []);
  return all
    .flatMap((one) => chop(clean(one), ui.columns - 2).map((piece) => line(` ${piece}`)))
    .slice(-height);
}

function menuChoices(view: View, ui: Ui, done: number): Choice<Answer>[] {
  const { choices } = ui.words.failure;
  const all: readonly (readonly [Answer, string])[] = [
    ['retry', choices.retry],
    ['correct', choices.correct],
    ['skip', choices.skip],
    ['rollback', choices.rollback(done)],
    ['stop', choices.stop],
  ];
  const onlyInstall: readonly Answer[] = ['correct', 'rollback', 'skip'];
  return all
    .filter(([value]) => view.kind === 'install' || !onlyInstall.includes(value))
    .map(([value, text]) => ({ value, key: value, line: line(text) }));
}

function confirmChoices(ui: Ui): Choice<Answer>[] {
  const { failure } = ui.words;
  return [
    { value: 'back', key: 'back', line: line(failure.confirmNo) },
    { value: 'sure', key: 'sure', line: line(failure.confirmYes, 'waits') },
  ];
}
