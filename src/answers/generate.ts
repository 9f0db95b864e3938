/** Passwords that nobody gave. */
import { questionOf } from '../guide/lists.ts';
import type { Guide, Question } from '../guide/types.ts';
import type { Answer, Resolution } from './resolve.ts';
import { Secret } from './secret.ts';
import { validate } from './validate.ts';

/** Without 0 O o 1 I l: a person may have to read one from a screen and type it elsewhere. */
const classes = ['abcdefghijkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789'] as const;
const alphabet = classes.join('');

type Random = (bytes: number) => Buffer;

/** Answers for the secrets that nobody gave, those in cells of lists too. */
export function generateSecrets(
  guide: Guide,
  { toGenerate }: Pick<Resolution, 'toGenerate'>,
  random: Random,
): Map<string, Answer> {
  const made = new Map<string, Answer>();
  for (const id of toGenerate) {
    const question = questionOf(guide, id);
    if (question?.generate !== undefined)
      made.set(id, { secret: generateSecret(question, random), from: 'generated' });
  }
  return made;
}

/** One secret that is a right answer to its question. */
export function generateSecret(question: Question, random: Random): Secret {
  const length = Math.max(question.generate ?? 0, question.min ?? 0, shortestMade);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const text = makeText(length, random);
    if (validate(question, text) === undefined) return new Secret(text);
  }
  throw new Error(`the guide asks for a generated ${question.id} that its own rules refuse`);
}

/** Shorter ones cannot be taken out of texts without blackening half of them. */
const shortestMade = 12;
/** For questions with a pattern. */
const attempts = 1000;

/** At least one of each class, in any order. */
function makeText(length: number, random: Random): string {
  const letters = Array.from({ length }, (_, index) => pick(classes[index] ?? alphabet, random));
  for (let last = letters.length - 1; last > 0; last -= 1) {
    const other = below(last + 1, random);
    [letters[last], letters[other]] = [letters[other] ?? '', letters[last] ?? ''];
  }
  return letters.join('');
}

function pick(letters: string, random: Random): string {
  return letters.charAt(below(letters.length, random));
}

/** What is not uniform in it is under one part in ten million. */
function below(limit: number, random: Random): number {
  return random(4).readUInt32BE() % limit;
}
