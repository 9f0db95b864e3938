import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { observeFacts } from '../../src/host/facts.ts';
import { realHost } from '../../src/host/real.ts';
import type { Host } from '../../src/host/types.ts';

function machineWith(files: Record<string, string>, said: Record<string, string> = {}): Host {
  return {
    ...realHost(),
    read: async (path) => (files[path] === undefined ? undefined : Buffer.from(files[path])),
    look: async ([program = '']) => ({
      code: said[program] === undefined ? 127 : 0,
      timedOut: false,
      stdout: said[program] ?? '',
      stderr: '',
    }),
  };
}

describe('facts', () => {
  test('of this machine are there, quickly', async () => {
    const from = performance.now();
    const facts = await observeFacts(realHost());
    expect(performance.now() - from).toBeLessThan(1000);
    expect(facts).toMatchObject({ hostname: hostname(), uid: String(process.geteuid?.()) });
    for (const name of ['os.id', 'arch', 'cpu', 'init', 'ssh', 'user', 'user.home'])
      expect(facts[name]).toMatch(/./);
    for (const name of ['memory.mb', 'memory.available.mb', 'disk.var.mb'])
      expect(facts[name]).toMatch(/^\d+$/);
  });

  test('read a release file with and without quotes', async () => {
    const release =
      'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n';
    expect(await observeFacts(machineWith({ '/etc/os-release': release }))).toMatchObject({
      'os.id': 'debian',
      'os.version': '12',
      'os.codename': 'bookworm',
      'os.name': 'Debian GNU/Linux 12 (bookworm)',
    });
  });

  test.each([
    ['debian', '13', 'debian13'],
    ['ubuntu', '24.04', 'ubuntu24.04'],
    ['rocky', '9.4', 'el9'],
    ['almalinux', '10.0', 'el10'],
    ['rhel', '8.10', 'el8'],
    ['fedora', '42', 'fedora42'],
  ])('name the platform of %s %s', async (id, version, platform) => {
    const release = `ID="${id}"\nVERSION_ID="${version}"\n`;
    expect(await observeFacts(machineWith({ '/etc/os-release': release }))).toMatchObject({
      'os.platform': platform,
    });
  });

  test.each([
    ['1', 'enforcing'],
    ['0', 'permissive'],
    [undefined, 'disabled'],
  ])('tell what SELinux does where the kernel says %s', async (enforce, selinux) => {
    const files = enforce === undefined ? {} : { '/sys/fs/selinux/enforce': enforce };
    expect(await observeFacts(machineWith(files))).toMatchObject({ selinux });
  });

  test('give the full name only when it has a domain', async () => {
    const full = await observeFacts(machineWith({}, { hostname: 'events.univ.example.org\n' }));
    expect(full).toMatchObject({ fqdn: 'events.univ.example.org', domain: 'univ.example.org' });
    const short = await observeFacts(machineWith({}, { hostname: 'events\n' }));
    expect(short).not.toHaveProperty('fqdn');
  });

  test('know the time zone from Debian’s file, or from where the link leads', async () => {
    expect(await observeFacts(machineWith({ '/etc/timezone': 'Europe/Paris\n' }))).toMatchObject({
      timezone: 'Europe/Paris',
    });
    const linked: Host = {
      ...machineWith({}),
      stat: async (path) =>
        path === '/etc/localtime'
          ? {
              type: 'link',
              mode: '0777',
              owner: 'root:root',
              size: 0,
              target: '/usr/share/zoneinfo/Asia/Tokyo',
            }
          : undefined,
    };
    expect(await observeFacts(linked)).toMatchObject({ timezone: 'Asia/Tokyo' });
  });

  test('know Docker’s own packages, not those of the distribution', async () => {
    const having = (path: string): Host => ({
      ...machineWith({}),
      stat: async (asked) =>
        asked === path ? { type: 'file', mode: '0644', owner: 'root:root', size: 1 } : undefined,
    });
    const info = '/var/lib/dpkg/info';
    expect(await observeFacts(having(`${info}/docker-ce.list`))).toMatchObject({ docker: 'docker-ce' });
    expect(await observeFacts(having(`${info}/docker.io.list`))).not.toHaveProperty('docker');
  });

  test('that are not known are absent', async () => {
    const facts = await observeFacts(machineWith({}));
    for (const name of ['os.id', 'python3', 'fqdn', 'memory.mb']) expect(facts).not.toHaveProperty(name);
  });

  test('know the address that goes out and the Python of the system', async () => {
    const said = {
      ip: '192.0.2.1 via 10.0.0.1 dev eth0 src 10.0.0.7 uid 0\n',
      '/usr/bin/python3': 'Python 3.11.2\n',
    };
    expect(await observeFacts(machineWith({}, said))).toMatchObject({
      ip: '10.0.0.7',
      'ip.private': 'yes',
      python3: '3.11',
    });
  });
});
