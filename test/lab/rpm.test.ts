/** Kinds for RHEL and its relatives, by Debian's own dnf and rpm: 4.14 as in RHEL 9, and a later one than that of 10. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Op } from '../../src/operations/verbs.ts';
import { installRunner, Kinds } from './kinds.ts';
import { describeChanges, Lab, type Mark, type Snapshot, undeclared } from './lab.ts';
import { makeRepositories, rpmLook, rpmTools } from './rpm-stubs.ts';
import { makeKeys, shell, signWith } from './signing-keys.ts';

const packages = (...names: string[]): Op<'rpm-packages'> => ({ kind: 'rpm-packages', names });
const stream = (name: string): Op<'rpm-module'> => ({ kind: 'rpm-module', name: 'stubdb', stream: name });
const enabled = (id: string): Op<'rpm-repository-enabled'> => ({ kind: 'rpm-repository-enabled', id });

const kept = (lab: Lab, pattern: string) => shell(lab, `find /var/lib/setup-wizard/kept -name '${pattern}'`);

describe.each(['bookworm', 'trixie'] as const)('dnf of Debian %s', (release) => {
  let ready: Mark;
  let keys: Record<'one' | 'two', string>;
  const open: Lab[] = [];

  interface World {
    readonly lab: Lab;
    readonly kinds: Kinds;
    /** Everything that differs from how it began, undeclared. */
    readonly traces: () => Promise<string>;
  }

  /** `prepare` is what an administrator has done there. */
  async function start(prepare = ''): Promise<World> {
    for (const lab of open.splice(0)) await lab.destroy();
    const lab = await Lab.create({
      release,
      fromMark: ready,
      name: 'rpm',
      network: 'private',
      product: false,
    });
    open.push(lab);
    await lab.boot();
    await shell(lab, prepare);
    const before: Snapshot = await lab.snapshot();
    const looked = await shell(lab, rpmLook);
    const traces = async () => {
      const changes = undeclared(await lab.changesSinceMark(before));
      const files = describeChanges(changes);
      const now = await shell(lab, rpmLook);
      return files + (now === looked ? '' : `\n${looked}\n->\n${now}`);
    };
    return { lab, kinds: new Kinds(lab), traces };
  }

  const repository = (more: Partial<Op<'rpm-repository'>> = {}): Op<'rpm-repository'> => ({
    kind: 'rpm-repository',
    id: 'extra',
    name: 'Extra packages',
    baseurl: 'file:///srv/rpm/extra',
    key: 'file:///srv/keys/one.asc',
    fingerprints: [keys.one],
    ...more,
  });

  /** What would be upgraded has been: then an undo leaves nothing. */
  const upgraded = 'dnf -q -y install libstub-2';

  beforeAll(async () => {
    const lab = await Lab.create({ release, name: 'rpm', network: 'own', product: false });
    open.push(lab);
    await lab.boot();
    const tools = `apt-get -q update; apt-get -y --no-install-recommends install ${rpmTools}`;
    await shell(lab, `${tools}; mkdir /var/lib/setup-wizard`);
    keys = await makeKeys(lab);
    await makeRepositories(lab);
    await installRunner(lab);
    ready = await lab.mark('rpm');
  });

  afterAll(async () => {
    for (const lab of open.splice(0)) await lab.destroy();
  });

  describe('packages', () => {
    test('come without what they only recommend, and leave nothing once they are undone', async () => {
      const { lab, kinds, traces } = await start(upgraded);
      const ops = [packages('stubweb', 'stubtool'), packages('stubneeds', 'stubbig')];
      const { difference } = await kinds.apply(ops[0] as Op<'rpm-packages'>);
      expect(difference).toMatchObject({
        circumstances: [{ en: expect.stringContaining('stub-filesystem-with-a-long-name') }],
      });
      await kinds.apply(ops[1] as Op<'rpm-packages'>);
      expect(await shell(lab, 'rpm -q stubextra || true')).toMatch(/not installed/);
      await shell(lab, 'systemctl enable --now stubweb');
      expect(await kinds.undo(...ops)).toEqual([]);
      expect(await traces()).toBe('');
      expect(await shell(lab, 'ps -eo user= | sort -u')).not.toMatch(/stubweb/);
      expect(await kept(lab, '*.json')).toBe('');
    });

    test('say what they upgrade before, and that it stays', async () => {
      const { lab, kinds, traces } = await start();
      const op = packages('stubweb');
      const { difference } = await kinds.apply(op);
      expect(difference).toMatchObject({
        irreversible: { en: expect.stringContaining('libstub 1-1 → 2-1') },
      });
      expect(await kinds.undo(op)).toEqual([expect.stringContaining('libstub 1-1 → 2-1')]);
      await shell(lab, 'dnf -q -y downgrade libstub-1');
      expect(await traces()).toBe('');
    });

    test('keep what was there, and what it was there for', async () => {
      const { lab, kinds, traces } = await start(
        `${upgraded}; dnf -q -y install stubtool; dnf -q mark remove stubtool`,
      );
      const op = packages('stubtool', 'stubextra');
      const { difference } = await kinds.apply(op);
      expect(difference).toMatchObject({
        commands: [
          expect.arrayContaining(['stubextra']),
          expect.arrayContaining(['mark', 'install', 'stubtool']),
        ],
      });
      expect(await kinds.undo(op)).toEqual([]);
      expect(await shell(lab, 'cat /usr/share/stubtool/version')).toBe('1');
      expect(await traces()).toBe('');
    });

    test('that someone needs by now are kept, with the reason', async () => {
      const { lab, kinds } = await start(upgraded);
      const op = packages('stubweb', 'stubextra');
      await kinds.apply(op);
      await shell(lab, 'dnf -q -y install stubneeds');
      expect(await kinds.undo(op)).toEqual([expect.stringMatching(/stubweb.*stubneeds/)]);
      expect(await shell(lab, 'rpm -V stubweb stubneeds; rpm -q stubextra || true')).toMatch(/not installed/);
    });

    test('keep in kept/ the configuration that somebody edited, and what was put aside before stays', async () => {
      const { lab, kinds, traces } = await start(`${upgraded}; echo older >/etc/stubweb.switch.rpmsave`);
      const op = packages('stubweb');
      await kinds.apply(op);
      await shell(
        lab,
        'echo edited >>/etc/stubweb/stubweb.conf; echo off >/etc/stubweb.switch; echo own >/etc/stubweb/conf.d/own.conf; echo row >/var/lib/stubweb/data',
      );
      expect(await kinds.undo(op)).toEqual([]);
      expect(await traces()).toBe('');
      const archives = await shell(
        lab,
        'for a in $(find /var/lib/setup-wizard/kept -name "*.tar.gz"); do tar -tzf $a; done',
      );
      for (const path of [
        'etc/stubweb/stubweb.conf',
        'etc/stubweb.switch',
        'etc/stubweb/conf.d/own.conf',
        'var/lib/stubweb/data',
      ])
        expect(archives).toContain(path);
    });

    test.each([
      ['a package', 'pgrep -f "^sleep 30"', 'STUB'],
      ['its files', 'ls /usr/share/stubbig | grep -q ";"', ''],
    ])('are undone wholly after a power cut in the middle of %s', async (_, isThere) => {
      const { lab, kinds, traces } = await start(upgraded);
      await shell(lab, 'echo 30 >/run/stub-sleep');
      const op = packages('stubweb', 'stubbig');
      const cut = kinds.apply(op).catch((error: unknown) => error);
      while ((await lab.run(['sh', '-c', isThere], { check: false })).code !== 0) await sleep(20);
      await lab.pullPlug();
      expect(await cut).toBeInstanceOf(Error);
      await lab.boot();
      expect(await kinds.undo(op)).toEqual([]);
      expect(await traces()).toBe('');
    });

    test('an upgrade that a power cut interrupted is completed when they are asked for again', async () => {
      const { lab, kinds } = await start('echo 30 >/run/stub-sleep');
      const op = packages('stubweb');
      const cut = kinds.apply(op).catch(() => {});
      while ((await lab.run(['pgrep', '-f', '^sleep 30'], { check: false })).code !== 0) await sleep(50);
      await lab.pullPlug();
      await cut;
      await lab.boot();
      expect(await shell(lab, 'rpm -q libstub')).toBe('libstub-1-1.noarch\nlibstub-2-1.noarch');
      await kinds.undo(op);
      await kinds.apply(op);
      expect(
        await shell(lab, 'rpm -q libstub; dnf -q check; rpm -V stubweb libstub; cat /var/lib/stubweb/made'),
      ).toBe('libstub-2-1.noarch\nfirst');
    });

    test('wait for another program that holds dnf’s lock, and say so', async () => {
      const { lab, kinds } = await start(upgraded);
      const hold = `import dnf, dnf.lock, time
b = dnf.Base(); b.conf.read()
with dnf.lock.build_rpmdb_lock(b.conf.persistdir, True): time.sleep(25)`;
      const holder = lab.run(['python3', '-c', hold]);
      await sleep(1500);
      const { output } = await kinds.apply(packages('stubtool'));
      await holder;
      expect(output).toMatch(/Another program is using the package manager \(process \d+ \(python3\)\)/);
    });

    test('wait for an rpm that holds its database, and say so', async () => {
      const { lab, kinds } = await start(upgraded);
      const hold = `import fcntl, subprocess, time
path = subprocess.check_output(['rpm', '--eval', '%_dbpath'], text=True).strip() + '/.rpm.lock'
file = open(path, 'r+'); fcntl.lockf(file, fcntl.LOCK_EX); time.sleep(25)`;
      const holder = lab.run(['python3', '-c', hold]);
      await sleep(1500);
      const { output } = await kinds.apply(packages('stubtool'));
      await holder;
      expect(output).toContain('Another program is using the package manager');
    });

    test.each([
      ['would remove another one', 'stubnew', 'dnf -q -y --setopt=obsoletes=0 install stubold', /stubold/],
      ['are only provided by another one', 'stubvirtual', '', /stubnew/],
    ])('that %s are refused, and nothing is done', async (_, name, prepare, said) => {
      const { kinds, traces } = await start(`${upgraded}; ${prepare}`);
      const { failure } = await kinds.one('apply', packages(name));
      expect(failure).toMatchObject({ code: 'check-failed', say: expect.stringMatching(said) });
      expect(await traces()).toBe('');
    });

    test('take the key and the stream that dnf took up for them with them', async () => {
      const { lab, kinds, traces } = await start(
        `${upgraded}; sed -i "0,/enabled.*/s//enabled=1/" /etc/yum.repos.d/modular.repo
        printf '[theirs]\\nname=x\\nbaseurl=file:///srv/rpm/extra\\ngpgcheck=1\\ngpgkey=file:///srv/keys/one.asc\\n' >/etc/yum.repos.d/theirs.repo`,
      );
      const op = packages('stubdb', 'stubsigned');
      await kinds.apply(op);
      expect(await shell(lab, 'rpm -q gpg-pubkey; cat /etc/dnf/modules.d/*')).toMatch(
        /gpg-pubkey-[\s\S]*stream=15/,
      );
      expect(await kinds.undo(op)).toEqual([]);
      expect(await traces()).toBe('');
    });
  });

  describe('a module', () => {
    const modular = 'sed -i "0,/enabled.*/s//enabled=1/" /etc/yum.repos.d/modular.repo';

    test.each([
      ['nothing was enabled', ''],
      ['another stream was', 'dnf -q -y module enable stubdb:15'],
      ['it had been reset', 'dnf -q -y module enable stubdb:16; dnf -q -y module reset stubdb stublang'],
    ])('has its stream enabled and leaves no trace, where %s', async (_, prepare) => {
      const { lab, kinds, traces } = await start(`${modular}; ${prepare}`);
      const ops = [stream('16'), packages('stubdb')] as const;
      for (const op of ops) await kinds.apply(op);
      expect(await shell(lab, 'rpm -q stubdb; cat /etc/dnf/modules.d/stublang.module')).toMatch(
        /stubdb-16[\s\S]*=enabled/,
      );
      expect(await kinds.undo(...ops)).toEqual([]);
      expect(await traces()).toBe('');
    });

    test('stays while what was installed from it since stays', async () => {
      const { lab, kinds } = await start(modular);
      await kinds.apply(stream('16'));
      await shell(lab, 'dnf -q -y install stubdb');
      expect(await kinds.undo(stream('16'))).toEqual([expect.stringContaining('stubdb')]);
      expect(await shell(lab, 'cat /etc/dnf/modules.d/stubdb.module')).toContain('stream=16');
    });

    test('whose other stream is in use is refused', async () => {
      const { kinds, traces } = await start(`${modular}; dnf -q -y install stubdb`);
      const { failure } = await kinds.one('apply', stream('16'));
      expect(failure).toMatchObject({
        code: 'refused-existing',
        say: expect.stringContaining('switch-to stubdb:16'),
      });
      expect(await traces()).toBe('');
    });
  });

  describe('a repository', () => {
    test.each([false, true])(
      'with its list signed: %s; leaves nothing once it is undone',
      async (signedMetadata) => {
        const { lab, kinds, traces } = await start(upgraded);
        const ops = [repository({ signedMetadata }), packages('stubsigned')] as const;
        const { difference } = await kinds.apply(ops[0]);
        expect(difference).toMatchObject({ diff: expect.stringContaining(keys.one.slice(0, 4)) });
        await kinds.apply(ops[1]);
        expect(
          await shell(
            lab,
            'ls /etc/pki/rpm-gpg; stat -c %a /etc/pki/rpm-gpg/*; ls -a ~ | grep gnupg || true',
          ),
        ).toBe('RPM-GPG-KEY-extra\n644');
        expect(await kinds.undo(...ops)).toEqual([]);
        expect(await traces()).toBe('');
        expect(await shell(lab, 'ls /var/cache/dnf /tmp')).not.toMatch(/extra|setup-wizard/);
      },
    );

    test.each([
      ['a wrong fingerprint', () => ({ fingerprints: [keys.two] }), /Found: .*Expected: /],
      ['a second key in the file', () => ({ key: 'file:///srv/keys/both.asc' }), /Found: .*, /],
      ['no key there', () => ({ key: 'file:///etc/hostname' }), /no file of public OpenPGP keys/],
    ])('with %s is refused, and nothing is left', async (_, more, said) => {
      const { kinds, traces } = await start(upgraded);
      const { failure } = await kinds.one('apply', repository(more()));
      expect(failure).toMatchObject({ code: 'check-failed', say: expect.stringMatching(said) });
      expect(await traces()).toBe('');
    });

    test.each([
      ['is not there', () => ({ baseurl: 'file:///srv/rpm/nowhere' }), ''],
      ['cannot be reached', () => ({ baseurl: 'http://127.0.0.1:9/' }), ''],
      [
        'is signed by another key',
        () => ({ signedMetadata: true }),
        `cd /srv/rpm/extra/repodata; ${signWith('two', '--armor --detach-sign repomd.xml')}`,
      ],
      ['is not signed', () => ({ signedMetadata: true }), 'rm /srv/rpm/extra/repodata/repomd.xml.asc'],
    ])('that %s is put back, and dnf goes on', async (_, more, prepare) => {
      const { lab, kinds, traces } = await start(`${upgraded}; ${prepare}`);
      const { failure, output } = await kinds.one('apply', repository(more()));
      console.log(output);
      expect(failure).toMatchObject({ code: 'command-failed' });
      expect(await traces()).toBe('');
      await shell(lab, 'dnf -q makecache');
    });

    test.each([
      ['file', 'echo "[x]" >/etc/yum.repos.d/extra.repo', '/etc/yum.repos.d/extra.repo'],
      [
        'key',
        'mkdir -p /etc/pki/rpm-gpg; cp /srv/keys/two.asc /etc/pki/rpm-gpg/RPM-GPG-KEY-extra',
        'RPM-GPG-KEY-extra',
      ],
      ['section', 'printf "[extra]\\nname=x\\n" >/etc/yum.repos.d/theirs.repo', 'theirs.repo'],
    ])('of which somebody else has a %s is refused', async (_, prepare, path) => {
      const { kinds, traces } = await start(prepare);
      const { failure } = await kinds.one('apply', repository());
      expect(failure).toMatchObject({ code: 'refused-existing', say: expect.stringContaining(path) });
      expect(await traces()).toBe('');
    });

    test('whose packages are not signed by its key gives none of them', async () => {
      const { kinds, traces } = await start(
        `${upgraded}; cd /srv/rpm/extra; rm repodata/*.asc; cp ../usual/stubtool-1.rpm .; createrepo_c -q .; rm -f /etc/yum.repos.d/usual.repo`,
      );
      await kinds.apply(repository());
      const { failure } = await kinds.one('apply', packages('stubtool'));
      expect(failure).toMatchObject({
        code: 'command-failed',
        values: { lastLine: expect.stringMatching(/GPG check FAILED|not signed/) },
      });
      expect(await kinds.undo(packages('stubtool'), repository())).toEqual([]);
      expect(await traces()).toBe('');
    });

    test('that was switched off is switched on, and off again, to the byte', async () => {
      const { lab, kinds, traces } = await start();
      const { difference } = await kinds.apply(enabled('modular'));
      expect(difference).toMatchObject({ diff: expect.stringContaining('-enabled = 0 \n+enabled = 1 \n') });
      expect(await shell(lab, 'dnf -q repolist')).toMatch(/^modular /m);
      expect(await kinds.undo(enabled('modular'))).toEqual([]);
      expect(await traces()).toBe('');
    });

    test('that nobody describes is refused', async () => {
      const { kinds } = await start();
      const { failure } = await kinds.one('apply', enabled('crb'));
      expect(failure).toMatchObject({ code: 'check-failed', say: expect.stringContaining('repolist --all') });
    });
  });

  test('everything can be planned, without an error or a change', async () => {
    const { kinds, traces } = await start(upgraded);
    const ops = [packages('stubweb'), stream('16'), repository(), enabled('modular')];
    for (const op of ops) expect((await kinds.one('look', op)).difference?.change, op.kind).toBe('change');
    expect(await traces()).toBe('');
  });
});
