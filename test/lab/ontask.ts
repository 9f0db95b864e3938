/** A lab with OnTask in it: the answers, the server before, and what a working OnTask shows. */
import { expect } from 'vitest';
import { Browser } from './browser.ts';
import { Lab, type LabOptions } from './lab.ts';
import { addRepository, repositoryUrl } from './ontask-upstream.ts';
import { page } from './web.ts';
import { type Said, wizard } from './wizard.ts';

export const name = 'ontask.mon-univ.fr';
export const root = '/opt/ontask';
export const localEnv = `${root}/settings/local.env`;
const superuser = { email: 'admin@mon-univ.fr', name: 'Zoé Administratrice' };

/** The first has to be encoded in an address. */
const secrets = {
  database: 'Canary@Db/Pw%1x',
  superuser: 'canary-su-4Kx9Tq',
  smtp: 'canary-smtp-Xy7Q',
  lti: 'canary-lti-0123456789abcdef',
} as const;
export const canaries: readonly string[] = Object.values(secrets);

const fileOf = (secret: keyof typeof secrets) => `/root/${secret}-password`;
export const secretFiles = (['database', 'lti', 'smtp', 'superuser'] as const).map(fileOf);

const answers = `[ontask]
REPOSITORY = ${repositoryUrl}
DOMAIN = ${name}
TLS = self-signed
PSQLPWD = file:${fileOf('database')}
SU_EMAIL = ${superuser.email}
SU_NAME = "${superuser.name}"
SU_PASSWORD = file:${fileOf('superuser')}
EMAIL_SENDER = ontask@mon-univ.fr
EMAIL_HOST = 127.0.0.1
EMAIL_HOST_USER = ontask
EMAIL_HOST_PASSWORD = file:${fileOf('smtp')}
LTI_OAUTH_CREDENTIALS = moodle
LTI_OAUTH_CREDENTIALS.moodle.secret = file:${fileOf('lti')}
`;

/** What the guide needs on a server: the repository, the name, an answers file in /root. */
export async function addOntask(lab: Lab): Promise<void> {
  await addRepository(lab);
  await lab.run(['sh', '-c', 'echo "127.0.0.1 $0" >>/etc/hosts', name]);
  await lab.write('/root/ontask.ini', answers, 0o600);
  for (const secret of ['database', 'lti', 'smtp', 'superuser'] as const)
    await lab.write(fileOf(secret), secrets[secret], 0o600);
}

/** An empty server with all that. */
export async function emptyServer(options: LabOptions): Promise<Lab> {
  const lab = await Lab.create({ network: 'own', ...options, product: true });
  await lab.boot();
  await addOntask(lab);
  return lab;
}

/** Installs with the answers of the file. */
export function install(lab: Lab, ...flags: string[]): Promise<Said> {
  return wizard(lab, 'install', 'ontask', '--yes', '--answers', '/root/ontask.ini', ...flags);
}

/** Waits for the page after a start, then looks at all that the guide promises. */
export async function servesOntask(lab: Lab, webServer: 'nginx' | 'apache2' = 'nginx'): Promise<void> {
  const browser = new Browser(lab, name);
  const login = async () => (await browser.get('/login/')).status;
  await expect.poll(login, { timeout: 60_000, interval: 1000 }).toBe(200);
  await signsIn(browser);
  const style = await browser.get('/static/css/main.css');
  expect(style).toMatchObject({ status: 200, names: `DNS:${name}`, body: expect.stringContaining('body {') });
  expect((await browser.get('/ota')).status).toBe(200);
  expect((await browser.post('/lti_entry', { oauth_consumer_key: 'moodle' })).body).toBe('known');
  expect((await page(lab, name, '/login/')).status).toBe(301);
  await refusesOtherNames(lab);
  const units = ['ontask-web', 'ontask-celery', 'ontask-beat', webServer, 'postgresql', 'redis-server'];
  const active = await lab.run(['systemctl', 'is-active', ...units], { check: false });
  expect(active.stdout).toBe(units.map(() => 'active').join('\n'));
  expect(await pong(lab)).toContain('pong');
}

async function signsIn(browser: Browser): Promise<void> {
  const { body, headers } = await browser.get('/login/');
  expect(headers).not.toHaveProperty('strict-transport-security');
  const token = /name="csrfmiddlewaretoken" value="(\w+)"/.exec(body)?.[1] ?? '';
  const fields = { csrfmiddlewaretoken: token, username: superuser.email, password: secrets.superuser };
  expect(await browser.post('/login/', fields)).toMatchObject({ status: 302, headers: { location: '/' } });
  const home = await browser.get('/');
  expect(home.status).toBe(200);
  expect(home.body).toContain('/logout/');
}

/** Neither a page of OnTask nor a loop of redirects for whoever asks for another name. */
async function refusesOtherNames(lab: Lab): Promise<void> {
  const other = await new Browser(lab, 'other.mon-univ.fr').get('/login/');
  expect([200, 301, 302]).not.toContain(other.status);
  expect(other.body).not.toContain('csrfmiddlewaretoken');
}

/** The worker answers, asked as the application would. */
async function pong(lab: Lab): Promise<string> {
  const celery = ['/opt/ontask-venv/bin/celery', '-A', 'ontask', 'inspect', 'ping'];
  const asOntask = ['runuser', '-u', 'ontask', '--', 'env', '-C', root];
  return (await lab.run([...asOntask, ...celery], { check: false })).stdout;
}
