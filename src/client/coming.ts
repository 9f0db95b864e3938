/**
 * A run whose engine is being started: seen at once as its journal leaves it, and as the engine says from then on.
 *
 * 1. What is sent before there is an engine waits for it.
 * 2. Who leaves before that stops the engine as soon as it is there: nobody would decide.
 */
import type { JournalRecord } from '../journal/records.ts';
import { type Connection, type Decision, foldRecords, type View } from '../run/protocol.ts';

export interface ComingConnection extends Connection {
  /** Kept when there is an engine, or an end that says why there is none. */
  readonly settled: Promise<void>;
}

export function comingConnection(
  records: readonly JournalRecord[],
  coming: Promise<Connection>,
  endOf: (error: unknown) => NonNullable<View['end']>,
): ComingConnection {
  let view = foldRecords(records);
  let engine: Connection | undefined;
  let isLeft = false;
  const waiting: Decision[] = [];
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const arrived = (connection: Connection) => {
    engine = connection;
    engine.subscribe(changed);
    for (const decision of isLeft ? [{ type: 'stop' } as const] : waiting) engine.send(decision);
    if (isLeft) engine.close();
    changed();
  };
  const failed = (error: unknown) => {
    view = { ...view, end: endOf(error) };
    changed();
  };
  return {
    view: () => engine?.view() ?? view,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send: (decision) => void (engine ? engine.send(decision) : waiting.push(decision)),
    close: () => {
      isLeft = true;
      engine?.close();
    },
    lost: () => engine?.lost?.() ?? false,
    settled: coming.then(arrived, failed),
  };
}
