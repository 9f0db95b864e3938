/** Journals of real runs, harmed in every way: what was written is read, or the harm is said. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Host } from '../../src/host/types.ts';
import { opened } from '../../src/journal/fold.ts';
import { Damaged, readJournal } from '../../src/journal/journal.ts';
import { asBuilt } from '../../src/run/as-built.ts';
import { expectedOf } from '../../src/run/expected.ts';
import { standingRun } from '../../src/run/machine.ts';
import { reportOf } from '../../src/run/report.ts';
import { parent, seen, stateOf } from '../crash/cuts.ts';
import { isReport, proven } from '../figures.ts';
import { drive, newWorld, secretsOf, testHost } from '../run/rig.ts';
import { quickPractice, type World } from '../run/world.ts';
import { changeBytes, cutAnywhere } from './harm.ts';

async function aWorld(): Promise<World> {
  const world = newWorld(parent);
  await mkdir(world.home);
  return world;
}

interface Journals {
  readonly world: World;
  readonly install: Buffer;
  readonly rollback: Buffer;
}

async function journals(): Promise<Journals> {
  const world = await aWorld();
  const state = stateOf(world);
  const install = await drive(world);
  const rollback = await drive(world, { kind: 'rollback', of: install.run, given: {} });
  const read = ({ run }: { readonly run: string }) => readFile(state.journal(run));
  return { world, install: await read(install), rollback: await read(rollback) };
}

const every = isReport ? 1 : 61;

describe('a journal of a real run', () => {
  test('with any byte changed is read as it was, or is said to be damaged', async () => {
    const { install, rollback } = await journals();
    for (const [name, bytes] of Object.entries({ install, rollback })) {
      const { counted, missed } = changeBytes(bytes, every);
      expect(missed, name).toEqual([]);
      console.log(`one byte changed, ${name}, ${bytes.length} bytes: ${JSON.stringify(counted)}`);
      proven('journal', `one byte changed, practice ${name}`, counted);
    }
  }, 3_600_000);

  test('cut at any length opens with what was whole, and says when something was cut', async () => {
    const { install, rollback } = await journals();
    for (const [name, bytes] of Object.entries({ install, rollback })) {
      const { counted, missed } = cutAnywhere(bytes, every);
      expect(missed, name).toEqual([]);
      proven('journal', `cut at each length, practice ${name}`, counted);
    }
  }, 3_600_000);

  test('of which the last line lost the sectors that were never written is torn, by other zeros damaged', async () => {
    const { install } = await journals();
    const text = install.toString();
    const lines = text.trimEnd().split('\n');
    const longest = Math.max(...lines.map((line) => line.length));
    const until = lines.slice(0, lines.findIndex((line) => line.length === longest) + 1).join('\n');
    const bytes = Buffer.from(`${until}\n`);
    const start = bytes.lastIndexOf(10, bytes.length - 2) + 1;
    const sectors = Math.floor((bytes.length - start) / 512);
    expect(sectors).toBeGreaterThan(2);
    const first = Math.ceil(start / 512) * 512;
    const counted = { cases: 0, detected: 0, harmless: 0, missed: 0 };
    for (let sector = 0; sector < sectors - 1; sector++) {
      const from = sector === 0 ? start : first + (sector - 1) * 512;
      const lost = Buffer.from(bytes).fill(0, from, first + sector * 512);
      const read = readJournal('j', lost);
      expect([read.torn, read.whole.length], `sector ${sector}`).toEqual([true, start]);
      const damaged = Buffer.from(bytes).fill(0, from + 1, first + sector * 512 - 1);
      expect(() => readJournal('j', damaged), `inside of sector ${sector}`).toThrow(Damaged);
      counted.cases += 2;
      counted.detected += 2;
    }
    proven('journal', 'zeros in the last line', counted);
  });
});

describe('a journal of an older program', () => {
  const former = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);

  /** Without what was added since, with a chain of its own. */
  function older(bytes: Buffer): string {
    let sum = '';
    return readJournal('j', bytes)
      .records.map((record) => {
        const text = JSON.stringify(asThen(record));
        sum = former(sum + text);
        return `${text.slice(0, -1)},"sum":"${sum}"}\n`;
      })
      .join('');
  }

  function asThen(record: ReturnType<typeof readJournal>['records'][number]): object {
    if (record.type === 'begin') return { ...record, needs: undefined };
    if (record.type === 'engine') return { ...record, turn: undefined, by: undefined };
    if (record.type === 'answer') return { ...record, list: undefined };
    if (record.type !== 'planned') return record;
    return {
      ...record,
      steps: record.steps.map((step) => ({ ...step, needs: undefined, why: undefined, says: undefined })),
    };
  }

  test('is read, verified, continued and undone by this one', async () => {
    const world = await aWorld();
    const before = await seen(world);
    const stopped = await drive(world, { until: 'settings' });
    const state = stateOf(world);
    const rewrite = async (run: string) =>
      writeFile(state.journal(run), older(await readFile(state.journal(run))));
    await rewrite(stopped.run);
    expect((await state.summaries())[0]).toMatchObject({ state: 'interrupted' });
    const again = await drive(world, { run: stopped.run });
    expect(again.exit).toBe(0);
    await rewrite(stopped.run);
    expect(standingRun(await state.runs(), 'practice')?.id).toBe(stopped.run);
    const back = await drive(world, { kind: 'rollback', of: stopped.run, given: {} });
    await rewrite(back.run);
    expect([back.exit, await seen(world)]).toEqual([0, before]);
    expect((await state.summaries()).map((one) => one.state)).toEqual(['rolled-back', 'rolled-back']);
  });
});

describe('a clock that is set back an hour', () => {
  const hour = 3_600_000;

  /** From its nth look on; `n` 0 is from the beginning. */
  function setBack(n: number): { host: Host; looks: () => number } {
    const host = testHost();
    let looks = 0;
    return {
      host: {
        ...host,
        now: () => new Date(Date.now() - (looks++ < n ? 0 : hour)),
      },
      looks: () => looks,
    };
  }

  test('in the middle of a run, or between runs, changes no order, no outcome and no duration', async () => {
    const whole = setBack(Number.POSITIVE_INFINITY);
    expect((await drive(await aWorld(), { host: whole.host })).exit).toBe(0);
    const counted = { cases: 0, detected: 0, harmless: 0, missed: 0 };
    for (let n = 0; n <= whole.looks(); n += isReport ? 1 : 17) {
      const world = await aWorld();
      const before = await seen(world);
      const state = stateOf(world);
      const first = await drive(world, { host: setBack(n).host });
      const second = await drive(world, { host: setBack(0).host });
      expect([first.exit, second.exit], `set back at look ${n}`).toEqual([0, 0]);
      expect(await state.ids()).toEqual([first.run, second.run]);
      const runs = await state.runs();
      expect(standingRun(runs, 'practice')?.id).toBe(second.run);
      const times = Object.values(expectedOf(runs, quickPractice).steps);
      expect(times.filter((time) => time <= 0 || time > hour / 2)).toEqual([]);
      const about = {
        facts: {},
        guides: [quickPractice],
        store: secretsOf(world),
        program: 'x',
        lang: 'en',
      } as const;
      const built = await asBuilt({ state, ...about }, first.run, 'done');
      const report = built ? reportOf(built) : '';
      expect(report).toContain('## ');
      expect(report).not.toMatch(/-\d+\u00a0?(s|min|h)\b/);
      const spent = first.seat.view.steps.map(({ began, ended }) => [began, ended].every((at) => at !== ''));
      expect(spent.every(Boolean)).toBe(true);
      const back = await drive(world, { kind: 'rollback', of: first.run, given: {}, host: setBack(0).host });
      expect([back.exit, await seen(world)]).toEqual([0, before]);
      expect((await state.summaries()).map((one) => one.state)).toEqual(Array(3).fill('rolled-back'));
      counted.cases++;
      counted.harmless++;
    }
    proven('journal', 'clock set back an hour, at each look at it', counted);
  }, 600_000);
});

test('a run whose first line cannot be read is told by the name of its folder', async () => {
  const { world, install } = await journals();
  const state = stateOf(world);
  const [run = ''] = await state.ids();
  await writeFile(state.journal(run), Buffer.concat([Buffer.from('x'), install]));
  const { runs, unreadable } = await state.look();
  expect(runs.map(({ records }) => opened(records)?.kind)).toEqual(['rollback']);
  expect(unreadable.map((one) => one.run)).toEqual([run]);
  await expect(state.runsOf('practice')).rejects.toThrow(Damaged);
  expect(await state.runsOf('pretix')).toHaveLength(1);
  await expect(state.runs()).rejects.toThrow(Damaged);
});
