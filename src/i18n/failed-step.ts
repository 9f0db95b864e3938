/** What is said of a failed step wherever it is said: its title, its log, and what stands above a shell beside it. */
import { oneLine, type Text, type View } from '../run/protocol.ts';
import type { Words } from './index.ts';

interface Speech {
  readonly words: Words;
  say(text: Text): string;
}

/** The title of the step that failed. */
export function failedTitle(view: View, { say }: Pick<Speech, 'say'>): string {
  const step = view.steps.find(({ id }) => id === view.error?.step);
  return step ? say(step.title) : (view.error?.step ?? '');
}

/** Where the whole output of the failed step is. */
export function failedLog(view: View): string {
  return view.logs && view.error ? `${view.logs}/${view.error.step}.log` : '';
}

/** What a person reads above a shell that was opened beside the failure. */
export function shellGreeting(view: View, speech: Speech): string[] {
  const { shell } = speech.words.failure;
  const command = view.error?.error.values['command'];
  const log = failedLog(view);
  return [
    shell.step(failedTitle(view, speech)),
    ...(command ? [shell.command(oneLine(command))] : []),
    ...(log ? [shell.log(log)] : []),
    shell.back,
  ];
}
