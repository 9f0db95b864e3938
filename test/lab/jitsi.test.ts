/** The Jitsi guide on a real Debian 12, through the wizard alone, from an empty machine to none left. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { said } from '../e2e/said.ts';
import { filesWithCanaries, seenCanaries, watchCanaries } from './canary.ts';
import {
  canaries,
  configFile,
  debconf,
  emptyServer,
  install,
  letsInAccountsOnly,
  moderator,
  name,
  readByJicofo,
  rulesOf,
  second,
  secretFiles,
  servesMeet,
  undoneIn,
} from './jitsi.ts';
import { askXmpp } from './jitsi-client.ts';
import { type Change, describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { onScreen } from './screen.ts';
import { shell } from './signing-keys.ts';
import { json, wizard } from './wizard.ts';

describe('Jitsi Meet on an empty Debian 12', () => {
  let lab: Lab;
  let empty: Snapshot;
  let former: string;

  beforeAll(async () => {
    lab = await emptyServer({ release: 'bookworm', name: 'jitsi' }, { BEHIND_NAT: 'no' });
    empty = await lab.snapshot();
    former = await debconf(lab);
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('is installed unattended, but for the firewall, which only a person can confirm', async () => {
    await watchCanaries(lab, canaries);
    const { code, said } = await install(lab);
    expect(code, said).toBe(4);
    expect(said).toMatch(/Switch the firewall on \.{3}\n.*\n\[5\/17\] left for you/);
    expect(await seenCanaries(lab)).toBe('');
  });

  test('serves Jitsi Meet, lets accounts in, and guests only where they belong', async () => {
    await servesMeet(lab);
    await letsInAccountsOnly(lab);
    expect(await readByJicofo(lab)).toBe(
      `authentication.enabled=true authentication.type=XMPP authentication.login-url="${name}" bridge.brewery-jid="JvbBrewery@internal.auth.${name}"`,
    );
    expect(await shell(lab, 'hostname; getent hosts $(hostname)')).toBe(`${name}\n127.0.0.1       ${name}`);
  });

  test('keeps passwords to the secret store and to the files that are meant to hold them', async () => {
    expect(await filesWithCanaries(lab, canaries)).toEqual([...secretFiles].sort());
  });

  test('has its firewall switched on by a person, in French, who confirms that the machine answers', async () => {
    const words = said('fr');
    const terminal = onScreen(lab, ['resume', 'jitsi', '--lang', 'fr']);
    await terminal.waitFor(undoneIn, 60_000);
    await terminal.press('c');
    await terminal.waitFor(words.done, 120_000);
    expect(terminal.screen().split('\n').length).toBeLessThanOrEqual(24);
    terminal.close();
    expect((await rulesOf(lab)).sort()).toEqual(
      ['10000/udp', '3478/udp', '443/tcp', '5349/tcp', '80/tcp'].flatMap((rule) => [rule, `${rule} (v6)`]),
    );
    await servesMeet(lab);
  });

  test('is there again after a reboot, behind its firewall', async () => {
    await lab.reboot();
    await servesMeet(lab);
    await letsInAccountsOnly(lab);
    expect(await rulesOf(lab)).toHaveLength(10);
  });

  test('has nothing to do when installed a second time', async () => {
    const before = await lab.snapshot();
    const { code, said } = await install(lab);
    expect(code, said).toBe(0);
    expect(said).not.toMatch(/done in|FAILED|left for you/);
    expect(describeChanges(withoutLiving(await lab.changes(before)))).toBe('');
  });

  test('verifies as installed, and names exactly an edited line, a removed account and a stopped service', async () => {
    expect(await json(lab, 'verify', 'jitsi')).toMatchObject({ ok: true, drifts: [] });
    await lab.run(['sed', '-i', 's/anonymousdomain:/xanonymousdomain:/', configFile()]);
    await shell(lab, `mv ${accounts}/${second.user}.dat /root/`);
    await lab.run(['systemctl', 'stop', 'jitsi-videobridge2']);
    const { ok, drifts } = await json(lab, 'verify', 'jitsi');
    expect(ok).toBe(false);
    expect(drifts.map(({ key }: { key: string }) => key).sort()).toEqual([
      'check:bridge-well',
      `file:${configFile()}#config.hosts/anonymousdomain`,
      `prosody:${second.user}@${name}`,
      'unit:jitsi-videobridge2.service',
    ]);
    await lab.run(['sed', '-i', 's/xanonymousdomain:/anonymousdomain:/', configFile()]);
    await shell(lab, `mv /root/${second.user}.dat ${accounts}/; systemctl start jitsi-videobridge2`);
    expect(await json(lab, 'verify', 'jitsi')).toMatchObject({ ok: true });
  });

  test('has accounts that come, change and go after the install, and rooms that follow', async () => {
    const users = (words: readonly string[], input?: string) =>
      lab.wizard(['users', 'jitsi', ...words, '--lang', 'en'], input === undefined ? {} : { input });
    const names = async () =>
      (await json(lab, 'users', 'jitsi', 'list')).map((one: { name: string }) => one.name);
    const signIn = async (password: string) =>
      (await askXmpp(lab, { host: name, account: { user: 'carol', password } })).signIn;
    await users(['add', 'carol'], 'first-of-carol\n');
    expect(await names()).toEqual([moderator.user, second.user, 'carol']);
    expect(await signIn('first-of-carol')).toBe('in');
    await users(['passwd', 'carol'], 'second-of-carol\n');
    expect([await signIn('first-of-carol'), await signIn('second-of-carol')]).toEqual([
      'not-authorized',
      'in',
    ]);
    expect(await json(lab, 'verify', 'jitsi')).toMatchObject({ ok: true });
    await users(['remove', 'carol', '--yes']);
    expect(await names()).toEqual([moderator.user, second.user]);
    expect(await signIn('second-of-carol')).toBe('not-authorized');
    for (const change of ['remove', 'passwd', 'add'])
      expect((await wizard(lab, 'rollback', 'jitsi', '--yes')).code, change).toBe(0);
    expect(await names()).toEqual([moderator.user, second.user]);
  });

  test('is taken back until only declared traces are left, and debconf has forgotten', async () => {
    const { code, said } = await wizard(lab, 'rollback', 'jitsi', '--yes');
    expect(code, said).toBe(0);
    expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
    expect(await debconf(lab)).toBe(former);
  });
});

const accounts = `/var/lib/prosody/${name.replaceAll('.', '%2e').replaceAll('-', '%2d')}/accounts`;

/** What Prosody writes by itself. */
function withoutLiving(changes: readonly Change[]): Change[] {
  const living = /^\/var\/lib\/prosody\/.*(cron\.dat|account_activity.*)$/;
  return undeclared([...changes]).filter(({ path }) => !living.test(path));
}
