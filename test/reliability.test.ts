/** docs/reliability.md: what stands there is what was counted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Figures, type Measured, reliabilityPage } from '../scripts/reliability-page.ts';

const docs = join(import.meta.dirname, '../docs');
const read = (name: string) => readFileSync(join(docs, name), 'utf8');

test('the page is what the figures beside it make', () => {
  // Written by scripts/reliability.mjs.
  const figures = JSON.parse(read('reliability.json')) as Figures;
  expect(read('reliability.md'), 'stale: npm run reliability -- --render').toBe(reliabilityPage(figures));
});

const measured: Measured = {
  commit: 'abc1234',
  date: '2026-11-21',
  seconds: 75,
  tests: { passed: 3, failed: 0, skipped: 0 },
  rows: [{ name: 'one byte | changed', cases: 10, missed: 0 }],
};

test('a section that was not measured, one that failed and one that skipped say so', () => {
  const failing = { ...measured, tests: { passed: 2, failed: 1, skipped: 0 } };
  const skipping = { ...measured, tests: { passed: 2, failed: 0, skipped: 1 } };
  const page = reliabilityPage({ kill: failing, journal: measured, faults: skipping });
  expect(page).toContain('- [Kills and power cuts](#kills-and-power-cuts): **failed** (1 of 3 tests)');
  expect(page).toContain('- [A damaged journal](#a-damaged-journal): holds');
  expect(page).toContain(
    '- [Faults of the machine](#faults-of-the-machine): in part: 1 of 3 tests were skipped',
  );
  expect(page).toContain('- [Secrets](#secrets): not measured');
  expect(page).toContain('**This section failed:**');
});

test('a row is a line of a table, whatever its name holds', () => {
  expect(reliabilityPage({ journal: measured })).toContain(
    ['|  | cases | missed |', '| --- | ---: | ---: |', '| one byte \\| changed | 10 | 0 |'].join('\n'),
  );
});
