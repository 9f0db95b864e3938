/** Looking at servers: one request, one connection, or one name. */
import dns from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect as connectSocket, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Answered, Host } from './types.ts';

const bodyLimit = 1_000_000;
const patience = 10_000;

/** Follows no redirect. The certificate of a server on this very machine is not verified, others are. */
export const askHttp: Host['http'] = (address, { host, headers, timeout = patience } = {}) => {
  const url = new URL(address);
  const isLocal = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  return new Promise((resolve, reject) => {
    const asked = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      agent: false,
      headers: { ...headers, ...(host === undefined ? {} : { host }) },
      rejectUnauthorized: !isLocal,
      ...(host === undefined ? {} : { servername: host.replace(/:\d+$/, '') }),
    });
    // One limit for everything: names, connection, headers, body.
    const timer = setTimeout(() => asked.destroy(new Error(`no answer within ${timeout / 1000} s`)), timeout);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      act();
    };
    asked.once('error', (error) => settle(() => reject(error)));
    asked.once('response', (response) => {
      readAnswer(response).then(
        (answer) => settle(() => resolve(answer)),
        (error) => settle(() => reject(error)),
      );
    });
    asked.end();
  });
};

async function readAnswer(response: IncomingMessage): Promise<Answered> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= bodyLimit) break;
  }
  const headers = Object.entries(response.headersDistinct).map(([name, values]) => [
    name,
    values?.join(', ') ?? '',
  ]);
  const body = Buffer.concat(chunks).subarray(0, bodyLimit).toString();
  return { status: response.statusCode ?? 0, headers: Object.fromEntries(headers), body };
}

export const connectTo: Host['connect'] = (host, port, wait = 1000, say = '') =>
  new Promise((resolve, reject) => {
    const socket = connectSocket(host.startsWith('/') ? { path: host } : { host, port });
    let heard = '';
    const settle = (act: () => void) => {
      clearTimeout(timer);
      socket.destroy();
      act();
    };
    const answer = () => settle(() => resolve(heard.split(/\r?\n/)[0] ?? ''));
    let timer = setTimeout(() => settle(() => reject(new Error('no connection within 5 s'))), 5000);
    socket.once('connect', () => {
      clearTimeout(timer);
      timer = setTimeout(answer, wait);
      if (say !== '') socket.write(say);
    });
    socket.on('data', (chunk) => {
      heard += chunk.toString();
      if (heard.includes('\n') || heard.length > 10_000) answer();
    });
    socket.once('error', (error) => settle(() => reject(error)));
    socket.once('end', () =>
      heard === '' ? settle(() => reject(new Error('closed by the server'))) : answer(),
    );
  });

/** Name servers only: what /etc/hosts says is true on this machine alone. */
export const resolveName: Host['resolve'] = async (name) => {
  if (isIP(name)) return [name];
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  resolver.setServers(dns.getServers());
  const found = await Promise.all(
    [resolver.resolve4(name), resolver.resolve6(name)].map((answer) => answer.catch(nothing)),
  );
  return found.flat();
};

/** There is no such name, or it has no address of that family. */
function nothing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOTFOUND' || error.code === 'ENODATA') return [];
  throw error;
}

/** Link-local ones apart: no name leads to them. */
export const ownAddresses: Host['addresses'] = () =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => address)
    .filter((address) => !address.startsWith('fe80:'));
