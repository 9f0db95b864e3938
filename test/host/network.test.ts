import { readFile } from 'node:fs/promises';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { realHost } from '../../src/host/real.ts';
import { temporaryFolder } from '../operations/context.ts';

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe('http', () => {
  test('asks the named virtual host of the address and follows nothing', async () => {
    const server = createHttp((request, response) => {
      response.writeHead(302, {
        location: '/login',
        'x-host': request.headers.host ?? '',
        'x-token': request.headers.authorization,
      });
      response.end('moved');
    });
    const port = await listen(server);
    const answer = await realHost().http(`http://127.0.0.1:${port}/`, {
      host: 'events.example.org',
      headers: { authorization: 'Token t' },
    });
    expect(answer).toMatchObject({ status: 302, body: 'moved' });
    expect(answer.headers).toMatchObject({
      location: '/login',
      'x-host': 'events.example.org',
      'x-token': 'Token t',
    });
  });

  test('stops reading a body that does not end, and waiting for one that does not come', async () => {
    const endless = await listen(
      createHttp((_, response) => {
        const more = () => {
          while (response.write('x'.repeat(65_536)));
        };
        response.on('drain', more);
        more();
      }),
    );
    expect((await realHost().http(`http://127.0.0.1:${endless}/`)).body).toHaveLength(1_000_000);
    const silent = await listen(createHttp(() => {}));
    await expect(realHost().http(`http://127.0.0.1:${silent}/`, { timeout: 200 })).rejects.toThrow(
      'no answer within 0.2 s',
    );
  });

  test('says why there is no answer', async () => {
    await expect(realHost().http('http://127.0.0.1:9/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('https', () => {
  async function selfSigned() {
    const folder = await temporaryFolder();
    const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
    const subject = ['-subj', '/CN=events.example.org', '-addext', 'subjectAltName=DNS:events.example.org'];
    const made = await realHost().run([
      'openssl',
      'req',
      '-x509',
      '-nodes',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-days',
      '1',
      ...subject,
      '-keyout',
      key,
      '-out',
      cert,
    ]);
    expect(made.code).toBe(0);
    return listen(
      createHttps({ key: await readFile(key), cert: await readFile(cert) }, (request, response) =>
        response.end(request.headers.host),
      ),
    );
  }

  test('of this very machine may be self-signed, of another may not', async () => {
    const port = await selfSigned();
    const answer = await realHost().http(`https://127.0.0.1:${port}/`, { host: 'events.example.org' });
    expect(answer).toMatchObject({ status: 200, body: 'events.example.org' });
    // The kernel takes all of this to itself, but it is not the address of a loopback.
    await expect(realHost().http(`https://0.0.0.0:${port}/`)).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
  });
});

describe('connect', () => {
  test('gives the first line of a server that speaks first, and of one that answers', async () => {
    const greeting = await listen(createServer((socket) => void socket.write('220 mail\r\n250 more')));
    expect(await realHost().connect('127.0.0.1', greeting)).toBe('220 mail');
    const echo = await listen(createServer((socket) => void socket.pipe(socket)));
    expect(await realHost().connect('127.0.0.1', echo, 100)).toBe('');
    expect(await realHost().connect('127.0.0.1', echo, 500, 'PING\r\n')).toBe('PING');
  });

  test('throws when nobody listens or the server hangs up', async () => {
    await expect(realHost().connect('127.0.0.1', 9)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const rude = await listen(createServer((socket) => void socket.end()));
    await expect(realHost().connect('127.0.0.1', rude)).rejects.toThrow('closed by the server');
  });
});
