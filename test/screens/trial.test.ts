/** A change on trial: one key keeps it, one undoes it, no other does either; the seconds pass and nothing else moves. */
import { describe, expect, test, vi } from 'vitest';
import { stories } from '../../screens/stories.tsx';
import type { Trial, View } from '../../src/run/protocol.ts';
import { keys, stage, tooLarge } from './stage.tsx';

const view = stories['trial'] as View;
const trial = view.trial as Trial;
const end = Date.parse(trial.until);

describe('a change on trial', () => {
  test('is kept by c, said once', async () => {
    const { press, connection } = await stage({ view });
    await press('c', 'c', 'n');
    expect(connection.sent).toEqual([{ type: 'confirm' }]);
  });

  test('is undone by n, said once', async () => {
    const { press, connection } = await stage({ view, lang: 'fr' });
    await press('n', 'n', 'c');
    expect(connection.sent).toEqual([{ type: 'refuse' }]);
  });

  test('is neither kept nor undone by a key of the screen before, or by pasted text', async () => {
    const { press, connection } = await stage({ view });
    await press(
      keys.enter,
      ' ',
      keys.up,
      keys.down,
      keys.home,
      keys.end,
      'o',
      'y',
      'k',
      'j',
      'p',
      'x',
      'cc',
      'can',
    );
    expect(connection.sent).toEqual([]);
  });

  test('is asked about again when it is tried again', async () => {
    const { press, connection, show } = await stage({ view });
    await press('n');
    await show({ need: 'failure', trial: null });
    await show({ need: 'confirmation', trial: { ...trial, until: '2026-11-03T14:15:37.000Z' } });
    await press('c');
    expect(connection.sent).toEqual([{ type: 'refuse' }, { type: 'confirm' }]);
  });

  test('is nothing for who only watches, who is told so and sees the time', async () => {
    const { press, connection, text } = await stage({ view: { ...view, decides: false } });
    await press('c', 'n');
    expect(connection.sent).toEqual([]);
    expect(text()).toContain('read-only: another window decides');
    expect(text()).toContain('Undone by itself in 47 s');
  });

  test('may be taken over by who watches, with the keys that they have anyway', async () => {
    const { press, connection, show } = await stage({ view: { ...view, decides: false } });
    await press(keys.ctrl('c'), keys.down, keys.enter);
    expect(connection.sent).toEqual([{ type: 'take-over' }]);
    await show({ decides: true });
    await press('c');
    expect(connection.sent.at(-1)).toEqual({ type: 'confirm' });
  });

  test('is undone by who leaves, which is said before', async () => {
    const { press, connection, text, outcomes } = await stage({ view });
    await press('q');
    expect(text()).toContain('If you leave now, the change on trial is undone.');
    await press(keys.escape, 'q', keys.down, keys.enter);
    expect(connection.sent).toEqual([{ type: 'stop' }]);
    expect(outcomes).toMatchObject([{ exit: 130 }]);
  });
});

describe('the time', () => {
  const at = async (seconds: number, size: readonly [number, number] = [80, 24], lang: 'en' | 'fr' = 'en') =>
    stage({ view, size, lang, clock: () => end - seconds * 1000 });

  test.each([
    [80, 24],
    [60, 16],
    [120, 40],
  ] as const)('is all that changes from one second to the next at %i×%i', async (...size) => {
    for (const lang of ['en', 'fr'] as const) {
      let now = end - 10_000;
      const { lines, show } = await stage({ view, size, lang, clock: () => now });
      // A busy machine draws the new size later.
      await vi.waitFor(() => expect(lines()).toHaveLength(size[1]), 5000);
      const before = lines();
      now += 1000;
      await show({});
      await vi.waitFor(() => expect(lines()).not.toEqual(before), 5000);
      const changed = lines().filter((line, row) => line !== before[row]);
      expect(changed).toHaveLength(2);
      expect(changed[0]).toMatch(/(itself in|seul dans) {2}9\u00a0s/);
      const former = before.filter((line, row) => line !== lines()[row]);
      expect(changed.map(({ length }) => length)).toEqual(former.map(({ length }) => length));
    }
  });

  test('goes on by itself, without a key or an event', async () => {
    let now = end - 20_000;
    const { text } = await stage({ view, clock: () => now });
    expect(text()).toContain('Undone by itself in 20 s');
    now += 3000;
    await vi.waitFor(() => expect(text()).toContain('Undone by itself in 17 s'), 5000);
  });

  test('that is over is said, and no number below nothing', async () => {
    for (const seconds of [0, -1, -500]) expect((await at(seconds)).text()).toContain('The time is over');
  });

  test('and both choices are seen whole in the smallest window, in both languages', async () => {
    for (const lang of ['en', 'fr'] as const) {
      const { text, frames } = await at(47, [60, 16], lang);
      expect(text()).toMatch(/c {2}\S/);
      expect(text()).toMatch(/n {2}\S/);
      expect(text()).toMatch(/47 s/);
      expect(tooLarge(frames, [60, 16])).toEqual([]);
    }
  });

  test('stays readable in a window that is too small for the rest', async () => {
    const { text } = await at(47, [40, 8]);
    expect(text()).toContain('Undone by itself in 47 s');
    expect(text()).toContain('c keep it');
  });

  test('needs no colour and no typography', async () => {
    const { text } = await stage({ view, ascii: true, lang: 'fr', clock: () => end - 30_000 });
    expect(text()).toContain('Défait tout seul dans 30 s');
    expect(text()).toMatch(/#+\.+/);
  });
});
