/** A browser inside a lab: over TLS by name, without a resolver, with cookies and forms. */
import type { Lab } from './lab.ts';

export interface Answer {
  /** 0 where there was none. */
  readonly status: number;
  readonly headers: { readonly 'set-cookie'?: readonly string[] } & Readonly<Record<string, unknown>>;
  /** Names in the server's certificate: `DNS:ontask.mon-univ.fr`. */
  readonly names: string;
  readonly body: string;
}

/** Any certificate is taken: tests look at its names. */
const ask = `
const { request } = require('node:https');
const [host, path, form, cookie] = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const headers = { host, cookie, referer: 'https://' + host + path };
if (form) headers['content-type'] = 'application/x-www-form-urlencoded';
const say = (status, headers, names, body) => console.log(JSON.stringify({ status, headers, names, body }));
const options = { host: '127.0.0.1', port: 443, servername: host, rejectUnauthorized: false, path, headers };
request({ ...options, method: form ? 'POST' : 'GET' }, (answer) => {
  let body = '';
  const names = answer.socket.getPeerCertificate().subjectaltname ?? '';
  answer.setEncoding('utf8').on('data', (text) => { body += text; });
  answer.on('end', () => say(answer.statusCode, answer.headers, names, body));
}).on('error', (error) => say(0, {}, '', error.message)).end(form);`;

export class Browser {
  readonly #lab: Lab;
  readonly #host: string;
  readonly #cookies = new Map<string, string>();

  constructor(lab: Lab, host: string) {
    this.#lab = lab;
    this.#host = host;
  }

  get(path: string): Promise<Answer> {
    return this.#ask(path, '');
  }

  post(path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    return this.#ask(path, String(new URLSearchParams(fields)));
  }

  async #ask(path: string, form: string): Promise<Answer> {
    const cookies = Array.from(this.#cookies, ([name, value]) => `${name}=${value}`).join('; ');
    const { stdout } = await this.#lab.run(['/opt/node/bin/node', '-e', ask], {
      input: JSON.stringify([this.#host, path, form, cookies]),
    });
    const answer: Answer = JSON.parse(stdout);
    for (const cookie of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    return answer;
  }
}
