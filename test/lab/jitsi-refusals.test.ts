/** What a server or an answer may have wrong for Jitsi Meet: it is told in words, and nothing stays behind. */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addJitsi, answersFile, emptyServer, install, name } from './jitsi.ts';
import { addJitsiUpstream } from './jitsi-upstream.ts';
import { describeChanges, Lab, type Mark, type Snapshot, undeclared } from './lab.ts';
import { shell } from './signing-keys.ts';
import { wizard } from './wizard.ts';

const given = { BEHIND_NAT: 'no', FIREWALL: 'elsewhere' };

describe('on Debian 12', () => {
  let mark: Mark;
  let lab: Lab;
  let before: Snapshot;

  beforeAll(async () => {
    const empty = await emptyServer({ release: 'bookworm', name: 'jitsi-empty' }, given);
    await shell(
      empty,
      'mkdir -p /tmp/apt/archives/partial; apt-get update -q; apt-get -o Dir::Cache=/tmp/apt install -y -q --no-install-recommends iproute2 openssl',
    );
    mark = await empty.mark('jitsi-empty');
    await empty.destroy();
  });
  beforeEach(() => turnOn());
  afterEach(async () => {
    await lab?.destroy();
  });

  async function turnOn(...nspawn: string[]): Promise<void> {
    await lab?.destroy();
    lab = await Lab.create({
      release: 'bookworm',
      name: 'jitsi-refused',
      network: 'own',
      fromMark: mark,
      product: true,
      nspawn,
    });
    await lab.boot();
    before = await lab.snapshot();
  }

  /** Takes back what was done until then. */
  async function expectNothingLeft(): Promise<void> {
    const { code, said } = await wizard(lab, 'rollback', 'jitsi', '--yes');
    expect(code, said).toBe(0);
    expect(describeChanges(undeclared(await lab.changesSinceMark(before)))).toBe('');
  }

  const listen = (port: number, type = 'stream') =>
    type === 'stream'
      ? `require('node:net').createServer().listen(${port})`
      : `require('node:dgram').createSocket('udp4').bind(${port})`;
  const hold = (script: string) =>
    lab.run(['systemd-run', '--quiet', '/opt/node/bin/node', '-e', `${script}; setInterval(() => {}, 1000)`]);

  test.each([
    ['tcp', 5222, 'stream'],
    ['udp', 10000, 'dgram'],
  ])('a program that holds port %s/%i is named before anything is installed', async (family, port, type) => {
    await hold(listen(port, type));
    const { code, said } = await install(lab);
    expect(code, said).toBe(1);
    expect(said).toContain(`port ${family}/${port}: `);
    expect(said).toContain('users:((');
    expect(said).toContain('Another program holds a port that Jitsi needs');
    await expectNothingLeft();
  });

  test('another server on port 443 is named before anything is installed', async () => {
    await hold(listen(443));
    const { code, said } = await install(lab);
    expect(code, said).toBe(1);
    expect(said).toContain('Another program than nginx holds port 443');
    await expectNothingLeft();
  });

  test('an Apache is no neighbour for the TURN server, which is said before anything is installed', async () => {
    await lab.write('/usr/sbin/apache2', '#!/bin/sh\n', 0o755);
    before = await lab.snapshot();
    const { code, said } = await install(lab);
    expect(code, said).toBe(1);
    expect(said).toMatch(/Apache is installed: Jitsi’s TURN server .* Remove Apache, or answer no to TURN/);
    await expectNothingLeft();
  });

  test('an address is no name, and gets no certificate of Let’s Encrypt', async () => {
    const address = ['--set', 'DOMAIN=192.0.2.10', '--set', 'GUEST_DOMAIN=guest.visio.internal'];
    const unsaid = await install(lab, ...address);
    expect(unsaid.code, unsaid.said).toBe(1);
    expect(unsaid.said).toContain('192.0.2.10 is no domain name');
    await expectNothingLeft();
    const certbot = ['--set', 'TLS=certbot', '--set', 'CERTBOT_EMAIL=dsi@mon-univ.fr'];
    const { code, said } = await install(lab, ...address, '--set', 'REACHED_BY=address', ...certbot);
    expect(code, said).toBe(2);
    expect(said).toContain('Let’s Encrypt certifies only names here');
    expect(describeChanges(undeclared(await lab.changesSinceMark(before)))).toBe('');
  });

  test('port 80 is not closed to Let’s Encrypt', async () => {
    const certbot = ['--set', 'TLS=certbot', '--set', 'CERTBOT_EMAIL=dsi@mon-univ.fr'];
    const { code, said } = await install(lab, '--set', 'FIREWALL=ufw', '--set', 'CLOSE_80=yes', ...certbot);
    expect(code, said).toBe(2);
    expect(said).toContain('could neither be obtained nor renewed');
  });

  test('too little memory is warned of, and stops nobody', async () => {
    await lab.write('/root/meminfo', 'MemTotal: 2000000 kB\nMemAvailable: 1500000 kB\n');
    await shell(lab, 'mount --bind /root/meminfo /proc/meminfo');
    const { code, said } = await install(lab, '--until', 'preflight');
    expect(code, said).toBe(0);
    expect(said).toContain('WARNING: Less than 3.5 GB of memory available');
  });

  test('an address that this machine does not have is no local address', async () => {
    const nat = ['--set', 'BEHIND_NAT=yes', '--set', 'PUBLIC_IP=203.0.113.10'];
    const { code, said } = await install(lab, ...nat, '--set', 'LOCAL_IP=192.0.2.77');
    expect(code, said).toBe(1);
    expect(said).toContain('This machine does not have the address 192.0.2.77');
    const own = await shell(lab, "ip -o -4 address show host0 | sed 's#.* inet \\([0-9.]*\\)/.*#\\1#'");
    const right = await install(lab, ...nat, '--set', `LOCAL_IP=${own}`, '--until', 'preflight');
    expect(right.code, right.said).toBe(0);
  });

  test('a repository with another key is refused with both fingerprints, and apt knows nothing of it', async () => {
    const { code, said } = await install(lab, '--set', `KEY_FINGERPRINT=${'AB12'.repeat(10)}`);
    expect(code, said).toBe(1);
    expect(said).toContain('AB12AB12AB12AB12AB12AB12AB12AB12AB12AB12');
    expect(await shell(lab, 'ls /etc/apt/sources.list.d /usr/share/keyrings | grep jitsi || true')).toBe('');
    await expectNothingLeft();
  });

  test('a package that words its choices otherwise is not answered at random', async () => {
    const fingerprint = await addJitsiUpstream(lab, 'Something new, Something else');
    await lab.write('/root/jitsi.ini', answersFile(fingerprint, given), 0o600);
    before = await lab.snapshot();
    const { code, said } = await install(lab);
    expect(code, said).toBe(1);
    expect(said).toContain('jitsi-meet/cert-choice');
    expect(said).toContain('“Something new”');
    expect((await lab.run(['dpkg', '-s', 'jitsi-meet'], { check: false })).code).not.toBe(0);
    await expectNothingLeft();
  });

  test('a certificate whose key is another is refused before the packages take it', async () => {
    await shell(
      lab,
      `cd /root; for one in a b; do openssl req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=${name} -addext subjectAltName=DNS:${name} -keyout $one.key -out $one.crt; done`,
    );
    before = await lab.snapshot();
    const files = (key: string) =>
      ['TLS=files', 'TLS_CERT=/root/a.crt', `TLS_KEY=/root/${key}.key`].flatMap((one) => ['--set', one]);
    const wrong = await install(lab, ...files('b'));
    expect(wrong.code, wrong.said).toBe(1);
    expect(wrong.said).toContain('The key /root/b.key is not that of the certificate /root/a.crt');
    const right = await install(lab, ...files('a'));
    expect(right.code, right.said).toBe(0);
    const shown =
      'openssl s_client -connect 127.0.0.1:443 -servername $0 </dev/null 2>/dev/null | openssl x509 -noout -fingerprint';
    expect((await lab.run(['sh', '-c', shown, name])).stdout).toBe(
      (await lab.run(['openssl', 'x509', '-noout', '-fingerprint', '-in', '/root/a.crt'])).stdout,
    );
    const own = await install(lab, '--set', 'TLS=self-signed');
    expect(own.code, own.said).toBe(0);
    expect(await shell(lab, `grep ssl_certificate /etc/nginx/sites-enabled/${name}.conf`)).toContain(
      `/etc/jitsi/meet/${name}.crt`,
    );
  });
});

test('on Debian 11 it is refused with the systems that it knows', async () => {
  const lab = await Lab.create({
    release: 'bullseye',
    name: 'jitsi-bullseye',
    network: 'own',
    product: true,
  });
  try {
    await lab.boot();
    await addJitsi(lab, given);
    const { code, said } = await install(lab);
    expect(code, said).toBe(3);
    expect(said).toContain('This guide needs Debian 12 or 13, Ubuntu 22.04 or 24.04');
  } finally {
    await lab.destroy();
  }
});
