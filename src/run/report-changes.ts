/** What a run changed and what of that was taken back, a line for each resource. */
import { type Effect, effects, opened, settled } from '../journal/fold.ts';
import type { PlannedOperation } from '../journal/records.ts';
import { openEffects, type StoredRun } from '../journal/state.ts';
import { standingOf } from './as-built.ts';
import { code } from './markdown.ts';
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
  const of = opened(run.records)?.of ?? '';
  const target = runs.find(({ id }) => id === of);
  const told = settled(run.records, of);
  const open = new Set(target ? openEffects(target, runs).map(({ seq }) => seq) : []);
  const all = target
    ? effects(target.records)
        .filter(({ id }) => isChange(target, id))
        .reverse()
    : [];
  const lines = (isMeant: (effect: Effect) => boolean) =>
    all.filter(isMeant).flatMap(({ seq, id, key }) => {
      const reason = told.get(seq)?.reason;
      const title = target ? titleOfEffect(page, target, id, key) : code(key);
      return [`- ${title}`, ...(reason ? [`  - ${say(reason)}`] : [])];
    });
  const outcome = (wanted: 'undone' | 'kept') => lines(({ seq }) => told.get(seq)?.outcome === wanted);
  return [
    ...section(words.sections.undone, outcome('undone')),
    ...section(words.sections.kept, outcome('kept')),
    ...section(
      words.sections.notUndone,
      lines(({ seq }) => open.has(seq)),
    ),
  ];
}
