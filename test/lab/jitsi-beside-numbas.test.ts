/** Jitsi Meet and Numbas on one Debian 13, behind one nginx, with Prosody 13: the one that goes does not harm the other. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser } from './browser.ts';
import { addJitsi, install, letsInAccountsOnly, servesMeet } from './jitsi.ts';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import {
  emptyServer as emptyNumbasServer,
  install as installNumbas,
  name as numbas,
  servesNumbas,
  signsIn,
} from './numbas.ts';
import { shell } from './signing-keys.ts';
import { json, wizard } from './wizard.ts';

describe('a Debian 13 with a Numbas', () => {
  let lab: Lab;
  let before: Snapshot;

  beforeAll(async () => {
    lab = await emptyNumbasServer({ release: 'trixie', name: 'jitsi-numbas' });
    const { code, said } = await installNumbas(lab);
    expect(code, said).toBe(4);
    await addJitsi(lab, { BEHIND_NAT: 'no', FIREWALL: 'elsewhere' });
    before = await lab.snapshot();
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('gets Jitsi Meet beside it, with accounts of the running Prosody', async () => {
    const { code, said } = await install(lab);
    expect(code, said).toBe(0);
    expect(await shell(lab, 'prosodyctl about 2>&1')).toContain('Prosody 13.');
    await servesMeet(lab);
    await letsInAccountsOnly(lab);
    await showsNumbas(lab);
    for (const guide of ['numbas', 'jitsi'])
      expect(await json(lab, 'verify', guide)).toMatchObject({ ok: true, drifts: [] });
  });

  test('is there again after a reboot, as is the other', async () => {
    await lab.reboot();
    // A lab has its address after it has started: too late for coturn.
    await shell(lab, 'systemctl reset-failed coturn; systemctl restart coturn');
    await servesMeet(lab);
    await letsInAccountsOnly(lab);
    await showsNumbas(lab);
  });

  test('has nothing to do when installed a second time', async () => {
    const { code, said } = await install(lab);
    expect(code, said).toBe(0);
    expect(said).not.toMatch(/done in|FAILED|left for you/);
  });

  test('has a whole Numbas, as it was, when Jitsi Meet has gone', async () => {
    const { code, said } = await wizard(lab, 'rollback', 'jitsi', '--yes');
    expect(code, said).toBe(0);
    await servesNumbas(lab);
    expect(await json(lab, 'verify', 'numbas')).toMatchObject({ ok: true, drifts: [] });
    expect(describeChanges(withoutNumbas(await lab.changes(before)))).toBe('');
  });
});

/** To whoever asks for it by its name: any other name is Jitsi’s now, as nginx shows the first of its sites there. */
async function showsNumbas(lab: Lab): Promise<void> {
  const browser = new Browser(lab, numbas);
  const status = async () => (await browser.get('/login')).status;
  await expect.poll(status, { timeout: 60_000, interval: 1000 }).toBe(200);
  await signsIn(browser);
}

/** Numbas goes on writing. */
function withoutNumbas(changes: Awaited<ReturnType<Lab['changes']>>) {
  const living = /^\/var\/lib\/(redis|postgresql)(\/|$)/;
  return undeclared(changes).filter(({ path }) => !living.test(path));
}
