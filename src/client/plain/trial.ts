/** A change is on trial: whether it works is asked, for as long as there is time. */
import { type Asking, untilChanged } from './index.ts';

export async function askOnTrial({ talk, connection }: Asking): Promise<void> {
  const { trial } = connection.view();
  if (!trial) return;
  const { words } = talk;
  const seconds = Math.max(0, Math.ceil((Date.parse(trial.until) - Date.now()) / 1000));
  talk.print('', talk.say(trial.title), talk.say(trial.say), words.trial.until(seconds));
  const over = new AbortController();
  // The engine puts another question when the time is over: this one must not stand in its way.
  void untilChanged(connection, ({ trial: now }) => now).then(() => {
    if (!isAnswered) talk.print('');
    over.abort();
  });
  let isAnswered = false;
  const answer = await talk.choose(
    [
      { value: 'confirm' as const, label: words.trial.keep },
      { value: 'refuse' as const, label: words.trial.undo },
    ],
    undefined,
    over.signal,
  );
  isAnswered = true;
  connection.send({ type: answer });
}
