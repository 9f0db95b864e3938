/** Accounts after the install, with the real Prosody: who can sign in, and what is left when a change is cut off. */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { keys } from '../e2e/terminal.ts';
import { cacheFolder } from './cache.ts';
import { Lab, type Mark } from './lab.ts';
import { engineOf, shell } from './reliability/ssh.ts';
import { onScreen } from './screen.ts';
import { json } from './wizard.ts';
import { client } from './xmpp-client.ts';

const project = resolve(import.meta.dirname, '../..');
/** Several checkouts may be tested at once. */
const product = join(cacheFolder('products'), `users-${process.pid}`);
const answers = '[meet]\nUSERS = alice\nUSERS.alice.password = Kanarie-alice-1\n';

beforeAll(async () => {
  const flags = ['--guides', join(import.meta.dirname, 'users'), '--out', product];
  await execa(process.execPath, [join(project, 'scripts/build.mjs'), ...flags]);
});
afterAll(() => rmSync(product, { recursive: true, force: true }));

describe.each(['bookworm', 'trixie'] as const)('on Debian %s', (release) => {
  let ready: Mark;
  let lab: Lab;

  const signIn = async (user: string, password: string) =>
    (await lab.run(['/opt/node/bin/node', '/var/cache/client.cjs', 'meet.test', user, password])).stdout;
  const users = (words: readonly string[], input?: string) =>
    lab.wizard(['users', 'meet', ...words, '--lang', 'en'], {
      check: false,
      ...(input === undefined ? {} : { input }),
    });
  const listed = async () =>
    (await json(lab, 'users', 'meet', 'list')).map(
      ({ name, known, state }: { name: string; known: boolean; state: string }) =>
        `${name} ${known ? 'known' : 'other'} ${state}`,
    );
  const drifts = async () => (await json(lab, 'verify', 'meet')).drifts;
  const codeOf = async (...words: string[]) => (await lab.wizard(words, { check: false })).code;

  beforeAll(async () => {
    lab = await Lab.create({ release, name: 'users', network: 'own', product });
    await lab.boot();
    // The folder of packages is shared with other labs: whoever uses it locks it.
    await shell(
      lab,
      `mkdir -p /tmp/apt/archives/partial; apt-get update -q
      apt-get -o Dir::Cache=/tmp/apt install -y -q --no-install-recommends prosody`,
    );
    await lab.write('/var/cache/client.cjs', client);
    await lab.write('/root/answers.ini', answers, 0o600);
    await lab.wizard(['install', 'meet', '--yes', '--answers', '/root/answers.ini']);
    ready = await lab.mark('users');
    await lab.destroy();
  });

  async function start(): Promise<void> {
    lab = await Lab.create({ release, name: 'users', fromMark: ready, network: 'private', product });
    await lab.boot();
    await shell(
      lab,
      'for i in $(seq 50); do prosodyctl status >/dev/null && break; sleep 0.1; done; sleep 1',
    );
  }
  afterEach(() => lab?.destroy());

  test('they are listed, added, given another password and removed; each can sign in or not, and rollback goes back', async () => {
    await start();
    expect(await listed()).toEqual(['alice known enabled']);
    const added = await users(['add', 'bob'], 'Kanarie-bob-22\n');
    expect(added).toMatchObject({ code: 0, stderr: '' });
    expect(added.stdout).toContain('The account bob@meet.test was created.');
    expect([await signIn('bob', 'Kanarie-bob-22'), await signIn('bob', 'wrong')]).toEqual(['in', 'refused']);
    expect((await users(['passwd', 'alice'], 'Kanarie-new-333')).stdout).toContain(
      'The password of alice@meet.test was changed.',
    );
    expect([await signIn('alice', 'Kanarie-new-333'), await signIn('alice', 'Kanarie-alice-1')]).toEqual([
      'in',
      'refused',
    ]);
    expect([await listed(), await drifts()]).toEqual([['alice known enabled', 'bob known enabled'], []]);

    // A second install finds nothing to do and sets nothing back.
    expect(await codeOf('install', 'meet', '--yes')).toBe(0);
    expect([await signIn('alice', 'Kanarie-new-333'), await drifts()]).toEqual(['in', []]);

    expect((await users(['remove', 'bob'])).code).toBe(2);
    const removed = await users(['remove', 'bob', '--yes']);
    expect(removed.stdout).toContain('The account bob@meet.test was removed.');
    expect(await signIn('bob', 'Kanarie-bob-22')).toBe('refused');
    expect(await codeOf('install', 'meet', '--yes')).toBe(0);
    expect([await listed(), await drifts()]).toEqual([['alice known enabled'], []]);

    // Newest first: bob is back, then alice's former password, then there is no bob, then nothing.
    expect(await codeOf('rollback', 'meet', '--yes')).toBe(0);
    expect(await signIn('bob', 'Kanarie-bob-22')).toBe('in');
    expect(await codeOf('rollback', 'meet', '--yes')).toBe(0);
    expect(await signIn('alice', 'Kanarie-alice-1')).toBe('in');
    expect(await codeOf('rollback', 'meet', '--yes')).toBe(0);
    expect(await signIn('bob', 'Kanarie-bob-22')).toBe('refused');
    expect(await codeOf('rollback', 'meet', '--yes')).toBe(0);
    expect(await shell(lab, 'ls /var/lib/prosody/meet%2etest/accounts 2>/dev/null || true')).toBe('');
  });

  test('no password stands in a journal, a log, or a command line', async () => {
    await start();
    await shell(
      lab,
      `nohup sh -c 'while :; do ps axww -o args; ps axeww; done' >/tmp/seen 2>&1 & echo $! >/tmp/watcher`,
    );
    await users(['add', 'bob'], 'Kanarie-bob-22\n');
    await shell(lab, 'kill $(cat /tmp/watcher)');
    const found = await shell(
      lab,
      "grep -rlE 'Kanarie-bob' /tmp/seen /var/lib/setup-wizard /var/log 2>/dev/null || true",
    );
    expect(found.split('\n').filter((path) => !path.includes('/secrets/'))).toEqual(['']);
  });

  test.each([
    ['passwd', ['passwd', 'alice'], 'Kanarie-new-333\n'],
    ['deluser', ['remove', 'alice', '--yes'], undefined],
    ['adduser', ['add', 'bob'], 'Kanarie-bob-22\n'],
  ] as const)(
    'an engine that is killed while prosodyctl %s runs is continued, or taken back',
    async (verb, words, input) => {
      for (const way of ['resume', 'rollback'] as const) {
        await start();
        await shell(
          lab,
          `mv /usr/bin/prosodyctl /usr/bin/prosodyctl.real
        printf '%s\\n' '#!/bin/sh' 'if [ "$1" = ${verb} ]; then /usr/bin/prosodyctl.real "$@"; code=$?; touch /tmp/there; sleep 60; exit $code; fi' 'exec /usr/bin/prosodyctl.real "$@"' >/usr/bin/prosodyctl
        chmod 755 /usr/bin/prosodyctl`,
        );
        const cut = users(words, input);
        await expect
          .poll(async () => (await lab.run(['test', '-e', '/tmp/there'], { check: false })).code, {
            timeout: 60_000,
          })
          .toBe(0);
        await lab.run(['kill', '-9', String((await engineOf(lab, 'root')).pid)]);
        await cut;
        await shell(lab, 'mv /usr/bin/prosodyctl.real /usr/bin/prosodyctl');
        expect((await users(['add', 'carol'], 'Kanarie-carol\n')).stderr).toContain(
          'was cut off in the middle',
        );
        expect(await codeOf('install', 'meet', '--yes')).toBe(1);
        expect(await codeOf(way, 'meet', '--yes')).toBe(0);
        const now = {
          alice: await signIn('alice', 'Kanarie-alice-1'),
          changed: await signIn('alice', 'Kanarie-new-333'),
          bob: await signIn('bob', 'Kanarie-bob-22'),
        };
        const refused = { alice: 'refused', changed: 'refused', bob: 'refused' };
        const after = {
          passwd: { ...refused, changed: 'in' },
          deluser: refused,
          adduser: { ...refused, alice: 'in', bob: 'in' },
        };
        expect(now, way).toEqual(way === 'resume' ? after[verb] : { ...refused, alice: 'in' });
        expect(await drifts()).toEqual([]);
        await lab.destroy();
      }
    },
  );

  test('in lines one is added, its password typed twice and never seen', async () => {
    await start();
    const lines = onScreen(lab, ['users', 'meet', '--plain', '--lang', 'fr']);
    await lines.waitFor('Ajouter un compte');
    await lines.press('1', keys.enter);
    await lines.waitFor('Nom du compte');
    await lines.press('bob', keys.enter);
    await lines.waitFor('Mot de passe de bob@meet.test');
    await lines.press('Kanarie-bob-22', keys.enter);
    await lines.waitFor('Le même une seconde fois');
    await lines.press('Kanarie-bob-23', keys.enter);
    await lines.waitFor('Les deux ne sont pas les mêmes');
    await lines.press('Kanarie-bob-22', keys.enter);
    await lines.waitFor(/une seconde fois[\s\S]*une seconde fois/);
    await lines.press('Kanarie-bob-22', keys.enter);
    await lines.waitFor('Le compte bob@meet.test est créé.');
    expect(lines.output).not.toContain('Kanarie');
    await lines.waitFor(/^ {2}bob@meet\.test$[\s\S]*4 {2}quitter/m);
    await lines.press('4', keys.enter);
    expect(await lines.ended).toBe(0);
    expect(await signIn('bob', 'Kanarie-bob-22')).toBe('in');
  });

  test('on the screen one is added and another removed', async () => {
    await start();
    const screen = onScreen(lab, ['users', 'meet', '--lang', 'en']);
    await screen.waitFor('alice@meet.test');
    await screen.press('a');
    await screen.waitFor('Name');
    await screen.press('bob', keys.enter);
    await screen.waitFor('Password');
    await screen.press('Kanarie-bob-22', keys.enter);
    await screen.waitFor('Again');
    await screen.press('Kanarie-bob-22', keys.enter);
    await screen.waitFor('The account bob@meet.test was created.');
    expect(screen.output).not.toContain('Kanarie');
    expect(await signIn('bob', 'Kanarie-bob-22')).toBe('in');
    await screen.press(keys.up, 'd');
    await screen.waitFor('Remove alice@meet.test');
    await screen.press('y');
    await screen.waitFor('The account alice@meet.test was removed.');
    await screen.press('q');
    expect(await screen.ended).toBe(0);
    expect(await signIn('alice', 'Kanarie-alice-1')).toBe('refused');
  });
});
