import { describe, expect, test } from 'vitest';
import { stories } from '../../screens/stories.tsx';
import { type Expected, emptyView, foldEvent, type View } from '../../src/run/protocol.ts';
import { keys, stage } from './stage.tsx';

const run = stories['run'] as View;
const view = (change: Partial<View>): View => ({ ...run, ...change });
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `output ${from + index}.`);

describe('the output of a step', () => {
  test('holds its place when one has scrolled back, while new lines come and old ones leave', async () => {
    const { press, show, lines, text } = await stage({ view: view({ lines: numbered(0, 500), dropped: 0 }) });
    await press(keys.pageUp);
    const seen = lines().filter((line) => line.includes('output '));
    await show({ lines: numbered(100, 600), dropped: 100 });
    expect(lines().filter((line) => line.includes('output '))).toEqual(seen);
    expect(text()).toMatch(/10\d lines below · End follows again/);
    await press(keys.end);
    expect(text()).toContain('output 599.');
  });

  test('Home shows the first line that is kept; the next step is followed again', async () => {
    const { press, show, text } = await stage({ view: view({ lines: numbered(100, 600), dropped: 100 }) });
    await press(keys.home);
    expect(text()).toContain('output 100.');
    const steps = run.steps.map((step) => ({
      ...step,
      ...(step.id === 'pip' ? { state: 'done' as const } : {}),
      ...(step.id === 'migrate' ? { state: 'running' as const, began: step.began } : {}),
    }));
    await show({ steps, lines: numbered(0, 90), dropped: 0 });
    expect(text()).toContain('output 89.');
  });

  test('the fold counts the lines that it drops', () => {
    const text = numbered(0, 1200).join('\n');
    const after = foldEvent({ ...emptyView }, { type: 'output', step: 'x', text: `${text}\n` });
    expect(after.dropped + after.lines.length).toBe(1201);
    const more = foldEvent(after, { type: 'output', step: 'x', text: 'a\nb' });
    expect(more.dropped + more.lines.length).toBe(1202);
    expect(more.lines.at(-1)).toBe('b');
  });

  test('a step that has said nothing for a while is said to be silent', async () => {
    const { line } = await stage({ view: view({ lines: [] }) });
    expect(line('3 packages in')).toContain('silent for 30 s');
  });
});

describe('the header', () => {
  const header = async (change: Partial<View>, size: [number, number] = [80, 24]) =>
    (await stage({ view: view(change), size })).lines()[0]?.replaceAll('\u00a0', ' ');
  const steps = (expected: Expected['steps']): Expected => ({ steps: expected, minutes: 9 });

  test('says guide, chapter, step, elapsed and what is left from earlier runs', async () => {
    const expected = steps({ pip: 95_000, migrate: 60_000, site: 4_000, licence: 0 });
    expect(await header({ expected })).toMatch(/^ Pretix › Pretix +step 6 \/ 9 · 0:45 · ~3 min left/);
  });

  test('says the guide’s measure as long as a step to come was never timed', async () => {
    expect(await header({ expected: steps({ pip: 95_000 }) })).toContain('~9 min in all');
    expect(await header({ expected: { steps: {}, minutes: 0 } })).toMatch(/0:45 *$/);
  });

  test('a step that takes longer than last time is said to, no time is promised', async () => {
    const expected = steps({ pip: 5_000, migrate: 60_000, site: 4_000, licence: 0 });
    expect(await header({ expected })).toContain('longer than last time');
  });

  test('time between an interruption and its resume does not count', async () => {
    const [first, ...rest] = run.steps;
    const longAgo = { ...first, began: '2026-10-01T08:00:00.000Z', ended: '2026-10-01T08:00:03.000Z' };
    expect(await header({ steps: [longAgo as (typeof run.steps)[number], ...rest] })).toContain('0:45');
  });

  test('one who watches reads so in the header and over the keys', async () => {
    const { lines, text } = await stage({ view: view({ decides: false }) });
    expect(lines()[0]).toContain('read-only');
    expect(text()).toContain('read-only: another window decides');
  });
});

test('a wide terminal shows all steps beside the output', async () => {
  const { line } = await stage({ view: run, size: [120, 40] });
  expect(line('Create the tables')).toMatch(/· Create the tables +│/);
  expect(line('3 packages in')).toMatch(/│ {3}3 packages/);
});

test('F1 explains the keys too, and a long help is scrolled', async () => {
  const { press, text } = await stage({ view: run, size: [60, 16], lang: 'fr' });
  await press(keys.ctrl('o'));
  expect(text()).toContain('sortie complète');
  expect(text()).not.toContain('pas encore connu');
  await press(...Array.from({ length: 12 }, () => keys.down));
  expect(text()).toContain('pas encore connu');
  await press('x');
  expect(text()).toContain('pip install pretix');
});
