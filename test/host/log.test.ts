import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { StepLog } from '../../src/host/log.ts';
import { HeadAndTail } from '../../src/host/output.ts';

function newLog(): StepLog {
  const folder = mkdtempSync(join(tmpdir(), 'setup-wizard-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return new StepLog(join(folder, 'step.log'));
}

test('a log holds what was written, for its owner alone, and goes on after an earlier one', () => {
  const log = newLog();
  log.write('one\n');
  log.write('déjà\n');
  log.close();
  const again = new StepLog(log.path);
  again.write('two\n');
  again.close();
  expect(readFileSync(log.path, 'utf8')).toBe('one\ndéjà\ntwo\n');
  expect((statSync(log.path).mode & 0o777).toString(8)).toBe('600');
});

test('a log can be followed while the step is silent', async () => {
  const log = newLog();
  onTestFinished(() => log.close());
  log.write('waiting for you');
  await expect.poll(() => readFileSync(log.path, 'utf8')).toBe('waiting for you');
});

test('of very much output a log keeps the beginning and the end, 50 MB at most', () => {
  const log = newLog();
  const line = (n: number) => `${String(n).padStart(9, '0')} ${'x'.repeat(989)}\n`;
  for (let n = 0; n < 80_000; n++) log.write(line(n));
  log.close();
  const [head, former, tail] = ['', '.tail.1', '.tail'].map((end) =>
    readFileSync(`${log.path}${end}`, 'utf8'),
  );
  expect(head?.startsWith(line(0) + line(1))).toBe(true);
  expect(head?.trimEnd().endsWith(`[…] ${log.path}.tail`)).toBe(true);
  expect(tail?.endsWith(line(79_999))).toBe(true);
  const kept = `${former}${tail}`;
  expect(kept.length).toBeGreaterThan(12_500_000);
  expect((head?.length ?? 0) + kept.length).toBeLessThan(50_001_000);
  const whole = kept.slice(kept.indexOf('\n') + 1);
  const count = whole.length / line(0).length;
  expect(whole === Array.from({ length: count }, (_, n) => line(80_000 - count + n)).join('')).toBe(true);
});

test('a disk that is full costs the log and nothing else', () => {
  const log = new StepLog('/dev/full');
  log.write('x'.repeat(200_000));
  log.close();
});

test('the beginning and the end of a long text are kept to the character', () => {
  for (const size of [999, 100_000, 3_000_000]) {
    const kept = new HeadAndTail();
    const text = Array.from({ length: 700_000 }, (_, n) => `${n}\n`).join('');
    for (let at = 0; at < text.length; at += size) kept.add(text.slice(at, at + size));
    expect(String(kept) === `${text.slice(0, 1e6)}\n[…]\n${text.slice(-1e6)}`).toBe(true);
  }
  const whole = new HeadAndTail();
  for (let n = 0; n < 20; n++) whole.add(`${n}`.repeat(50_000));
  expect(String(whole)).toHaveLength(1_500_000);
  expect(String(whole)).not.toContain('…');
});
