/** The sites of OnTask are read by the real servers, whatever is chosen. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guide } from '../../steps/ontask/index.ts';
import { debian12, planOf } from './plan-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'ontask-site-'));
const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];

beforeAll(() => {
  const subject = ['-subj', '/CN=ontask', '-addext', 'subjectAltName=DNS:ontask.mon-univ.fr'];
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...made, ...subject, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  });
  for (const path of ['ontask/site/static', 'ontask/media'])
    mkdirSync(join(folder, path), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

const tls = { TLS: 'files', TLS_CERT: cert, TLS_KEY: key };
const choices = [
  tls,
  { ...tls, HSTS: 'yes' },
  { TLS: 'upstream' },
  { TLS: 'upstream', REMOTE_USER: 'header' },
];
const table = choices.map((given) => [Object.values(given).join(' ').replaceAll(folder, ''), given] as const);

/** The text of the site, with its logs in the test's own folder. */
function siteOf(server: string, given: Readonly<Record<string, string>>): string {
  const facts = { ...debian12, fqdn: 'ontask.mon-univ.fr', timezone: 'Europe/Paris' };
  const all = { SU_EMAIL: 'admin@mon-univ.fr', WEB_SERVER: server, ROOT: '/opt/ontask', ...given };
  const planned = planOf(guide, facts, all);
  const { op } = planned.operations.find(({ step }) => step === 'web-server') ?? {};
  if (op?.kind !== 'nginx-site' && op?.kind !== 'apache-site') throw new Error('no site');
  const text = planned.values.full(op.content ?? '', op.kind === 'nginx-site' ? 'nginx' : 'apache');
  return text
    .replaceAll(/\/etc\/letsencrypt\/\S+fullchain\.pem/g, cert)
    .replaceAll(/\/etc\/(ssl|letsencrypt)\/\S+?(privkey\.pem|\.key)/g, key)
    .replaceAll('/etc/ssl/ontask.pem', cert)
    .replaceAll(/\/var\/log\/\w+/g, folder)
    .replaceAll('/opt/ontask/', `${folder}/ontask/`);
}

test.each(table)('nginx reads the site: %s', (_, given) => {
  const [site, main] = [join(folder, 'site'), join(folder, 'nginx.conf')];
  writeFileSync(site, siteOf('nginx', given));
  const own = `pid ${folder}/nginx.pid;\nerror_log ${folder}/error.log;\nevents {}\n`;
  writeFileSync(main, `${own}http {\n  include ${site};\n}\n`);
  expect(() => execFileSync('/usr/sbin/nginx', ['-t', '-q', '-c', main], { stdio: 'pipe' })).not.toThrow();
});

test.each(table)('Apache reads the site: %s', (_, given) => {
  const [site, main] = [join(folder, 'site.conf'), join(folder, 'apache.conf')];
  writeFileSync(site, siteOf('apache', given));
  const modules = [
    'mpm_event',
    'authz_core',
    'alias',
    'ssl',
    'proxy',
    'proxy_http',
    'headers',
    'socache_shmcb',
  ];
  const lines = [
    `ServerRoot ${folder}`,
    'ServerName localhost',
    `PidFile ${folder}/apache.pid`,
    `ErrorLog ${folder}/error.log`,
    'LogFormat "%h" combined',
    ...modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
    `Include ${site}`,
  ];
  writeFileSync(main, `${lines.join('\n')}\n`);
  expect(() => execFileSync('/usr/sbin/apache2', ['-t', '-f', main], { stdio: 'pipe' })).not.toThrow();
});
