/** Answers given before packages ask, by the real debconf, dpkg and apt. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Op } from '../../src/operations/verbs.ts';
import { aptTools, makeAptRepositories, ownArchives } from './apt-stubs.ts';
import { installRunner, Kinds } from './kinds.ts';
import { Lab, type Mark } from './lab.ts';
import { makeKeys, shell } from './signing-keys.ts';

type Answer = Op<'debconf-answer'>;

const secrets = { PW: 's e"c\\r #x$`' };
const hostname: Answer = {
  kind: 'debconf-answer',
  package: 'stubmeet',
  question: 'stub/hostname',
  value: 'meet.example.org',
};
const turn: Answer = { ...hostname, package: 'stubturn' };
const secret: Answer = {
  kind: 'debconf-answer',
  package: 'stubmeet',
  question: 'stub/secret',
  password: '%PW%',
};
const certificate: Answer = {
  kind: 'debconf-answer',
  package: 'stubmeet',
  question: 'stub/certificate',
  choice: 'self-signed',
};
const packages = (...names: string[]): Op<'packages'> => ({ kind: 'packages', names });

describe.each(['bookworm', 'trixie'] as const)('on Debian %s, an answer', (release) => {
  let ready: Mark;
  const open: Lab[] = [];

  async function start(prepare = '') {
    for (const lab of open.splice(0)) await lab.destroy();
    const lab = await Lab.create({
      release,
      fromMark: ready,
      name: 'debconf',
      network: 'private',
      product: false,
    });
    open.push(lab);
    await lab.boot();
    await shell(lab, `${ownArchives}\n${prepare}`);
    /** All that debconf holds; a template stands for nothing. */
    const look = () =>
      shell(
        lab,
        'sed "/^$/d" /var/cache/debconf/config.dat /var/cache/debconf/passwords.dat; grep "^Name: stub/" /var/cache/debconf/templates.dat || true',
      );
    return { lab, kinds: new Kinds(lab, secrets), look, before: await look() };
  }

  beforeAll(async () => {
    const lab = await Lab.create({ release, name: 'debconf', network: 'own', product: false });
    open.push(lab);
    await lab.boot();
    const install = `apt-get -q update; apt-get -y --no-install-recommends install ${aptTools}`;
    await shell(lab, `${install}; mkdir /var/lib/setup-wizard`);
    await makeKeys(lab);
    await makeAptRepositories(lab);
    await shell(
      lab,
      `echo 'deb [signed-by=/srv/keys/one.gpg] file:/srv/deb/flat stable/' >/etc/apt/sources.list.d/stub.list; apt-get -q update`,
    );
    await installRunner(lab);
    ready = await lab.mark('debconf');
  });

  afterAll(async () => {
    for (const lab of open.splice(0)) await lab.destroy();
  });

  test('is what the packages take, and goes with them', async () => {
    const { lab, kinds, look, before } = await start();
    const ops = [hostname, secret, certificate, packages('stubmeet'), packages('stubturn')];
    for (const op of ops) await kinds.apply(op);
    expect(await shell(lab, 'cat /etc/stubmeet.answers /etc/stubturn.answers')).toBe(
      `hostname=meet.example.org
secret=${secrets.PW}
certificate=Generate, now, a new self-signed certificate
open=
hostname=meet.example.org
secret=`,
    );
    // The password, which the package has taken and emptied, is not given again.
    for (const op of ops)
      expect((await kinds.one('apply', op)).difference, op.kind).toEqual({ change: 'none' });
    expect(await kinds.undo(...ops)).toEqual([]);
    expect(await look()).toBe(before);
  });

  test('is in no file that others read, where it is a secret', async () => {
    const { lab, kinds } = await start();
    const { difference, output } = await kinds.apply(secret);
    expect(JSON.stringify([difference, output])).not.toContain('s e');
    expect(
      await shell(
        lab,
        'stat -c %a /var/cache/debconf/passwords.dat; grep -c "^Value: s e" /var/cache/debconf/passwords.dat',
      ),
    ).toBe('600\n1');
    expect(
      await shell(lab, 'grep -rlF "s e\\"c" /var/cache/debconf /var/lib/setup-wizard /var/log /tmp || true'),
    ).toBe('/var/cache/debconf/passwords.dat');
  });

  test('that is a secret is given to no question which everybody can read', async () => {
    const { kinds, look, before } = await start();
    const { failure } = await kinds.one('apply', { ...secret, question: 'stub/open' });
    expect(failure).toMatchObject({ code: 'check-failed', say: expect.stringContaining('of type string') });
    expect(await look()).toBe(before);
  });

  test.each(['certificate', 'encrypt|own', 'Selbstsigniert'])(
    'that is to be one of the choices, and is “%s”, is not passed on',
    async (choice) => {
      const { kinds, look, before } = await start();
      const { failure } = await kinds.one('apply', { ...certificate, choice });
      expect(failure).toMatchObject({
        code: 'check-failed',
        say: expect.stringContaining('“Generate, now, a new self-signed certificate”'),
      });
      expect(await look()).toBe(before);
    },
  );

  test('that is to be one of the choices is looked for in the package that is installed', async () => {
    const { lab, kinds } = await start('apt-get -y install stubmeet');
    await shell(lab, 'rm /etc/apt/sources.list.d/stub.list');
    await kinds.apply(certificate);
    expect(await shell(lab, 'debconf-show stubmeet')).toContain(
      '* stub/certificate: Generate, now, a new self-signed',
    );
    const { failure } = await kinds.one('apply', {
      ...certificate,
      choice: undefined,
      value: 'Wrong',
    } as unknown as Answer);
    expect(failure).toMatchObject({ code: 'check-failed' });
  });

  test('of before comes back, with its flag', async () => {
    const given = 'echo "stubturn stub/hostname string old.example.org" | debconf-set-selections';
    for (const prepare of [
      given,
      `${given}; echo "FSET stub/hostname seen false" | debconf-communicate stubturn`,
      'apt-get -y install stubturn; echo "SET stub/hostname old" | debconf-communicate stubturn',
    ]) {
      const { kinds, look, before } = await start(prepare);
      const ops = [hostname, packages('stubmeet')];
      for (const op of ops) await kinds.apply(op);
      expect(await kinds.undo(...ops)).toEqual([]);
      expect(await look()).toBe(before);
    }
  });

  test('of before comes back where its packages have taken it along', async () => {
    const { lab, kinds, look, before } = await start(
      'echo "stubturn stub/secret password former" | debconf-set-selections',
    );
    await kinds.apply(secret);
    await shell(lab, 'apt-get -y install stubturn; apt-get -y purge stubturn');
    expect(await kinds.undo(secret)).toEqual([]);
    expect(await look()).toBe(before);
  });

  test('stays while a package that somebody needs has the question', async () => {
    const { lab, kinds } = await start();
    const ops = [hostname, packages('stubmeet')];
    for (const op of ops) await kinds.apply(op);
    await shell(lab, 'apt-get -y install stubturn');
    expect(await kinds.undo(...ops)).toEqual([expect.stringContaining('stubturn')]);
    expect(await shell(lab, 'echo "METAGET stub/hostname owners" | debconf-communicate x')).toBe(
      '0 stubturn',
    );
  });

  test('of a package that was never installed goes', async () => {
    const { kinds, look, before } = await start();
    const ops = [hostname, turn, certificate];
    await kinds.apply(hostname);
    await kinds.apply(certificate);
    expect((await kinds.one('apply', turn)).difference).toEqual({ change: 'none' });
    expect(await kinds.undo(...ops.filter((op) => op !== turn))).toEqual([]);
    expect(await look()).toBe(before);
  });

  test('waits for another program that holds debconf’s database, and says so', async () => {
    const { lab, kinds } = await start();
    await kinds.one('look', hostname);
    const hold = `use Fcntl ":flock"; open(F, "+<", "/var/cache/debconf/config.dat"); flock(F, LOCK_EX); sleep 15`;
    const holder = lab.run(['perl', '-e', hold]);
    await sleep(1000);
    await kinds.apply(hostname);
    await holder;
    expect(await shell(lab, 'debconf-show stubmeet')).toContain('* stub/hostname: meet.example.org');
  });

  test('can be planned before its package is to be had', async () => {
    const { lab, kinds, look, before } = await start('rm /etc/apt/sources.list.d/stub.list');
    for (const op of [hostname, secret, certificate])
      expect((await kinds.one('look', op)).difference).toMatchObject({ change: 'change' });
    expect((await kinds.one('look', certificate)).difference).toMatchObject({
      diff: '+stub/certificate: /self-signed/\n',
    });
    expect(await look()).toBe(before);
    expect(await shell(lab, 'ls /tmp')).not.toContain('setup-wizard');
  });
});
