/** The firewall on trial, on a real server that is logged in to over SSH: what keeps it, and all that ends it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  agree,
  begin,
  buildWithWall,
  canLogIn,
  forgetWall,
  isClosedSilently,
  off,
  on,
  onTrial,
  port,
  rulesOf,
  stateOf,
  turnOn,
  turnOnAgain,
  withUfw,
} from './firewall/server.ts';
import { describeChanges, type Lab, type Mark, type Snapshot, undeclared } from './lab.ts';
import { engineOf, Login, plugIn, shell } from './reliability/ssh.ts';
import { wizard } from './wizard.ts';

/** The minute, and what a busy machine may need beside it. */
const minute = 75_000;

beforeAll(buildWithWall);
afterAll(forgetWall);

describe.each(['bookworm', 'trixie'] as const)('on Debian %s', (release) => {
  let mark: Mark;
  let lab: Lab;
  let before: Snapshot;

  beforeAll(async () => {
    mark = await withUfw(release);
  });
  afterEach(() => lab?.destroy());

  async function start(...scripts: readonly string[]): Promise<void> {
    lab = await turnOn(mark);
    for (const script of scripts) await shell(lab, script);
    before = await lab.snapshot();
  }

  const traces = async () => describeChanges(undeclared(await lab.changesSinceMark(before)));

  describe('the firewall', () => {
    test('is confirmed by a key, over SSH on another port, and taken back without a trace', async () => {
      await start();
      const settings = "sysctl -a 2>/dev/null | grep -E '(all|default).accept_redirects'";
      const former = await shell(lab, settings);
      const policies = await shell(lab, 'iptables -S | grep ^-P; ip6tables -S | grep ^-P');
      const login = await begin(lab);
      expect(await canLogIn(lab)).toBe(true);
      expect(await isClosedSilently(lab, 8000)).toBe(true);
      await login.press('c');
      await login.waitFor('Everything is done.');
      expect(await stateOf(lab)).toEqual(on);
      expect(await rulesOf(lab)).toBe(
        `ufw allow 443/tcp\nufw allow 10000/udp\nufw allow ${port}/tcp comment 'setup-wizard:ssh'`,
      );
      await login.press('\r');
      expect(await login.exit()).toBe(0);

      // The session that ran it goes on, and the next boot has it.
      await login.type('echo still-$((40 + 2))');
      await login.waitFor('still-42');
      expect((await wizard(lab, 'verify', 'wall')).code).toBe(0);
      await lab.reboot();
      await plugIn(lab);
      expect(await stateOf(lab)).toEqual(on);
      expect(await canLogIn(lab)).toBe(true);
      expect(await isClosedSilently(lab, 8000)).toBe(true);

      const again = await wizard(lab, 'install', 'wall', '--yes');
      expect(again.code, again.said).toBe(0);
      expect(await stateOf(lab)).toEqual(on);
      expect(
        await shell(
          lab,
          'systemctl list-units --all --no-legend setup-wizard-ufw*; ls -d /run/setup-wizard-ufw || true',
        ),
      ).toBe('');

      const back = await wizard(lab, 'rollback', 'wall', '--yes');
      expect(back.code, back.said).toBe(0);
      expect(await stateOf(lab)).toEqual(off);
      expect(await shell(lab, settings)).toBe(former);
      expect(await shell(lab, 'iptables -S | grep ^-P; ip6tables -S | grep ^-P')).toBe(policies);
      expect(await traces()).toBe('');
    });

    test('goes off after a minute when nobody confirms, and may be tried again', async () => {
      await start();
      const login = await begin(lab);
      await login.waitFor('Nobody confirmed in time', minute);
      expect(await stateOf(lab)).toEqual(off);
      expect(await canLogIn(lab)).toBe(true);
      expect(await isClosedSilently(lab, 8000)).toBe(false);
      await login.press('\r');
      await login.waitFor(/Undone by itself in 5\d s/, 60_000);
      expect(await stateOf(lab)).toEqual(onTrial);
      await login.press('c');
      await login.waitFor('Everything is done.');
      expect(await stateOf(lab)).toEqual(on);
    });

    test('goes off at once when it is refused, and step and rules for SSH with it', async () => {
      await start();
      const login = await begin(lab);
      await login.press('n');
      await login.waitFor('The firewall was not confirmed', 60_000);
      expect(await stateOf(lab)).toEqual(off);
      expect(await rulesOf(lab)).toBe('ufw allow 443/tcp\nufw allow 10000/udp');
      expect(await canLogIn(lab)).toBe(true);
    });

    test('that would shut everybody out does so for a minute at most', async () => {
      const drop =
        "sed -i '/^# End required lines/a -A ufw-before-input -s 10.9.9.2 -j DROP' /etc/ufw/before.rules";
      await start(drop);
      const login = await Login.open(lab, 'root', port);
      await login.wizard('install', 'wall');
      await agree(login);
      await expect.poll(() => stateOf(lab), { timeout: 60_000 }).toEqual(onTrial);
      expect(await canLogIn(lab)).toBe(false);
      await expect.poll(() => stateOf(lab), { timeout: minute, interval: 1000 }).toEqual(off);
      await expect.poll(() => canLogIn(lab), { timeout: 20_000, interval: 1000 }).toBe(true);
      const status = JSON.parse((await lab.wizard(['status', '--json'])).stdout);
      expect(status[0]).toMatchObject({ guide: 'wall' });
    });

    test('goes off by itself when the engine is dead, and the next start asks again', async () => {
      await start();
      const login = await begin(lab);
      const { pid } = await engineOf(lab, 'root');
      await shell(lab, `kill -KILL ${pid}`);
      await login.waitFor('The engine has stopped');
      await login.press('\r');
      expect(await stateOf(lab)).toEqual(onTrial);
      await expect.poll(() => stateOf(lab), { timeout: minute, interval: 1000 }).toEqual(off);
      expect(await canLogIn(lab)).toBe(true);
      const again = await begin(lab, 'resume');
      await again.press('c');
      await again.waitFor('Everything is done.');
      expect(await stateOf(lab)).toEqual(on);
      await again.press('\r');
      expect((await wizard(lab, 'rollback', 'wall', '--yes')).code).toBe(0);
      expect(await traces()).toBe('');
    });

    test('is asked about anew by an engine that comes within the minute, with a minute of its own', async () => {
      await start();
      const login = await begin(lab);
      const { pid } = await engineOf(lab, 'root');
      await shell(lab, `kill -KILL ${pid}`);
      await login.waitFor('The engine has stopped');
      await sleep(15_000);
      const again = await begin(lab, 'resume');
      await again.waitFor(/Undone by itself in 5\d s/);
      await again.press('c');
      await again.waitFor('Everything is done.');
      await sleep(50_000);
      expect(await stateOf(lab)).toEqual(on);
    });

    test.each(['a power cut', 'a reboot'])('on trial is off after %s', async (what) => {
      await start();
      await begin(lab);
      if (what === 'a reboot') {
        await lab.reboot();
        await plugIn(lab);
      } else {
        await lab.pullPlug();
        await turnOnAgain(lab);
      }
      expect(await stateOf(lab)).toEqual(off);
      expect(await canLogIn(lab)).toBe(true);
      const again = await begin(lab, 'resume');
      await again.press('c');
      await again.waitFor('Everything is done.');
      await again.press('\r');
      expect((await wizard(lab, 'rollback', 'wall', '--yes')).code).toBe(0);
      expect(await traces()).toBe('');
    });

    test('is taken back at once when the window that was asked is left', async () => {
      await start();
      const login = await begin(lab);
      await login.press('q');
      await login.waitFor('the change on trial is undone');
      await login.choose('Leave;');
      await login.press('\r');
      expect(await login.exit()).toBe(130);
      await expect.poll(() => stateOf(lab), { timeout: 20_000 }).toEqual(off);
    });

    test('is not confirmed by a line that is cut: it is off when the minute is over, and the next window tries again', async () => {
      await start();
      const login = await begin(lab);
      login.close();
      await expect.poll(() => stateOf(lab), { timeout: minute, interval: 1000 }).toEqual(off);
      const again = await Login.open(lab, 'root', port);
      await again.wizard('resume', 'wall');
      await again.waitFor('Nobody confirmed in time');
      await again.press('\r');
      await again.waitFor('Undone by itself in', 60_000);
      await again.press('c');
      await again.waitFor('Everything is done.');
    });

    test('is confirmed by another window that takes over', async () => {
      await start();
      await begin(lab);
      const second = await Login.open(lab, 'root', port);
      await second.wizard('resume', 'wall');
      await second.waitFor('read-only');
      await second.press('c');
      expect(await stateOf(lab)).toEqual(onTrial);
      await second.press('\u0003');
      await second.choose('Decide in this window');
      await second.press('\r');
      await second.waitUntilGone('read-only');
      await second.press('c');
      await second.waitFor('Everything is done.');
      expect(await stateOf(lab)).toEqual(on);
    });

    test('is confirmed in lines too, and undone by itself there', async () => {
      await start();
      const login = await Login.open(lab, 'root', port);
      await login.wizard('install', 'wall', '--plain');
      await login.waitFor('Enter to go on to the plan');
      await login.press('\r');
      await login.waitFor('Make these 5 changes');
      await login.press('1', '\r');
      await login.waitFor('[y/N]');
      await login.press('y', '\r');
      await login.waitFor(/Without an answer within 5\d s/, 60_000);
      expect(await stateOf(lab)).toEqual(onTrial);
      await login.waitFor('FAILED: Nobody confirmed in time', minute);
      expect(await stateOf(lab)).toEqual(off);
      await login.waitFor('Try again');
      await login.press('1', '\r');
      await login.waitFor(/(Without an answer within[\s\S]+){2}Choice: $/m, 30_000);
      expect(await stateOf(lab)).toEqual(onTrial);
      await login.press('1', '\r');
      await login.waitFor('Everything is done.');
      expect(await login.exit()).toBe(0);
      expect(await stateOf(lab)).toEqual(on);
    });

    test('is left to a person where nobody is there, and what needs it waits', async () => {
      await start();
      const done = await wizard(lab, 'install', 'wall', '--yes');
      expect(done.code, done.said).toBe(4);
      expect(done.said).toMatch(/WARNING: ufw was not switched on: somebody has to confirm within 60\ss/);
      expect(await stateOf(lab)).toEqual(off);
      expect(await rulesOf(lab)).toBe('ufw allow 443/tcp\nufw allow 10000/udp');
      expect(await shell(lab, 'ls /etc/wall /etc/wall-needs-it 2>/dev/null || true')).toBe('/etc/wall');
      const login = await begin(lab, 'resume');
      await login.press('c');
      await login.waitFor('Everything is done.');
      expect(await shell(lab, 'ls /etc/wall /etc/wall-needs-it')).toBe('/etc/wall\n/etc/wall-needs-it');
    });

    test('that is on already asks nobody and arms nothing', async () => {
      await start(`ufw allow ${port}/tcp; ufw --force enable`);
      const done = await wizard(lab, 'install', 'wall', '--yes');
      expect(done.code, done.said).toBe(0);
      expect(await stateOf(lab)).toEqual(on);
      expect(await shell(lab, 'journalctl --output=cat | grep -c setup-wizard-ufw || true')).toBe('0');
      expect((await wizard(lab, 'rollback', 'wall', '--yes')).code).toBe(0);
      expect(await stateOf(lab)).toEqual(on);
      expect(await traces()).toBe('');
    });

    test('that was not started at boot is so again afterwards', async () => {
      await start('systemctl disable --quiet ufw.service');
      const login = await begin(lab);
      await login.press('c');
      await login.waitFor('Everything is done.');
      expect(await shell(lab, 'systemctl is-enabled ufw.service')).toBe('enabled');
      await login.press('\r');
      expect((await wizard(lab, 'rollback', 'wall', '--yes')).code).toBe(0);
      expect((await lab.run(['systemctl', 'is-enabled', 'ufw.service'], { check: false })).stdout).toBe(
        'disabled',
      );
      expect(await traces()).toBe('');
    });

    test('closes again what another firewall had closed, whoever switches it off', async () => {
      await start('iptables -P FORWARD DROP');
      const policy = () => shell(lab, 'iptables -S FORWARD | head -1');
      const login = await begin(lab);
      await login.press('n');
      await login.waitFor('The firewall was not confirmed', 60_000);
      expect(await policy()).toBe('-P FORWARD DROP');
      await login.press('\r');
      await login.waitFor(/Undone by itself in 5\d s/, 60_000);
      const { pid } = await engineOf(lab, 'root');
      await shell(lab, `kill -KILL ${pid}; iptables -P FORWARD ACCEPT`);
      await expect.poll(() => stateOf(lab), { timeout: minute, interval: 1000 }).toEqual(off);
      expect(await policy()).toBe('-P FORWARD DROP');
    });

    test('goes off by itself where no systemd runs', async () => {
      await start();
      const login = await Login.open(lab, 'root', port);
      // As far as the wizard and its engine can see.
      await login.type("exec unshare --mount sh -c 'mount -t tmpfs none /run/systemd; exec bash --norc'");
      await login.type("PS1='ready> '");
      await login.wizard('install', 'wall');
      await agree(login);
      await login.waitFor('Undone by itself in', 60_000);
      expect(await stateOf(lab)).toEqual({ ...onTrial, armed: false });
      const { pid } = await engineOf(lab, 'root');
      await shell(lab, `kill -KILL ${pid}`);
      expect(await stateOf(lab)).toEqual({ ...onTrial, armed: false });
      await expect.poll(() => stateOf(lab), { timeout: minute, interval: 1000 }).toEqual(off);
      expect(await canLogIn(lab)).toBe(true);
      await login.waitFor('The engine has stopped');
      await login.press('\r');
      await login.exit();
      await login.wizard('resume', 'wall');
      await login.waitFor(/Undone by itself in 5\d s/, 60_000);
      await login.press('c');
      await login.waitFor('Everything is done.');
      await sleep(5000);
      expect(await shell(lab, "pgrep -f '[s]etup-wizard-ufw' || true")).toBe('');
      expect(await stateOf(lab)).toEqual(on);
    });

    test('is not begun where its own rules are broken, and the cause is told', async () => {
      await start("sed -i '/^COMMIT/i -A ufw-before-input -p tcp --dprt 5 -j ACCEPT' /etc/ufw/before.rules");
      const login = await Login.open(lab, 'root', port);
      await login.wizard('install', 'wall');
      await agree(login);
      await login.waitFor('iptables does not accept a line of /etc/ufw/before.rules', 60_000);
      expect(await stateOf(lab)).toEqual(off);
      expect(await canLogIn(lab)).toBe(true);
    });
  });
});
