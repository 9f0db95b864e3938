import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  findAbove,
  findBelow,
  lineAt,
  lineBefore,
  openStepLog,
  textSource,
} from '../../screens/log-source.ts';
import { higher, lastRows, logStart, rowsFrom } from '../../screens/log-window.ts';
import { stories } from '../../screens/stories.tsx';
import { desk } from '../../src/client/desk.ts';
import type { LogSource, View } from '../../src/run/protocol.ts';
import { keys, stage } from './stage.tsx';

const text = Array.from({ length: 3000 }, (_, index) => `line ${index} é ✔ 日本`).join('\n');

/** Every line of a log, from both ends. */
const walk = (log: LogSource) => {
  const down: string[] = [];
  for (let line = lineAt(log, 0); line; line = lineAt(log, line.to)) down.push(line.text);
  const up: string[] = [];
  for (let line = lineBefore(log, log.size()); line; line = lineBefore(log, line.from)) up.unshift(line.text);
  return { down, up };
};

describe('a log is read by lines', () => {
  test('the same lines come from both ends, whatever a character takes in bytes', () => {
    const { down, up } = walk(textSource(`${text}\n`));
    expect(down).toEqual(text.split('\n'));
    expect(up).toEqual(down);
  });

  test('a line of a megabyte comes in pieces, none is lost', () => {
    const { down, up } = walk(textSource(`first\n${'é'.repeat(500_000)}\nlast`));
    expect(down.join('')).toBe(`first${'é'.repeat(500_000)}last`);
    expect(up.join('')).toBe(down.join(''));
  });

  test('only what is shown is read', () => {
    const log = textSource(text.repeat(20));
    let read = 0;
    const counting: LogSource = {
      ...log,
      read: (from, length) => {
        read += length;
        return log.read(from, length);
      },
    };
    lastRows(counting, 40, 80);
    rowsFrom(counting, { from: 500_000, row: 0 }, 40, 80);
    expect(read).toBeLessThan(100 * 8192);
  });

  test('head and tails of a very long log are one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'log-'));
    for (const [name, part] of [
      ['x.log', 'a\nb\n'],
      ['x.log.tail.1', 'c\nd\n'],
      ['x.log.tail', 'e\n'],
    ] as const)
      writeFileSync(join(folder, name), part);
    const log = openStepLog(desk, join(folder, 'x.log')) as LogSource;
    expect(walk(log)).toEqual({ down: ['a', 'b', 'c', 'd', 'e'], up: ['a', 'b', 'c', 'd', 'e'] });
    expect(log.read(2, 4)).toBe('b\nc\n');
    expect(openStepLog(desk, join(folder, 'none.log'))).toBeUndefined();
  });

  test('words are found forwards and backwards, whatever their case, signs taken as they are', () => {
    const log = textSource(`${text}\nFailed: (a+b)\n${text}`);
    const at = findBelow(log, '(A+B)', 0) as number;
    expect(lineAt(log, at)?.text).toBe('Failed: (a+b)');
    expect(findAbove(log, 'failed', log.size())).toBe(at);
    expect(findBelow(log, 'failed', at + 1)).toBeUndefined();
    expect(findAbove(log, 'failed', at)).toBeUndefined();
  });

  test('going up and down by rows leads through wrapped lines', () => {
    const log = textSource(`${'x'.repeat(25)}\nend\n`);
    const rows = rowsFrom(log, logStart, 9, 10).map((row) => row.text);
    expect(rows).toEqual(['x'.repeat(10), 'x'.repeat(10), 'xxxxx', 'end']);
    expect(higher(log, { from: 26, row: 0 }, 2, 10)).toEqual({ from: 0, row: 1 });
    expect(higher(log, { from: 26, row: 0 }, 9, 10)).toEqual(logStart);
  });
});

describe('the whole output over a screen', () => {
  const logs = (texts: Readonly<Record<string, string>>) => ({
    log: (path: string) => {
      const found = texts[path.split('/').at(-1) ?? ''];
      return found === undefined ? undefined : textSource(found);
    },
  });
  const view = stories['run'] as View;

  test('o opens it at its end, colours and control signs taken out; Escape leads back', async () => {
    const said = `${text}\n10%\r50%\r\u001b[31m100%\u001b[0m done\u001b]0;title\u0007\n`;
    const { press, pause, text: shown } = await stage({ view, desk: logs({ 'pip.log': said }) });
    await press('o');
    expect(shown()).toContain('   100% done');
    expect(shown()).not.toContain('50%');
    expect(shown()).toContain('follows the end');
    await press(keys.escape);
    await pause(60);
    expect(shown()).toContain('You may close this window');
  });

  test('a place is held while the log grows; End follows again', async () => {
    const said = { 'pip.log': text };
    const { press, show, text: shown, lines } = await stage({ view, desk: logs(said) });
    await press('o', keys.pageUp);
    const before = lines().slice(2, -3);
    said['pip.log'] += '\nnewest line\n';
    await show({});
    expect(lines().slice(2, -3)).toEqual(before);
    await press(keys.end);
    expect(shown()).toContain('newest line');
  });

  test('/ searches, n and N go on, and what is not found is said', async () => {
    const { press, text: shown, line } = await stage({ view, desk: logs({ 'pip.log': text }) });
    await press('o', 'g', '/', 'LINE 12', keys.enter);
    expect(line('❯')).toContain('line 12 ');
    await press('n');
    expect(line('❯')).toContain('line 120 ');
    await press('N');
    expect(line('❯')).toContain('line 12 ');
    await press('/', 'nowhere', keys.enter);
    expect(shown()).toContain('“nowhere”: nothing further down');
  });

  test('left and right lead to the logs of other steps', async () => {
    const { press, text: shown } = await stage({
      view,
      desk: logs({ 'pip.log': text, 'venv.log': 'venv made\n' }),
    });
    await press('o', keys.left);
    expect(shown()).toContain('venv made');
    expect(shown()).toContain('Python environment');
    await press(keys.right);
    expect(shown()).toContain('line 2999');
  });

  test('stays over a run that comes to need the person: no key of the reader answers what is below', async () => {
    const failure = stories['failure'] as View;
    const { press, show, text: shown, connection } = await stage({ view, desk: logs({ 'pip.log': text }) });
    await press('o');
    await show({ need: 'failure', error: failure.error });
    expect(shown()).toContain('The run needs you: Esc leads there.');
    await press('/', 'line 7', keys.enter, keys.enter);
    expect(connection.sent).toEqual([]);
    await press(keys.escape);
    expect(shown()).toContain('Try again');
  });

  test('c copies the lines shown, wrapped ones whole', async () => {
    const { press, copied } = await stage({ view, desk: logs({ 'pip.log': `${'x'.repeat(100)}\nend\n` }) });
    await press('o', 'c');
    expect(copied).toEqual([`${'x'.repeat(100)}\nend`]);
  });

  test('a failure shows the same log by the same key', async () => {
    const failure = stories['failure'] as View;
    const { press, text: shown } = await stage({ view: failure, desk: logs({ 'pip.log': text }) });
    await press('o');
    expect(shown()).toContain('line 2999');
  });
});
