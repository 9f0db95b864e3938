/** Something that goes wrong on real servers. */
export interface Injection {
  readonly name: string;
  readonly guide: 'practice' | 'pretix';
  /** The last step of Pretix that is done before. Without: none, on an empty system. */
  readonly after?: string;
  /** What breaks it: bash, run by root. */
  readonly break: string;
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** `host`: reaches the registries. Without: no network but `lo`. */
  readonly network?: 'host';
  /** Id of the cause that the wizard is to tell. */
  readonly cause: string;
}

const node = '/opt/node/bin/node';

/** Another program listens there, for good. */
export const listenOn = (port: number, host = '0.0.0.0'): string =>
  `systemd-run --quiet --unit=other-${port} ${node} -e "require('net').createServer().listen(${port}, '${host}')"; sleep 1`;

/** A web server answers every request so. */
export const answerOn = (port: number, status: number, body = ''): string =>
  `systemd-run --quiet --unit=other-${port} ${node} -e "require('http').createServer((_, a) => { a.writeHead(${status}, {'content-type': 'text/html'}); a.end('${body}'); }).on('connect', (_, s) => s.end('HTTP/1.1 ${status} x\\r\\n\\r\\n')).listen(${port}, '127.0.0.1')"; sleep 1`;

/** The same with TLS, and a certificate that nobody knows. */
export const answerTlsOn = (port: number): string =>
  `cd /root && openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost && systemd-run --quiet --unit=other-${port} --working-directory=/root ${node} -e "const fs = require('fs'); require('https').createServer({ key: fs.readFileSync('k.pem'), cert: fs.readFileSync('c.pem') }, (_, a) => a.end()).listen(${port}, '127.0.0.1')"; sleep 1`;
