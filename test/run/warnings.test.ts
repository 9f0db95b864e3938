/** What a run tells besides its steps, over several attempts. */
import { expect, test } from 'vitest';
import type { JournalRecord } from '../../src/journal/records.ts';
import { foldRecords } from '../../src/run/protocol.ts';

const warning = (step: string, en: string) => ({ type: 'warning', step, say: { fr: en, en } });
const attempt = { type: 'engine', pid: 1, boot: 'b', program: 'p', torn: false };

function told(...records: object[]): string[] {
  const numbered = records.map((record, index) => ({ seq: index + 1, time: '', sum: '', ...record }));
  return foldRecords(numbered as unknown as JournalRecord[]).warnings.map(({ say }) => say.en);
}

test('why an attempt was refused is told, and no longer once the next one has begun', () => {
  const refused = [attempt, warning('', 'port 80 is held')];
  expect(told(...refused)).toEqual(['port 80 is held']);
  expect(told(...refused, attempt)).toEqual([]);
});

test('what a step warned of stays, said once however often it was tried', () => {
  const tried = [attempt, warning('web', 'no certificate')];
  expect(told(...tried, ...tried)).toEqual(['no certificate']);
});
