/** What a run changed and what of that was taken back, a line for each resource. */
import type { Text } from '../guide/types.ts';
import { opened } from '../journal/fold.ts';
import { effectOf, type Held, heldBy } from '../journal/held.ts';
import type { PlannedOperation } from '../journal/records.ts';
import { openEffects, type StoredRun } from '../journal/state.ts';
import { standingOf } from './as-built.ts';
import { block, code } from './markdown.ts';
import { operationOf, titleOf } from './plan.ts';
import { type Page, section } from './report-page.ts';

/** One line a resource: what was last done to it. */
export function changeLines(page: Page): string[] {
  const { run, runs, words } = page;
  const lines = standingOf(runs, run).flatMap((one) =>
    openEffects(one, runs)
      .filter(({ id }) => isChange(one, id))
      .map(({ id, key, outcome }): [string, string] => {
        const notes = [
          one.id === run.id ? '' : words.inRun(code(one.id)),
          outcome === 'done' ? '' : words.halfMade,
        ].filter(Boolean);
        const title = titleOfEffect(page, one, id, key);
        return [key, `- ${title}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`];
      }),
  );
  return [...new Map(lines).values()];
}

/** Looking and asking are no changes. */
function isChange({ records }: StoredRun, id: string): boolean {
  const op = plannedOf(records, id)?.op.kind;
  return op !== 'check' && op !== 'produce';
}

function plannedOf(records: StoredRun['records'], id: string): PlannedOperation | undefined {
  return records
    .flatMap((record) => (record.type === 'planned' ? record.steps : []))
    .flatMap(({ operations }) => operations)
    .findLast((one) => one.id === id);
}

/** The kind's own words and the name of the resource. */
function titleOfEffect({ values, say }: Page, run: StoredRun, id: string, key: string): string {
  const planned = plannedOf(run.records, id);
  return planned ? `${say(titleOf(operationOf(planned), values, key))}, ${code(key)}` : code(key);
}

/** Of a rollback: what it took back, what it left and why, what it could not. */
export function undoneSections(page: Page): string[] {
  const { run, runs, words, say } = page;
  const target = runs.find(({ id }) => id === opened(run.records)?.of);
  const told = run.records.flatMap((record) => (record.type === 'undo-end' ? [record] : []));
  const line = ({ maker, id, key }: Held, reason?: Text) =>
    isChange(maker, id)
      ? [`- ${titleOfEffect(page, maker, id, key)}`, ...(reason ? [`  - ${say(reason)}`] : [])]
      : [];
  const lines = (wanted: 'undone' | 'kept') =>
    told
      .filter(({ outcome }) => outcome === wanted)
      .flatMap(({ run: of, effect, reason }) => {
        const found = effectOf(runs, of, effect);
        return found ? line(found, reason) : [];
      });
  const open = target ? heldBy(target, runs).reverse() : [];
  const saved = run.records.flatMap((record) =>
    record.type === 'saved' ? [`- ${code(record.path)}`, '', ...block([record.restore], '  '), ''] : [],
  );
  return [
    ...section(words.sections.saved, saved),
    ...section(words.sections.undone, lines('undone')),
    ...section(words.sections.kept, lines('kept')),
    ...section(
      words.sections.notUndone,
      open.flatMap((held) => line(held)),
    ),
  ];
}
