/** Asks a lab's own web server, from inside: by name, without a resolver. */
import type { Lab } from './lab.ts';

export interface Page {
  readonly status: number;
  readonly server: string;
  readonly body: string;
}

const ask = `
const http = require('node:http');
const [path, host, authorization] = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const headers = { host, ...(authorization ? { authorization } : {}) };
http.get({ host: '127.0.0.1', port: 80, path, headers }, (answer) => {
  let body = '';
  answer.setEncoding('utf8').on('data', (text) => { body += text; });
  answer.on('end', () => console.log(JSON.stringify({ status: answer.statusCode, server: answer.headers.server ?? '', body })));
});`;

/** What Apache answers for a virtual host. */
export async function page(lab: Lab, host: string, path: string, authorization?: string): Promise<Page> {
  const { stdout } = await lab.run(['/opt/node/bin/node', '-e', ask], {
    input: JSON.stringify([path, host, authorization]),
  });
  return JSON.parse(stdout);
}
