/** A step failed: the same choices as on the screen, numbered. */
import { failedLog, shellGreeting } from '../../i18n/failed-step.ts';
import type { Asking } from './index.ts';

const offered = {
  install: ['retry', 'correct', 'shell', 'log', 'skip', 'rollback', 'stop'],
  rollback: ['retry', 'shell', 'log', 'stop'],
  uninstall: ['retry', 'shell', 'log', 'stop'],
} as const;
type Answer = (typeof offered)['install'][number];
type Chosen = Answer | { readonly remedy: string };

const linesOfLog = 60;

export async function askFailure(asking: Asking): Promise<void> {
  const { talk, connection } = asking;
  const view = connection.view();
  const done = view.steps.filter(({ state }) => state === 'done').length;
  if (view.kind === 'install') talk.print(talk.words.failure.restStays(done));
  for (;;) {
    const { choices } = talk.words.failure;
    const labels = { ...choices, rollback: choices.rollback(done), log: talk.words.plain.showLog };
    const remedies = (view.error?.error.remedies ?? []).map(({ id, title }) => ({
      value: { remedy: id },
      label: talk.words.failure.remedy(talk.say(title)),
    }));
    const answer = await talk.choose<Chosen>(
      [...remedies, ...offered[view.kind].map((value) => ({ value, label: labels[value] }))],
      'retry',
    );
    if (await settles(answer, asking)) return;
  }
}

/** Whether that was a decision; else the choices are put again. */
async function settles(answer: Chosen, asking: Asking): Promise<boolean> {
  const { talk, connection, desk } = asking;
  const { failure, plain } = talk.words;
  if (typeof answer === 'object') {
    connection.send({ type: 'remedy', id: answer.remedy });
    return true;
  }
  switch (answer) {
    case 'log':
      talk.print(
        ...connection
          .view()
          .lines.slice(-linesOfLog)
          .map((line) => `  | ${talk.plain(line)}`),
      );
      talk.print(failure.log(failedLog(connection.view())));
      return false;
    case 'shell': {
      connection.send({ type: 'shell' });
      const { problem } = await talk.lend(() => desk.shell(shellGreeting(connection.view(), talk)));
      talk.print(problem === undefined ? failure.shell.isBack : failure.shell.failed(problem));
      return false;
    }
    case 'skip': {
      const reason = await talk.line(plain.skipReason);
      if (reason === '') talk.print(failure.reasonNeeded);
      else connection.send({ type: 'skip', reason });
      return reason !== '';
    }
    case 'rollback': {
      const isSure = await talk.isYes(plain.yesOrNo(failure.confirmRollback));
      if (isSure) connection.send({ type: 'rollback' });
      return isSure;
    }
    default:
      connection.send({ type: answer });
      return true;
  }
}
