/** The accounts of a guide: where its data says how one is made. Pure. */
import type { Each, ProsodyAccount } from './kinds.ts';
import { isList, type ListQuestion } from './lists.ts';
import { namesIn } from './names.ts';
import type { Chapter, Guide, Step } from './types.ts';

export interface AccountPlace {
  readonly list: ListQuestion;
  /** The column of the password; the list's key is the name. */
  readonly password: string;
  readonly chapter: Chapter;
  readonly step: Step;
  readonly each: Each;
  readonly op: ProsodyAccount;
}

/** Nothing where the guide has no accounts. */
export function accountPlace(guide: Guide): AccountPlace | undefined {
  const list = guide.questions.filter(isList).find(({ id }) => id === guide.accounts?.list);
  if (!list) return undefined;
  for (const chapter of guide.chapters)
    for (const step of chapter.steps)
      for (const each of step.do) {
        if (!('each' in each) || each.each !== list.id) continue;
        const op = each.do.find((one) => one.kind === 'prosody-account');
        if (op) return { list, password: columnIn(list.id, op.password), chapter, step, each, op };
      }
  return undefined;
}

/** `password` of `%USERS.password%`. */
function columnIn(list: string, text: string): string {
  const [name = ''] = namesIn(text);
  return name.startsWith(`${list}.`) ? name.slice(list.length + 1) : '';
}

/** The guide with nothing to do but one of its accounts. */
export function onlyAccounts(guide: Guide, { chapter, step, each, op }: AccountPlace): Guide {
  const alone: Step = { ...step, needs: [], do: [{ ...each, do: [op] }] };
  return { ...guide, chapters: [{ ...chapter, steps: [alone] }] };
}
