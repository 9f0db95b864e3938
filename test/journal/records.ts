/** Records and whole runs for tests, written as shortly as can be. */
import type { Body, JournalRecord, PlannedStep } from '../../src/journal/records.ts';
import { journalVersion } from '../../src/journal/records.ts';
import type { StoredRun } from '../../src/journal/state.ts';

const title = { fr: 'Titre', en: 'Title' };

export function openedBody(more: Partial<Extract<Body, { type: 'opened' }>> = {}): Body {
  const versions = { program: '1.2.3', guide: '1', protocol: 1, journal: journalVersion };
  return { type: 'opened', run: '0001-x', guide: 'practice', title, kind: 'install', versions, ...more };
}

export const engineBody: Body = { type: 'engine', pid: 7, boot: 'b', program: '1.2.3', torn: false };

export function stepOf(id: string, ...keys: readonly string[]): PlannedStep {
  const operations = keys.map((key) => ({ id: `${id} ${key}`, key, op: { kind: 'file', path: key } }));
  return { id, title, chapter: title, source: [], errata: [], manual: false, needs: [], operations };
}

export const planned = (hash: string, ...steps: readonly PlannedStep[]): Body => ({
  type: 'planned',
  steps: [...steps],
  hash,
  guide: { finished: [] },
});
export const consent = (hash: string): Body => ({ type: 'consent', hash, by: 'person' });
export const stepBegin = (step: string): Body => ({ type: 'step-begin', step });
export const stepEnd = (
  step: string,
  outcome: Extract<Body, { type: 'step-end' }>['outcome'] = 'done',
): Body => ({
  type: 'step-end',
  step,
  outcome,
  changed: 0,
});
export const begin = (step: string, key: string): Body => ({
  type: 'begin',
  step,
  id: `${step} ${key}`,
  key,
  was: null,
  before: null,
});
export const end = (
  step: string,
  key: string,
  outcome: Extract<Body, { type: 'end' }>['outcome'] = 'done',
): Body => ({ type: 'end', step, id: `${step} ${key}`, key, outcome, mark: 'm' });
export const undoEnd = (
  run: string,
  effect: number,
  outcome: Extract<Body, { type: 'undo-end' }>['outcome'] = 'undone',
): Body => ({ type: 'undo-end', effect, run, key: 'k', outcome });
export const ended = (state: Extract<Body, { type: 'ended' }>['state'], exit = 0): Body => ({
  type: 'ended',
  state,
  exit,
});

/** With numbers and times, as a journal gives them. */
export function records(...bodies: readonly Body[]): JournalRecord[] {
  return bodies.map((body, index) => ({ ...body, seq: index + 1, time: '2026-01-01T00:00:00.000Z' }));
}

export function storedRun(
  id: string,
  first: Partial<Extract<Body, { type: 'opened' }>>,
  ...bodies: readonly Body[]
): StoredRun {
  return { id, records: records(openedBody({ run: id, ...first }), ...bodies), torn: false };
}
