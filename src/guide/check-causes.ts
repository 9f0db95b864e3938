/** Whether the causes of a guide can be found, and are whole. */
import type { Guide, KnownCause } from './types.ts';

/** Sentences for the guide's author. */
export function causeProblems({ causes = [], chapters }: Guide): string[] {
  const steps = chapters.flatMap((chapter) => chapter.steps.map(({ id }) => id));
  return [
    ...catalogueProblems(causes),
    ...causes.flatMap(({ id, steps: only = [] }) =>
      only.filter((step) => !steps.includes(step)).map((step) => `${id}: no step ${step}`),
    ),
  ];
}

/** The same for the causes that all guides share. */
export function catalogueProblems(causes: readonly KnownCause[]): string[] {
  const ids = causes.map(({ id }) => id);
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} is there twice`),
    ...ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)).map((id) => `${id} is not kebab-case`),
    ...causes.flatMap(sentenceProblems),
  ];
}

function sentenceProblems({ id, match, say, do: toDo }: KnownCause): string[] {
  const groups = groupsOf(match);
  if (!groups) return [`${id}: its pattern is not a regular expression`];
  const texts = [say.fr, say.en, toDo.fr, toDo.en];
  const named = texts.flatMap((text) => Array.from(text.matchAll(/\{([a-z]+)\}/g), ([, name = '']) => name));
  return [
    ...(texts.includes('') ? [`${id}: a sentence is empty`] : []),
    ...[...new Set(named)].filter((name) => !groups.includes(name)).map((name) => `${id}: no group ${name}`),
  ];
}

/** Names of the groups of a pattern; nothing if it is none. */
function groupsOf(match: string): string[] | undefined {
  try {
    // With an empty alternative it always matches, and so gives its groups.
    return Object.keys(new RegExp(`${match}|`, 'm').exec('')?.groups ?? {});
  } catch {
    return undefined;
  }
}
