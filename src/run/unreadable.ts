/** A journal that cannot be read, in words. */
import type { Text } from '../guide/types.ts';
import * as texts from '../i18n/texts/journal.ts';
import { Damaged, type Unreadable } from '../journal/journal.ts';
import { guideOf } from '../journal/state.ts';

/** What, where, what follows from it, what to do. */
export function unreadableText(error: Unreadable): Text {
  const { run, path } = error;
  return error instanceof Damaged
    ? texts.damaged(run, path, error.line)
    : texts.newer(run, path, error.program);
}

/** In a few words. */
export function unreadableReason(error: Unreadable): Text {
  const { run } = error;
  return error instanceof Damaged
    ? texts.damagedShort(run, error.line)
    : texts.newerShort(run, error.program);
}

/** Why nothing can be begun with a guide; what is installed can be looked at, unless the journal is its own. */
export function hindrance(
  guide: string,
  isInstalled: boolean,
  unreadable: readonly Unreadable[],
): Text | undefined {
  const own = unreadable.find((one) => guideOf(one) === guide);
  const one = own ?? (isInstalled ? undefined : unreadable[0]);
  return one && unreadableReason(one);
}
