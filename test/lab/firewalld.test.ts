/** The real firewalld of Debian in a network of its own: what is let through now, and at each start. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Op } from '../../src/operations/verbs.ts';
import { installRunner, Kinds } from './kinds.ts';
import { describeChanges, Lab, type Mark, type Snapshot, undeclared } from './lab.ts';

const op: Op<'firewalld-service'> = { kind: 'firewalld-service', service: 'http' };
const zoneFile = '/etc/firewalld/zones/public.xml';

describe.each(['bookworm', 'trixie'] as const)('on Debian %s', (release) => {
  let ready: Mark;
  let lab: Lab;
  let kinds: Kinds;
  let before: Snapshot;

  const shell = async (script: string) =>
    (await lab.run(['sh', '-ec', script], { env: { DEBIAN_FRONTEND: 'noninteractive' } })).stdout;
  const traces = async () => describeChanges(undeclared(await lab.changes(before)));
  const services = (...words: string[]) => shell(`firewall-cmd ${words.join(' ')} --list-services`);
  const both = async (zone = 'public') => [
    await services(`--zone=${zone}`),
    await services('--permanent', `--zone=${zone}`),
  ];
  const usual = 'dhcpv6-client ssh';

  async function start(): Promise<void> {
    await lab.destroy();
    lab = await Lab.create({
      release,
      fromMark: ready,
      name: 'firewalld',
      network: 'private',
      product: false,
    });
    await lab.boot();
    kinds = new Kinds(lab);
    before = await lab.snapshot();
  }

  beforeAll(async () => {
    lab = await Lab.create({ release, name: 'firewalld', network: 'own', product: false });
    await lab.boot();
    await shell(`umount /var/cache/apt/archives; mkdir -p /var/cache/apt/archives/partial /var/lib/setup-wizard
      apt-get update -q; apt-get install -y --no-install-recommends firewalld nftables`);
    await installRunner(lab);
    ready = await lab.mark('firewalld');
  });

  afterAll(() => lab?.destroy());

  test('is let through now and after a boot, leaves what others have opened for now, and leaves nothing', async () => {
    await start();
    await shell('firewall-cmd --add-port=4321/tcp');
    const { difference } = await kinds.apply(op);
    expect(difference).toMatchObject({ commands: [expect.anything(), expect.anything()] });
    expect(await both()).toEqual([`dhcpv6-client http ssh`, `dhcpv6-client http ssh`]);
    expect(await shell('nft list ruleset')).toContain('tcp dport 80 accept');
    expect(await shell('firewall-cmd --list-ports')).toBe('4321/tcp');
    await lab.shutdown();
    await lab.boot();
    expect((await kinds.one('look', op)).difference).toEqual({ change: 'none' });
    await shell('firewall-cmd --add-port=4321/tcp');
    expect(await kinds.undo(op)).toEqual([]);
    expect(await both()).toEqual([usual, usual]);
    expect(await shell('nft list ruleset')).not.toContain('tcp dport 80 accept');
    expect(await shell('firewall-cmd --list-ports')).toBe('4321/tcp');
    expect(await traces()).toBe('');
  });

  test('what was let through for now, or at each start, stays so', async () => {
    for (const where of ['', '--permanent']) {
      await start();
      await shell(`firewall-cmd ${where} --add-service=http`);
      before = await lab.snapshot();
      const former = await both();
      await kinds.apply(op);
      expect(await kinds.undo(op)).toEqual([]);
      expect(await both()).toEqual(former);
      expect(await traces()).toBe('');
    }
  });

  test('what somebody else has opened since stays, and so does the file that says so', async () => {
    await start();
    await kinds.apply(op);
    await shell('firewall-cmd --permanent --add-service=https');
    expect(await kinds.undo(op)).toEqual([]);
    expect(await both()).toEqual([usual, 'dhcpv6-client https ssh']);
    expect(await shell('firewall-cmd --reload; firewall-cmd --list-services')).toBe(
      'success\ndhcpv6-client https ssh',
    );
  });

  test('a zone that an administrator has written comes back to the byte, and firewalld agrees with it', async () => {
    await start();
    const own =
      '<zone>\n  <!-- ours -->\n  <forward/>\n  <service name="ssh" />\n  <short>Ours</short>\n</zone>\n';
    await lab.write(zoneFile, own, 0o640);
    await lab.write(`${zoneFile}.old`, 'older\n', 0o600);
    await shell('firewall-cmd --reload');
    before = await lab.snapshot();
    await kinds.apply(op);
    expect(await kinds.undo(op)).toEqual([]);
    expect(await traces()).toBe('');
    expect(await shell('firewall-cmd --reload; firewall-cmd --list-services')).toBe('success\nssh');
  });

  test('the zone is that of the interface of the default route, or the one that is given', async () => {
    await start();
    await shell('firewall-cmd --zone=internal --add-interface=lo; ip route add default dev lo');
    await kinds.apply(op);
    expect((await both('internal'))[0]).toContain('http');
    expect(await both()).toEqual([usual, usual]);
    const given = { ...op, zone: 'dmz' };
    await kinds.apply(given);
    expect(await both('dmz')).toEqual(['http ssh', 'http ssh']);
    expect(await kinds.undo(op, given)).toEqual([]);
    expect(await traces()).toBe('');
  });

  test('where firewalld is stopped there is nothing to do; stopped since, it lets nothing through at its next start', async () => {
    await start();
    await shell('systemctl stop firewalld');
    expect((await kinds.one('look', op)).difference).toEqual({ change: 'none' });
    await shell('systemctl start firewalld');
    await kinds.apply(op);
    await shell('systemctl stop firewalld');
    expect(await kinds.undo(op)).toEqual([]);
    expect(await traces()).toBe('');
    await shell('systemctl start firewalld');
    expect(await both()).toEqual([usual, usual]);
  });

  test('a service and a zone that firewalld does not know are told, and nothing is changed', async () => {
    await start();
    for (const wrong of [
      { ...op, service: 'nosuch' },
      { ...op, zone: 'nosuch' },
    ]) {
      const { failure } = await kinds.one('apply', wrong);
      expect(failure).toMatchObject({
        code: 'cannot-look',
        values: { reason: expect.stringMatching(/INVALID_(SERVICE|ZONE): nosuch/) },
      });
    }
    expect(await traces()).toBe('');
  });
});
