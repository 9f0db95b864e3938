/** A program asks its own questions: the terminal is lent to it when the person is ready. */
import { quoted } from '../src/i18n/index.ts';
import type { TerminalTask } from '../src/run/protocol.ts';
import { Asking } from './parts/asking.tsx';
import { useCommands } from './parts/commands.ts';
import { blank, type Line, line } from './parts/line.ts';
import { type Choice, Menu } from './parts/menu.tsx';
import type { ScreenProps } from './parts/props.ts';
import { Rows } from './parts/row.tsx';
import { type Ui, useUi } from './parts/ui.ts';
import { chop, clean, wrap } from './parts/width.ts';

type Answer = 'run' | 'look' | 'later';

export function TerminalScreen({ view, send }: ScreenProps) {
  const ui = useUi();
  const { terminal } = ui.words;
  const task = view.terminal;
  useCommands('choices', {
    back: ui.askLeave,
    quit: ui.askLeave,
    language: ui.switchLanguage,
    help: ui.help,
  });
  const choose = async (answer: Answer) => {
    if (answer === 'later') return send({ type: 'later' });
    if (answer === 'look') return send({ type: 'terminal-done', code: null, signal: null });
    if (!task) return;
    const { code, signal } = await ui.desk.run(task);
    send({ type: 'terminal-done', code, signal });
  };
  const choices: Choice<Answer>[] = [
    { value: 'run', key: 'run', line: line(task?.interrupted ? terminal.runAgain : terminal.run) },
    { value: 'look', key: 'look', line: line(terminal.look) },
    { value: 'later', key: 'later', line: line(terminal.later) },
  ];
  return (
    <Asking view={view} what={terminal.title}>
      <Rows rows={task ? storyOf(task, ui) : []} />
      <Menu choices={choices} onSelect={(answer) => void choose(answer)} isActive={view.decides} />
    </Asking>
  );
}

function storyOf(task: TerminalTask, ui: Ui): Line[] {
  const { terminal } = ui.words;
  const wrapped = (text: string, tone: 'plain' | 'waits' | 'past' = 'plain'): Line[] =>
    wrap(text, ui.columns - 2).map((one) => line(` ${one}`, tone));
  const command = clean(`$ ${task.argv.map(quoted).join(' ')}`);
  return [
    blank,
    ...wrapped(ui.say(task.title)).map((one) => one.map((part) => ({ ...part, bold: true }))),
    blank,
    ...wrapped(terminal.sentence),
    ...chop(command, ui.columns - 4).map((one) => line(`   ${one}`)),
    ...(task.as ? wrapped(terminal.as(task.as), 'past') : []),
    ...(task.interrupted ? [blank, ...wrapped(terminal.interrupted, 'waits')] : []),
    blank,
  ];
}
