/** The OnTask guide on a real Debian 12, through the wizard alone, from an empty machine to none left. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { said } from '../e2e/said.ts';
import { keys } from '../e2e/terminal.ts';
import { Browser } from './browser.ts';
import { filesWithCanaries, seenCanaries, watchCanaries } from './canary.ts';
import { describeChanges, Lab, type Mark, type Snapshot, undeclared } from './lab.ts';
import { canaries, emptyServer, install, localEnv, name, root, secretFiles, servesOntask } from './ontask.ts';
import { onScreen } from './screen.ts';
import { json, wizard } from './wizard.ts';

let beforeServices: Mark;

describe('OnTask 11.1 on an empty Debian 12', () => {
  let lab: Lab;
  let empty: Snapshot;

  beforeAll(async () => {
    lab = await emptyServer({ release: 'bookworm', name: 'ontask' });
    empty = await lab.snapshot();
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('stops cleanly after the step it was told to stop after', async () => {
    await watchCanaries(lab, canaries);
    const { code, said } = await install(lab, '--until', 'collectstatic');
    expect(code, said).toBe(0);
    expect(await json(lab, 'status')).toMatchObject([{ guide: 'ontask', state: 'interrupted' }]);
    expect(await seenCanaries(lab)).toBe('');
    beforeServices = await lab.mark('before-services');
    await lab.boot();
  });

  test('goes on unattended after a reboot, does everything and exits with 0', async () => {
    await watchCanaries(lab, canaries);
    const { code, said } = await wizard(lab, 'install', 'ontask', '--yes');
    expect(code, said).toBe(0);
    expect(await seenCanaries(lab)).toBe('');
  });

  test('lets the administrator sign in over TLS, behind nginx, under its own name only', async () => {
    await servesOntask(lab);
  });

  test('keeps secrets to the secret store and to the files that are meant to hold them', async () => {
    expect(await filesWithCanaries(lab, canaries)).toEqual([localEnv, ...secretFiles]);
    const { stdout } = await lab.run(['stat', '--format=%a %U:%G', localEnv]);
    expect(stdout).toBe('640 root:ontask');
    const stranger = await lab.run(['runuser', '-u', 'www-data', '--', 'cat', localEnv], { check: false });
    expect(stranger.stderr).toContain('Permission denied');
  });

  test('leaves the checkout as git made it', async () => {
    const { stdout } = await lab.run(['git', '-C', root, 'status', '--porcelain']);
    expect(stdout).toBe('');
  });

  test('is there again after a reboot', async () => {
    await lab.reboot();
    await servesOntask(lab);
  });

  test('has nothing to do when installed a second time', async () => {
    const before = await lab.snapshot();
    const { code, said } = await install(lab);
    expect(code, said).toBe(0);
    expect(said).not.toMatch(/done in|FAILED|left for you/);
    // OnTask opens its logs at every command; servers go on writing.
    const living = /^\/(opt\/ontask\/logs|var\/lib\/(postgresql|redis))(\/|$)/;
    const changes = undeclared(await lab.changes(before)).filter(({ path }) => !living.test(path));
    expect(describeChanges(changes)).toBe('');
  });

  test('verifies as installed, and names exactly an edited file and a stopped worker', async () => {
    expect(await json(lab, 'verify', 'ontask')).toMatchObject({ ok: true, drifts: [] });
    await lab.run(['sed', '-i', 's/^DEBUG=False/DEBUG=True/', localEnv]);
    await lab.run(['systemctl', 'stop', 'ontask-celery']);
    const { ok, drifts } = await json(lab, 'verify', 'ontask');
    expect(ok).toBe(false);
    const names = drifts.map(({ key }: { key: string }) => key).sort();
    expect(names).toEqual([`file:${localEnv}`, 'unit:ontask-celery.service']);
    await lab.run(['sed', '-i', 's/^DEBUG=True/DEBUG=False/', localEnv]);
    await lab.run(['systemctl', 'start', 'ontask-celery']);
    expect(await json(lab, 'verify', 'ontask')).toMatchObject({ ok: true });
  });

  test('is taken back until only declared traces are left', async () => {
    const { code, said } = await wizard(lab, 'rollback', 'ontask', '--yes');
    expect(code, said).toBe(0);
    expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
  });
});

describe('on the screen', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.create({
      release: 'bookworm',
      name: 'ontask-screen',
      network: 'own',
      fromMark: beforeServices,
      product: true,
    });
    await lab.boot();
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('keys lead through questions, plan and run to the first checklist', async () => {
    const words = said('en');
    const terminal = onScreen(lab, ['install', 'ontask', '--lang', 'en', '--set', 'SITE_BY=person']);
    await terminal.waitFor(words.answers, 60_000);
    await terminal.press(keys.escape);
    await terminal.choose(words.toPlan);
    await terminal.press(keys.enter);
    await terminal.waitFor(words.plan, 120_000);
    await terminal.press(keys.enter);
    await terminal.waitFor(words.consent);
    await terminal.press(words.yes);
    await terminal.waitFor(words.checklist, 240_000);
    expect(terminal.screen().split('\n').length).toBeLessThanOrEqual(24);
    await terminal.waitFor('Sign in to OnTask');
    expect((await new Browser(lab, name).get('/login/')).status).toBe(200);
    terminal.close();
  });
});
