/** A lab with EJ in it: the answers, the server before, and what a working EJ shows. */
import { expect } from 'vitest';
import { Browser } from './browser.ts';
import { addRegistry } from './docker.ts';
import { withImages } from './ej-images.ts';
import { addEjRepository, repositoryUrl } from './ej-upstream.ts';
import { Lab, type LabOptions } from './lab.ts';
import { page } from './web.ts';
import { type Said, wizard } from './wizard.ts';

export const name = 'ej.mon-univ.fr';
export const rocketName = 'chat.mon-univ.fr';
export const deploy = '/opt/ej-server/deploy';
const superuser = { email: 'admin@mon-univ.fr', name: 'Zoé Administratrice' };

const secrets = {
  database: 'Canary0Database0Password1x',
  key: 'canary-key-0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGH',
  superuser: 'canary-su-4Kx9Tq',
  smtp: "canary smtp's Xy7Q",
  rocket: 'canary-rocket-8Hq2',
} as const;
export const canaries: readonly string[] = Object.values(secrets);
export const rocketPassword = secrets.rocket;

const fileOf = (secret: string) => `/root/${secret}-password`;
export const secretFiles = Object.keys(secrets).sort().map(fileOf);

/** Of its pages. */
const title = 'Participer pour 5 $ d’idées';

const answers = `[ej]
REPOSITORY = ${repositoryUrl}
REF = guide
DJANGO_HOST = ${name}
TLS = self-signed
DJANGO_SECRET_KEY = file:${fileOf('key')}
DJANGO_ADMIN_URL = gestion-7f3a/
POSTGRES_PASSWORD = file:${fileOf('database')}
LANGUAGE_CODE = fr-fr
TIME_ZONE = Europe/Paris
EJ_PAGE_TITLE = "${title}"
SU_EMAIL = ${superuser.email}
SU_NAME = "${superuser.name}"
SU_PASSWORD = file:${fileOf('superuser')}
EMAIL_HOST = smtp.mon-univ.fr
EMAIL_HOST_USER = ej
EMAIL_HOST_PASSWORD = file:${fileOf('smtp')}
`;

const withRocket = `ROCKET = yes
ROCKET_HOST = ${rocketName}
EJ_ROCKETCHAT_USER_PASSWORD = file:${fileOf('rocket')}
MONGO_SCRIPT = yes
`;

/** What the guide needs on a server: a mirror of Docker Hub, the repository, names, an answers file in /root. */
export async function addEj(lab: Lab, rocket = false): Promise<void> {
  await addRegistry(lab);
  await addEjRepository(lab, process.env['EJ_DOCKER']);
  await lab.run(['sh', '-c', 'echo "127.0.0.1 $*" >>/etc/hosts', 'sh', name, rocketName]);
  await lab.write('/root/ej.ini', answers + (rocket ? withRocket : ''), 0o600);
  for (const [secret, value] of Object.entries(secrets)) await lab.write(fileOf(secret), value, 0o600);
}

/** A lab in which Docker can run and that has the images. */
export const ejLab = async (options: LabOptions): Promise<Lab> =>
  Lab.create({ network: 'own', ...options, product: true, nspawn: await withImages() });

/** An empty server with all that. */
export async function emptyServer(options: LabOptions, rocket = false): Promise<Lab> {
  const lab = await ejLab(options);
  await lab.boot();
  await addEj(lab, rocket);
  return lab;
}

/** Installs with the answers of the file. */
export const install = (lab: Lab, ...flags: string[]): Promise<Said> =>
  wizard(lab, 'install', 'ej', '--yes', '--answers', '/root/ej.ini', ...flags);

/** A program in the application's container. */
export const inWeb = async (lab: Lab, ...argv: string[]): Promise<string> =>
  (await lab.run(['docker', 'exec', 'ej-web', ...argv], { check: false })).stdout;

export const sql = async (lab: Lab, query: string): Promise<string> =>
  (
    await lab.run(['docker', 'exec', 'ej-postgres', 'psql', '-U', 'ej', '-Atc', query, 'ej'], {
      check: false,
    })
  ).stdout;

/** Waits for the page after a start, then looks at all that the guide promises. */
export async function servesEj(lab: Lab, shown = title): Promise<void> {
  const browser = new Browser(lab, name);
  const start = async () => (await browser.get('/start/')).status;
  await expect.poll(start, { timeout: 120_000, interval: 1000 }).toBe(200);
  const { body, names } = await browser.get('/start/');
  expect(names).toBe(`DNS:${name}`);
  expect(body).toContain(`<title>${shown}</title>`);
  expect(body).toContain(`https://${name} theme default`);
  expect((await browser.get('/static/css/main.css')).body).toContain('theme default');
  await signsIn(browser);
  expect((await browser.get('/gestion-7f3a/')).status).toBe(200);
  expect((await page(lab, name, '/start/')).status).toBe(301);
  expect((await new Browser(lab, 'other.mon-univ.fr').get('/start/')).status).not.toBe(200);
  const open = await lab.run(['ss', '-H', '-l', '-t', '-n']);
  const ports = [...open.stdout.matchAll(/(?:0\.0\.0\.0|\*|\[::\]):(\d+)\s/g)].map(([, port]) => port);
  expect([...new Set(ports)].sort()).toEqual(['443', '80']);
}

async function signsIn(browser: Browser): Promise<void> {
  const { body } = await browser.get('/login/');
  const token = /name="csrfmiddlewaretoken" value="(\w+)"/.exec(body)?.[1] ?? '';
  const fields = { csrfmiddlewaretoken: token, username: superuser.email, password: secrets.superuser };
  expect(await browser.post('/login/', fields)).toMatchObject({ status: 302 });
  expect((await browser.get('/conversations/')).body).toContain(superuser.email);
}
