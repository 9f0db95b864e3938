/** Journals as they become in years: a real run's own records, as many times as its retries would have written them. */
import { realHost } from '../src/host/real.ts';
import type { Host } from '../src/host/types.ts';
import { Journal } from '../src/journal/journal.ts';
import type { Body, JournalRecord } from '../src/journal/records.ts';

/** What needs no syncing is made in seconds. */
function unsynced(): Host {
  const host = realHost();
  return {
    ...host,
    append: async (path, options) => {
      const lines: string[] = [];
      return {
        append: async (line) => void lines.push(line),
        close: () => host.write(path, lines.join(''), options),
      };
    },
  };
}

/**
 * Writes the journal at `from` to `to` as that of the run `run`, lengthened to `count` records: what its newest step recorded, over and over,
 * with a retry between, a tick, a warning and now and then another engine. It ends as the one it was made of.
 */
export async function lengthened(from: string, to: string, run: string, count: number): Promise<void> {
  const original = await Journal.open(realHost(), from);
  await original.close();
  const source = original.records.map((one) => (one.type === 'opened' ? { ...one, run } : one));
  const journal = await Journal.open(unsynced(), to);
  const add = (record: JournalRecord | Body) => journal.append(bodyOf(record));
  const [ending, head] = [source.slice(-1), source.slice(0, -1)];
  for (const record of head) await add(record);
  const round = roundOf(head);
  for (let next = 0; journal.records.length < count - ending.length; next++)
    await add(round[next % round.length] ?? (head[0] as Body));
  for (const record of ending) await add(record);
  await journal.close();
}

/** What a person who tries a failed step again makes the engine write. */
function roundOf(records: readonly JournalRecord[]): Body[] {
  const failed = records.findLastIndex((record) => record.type === 'step-begin');
  const step = records.slice(failed).map(bodyOf);
  const effect = records.findLastIndex((record) => record.type === 'begin');
  const { step: name = '' } = step.find((record) => record.type === 'step-begin') ?? {};
  const say = { fr: 'Cela a déjà été dit une fois.', en: 'This has been said before.' };
  const person = { by: 'ada', note: 'seen again', proven: false };
  return [
    { type: 'waiting', need: 'failure' },
    { type: 'decision', decision: 'retry', step: name },
    ...records.slice(effect, effect + 2).map(bodyOf),
    { type: 'warning', step: name, say },
    { type: 'tick', item: 'tell-a-colleague', done: true, ...person },
    ...step,
    ...step,
    { type: 'ended', state: 'interrupted', exit: 130 },
    ...records.filter(({ type }) => type === 'engine').map(bodyOf),
  ];
}

function bodyOf({
  seq: _,
  time: __,
  ...body
}: JournalRecord | (Body & { seq?: number; time?: string })): Body {
  return body as Body;
}
