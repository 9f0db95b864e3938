/** What somebody has changed since is asked about, with what it was and what it is now. */
import type { Text } from '../guide/types.ts';
import type { Effect } from '../journal/fold.ts';
import { archive } from '../operations/shared/archive.ts';
import type { Context } from '../operations/verbs.ts';
import type { Changed } from './changed.ts';
import type { Work } from './rollback-work.ts';

/** `true`: the former state comes back. Unattended, what somebody changed stays. */
export async function isOverwritten(
  work: Work,
  effect: Effect,
  title: Text,
  { diff }: Changed,
): Promise<boolean> {
  const { session, start, overwritten } = work;
  if (start.unattended) return false;
  const said = saidOfAll(work);
  if (said) return said === 'overwrite-all';
  if (overwritten.has(diff)) return true;
  session.emit({ type: 'conflict', conflict: { key: effect.key, title, diff, others: othersOf(work) } });
  for (;;) {
    const decision = await session.ask('conflict');
    if (decision.type !== 'keep' && decision.type !== 'overwrite') continue;
    session.answered();
    const { type, all = false } = decision;
    await session.append({ type: 'decision', decision: all ? `${type}-all` : type, reason: effect.key });
    if (type === 'overwrite') overwritten.add(diff);
    return type === 'overwrite';
  }
}

/** Said of one, and of all that come after it. */
function saidOfAll({ session }: Work): string | undefined {
  const found = session.records.findLast(
    (record) => record.type === 'decision' && /^(keep|overwrite)-all$/.test(record.decision),
  );
  return found?.type === 'decision' ? found.decision : undefined;
}

/** How many of those that the plan named have not been decided yet, this one left out. */
function othersOf({ session, changed }: Work): number {
  const decided = session.records.filter(
    (record) => record.type === 'decision' && /^(keep|overwrite)$/.test(record.decision),
  );
  return Math.max(0, changed.size - decided.length - 1);
}

/** What is there now goes to `kept/` before it is overwritten. */
export async function saveChanged({ paths }: Changed, effect: Effect, context: Context): Promise<void> {
  const name = `changed-${effect.key.replaceAll(/[^\w.-]+/g, '-')}`;
  if (paths.length > 0) await archive(paths, name, context);
}
