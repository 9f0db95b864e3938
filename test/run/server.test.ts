/** The engine's socket, with real connections. */
import { stat } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connect, type LiveConnection } from '../../src/client/connect.ts';
import { realHost } from '../../src/host/real.ts';
import { Journal } from '../../src/journal/journal.ts';
import { StateFolder } from '../../src/journal/state.ts';
import { JsonLines } from '../../src/run/json-lines.ts';
import type { Event } from '../../src/run/protocol.ts';
import { serveSession } from '../../src/run/server.ts';
import { Session } from '../../src/run/session.ts';
import { openedBody } from '../journal/records.ts';
import { newWorld } from './rig.ts';

interface Served {
  readonly session: Session;
  readonly path: string;
  readonly stop: () => Promise<void>;
}

/** A run of one record, whose socket is in a folder below the world's. */
async function served(below = 'state'): Promise<Served> {
  const state = new StateFolder(realHost(), `${newWorld().root}/${below}`);
  await state.prepare('0001-x');
  const journal = await Journal.open(realHost(), state.journal('0001-x'));
  await journal.append(openedBody());
  const session = new Session(journal, { logs: '/logs', resume: 'resume' }, 60_000);
  const path = `${state.run('0001-x')}/socket`;
  const stop = await serveSession(session, path);
  onTestFinished(async () => {
    await stop();
    await journal.close();
  });
  return { session, path, stop };
}

async function until(what: () => boolean): Promise<void> {
  const host = realHost();
  for (let waited = 0; !what(); waited += 5) {
    if (waited > 5000) throw new Error(`never: ${what}`);
    await host.sleep(5);
  }
}

async function stranger(path: string, bytes: Buffer | string): Promise<Socket> {
  const socket = createConnection(path);
  socket.on('error', () => {});
  socket.write(bytes);
  return socket;
}

const isLive = (connection: LiveConnection) => until(() => connection.view().live);

describe('the socket', () => {
  test('is for its owner alone, in a folder that is for its owner alone', async () => {
    const { path } = await served();
    expect(((await stat(path)).mode & 0o7777).toString(8)).toBe('600');
    expect(((await stat(dirname(path))).mode & 0o7777).toString(8)).toBe('700');
  });

  test('may have any path, also longer than a socket’s name can be', async () => {
    const { path, session } = await served(`${'very-long-folder/'.repeat(12)}state`);
    expect(path.length).toBeGreaterThan(200);
    const connection = await connect(path);
    await isLive(connection);
    expect(connection.view().run).toBe('0001-x');
    expect(session.clients).toBe(1);
    connection.close();
  });

  test('takes the place of one that a dead engine left, and goes with its engine', async () => {
    const { path, stop } = await served();
    const again = await served();
    await stop();
    await expect(stat(path)).rejects.toThrow('ENOENT');
    await expect(connect(path)).rejects.toThrow('ENOENT');
    expect(again.path).not.toBe(path);
  });
});

describe('a client', () => {
  test('gets the past, then what is live, in the order of the journal', async () => {
    const { path, session } = await served();
    const connection = await connect(path);
    await isLive(connection);
    await Promise.all(['a', 'b', 'c'].map((step) => session.append({ type: 'step-begin', step })));
    await until(() => connection.view().seq === 4);
    const order: string[] = [];
    connection.events((event) => order.push(event.type === 'record' ? String(event.record.seq) : event.type));
    expect(order).toEqual(['1', 'live', '2', '3', '4']);
    connection.close();
  });

  test('one of two decides; the other does when it has gone', async () => {
    const { path, session } = await served();
    const first = await connect(path);
    await isLive(first);
    const second = await connect(path);
    await isLive(second);
    expect([first.view().decides, second.view().decides]).toEqual([true, false]);
    const decision = session.ask('failure');
    second.send({ type: 'skip', reason: 'not mine to say' });
    await realHost().sleep(20);
    first.close();
    await until(() => second.view().decides);
    second.send({ type: 'retry' });
    expect(await decision).toEqual({ type: 'retry' });
    second.close();
    await until(() => session.clients === 0);
  });

  test('that is told of the end knows that the engine was not lost; without an end it was', async () => {
    const ended = await served();
    const one = await connect(ended.path);
    await isLive(one);
    ended.session.emit({ type: 'end', state: 'done', exit: 0, finished: [], report: '' });
    await ended.stop();
    await one.over;
    expect([one.lost(), one.view().end?.exit]).toEqual([false, 0]);

    const cut = await served();
    const other = await connect(cut.path);
    await isLive(other);
    await cut.stop();
    await other.over;
    await until(() => other.lost());
  });

  test('that sends what is no message is shown out, and the others notice nothing', async () => {
    const { path, session } = await served();
    const good = await connect(path);
    await isLive(good);
    const hello = '{"type":"hello","from":0}\n';
    for (const bytes of [
      'GET / HTTP/1.1\r\n\r\n',
      Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0x80, 0x0a]),
      `${hello}{{{\n`,
      'null\n',
      '42\n"text"\n[]\n',
      '{"type":"hello"}\n',
      '{"type":"hello","from":-1}\n',
      `${hello}{"type":"no such decision"}\n`,
      `${hello}{"type":"answer","id":"NAME"}\n`,
      `${hello}{"type":"start","unattended":true,"given":[{"id":"NAME"}]}\n`,
    ]) {
      const socket = await stranger(path, bytes);
      socket.resume();
      await new Promise((resolve) => socket.once('close', resolve));
    }
    await until(() => session.clients === 1);
    await session.append({ type: 'step-begin', step: 'after' });
    await until(() => good.view().seq === 2);
    const decision = session.ask('failure');
    good.send({ type: 'retry' });
    expect(await decision).toEqual({ type: 'retry' });
    good.close();
  });

  test('that reads nothing does not hold up the run', async () => {
    const { path, session } = await served();
    const socket = await stranger(path, '{"type":"hello","from":0}\n');
    socket.pause();
    await until(() => session.clients === 1);
    for (let n = 0; n < 200; n++) session.emit({ type: 'output', step: 'a', text: 'x'.repeat(10_000) });
    await session.append({ type: 'step-begin', step: 'after' });
    expect(session.records).toHaveLength(2);
    socket.destroy();
  });

  test('that reads late misses output, not a record, and is told where', async () => {
    const { path, session } = await served();
    const socket = await stranger(path, '{"type":"hello","from":0}\n');
    socket.pause();
    await until(() => session.clients === 1);
    for (let n = 0; n < 100; n++) {
      session.emit({ type: 'output', step: 'a', text: `${'x'.repeat(60_000)}\n` });
      await session.append({ type: 'warning', step: 'a', say: { fr: `${n}`, en: `${n}` } });
    }
    const events: Event[] = [];
    const lines = new JsonLines<Event>((event) => events.push(event));
    socket
      .setEncoding('utf8')
      .on('data', (text: string) => lines.take(text))
      .resume();
    await until(() => events.filter(({ type }) => type === 'record').length === 101);
    session.emit({ type: 'output', step: 'a', text: 'now\n' });
    session.emit({ type: 'busy', busy: null });
    await until(() => events.at(-1)?.type === 'busy');
    const outputs = events.flatMap((event) => (event.type === 'output' ? [event.text] : []));
    expect(outputs.length).toBeGreaterThan(5);
    expect(outputs.length).toBeLessThan(40);
    expect(outputs.at(-1)).toBe('\n[…]\nnow\n');
    socket.destroy();
  });

  test('that reads nothing at all is shown out in the end, and gets everything when it comes back', async () => {
    const { path, session } = await served();
    const socket = await stranger(path, '{"type":"hello","from":0}\n');
    socket.pause();
    await until(() => session.clients === 1);
    const busy = { fr: 'x'.repeat(1_000_000), en: '' };
    for (let n = 0; n < 60; n++) session.emit({ type: 'busy', busy });
    await until(() => session.clients === 0);
    session.emit({ type: 'output', step: 'a', text: 'still there' });
    const again = await connect(path);
    await until(() => again.view().busy?.fr.length === 1_000_000);
    expect(again.view().lines).toEqual(['still there']);
    again.close();
    socket.destroy();
  });

  test('keeps records of the past, and of output the last part', async () => {
    const { path, session } = await served();
    const connection = await connect(path);
    await isLive(connection);
    for (let n = 0; n < 100; n++) {
      session.emit({ type: 'output', step: 'a', text: `${n}\n` });
      await session.append({ type: 'warning', step: 'a', say: { fr: `${n}`, en: `${n}` } });
    }
    await until(() => connection.view().seq === 101);
    const past: Event[] = [];
    connection.events((event) => past.push(event));
    expect(past.filter(({ type }) => type === 'record')).toHaveLength(101);
    const outputs = past.flatMap((event) => (event.type === 'output' ? [event.text] : []));
    expect(outputs).toEqual(Array.from({ length: 20 }, (_, n) => `${80 + n}\n`));
    expect(connection.view().lines).toHaveLength(101);
    connection.close();
  });
});

test('a message that comes in pieces is put together', async () => {
  const { path, session } = await served();
  const socket = await stranger(path, '');
  for (const byte of '{"type":"hello","from":0}\n{"type":"re') socket.write(byte);
  const decision = session.ask('failure');
  await until(() => session.clients === 1);
  await realHost().sleep(20);
  socket.write('try"}\n');
  expect(await decision).toEqual({ type: 'retry' });
  socket.destroy();
});
