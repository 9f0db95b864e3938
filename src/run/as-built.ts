/** What the as-built document of a run is made from. Looks at the journals and the secret store; changes nothing. */
import { Redactor } from '../answers/redactor.ts';
import type { SecretStore } from '../answers/store.ts';
import type { Guide, Lang, Text } from '../guide/types.ts';
import { agreedPlan, known, lastOf, opened } from '../journal/fold.ts';
import { type StateFolder, type StoredRun, standingInstalls } from '../journal/state.ts';
import { todoItems } from './lead.ts';
import { operationOf } from './plan.ts';
import type { RunState, TodoItem } from './protocol.ts';
import { inWords, RunValues, valuesFrom } from './values.ts';

export interface AsBuilt {
  readonly run: StoredRun;
  /** All runs on this machine: what stands, and what was taken back since. */
  readonly runs: readonly StoredRun[];
  readonly state: RunState;
  /** Absent when this version does not know it any more. */
  readonly guide: Guide | undefined;
  readonly values: RunValues;
  readonly items: readonly TodoItem[];
  /** Addresses, log-ins. */
  readonly finished: readonly Text[];
  readonly machine: { readonly name: string; readonly os: string; readonly arch: string };
  /** The command that starts the kept program on this state folder, ready to be pasted. */
  readonly program: string;
  readonly logs: string;
  readonly lang: Lang;
}

export interface About {
  readonly state: StateFolder;
  readonly facts: Readonly<Record<string, string>>;
  readonly guides: readonly Guide[];
  readonly store: Pick<SecretStore, 'get'>;
  readonly program: string;
  readonly lang: Lang;
}

/** Everything about one run; nothing when there is no such run. */
export async function asBuilt(about: About, id: string, state: RunState): Promise<AsBuilt | undefined> {
  const { facts, guides, store, program, lang } = about;
  const { runs } = await about.state.look();
  const run = runs.find((one) => one.id === id);
  const first = run && opened(run.records);
  if (!run || !first) return undefined;
  const answered = runs.find((one) => one.id === first.of) ?? run;
  const all = await valuesFrom(facts, known(answered.records), store);
  const values = new RunValues(all, new Redactor(), async () => {});
  const isReached = state === 'done' || state === 'needs-person';
  const finished = isReached ? (lastOf(run.records, 'planned')?.guide.finished ?? []) : [];
  return {
    run,
    runs,
    state,
    guide: guides.find((guide) => guide.id === first.guide),
    values,
    items: itemsOf(run, values),
    finished: finished.map((text) => inWords(text, values)),
    machine: {
      name: facts['fqdn'] ?? facts['hostname'] ?? '',
      os: facts['os.name'] ?? '',
      arch: facts['arch'] ?? '',
    },
    program,
    logs: about.state.logs(id),
    lang,
  };
}

/** Everything that a person has to do or has done; secrets masked unless `show` says otherwise. */
export function itemsOf(run: StoredRun, values: RunValues, show?: (text: string) => string): TodoItem[] {
  return (agreedPlan(run.records)?.steps ?? []).flatMap((step) =>
    step.operations.flatMap((planned) => {
      const op = operationOf(planned);
      return op.kind === 'checklist' ? todoItems(step.id, op, run.records, values, new Map(), show) : [];
    }),
  );
}

/** The run, after the earlier installs of its guide whose changes still stand, oldest first. */
export function standingOf(runs: readonly StoredRun[], run: StoredRun): StoredRun[] {
  const guide = opened(run.records)?.guide;
  const before = standingInstalls(runs).filter(
    ({ id, records }) =>
      id < run.id && opened(records)?.guide === guide && records.some(({ type }) => type === 'begin'),
  );
  return [...before, run];
}
