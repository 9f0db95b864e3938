/** A Jitsi Meet that was installed under a wrong name, open to all: corrected by another install, taken back in two. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configFile, debconf, emptyServer, install, letsInAccountsOnly, name, servesMeet } from './jitsi.ts';
import { askXmpp } from './jitsi-client.ts';
import { describeChanges, type Lab, type Snapshot, undeclared } from './lab.ts';
import { shell } from './signing-keys.ts';
import { json, wizard } from './wizard.ts';

const wrong = 'visoi.mon-univ.fr';

let lab: Lab;
let empty: Snapshot;
let former: string;

beforeAll(async () => {
  const answers = { DOMAIN: wrong, BEHIND_NAT: 'no', FIREWALL: 'elsewhere', SECURE: 'no' };
  lab = await emptyServer({ release: 'bookworm', name: 'jitsi-corrected' }, answers);
  empty = await lab.snapshot();
  former = await debconf(lab);
});
afterAll(async () => {
  await lab?.destroy();
});

/** Titles of the steps that did something. */
function done(said: string): string[] {
  const lines = said.split('\n');
  return lines.flatMap((line) => {
    const number = /^\[(\d+\/\d+)\] done in /.exec(line)?.[1];
    const began = lines.find((one) => number && one.startsWith(`[${number}] `) && one.endsWith(' ...'));
    return began ? [began.replace(/^\S+ (.*) \.\.\.$/, '$1')] : [];
  });
}

test('is open to all where accounts are not wanted, and needs nobody to end', async () => {
  const { code, said } = await install(lab);
  expect(code, said).toBe(0);
  await servesMeet(lab, wrong);
  expect(await askXmpp(lab, { host: wrong })).toEqual({ mechanisms: ['ANONYMOUS'], signIn: 'in' });
});

test('takes accounts later, by the steps that this is about and no other', async () => {
  const { code, said } = await install(lab, '--set', 'SECURE=yes');
  expect(code, said).toBe(0);
  expect(done(said)).toEqual([
    'Restrict room creation (Prosody)',
    'Guest domain (config.js)',
    'Jicofo authentication',
    'Manage Prosody accounts',
    'Restart all services',
  ]);
  await letsInAccountsOnly(lab, wrong);
});

test('takes the right name, by the steps that depend on it and no other', async () => {
  const { code, said } = await install(lab, '--set', 'SECURE=yes', '--set', `DOMAIN=${name}`);
  expect(code, said).toBe(0);
  expect(done(said)).toEqual([
    'Set the system hostname',
    'Map the name in /etc/hosts',
    'Enter the domain name',
    'Install Jitsi Meet',
    'Restrict room creation (Prosody)',
    'Guest domain (config.js)',
    'Jicofo authentication',
    'Manage Prosody accounts',
    'Restart all services',
  ]);
  await servesMeet(lab);
  await letsInAccountsOnly(lab);
  expect((await askXmpp(lab, { host: wrong })).signIn).toBe('host-unknown');
  expect(await json(lab, 'verify', 'jitsi')).toMatchObject({ ok: true, drifts: [] });
});

test('goes back to its former name, and then to nothing', async () => {
  const back = async () => {
    const { code, said } = await wizard(lab, 'rollback', 'jitsi', '--yes');
    expect(code, said).toBe(0);
  };
  await back();
  await servesMeet(lab, wrong);
  await letsInAccountsOnly(lab, wrong);
  expect((await lab.run(['ls', configFile()], { check: false })).code).not.toBe(0);
  expect(await shell(lab, 'hostname')).toBe(wrong);
  await back();
  await back();
  expect(describeChanges(undeclared(await lab.changes(empty)))).toBe('');
  expect(await debconf(lab)).toBe(former);
});
