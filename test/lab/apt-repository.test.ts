/** Repositories of apt, by the real apt, gpg and curl. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Op } from '../../src/operations/verbs.ts';
import { aptTools, makeAptRepositories, ownArchives, signedOtherwise } from './apt-stubs.ts';
import { installRunner, Kinds } from './kinds.ts';
import { describeChanges, Lab, type Mark, type Snapshot, undeclared } from './lab.ts';
import { makeKeys, shell } from './signing-keys.ts';

type Repository = Op<'apt-repository'>;

describe.each(['bookworm', 'trixie'] as const)('on Debian %s, a repository of apt', (release) => {
  let ready: Mark;
  let keys: Record<'one' | 'two', string>;
  const open: Lab[] = [];

  /** `prepare` is what an administrator has done there. */
  async function start(prepare = '') {
    for (const lab of open.splice(0)) await lab.destroy();
    const lab = await Lab.create({
      release,
      fromMark: ready,
      name: 'apt',
      network: 'private',
      product: false,
    });
    open.push(lab);
    await lab.boot();
    await shell(lab, `${ownArchives}\n${prepare}`);
    const before: Snapshot = await lab.snapshot();
    const lists = () => shell(lab, 'ls /var/lib/apt/lists');
    const listed = await lists();
    const traces = async () => {
      const changes = describeChanges(undeclared(await lab.changesSinceMark(before)));
      const now = await lists();
      return changes + (now === listed ? '' : `\n${listed}\n->\n${now}`);
    };
    return { lab, kinds: new Kinds(lab), traces };
  }

  const flat = (more: Partial<Repository> = {}): Repository => ({
    kind: 'apt-repository',
    name: 'stub-stable',
    uri: 'file:/srv/deb/flat',
    suite: 'stable/',
    key: 'file:///srv/keys/one.asc',
    fingerprints: [keys.one],
    ...more,
  });
  const packages: Op<'packages'> = { kind: 'packages', names: ['stubmeet'] };

  beforeAll(async () => {
    const lab = await Lab.create({ release, name: 'apt', network: 'own', product: false });
    open.push(lab);
    await lab.boot();
    const install = `apt-get -q update; apt-get -y --no-install-recommends install ${aptTools}`;
    await shell(lab, `${install}; mkdir /var/lib/setup-wizard`);
    keys = await makeKeys(lab);
    await makeAptRepositories(lab);
    await installRunner(lab);
    ready = await lab.mark('apt');
  });

  afterAll(async () => {
    for (const lab of open.splice(0)) await lab.destroy();
  });

  test.each([
    ['flat', () => flat()],
    [
      'with a suite and a component',
      () => flat({ uri: 'file:/srv/deb/pool', suite: 'stable', components: ['main'] }),
    ],
    ['whose key is not armoured', () => flat({ key: 'file:///srv/keys/one.gpg' })],
  ])('%s is read, installed from, and leaves nothing once it is undone', async (_, repository) => {
    const { lab, kinds, traces } = await start();
    const { difference } = await kinds.apply(repository());
    expect(difference).toMatchObject({ diff: expect.stringContaining(keys.one.slice(0, 4)) });
    await kinds.apply(packages);
    expect(
      await shell(
        lab,
        'cat /etc/stubmeet.answers; stat -c "%a %U" /usr/share/keyrings/stub-stable-keyring.gpg; ls -a ~',
      ),
    ).toMatch(/hostname=localhost[\s\S]*644 root(?![\s\S]*gnupg)/);
    expect(await kinds.undo(repository(), packages)).toEqual([]);
    expect(await traces()).toBe('');
    expect(await shell(lab, 'ls /tmp; apt-get -q indextargets >/dev/null')).not.toMatch(/setup-wizard/);
  });

  test('that is there already has nothing to do', async () => {
    const { kinds } = await start(
      `cp /srv/keys/one.gpg /usr/share/keyrings/stub-stable-keyring.gpg
      echo 'deb [signed-by=/usr/share/keyrings/stub-stable-keyring.gpg] file:/srv/deb/flat stable/' >/etc/apt/sources.list.d/stub-stable.list`,
    );
    expect((await kinds.one('apply', flat())).difference).toEqual({ change: 'none' });
  });

  test.each([
    ['a wrong fingerprint', () => ({ fingerprints: [keys.two] }), /Found: .*Expected: /],
    ['a second key in the file', () => ({ key: 'file:///srv/keys/both.asc' }), /Found: .*, /],
    ['no key there', () => ({ key: 'file:///etc/hostname' }), /no file of public OpenPGP keys/],
    ['two words for its suite', () => ({ suite: 'stable/ [trusted=yes]' }), /cannot describe/],
  ])('with %s is refused, and nothing is left', async (_, more, said) => {
    const { kinds, traces } = await start();
    const { failure } = await kinds.one('apply', flat(more()));
    expect(failure).toMatchObject({ code: 'check-failed', say: expect.stringMatching(said) });
    expect(await traces()).toBe('');
  });

  test.each([
    ['is signed by another key', () => ({}), signedOtherwise('two')],
    ['is not signed', () => ({}), signedOtherwise('nobody')],
    ['is not there', () => ({ uri: 'file:/srv/deb/nowhere' }), ''],
    ['cannot be reached', () => ({ uri: 'http://127.0.0.1:9/x' }), ''],
  ])('that %s is put back, and apt goes on', async (_, more, prepare) => {
    const { lab, kinds, traces } = await start(prepare);
    const { failure } = await kinds.one('apply', flat(more()));
    expect(failure).toMatchObject({ code: 'command-failed' });
    expect(await traces()).toBe('');
    await shell(lab, 'apt-get -q indextargets >/dev/null');
  });

  test('that was right once and is signed by another key now is not taken from what was read then', async () => {
    const { lab, kinds, traces } = await start();
    await kinds.apply(flat());
    await shell(lab, `rm /etc/apt/sources.list.d/stub-stable.list; ${signedOtherwise('two')}`);
    expect((await kinds.one('apply', flat())).failure).toMatchObject({ code: 'command-failed' });
    expect(await kinds.undo(flat())).toEqual([]);
    expect(await traces()).toContain('/srv/deb/flat/stable/InRelease');
  });

  test.each([
    ['line', 'echo "deb file:/srv/x ./" >/etc/apt/sources.list.d/stub-stable.list', 'stub-stable.list'],
    ['key', 'cp /srv/keys/two.gpg /usr/share/keyrings/stub-stable-keyring.gpg', 'stub-stable-keyring.gpg'],
    [
      'source',
      'echo "deb [trusted=yes] file:/srv/deb/flat/ stable/" >/etc/apt/sources.list.d/theirs.list',
      'theirs.list',
    ],
    [
      'source in a stanza',
      'printf "Types: deb\\nURIs: file:/srv/deb/flat\\nSuites: stable/\\nTrusted: yes\\n" >/etc/apt/sources.list.d/theirs.sources',
      'theirs.sources',
    ],
  ])('of which somebody else has a %s is refused', async (_, prepare, path) => {
    const { kinds, traces } = await start(prepare);
    const { failure } = await kinds.one('apply', flat());
    expect(failure).toMatchObject({ code: 'refused-existing', say: expect.stringContaining(path) });
    expect(await traces()).toBe('');
  });

  test('waits for another program that holds the lists, and says so', async () => {
    const { lab, kinds } = await start();
    const hold = `use Fcntl; open(F, ">>/var/lib/apt/lists/lock"); $l = pack("sslllllL", F_WRLCK, 0, 0, 0, 0, 0, 0, 0); fcntl(F, F_SETLK, $l) or die; sleep 15`;
    const holder = lab.run(['perl', '-e', hold]);
    await sleep(1000);
    const { output } = await kinds.apply(flat());
    await holder;
    expect(output).toContain('Another program is using the package manager');
  });

  test('is whole, or gone, after a power cut at any time', async () => {
    for (const [delay, verb] of [
      [200, 'undo'],
      [500, 'apply'],
      [900, 'undo'],
    ] as const) {
      const { lab, kinds, traces } = await start();
      const cut = kinds.apply(flat()).catch(() => {});
      while (
        (await lab.run(['test', '-e', '/usr/share/keyrings/stub-stable-keyring.gpg'], { check: false }))
          .code !== 0
      )
        await sleep(20);
      await sleep(delay);
      await lab.pullPlug();
      await cut;
      await lab.boot();
      if (verb === 'apply') await kinds.apply(flat());
      expect(await kinds.undo(flat())).toEqual([]);
      expect(await traces()).toBe('');
    }
  });
});
