/** What grows without end outside does not grow without end inside: output, lines, warnings, retries. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { StepLog } from '../../src/host/log.ts';
import type { JournalRecord } from '../../src/journal/records.ts';
import { emptyView, foldEvent } from '../../src/run/protocol.ts';
import { isReport, proven } from '../figures.ts';
import { aScript, guideOf, stepOf } from './guides.ts';
import { agreeing, drive, newWorld } from './rig.ts';

const mega = 1_000_000;
const sizesIn = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

test('a step that is done again and again has one log, of 50 MB at most', () => {
  const folder = mkdtempSync(join(tmpdir(), 'setup-wizard-growth-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const times = isReport ? 1000 : 20;
  const text = `${'x'.repeat(999)}\n`.repeat(isReport ? 1000 : 5000);
  for (let n = 0; n < times; n++) {
    const log = new StepLog(join(folder, 'step.log'));
    log.write(`try ${n}\n`);
    log.write(text);
    log.close();
  }
  const written = (times * text.length) / mega;
  const kept = sizesIn(folder) / mega;
  proven('growth', `log of ${times} tries of a step`, { 'MB said': written, 'MB kept': Math.round(kept) });
  expect(kept).toBeLessThan(50.1);
});

/** Runs a shell script as the only step; what it left on the disk. */
async function said(name: string, script: string, megabytes: number) {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  await writeFile(`${world.folder}/flood.sh`, `${script}\ntouch "$1/flood.done"\n`);
  const guide = guideOf('flood', [stepOf('flood', aScript('flood'))]);
  const before = process.memoryUsage().rss;
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss - before);
  }, 20);
  const { exit, run, seat } = await drive(world, { guide, given: { DIR: world.folder } });
  clearInterval(timer);
  const folder = `${world.state}/runs/${run}`;
  const events = seat.of('output').reduce((sum, { text }) => sum + text.length, 0) / mega;
  const figures = {
    'MB said': megabytes,
    'MB kept': Math.round(sizesIn(`${folder}/logs`) / mega),
    'MB sent to a client': Math.round(events * 10) / 10,
    'kB journal': Math.round(statSync(`${folder}/journal.jsonl`).size / 1000),
    'kB report': Math.round(statSync(`${folder}/report.md`).size / 1000),
    'MB memory': Math.round(most / mega),
  };
  proven('growth', name, figures);
  expect(exit).toBe(0);
  return figures;
}

const amount = isReport ? 300 : 80;

test.each([
  ['a child of many lines', `yes 'a line of output with some words in it' | head -c ${amount}000000`],
  ['a child of one endless line', `head -c ${amount}000000 /dev/zero | tr '\\0' x`],
])('%s: log, events, journal and report stay small', async (name, script) => {
  const figures = await said(name, script, amount);
  expect(figures['MB kept']).toBeLessThanOrEqual(50);
  expect(figures['kB journal']).toBeLessThan(20);
  expect(figures['kB report']).toBeLessThan(20);
  expect(figures['MB memory']).toBeLessThan(200);
});

test('a warning said 100,000 times is shown once, and in no time', () => {
  const say = { fr: 'Encore.', en: 'Again.' };
  let view = emptyView;
  const from = process.cpuUsage();
  for (let seq = 1; seq <= 100_000; seq++) {
    const record: JournalRecord = { type: 'warning', step: 'one', say, seq, time: '' };
    view = foldEvent(view, { type: 'record', record });
  }
  const { user, system } = process.cpuUsage(from);
  proven('growth', 'a warning said 100,000 times', {
    'times shown': view.warnings.length,
    'ms of the processor': Math.round((user + system) / 1000),
  });
  expect(view.warnings).toEqual([{ step: 'one', say }]);
});

test('each retry of a step adds as much to the journal as the one before', { timeout: 120_000 }, async () => {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  await writeFile(`${world.folder}/flood.sh`, 'seq 1000; exit 1\n');
  const guide = guideOf('flood', [stepOf('flood', aScript('flood'))]);
  const retries = isReport ? 1000 : 60;
  let left = retries;
  const { run, records } = await drive(world, {
    guide,
    given: { DIR: world.folder },
    decide: agreeing((_, need) =>
      need === 'failure' ? [left-- > 0 ? { type: 'retry' } : { type: 'stop' }] : [],
    ),
  });
  const folder = `${world.state}/runs/${run}`;
  const bytes = statSync(`${folder}/journal.jsonl`).size;
  proven('growth', `${retries} retries`, {
    records: records.length,
    'kB journal': Math.round(bytes / 1000),
    'bytes a retry': Math.round(bytes / retries),
    'kB report': Math.round(statSync(`${folder}/report.md`).size / 1000),
    'MB log': Math.round(sizesIn(`${folder}/logs`) / mega),
  });
  expect(bytes / retries).toBeLessThan(4000);
  expect(statSync(`${folder}/report.md`).size / retries).toBeLessThan(300);
  expect(readdirSync(`${folder}/before`).length).toBe(0);
});
