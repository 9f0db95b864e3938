/** The Numbas guide on a real Debian 13, through the wizard alone, from an empty machine to none left. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesWithCanaries, seenCanaries, watchCanaries } from './canary.ts';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import {
  canaries,
  emptyServer,
  inSettings,
  install,
  root,
  secretFiles,
  servesNumbas,
  settings,
} from './numbas.ts';
import { json, wizard } from './wizard.ts';

describe('Numbas on an empty Debian 13', () => {
  let lab: Lab;
  let empty: Snapshot;

  beforeAll(async () => {
    lab = await emptyServer({ release: 'trixie', name: 'numbas' });
    empty = await lab.snapshot();
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('stops cleanly after the step it was told to stop after', async () => {
    await watchCanaries(lab, canaries);
    const { code, said } = await install(lab, '--until', 'superuser');
    expect(code, said).toBe(0);
    expect(await json(lab, 'status')).toMatchObject([{ guide: 'numbas', state: 'interrupted' }]);
    expect(await seenCanaries(lab)).toBe('');
    await lab.reboot();
  });

  test('goes on unattended after a reboot, and leaves the consumer key to a person', async () => {
    await watchCanaries(lab, canaries);
    const { code, said } = await wizard(lab, 'install', 'numbas', '--yes');
    expect(code, said).toBe(4);
    expect(await seenCanaries(lab)).toBe('');
    const left = (await json(lab, 'todo', 'numbas')).filter(({ done }: { done: boolean }) => !done);
    expect(left).toContainEqual(expect.objectContaining({ item: 'consumer-key', step: 'ready' }));
  });

  test('serves Numbas over TLS, behind nginx, under its own name only, by five processes', async () => {
    await servesNumbas(lab);
  });

  test('keeps secrets to the secret store and to the files that are meant to hold them', async () => {
    expect(await filesWithCanaries(lab, [...canaries, inSettings])).toEqual(
      [...secretFiles, settings].sort(),
    );
    const { stdout } = await lab.run(['stat', '--format=%a %U:%G', settings]);
    expect(stdout).toBe('640 root:numbas_lti');
    const stranger = await lab.run(['runuser', '-u', 'www-data', '--', 'cat', settings], { check: false });
    expect(stranger.stderr).toContain('Permission denied');
  });

  test('leaves the files of git as git made them', async () => {
    const { stdout } = await lab.run(['git', '-C', root, 'status', '--porcelain']);
    expect(stdout).toBe('?? numbasltiprovider/settings.py');
  });

  test('is there again after a reboot', async () => {
    await lab.reboot();
    await servesNumbas(lab);
  });

  test('has nothing to do when installed a second time', async () => {
    const before = await lab.snapshot();
    const { code, said } = await install(lab);
    expect(code, said).toBe(4);
    expect(said).not.toMatch(/done in|FAILED/);
    const living = /^\/var\/lib\/(postgresql|redis)(\/|$)/;
    const changes = undeclared(await lab.changes(before)).filter(({ path }) => !living.test(path));
    expect(describeChanges(changes)).toBe('');
  });

  test('verifies as installed, and names exactly an edited file and stopped programs', async () => {
    expect(await json(lab, 'verify', 'numbas')).toMatchObject({ ok: true, drifts: [] });
    await lab.run(['sed', '-i', 's/^DEBUG = False/DEBUG = True/', settings]);
    await lab.run(['supervisorctl', 'stop', 'numbas_lti:numbas_lti_huey_00']);
    const { ok, drifts } = await json(lab, 'verify', 'numbas');
    expect(ok).toBe(false);
    const names = drifts.map(({ key }: { key: string }) => key).sort();
    expect(names).toEqual(['check:settings-read', `file:${settings}`, 'supervisor:numbas_lti']);
    await lab.run(['sed', '-i', 's/^DEBUG = True/DEBUG = False/', settings]);
    await lab.run(['supervisorctl', 'start', 'numbas_lti:numbas_lti_huey_00']);
    expect(await json(lab, 'verify', 'numbas')).toMatchObject({ ok: true });
  });

  test('is taken back until only declared traces are left', async () => {
    const { code, said } = await wizard(lab, 'rollback', 'numbas', '--yes');
    expect(code, said).toBe(0);
    expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
  });
});
