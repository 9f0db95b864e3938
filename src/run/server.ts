/** The engine's side of the socket: JSON lines, 0600, in the run's folder. */
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { JsonLines } from './json-lines.ts';
import { asMessage } from './messages.ts';
import type { Event } from './protocol.ts';
import type { Session } from './session.ts';
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
    rmSync(path, { force: true });
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

function welcome(session: Session, socket: Socket): void {
  const client = {
    send: (event: Event) => void (socket.writable && socket.write(`${JSON.stringify(event)}\n`)),
  };
  const lines = new JsonLines<unknown>((bytes) => {
    const message = asMessage(bytes);
    // A stranger's bytes on our own socket: not ours to guess at.
    if (!message) socket.destroy();
    else if (message.type === 'hello') session.attach(client, message.from);
    else session.deliver(client, message);
  });
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    if (!lines.take(text)) socket.destroy();
  });
  socket.on('error', () => {});
  socket.on('close', () => session.detach(client));
}
