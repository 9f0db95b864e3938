/** Answers from a file and from `--set`; and the file to fill in. */
import { guides } from 'virtual:guides';
import { longestFile, readAnswersText } from '../answers/answers-text.ts';
import { type Answers, giveWritten } from '../answers/give.ts';
import { parseAnswersFile, renderAnswersFile } from '../answers/ini-file.ts';
import { type Answer, literalId, resolveAnswers } from '../answers/resolve.ts';
import { questionOf } from '../guide/lists.ts';
import type { Guide } from '../guide/types.ts';
import { answersFor } from '../run/machine.ts';
import { harmless } from '../run/shown.ts';
import { type Here, Leave } from './here.ts';

/** A file that is none of ours has something wrong on each line. */
const mostShown = 20;

/** Answers from the file and from --set; exit 2 with all that is wrong. */
export async function givenAnswers(at: Here, guide: Guide): Promise<Map<string, Answer>> {
  const { flags, host, lang } = at;
  const given = new Map<string, Answer>();
  const problems: string[] = [];
  if (flags.answers) {
    const found = await readAnswersText(host, flags.answers);
    if ('problem' in found) throw new Leave(2, found.problem[lang]);
    const around = {
      read: (path: string) => host.read(path, longestFile),
      env: process.env,
      user: at.facts['user'] ?? 'root',
      guides: guides.map(({ id }) => id),
      otherIds: new Set(guides.flatMap(({ questions }) => questions.map(({ id }) => id))),
    };
    const file = await parseAnswersFile(flags.answers, found.text, found.stat, guide, around);
    for (const [id, answer] of file.answers) given.set(id, answer);
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) {
      const value = file.common.get(name);
      // The file counts more than the session, whichever spelling that has.
      if (value) for (const one of [name, name.toLowerCase()]) process.env[one] = value;
    }
    problems.push(...file.problems.map(({ say }) => harmless(say[lang])));
  }
  if (flags.literal) given.set(literalId, { value: flags.literal.join(' '), from: 'set' });
  for (const pair of flags.set ?? []) setAnswer(at, guide, pair, given);
  if (problems.length > 0) {
    const more = problems.length > mostShown ? [`… +${problems.length - mostShown}`] : [];
    throw new Leave(2, [at.words.cli.badAnswers, ...problems.slice(0, mostShown), ...more].join('\n'));
  }
  return given;
}

function setAnswer({ words: say, lang }: Here, guide: Guide, pair: string, given: Answers): void {
  const [id = '', ...rest] = pair.split('=');
  const question = questionOf(guide, id);
  if (!question) throw new Leave(2, say.cli.unknownAnswer(id));
  if (question.kind === 'password') throw new Leave(2, say.cli.secretInArguments(id));
  const problem = giveWritten(given, guide, id, rest.join('='), 'set');
  if (problem) throw new Leave(2, `${id}: ${problem[lang]}`);
}

export async function answersFile(at: Here, guide: Guide): Promise<number> {
  const answers = await answersFor(at, guide, await givenAnswers(at, guide));
  process.stdout.write(renderAnswersFile(guide, at.lang, resolveAnswers(guide, at.facts, answers)));
  return 0;
}
