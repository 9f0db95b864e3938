/** A lab with the Numbas LTI provider in it: the answers, the server before, and what a working Numbas shows. */
import { expect } from 'vitest';
import { Browser } from './browser.ts';
import { Lab, type LabOptions } from './lab.ts';
import { addNumbasUpstream, mirrorUrl, repositoryUrl } from './numbas-upstream.ts';
import { page } from './web.ts';
import { type Said, wizard } from './wizard.ts';

export const name = 'numbas.mon-univ.fr';
export const root = '/srv/numbas-lti-provider';
export const settings = `${root}/numbasltiprovider/settings.py`;
export const python = '/opt/numbas_lti_python/bin/python';
export const cronFile = '/etc/cron.daily/numbas-lti-clearsessions';
const user = 'numbas_lti';
const superuser = { name: 'superuser', email: 'admin@mon-univ.fr' };

/** The first has what SQL, Python and a shell each have to be told of. */
const secrets = {
  database: `Canary'Db"Pw\\1x$`,
  superuser: 'canary-su-4Kx9Tq',
} as const;
export const canaries: readonly string[] = Object.values(secrets);
/** The first of them as it stands in settings.py. */
export const inSettings = String.raw`Canary'Db\"Pw\\1x$`;

const fileOf = (secret: keyof typeof secrets) => `/root/${secret}-password`;
export const secretFiles = (['database', 'superuser'] as const).map(fileOf);

const answers = {
  REPOSITORY: repositoryUrl,
  GIT_MIRROR: mirrorUrl,
  BRANCH: 'v4_STABLE',
  DOMAIN: name,
  TLS: 'self-signed',
  DB_PASSWORD: `file:${fileOf('database')}`,
  SU_NAME: superuser.name,
  SU_EMAIL: superuser.email,
  SU_PASSWORD: `file:${fileOf('superuser')}`,
  INSTANCE_NAME: '"Université Kosmos"',
  FROM_EMAIL: 'numbas@mon-univ.fr',
};

/** An answers file. What is given replaces an answer or adds one; `undefined` leaves it out. */
export function answersFile(other: Readonly<Record<string, string | undefined>> = {}): string {
  const lines = Object.entries({ ...answers, ...other }).flatMap(([id, value]) =>
    value === undefined ? [] : [`${id} = ${value}\n`],
  );
  return `[numbas]\n${lines.join('')}`;
}

/** What the guide needs on a server: the mirror, the name, an answers file in /root. */
export async function addNumbas(lab: Lab): Promise<void> {
  await addNumbasUpstream(lab);
  await lab.run(['sh', '-c', 'echo "127.0.0.1 $0" >>/etc/hosts', name]);
  await lab.write('/root/numbas.ini', answersFile(), 0o600);
  for (const secret of ['database', 'superuser'] as const)
    await lab.write(fileOf(secret), secrets[secret], 0o600);
}

/** An empty server with all that. */
export async function emptyServer(options: LabOptions): Promise<Lab> {
  const lab = await Lab.create({ network: 'own', ...options, product: true });
  await lab.boot();
  await addNumbas(lab);
  return lab;
}

/** Installs with the answers of the file. */
export function install(lab: Lab, ...flags: string[]): Promise<Said> {
  return wizard(lab, 'install', 'numbas', '--yes', '--answers', '/root/numbas.ini', ...flags);
}

/** Waits for the page after a start, then looks at all that the guide promises. It writes nothing that a person would. */
export async function servesNumbas(lab: Lab, version = 'v4.4', whileDown = 502): Promise<void> {
  const browser = new Browser(lab, name);
  await answersLogin(lab, browser);
  expect((await browser.get('/login')).body).toContain(`Université Kosmos Numbas LTI provider ${version}`);
  await servesStatic(browser);
  await signsIn(browser);
  expect((await page(lab, name, '/login')).status).toBe(301);
  await refusesOtherNames(lab);
  expect(await programs(lab)).toEqual(allRunning);
  expect(await channels(lab)).toBe('one layer for 4 processes');
  expect(await askHuey(lab)).toMatch(/^\d+$/);
  await runsDaily(lab);
  await showsErrorPage(lab, browser, whileDown);
}

/** Once all of them listen: nginx leaves out for a while whoever did not, and has nobody to ask until then. */
async function answersLogin(lab: Lab, browser: Browser): Promise<void> {
  const patience = { timeout: 60_000, interval: 1000 };
  await expect.poll(() => listening(lab), patience).toEqual(daphnes);
  await expect.poll(async () => (await browser.get('/login')).status, patience).toBe(200);
}

const daphnes = ['127.0.0.1:8700', '127.0.0.1:8701', '127.0.0.1:8702', '127.0.0.1:8703'];

/** By the name that `collectstatic` gave it. */
async function servesStatic(browser: Browser): Promise<void> {
  const path = /href="(\/static\/numbas_lti\.[0-9a-f]{12}\.css)"/.exec(
    (await browser.get('/login')).body,
  )?.[1];
  const style = await browser.get(path ?? 'no style');
  expect(style).toMatchObject({ status: 200, names: `DNS:${name}`, body: expect.stringContaining('body {') });
}

/** Signs the superuser in; Numbas sends a person who asked for no page to one that does not exist. */
export async function signsIn(browser: Browser): Promise<void> {
  const password = secrets.superuser;
  const answer = await submit(browser, '/login', { username: superuser.name, password });
  expect(answer).toMatchObject({ status: 302, headers: { location: '/accounts/profile/' } });
  expect((await browser.get('/consumers')).status).toBe(200);
}

/** Sends the form of a page. */
async function submit(browser: Browser, path: string, fields: Readonly<Record<string, string>>) {
  const { body } = await browser.get(path);
  const csrfmiddlewaretoken = /name="csrfmiddlewaretoken" value="(\w+)"/.exec(body)?.[1] ?? '';
  return browser.post(path, { csrfmiddlewaretoken, ...fields });
}

/** Neither a page of Numbas nor a loop of redirects for whoever asks for another name. */
async function refusesOtherNames(lab: Lab): Promise<void> {
  const other = await new Browser(lab, 'other.mon-univ.fr').get('/login');
  expect([200, 301, 302]).not.toContain(other.status);
  expect(other.body).not.toContain('csrfmiddlewaretoken');
}

const allRunning = [
  ...['00', '01', '02', '03'].map((n) => `numbas_lti:numbas_lti_daphne_${n} RUNNING`),
  'numbas_lti:numbas_lti_huey_00 RUNNING',
];

/** What supervisor says of each of its programs. */
export async function programs(lab: Lab): Promise<string[]> {
  const { stdout } = await lab.run(['supervisorctl', 'status'], { check: false });
  return stdout.split('\n').map((line) => line.split(/\s+/).slice(0, 2).join(' '));
}

/** Where daphne can be reached. */
async function listening(lab: Lab): Promise<string[]> {
  const { stdout } = await lab.run(['ss', '-Hltn']);
  const addresses = stdout.split('\n').map((line) => line.split(/\s+/)[3] ?? '');
  return addresses.filter((address) => /:87\d\d$/.test(address)).sort();
}

/** What one process is told, over its WebSocket, has to reach those of the others and one through nginx. */
const askChannels = `
const ports = [8700, 8701, 8702, 8703].map((port) => 'ws://127.0.0.1:' + port);
const open = (url) => new Promise((done, fail) => {
  const socket = new WebSocket(url + '/websocket/resource/1/stats');
  const heard = [];
  socket.onmessage = ({ data }) => { heard.push(JSON.parse(data)); done({ socket, heard }); };
  socket.onerror = () => fail(new Error('no WebSocket at ' + url));
});
const all = await Promise.all([...ports, 'wss://${name}'].map(open));
all[0].socket.send('hello');
const heardIt = ({ heard }) => heard.some(({ text, by }) => text === 'hello' && by === all[0].heard[0].process);
for (let n = 0; n < 50 && !all.every(heardIt); n++) await new Promise((done) => setTimeout(done, 100));
const processes = new Set(all.map(({ heard }) => heard[0].process)).size;
console.log(all.every(heardIt) ? 'one layer for ' + processes + ' processes' : 'heard by ' + all.filter(heardIt).length);
process.exit(0);`;

export async function channels(lab: Lab): Promise<string> {
  const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' };
  const argv = ['/opt/node/bin/node', '--input-type=module', '--eval', askChannels];
  const { stdout, stderr } = await lab.run(argv, { env, check: false });
  return stdout || stderr;
}

/** What huey answers, asked as the application would: the number of reports. */
export async function askHuey(lab: Lab): Promise<string> {
  const ask = `from numbas_lti.tasks import number_of_file_reports as task
print(task()(blocking=True, timeout=20))`;
  const { stdout, stderr } = await lab.run([...asUser, python, 'manage.py', 'shell', '-v', '0', '-c', ask], {
    check: false,
  });
  return stdout || stderr;
}

const asUser = ['runuser', '-u', user, '--', 'env', '-C', root];

/** The file of cron.daily: one that run-parts takes, run as cron would. */
async function runsDaily(lab: Lab): Promise<void> {
  const taken = await lab.run(['run-parts', '--test', '/etc/cron.daily']);
  expect(taken.stdout.split('\n')).toContain(cronFile);
  const { code, stdout, stderr } = await lab.run([cronFile], {
    env: { PATH: '/sbin:/bin:/usr/sbin:/usr/bin' },
    check: false,
  });
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
}

/** A page of its own while nothing answers behind the web server, with the status that this one has for it. */
async function showsErrorPage(lab: Lab, browser: Browser, status: number): Promise<void> {
  await lab.run(['supervisorctl', 'stop', 'numbas_lti:']);
  const answer = await browser.get('/login');
  expect(answer).toMatchObject({ status, body: await lab.read('/srv/www/server-error/502.html') });
  await lab.run(['supervisorctl', 'start', 'numbas_lti:']);
  await answersLogin(lab, browser);
}

/** What a person does first: a consumer with a key. Numbas knows it, and still does after a restart. */
export async function addConsumer(lab: Lab, key = 'moodle'): Promise<void> {
  const browser = new Browser(lab, name);
  await signsIn(browser);
  expect((await submit(browser, '/consumers/create', { key })).status).toBe(302);
  expect(await knowsConsumer(lab, key)).toBe(true);
}

export async function knowsConsumer(lab: Lab, key = 'moodle'): Promise<boolean> {
  return (await new Browser(lab, name).post('/lti_entry', { oauth_consumer_key: key })).body === 'known';
}

/** A report that huey writes into the media and nginx hands out: its address. */
export async function makesReport(lab: Lab): Promise<string> {
  const browser = new Browser(lab, name);
  await signsIn(browser);
  const { location } = (await browser.get('/stress/create')).headers;
  const reports = String(location);
  await browser.get(reports.replace(/reports$/, 'scores.csv'));
  const address = async () => /href="(\/media\/[^"]+)"/.exec((await browser.get(reports)).body)?.[1];
  await expect.poll(address, { timeout: 20_000, interval: 500 }).toBeDefined();
  const file = (await address()) ?? '';
  expect(await browser.get(file)).toMatchObject({
    status: 200,
    body: expect.stringContaining('user,score'),
  });
  return file;
}
