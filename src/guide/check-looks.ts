/** What is wrong with the live looks of a guide, as sentences for its author. */
import { namesIn } from './names.ts';
import type { Guide, Id } from './types.ts';

/** `names`: every name of the guide, and whether it is secret. */
export function lookProblems(
  { looks = [], topics, questions }: Guide,
  names: ReadonlyMap<Id, boolean>,
): string[] {
  const asked = questions.map(({ id }) => id);
  return looks.flatMap((look) => {
    const at = `look ${look.id}`;
    const used = [...look.of, ...namesOf(look)];
    const shown = namesOf(withoutPassword(look)).filter((name) => names.get(name));
    return [
      ...(topics.some(({ id }) => id === look.topic) ? [] : [`${at}: no topic ${look.topic}`]),
      ...(looks.filter(({ id }) => id === look.id).length > 1 ? [`${at} is there twice`] : []),
      ...used.filter((name) => !asked.includes(name)).map((name) => `${at}: no question ${name}`),
      ...shown.map((name) => `${at}: %${name}% is secret and would be shown`),
    ];
  });
}

/** Names in texts, conditions and choices, at any depth; facts and `LITERAL` are not names of the guide. */
function namesOf(value: unknown): string[] {
  if (typeof value === 'string') return namesIn(value);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    const isName = (key === 'answer' || key === 'by') && typeof one === 'string';
    return isName ? [one].filter((name) => /^[A-Z]/.test(name) && name !== 'LITERAL') : namesOf(one);
  });
}

/** A password goes to the server only. */
const withoutPassword = (look: object): unknown =>
  JSON.parse(JSON.stringify(look, (key, value: unknown) => (key === 'password' ? undefined : value)));
