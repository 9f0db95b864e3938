import { expect, test } from 'vitest';
import type { Body } from '../../src/journal/records.ts';
import { askAfterFailure } from '../../src/run/after-failure.ts';
import type { Decision } from '../../src/run/protocol.ts';

test('a shell beside a failure is in the journal, and the question stays', async () => {
  const decisions: Decision[] = [{ type: 'shell' }, { type: 'shell' }, { type: 'retry' }];
  const written: Body[] = [];
  const session = {
    ask: async () => decisions.shift() ?? { type: 'stop' as const },
    append: async (entry: Body) => {
      written.push(entry);
      return { ...entry, seq: 1, time: '' };
    },
  };
  expect(await askAfterFailure(session, 'pip')).toEqual({ type: 'retry' });
  const shell = { type: 'decision', decision: 'shell', step: 'pip' };
  expect(written).toEqual([shell, shell]);
});
