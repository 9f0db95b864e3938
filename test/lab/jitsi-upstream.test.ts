/** The stand-in for Jitsi's packages, installed by hand: what the tests of its guide lean on. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addJitsi, configFile, hostFile, name, servesMeet } from './jitsi.ts';
import { askXmpp } from './jitsi-client.ts';
import { keyUrl, publishNext, repositoryUrl, versions } from './jitsi-upstream.ts';
import { Lab, type Release } from './lab.ts';
import { shell } from './signing-keys.ts';

const packages = 'jitsi-meet jitsi-meet-turnserver';
const answers = (choice: string, domain = name) => `debconf-set-selections <<'E'
jitsi-videobridge2 jitsi-videobridge/jvb-hostname string ${domain}
jitsi-meet-web-config jitsi-meet/cert-choice select ${choice}
E`;

describe.each(['bookworm', 'trixie'] satisfies Release[])('the stand-in, by hand on %s', (release) => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.create({ release, name: 'jitsi-by-hand', network: 'own' });
    await lab.boot();
    await addJitsi(lab);
    await shell(
      lab,
      `apt-get update -q; apt-get install -y -q --no-install-recommends curl gpg ca-certificates nginx debconf-utils
      curl -s ${keyUrl} | gpg --dearmor >/usr/share/keyrings/jitsi.gpg
      echo 'deb [signed-by=/usr/share/keyrings/jitsi.gpg] ${repositoryUrl} stable/' >/etc/apt/sources.list.d/jitsi.list
      apt-get update -q
      ${answers('Generate a new self-signed certificate')}
      apt-get install -y -q --no-install-recommends ${packages}`,
    );
  });
  afterAll(async () => {
    await lab?.destroy();
  });

  test('shows all that a working Jitsi Meet shows, and lets everybody in', async () => {
    await servesMeet(lab);
    expect(await askXmpp(lab, { host: name })).toEqual({ mechanisms: ['ANONYMOUS'], signIn: 'in' });
    expect(await askXmpp(lab, { host: `auth.${name}` })).toMatchObject({ signIn: 'invalid-mechanism' });
  });

  test('lays its files with the modes and owners of the real ones', async () => {
    const paths = ['videobridge', 'videobridge/jvb.conf', 'jicofo', 'jicofo/jicofo.conf', 'meet'];
    const { stdout } = await lab.run([
      'stat',
      '--format=%n %a %U:%G',
      ...paths.map((path) => `/etc/jitsi/${path}`),
      hostFile(),
      configFile(),
    ]);
    expect(stdout.split('\n')).toEqual([
      '/etc/jitsi/videobridge 750 jvb:jitsi',
      '/etc/jitsi/videobridge/jvb.conf 644 jvb:jitsi',
      '/etc/jitsi/jicofo 750 jicofo:jitsi',
      '/etc/jitsi/jicofo/jicofo.conf 644 jicofo:jitsi',
      '/etc/jitsi/meet 755 root:root',
      `${hostFile()} 644 root:root`,
      `${configFile()} 644 root:root`,
    ]);
  });

  test('goes on to the next release once that is published', async () => {
    await publishNext(lab);
    await shell(
      lab,
      `apt-get update -q; apt-get install -y -q --only-upgrade --no-install-recommends ${packages} jicofo jitsi-videobridge2`,
    );
    await servesMeet(lab, name, versions.next);
  });

  test('takes another name when it is configured anew', async () => {
    const other = 'visio.mon-univ.fr';
    await shell(
      lab,
      `${answers('Generate a new self-signed certificate', other)}
      dpkg-reconfigure -f noninteractive jitsi-videobridge2 jicofo jitsi-meet-prosody jitsi-meet-web-config jitsi-meet-turnserver`,
    );
    await servesMeet(lab, other, versions.next);
  });

  test('leaves nothing of its own when it is purged', async () => {
    await shell(
      lab,
      `umount /var/cache/apt/archives
      apt-get purge -y -q ${packages} jicofo jitsi-videobridge2 jitsi-meet-web jitsi-meet-web-config jitsi-meet-prosody`,
    );
    const { stdout } = await lab.run(['sh', '-c', 'debconf-get-selections | grep -iE "jitsi|jicofo"'], {
      check: false,
    });
    expect(stdout).toBe('');
    await lab.run(['nginx', '-t']);
  });
});
