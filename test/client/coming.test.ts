/** A run is seen as its journal leaves it while its engine starts; what is sent meanwhile is not lost. */
import { expect, test } from 'vitest';
import { comingConnection } from '../../src/client/coming.ts';
import type { JournalRecord } from '../../src/journal/records.ts';
import { type Connection, type Decision, emptyView, type View } from '../../src/run/protocol.ts';

const title = { fr: 'Essai', en: 'Trial' };
const versions = { program: 'test', guide: '1', protocol: 1, journal: 1 };
const records: JournalRecord[] = [
  { type: 'opened', run: '0001-x', guide: 'x', title, kind: 'install', versions, seq: 1, time: '' },
];

function anEngine() {
  const sent: Decision[] = [];
  let isClosed = false;
  const connection: Connection = {
    view: () => ({ ...emptyView, run: 'of the engine' }),
    subscribe: () => () => {},
    send: (decision) => void sent.push(decision),
    close: () => {
      isClosed = true;
    },
  };
  return { connection, sent, isClosed: () => isClosed };
}

const noEnd = (): NonNullable<View['end']> => {
  throw new Error('no end was expected');
};

test('what is sent before the engine is there waits for it', async () => {
  const { connection, sent } = anEngine();
  const coming = comingConnection(records, Promise.resolve(connection), noEnd);
  let changes = 0;
  coming.subscribe(() => changes++);
  expect(coming.view()).toMatchObject({ run: '0001-x', title, live: false, seq: 1 });
  coming.send({ type: 'retry' });
  expect(sent).toEqual([]);
  await coming.settled;
  expect(sent).toEqual([{ type: 'retry' }]);
  expect(coming.view().run).toBe('of the engine');
  expect(changes).toBe(1);
});

test('who leaves before that leaves no engine waiting', async () => {
  const { connection, sent, isClosed } = anEngine();
  const coming = comingConnection(records, Promise.resolve(connection), noEnd);
  coming.close();
  await coming.settled;
  expect(sent).toEqual([{ type: 'stop' }]);
  expect(isClosed()).toBe(true);
});

test('an engine that does not come is an end that says why', async () => {
  const say = { fr: 'Non.', en: 'No.' };
  const end = { state: 'interrupted', exit: 5, finished: [], report: '', say } as const;
  const coming = comingConnection(records, Promise.reject(new Error('busy')), () => end);
  await coming.settled;
  expect(coming.view()).toMatchObject({ run: '0001-x', end });
});
