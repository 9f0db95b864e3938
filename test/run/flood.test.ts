/** A step that says very much: what reaches the log, the clients and the journal, and what it costs in memory. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { keptLines } from '../../src/run/protocol.ts';
import { serveSession } from '../../src/run/server.ts';
import type { Session } from '../../src/run/session.ts';
import { aScript, asks, guideOf, stepOf } from './guides.ts';
import { type Drive, type Driven, drive, newWorld } from './rig.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

interface Flooded extends Driven {
  readonly text: (path: string) => Promise<string>;
  readonly shown: string;
  readonly growth: number;
}

const secret = 'Tr0ub4dor&3-flood';
/** Runs a shell script, with `$1` for the folder, as the only step. */
async function flooded(script: string, more: Partial<Drive> = {}): Promise<Flooded> {
  const world = newWorld();
  await mkdir(world.folder, { recursive: true });
  await writeFile(`${world.folder}/flood.sh`, `${script}\ntouch "$1/flood.done"\n`);
  const guide = guideOf(
    'flood',
    [stepOf('flood', aScript('flood'))],
    [asks('PASSWORD', { kind: 'password' })],
  );
  collect();
  const before = process.memoryUsage().heapUsed;
  const done = await drive(world, { guide, given: { DIR: world.folder, PASSWORD: secret }, ...more });
  collect();
  const growth = process.memoryUsage().heapUsed - before;
  const shown = done.seat
    .of('output')
    .map(({ text }) => text)
    .join('');
  const text = (name: string) => readFile(`${world.state}/runs/${done.run}/${name}`, 'utf8');
  return { ...done, text, shown, growth };
}

const megabytes = 1_000_000;
const line = (n: number) => `line ${n} of a long output with some words in it`;
const million = `seq -f 'line %.0f of a long output with some words in it' 1000000`;

describe('a million lines', () => {
  test('are in the log at both ends, in the view at their end, and cost few events and no memory', async () => {
    const { exit, seat, text, shown, growth } = await flooded(million);
    expect(exit).toBe(0);
    expect(seat.view.lines).toEqual([
      ...Array.from({ length: keptLines - 1 }, (_, n) => line(1_000_001 - keptLines + n + 1)),
      '',
    ]);
    expect(shown).toContain(`\n[…]\nline `);
    for (const one of seat.of('output')) expect(one.text.length).toBeLessThan(65_000);
    const head = await text('logs/flood.log');
    expect(head).toContain(`flood.sh`);
    expect(head).toContain(`\n${line(1)}\n${line(2)}\n`);
    expect((await text('logs/flood.log.tail')).endsWith(`\n${line(999_999)}\n${line(1_000_000)}\n`)).toBe(
      true,
    );
    const { began = '', ended = '' } = seat.view.steps[0] ?? {};
    expect(seat.of('output').length).toBeLessThan((Date.parse(ended) - Date.parse(began)) / 100 + 10);
    expect(growth).toBeLessThan(20 * megabytes);
  });

  test('do not wait for a client that reads nothing', async () => {
    const events: number[] = [];
    const { exit, growth } = await flooded(`${million}; ${million}`, {
      serve: async (session: Session) => {
        const path = `${newWorld().root}/socket`;
        const stop = await serveSession(session, path);
        onTestFinished(stop);
        const socket = createConnection(path).on('error', () => {});
        socket.write('{"type":"hello","from":0}\n');
        socket.pause();
        onTestFinished(() => void socket.destroy());
        while (session.clients < 2) await new Promise((resolve) => setTimeout(resolve, 5));
        events.push(session.clients);
      },
    });
    expect([exit, events]).toEqual([0, [2]]);
    expect(growth).toBeLessThan(20 * megabytes);
  });

  test('hide no secret: not in the log, not in an event, not in the journal', async () => {
    const hide = `awk 'BEGIN { for (n = 0; n < 200000; n++) printf "%d Tr0ub4dor&3-flood x\\n", n; }'`;
    const done = await flooded(`${hide}; echo 'Tr0ub4dor&3-flood' >&2; exit 1`);
    expect(done.exit).toBe(1);
    const everywhere = [await done.text('logs/flood.log'), done.shown, await done.text('journal.jsonl')];
    for (const text of [...everywhere, JSON.stringify(done.seat.view)]) {
      expect(text).not.toContain('Tr0ub4dor');
      expect(text).toContain('••••••••');
    }
    expect(everywhere[0]?.match(/^\d+ •{8} x$/gm)).toHaveLength(200_000);
  });
});

describe('one line', () => {
  test.each([1, 50])('of %d MB is whole in the log and short in the view', async (size) => {
    const { seat, text, shown, growth } = await flooded(
      `printf 'before\\n'; head -c ${size}000000 /dev/zero | tr '\\0' x; printf '\\nafter\\n'`,
    );
    for (const one of seat.view.lines) expect(one.length).toBeLessThan(2002);
    expect(seat.view.lines.length).toBeLessThan(10);
    expect(seat.view.lines.slice(-2)).toEqual(['after', '']);
    expect(shown.length).toBeLessThan(seat.of('output').length * 65_000);
    const log = `${await text('logs/flood.log')}${size > 25 ? await text('logs/flood.log.tail') : ''}`;
    expect(log).toContain(`before\n${'x'.repeat(1_000_000)}`);
    expect(log.endsWith('x\nafter\n')).toBe(true);
    expect(growth).toBeLessThan(20 * megabytes);
  });

  test('that a progress bar writes again and again is the last it wrote', async () => {
    const { seat, shown } = await flooded(
      `i=0; while [ $i -lt 30000 ]; do i=$((i + 1)); printf '\\r%d of 30000' $i; done; printf '\\r\\ndone\\n'`,
    );
    expect(seat.view.lines.slice(-3)).toEqual(['30000 of 30000', 'done', '']);
    expect(seat.view.lines.length).toBeLessThan(10);
    expect(shown.length).toBeLessThan(seat.of('output').length * 65_000);
  });
});

describe('what a program sends to a terminal', () => {
  const hostile = [
    String.raw`printf '\033]0;owned\007\033[2J\033[31mred\033[0m\n'`,
    String.raw`printf 'a\033[3'; sleep 0.3; printf '1mb\033]52;c;ZXZpbA=='; sleep 0.3; printf '==\033'; sleep 0.3; printf '\\c\n'`,
    String.raw`printf 'eight \302\23331m\302\235owned\302\234bits\n'`,
    String.raw`printf 'cut \303'; sleep 0.3; printf '\251 bad \377\376 \355\240\200 end\n'`,
    String.raw`printf 'a\342\200\256b\342\201\246c\342\200\213d\n'`,
    String.raw`printf 'open \033]0;never ended\n\033P never\n'`,
    String.raw`printf 'ten%%\rtwenty%%\r\n|\b/\b-\bdone\n'`,
  ].join('\n');
  const lines = [
    'red',
    'abc',
    'eight bits',
    'cut é bad \ufffd\ufffd \ufffd\ufffd\ufffd end',
    'abcd',
    'open ',
    '',
    'twenty%',
    'done',
  ];

  test('is played or taken out before it comes to a client', async () => {
    const { seat, shown } = await flooded(hostile);
    expect(seat.view.lines.slice(1, -1)).toEqual(lines);
    expect(shown).not.toMatch(/[^\n\r\b\P{C}]/u);
  });

  test('stays in the log as it came', async () => {
    const { text } = await flooded(hostile);
    expect(await text('logs/flood.log')).toContain('\u001b]0;owned\u0007\u001b[2J\u001b[31mred\u001b[0m\n');
  });

  test('is in no error: neither in its last lines nor in its values', async () => {
    const { records, seat } = await flooded(
      `${hostile}\nprintf '\\033[31mfatal\\033[0m\\t: no\\n' >&2\nexit 3`,
    );
    const end = records.findLast((record) => record.type === 'step-end');
    expect(end?.type === 'step-end' && end.error?.lastLines.at(-1)).toBe('fatal    : no');
    expect(end?.type === 'step-end' && end.error?.lastLines).toHaveLength(8);
    const said = [
      ...(seat.view.error?.error.lastLines ?? []),
      ...Object.values(seat.view.error?.error.values ?? {}),
    ];
    for (const one of said) expect(one).not.toMatch(/[^\n\P{C}]/u);
  });
});

test('all that a step said has come before its end does, also its last word without a line end', async () => {
  const { seat } = await flooded('printf "last word"');
  const order = seat.events.map((event) => (event.type === 'record' ? event.record.type : event.type));
  expect(order.lastIndexOf('output')).toBeLessThan(order.indexOf('step-end'));
  expect(seat.view.lines.at(-1)).toBe('last word');
});
