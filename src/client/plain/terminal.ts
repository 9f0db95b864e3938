/** A program that asks its own questions: the terminal is lent to it. */
import { quoted } from '../../i18n/index.ts';
import type { Asking } from './index.ts';

export async function askTerminal({ talk, connection, desk }: Asking): Promise<void> {
  const task = connection.view().terminal;
  if (!task) return;
  const { terminal } = talk.words;
  talk.print(
    '',
    talk.say(task.title),
    terminal.sentence,
    `  $ ${talk.plain(task.argv.map(quoted).join(' '))}`,
    ...(task.as ? [terminal.as(task.as)] : []),
    ...(task.interrupted ? [terminal.interrupted] : []),
  );
  const answer = await talk.choose(
    [
      { value: 'run', label: task.interrupted ? terminal.runAgain : terminal.run },
      { value: 'look', label: terminal.look },
      { value: 'later', label: terminal.later },
    ],
    'run',
  );
  if (answer === 'later') return connection.send({ type: 'later' });
  if (answer === 'look') return connection.send({ type: 'terminal-done', code: null, signal: null });
  const { code, signal } = await talk.lend(() => desk.run(task));
  connection.send({ type: 'terminal-done', code, signal });
}
