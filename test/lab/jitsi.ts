/** A lab with Jitsi Meet in it: the answers, the server before, and what a working Jitsi Meet shows. */
import { expect } from 'vitest';
import { words } from '../../src/i18n/index.ts';
import { Browser } from './browser.ts';
import { askXmpp } from './jitsi-client.ts';
import { addJitsiUpstream, keyUrl, repositoryUrl, versions } from './jitsi-upstream.ts';
import { Lab, type LabOptions } from './lab.ts';
import { page } from './web.ts';
import { type Said, wizard } from './wizard.ts';

export const name = 'meet.mon-univ.fr';
export const guests = `guest.${name}`;
export const hostFile = (domain = name) => `/etc/prosody/conf.avail/${domain}.cfg.lua`;
export const configFile = (domain = name) => `/etc/jitsi/meet/${domain}-config.js`;
export const jicofoFile = '/etc/jitsi/jicofo/jicofo.conf';

export const moderator = { user: 'alice', password: `Canary'Mod"Pw\\1x$` } as const;
export const second = { user: 'bob', password: 'canary-bob-4Kx9Tq' } as const;
export const canaries: readonly string[] = [moderator.password, second.password];

const passwordFile = (user: string) => `/root/${user}-password`;
export const secretFiles = [moderator, second].map(({ user }) => passwordFile(user));

/** An answers file. What is given replaces an answer or adds one; `undefined` leaves it out. */
export function answersFile(
  fingerprint: string,
  other: Readonly<Record<string, string | undefined>> = {},
): string {
  const answers = {
    DOMAIN: name,
    TLS: 'self-signed',
    REPOSITORY: repositoryUrl,
    REPOSITORY_KEY: keyUrl,
    KEY_FINGERPRINT: fingerprint,
    ...other,
  };
  const lines = Object.entries(answers).flatMap(([id, value]) =>
    value === undefined ? [] : [`${id} = ${value}\n`],
  );
  const people = [moderator, second].map(({ user }) => user);
  const passwords = people.map((user) => `USERS.${user}.password = file:${passwordFile(user)}\n`);
  return `[jitsi]\n${lines.join('')}USERS = ${people.join(', ')}\n${passwords.join('')}`;
}

/** What the guide needs on a server: the repository, and an answers file in /root. */
export async function addJitsi(
  lab: Lab,
  other: Readonly<Record<string, string | undefined>> = {},
): Promise<void> {
  const fingerprint = await addJitsiUpstream(lab);
  // Authorities of the lab that the machine has not taken up yet would be by the packages.
  await lab.run(['sh', '-c', '! command -v update-ca-certificates || update-ca-certificates']);
  await lab.write('/root/jitsi.ini', answersFile(fingerprint, other), 0o600);
  for (const { user, password } of [moderator, second]) await lab.write(passwordFile(user), password, 0o600);
}

/** An empty server with all that. */
export async function emptyServer(
  options: LabOptions,
  other: Readonly<Record<string, string | undefined>> = {},
): Promise<Lab> {
  const lab = await Lab.create({ network: 'own', ...options, product: true });
  await lab.boot();
  await addJitsi(lab, other);
  return lab;
}

/** Installs with the answers of the file. */
export function install(lab: Lab, ...flags: string[]): Promise<Said> {
  return wizard(lab, 'install', 'jitsi', '--yes', '--answers', '/root/jitsi.ini', ...flags);
}

const patience = { timeout: 60_000, interval: 1000 };

/** Waits for the services after a start, then looks at all that the packages promise. */
export async function servesMeet(lab: Lab, domain = name, version = versions.first): Promise<void> {
  const browser = new Browser(lab, domain);
  const isWell = async () =>
    (await lab.run(['curl', '-so', '/dev/null', '-w', '%{http_code}', health])).stdout;
  await expect.poll(isWell, patience).toBe('200');
  await expect.poll(async () => (await browser.get('/http-bind')).status, patience).toBe(200);
  expect((await browser.get('/')).body).toContain(`stand-in ${version}`);
  expect(await browser.get('/libs/app.bundle.min.js')).toMatchObject({ status: 200 });
  expect(await browser.get('/a-room')).toMatchObject({ status: 200, names: expect.stringContaining(domain) });
  expect((await page(lab, domain, '/')).status).toBe(301);
  const { stdout } = await lab.run(['systemctl', 'is-active', ...services]);
  expect(stdout.split('\n')).toEqual(services.map(() => 'active'));
  const { code, stdout: read } = await lab.run(['prosodyctl', 'check', 'config'], { check: false });
  // It is not content (2) with an option that the packages have set for years.
  expect([0, 2]).toContain(code);
  expect(read).toContain(`/etc/prosody/conf.d/${domain}.cfg.lua`);
}

const health = 'http://127.0.0.1:8888/about/health';
const services = ['prosody', 'jicofo', 'jitsi-videobridge2', 'nginx', 'coturn'];

/** Rooms are for accounts: these get in, guests only where guests belong, and neither opens one by itself. */
export async function letsInAccountsOnly(lab: Lab, domain = name): Promise<void> {
  const guest = `guest.${domain}`;
  const main = await askXmpp(lab, { host: domain, account: moderator });
  expect(main).toMatchObject({ signIn: 'in', mechanisms: expect.arrayContaining(['PLAIN', 'SCRAM-SHA-1']) });
  expect(main.mechanisms).not.toContain('ANONYMOUS');
  expect(await askXmpp(lab, { host: domain, account: second })).toMatchObject({ signIn: 'in' });
  const wrong = { user: moderator.user, password: 'wrong' };
  expect(await askXmpp(lab, { host: domain, account: wrong })).toMatchObject({ signIn: 'not-authorized' });
  expect(await askXmpp(lab, { host: domain })).toMatchObject({ signIn: 'invalid-mechanism' });
  const room = `room@conference.${domain}`;
  expect(await askXmpp(lab, { host: guest, room })).toEqual({
    mechanisms: ['ANONYMOUS'],
    signIn: 'in',
    room: 'not-allowed',
  });
  expect(await askXmpp(lab, { host: guest, account: moderator })).toMatchObject({
    signIn: 'invalid-mechanism',
  });
  expect((await new Browser(lab, domain).get('/config.js')).body).toMatch(
    new RegExp(`^ +anonymousdomain: "${guest}",$`, 'm'),
  );
}

/** What jicofo said that it read when it was started last. */
export async function readByJicofo(lab: Lab): Promise<string> {
  const journal = ['journalctl', '--unit', 'jicofo', '--output', 'cat'];
  const { stdout } = await lab.run(journal);
  return stdout.split('\n').findLast((line) => line.startsWith('authentication.enabled=')) ?? '';
}

/** What ufw lets in, of both families. */
export async function rulesOf(lab: Lab): Promise<string[]> {
  const { stdout } = await lab.run(['ufw', 'status']);
  const rows = stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
  return rows.filter(([, action]) => action === 'ALLOW').map(([to = '']) => to);
}

/** All that debconf holds of Jitsi. */
export async function debconf(lab: Lab): Promise<string> {
  const files = ['config', 'passwords', 'templates'].map((one) => `/var/cache/debconf/${one}.dat`);
  return (await lab.run(['grep', '-hiE', 'jitsi|jicofo', ...files], { check: false })).stdout;
}

/** Said of what is on trial, in French. */
export const undoneIn = words('fr').trial.left('').replaceAll('\u00a0', ' ').replace(/ s$/, '');
