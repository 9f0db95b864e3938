/** The Pretix guide on real Debian 12 systems, through the wizard alone, from an empty machine to none left. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesWithCanaries, seenCanaries, watchCanaries } from './canary.ts';
import { addKsup } from './ksup.ts';
import { describeChanges, Lab, type Mark, type Snapshot, undeclared } from './lab.ts';
import { page } from './web.ts';

const name = 'inscription.mon-univ.fr';
const databasePassword = 'Canary%Db;Pw1x';
const smtpPassword = 'canary-smtp-Xy7Q';
const canaries = [databasePassword, smtpPassword];

const answers = `[pretix]
REVERSE_PROXY_URL = https://${name}
KSUP_URL_MAIN_DOMAIN = https://*.mon-univ.fr
DSI_EMAIL = dsi@mon-univ.fr
BDD_PASSWORD = file:/root/bdd-password
SMTP_HOST = 127.0.0.1
SMTP_USER = pretix
SMTP_PASSWORD = file:/root/smtp-password
WORKERS = 2
ORG_NAME = "Université Kosmos"
ADMIN_PASSWORD_BY = wizard
LICENCE_BY = wizard
LICENCE_CONFIRMED = yes
ORGANIZER_BY = wizard
TOKEN_BY = wizard
KSUP_BY = wizard
KSUP_UNIT = ksup.service
`;

const person = ['ADMIN_PASSWORD_BY', 'LICENCE_BY', 'ORGANIZER_BY', 'TOKEN_BY', 'KSUP_BY'].flatMap((id) => [
  '--set',
  `${id}=person`,
]);

async function writeAnswers(lab: Lab): Promise<void> {
  await lab.write('/root/answers.ini', answers, 0o600);
  await lab.write('/root/bdd-password', databasePassword, 0o600);
  await lab.write('/root/smtp-password', smtpPassword, 0o600);
}

async function install(lab: Lab, ...flags: string[]) {
  const ran = await lab.wizard(['install', 'pretix', '--yes', '--lang', 'en', ...flags], {
    check: false,
    timeout: 40 * 60_000,
  });
  return { ...ran, said: `${ran.stdout}\n${ran.stderr}` };
}

async function json(lab: Lab, ...args: string[]) {
  return JSON.parse((await lab.wizard([...args, '--json'], { check: false })).stdout);
}

async function tokenOf(lab: Lab): Promise<string> {
  const text = await lab.read('/web/ksup/storage/conf/env_inscription.properties');
  return /api\.pretix\.token=(\w+)/.exec(text)?.[1] ?? '';
}

describe('Pretix 4.20.4 on an empty Debian 12', () => {
  let lab: Lab;
  let empty: Snapshot;
  let beforeApplication: Mark;

  beforeAll(async () => {
    lab = await Lab.create({ release: 'bookworm', name: 'pretix', product: true });
    await lab.boot();
    await addKsup(lab);
    await writeAnswers(lab);
    empty = await lab.snapshot();
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('stops cleanly after the step it was told to stop after', async () => {
    await watchCanaries(lab, canaries);
    const ran = await install(lab, '--answers', '/root/answers.ini', '--until', 'updatestyles');
    expect(ran.code, ran.said).toBe(0);
    expect(await json(lab, 'status')).toMatchObject([{ guide: 'pretix', state: 'interrupted' }]);
    expect(await seenCanaries(lab)).toBe('');
    beforeApplication = await lab.mark('before-application');
    await lab.boot();
  });

  test('goes on unattended after a reboot, does everything and exits with 0', async () => {
    await watchCanaries(lab, canaries);
    const ran = await install(lab);
    expect(ran.code, ran.said).toBe(0);
    expect(await seenCanaries(lab)).toBe('');
  });

  async function servesPretix() {
    expect((await page(lab, name, '/control/login')).status).toBe(200);
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

  test(
    'answers behind Apache under the configured name, with private files refused and the API open to K-Sup',
    servesPretix,
  );

  test('keeps secrets to the secret store and to the files that are meant to hold them', async () => {
    expect(await filesWithCanaries(lab, canaries)).toEqual([
      '/etc/pretix/pretix.cfg',
      '/root/bdd-password',
      '/root/smtp-password',
    ]);
  });

  test('runs its cron line', async () => {
    const line = (await lab.read('/etc/cron.d/pretix')).split('\n').find((one) => /^\d/.test(one)) ?? '';
    const [, user = '', command = ''] = /^(?:\S+\s+){5}(\S+)\s+(.*)$/.exec(line) ?? [];
    expect(user).toBe('pretix');
    await lab.run(['sh', '-c', command], { user });
  });

  test('is there again after a reboot', async () => {
    await lab.reboot();
    await expect
      .poll(async () => (await page(lab, name, '/control/login')).status, { timeout: 60_000, interval: 1000 })
      .toBe(200);
    await servesPretix();
  });

  test('has nothing to do when installed a second time', async () => {
    const before = await lab.snapshot();
    const began = Date.now();
    const ran = await install(lab);
    console.log(`second install: ${((Date.now() - began) / 1000).toFixed(1)} s`);
    expect(ran.code, ran.said).toBe(0);
    expect(ran.said).toContain('0 changes');
    expect(describeChanges(undeclared(await lab.changes(before)))).toBe('');
  });

  test('verifies as installed, and names exactly an edited file and a stopped worker', async () => {
    expect(await json(lab, 'verify', 'pretix')).toMatchObject({ ok: true, drifts: [] });
    const config = await lab.read('/etc/pretix/pretix.cfg');
    await lab.run(['sed', '-i', 's/^currency=EUR/currency=CHF/', '/etc/pretix/pretix.cfg']);
    await lab.run(['systemctl', 'stop', 'pretix-worker']);
    const { ok, drifts } = await json(lab, 'verify', 'pretix');
    expect(ok).toBe(false);
    expect(drifts.map(({ key }: { key: string }) => key).sort()).toEqual([
      'file:/etc/pretix/pretix.cfg',
      'unit:pretix-worker.service',
    ]);
    await lab.run(['sed', '-i', 's/^currency=CHF/currency=EUR/', '/etc/pretix/pretix.cfg']);
    await lab.run(['systemctl', 'start', 'pretix-worker']);
    expect(await lab.read('/etc/pretix/pretix.cfg')).toBe(config);
    expect(await json(lab, 'verify', 'pretix')).toMatchObject({ ok: true });
  });

  test('is taken back until only declared traces are left', async () => {
    const ran = await lab.wizard(['rollback', 'pretix', '--yes', '--lang', 'en'], {
      check: false,
      timeout: 20 * 60_000,
    });
    expect(ran.code, `${ran.stdout}\n${ran.stderr}`).toBe(0);
    expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
    expect(await json(lab, 'status')).toMatchObject([
      { state: 'rolled-back' },
      { state: 'rolled-back' },
      { kind: 'rollback' },
    ]);
    await lab.shutdown();
  });

  test('leaves the manual items to the person: exit 4, and a list of them', async () => {
    const other = await Lab.create({
      release: 'bookworm',
      name: 'person',
      fromMark: beforeApplication,
      product: true,
    });
    try {
      await other.boot();
      const ran = await install(other, ...person);
      expect(ran.code, ran.said).toBe(4);
      const items: { item: string; done: boolean }[] = await json(other, 'todo', 'pretix');
      expect(items.filter(({ done }) => !done).map(({ item }) => item)).toEqual(
        expect.arrayContaining([
          'admin-password-change',
          'licence-form',
          'organizer-create',
          'api-token-create',
          'ksup-properties',
          'ksup-restart',
        ]),
      );
      expect((await page(other, name, '/control/login')).status).toBe(200);
    } finally {
      await other.destroy();
    }
  });
});
