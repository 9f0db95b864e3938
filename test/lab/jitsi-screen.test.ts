/** Somebody who installs Jitsi Meet over SSH, in French, on a server whose SSH is on a port of its own. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { said } from '../e2e/said.ts';
import { keys } from '../e2e/terminal.ts';
import { emptyServer, letsInAccountsOnly, name, rulesOf, servesMeet, undoneIn } from './jitsi.ts';
import { Lab } from './lab.ts';
import { Login, plugIn, withSsh } from './reliability/ssh.ts';
import { json, wizard } from './wizard.ts';

const port = 2222;
let lab: Lab;
let login: Login;

beforeAll(async () => {
  const bare = await emptyServer({ release: 'bookworm', name: 'jitsi-ssh' }, { BEHIND_NAT: 'no' });
  const mark = await withSsh(await bare.mark('jitsi-empty'));
  await bare.destroy();
  lab = await Lab.create({
    release: 'bookworm',
    name: 'jitsi-screen',
    network: 'own',
    fromMark: mark,
    product: true,
  });
  await lab.write('/etc/ssh/sshd_config.d/port.conf', `Port ${port}\n`);
  await lab.boot();
  await plugIn(lab);
  login = await Login.open(lab, 'root', port);
});
afterAll(async () => {
  login?.close();
  await lab?.destroy();
});

const words = said('fr');

test('keys lead through questions, plan and run to the firewall on trial', async () => {
  const args = ['install', 'jitsi', '--answers', '/root/jitsi.ini', '--set', 'WELCOME=room', '--lang', 'fr'];
  await login.type(`clear; ${lab.wizardArgv(args).join(' ')}; echo "exit=$?="`);
  await login.waitFor(words.answers, 60_000);
  await login.press(keys.escape);
  await login.choose('Salles et comptes');
  await login.press(keys.enter);
  await login.waitFor('alice');
  await login.press(keys.escape);
  await login.choose(words.toPlan);
  await login.press(keys.enter);
  await login.waitFor(words.plan, 120_000);
  await login.waitFor('Étape 2');
  await login.press(keys.enter);
  await login.waitFor(words.consent);
  await login.press(words.yes);
  await login.waitFor(undoneIn, 240_000);
  expect(login.screen().split('\n').length).toBeLessThanOrEqual(24);
  expect(await rulesOf(lab)).toContain(`${port}/tcp`);
});

test('the session is not cut off: the key that confirms comes through it, and the rest is done', async () => {
  await login.press('c');
  await login.waitFor(words.done, 400_000);
  await login.press(keys.enter);
  expect(await login.exit()).toBe(0);
  await login.type('echo still-$((40 + 2))');
  await login.waitFor('still-42');
  await servesMeet(lab);
  await letsInAccountsOnly(lab);
  expect(await json(lab, 'verify', 'jitsi')).toMatchObject({ ok: true, drifts: [] });
});

test('the welcome page is no page, as asked', async () => {
  const config = await lab.read('/etc/jitsi/meet/meet.mon-univ.fr-config.js');
  expect(config).toMatch(/^ {4}enableWelcomePage: false,$/m);
});

test('an account that a person has made since is not lost in a rollback, and nobody is cut off', async () => {
  await lab.run(['prosodyctl', 'adduser', `carol@${name}`], { input: 'another-one\nanother-one\n' });
  const { code, said: lines } = await wizard(lab, 'rollback', 'jitsi', '--yes');
  expect(code, lines).toBe(4);
  expect(lines).toMatch(/kept: pkg:nginx/);
  await login.type('echo again-$((40 + 2))');
  await login.waitFor('again-42');
  expect((await lab.run(['ufw', 'status'], { check: false })).stdout).not.toContain('Status: active');
  const { stdout } = await lab.run(['find', '/var/lib/prosody', '-name', '*.dat', '-path', '*/accounts/*']);
  expect(stdout).toContain('/carol.dat');
  expect(stdout).not.toContain('/alice.dat');
});
