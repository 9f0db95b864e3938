/** Something is no longer as the run left it: keeping it is the default, overwriting is asked twice. */
import type { Decision } from '../../run/protocol.ts';
import type { Asking } from './index.ts';

type Answer = Extract<Decision, { type: 'keep' | 'overwrite' }>;

export async function askConflict({ talk, connection }: Asking): Promise<void> {
  const { conflict } = connection.view();
  if (!conflict) return;
  const { conflict: words, plain } = talk.words;
  const { title, key, diff, others } = conflict;
  talk.print('', `${talk.say(title)} (${talk.plain(key)})`, words.sentence);
  if (diff !== '')
    talk.print(
      ...diff
        .trimEnd()
        .split('\n')
        .map((line) => `  ${talk.plain(line)}`),
    );
  talk.print(words.question);
  const keep: Answer = { type: 'keep' };
  const choices: { value: Answer; label: string }[] = [
    { value: keep, label: words.keep },
    { value: { type: 'overwrite' }, label: words.overwrite },
    { value: { type: 'keep', all: true }, label: words.keepAll(others) },
    { value: { type: 'overwrite', all: true }, label: words.overwriteAll(others) },
  ];
  const answer = await talk.choose(others > 0 ? choices : choices.slice(0, 2), keep);
  const isSure = answer.type === 'keep' || (await talk.isYes(plain.yesOrNo(words.confirm)));
  connection.send(isSure ? answer : keep);
}
