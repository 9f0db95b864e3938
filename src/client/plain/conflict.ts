/** Something is no longer as the run left it: keeping it is the default, overwriting is asked twice. */
import type { Asking } from './index.ts';

export async function askConflict({ talk, connection }: Asking): Promise<void> {
  const { conflict } = connection.view();
  if (!conflict) return;
  const { conflict: words, plain } = talk.words;
  talk.print('', `${talk.say(conflict.title)} (${talk.plain(conflict.key)})`, words.sentence, words.question);
  const answer = await talk.choose(
    [
      { value: 'keep' as const, label: words.keep },
      { value: 'overwrite' as const, label: words.overwrite },
    ],
    'keep',
  );
  const isSure = answer === 'overwrite' && (await talk.isYes(plain.yesOrNo(words.confirm)));
  connection.send({ type: isSure ? 'overwrite' : 'keep' });
}
