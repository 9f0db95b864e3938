/** The EJ guide on a real Debian, through the wizard alone, from an empty machine to none left. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesWithCanaries, seenCanaries, watchCanaries } from './canary.ts';
import { canaries, deploy, emptyServer, install, secretFiles, servesEj } from './ej.ts';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import type { Release } from './root.ts';
import { json, wizard } from './wizard.ts';

/** What Docker keeps is compared by what it says of itself, or is gone. */
const ofDocker = /^\/var\/lib\/(docker|containerd)(\/|$)/;

export function installsEj(release: Release): void {
  let lab: Lab;
  let empty: Snapshot;

  beforeAll(async () => {
    lab = await emptyServer({ release, name: 'ej' });
    empty = await lab.snapshot();
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('stops cleanly after the step it was told to stop after', async () => {
    await watchCanaries(lab, canaries);
    const { code, said } = await install(lab, '--until', 'config-env');
    expect(code, said).toBe(0);
    expect(await json(lab, 'status')).toMatchObject([{ guide: 'ej', state: 'interrupted' }]);
  });

  test('goes on unattended, does everything and exits with 0', async () => {
    const { code, said } = await wizard(lab, 'install', 'ej', '--yes');
    expect(code, said).toBe(0);
  });

  test('serves EJ over TLS under its own name, and nothing else is open', async () => {
    await servesEj(lab);
  });

  test('shows no secret in a command line or an environment but those of the containers', async () => {
    const seen = (await seenCanaries(lab)).split('\n');
    // What a container was given is in its processes.
    const ofWizard =
      /^(cmdline|environ \S*(docker|compose|node|setup-wizard|git|apt|dpkg|openssl|systemctl)\b)/;
    const others = seen.filter((line) => ofWizard.test(line));
    expect(others).toEqual([]);
  });

  test('keeps secrets to the secret store and to the files that are meant to hold them', async () => {
    const found = (await filesWithCanaries(lab, canaries)).filter((path) => !ofDocker.test(path));
    expect(found).toEqual([`${deploy}/config.env`, ...secretFiles]);
    const { stdout } = await lab.run([
      'stat',
      '--format=%a %U:%G',
      deploy,
      `${deploy}/config.env`,
      `${deploy}/.env`,
    ]);
    expect(stdout).toBe('700 root:root\n600 root:root\n600 root:root');
  });

  test('has the guide’s files as they are, byte for byte, but for the port and the variables', async () => {
    const made =
      'cd /opt/ej-server/docker; diff -r . "$0"; diff docker-compose.deploy.yml "$0/docker-compose.yml"';
    const { stdout } = await lab.run(['sh', '-c', made, deploy], { check: false });
    const about = stdout.split('\n').filter((line) => /^(Only|diff) /.test(line));
    expect(about.filter((line) => !line.startsWith(`Only in ${deploy}: `))).toEqual([
      `diff -r ./config.env ${deploy}/config.env`,
      'Only in .: docker-compose.deploy.yml',
    ]);
    const [port = ''] = /[^\n]*\n[^\n]*\n---\n[^\n]*\n?$/.exec(stdout) ?? [];
    expect(port).toMatch(/^\d+c\d+\n< {7}- 80:80\n---\n> {7}- "\$\{HTTP_ADDRESS\}:\$\{HTTP_PORT\}:80"\n?$/);
  });

  test('leaves the checkout as git made it', async () => {
    const { stdout } = await lab.run(['git', '-C', '/opt/ej-server', 'status', '--porcelain']);
    expect(stdout).toBe('');
  });

  test('is there again after a reboot', async () => {
    await lab.reboot();
    await servesEj(lab);
  });

  test('has nothing to do when installed a second time', async () => {
    const { code, said } = await install(lab);
    expect(code, said).toBe(0);
    expect(said).not.toMatch(/done in|FAILED|left for you/);
  });

  test('verifies as installed, and names exactly an edited file and a stopped container', async () => {
    expect(await json(lab, 'verify', 'ej')).toMatchObject({ ok: true, drifts: [] });
    await lab.run(['sed', '-i', 's/^EJ_ENABLE_BOARDS=True/EJ_ENABLE_BOARDS=False/', `${deploy}/config.env`]);
    await lab.run(['docker', 'stop', 'ej-nginx']);
    const { ok, drifts } = await json(lab, 'verify', 'ej');
    expect(ok).toBe(false);
    const keys = drifts.map(({ key }: { key: string }) => key);
    expect(keys).toEqual(expect.arrayContaining([`file:${deploy}/config.env`, 'docker:project/ej/nginx']));
    await lab.run(['sed', '-i', 's/^EJ_ENABLE_BOARDS=False/EJ_ENABLE_BOARDS=True/', `${deploy}/config.env`]);
    await lab.run(['docker', 'start', 'ej-nginx']);
    expect(await json(lab, 'verify', 'ej')).toMatchObject({ ok: true });
  });

  test('is taken back until only declared traces are left', async () => {
    const { code, said } = await wizard(lab, 'rollback', 'ej', '--yes');
    expect(code, said).toBe(0);
    expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
    const kept = await lab.run(['sh', '-c', 'ls /var/lib/setup-wizard/kept/*']);
    expect(kept.stdout).toMatch(/-ej\.sql/);
    expect(kept.stdout).toMatch(/volume-ej_db_ej-.*\.tar\.gz/);
  });
}
