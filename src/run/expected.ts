/** How long the steps of a guide took on this machine: what a person may expect of the next run. */
import type { Guide } from '../guide/types.ts';
import { between } from '../i18n/index.ts';
import { opened } from '../journal/fold.ts';
import type { JournalRecord } from '../journal/records.ts';
import type { StoredRun } from '../journal/state.ts';
import type { Expected } from './protocol.ts';

/** From all installs of the guide, oldest first; the newest time of a step wins. */
export function expectedOf(
  runs: readonly Pick<StoredRun, 'records'>[],
  { id, minutes }: Pick<Guide, 'id' | 'minutes'>,
): Expected {
  const installs = runs.filter(({ records }) => {
    const first = opened(records);
    return first?.guide === id && first.kind === 'install';
  });
  return { steps: Object.assign({}, ...installs.map(({ records }) => stepTimes(records))), minutes };
}

/** Milliseconds of each step that changed something and in which nobody had to be waited for. */
function stepTimes(records: readonly JournalRecord[]): Record<string, number> {
  const times: Record<string, number> = {};
  let began: string | undefined;
  for (const record of records) {
    if (record.type === 'step-begin') began = record.time;
    // How long a person takes says nothing about the next time.
    if (record.type === 'waiting') began = undefined;
    if (record.type !== 'step-end') continue;
    const time = began === undefined ? undefined : between(began, record.time);
    // A clock that was set back in between leaves nothing to measure by.
    if (time && record.outcome === 'done' && record.changed > 0) times[record.step] = time;
    began = undefined;
  }
  return times;
}
