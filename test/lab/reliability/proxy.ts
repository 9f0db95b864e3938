/** A forwarding proxy on the host's end of a lab's link: the only way out of a lab that has no route. */
import { createServer, request, type Server } from 'node:http';
import { connect } from 'node:net';

export interface ForwardProxy {
  readonly port: number;
  /** Requests and tunnels that went through. */
  readonly passed: () => number;
  readonly refused: () => number;
  close(): void;
}

/** `login`: `user:password` that it wants; others get 407. */
export async function startProxy(address: string, login?: string): Promise<ForwardProxy> {
  let passed = 0;
  let refused = 0;
  const wanted = login && `Basic ${Buffer.from(login).toString('base64')}`;
  const isWelcome = (header: string | undefined) => {
    const isKnown = wanted === undefined || header === wanted;
    if (isKnown) passed += 1;
    else refused += 1;
    return isKnown;
  };
  const server: Server = createServer((incoming, answer) => {
    if (!isWelcome(incoming.headers['proxy-authorization'])) {
      answer.writeHead(407, { 'proxy-authenticate': 'Basic realm="lab"' }).end();
      return;
    }
    const { 'proxy-authorization': _, ...headers } = incoming.headers;
    const onward = request(incoming.url ?? '', { method: incoming.method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    onward.on('error', () => answer.writeHead(502).end());
    incoming.pipe(onward);
  });
  server.on('connect', (incoming, client, head) => {
    client.on('error', () => {});
    if (!isWelcome(incoming.headers['proxy-authorization'])) {
      client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="lab"\r\n\r\n',
      );
      return;
    }
    const [host = '', port = '443'] = (incoming.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      onward.pipe(client);
      client.pipe(onward);
    });
    onward.on('error', () => client.destroy());
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, address, resolve);
  await promise;
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : 0,
    passed: () => passed,
    refused: () => refused,
    close: () => server.closeAllConnections(),
  };
}
