/** A run as JSON lines: `{seq, time, type, …}` for each event, the last of type `end` with the exit code. */
import { jsonText } from '../journal/json-text.ts';
import type { Event } from '../run/protocol.ts';
import type { LiveConnection } from './connect.ts';

/** Writes the run until it ends or the engine is gone. */
export async function followJson(connection: LiveConnection, output: NodeJS.WritableStream): Promise<void> {
  connection.events((event) => output.write(`${jsonText(asLine(event, connection.view().seq))}\n`));
  await connection.over;
}

function asLine(event: Event, seq: number): Record<string, unknown> {
  if (event.type === 'record') return { ...event.record };
  return { seq, time: new Date().toISOString(), ...event };
}
