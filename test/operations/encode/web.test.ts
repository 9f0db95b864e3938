import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fillTemplate } from '../../../src/operations/encode/index.ts';
import { needs } from './needs.ts';
import { run, stop, temporary, until } from './run.ts';
import { carried, readBack } from './values.ts';

test('Apache reads back the exact values', () => {
  needs('/usr/sbin/apache2');
  const folder = temporary();
  const values = carried('apache');
  const config = [
    `ServerRoot "${folder}"`,
    'ServerName localhost',
    `PidFile ${folder}/pid`,
    `ErrorLog ${folder}/error.log`,
    'LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so',
    ...values.map(({ text }, index) => `Define V${index} ${text}`),
    ...values.map(({ value }, index) => fillTemplate(`Define Q${index} "<%X%>"`, 'apache', () => value)),
  ];
  writeFileSync(join(folder, 'apache.conf'), `${config.join('\n')}\n`);
  const dump = run('/usr/sbin/apache2', ['-t', '-D', 'DUMP_RUN_CFG', '-f', join(folder, 'apache.conf')]);
  const read = new Map(
    Array.from(dump.matchAll(/^Define: ([VQ]\d+)(?:=([^\n]*))?$/gm), (m) => [m[1], m[2] ?? '']),
  );
  expect(values.map((_, index) => read.get(`V${index}`))).toEqual(values.map((one) => one.value));
  expect(values.map((_, index) => read.get(`Q${index}`))).toEqual(values.map((one) => `<${one.value}>`));
  readBack('apache', 'Apache', values.length);
}, 120_000);

function get(socketPath: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve(Buffer.concat(parts).toString()));
    });
    sent.on('error', reject);
    sent.end();
  });
}

test('nginx answers with the exact values', async () => {
  needs('/usr/sbin/nginx');
  const folder = temporary();
  mkdirSync(join(folder, 'body'));
  const socket = join(folder, 'socket');
  const values = carried('nginx');
  const locations = values.flatMap(({ value, text }, index) => [
    `location = /v${index} { return 200 ${text}; }`,
    fillTemplate(`location = /q${index} { return 200 "<%X%>"; }`, 'nginx', () => value),
  ]);
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/body;`,
  );
  const config = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events {}
http { access_log off; ${paths.join(' ')}
server { listen unix:${socket};
${locations.join('\n')}
} }`;
  writeFileSync(join(folder, 'nginx.conf'), config);
  const options = ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')];
  run('/usr/sbin/nginx', ['-t', ...options]);
  const child = spawn('/usr/sbin/nginx', options, { stdio: 'ignore' });
  onTestFinished(() => stop(child));
  await until('nginx', () => existsSync(join(folder, 'pid')) && existsSync(socket), 100);
  const [read, inside]: string[][] = [[], []];
  // A few at a time: a worker takes 512 connections.
  for (let from = 0; from < values.length; from += 100) {
    const some = [...values.keys()].slice(from, from + 100);
    read?.push(...(await Promise.all(some.map((index) => get(socket, `/v${index}`)))));
    inside?.push(...(await Promise.all(some.map((index) => get(socket, `/q${index}`)))));
  }
  expect(read).toEqual(values.map((one) => one.value));
  expect(inside).toEqual(values.map((one) => `<${one.value}>`));
  readBack('nginx', 'nginx', values.length);
}, 120_000);
