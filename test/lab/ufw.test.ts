/** The kinds of ufw against the real one: rules, whether it is on or off, and what is looked at before it is switched on. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Op } from '../../src/operations/verbs.ts';
import {
  buildWithWall,
  canLogIn,
  forgetWall,
  isClosedSilently,
  port,
  rulesOf,
  turnOn,
  withUfw,
} from './firewall/server.ts';
import { installRunner, Kinds } from './kinds.ts';
import { describeChanges, Lab, type Mark, type Snapshot, undeclared } from './lab.ts';
import { address, fromLaptop, Login, shell } from './reliability/ssh.ts';

const rule = (allow: string, present?: boolean): Op<'ufw-rule'> => ({
  kind: 'ufw-rule',
  allow,
  ...(present === undefined ? {} : { present }),
});

beforeAll(buildWithWall);
afterAll(forgetWall);

describe.each(['bookworm', 'trixie'] as const)('on Debian %s', (release) => {
  let mark: Mark;
  let lab: Lab;
  let kinds: Kinds;
  let before: Snapshot;

  beforeAll(async () => {
    mark = await withUfw(release);
  });
  afterEach(() => lab?.destroy());

  async function start(...scripts: readonly string[]): Promise<void> {
    lab = await turnOn(mark);
    for (const script of scripts) await shell(lab, script);
    kinds = new Kinds(lab);
    before = await lab.snapshot();
  }

  const traces = async () => describeChanges(undeclared(await lab.changesSinceMark(before)));

  describe('a rule', () => {
    test.each(['', 'ufw --force enable'])('comes and goes without a trace, after “%s”', async (script) => {
      await start(script);
      const all = [rule('443/tcp'), rule('10000/udp'), rule('OpenSSH'), rule('53'), rule('Kerberos Full')];
      for (const op of all) await kinds.apply(op);
      expect(await rulesOf(lab)).toBe(
        [
          'ufw allow 443/tcp',
          'ufw allow 10000/udp',
          'ufw allow OpenSSH',
          'ufw allow 53',
          "ufw allow 'Kerberos Full'",
        ].join('\n'),
      );
      if (script) {
        const status = await shell(lab, 'ufw status');
        for (const line of ['443/tcp', '443/tcp (v6)', 'OpenSSH (v6)'])
          expect(status).toContain(`\n${line} `);
      }
      expect(await kinds.undo(...all)).toEqual([]);
      expect(await traces()).toBe('');
      expect(await rulesOf(lab)).toBe('(None)');
    });

    test('lets in what it says where ufw is on, and no more once it is taken back', async () => {
      await start(`ufw allow ${port}/tcp; ufw --force enable`);
      expect(await isClosedSilently(lab, 443)).toBe(true);
      await kinds.apply(rule('443/tcp'));
      expect(await isClosedSilently(lab, 443)).toBe(false);
      await kinds.undo(rule('443/tcp'));
      expect(await isClosedSilently(lab, 443)).toBe(true);
      expect(await canLogIn(lab)).toBe(true);
    });

    test.each([
      ['443/tcp', 'ufw allow https/tcp'],
      ['443/tcp', 'ufw allow 443'],
      ['443/tcp', "ufw allow 'WWW Full'"],
      ['443/tcp', 'ufw allow 400:500/tcp'],
      ['22/tcp', 'ufw limit OpenSSH'],
      ['OpenSSH', 'ufw allow proto tcp from any to any port 22'],
    ])('%s is nothing to do after “%s”', async (allow, script) => {
      await start(script);
      expect((await kinds.one('look', rule(allow))).difference).toEqual({ change: 'none' });
    });

    test('of one family is completed, and that family alone taken back', async () => {
      await start('ufw allow proto tcp to 0.0.0.0/0 port 443');
      await kinds.apply(rule('443/tcp'));
      expect(await shell(lab, 'grep -c "tuple.* 443 " /etc/ufw/user.rules /etc/ufw/user6.rules')).toBe(
        '/etc/ufw/user.rules:1\n/etc/ufw/user6.rules:1',
      );
      await kinds.undo(rule('443/tcp'));
      expect(await traces()).toBe('');
    });

    test('that is closed by somebody is refused, and so is one that is none', async () => {
      await start('ufw deny 443/tcp');
      const failures = [];
      for (const allow of ['443/tcp', 'Nope', '0443/tcp', '443/sctp', '--force'])
        failures.push((await kinds.one('apply', rule(allow))).failure?.say);
      expect(failures).toEqual([
        expect.stringContaining('closes 443/tcp: “deny 443/tcp”'),
        expect.stringContaining('no profile “Nope”'),
        ...Array.from({ length: 3 }, () => expect.stringContaining('neither a port')),
      ]);
      expect(await traces()).toBe('');
    });

    test.each(['', 'ufw --force enable'])(
      'that is not to be goes and comes back to its place, after “%s”',
      async (script) => {
        await start(
          `ufw allow ${port}/tcp; ufw allow 80/tcp comment 'the old page'; ufw allow 443/tcp; ufw limit 25`,
          script || 'true',
        );
        const former = await shell(lab, 'iptables-save; ip6tables-save');
        await kinds.apply(rule('80/tcp', false));
        expect(await rulesOf(lab)).toBe(`ufw allow ${port}/tcp\nufw allow 443/tcp\nufw limit 25`);
        if (script) expect(await isClosedSilently(lab, 80)).toBe(true);
        await kinds.undo(rule('80/tcp', false));
        expect(await traces()).toBe('');
        const bare = (text: string) => text.replaceAll(/\[\d+:\d+\]|^#.*$/gm, '');
        expect(bare(await shell(lab, 'iptables-save; ip6tables-save'))).toBe(bare(former));
      },
    );

    test('that is not to be is refused where another one opens the same', async () => {
      await start("ufw allow 80/tcp; ufw allow 'WWW Full'");
      expect((await kinds.one('apply', rule('80/tcp', false))).failure?.say).toContain('“allow WWW Full”');
      expect(await traces()).toBe('');
    });

    test('of a file that ufw was stopped in the middle of comes back with all the others', async () => {
      await start('ufw allow 25/tcp; ufw allow 80/tcp');
      await kinds.apply(rule('443/tcp'));
      await shell(lab, 'truncate -s 400 /etc/ufw/user.rules');
      await kinds.undo(rule('443/tcp'));
      expect(await traces()).toBe('');
    });

    test('goes without a trace together with the package that brought ufw', async () => {
      lab = await Lab.create({ release, name: 'ufw', network: 'own', product: false });
      await lab.boot();
      // The folder of packages is shared with other labs.
      await shell(
        lab,
        'umount /var/cache/apt/archives; mkdir -p /var/cache/apt/archives/partial /var/lib/setup-wizard; apt-get update -q',
      );
      await installRunner(lab);
      kinds = new Kinds(lab);
      before = await lab.snapshot();
      const all = [{ kind: 'packages' as const, names: ['ufw'] }, rule('443/tcp'), rule('WWW Full')];
      for (const op of all) await kinds.apply(op);
      expect(await kinds.undo(...all)).toEqual([]);
      expect(describeChanges(undeclared(await lab.changes(before)))).toBe('');
    });

    test('that the kernel lost is said, with what brings it back', async () => {
      await start(`ufw allow ${port}/tcp; ufw --force enable`);
      await kinds.apply(rule('443/tcp'));
      await shell(lab, 'iptables -D ufw-user-input -p tcp --dport 443 -j ACCEPT');
      expect((await kinds.one('look', rule('443/tcp'))).failure?.say).toContain('ufw reload');
      await shell(lab, 'ufw reload');
      expect((await kinds.one('look', rule('443/tcp'))).difference).toEqual({ change: 'none' });
    });
  });

  describe('what is there before the firewall', () => {
    const look = async () => (await kinds.one('look', { kind: 'ufw' })) as Awaited<ReturnType<Kinds['one']>>;
    const allowed = async () => {
      const { difference } = await look();
      return difference?.change === 'change'
        ? difference.commands?.map((argv) => argv.join(' '))
        : difference;
    };
    const said = async () => {
      const { difference } = await look();
      return difference?.change === 'change' ? difference.circumstances?.map(({ en }) => en) : [];
    };
    const letIn = (...ports: readonly number[]) => [
      ...ports.map((one) => `ufw allow ${one}/tcp comment setup-wizard:ssh`),
      'ufw --force enable',
    ];

    test('a session that came in when sshd listened elsewhere keeps its port, and forwarded ones stay closed', async () => {
      await start(
        "rm /etc/ssh/sshd_config.d/port.conf; echo 'GatewayPorts yes' >/etc/ssh/sshd_config.d/g.conf; systemctl restart ssh",
      );
      const open = lab.run([...fromLaptop('root', 22, '-R', '8081:localhost:1'), 'sleep 600'], {
        check: false,
      });
      const other = lab.run([...fromLaptop('ada', 22, '-R', '8082:localhost:1'), 'sleep 600'], {
        check: false,
      });
      await expect.poll(() => shell(lab, 'pgrep -cx sleep || true'), { timeout: 20_000 }).toBe('2');
      expect(await allowed()).toEqual(letIn(22));
      await shell(lab, "printf 'Port 2022\\n' >/etc/ssh/sshd_config.d/port.conf; systemctl restart ssh");
      expect(await allowed()).toEqual(letIn(22, 2022));
      await shell(lab, 'pkill -x sleep');
      await Promise.all([open, other]);
      expect(await allowed()).toEqual(letIn(2022));
    });

    test('where systemd listens for sshd, its port is let in before anybody has come', async () => {
      await start('systemctl disable --quiet --now ssh.service; systemctl enable --quiet --now ssh.socket');
      expect(await allowed()).toEqual(letIn(22));
      await shell(
        lab,
        `mkdir /etc/systemd/system/ssh.socket.d
        printf '[Socket]\\nListenStream=\\nListenStream=0.0.0.0:2022\\n' >/etc/systemd/system/ssh.socket.d/port.conf
        systemctl daemon-reload; systemctl restart ssh.socket`,
      );
      expect(await allowed()).toEqual(expect.arrayContaining(letIn(2022)));
    });

    test('a rule for some of SSH stays as it is, and refuses who would be cut off by it', async () => {
      await start(`ufw allow from 10.9.9.0/30 to any port ${port} proto tcp`);
      const login = await Login.open(lab, 'root', port);
      expect(await allowed()).toEqual(letIn());
      await shell(
        lab,
        `ufw delete allow from 10.9.9.0/30 to any port ${port} proto tcp
        ufw allow in on eth7 to any port ${port} proto tcp`,
      );
      expect((await look()).failure?.say).toContain(`comes from 10.9.9.2 (port ${port})`);
      await shell(
        lab,
        `ufw delete allow in on eth7 to any port ${port} proto tcp
        ufw allow in on cable to any port ${port} proto tcp`,
      );
      expect(await allowed()).toEqual(letIn());
      await shell(lab, `ufw insert 1 deny from ${address}/30`);
      expect((await look()).failure?.say).toContain('“deny from 10.9.9.0/30”');
      login.close();
    });

    test('other firewalls are said: those beside it, and the one that it is refused beside', async () => {
      await start();
      const trial = 'on trial first: off again after 60\u00a0s if nobody confirms';
      expect(await said()).toEqual([trial]);
      await shell(
        lab,
        'iptables -N DOCKER; iptables -A FORWARD -o docker0 -j DOCKER; iptables -A INPUT -p tcp --dport 9 -j DROP',
      );
      expect(await said()).toEqual([
        trial,
        expect.stringContaining('Docker'),
        expect.stringContaining('1\u00a0other rule'),
      ]);
      await shell(lab, 'systemctl start nftables');
      expect(await said()).toEqual(expect.arrayContaining([expect.stringContaining('nftables.service')]));
      await shell(lab, 'systemd-run --quiet --unit=firewalld.service sleep 600');
      expect((await look()).failure?.say).toContain('firewalld is active');
      await shell(
        lab,
        "systemctl stop firewalld; sed -i 's/^MANAGE_BUILTINS=.*/MANAGE_BUILTINS=yes/' /etc/default/ufw",
      );
      expect((await look()).failure?.say).toContain('MANAGE_BUILTINS=yes');
    });
  });
});
