import { mkdtempSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { realHost } from '../../src/host/real.ts';
import type { Host } from '../../src/host/types.ts';
import { Journal } from '../../src/journal/journal.ts';
import { isTakenBack, openEffects, StateFolder, type StoredRun } from '../../src/journal/state.ts';
import { begin, end, ended, openedBody, storedRun, undoEnd } from './records.ts';

function newState(host: Host = realHost()): StateFolder {
  const folder = mkdtempSync(join(tmpdir(), 'setup-wizard-state-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return new StateFolder(host, `${folder}/a/state`);
}

const install = (id: string, guide = 'practice'): StoredRun =>
  storedRun(id, { guide }, begin('a', 'x'), end('a', 'x'), begin('a', 'y'), end('a', 'y'), ended('done'));
const nothingToDo = (id: string, guide = 'practice'): StoredRun =>
  storedRun(id, { guide }, end('a', 'x', 'same'), ended('done'));
/** Takes back effects by the number of their first record. */
const rollbackOf = (
  id: string,
  of: string,
  effects: readonly number[],
  more: { to?: string } = {},
): StoredRun =>
  storedRun(id, { kind: 'rollback', of, ...more }, ...effects.map((seq) => undoEnd(of, seq)), ended('done'));

describe('the effects that still stand', () => {
  test('are those that no rollback settled, of whichever run', () => {
    const target = install('1');
    const runs = [target, rollbackOf('2', '1', [4]), rollbackOf('3', 'other', [2])];
    expect(openEffects(target, runs).map(({ seq }) => seq)).toEqual([2]);
    expect(openEffects(target, [...runs, rollbackOf('4', '1', [2])])).toEqual([]);
  });
});

describe('a run is taken back', () => {
  const cut = storedRun('2', { kind: 'rollback', of: '1' }, undoEnd('1', 4), undoEnd('1', 2));
  for (const [what, id, runs, expected] of [
    ['when a rollback of it is complete', '1', [install('1'), rollbackOf('2', '1', [4, 2])], true],
    ['not before any rollback', '1', [install('1')], false],
    ['not while one of its effects stands', '1', [install('1'), rollbackOf('2', '1', [4])], false],
    ['not by a rollback that has not ended', '1', [install('1'), cut], false],
    [
      'not by a rollback back to a step',
      '1',
      [install('1'), rollbackOf('2', '1', [4, 2], { to: 'a' })],
      false,
    ],
    ['not by the rollback of another guide', '1', [install('1'), rollbackOf('2', '9', [])], false],
    [
      'and so is one that found nothing to do, with the others of its guide',
      '2',
      [install('1'), nothingToDo('2'), rollbackOf('3', '1', [4, 2])],
      true,
    ],
    [
      'but not one that found nothing to do while something of its guide stands',
      '2',
      [install('1'), nothingToDo('2'), rollbackOf('3', '1', [4])],
      false,
    ],
    [
      'but not one that came after the rollback',
      '3',
      [install('1'), rollbackOf('2', '1', [4, 2]), install('3')],
      false,
    ],
    ['and an unknown one is not', '7', [install('1')], false],
  ] as const) {
    test(what, () => expect(isTakenBack(id, runs)).toBe(expected));
  }
});

describe('the name of a new run', () => {
  test('was never used before, within one second, and also when the clock is set back', async () => {
    let now = new Date('2026-10-25T02:59:59.000Z');
    const state = newState({ ...realHost(), now: () => now });
    const names: string[] = [];
    for (const time of [now, now, new Date('2026-10-25T02:00:00.000Z'), now]) {
      now = time;
      const run = await state.newRun('practice');
      expect(names).not.toContain(run);
      await state.prepare(run);
      names.push(run);
    }
    expect(await state.ids()).toEqual(names);
  });

  test('counts on from a run whose journal was never written', async () => {
    const state = newState();
    await state.prepare('0041-20260101-000000-pretix');
    expect(await state.newRun('practice')).toMatch(/^0042-\d{8}-\d{6}-practice$/);
    expect(await state.runs()).toEqual([]);
  });
});

describe('the state folder', () => {
  test('is for its owner alone, with all that is in it', async () => {
    const state = newState();
    await state.prepare('0001-x');
    await state.key();
    const host = realHost();
    for (const name of ['', ...(await readdir(state.path, { recursive: true }))]) {
      const stat = await host.stat(join(state.path, name));
      expect(stat?.mode, name).toBe(stat?.type === 'directory' ? '0700' : '0600');
    }
    expect((await host.stat(join(state.path, '..')))?.mode).toBe('0700');
  });

  test('leaves the folders above it as they are', async () => {
    const state = newState();
    const above = join(state.path, '..');
    await mkdir(above, { mode: 0o755 });
    await state.prepare();
    expect((await realHost().stat(above))?.mode).toBe('0755');
  });

  test('keeps its key, and makes another only when there is none that is whole', async () => {
    const state = newState();
    await state.prepare();
    const key = await state.key();
    expect(key.length).toBe(32);
    expect(await state.key()).toEqual(key);
    await writeFile(`${state.secrets}/key`, key.subarray(0, 5));
    expect((await state.key()).length).toBe(32);
  });

  test('tells equal contents from different ones, and not what they are', async () => {
    const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const print = StateFolder.fingerprint(one, 'secret');
    expect(StateFolder.fingerprint(one, Buffer.from('secret'))).toBe(print);
    expect(StateFolder.fingerprint(one, 'Secret')).not.toBe(print);
    expect(StateFolder.fingerprint(other, 'secret')).not.toBe(print);
  });

  test('with one damaged journal says so, and changes nothing', async () => {
    const state = newState();
    await state.prepare('0001-x');
    const journal = await Journal.open(realHost(), state.journal('0001-x'));
    await journal.append(openedBody());
    await journal.append(ended('done'));
    await journal.close();
    const text = (await readFile(state.journal('0001-x'), 'utf8')).replace('practice', 'praktice');
    await writeFile(state.journal('0001-x'), text);
    await expect(state.runs()).rejects.toThrow('damaged at line 1');
    await expect(state.runsOf('x')).resolves.toEqual([]);
    expect((await state.look()).unreadable.map((one) => one.message)).toEqual([
      expect.stringContaining('damaged at line 1'),
    ]);
    expect(await readFile(state.journal('0001-x'), 'utf8')).toBe(text);
  });
});
