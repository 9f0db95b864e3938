/** The Jitsi guide on a real Debian 12, through the wizard alone, from an empty machine to none left. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  canaries,
  configFile,
  emptyServer,
  hostFile,
  install,
  jicofoFile,
  letsInAccountsOnly,
  moderator,
  name,
  readByJicofo,
  second,
  secretFiles,
  servesMeet,
} from './jitsi.ts';
import { filesWithCanaries, seenCanaries, watchCanaries } from './canary.ts';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { shell } from './signing-keys.ts';
import { json, wizard } from './wizard.ts';

describe('Jitsi Meet on an empty Debian 12', () => {
  let lab: Lab;
  let empty: Snapshot;

  beforeAll(async () => {
    lab = await emptyServer({ release: 'bookworm', name: 'jitsi' }, { BEHIND_NAT: 'no' });
    empty = await lab.snapshot();
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('is installed unattended, but for the firewall, which only a person can confirm', async () => {
    await watchCanaries(lab, canaries);
    const { code, said } = await install(lab);
    expect(code, said).toBe(4);
    expect(said).toMatch(/Switch the firewall on.*\n.*left for you/);
    expect(await seenCanaries(lab)).toBe('');
  });

  test('serves Jitsi Meet, lets accounts in, and guests only where they belong', async () => {
    await servesMeet(lab);
    await letsInAccountsOnly(lab);
    expect(await readByJicofo(lab)).toBe(
      `authentication.enabled=true authentication.type=XMPP authentication.login-url=${name} bridge.brewery-jid=JvbBrewery@internal.auth.${name}`,
    );
    expect(await shell(lab, 'hostname; getent hosts $(hostname)')).toBe(`${name}\n127.0.0.1       ${name}`);
  });

  test('keeps passwords to the secret store and to the files that are meant to hold them', async () => {
    expect(await filesWithCanaries(lab, canaries)).toEqual([...secretFiles].sort());
  });
});
