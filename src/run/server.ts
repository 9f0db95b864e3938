/** The engine's side of the socket: JSON lines, 0600, in the run's folder. */
import { chmodSync, rmSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { JsonLines } from './json-lines.ts';
import { asMessage } from './messages.ts';
import { leftOut } from './output-feed.ts';
import type { Event } from './protocol.ts';
import type { Client, Session } from './session.ts';
import { withShortPath } from './socket-path.ts';

/** Listens at `path`; gives what ends it, once what was sent has left. */
export async function serveSession(session: Session, path: string): Promise<() => Promise<void>> {
  rmSync(path, { force: true });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    welcome(session, socket);
  });
  // The folder is 0700 already; nobody else can reach the socket between these two lines.
  await listen(server, path);
  chmodSync(path, 0o600);
  return async () => {
    server.close();
    await Promise.all([...sockets].map(endSocket));
    await unlink(path).catch(() => {});
  };
}

function listen(server: Server, path: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  withShortPath(path, (short) => server.listen(short, resolve));
  return promise;
}

function endSocket(socket: Socket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.once('close', () => resolve());
  socket.end();
  setTimeout(() => socket.destroy(), 2000).unref();
  return promise;
}

/** Characters that a client may leave unread before it gets no more output, and before it is shown out. */
const patience = { output: 1_000_000, all: 32_000_000 };

/**
 * What a client does not read would wait in the memory of the engine. It misses output first, and is told so; whoever
 * reads nothing for very long has to come back for the records.
 */
function clientOn(socket: Socket): Client & { live(): void } {
  let past = Number.POSITIVE_INFINITY;
  let missed = false;
  const write = (event: Event) => void socket.write(`${JSON.stringify(event)}\n`);
  return {
    send(event) {
      if (!socket.writable) return;
      const unread = socket.writableLength - past;
      if (unread > patience.all) socket.destroy();
      else if (event.type !== 'output') write(event);
      else if (unread > patience.output) missed = true;
      else {
        write(missed ? { ...event, text: `\n${leftOut}\n${event.text}` } : event);
        missed = false;
      }
    },
    /** The past has been sent, of whatever size it is: what is unread counts from here on. */
    live() {
      past = socket.writableLength;
    },
  };
}

function welcome(session: Session, socket: Socket): void {
  const client = clientOn(socket);
  const lines = new JsonLines<unknown>((bytes) => {
    const message = asMessage(bytes);
    // A stranger's bytes on our own socket: not ours to guess at.
    if (!message) socket.destroy();
    else if (message.type === 'hello') {
      session.attach(client, message.from);
      client.live();
    } else session.deliver(client, message);
  });
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    if (!lines.take(text)) socket.destroy();
  });
  socket.on('error', () => {});
  socket.on('close', () => session.detach(client));
}
