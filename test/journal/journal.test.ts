import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { realHost } from '../../src/host/real.ts';
import type { Host } from '../../src/host/types.ts';
import { Damaged, Journal, readJournal, TooNew } from '../../src/journal/journal.ts';
import type { Body } from '../../src/journal/records.ts';
import { ended, engineBody, openedBody } from './records.ts';

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'setup-wizard-journal-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'journal.jsonl');
}

const answer = (id: string, value: string): Body => ({ type: 'answer', id, value, from: 'person' });
const some: readonly Body[] = [
  openedBody(),
  engineBody,
  answer('NAME', 'Zoë "the\nfirst" \u{1f600}'),
  answer('N', '1'),
];

async function written(bodies: readonly Body[] = some): Promise<{ path: string; bytes: Buffer }> {
  const path = newPath();
  const journal = await Journal.open(realHost(), path);
  for (const body of bodies) await journal.append(body);
  await journal.close();
  return { path, bytes: readFileSync(path) };
}

/** What reading says: records, and whether the end was torn; or that it is damaged. */
function readAs(bytes: Buffer) {
  try {
    return readJournal('j', bytes);
  } catch (error) {
    if (error instanceof Damaged || error instanceof TooNew) return error;
    throw error;
  }
}

describe('a journal that was changed', () => {
  test('in any one byte is said to be damaged or torn, and never gives another record', async () => {
    const { bytes } = await written();
    const whole = readJournal('j', bytes).records;
    const silent: string[] = [];
    for (let at = 0; at < bytes.length; at++) {
      const was = bytes[at] ?? 0;
      for (const now of new Set([was ^ 1, was ^ 32, was ^ 128, 0, 10, 32, 34, 48, 92, 125])) {
        if (now === was) continue;
        const changed = Buffer.from(bytes);
        changed[at] = now;
        const read = readAs(changed);
        if (read instanceof TooNew) continue;
        const records = read instanceof Damaged ? read.readable : read.records;
        expect(records, `byte ${at} is ${now}`).toEqual(whole.slice(0, records.length));
        if (!(read instanceof Damaged) && !read.torn) silent.push(`byte ${at} is ${now}`);
      }
    }
    expect(silent).toEqual([]);
  });

  test('cut at any length opens with the whole records, and says when the last was not whole', async () => {
    const { bytes } = await written();
    const { records } = readJournal('j', bytes);
    for (let length = 0; length <= bytes.length; length++) {
      const cut = bytes.subarray(0, length);
      const lines = cut.toString('latin1').split('\n').length - 1;
      const read = readJournal('j', cut);
      expect(read.records, `${length} bytes`).toEqual(records.slice(0, lines));
      expect(read.torn, `${length} bytes`).toBe(length > 0 && cut.at(-1) !== 10);
    }
  });

  test('with zeros for a last line that never reached the disk is torn', async () => {
    const { bytes } = await written();
    const toSector = '\0'.repeat(512 - (bytes.length % 512));
    for (const end of [
      '\0'.repeat(4096),
      '{"type":"ans\0\0\0\0',
      `${toSector}the rest"}\n`,
      `${toSector}\n`,
    ]) {
      const read = readJournal('j', Buffer.concat([bytes, Buffer.from(end)]));
      expect([read.records.length, read.torn], JSON.stringify(end)).toEqual([some.length, true]);
    }
  });

  test('by zeros that no sector ends with is damaged, in the last line too', async () => {
    const { bytes } = await written();
    const start = bytes.lastIndexOf(10, bytes.length - 2) + 1;
    for (const at of [start, start + 5, bytes.length - 2, bytes.length - 1].filter((at) => at % 512 !== 511))
      expect(readAs(Buffer.from(bytes).fill(0, at, at + 1)), `byte ${at}`).toMatchObject({
        line: some.length,
      });
  });

  test('in the end of its last line is damaged: a whole record is never lost without a word', async () => {
    const { bytes } = await written();
    for (const last of [0, 11, 13, 32, 125])
      expect(readAs(Buffer.from(bytes).fill(last, bytes.length - 1))).toMatchObject({ line: some.length });
  });

  test('by zeros before its end is damaged', async () => {
    const { bytes } = await written();
    const damaged = Buffer.from(bytes).fill(0, 40, 60);
    expect(readAs(damaged)).toMatchObject({ name: 'Damaged', line: 1, readable: [] });
  });

  test('by a line left out, doubled or out of order is damaged, and shows what came before', async () => {
    const { bytes } = await written();
    const [first, second, third, fourth] = bytes.toString().split('\n');
    for (const lines of [
      [first, third, fourth],
      [first, second, second, third],
      [first, third, second, fourth],
      [second, third, fourth],
    ]) {
      const read = readAs(Buffer.from(`${lines.join('\n')}\n`));
      expect(read).toBeInstanceOf(Damaged);
      const { readable = [] } = read as Damaged;
      expect(readable.map(({ seq }) => seq)).toEqual(readable.map((_, index) => index + 1));
    }
  });

  test('is not written to', async () => {
    const { path, bytes } = await written();
    const damaged = Buffer.from(bytes);
    damaged[50] = (damaged[50] ?? 0) ^ 1;
    writeFileSync(path, damaged);
    await expect(Journal.open(realHost(), path)).rejects.toThrow(Damaged);
    expect(readFileSync(path).equals(damaged)).toBe(true);
  });
});

describe('a journal of a newer program', () => {
  test('is refused with its version before anything else in it is looked at', async () => {
    const versions = { program: '9.0.0', guide: '1', protocol: 5, journal: 2 };
    const line = `{"type":"unheard-of","versions":${JSON.stringify(versions)},"sum":"none of ours"}`;
    for (const text of [`${line}\n`, `${line}\nnot even JSON\n`, `${line}\n{"torn`]) {
      expect(readAs(Buffer.from(text))).toMatchObject({ name: 'TooNew', program: '9.0.0' });
    }
  });

  test('is not written to', async () => {
    const path = newPath();
    const versions = { program: '9.0.0', guide: '1', protocol: 1, journal: 99 };
    const text = `${JSON.stringify({ ...openedBody(), versions })}\n{"torn`;
    writeFileSync(path, text);
    await expect(Journal.open(realHost(), path)).rejects.toThrow(TooNew);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});

describe('a journal that is written', () => {
  test('goes on after a torn end as if the torn line had never been', async () => {
    const { path, bytes } = await written();
    writeFileSync(path, bytes.subarray(0, bytes.length - 9));
    const journal = await Journal.open(realHost(), path);
    expect(journal.torn).toBe(true);
    await journal.append(answer('N', '2'));
    await journal.close();
    const again = readJournal(path, readFileSync(path));
    expect(again.torn).toBe(false);
    expect(again.records.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(again.records.at(-1)).toMatchObject({ id: 'N', value: '2' });
  });

  test('keeps the order of its numbers when the clock is set back an hour', async () => {
    const path = newPath();
    const times = ['2026-10-25T02:59:59.000Z', '2026-10-25T02:00:00.000Z', '2026-10-25T02:00:01.000Z'];
    const host: Host = { ...realHost(), now: () => new Date(times.shift() ?? 0) };
    const journal = await Journal.open(host, path);
    for (const body of some.slice(0, 3)) await journal.append(body);
    await journal.close();
    const { records } = readJournal(path, readFileSync(path));
    expect(records.map(({ seq, type }) => `${seq} ${type}`)).toEqual(['1 opened', '2 engine', '3 answer']);
    expect((records[1]?.time ?? '') < (records[0]?.time ?? '')).toBe(true);
  });

  test('keeps the order in which appends were asked for, however many at once', async () => {
    const path = newPath();
    const journal = await Journal.open(realHost(), path);
    const bodies = [openedBody(), ...Array.from({ length: 50 }, (_, n) => answer('N', 'x'.repeat(n * 97)))];
    const heard: number[] = [];
    journal.listen(({ seq }) => heard.push(seq));
    const given = await Promise.all(bodies.map((body) => journal.append(body)));
    await journal.close();
    const { records } = readJournal(path, readFileSync(path));
    expect(records).toEqual(given);
    expect(records.map(({ seq: _, time: __, ...body }) => body)).toEqual(bodies);
    expect(heard).toEqual(records.map(({ seq }) => seq));
  });

  test('has each record on the disk before anybody hears of it', async () => {
    const path = newPath();
    const journal = await Journal.open(realHost(), path);
    const onDisk: number[] = [];
    journal.listen(() => onDisk.push(readJournal(path, readFileSync(path)).records.length));
    for (const body of some) await journal.append(body);
    await journal.close();
    expect(onDisk).toEqual([1, 2, 3, 4]);
  });

  test('takes nothing more once an append has failed: half a line may be there', async () => {
    const path = newPath();
    let isFull = false;
    const host = realHost({
      gate: (point) => {
        if (isFull && point === 'append half') throw new Error('ENOSPC');
      },
    });
    const journal = await Journal.open(host, path);
    await journal.append(openedBody());
    isFull = true;
    await expect(journal.append(engineBody)).rejects.toThrow('ENOSPC');
    isFull = false;
    await expect(journal.append(ended('failed', 1))).rejects.toThrow('ENOSPC');
    await journal.close();
    expect(journal.records.length).toBe(1);
    const again = await Journal.open(realHost(), path);
    expect([again.torn, again.records.length]).toEqual([true, 1]);
    await again.append(engineBody);
    await again.close();
    expect(readJournal(path, readFileSync(path)).records.length).toBe(2);
  });

  test('is for its owner alone', async () => {
    const { path } = await written();
    expect((await realHost().stat(path))?.mode).toBe('0600');
  });
});
