/** A client's end of a run: connects to the engine's socket and keeps the newest view. */
import { createConnection, type Socket } from 'node:net';
import type { JournalRecord } from '../journal/records.ts';
import { JsonLines } from '../run/json-lines.ts';
import {
  type Connection,
  type Decision,
  type Event,
  foldEvent,
  foldRecords,
  type Hello,
  type View,
} from '../run/protocol.ts';
import { withShortPath } from '../run/socket-path.ts';

export interface LiveConnection extends Connection {
  /** Every event as it comes; those so far first. */
  events(listener: (event: Event) => void): void;
  lost(): boolean;
  /** Kept when the engine has said `end`, or is gone. */
  readonly over: Promise<void>;
}

const keptOutputs = 20;

/** Connects, or throws what `connect` says. `known`: records that were read of the journal; the engine sends the rest. */
export async function connect(path: string, known: readonly JournalRecord[] = []): Promise<LiveConnection> {
  const socket = await open(path);
  let view: View = foldRecords(known);
  let gone = false;
  const past: Event[] = known.map((record) => ({ type: 'record', record }));
  const listeners = new Set<() => void>();
  const eventListeners = new Set<(event: Event) => void>();
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const take = (event: Event) => {
    if (event.type === 'output') forgetOutput(past);
    past.push(event);
    view = foldEvent(view, event);
    for (const listener of eventListeners) listener(event);
    if (event.type === 'end') resolve();
  };
  const lines = new JsonLines<Event>(take);
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    lines.take(text);
    changed();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    gone = view.end === null;
    resolve();
    changed();
  });
  const write = (message: Hello | Decision) =>
    void (socket.writable && socket.write(`${JSON.stringify(message)}\n`));
  write({ type: 'hello', from: known.length });
  return {
    view: () => view,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    events: (listener) => {
      for (const event of past) listener(event);
      eventListeners.add(listener);
    },
    send: write,
    close: () => socket.end(),
    lost: () => gone,
    over,
  };
}

/** Output comes for hours. Of the past its last part is enough; records and all else are kept. */
function forgetOutput(past: Event[]): void {
  const outputs = past.filter(({ type }) => type === 'output').length;
  if (outputs >= keptOutputs)
    past.splice(
      past.findIndex(({ type }) => type === 'output'),
      1,
    );
}

function open(path: string): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = withShortPath(path, (short) => createConnection(short));
  socket.once('connect', () => resolve(socket));
  socket.once('error', reject);
  return promise;
}
