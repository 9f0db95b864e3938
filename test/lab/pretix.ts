/** A lab with Pretix in it: the answers, the wizard's command line, and what a working Pretix shows. */
import { expect } from 'vitest';
import { addKsup } from './ksup.ts';
import { Lab, type LabOptions } from './lab.ts';
import { page } from './web.ts';
import { type Said, wizard } from './wizard.ts';

export { json, wizard } from './wizard.ts';

export const name = 'inscription.mon-univ.fr';
const databasePassword = 'Canary%Db;Pw1x';
const smtpPassword = 'canary-smtp-Xy7Q';
export const canaries = [databasePassword, smtpPassword];

/** Answers by which nothing is left to a person. */
export const allByWizard = `WORKERS = 2
ORG_NAME = "Université Kosmos"
ADMIN_PASSWORD_BY = wizard
LICENCE_BY = wizard
LICENCE_CONFIRMED = yes
ORGANIZER_BY = wizard
TOKEN_BY = wizard
KSUP_BY = wizard
`;

const answers = `[pretix]
REVERSE_PROXY_URL = https://${name}
KSUP_URL_MAIN_DOMAIN = https://*.mon-univ.fr
DSI_EMAIL = dsi@mon-univ.fr
BDD_PASSWORD = file:/root/bdd-password
SMTP_HOST = 127.0.0.1
SMTP_USER = pretix
SMTP_PASSWORD = file:/root/smtp-password
${allByWizard}KSUP_UNIT = ksup.service
`;

/** Every manual item is left to the person. */
export const byPerson = ['ADMIN_PASSWORD_BY', 'LICENCE_BY', 'ORGANIZER_BY', 'TOKEN_BY', 'KSUP_BY'].flatMap(
  (id) => ['--set', `${id}=person`],
);

/** An empty server beside a K-Sup, with an answers file in /root. */
export async function emptyServer(options: LabOptions): Promise<Lab> {
  const lab = await Lab.create({ ...options, product: true });
  await lab.boot();
  await addKsup(lab);
  await lab.write('/root/answers.ini', answers, 0o600);
  await lab.write('/root/bdd-password', databasePassword, 0o600);
  await lab.write('/root/smtp-password', smtpPassword, 0o600);
  return lab;
}

export function install(lab: Lab, ...flags: string[]): Promise<Said> {
  return wizard(lab, 'install', 'pretix', '--yes', ...flags);
}

async function tokenOf(lab: Lab): Promise<string> {
  const text = await lab.read('/web/ksup/storage/conf/env_inscription.properties');
  return /api\.pretix\.token=(\w+)/.exec(text)?.[1] ?? '';
}

/** Waits for the page after a start, then looks at all that the guide promises. */
export async function servesPretix(lab: Lab): Promise<void> {
  const login = async () => (await page(lab, name, '/control/login')).status;
  await expect.poll(login, { timeout: 60_000, interval: 1000 }).toBe(200);
  expect((await page(lab, name, '/media/invoices/x')).status).toBe(403);
  expect((await page(lab, name, '/media/cachedfiles/x')).status).toBe(403);
  expect((await page(lab, name, '/control/register')).status).not.toBe(200);
  const units = await lab.run(['systemctl', 'is-active', 'pretix-web', 'pretix-worker', 'apache2']);
  expect(units.stdout).toBe('active\nactive\nactive');
  const organizers = await page(lab, name, '/api/v1/organizers/', `Token ${await tokenOf(lab)}`);
  expect(JSON.parse(organizers.body)).toMatchObject({
    results: [{ slug: 'events', name: 'Université Kosmos' }],
  });
  const teams = await page(lab, name, '/api/v1/organizers/events/teams/', `Token ${await tokenOf(lab)}`);
  expect(teams.status).toBe(200);
}

/** The line of cron, run as cron would: with its user, without a terminal. */
export async function runCronLine(lab: Lab): Promise<void> {
  const line = (await lab.read('/etc/cron.d/pretix')).split('\n').find((one) => /^\d/.test(one)) ?? '';
  const [, user = '', command = ''] = /^(?:\S+\s+){5}(\S+)\s+(.*)$/.exec(line) ?? [];
  expect(user).toBe('pretix');
  await lab.run(['sh', '-c', command], { user });
}
