/** Accounts of the real Prosody, of three releases, and settings in its configuration: it signs people in, or not. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Op } from '../../src/operations/verbs.ts';
import { installRunner, Kinds } from './kinds.ts';
import { describeChanges, Lab, type Mark, type Snapshot, undeclared } from './lab.ts';
import { client } from './xmpp-client.ts';

const config = '/etc/prosody/conf.avail/test.cfg.lua';
/** What Prosody reads, with comments and a last line without an end. */
const sections = `-- ours
c2s_require_encryption = false
allow_unencrypted_plain_auth = true

VirtualHost "hashed.test"
    authentication = "internal_hashed" -- do not delete me

VirtualHost "plain.test"
    authentication = "internal_plain"

VirtualHost "longer.test"
    password_hash = "SHA-256"

VirtualHost "anon.test"
    authentication = "anonymous"
    --c2s_stanza_size_limit = 1000

Component "rooms.hashed.test" "muc"
    restrict_room_creation = true`;

const secrets = {
  PW: 'pa%ss;w\'or\\d"1 ',
  OTHER: 'other-secret',
  UNICODE: 'Événement\u00a0à\u2003Orléans\u00ad ﬁn ２ e\u0301',
  EXTERNAL: 'ᾳ日本語🎟️',
};

const versions = { bullseye: '0.11', bookworm: '0.12', trixie: '13.0' } as const;

describe.each(['bullseye', 'bookworm', 'trixie'] as const)('on Debian %s', (release) => {
  let ready: Mark;
  let lab: Lab;
  let kinds: Kinds;
  let before: Snapshot;
  let wereEmpty: string;

  const shell = async (script: string) => (await lab.run(['sh', '-ec', script])).stdout;
  const signIn = async (host: string, user: string, password: string) =>
    (await lab.run(['/opt/node/bin/node', '/var/cache/client.cjs', host, user, password])).stdout;
  const restart = () =>
    shell(
      'systemctl restart prosody; for i in $(seq 50); do prosodyctl status >/dev/null && break; sleep 0.1; done; sleep 1',
    );

  /** What Prosody does by itself: notes of its tasks and of who signed in, its socket, folders for all of these. */
  const ownWork =
    /\/cron\.dat$|\/prosody\.sock$|\/account_activity(\/|$)|^\/var\/lib\/prosody\/[\w%]+%2etest$/;
  const empty = () => shell('find /var/lib/prosody -mindepth 1 -type d -empty');
  const lookBefore = async () => {
    before = await lab.snapshot();
    wereEmpty = await empty();
  };
  const traces = async () => {
    const changes = undeclared(await lab.changes(before)).filter(({ path }) => !ownWork.test(path));
    const left = (await empty()).split('\n').filter((path) => !wereEmpty.split('\n').includes(path));
    return [describeChanges(changes), ...left].join('');
  };

  async function start(): Promise<void> {
    lab = await Lab.create({ release, fromMark: ready, network: 'private', product: false });
    await lab.boot();
    await restart();
    kinds = new Kinds(lab, secrets);
    await lookBefore();
  }

  beforeAll(async () => {
    lab = await Lab.create({ release, network: 'own', product: false });
    await lab.boot();
    await lab.run(
      [
        'sh',
        '-ec',
        `umount /var/cache/apt/archives; mkdir -p /var/cache/apt/archives/partial /var/lib/setup-wizard
        apt-get update -q; apt-get install -y -q --no-install-recommends prosody; systemctl disable --now prosody`,
      ],
      { env: { DEBIAN_FRONTEND: 'noninteractive' } },
    );
    await lab.write(config, sections);
    await lab.write('/var/cache/client.cjs', client);
    await shell(
      `chown root:prosody ${config}; chmod 640 ${config}; ln -s ../conf.avail/test.cfg.lua /etc/prosody/conf.d`,
    );
    await installRunner(lab);
    ready = await lab.mark('prosody');
  });

  afterEach(() => lab.destroy());

  test('it is the release that this is about', async () => {
    await start();
    expect(await shell('prosodyctl about')).toContain(`Prosody ${versions[release]}.`);
  });

  const hosts =
    release === 'bullseye' ? ['hashed.test', 'plain.test'] : ['hashed.test', 'plain.test', 'longer.test'];

  describe.each(hosts)('an account of %s', (host) => {
    test.each(['PW', 'UNICODE', 'EXTERNAL'] as const)(
      'is made with the password %s, has nothing to do the second time, signs in, and goes without a trace',
      async (name) => {
        await start();
        const op: Op<'prosody-account'> = {
          kind: 'prosody-account',
          user: 'al-i_ce.é',
          host,
          password: `%${name}%`,
        };
        const { difference, output } = await kinds.apply(op);
        expect(difference).toMatchObject({ commands: [['prosodyctl', 'adduser', `al-i_ce.é@${host}`]] });
        expect(output).not.toContain(secrets[name]);
        expect(await signIn(host, 'al-i_ce.é', secrets[name])).toBe('in');
        expect(await signIn(host, 'al-i_ce.é', 'wrong')).toBe('refused');
        expect((await kinds.one('look', op)).difference).toEqual({ change: 'none' });
        expect(await kinds.undo(op)).toEqual([]);
        expect(await traces()).toBe('');
        expect(await signIn(host, 'al-i_ce.é', secrets[name])).toBe('refused');
        // Prosody makes its folders again.
        await kinds.apply(op);
        expect(await signIn(host, 'al-i_ce.é', secrets[name])).toBe('in');
      },
    );

    test('of somebody else is refused, and given another password where the guide says so', async () => {
      await start();
      await shell(`printf 'mine\\nmine\\n' | prosodyctl adduser carol@${host}`);
      await lookBefore();
      const op: Op<'prosody-account'> = { kind: 'prosody-account', user: 'Carol', host, password: '%PW%' };
      const { failure } = await kinds.one('apply', op);
      expect(failure?.say).toContain(
        `The Prosody account carol@${host} already exists, with another password`,
      );
      expect(await traces()).toBe('');

      const replacing = { ...op, onExisting: 'replace' } as const;
      expect((await kinds.apply(replacing)).difference).toMatchObject({
        commands: [['prosodyctl', 'passwd', `carol@${host}`]],
      });
      expect(await signIn(host, 'carol', secrets.PW)).toBe('in');
      expect(await kinds.undo(replacing)).toEqual([]);
      expect(await traces()).toBe('');
      expect(await signIn(host, 'carol', 'mine')).toBe('in');
      // It fits as it is.
      const right = new Kinds(lab, { ...secrets, PW: 'mine' });
      expect((await right.one('look', op)).difference).toEqual({ change: 'none' });
    });

    test('that a run of ours made takes a corrected password', async () => {
      await start();
      const op: Op<'prosody-account'> = { kind: 'prosody-account', user: 'dora', host, password: '%PW%' };
      const corrected = { ...op, password: '%OTHER%' };
      await kinds.apply(op);
      await kinds.apply(corrected);
      expect(await signIn(host, 'dora', secrets.OTHER)).toBe('in');
      await kinds.undo(corrected);
      expect(await signIn(host, 'dora', secrets.PW)).toBe('in');
      await kinds.undo(op);
      expect(await traces()).toBe('');
    });
  });

  test('what a user has stored is packed before it goes with the account', async () => {
    await start();
    const op: Op<'prosody-account'> = {
      kind: 'prosody-account',
      user: 'eve',
      host: 'hashed.test',
      password: '%PW%',
    };
    await kinds.apply(op);
    await shell(`cd /var/lib/prosody/hashed%2etest; mkdir roster offline
      echo 'return { ["a@b.test"] = {}; };' >roster/eve.dat; echo 'item({});' >offline/eve.list
      echo 'return { };' >roster/evelyn.dat; chown -R prosody: .`);
    expect(await kinds.undo(op)).toEqual([]);
    const inside = await shell('tar -tzf /var/lib/setup-wizard/kept/*/prosody-eve@hashed.test-*.tar.gz');
    expect(inside.split('\n').sort()).toEqual([
      'var/lib/prosody/hashed%2etest/offline/eve.list',
      'var/lib/prosody/hashed%2etest/roster/eve.dat',
    ]);
    expect(await shell('find /var/lib/prosody/hashed%2etest -type f ! -name cron.dat')).toBe(
      '/var/lib/prosody/hashed%2etest/roster/evelyn.dat',
    );
  });

  test('an account goes while Prosody is stopped', async () => {
    await start();
    const op: Op<'prosody-account'> = {
      kind: 'prosody-account',
      user: 'frank',
      host: 'hashed.test',
      password: '%PW%',
    };
    await kinds.apply(op);
    await shell('systemctl stop prosody');
    expect(await kinds.undo(op)).toEqual([]);
    expect(await traces()).toBe('');
  });

  test('what cannot have accounts is a failure with the words of Prosody', async () => {
    await start();
    const at = async (host: string) => {
      const op: Op<'prosody-account'> = { kind: 'prosody-account', user: 'greta', host, password: '%PW%' };
      return (await kinds.one('apply', op)).failure;
    };
    expect((await at('anon.test'))?.values['lastLine']).toContain(
      'Account creation/modification not supported',
    );
    if (release !== 'trixie')
      expect((await at('nowhere.test'))?.say).toContain(
        'The host nowhere.test is not in Prosody’s configuration',
      );
    const invisible = new Kinds(lab, { PW: 'a\ue000b' });
    const refused: Op<'prosody-account'> = {
      kind: 'prosody-account',
      user: 'greta',
      host: 'hashed.test',
      password: '%PW%',
    };
    expect((await invisible.one('apply', refused)).failure?.values['lastLine']).toMatch(
      /assword fails SASLprep$/,
    );
    // The half that Prosody 13 makes is gone again.
    expect(await shell("find /var/lib/prosody -name 'greta*'")).toBe('');
    if (release === 'trixie') {
      expect((await at('nowhere.test'))?.values['lastLine']).toBe('Error: No such host: nowhere.test');
      await shell('systemctl stop prosody');
      expect((await at('hashed.test'))?.values['lastLine']).toContain('No such file or directory');
    }
  });

  test('a configuration that cannot be read is a failure with its line', async () => {
    await start();
    await shell(`echo 'VirtualHost "x' >>${config}`);
    await lookBefore();
    const op: Op<'prosody-account'> = {
      kind: 'prosody-account',
      user: 'hugo',
      host: 'hashed.test',
      password: '%PW%',
    };
    const { failure, output } = await kinds.one('apply', op);
    expect(failure?.code).toBe('command-failed');
    expect(output).toContain('Error: /etc/prosody/conf.d/test.cfg.lua:');
  });

  test('settings of its configuration are what it reads, and go back to the byte', async () => {
    await start();
    const lua = { kind: 'setting', path: config, syntax: 'lua' } as const;
    const anonymous = 'VirtualHost "anon.test"';
    const ops: Op<'setting'>[] = [
      { ...lua, section: anonymous, name: 'authentication', value: 'internal_plain' },
      { ...lua, section: anonymous, name: 'c2s_stanza_size_limit', value: '20000', form: 'raw' },
      { ...lua, section: 'VirtualHost "hashed.test"', name: 'authentication', value: 'internal_plain' },
      { ...lua, section: 'Component "rooms.hashed.test"', name: 'name', value: '%PW%' },
      { ...lua, name: 'admins', value: '{ "alice@hashed.test" }', form: 'raw' },
    ];
    const guests: Op<'block'> = {
      kind: 'block',
      path: config,
      name: 'guests',
      comment: '--',
      syntax: 'lua',
      content: 'VirtualHost %GUESTS%\n    authentication = "anonymous"\n    c2s_require_encryption = false\n',
    };
    const withGuests = new Kinds(lab, { ...secrets, GUESTS: 'guest.hashed.test' });
    for (const op of ops) await kinds.apply(op);
    await withGuests.apply(guests);
    expect(await shell(`cat ${config}`)).toContain('authentication = "internal_plain" -- do not delete me\n');
    await restart();
    await lab.run(['prosodyctl', 'check', 'config'], { check: false });
    const account: Op<'prosody-account'> = {
      kind: 'prosody-account',
      user: 'ida',
      host: 'anon.test',
      password: '%PW%',
    };
    await kinds.apply(account);
    expect(await signIn('anon.test', 'ida', secrets.PW)).toBe('in');
    expect(await shell('cat /var/lib/prosody/anon%2etest/accounts/ida.dat')).toContain('["password"]');
    await kinds.undo(account);
    expect(await withGuests.undo(guests)).toEqual([]);
    expect(await kinds.undo(...ops)).toEqual([]);
    expect(await traces()).toBe('');
  });
});
