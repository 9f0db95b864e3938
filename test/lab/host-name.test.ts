/** What the machine is called, and its line in /etc/hosts, on real systems: never on this machine. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Op } from '../../src/operations/verbs.ts';
import { installRunner, Kinds } from './kinds.ts';
import { describeChanges, Lab, type Mark, undeclared } from './lab.ts';

const name = 'meet.example.org';
const op: Op<'host-name'> = { kind: 'host-name', name };

describe.each(['bookworm', 'trixie'] as const)('on Debian %s', (release) => {
  let bare: Mark;
  let lab: Lab | undefined;

  async function start(network: 'own' | 'private' = 'private') {
    const here = await Lab.create({ release, fromMark: bare, network, product: false });
    lab = here;
    await here.boot();
    const shell = async (script: string) => (await here.run(['sh', '-ec', script])).stdout;
    return { here, shell, kinds: new Kinds(here) };
  }

  beforeAll(async () => {
    const first = await Lab.create({ release, network: 'private', product: false });
    await first.boot();
    await first.run(['mkdir', '/var/lib/setup-wizard']);
    await installRunner(first);
    bare = await first.mark('host-name');
    await first.destroy();
  });

  afterEach(() => lab?.destroy());

  /** All names of the machine, asked of everything that knows one. */
  const names =
    'uname -n; hostname; cat /etc/hostname || echo none; hostnamectl --static || true; hostnamectl --pretty || true';
  const traces = async (here: Lab, before: Awaited<ReturnType<Lab['snapshot']>>) =>
    describeChanges(undeclared(await here.changes(before)));

  describe.each([
    ['systemd-hostnamed', 'true'],
    ['no bus', 'systemctl mask --now dbus.socket dbus.service'],
    ['a service that is masked', 'systemctl mask --now systemd-hostnamed.service'],
    ['no hostnamectl', 'mv /usr/bin/hostnamectl /usr/bin/no-hostnamectl'],
  ])('with %s', (_, without) => {
    test.each([
      ['a name', 'true'],
      [
        'comments in the file, and another name of the kernel',
        'printf "# ours\\nserver" >/etc/hostname; chmod 640 /etc/hostname; hostname given',
      ],
      ['no file', 'rm /etc/hostname'],
      ['a link', 'mv /etc/hostname /etc/named; ln -s named /etc/hostname'],
    ])('%s: set, kept over a restart, and as before', async (__, given) => {
      const { here, shell, kinds } = await start();
      await shell(`hostnamectl --pretty set-hostname "Our server"; ${given}; ${without}`);
      const before = await here.snapshot();
      const former = await shell(names);
      await kinds.apply(op);
      const set = await shell(names);
      expect(set.split('\n').slice(0, 3)).toEqual([name, name, name]);
      expect(await shell('. /etc/machine-info; echo "$PRETTY_HOSTNAME"')).toBe('Our server');

      expect(await kinds.undo(op)).toEqual([]);
      expect(await shell(names)).toBe(former);
      expect(await traces(here, before)).toBe('');

      await kinds.apply(op);
      await here.pullPlug();
      await here.boot();
      expect(await shell('uname -n')).toBe(name);
      expect((await kinds.one('look', op)).difference?.change).toBe('none');
    });
  });

  test('hostnamed knows the former name again, and who asks it', async () => {
    const { shell, kinds } = await start();
    await kinds.apply(op);
    expect(await shell('hostnamectl --static')).toBe(name);
    await kinds.undo(op);
    expect(await shell('hostnamectl --static; hostnamectl --transient')).toBe('server\nserver');
  });

  describe('a line in /etc/hosts', () => {
    const entry: Op<'hosts-entry'> = { kind: 'hosts-entry', address: '203.0.113.5', name: 'server.lab.test' };
    const asked = 'getent hosts server.lab.test; getent hosts 127.0.0.1; hostname -f';

    test('is what the resolver takes, also where another one stands there, and goes again', async () => {
      const { here, shell, kinds } = await start();
      const before = await here.snapshot();
      const former = await shell(asked);
      expect(former).toMatch(/^127\.0\.1\.1 +server.lab.test server\n/);
      const { difference } = await kinds.apply(entry);
      expect(JSON.stringify(difference)).toContain('the address 127.0.1.1: the new one goes before it');
      // glibc gives all of them (`multi on` in Debian's host.conf), the first one first.
      expect(await shell(asked)).toMatch(/^203\.0\.113\.5 +server\.lab\.test server\n/);
      expect((await shell(asked)).split('\n').slice(1)).toEqual(former.split('\n'));
      expect(await kinds.undo(entry)).toEqual([]);
      expect(await shell(asked)).toBe(former);
      expect(await traces(here, before)).toBe('');
    });

    test('is written over by cloud-init where that is said', async () => {
      const { here, shell, kinds } = await start('own');
      await here.run(
        [
          'sh',
          '-ec',
          'umount /var/cache/apt/archives; mkdir -p /var/cache/apt/archives/partial; apt-get update -q; apt-get install -y --no-install-recommends cloud-init',
        ],
        {
          env: { DEBIAN_FRONTEND: 'noninteractive' },
        },
      );
      await shell(`mkdir -p /var/lib/cloud/seed/nocloud; cd /var/lib/cloud/seed/nocloud
        printf 'instance-id: one\\nlocal-hostname: box\\n' >meta-data; printf '#cloud-config\\n{}\\n' >user-data
        printf 'datasource_list: [ NoCloud ]\\nmanage_etc_hosts: true\\n' >/etc/cloud/cloud.cfg.d/99-test.cfg`);
      const { difference, output } = await kinds.apply(entry);
      const said = 'manage_etc_hosts in /etc/cloud/cloud.cfg.d/99-test.cfg';
      expect(JSON.stringify(difference)).toContain(said);
      expect(output).toContain(said);
      const restart = 'cloud-init init --local; cloud-init single --name update_etc_hosts --frequency always';
      await shell(restart);
      expect((await kinds.one('look', entry)).difference?.change).toBe('change');

      // As the sentence has it.
      await shell(
        "sed -i 's/manage_etc_hosts: true/manage_etc_hosts: false/' /etc/cloud/cloud.cfg.d/99-test.cfg",
      );
      expect((await kinds.apply(entry)).difference).not.toHaveProperty('circumstances');
      await shell(restart);
      expect((await kinds.one('look', entry)).difference?.change).toBe('none');
    });
  });
});
