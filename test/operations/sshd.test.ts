/** Where people come in over SSH, from what ss, systemd, sshd and the kernel said on real machines. */
import { describe, expect, test } from 'vitest';
import type { Host } from '../../src/host/types.ts';
import { findSsh } from '../../src/operations/shared/sshd.ts';

interface Machine {
  readonly listening?: string;
  readonly established?: string;
  /** Title of each process. */
  readonly titles?: Readonly<Record<number, string>>;
  /** What their programs were told of the connection, by the program's process. */
  readonly told?: Readonly<Record<number, string>>;
  readonly units?: string;
  readonly config?: string;
}

/** Answers as these programs did. */
function hostOf({
  listening = '',
  established = '',
  titles = {},
  told = {},
  units = '',
  config = '',
}: Machine) {
  const ran = (stdout: string) => ({ code: 0, timedOut: false, stdout, stderr: '' });
  const look: Host['look'] = async (argv) => {
    if (argv[0] === 'ss') return ran(argv.at(-1) === 'listening' ? listening : established);
    if (argv[0] === 'systemctl') return ran(units);
    if (argv[0] === 'sshd') return ran(config);
    if (argv[0] === 'ps')
      return ran(
        Object.keys(told)
          .map((pid) => `  ${pid}\n`)
          .join(''),
      );
    if (argv[0] === 'ip')
      return ran(
        '2: cable    inet 10.9.9.1/30 scope global cable\\       valid_lft forever preferred_lft forever\n',
      );
    throw new Error(argv.join(' '));
  };
  const read: Host['read'] = async (path) => {
    const [, pid = '', name] = /^\/proc\/(\d+)\/(\w+)$/.exec(path) ?? [];
    if (name === 'cmdline') return Buffer.from(titles[Number(pid)] ?? '');
    return Buffer.from(`LANG=C\0SSH_CONNECTION=${told[Number(pid)]}\0`);
  };
  // Nothing else of it is asked for.
  return { look, read } as Host;
}

const listener = 'sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups\0\0';

describe('ports of SSH', () => {
  test('are those that sshd listens on, and not what its sessions forward for their users', async () => {
    const host = hostOf({
      listening: `
0      128    0.0.0.0:22   0.0.0.0:* users:(("sshd",pid=833,fd=5)) ino:101069 sk:1 cgroup:/system.slice/ssh.service <->
0      128    0.0.0.0:2222 0.0.0.0:* users:(("sshd",pid=833,fd=3)) ino:101065 sk:2 cgroup:/system.slice/ssh.service <->
0      128    0.0.0.0:8080 0.0.0.0:* users:(("sshd",pid=865,fd=7)) uid:1000 ino:101327 sk:3 cgroup:/user.slice/user-1000.slice/session-3.scope <->
0      128    0.0.0.0:8081 0.0.0.0:* users:(("sshd",pid=840,fd=5)) ino:101880 sk:4 cgroup:/user.slice/user-0.slice/session-4.scope <->
0      128       [::]:22      [::]:* users:(("sshd",pid=833,fd=6)) ino:101071 sk:5 cgroup:/system.slice/ssh.service v6only:1 <->`,
      titles: { 833: listener, 840: 'sshd: root@notty\0', 865: 'sshd: ada@notty\0' },
    });
    expect(await findSsh(host)).toEqual({ ports: [22, 2222], sessions: [] });
  });

  test('are those of root’s sshd: a program of that name that somebody else runs is none', async () => {
    const host = hostOf({
      listening: '0 128 0.0.0.0:9999 0.0.0.0:* users:(("sshd",pid=9,fd=5)) uid:1000 ino:1 sk:1 <->',
      titles: { 9: listener },
    });
    expect(await findSsh(host)).toEqual({ ports: [], sessions: [] });
  });

  test('are those of an old sshd, which does not call itself listener', async () => {
    const host = hostOf({
      listening: '0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=9,fd=5)) ino:1 sk:1 <->',
      titles: { 9: '/usr/sbin/sshd\0-D\0' },
    });
    expect((await findSsh(host)).ports).toEqual([22]);
  });

  test('that only this machine itself can reach are left out', async () => {
    const host = hostOf({
      listening: `0 128 127.0.0.1:22 0.0.0.0:* users:(("sshd",pid=9,fd=5)) ino:1 sk:1 <->
0 128 [::1]:2222 [::]:* users:(("sshd",pid=9,fd=6)) ino:2 sk:2 <->`,
      titles: { 9: listener },
      config: 'port 22\nlistenaddress 127.0.0.1:22\nlistenaddress [::1]:2222\n',
    });
    expect((await findSsh(host)).ports).toEqual([]);
  });

  test('are those that systemd listens on for it, until somebody comes', async () => {
    const units = 'Listen=[::]:22 (Stream)\nActiveState=active\n\nActiveState=inactive\n';
    const listening =
      '0      4096   *:22 *:* users:(("systemd",pid=1,fd=40)) ino:313957 sk:1017 cgroup:/init.scope v6only:0 <->';
    expect((await findSsh(hostOf({ units, listening }))).ports).toEqual([22]);
    const other =
      'Listen=0.0.0.0:2022 (Stream)\nListen=[::]:2022 (Stream)\nListen=/run/ssh (Stream)\nActiveState=active\n';
    expect((await findSsh(hostOf({ units: other }))).ports).toEqual([2022]);
    const off = 'Listen=[::]:22 (Stream)\nActiveState=inactive\n';
    expect((await findSsh(hostOf({ units: off }))).ports).toEqual([]);
  });

  test('are those that it will listen on once it is started again', async () => {
    const host = hostOf({
      listening: '0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=9,fd=5)) ino:1 sk:1 <->',
      titles: { 9: listener },
      config: 'port 2222\nlistenaddress [::]:2222\nlistenaddress 0.0.0.0:2222\n',
    });
    expect((await findSsh(host)).ports).toEqual([22, 2222]);
  });

  test('there are none where no sshd listens, whatever its configuration says', async () => {
    expect(await findSsh(hostOf({ config: 'listenaddress 0.0.0.0:22\n' }))).toEqual({
      ports: [],
      sessions: [],
    });
  });
});

describe('sessions', () => {
  const listening =
    '0      128    0.0.0.0:2222 0.0.0.0:* users:(("sshd",pid=585,fd=6)) ino:315331 sk:1019 cgroup:/system.slice/ssh.service <->';
  const old =
    '0      0      [::ffff:10.9.9.1]:22 [::ffff:10.9.9.2]:35074 users:(("sshd-session",pid=487,fd=7),("sshd-session",pid=469,fd=7)) timer:(keepalive,119min,0) ino:314350 sk:1018 cgroup:/init.scope <->';
  const titles = { 585: listener, 469: 'sshd-session: ada [priv]\0', 487: 'sshd-session: ada@notty\0' };

  test('that came in before sshd was told to listen elsewhere keep their port', async () => {
    const told = { 488: '10.9.9.2 35074 10.9.9.1 22' };
    expect(await findSsh(hostOf({ listening, established: old, titles, told }))).toEqual({
      ports: [22, 2222],
      sessions: [{ port: 22, from: '10.9.9.2', to: '10.9.9.1', interface: 'cable' }],
    });
  });

  test('are not believed what they say of their connection, if there is no such one', async () => {
    const told = { 488: '10.9.9.2 35074 10.9.9.1 3306' };
    expect((await findSsh(hostOf({ listening, established: old, titles, told }))).ports).toEqual([2222]);
  });

  test('are none of the connections that they make or forward, whatever their users say', async () => {
    const forwarded =
      '0 0 10.9.9.1:8080 10.9.9.2:4000 users:(("sshd",pid=487,fd=9)) uid:1000 ino:2 sk:2 cgroup:/user.slice/x <->';
    const told = { 488: '10.9.9.2 4000 10.9.9.1 8080' };
    expect((await findSsh(hostOf({ listening, established: forwarded, titles, told }))).ports).toEqual([
      2222,
    ]);
  });

  test('are none where nobody has logged in yet: whoever tries passwords decides nothing', async () => {
    const trying =
      '0 0 10.9.9.1:2222 198.51.100.7:4000 users:(("sshd",pid=70,fd=4),("sshd",pid=69,fd=4)) ino:2 sk:2 <->';
    for (const title of [
      'sshd: root [net]',
      'sshd: root [priv]',
      'sshd: a@corp.example [priv]',
      'sshd: [accepted]',
    ]) {
      const machine = { listening, established: trying, titles: { ...titles, 69: title, 70: title } };
      expect((await findSsh(hostOf(machine))).sessions, title).toEqual([]);
    }
  });

  test('of an account with an address in its name are sessions', async () => {
    const established = '0 0 10.9.9.1:2222 10.9.9.2:4000 users:(("sshd",pid=70,fd=4)) ino:2 sk:2 <->';
    const machine = { listening, established, titles: { ...titles, 70: 'sshd: a@corp.example@pts/0\0\0' } };
    expect((await findSsh(hostOf(machine))).sessions).toHaveLength(1);
  });

  test('from this machine itself are no matter of a firewall', async () => {
    const established =
      '0      0      127.0.0.1:22  127.0.0.1:36788 users:(("sshd",pid=487,fd=4)) ino:101077 sk:9 <->';
    expect(await findSsh(hostOf({ listening, established, titles }))).toEqual({
      ports: [2222],
      sessions: [],
    });
  });
});

test('without ss nothing is guessed', async () => {
  const host = {
    ...hostOf({}),
    look: async () => ({ code: 127, timedOut: false, stdout: '', stderr: 'no ss' }),
  };
  await expect(findSsh(host as unknown as Host)).rejects.toMatchObject({ code: 'cannot-look' });
});
