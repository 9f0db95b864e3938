/** A step failed: what happened, what state the machine is in now, what can be done. */
import { Box } from 'ink';
import { useState } from 'react';
import { shellGreeting } from '../src/i18n/failed-step.ts';
import type { Decision, View } from '../src/run/protocol.ts';
import { errorText, story } from './failure-lines.ts';
import { useCommands } from './parts/commands.ts';
import { bodyHeight, Frame } from './parts/frame.tsx';
import { hintsOf } from './parts/keys.ts';
import { blank, line, span } from './parts/line.ts';
import { type Choice, Menu } from './parts/menu.tsx';
import type { ScreenProps } from './parts/props.ts';
import { Rows } from './parts/row.tsx';
import { isWatcher, spineOf } from './parts/spine.ts';
import { TextField } from './parts/text-field.tsx';
import { type Ui, useUi } from './parts/ui.ts';

type Answer =
  | `remedy ${string}`
  | 'retry'
  | 'correct'
  | 'shell'
  | 'skip'
  | 'rollback'
  | 'stop'
  | 'back'
  | 'sure';
type Part = 'menu' | 'reason' | 'confirm';

export function FailureScreen({ view, send }: ScreenProps) {
  const ui = useUi();
  const { failure } = ui.words;
  const [part, setPart] = useState<Part>('menu');
  const [reason, setReason] = useState('');
  const [told, setTold] = useState(() => lastTold(ui));
  // One decision per failure: the same one sent twice would be heard twice.
  const [decidedAt, setDecidedAt] = useState(-1);
  const isActive = view.decides && decidedAt !== view.seq;
  const decide = (decision: Decision) => {
    setDecidedAt(view.seq);
    setPart('menu');
    send(decision);
  };
  const back = () => {
    setPart('menu');
    setTold('');
  };
  const choose = (answer: Answer) => {
    if (answer === 'retry' || answer === 'correct' || answer === 'stop') decide({ type: answer });
    if (answer.startsWith('remedy ')) decide({ type: 'remedy', id: answer.slice('remedy '.length) });
    if (answer === 'sure') decide({ type: 'rollback' });
    if (answer === 'skip') setPart('reason');
    if (answer === 'rollback') setPart('confirm');
    if (answer === 'back') back();
    if (answer === 'shell') void openShell(view, ui, send);
  };
  useCommands(
    'failure',
    {
      output: () => ui.readOutput(true),
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
  useCommands('menu', { back }, part === 'reason' || part === 'confirm');
  const done = view.steps.filter(({ state }) => state === 'done').length;
  const choices = part === 'confirm' ? confirmChoices(ui) : menuChoices(view, ui, done);
  const height = bodyHeight(ui);
  // In a small window the empty line over the menu gives way to what there is to read.
  const gap = part === 'confirm' || height > 12 ? 1 : 0;
  const asked = part === 'reason' ? 3 : choices.length + gap;
  const spine = spineOf(view, ui);
  const hints = part === 'menu' ? 'failure' : part === 'reason' ? 'input' : 'menu';
  const notice = told === '' && isWatcher(view) ? ui.words.common.youWatch : told;
  const sendReason = () => {
    if (reason.trim() === '') return setTold(failure.reasonNeeded);
    decide({ type: 'skip', reason: reason.trim() });
  };
  return (
    <Frame
      path={spine.path}
      right={[span(`${ui.signs.failed} `, 'failed', true), ...spine.right]}
      notice={line(notice, 'waits')}
      hints={hintsOf(hints, ui.words, ui.signs)}
      status={`${ui.signs.failed} ${spine.status}`}
    >
      <Rows rows={story(view, ui, done, height - asked)} />
      {part === 'reason' ? (
        <ReasonField value={reason} onChange={setReason} onSubmit={sendReason} isActive={isActive} />
      ) : (
        <Box flexDirection="column" flexShrink={0}>
          <Rows
            rows={gap ? [line(part === 'confirm' ? ` ${failure.confirmRollback}` : '', 'plain', true)] : []}
          />
          <Menu key={part} choices={choices} onSelect={choose} isActive={isActive} height={height - 4} />
        </Box>
      )}
    </Frame>
  );
}

const place = 'failure';

/** The terminal is lent; afterwards the screens are drawn anew, and this one says how it went. */
async function openShell(view: View, ui: Ui, send: ScreenProps['send']): Promise<void> {
  const { isBack, failed } = ui.words.failure.shell;
  send({ type: 'shell' });
  const { problem } = await ui.desk.shell(shellGreeting(view, ui));
  ui.memory.places.set(place, problem === undefined ? isBack : failed(problem));
}

function lastTold(ui: Ui): string {
  const told = ui.memory.places.get(place);
  ui.memory.places.delete(place);
  return typeof told === 'string' ? told : '';
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

function menuChoices(view: View, ui: Ui, done: number): Choice<Answer>[] {
  const { choices, remedy } = ui.words.failure;
  const remedies = view.error?.error.remedies ?? [];
  const all: readonly (readonly [Answer, string])[] = [
    ...remedies.map(({ id, title }) => [`remedy ${id}`, remedy(ui.say(title))] as const),
    ['retry', choices.retry],
    ['correct', choices.correct],
    ['shell', choices.shell],
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
