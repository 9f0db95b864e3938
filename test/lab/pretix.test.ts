/** The Pretix guide on real Debian 12 systems, through the wizard alone, from an empty machine to none left. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { said } from '../e2e/said.ts';
import { keys } from '../e2e/terminal.ts';
import { filesWithCanaries, seenCanaries, watchCanaries } from './canary.ts';
import { describeChanges, Lab, type Mark, type Snapshot, undeclared } from './lab.ts';
import { doByHand } from './person.ts';
import { byPerson, canaries, emptyServer, install, name, runCronLine, servesPretix } from './pretix.ts';
import { onScreen } from './screen.ts';
import { page } from './web.ts';
import { json, openItems, wizard } from './wizard.ts';

describe('Pretix 4.20.4 on an empty Debian 12', () => {
  let lab: Lab;
  let empty: Snapshot;
  let beforeApplication: Mark;

  beforeAll(async () => {
    lab = await emptyServer({ release: 'bookworm', name: 'pretix' });
    empty = await lab.snapshot();
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('stops cleanly after the step it was told to stop after', async () => {
    await watchCanaries(lab, canaries);
    const { code, said } = await install(lab, '--answers', '/root/answers.ini', '--until', 'updatestyles');
    expect(code, said).toBe(0);
    expect(await json(lab, 'status')).toMatchObject([{ guide: 'pretix', state: 'interrupted' }]);
    expect(await seenCanaries(lab)).toBe('');
    beforeApplication = await lab.mark('before-application');
    await lab.boot();
  });

  test('goes on unattended after a reboot, does everything and exits with 0', async () => {
    await watchCanaries(lab, canaries);
    const { code, said } = await install(lab);
    expect(code, said).toBe(0);
    expect(await seenCanaries(lab)).toBe('');
  });

  test('answers behind Apache, with private files refused and the API open to K-Sup', async () => {
    await servesPretix(lab);
  });

  test('keeps secrets to the secret store and to the files that are meant to hold them', async () => {
    expect(await filesWithCanaries(lab, canaries)).toEqual([
      '/etc/pretix/pretix.cfg',
      '/root/bdd-password',
      '/root/smtp-password',
    ]);
  });

  test('runs its cron line', async () => {
    await runCronLine(lab);
  });

  test('is there again after a reboot', async () => {
    await lab.reboot();
    await servesPretix(lab);
  });

  test('has nothing to do when installed a second time', async () => {
    const before = await lab.snapshot();
    const began = Date.now();
    const { code, said } = await install(lab);
    console.log(`second install: ${((Date.now() - began) / 1000).toFixed(1)} s`);
    expect(code, said).toBe(0);
    expect(said).not.toMatch(/done in|FAILED|left for you/);
    const changes = undeclared(await lab.changes(before));
    // Pretix writes its own log at every command.
    expect(describeChanges(changes.filter(({ path }) => !path.startsWith('/var/pretix/data/logs/')))).toBe(
      '',
    );
  });

  test('verifies as installed, and names exactly an edited file and a stopped worker', async () => {
    expect(await json(lab, 'verify', 'pretix')).toMatchObject({ ok: true, drifts: [] });
    await lab.run(['sed', '-i', 's/^currency=EUR/currency=CHF/', '/etc/pretix/pretix.cfg']);
    await lab.run(['systemctl', 'stop', 'pretix-worker']);
    const { ok, drifts } = await json(lab, 'verify', 'pretix');
    expect(ok).toBe(false);
    const keys = drifts.map(({ key }: { key: string }) => key).sort();
    expect(keys).toEqual(['file:/etc/pretix/pretix.cfg', 'unit:pretix-worker.service']);
    await lab.run(['sed', '-i', 's/^currency=CHF/currency=EUR/', '/etc/pretix/pretix.cfg']);
    await lab.run(['systemctl', 'start', 'pretix-worker']);
    expect(await json(lab, 'verify', 'pretix')).toMatchObject({ ok: true });
  });

  test('is taken back until only declared traces are left', async () => {
    const { code, said } = await wizard(lab, 'rollback', 'pretix', '--yes');
    expect(code, said).toBe(0);
    expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
    const runs = await json(lab, 'status');
    expect(runs.map(({ state }: { state: string }) => state)).toEqual([
      'rolled-back',
      'rolled-back',
      'rolled-back',
    ]);
  });

  describe('with the manual items left to the person', () => {
    let other: Lab;
    beforeAll(async () => {
      await lab.destroy();
    });
    beforeEach(async () => {
      other = await Lab.create({
        release: 'bookworm',
        name: 'person',
        fromMark: beforeApplication,
        product: true,
      });
      await other.boot();
    });
    afterEach(async () => {
      await other?.destroy();
    });

    test('ends with 4 when unattended and lists them, Pretix being open and safe', async () => {
      const { code, said } = await install(other, ...byPerson);
      expect(code, said).toBe(4);
      expect(await openItems(other, 'pretix')).toEqual([
        'admin-password-change',
        'licence-form',
        'organizer-create',
        'api-token-create',
        'ksup-properties',
        'ksup-restart',
        'ksup-logs',
        'ksup-event',
      ]);
      expect((await page(other, name, '/control/login')).status).toBe(200);
    });

    test('is led by keys through questions, plan, run and checklists to the end', async () => {
      const words = said('fr');
      const terminal = onScreen(other, ['install', 'pretix', '--lang', 'fr', ...byPerson]);
      await terminal.waitFor(words.answers, 60_000);
      await terminal.press(keys.escape);
      await terminal.choose(words.toPlan);
      await terminal.press(keys.enter);
      await terminal.waitFor(words.plan, 120_000);
      await terminal.press(keys.enter);
      await terminal.waitFor(words.consent);
      await terminal.press(words.yes);
      await terminal.waitFor(words.checklist, 240_000);
      await terminal.waitFor('admin@localhost');
      await terminal.press(keys.space);
      await terminal.waitFor('✖', 60_000);
      const token = await doByHand(other);
      await terminal.press(keys.space);
      await terminal.waitFor('Token API', 60_000);
      await terminal.press(keys.enter);
      await terminal.press(token, keys.enter);
      for (const item of ['env_inscription.properties', 'Redémarrer K-Sup']) {
        await terminal.waitFor(item, 60_000);
        await terminal.press(keys.space);
      }
      await terminal.waitFor(words.done, 60_000);
      await terminal.press(keys.enter);
      expect(await terminal.ended).toBe(0);
      expect(await openItems(other, 'pretix')).toEqual(['ksup-logs', 'ksup-event']);
      expect(await json(other, 'status')).toMatchObject([{ state: 'done' }]);
    });
  });
});
