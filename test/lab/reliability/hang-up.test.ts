/** Closed windows, killed logins, dead lines: what becomes of a run, over a real sshd and a real login manager. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { words as catalogue } from '../../../src/i18n/index.ts';
import { said } from '../../e2e/said.ts';
import { keys } from '../../e2e/terminal.ts';
import { proven } from '../../figures.ts';
import type { Lab, Mark } from '../lab.ts';
import { prepared } from '../prepared.ts';
import { ada, engineOf, isAlive, killsEverybody, Login, server, shell, withSsh } from './ssh.ts';

const words = said('en');
const say = catalogue('en');
/** The header of the Pretix guide's run: what was done before a window was there is counted in it. */
const atWork = /step \d\d \/ \d\d/;
const attached = { 'run went on': 'yes', 're-attached': 'yes' } as const;
const folder = '/var/tmp/practice';
const practice = (obstacle: 'yes' | 'no') =>
  [`PRACTICE_DIR=${folder}`, `PRACTICE_OBSTACLE=${obstacle}`, 'PRACTICE_BY=wizard'].flatMap((set) => [
    '--set',
    set,
  ]);

/** On the screens into the practice guide's long work. */
async function intoTheWork(login: Login, obstacle: 'yes' | 'no'): Promise<void> {
  await login.wizard('install', 'practice', ...practice(obstacle));
  await login.waitFor(words.answers);
  for (let field = 0; field < 6; field++) await login.press(keys.enter);
  await login.choose(words.toPlan);
  await login.press(keys.enter);
  await login.waitFor(words.plan);
  await login.press(keys.enter);
  await login.waitFor(words.consent);
  await login.press(words.yes);
  await login.waitFor(/building part \d+ of/);
}

let mark: Mark;
let lab: Lab;
const open: Lab[] = [];

beforeAll(async () => {
  mark = await withSsh((await prepared('updatestyles')).mark);
});
const on = async () => {
  lab = await server(mark);
  open.push(lab);
  await killsEverybody(lab);
};
const off = async () => {
  for (const one of open.splice(0)) await one.destroy();
};
afterAll(off);

/** The unit of the web server takes its time to start: the run stays in that step until `letGo`. */
const hold = `
mkdir -p /etc/systemd/system/pretix-web.service.d; touch /run/hold
printf '[Service]\\nTimeoutStartSec=infinity\\nExecStartPre=/bin/sh -c "while [ -e /run/hold ]; do sleep 0.2; done"\\n' \
  >/etc/systemd/system/pretix-web.service.d/hold.conf`;
const letGo = () => shell(lab, 'rm /run/hold');
const installPretix = ['install', 'pretix', '--until', 'unit-worker'];

type Record = { type: string; step?: string; outcome?: string; [name: string]: unknown };

async function journal(state: string): Promise<Record[]> {
  const text = await shell(lab, `cat $(ls -d ${state}/runs/*/ | tail -1)journal.jsonl`);
  return text.split('\n').map((line): Record => JSON.parse(line));
}

/** Ways in which a login ends while a run is on. */
const ends: Readonly<{ [what: string]: (login: Login) => Promise<void> }> = {
  'the window is closed': async (login) => login.close(),
  'the ssh client is killed': async () => {
    await shell(lab, 'pkill -KILL -x ssh');
  },
  'sshd’s process of the login is killed': async ({ user }) => {
    await shell(lab, `pkill -KILL -f '^sshd: ${user}(@pts.*| \\[priv\\])'`);
  },
  'the login manager ends the session': async ({ session }) => {
    await shell(lab, `loginctl terminate-session ${session}`);
  },
  'the network is gone until sshd gives up': async (login) => {
    await shell(lab, 'ip link set cable down');
    await login.isOver();
    await shell(lab, 'ip link set cable up');
    login.kill('SIGKILL');
  },
};

describe('a run of the Pretix guide', () => {
  beforeAll(on);
  afterAll(off);

  test('goes on whatever ends the login, and is followed again by the same command, to its end', async () => {
    await shell(lab, hold);
    let login = await Login.open(lab, 'root');
    await login.wizard(...installPretix);
    await login.waitFor(atWork, 60_000);
    const { pid, group } = await engineOf(lab, 'root');
    expect(group).toMatch(/^\/system\.slice\/setup-wizard-.*\.service$/);
    for (const [what, end] of Object.entries(ends)) {
      await end(login);
      await login.isOver();
      expect(await isAlive(lab, pid), what).toBe(true);
      login = await Login.open(lab, 'root');
      await login.wizard(...installPretix);
      await login.waitFor(atWork, 20_000);
      expect(await engineOf(lab, 'root'), what).toEqual({ pid, group });
    }
    await letGo();
    await login.waitFor(say.finished.titles.interrupted, 120_000);
    await login.press(keys.enter);
    expect(await login.exit()).toBe(0);
    const records = await journal('/var/lib/setup-wizard');
    expect(records.filter(({ type, step }) => type === 'step-begin' && step === 'unit-web')).toHaveLength(1);
    expect(records.filter(({ type, pid: one }) => type === 'engine' && one === pid)).toHaveLength(1);
    for (const what of Object.keys(ends)) proven('hang-up', what, { ...attached, exit: 0 });
  });
});

describe('on one server', () => {
  beforeAll(on);
  afterAll(off);
  const state = '/var/lib/setup-wizard';
  const decisions = async () => (await journal(state)).filter(({ type }) => type === 'decision').length;

  test('of two windows one decides; it changes by leave, and by taking over', async () => {
    const first = await Login.open(lab, 'root');
    await intoTheWork(first, 'yes');
    await first.waitFor(words.retry);
    const second = await Login.open(lab, 'root');
    await second.wizard('install', 'practice');
    await second.waitFor(words.retry);
    expect(second.screen()).toContain(words.watch);
    const before = await decisions();
    await second.press(keys.enter, 'r', 's', keys.down, keys.enter);
    expect(await decisions()).toBe(before);
    expect(second.screen()).toContain(words.watch);

    await second.press(keys.ctrlC);
    await second.waitFor(say.leave.takeOver);
    await second.choose(say.leave.takeOver);
    await second.press(keys.enter);
    await first.waitFor(words.watch);
    await second.waitUntilGone(words.watch);
    await first.press(keys.enter);
    expect(await decisions()).toBe(before);
    second.close();
    await first.waitUntilGone(words.watch);

    await shell(lab, `touch ${folder}/mended`);
    await first.choose(words.retry);
    await first.press(keys.enter);
    await first.waitFor(words.done);
    await first.press(keys.enter);
    expect(await first.exit()).toBe(0);
    proven('hang-up', 'two windows: one decides, it leaves, the other does', { ...attached, exit: 0 });
  });

  test('two installs are never on at once, whichever guides they are of', async () => {
    const login = await Login.open(lab, 'root');
    await shell(lab, `rm -rf ${folder}`);
    await intoTheWork(login, 'yes');
    await login.waitFor(words.retry);
    const run = String((await journal(state))[0]?.['run']);
    for (const guide of ['practice', 'pretix']) {
      const { code, stderr } = await lab.wizard(['install', guide, '--yes'], { check: false });
      expect(code, guide).toBe(5);
      expect(stderr).toContain(run);
    }
    await login.press(keys.ctrlC, keys.ctrlC);
    await login.exit();
    proven('hang-up', 'another install meanwhile', {
      'run went on': 'yes',
      're-attached': 'refused',
      exit: 5,
    });
  });

  test('of two installs that begin in the same moment one is refused', async () => {
    for (let time = 0; time < 5; time++) {
      const args = ['--state-dir', `/root/both-${time}`, 'install', 'practice', ...practice('no'), '--yes'];
      await shell(lab, `rm -rf ${folder}`);
      const both = await Promise.all([1, 2].map(() => lab.wizard(args, { check: false })));
      const said = both.map(({ code, stdout, stderr }) => `${code} ${stdout.slice(-300)} ${stderr}`);
      expect(both.map(({ code }) => code).sort(), said.join('\n')).toEqual([0, 5]);
    }
  });
});

describe('a person who is not root', () => {
  const state = `/home/${ada.name}/.local/state/setup-wizard`;
  beforeAll(on);
  afterAll(off);

  test('is told before that a logout ends the run, and goes on with it after the next login', async () => {
    let login = await Login.open(lab, ada.name);
    await login.wizard('doctor');
    await login.exit();
    expect(login.history().replaceAll(/\s+/g, ' ')).toContain('it was started from: KillUserProcesses is on');
    await intoTheWork(login, 'no');
    expect(login.screen()).toContain(say.run.keepLogin);
    const { pid } = await engineOf(lab, ada.name);
    await shell(lab, `loginctl terminate-session ${login.session}`);
    await login.isOver();
    expect(await isAlive(lab, pid)).toBe(false);
    const cut = await journal(state);
    expect(cut.at(-1)).not.toMatchObject({ type: 'ended' });

    login = await Login.open(lab, ada.name);
    await login.wizard('install', 'practice');
    await login.waitFor(words.done);
    await login.press(keys.enter);
    expect(await login.exit()).toBe(0);
    expect((await journal(state)).slice(0, cut.length)).toEqual(cut);
    proven('hang-up', 'a logout without root, not lingering', {
      'run went on': 'after the next login',
      're-attached': 'yes',
      exit: 0,
    });
  });

  test('whose systemd lingers has an engine that survives every end of a login', async () => {
    await shell(lab, `loginctl enable-linger ${ada.name}; rm -rf ${folder}`);
    let login = await Login.open(lab, ada.name);
    await login.wizard('doctor');
    await login.exit();
    expect(login.history().replaceAll(/\s+/g, ' ')).toContain('it is a systemd unit of its own');
    await intoTheWork(login, 'yes');
    expect(login.screen()).toContain(words.mayClose);
    const { pid, group } = await engineOf(lab, ada.name);
    expect(group).toMatch(/^\/user\.slice\/user-\d+\.slice\/user@\d+\.service\/.*setup-wizard-.*\.service$/);
    for (const [what, end] of Object.entries(ends)) {
      await end(login);
      await login.isOver();
      expect(await isAlive(lab, pid), what).toBe(true);
      login = await Login.open(lab, ada.name);
      await login.wizard('install', 'practice');
      await login.waitFor(words.retry);
      expect(login.screen()).not.toContain(words.watch);
    }
    await shell(lab, `touch ${folder}/mended`);
    await login.choose(words.retry);
    await login.press(keys.enter);
    await login.waitFor(words.done);
    await login.press(keys.enter);
    expect(await login.exit()).toBe(0);
    proven('hang-up', 'each of these without root, lingering', { ...attached, exit: 0 });
  });
});

describe('through sudo', () => {
  beforeAll(on);
  afterAll(off);
  const runs = () => shell(lab, 'ls /var/lib/setup-wizard/runs | wc -l');

  test('nothing begins where there is no sudo, or it refuses', async () => {
    const before = await runs();
    const login = await Login.open(lab, ada.name);
    await shell(lab, 'mv /usr/bin/sudo /usr/bin/sudo.away');
    await login.wizard(...installPretix);
    expect(await login.exit()).toBe(3);
    expect(login.history()).toContain(say.cli.needsRoot);
    await shell(lab, 'mv /usr/bin/sudo.away /usr/bin/sudo');
    await login.wizard(...installPretix);
    await login.waitFor('[sudo] password for ada:');
    await login.type(ada.password);
    expect(await login.exit()).toBe(1);
    expect(login.history()).toContain('ada is not in the sudoers file');
    await lab.write('/etc/sudoers.d/ada', 'ada ALL=(ALL:ALL) ALL\n', 0o440);
    await login.wizard(...installPretix);
    await login.waitFor('[sudo] password for ada:');
    await login.press(keys.ctrlC);
    expect(await login.exit()).not.toBe(0);
    expect(await runs()).toBe(before);
    login.close();
  });

  test('the run survives the login of whoever typed the password', async () => {
    await shell(lab, hold);
    await lab.write('/etc/sudoers.d/ada', 'ada ALL=(ALL:ALL) ALL\n', 0o440);
    let login = await Login.open(lab, ada.name);
    await login.type('export https_proxy=http://proxy.lab.test:3128');
    await login.wizard(...installPretix);
    await login.waitFor('[sudo] password for ada:');
    await login.type(ada.password);
    await login.waitFor(atWork, 60_000);
    const { pid, group } = await engineOf(lab, 'root');
    expect(group).toMatch(/^\/system\.slice\/setup-wizard-.*\.service$/);
    // The client that sudo started: what it has of the site it tells the engine.
    const client = await shell(
      lab,
      `tr '\\0' '\\n' </proc/$(pgrep -u root -n -f "[l]auncher.cjs install")/environ`,
    );
    expect(client).toMatch(/^https_proxy=http:\/\/proxy\.lab\.test:3128$/m);
    await lab.write('/etc/sudoers.d/ada', 'ada ALL=(ALL:ALL) NOPASSWD: ALL\n', 0o440);
    for (const [what, end] of Object.entries(ends)) {
      await end(login);
      await login.isOver();
      expect(await isAlive(lab, pid), what).toBe(true);
      login = await Login.open(lab, ada.name);
      await login.wizard(...installPretix);
      await login.waitFor(atWork);
      expect(await engineOf(lab, 'root'), what).toEqual({ pid, group });
    }
    await letGo();
    await login.waitFor(say.finished.titles.interrupted, 120_000);
    await login.press(keys.enter);
    expect(await login.exit()).toBe(0);
    proven('hang-up', 'each of these, started through sudo', { ...attached, exit: 0 });
  });
});

describe('a laptop that is closed', () => {
  beforeAll(on);
  afterAll(off);

  test('costs the engine nothing, holds nobody up, and catches up when it is opened', async () => {
    await shell(lab, 'rm /etc/ssh/sshd_config.d/alive.conf; systemctl reload ssh');
    const asleep = await Login.open(lab, 'root');
    await intoTheWork(asleep, 'yes');
    const { pid } = await engineOf(lab, 'root');
    const memory = async () => Number(await shell(lab, `awk '/^VmRSS/ {print $2}' /proc/${pid}/status`));
    const before = await memory();
    await shell(lab, 'pkill -STOP -x ssh');
    const awake = await Login.open(lab, 'root');
    await awake.wizard('install', 'practice');
    await awake.waitFor(words.retry, 120_000);
    expect(awake.screen()).toContain(words.watch);
    const after = await memory();
    await awake.press(keys.ctrlC);
    await awake.waitFor(say.leave.takeOver);
    await awake.choose(say.leave.takeOver);
    await awake.press(keys.enter);
    await awake.waitFor(words.retry);
    await awake.waitUntilGone(words.watch);
    await shell(lab, `touch ${folder}/mended`);
    await awake.choose(words.retry);
    await awake.press(keys.enter);
    await awake.waitFor(words.done);
    await shell(lab, 'pkill -CONT -x ssh');
    await asleep.waitFor(words.done, 60_000);
    for (const login of [awake, asleep]) {
      await login.press(keys.enter);
      expect(await login.exit()).toBe(0);
    }
    expect(after).toBeLessThan(before + 40_000);
    proven('hang-up', 'the laptop is closed and opened again', { ...attached, exit: 0 });
  });
});
