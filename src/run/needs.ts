/**
 * What the runs that stand on a machine need: what they made or found made, and what lies above it. A rollback leaves
 * it to them (`heirOf`).
 */
import { isDeepStrictEqual } from 'node:util';
import type { Redactor } from '../answers/redactor.ts';
import { known, lastOf, opened } from '../journal/fold.ts';
import { compareMoments, type Held, type Moment, momentOf } from '../journal/held.ts';
import type { PlannedOperation, PlannedStep } from '../journal/records.ts';
import { isCompleteRollback, type StoredRun, standingInstalls } from '../journal/state.ts';
import type { Values } from '../operations/verbs.ts';
import { type AnyOp, keysOf, operationOf } from './plan.ts';
import { plannedOperation, valuesWhen, type Work } from './rollback-work.ts';
import { missingIn, RunValues, valuesFrom } from './values.ts';

/** One operation of a run that stands, found done at a moment. */
export interface Need {
  readonly run: StoredRun;
  readonly step: string;
  readonly op: AnyOp;
  readonly resources: ReadonlySet<string>;
  readonly looked: Moment;
}

/** Of every run that stands, oldest run first. */
export async function needsOf(
  runs: readonly StoredRun[],
  facts: Readonly<Record<string, string>>,
  redactor: Redactor,
): Promise<Need[]> {
  const all: Need[] = [];
  for (const run of standingInstalls(runs)) {
    // Names and paths hold no secret.
    const values = new RunValues(
      await valuesFrom(facts, known(run.records), undefined),
      redactor,
      async () => {},
    );
    for (const { planned, step, seq } of lookedAt(run, runs)) {
      const op = operationOf(planned);
      const resources = new Set(needed(op, values));
      if (resources.size > 0) all.push({ run, step, op, resources, looked: momentOf(run, seq) });
    }
  }
  return all;
}

interface Looked {
  readonly planned: PlannedOperation;
  readonly step: string;
  readonly seq: number;
}

/** The operations that a run found done, or did, and that were not taken back since. */
export function lookedAt(run: StoredRun, runs: readonly StoredRun[]): Looked[] {
  const all = new Map<string, Looked>();
  let steps: readonly PlannedStep[] = [];
  const note = (step: string, seq: number, isMeant: (planned: PlannedOperation) => boolean) => {
    const planned = steps.find(({ id }) => id === step)?.operations.filter(isMeant) ?? [];
    for (const one of planned) all.set(one.id, { planned: one, step, seq });
  };
  for (const record of run.records) {
    if (record.type === 'planned') steps = record.steps;
    if (record.type === 'begin' || record.type === 'end')
      note(record.step, record.seq, ({ id }) => id === record.id);
    // A run that finds all done writes no more than this.
    if (record.type === 'step-end' && record.outcome === 'done') note(record.step, record.seq, () => true);
  }
  const gone = takenBack(run, runs);
  return [...all.values()].filter((looked) => !gone(looked));
}

/** By a rollback back to a step, which leaves the run standing. */
function takenBack(run: StoredRun, runs: readonly StoredRun[]): (looked: Looked) => boolean {
  const order = lastOf(run.records, 'planned')?.steps.map(({ id }) => id) ?? [];
  const partial = runs.filter(({ records }) => {
    const first = opened(records);
    return first?.of === run.id && first.to !== undefined && isCompleteRollback(records);
  });
  return ({ step, seq }) =>
    partial.some((rollback) => {
      const to = opened(rollback.records)?.to ?? '';
      const isAfter = order.indexOf(step) > order.indexOf(to);
      return isAfter && compareMoments(momentOf(run, seq), momentOf(rollback, 1)) < 0;
    });
}

/** Looking and asking make nothing. */
export const makesNothing = ({ kind }: AnyOp): boolean =>
  ['check', 'produce', 'checklist', 'sql-dump'].includes(kind);

/** What has to be there for an operation to stay as it is: its own, what it names, and what lies above. */
function needed(op: AnyOp, values: Values): string[] {
  if (makesNothing(op)) return [];
  const named = [
    ...(op.claims ?? []),
    ...serversOf(op, values),
    ...('restartOn' in op ? (op.restartOn ?? []) : []),
    ...('madeOf' in op ? (op.madeOf ?? []) : []),
    ...('dir' in op ? [`dir:${op.dir}`] : []),
    ...(isHere(op) && 'cwd' in op && op.cwd !== undefined ? [`dir:${op.cwd}`, `git:${op.cwd}`] : []),
    ...(isHere(op) && 'as' in op && op.as !== undefined ? [`user:${op.as}`] : []),
    ...('owner' in op && op.owner !== undefined ? [`user:${op.owner.replace(/:.*/, '')}`] : []),
  ].filter((name) => missingIn(name, values).length === 0);
  return [...keysOf(op, values), ...named.map((name) => values.public(name))].flatMap((key) => [
    key,
    ...above(key),
  ]);
}

/** Not in a container, whose users and folders are its own. */
const isHere = (op: AnyOp): boolean => !('container' in op && op.container !== undefined);

/** The package that an operation speaks to, where its guide does not say so. */
function serversOf(op: AnyOp, values: Values): string[] {
  if (op.kind === 'apache-site' || op.kind === 'apache-module') return ['pkg:apache2'];
  if (op.kind === 'nginx-site') return ['pkg:nginx'];
  if (op.kind === 'supervisor-program') return ['pkg:supervisor'];
  if (op.kind === 'firewalld-service') return ['pkg:firewalld'];
  if (op.kind === 'prosody-account') return ['pkg:prosody'];
  if (op.kind === 'ufw' || op.kind === 'ufw-rule') return ['pkg:ufw'];
  if (op.kind === 'docker-images' || op.kind === 'compose-project') return ['pkg:docker.io'];
  if (!('server' in op) || missingIn(op.server.host, values).length > 0) return [];
  if (!['localhost', '127.0.0.1', '::1'].includes(values.public(op.server.host))) return [];
  return op.server.engine === 'mysql'
    ? ['pkg:mariadb-server', 'rpm:mariadb-server']
    : ['pkg:postgresql', 'rpm:postgresql-server'];
}

/** The file of a block; the folders and the environment that something is in. */
function above(key: string): string[] {
  const path = /^(?:file|dir|link|venv|pip|git):(\/[^#]*)/.exec(key)?.[1];
  if (path === undefined) return [];
  const parts = path.split('/');
  const folders = parts.slice(2).map((_, index) => parts.slice(0, index + 2).join('/'));
  const file = key.includes('#') ? [`file:${path}`] : [];
  return [...file, ...folders.flatMap((folder) => [`dir:${folder}`, `venv:${folder}`, `git:${folder}`])];
}

/** An effect, and the resources that go when it is taken back. */
export interface Subject {
  readonly effect: Held;
  readonly op: AnyOp;
  readonly resources: readonly string[];
}

/** A user takes the home along. */
export function subjectOf(effect: Held, work: Pick<Work, 'values'>): Subject {
  const op = operationOf(plannedOperation(effect));
  const values = valuesWhen(effect, work);
  const home = op.kind === 'unix-user' ? [`dir:${values.public(op.home)}`] : [];
  const resources = makesNothing(op) ? [] : [...keysOf(op, values), ...home];
  return { effect, op, resources };
}

/** The run that needs one of these resources: it found it there since, or it was not there at all before. */
export function heirOf({ effect, op, resources }: Subject, needs: readonly Need[]): string | undefined {
  const made = momentOf(effect.maker, effect.seq);
  const wasAbsent = effect.was === null || mayPart(op);
  const heir = needs.find(
    (need) =>
      (wasAbsent || compareMoments(need.looked, made) > 0) &&
      resources.some((key) => need.resources.has(key) && isSameThing(key, need.op, op)),
  );
  return heir?.run.id;
}

/** Packages of one operation: some may stay. */
export const mayPart = ({ kind }: AnyOp): boolean => kind === 'packages' || kind === 'rpm-packages';

/** Two guides may give different commands the same name. */
function isSameThing(key: string, one: AnyOp, other: AnyOp): boolean {
  return !/^(cmd|script|terminal):/.test(key) || isDeepStrictEqual(one, other);
}

/** A run that needs something whose key begins so. */
export function runNeeding(beginnings: readonly string[], needs: readonly Need[]): string | undefined {
  const isMeant = (key: string) => beginnings.some((beginning) => key.startsWith(beginning));
  return needs.find(({ resources }) => [...resources].some(isMeant))?.run.id;
}
